import type { CertificateRequestFact, DamageFact, TlsSessionFact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import { isCutName } from "../shared/names/notation.ts";
import { namesOf, type PrintedName } from "./printed-names.ts";
import { showsRequests, toolOf, type ToolEvidence } from "./version.ts";

/** The parts of a summary in the order they are printed. A line of an earlier part begins the next summary. */
export const STAGES = { chain: 1, certificate: 2, request: 3, extra: 4, handshake: 5, agreed: 6, session: 7 } as const;

/** A session summary (or a `-brief` block) while its lines are read. */
export interface Summary {
  readonly brief: boolean;
  start: Span;
  end: Span;
  stage: number;
  readonly chain: { subject: Located<Name> | null; issuer: Located<Name> | null }[];
  serverSubject: Located<Name> | null;
  serverIssuer: Located<Name> | null;
  noPeerCertificate: boolean;
  heading: Span | null;
  noNames: Span | null;
  readonly names: PrintedName[];
  /** A `...` or the end of the text inside the list. */
  cut: Span | null;
  /** Lines inside the list that are no names. */
  readonly foreign: Span[];
  readonly certificateTypes: Located<readonly string[]>[];
  readonly signatureAlgorithms: Located<readonly string[]>[];
  /** The first line of types or algorithms, whole or cut: a proof of the request even where its value is lost. */
  askedBy: Span | null;
  requestEnd: Span | null;
  handshakeRead: Span | null;
  version: Located<string> | null;
  cipherAgreed: Located<string> | null;
  reused: Located<boolean> | null;
  protocolLine: Located<string> | null;
  inSession: boolean;
  sessionProtocol: Located<string> | null;
  sessionCipher: Located<string> | null;
  secureRenegotiation: Located<boolean> | null;
  verifyReturnCode: Located<{ readonly code: number; readonly text: string }> | null;
  startTime: Located<number> | null;
  /** A line that only OpenSSL since 1.0.2 prints where a certificate is asked for or not. */
  tempKey: boolean;
  peerDigest: boolean;
}

/** A summary that begins at `start`. */
export function newSummary(start: Span, brief: boolean): Summary {
  return {
    brief, start, end: start, stage: 0, chain: [], serverSubject: null, serverIssuer: null, noPeerCertificate: false, heading: null, noNames: null, names: [],
    cut: null, foreign: [], certificateTypes: [], signatureAlgorithms: [], askedBy: null, requestEnd: null, handshakeRead: null, version: null, cipherAgreed: null,
    reused: null, protocolLine: null, inSession: false, sessionProtocol: null, sessionCipher: null, secureRenegotiation: null, verifyReturnCode: null,
    startTime: null, tempKey: false, peerDigest: false,
  };
}

/** A value that an author cut short (`DES-CB...`) is not known. */
function whole(value: Located<string> | null): Located<string> | null {
  return value === null || /(?:\.{2,}|\u2026)$/.test(value.value) ? null : value;
}

/** The agreed cipher; null where there is none (`(NONE)`, `0000`) or it is not printed. */
function cipherOf(summary: Summary): Located<string> | null {
  const cipher = whole(summary.sessionCipher) ?? whole(summary.cipherAgreed);
  return cipher === null || /^(?:\(NONE\)|0000|NONE)$/.test(cipher.value) || summary.cipherAgreed?.value === "(NONE)" ? null : cipher;
}

/** true: the summary itself says that no cipher was agreed. */
export function isWithoutHandshake(summary: Summary): boolean {
  return summary.cipherAgreed?.value === "(NONE)" || summary.sessionCipher?.value === "0000";
}

/** The negotiated protocol. `New, TLSv1.2` names the family of the cipher, which is the protocol only for ciphers that no older one has. */
function protocolOf(summary: Summary): Located<string> | null {
  if (isWithoutHandshake(summary)) return null;
  const family = summary.version !== null && /^TLSv1\.[23]$/.test(summary.version.value) ? summary.version : null;
  return whole(summary.sessionProtocol) ?? whole(summary.protocolLine) ?? family;
}

/** Does anything in the summary show that a certificate was asked for? */
export function showsRequest(summary: Summary): boolean {
  return whyRequested(summary) !== null;
}

function whyRequested(summary: Summary): Span | null {
  return summary.heading ?? summary.askedBy;
}

/** true, false only where the text proves it, null where it cannot be told; with the line that decides. */
function judgeRequested(summary: Summary, tool: ToolEvidence, quietFlight: Span | null): { readonly requested: boolean | null; readonly because: Span | null } {
  const why = whyRequested(summary);
  if (why !== null) return { requested: true, because: why };
  if (isWithoutHandshake(summary)) return { requested: null, because: null };
  if (summary.brief) {
    // In TLS 1.1 and older -brief has no line that a request would leave.
    const provable = /^TLSv1\.[23]$/.test(summary.sessionProtocol?.value ?? "") && cipherOf(summary) !== null;
    return provable ? { requested: false, because: summary.start } : { requested: null, because: null };
  }
  if (summary.noNames === null || summary.handshakeRead === null) return { requested: null, because: null };
  // Old versions and LibreSSL print nothing else; the trace of the messages may tell all the same.
  if (quietFlight !== null) return { requested: false, because: quietFlight };
  if (cipherOf(summary) === null || !showsRequests(tool)) return { requested: null, because: null };
  return { requested: false, because: summary.noNames };
}

/** What else the reader knows about a summary when its facts are written. */
export interface SummaryContext {
  readonly run: number;
  /** Number of the summary over the input; null for one without the line "SSL handshake has read". */
  readonly number: number | null;
  readonly tool: ToolEvidence;
  readonly command: Located<string> | null;
  readonly when: CertificateRequestFact["when"];
  /** Messages of this handshake were printed, and no request is among them: the line that ends them. */
  readonly quietFlight: Span | null;
}

function spanning(first: Span, last: Span): Span {
  return { source: first.source, start: first.start, end: Math.max(first.end, last.end) };
}

/** The certificate-request fact of a summary; null when the summary says nothing about it. */
export function requestFact(summary: Summary, context: SummaryContext): CertificateRequestFact | null {
  const { requested, because } = judgeRequested(summary, context.tool, context.quietFlight);
  const first = summary.heading ?? summary.noNames ?? whyRequested(summary) ?? (summary.brief ? summary.start : null);
  if (first === null) return null;
  const names = namesOf(summary.names);
  const line = summary.heading ?? summary.noNames;
  const authorities = names.length > 0 ? names : summary.heading !== null ? null : requested === true && summary.noNames !== null ? [] : null;
  return {
    kind: "certificate-request", format: "s_client", span: spanning(first, summary.requestEnd ?? first), run: context.run, summary: context.number,
    requested, because: because === null ? null : located(textOf(because).trim().slice(0, 160), because),
    authorities, authoritiesLine: line,
    certificateTypes: summary.certificateTypes.at(-1) ?? null, signatureAlgorithms: summary.signatureAlgorithms.at(-1) ?? null,
    when: requested === true ? context.when : null,
    ...(names.length > 0 && isDamagedList(summary) ? { whole: false } : {}),
  };
}

/** A name of the list may be missing or cut: what is not in it may still have been sent. */
function isDamagedList(summary: Summary): boolean {
  return summary.cut !== null || summary.foreign.length > 0 || (summary.handshakeRead === null && !summary.brief) || summary.names.some(({ text }) => isCutName(text.trim()));
}

/** The tls-session fact of a summary; null when it shows nothing of a session. */
export function sessionFact(summary: Summary, context: SummaryContext): TlsSessionFact | null {
  const protocol = protocolOf(summary);
  const cipher = cipherOf(summary);
  const chain = summary.chain.flatMap(({ subject, issuer }) => (subject === null || issuer === null ? [] : [{ subject, issuer }]));
  const says = summary.handshakeRead !== null || summary.cipherAgreed !== null || summary.sessionCipher !== null || protocol !== null
    || chain.length > 0 || summary.serverSubject !== null || summary.serverIssuer !== null || summary.noPeerCertificate || summary.brief;
  if (!says) return null;
  return {
    kind: "tls-session", format: "s_client", span: spanning(summary.start, summary.end), run: context.run, summary: context.number, tool: toolOf(context.tool),
    command: context.command, protocol, cipher, verifyReturnCode: summary.verifyReturnCode, secureRenegotiation: summary.secureRenegotiation,
    reused: summary.reused, serverChain: chain, serverSubject: summary.serverSubject, serverIssuer: summary.serverIssuer, startTime: summary.startTime,
  };
}

/** Where a summary cannot be trusted: cut, forged by control characters in a name, or against itself. */
export function damageOf(summary: Summary): readonly DamageFact[] {
  const damage: DamageFact[] = [];
  const add = (what: DamageFact["what"], span: Span, says: string): void => {
    damage.push({ kind: "damage", format: "s_client", span, what, says });
  };
  if (summary.cut !== null) add("truncated", summary.cut, "Lines were taken out of the list of acceptable CA names: a CA that is missing here may still be in it.");
  else if (summary.heading !== null && summary.names.length === 0) add("truncated", summary.heading, "The list of acceptable CA names ends before its first name.");
  else if (summary.heading !== null && summary.handshakeRead === null && !summary.brief) {
    add("truncated", summary.heading, "The summary ends inside or after the list of acceptable CA names: the list may be incomplete.");
  }
  const types = summary.certificateTypes;
  const forged = summary.foreign[0];
  if (types.length > 1 || forged !== undefined) {
    add("forged-lines", forged ?? (types[0] as Located<readonly string[]>).span,
      "The list of acceptable CA names holds lines that are no names, as a line feed inside a name makes them: the lines after it may be part of a name.");
  }
  for (const { text, span } of summary.names) {
    if (isCutName(text.trim())) add("truncated", span, "This name is cut: the part at the dots is missing.");
    else if (/[\u0000-\u0008\u000E-\u001F\u007F\u0080-\u009F\u202A-\u202E\u2066-\u2069]/.test(text)) {
      add("forged-lines", span, "This name holds control characters; on a terminal it may look like something else.");
    }
  }
  if (summary.heading !== null && summary.noNames !== null) add("contradiction", summary.noNames, "One summary shows a list of CA names and also says that none were sent.");
  return damage;
}
