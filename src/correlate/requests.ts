import type { AlertFact, CertificateRequestFact, ClientCertificateSentFact, Fact, FormatId, HttpStatusFact, TlsRunFact, TlsSessionFact, VerifyErrorFact } from "../model/fact.ts";
import { placeOf } from "../text/source-text.ts";
import type { Located } from "../text/source-text.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";

/** One run of a TLS client against the server, with everything it printed. */
export interface Run {
  readonly file: string;
  readonly fact: TlsRunFact | null;
  readonly sessions: readonly TlsSessionFact[];
  readonly requests: readonly CertificateRequestFact[];
  readonly alerts: readonly AlertFact[];
  readonly statuses: readonly HttpStatusFact[];
  readonly verifyErrors: readonly VerifyErrorFact[];
  /**
   * Asked in some summary. False only where the whole exchange proves that it was not: a request was sent and answered, the
   * summaries before and after it show no question, and the version has no way to ask later.
   */
  readonly requested: boolean | null;
  readonly when: "first-handshake" | "after-request" | null;
  /** Protocol of the last summary that prints one, e.g. `TLSv1.2`. */
  readonly protocol: Located<string> | null;
  /** A certificate was given to the client with `-cert`. */
  readonly offeredCertificate: Located<string> | null;
  /** What the client answered to requests, in order. */
  readonly answers: readonly ClientCertificateSentFact[];
  /** Run by hand and without a certificate, to see what the server demands: it says nothing about the failing client. */
  readonly probe: boolean;
}

/** What the inputs say of the server's CertificateRequest, over all runs. */
export interface ServerRequest {
  readonly requested: boolean | null;
  /** Lines that show the answer; empty when it is unknown. */
  readonly evidence: readonly Evidence[];
  readonly when: "first-handshake" | "after-request" | null;
  /** The request whose contents count: the last one that names authorities, else the last one at all. */
  readonly deciding: CertificateRequestFact | null;
  /** Run of the deciding request. */
  readonly run: Run | null;
  /** The request carried an empty list of authorities: any issuer is acceptable. */
  readonly emptyList: Evidence | null;
  readonly certificateTypes: Located<readonly string[]> | null;
  readonly signatureAlgorithms: Located<readonly string[]> | null;
  /** The program that was asked so answered with a message that holds no certificate. */
  readonly emptyAnswer: Evidence | null;
}

export function findRuns(facts: readonly Fact[]): readonly Run[] {
  const runs = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!("run" in fact) || fact.run === null) continue;
    const key = `${fact.format} ${fact.run} ${placeOf(fact.span).file}`;
    const known = runs.get(key);
    if (known === undefined) runs.set(key, [fact]);
    else known.push(fact);
  }
  return [...runs.values()].map(runOf);
}

function runOf(facts: readonly Fact[]): Run {
  const requests = facts.filter((fact): fact is CertificateRequestFact => fact.kind === "certificate-request");
  const sessions = facts.filter((fact): fact is TlsSessionFact => fact.kind === "tls-session");
  const fact = facts.find((one): one is TlsRunFact => one.kind === "tls-run") ?? null;
  const asked = requests.filter((request) => request.requested === true);
  const statuses = facts.filter((one): one is HttpStatusFact => one.kind === "http-status");
  const protocol = sessions.map((session) => session.protocol).filter((one) => one !== null).at(-1) ?? null;
  const covered = requests.length > 1 || requests[0]?.whole === true;
  const silent = covered && requests.every((request) => request.requested === false) && statuses.length > 0
    && fact !== null && fact.httpRequest !== null && protocol !== null && protocol.value !== "TLSv1.3";
  const offeredCertificate = fact?.clientCertificate ?? null;
  return {
    file: placeOf((facts[0] as Fact).span).file,
    fact, sessions, requests, statuses, protocol,
    alerts: facts.filter((one): one is AlertFact => one.kind === "alert"),
    verifyErrors: facts.filter((one): one is VerifyErrorFact => one.kind === "verify-error"),
    requested: asked.length > 0 ? true : silent ? false : null,
    when: asked[0]?.when ?? null,
    offeredCertificate,
    answers: facts.filter((one): one is ClientCertificateSentFact => one.kind === "client-certificate-sent"),
    probe: offeredCertificate === null && !isApplication((facts[0] as Fact).format, fact),
  };
}

/** Java's log is written by the failing program itself, a capture shows it at work, and a curl whose command is not shown may be it; the other tools are started to look. */
function isApplication(format: FormatId, run: TlsRunFact | null): boolean {
  return format === "java-debug" || format === "net-export" || format === "wireshark" || (format === "curl" && (run === null || run.command === null));
}

export function joinRequests(runs: readonly Run[]): ServerRequest {
  const all = runs.flatMap((run) => run.requests.map((request) => ({ run, request })));
  const asked = all.filter(({ request }) => request.requested === true);
  const deciding = asked.filter(({ request }) => (request.authorities?.length ?? 0) > 0).at(-1)
    ?? asked.filter(({ request }) => request.authorities !== null).at(-1) ?? asked.at(-1) ?? null;
  const last = <T>(pick: (request: CertificateRequestFact) => Located<T> | null): Located<T> | null =>
    asked.map(({ request }) => pick(request)).filter((value) => value !== null).at(-1) ?? null;
  const requested = asked.length > 0 ? true : runs.length > 0 && runs.every((run) => run.requested === false) ? false : null;
  const shown = deciding === null ? [] : [requestEvidence(deciding.request)];
  return {
    requested,
    evidence: requested === false ? all.map(({ request }) => evidence(request.because ?? request.authoritiesLine ?? request.span, "no certificate was asked for in this handshake")) : shown,
    when: deciding?.request.when ?? null,
    deciding: deciding?.request ?? null,
    run: deciding?.run ?? null,
    emptyList: deciding !== null && deciding.request.authorities?.length === 0
      ? evidence(deciding.request.authoritiesLine ?? deciding.request.span, "the server asked with an empty list of authorities: any issuer is acceptable")
      : null,
    certificateTypes: last((request) => request.certificateTypes),
    signatureAlgorithms: last((request) => request.signatureAlgorithms),
    emptyAnswer: deciding === null ? null : emptyAnswerOf(deciding.run),
  };
}

function emptyAnswerOf(run: Run): Evidence | null {
  const answer = run.probe ? undefined : run.answers.at(-1);
  return answer === undefined || answer.sent ? null : evidence(answer.span, "the client answered with an empty list of certificates");
}

/** The line that shows best that a certificate was asked for. */
function requestEvidence(request: CertificateRequestFact): Evidence {
  const at = request.because?.span ?? (request.authorities !== null && request.authorities.length > 0 ? request.authoritiesLine : null)
    ?? request.certificateTypes?.span ?? request.signatureAlgorithms?.span ?? request.authoritiesLine ?? request.span;
  return evidence(at, request.when === "after-request" ? "the server asked for a certificate, after the request" : "the server asked for a certificate");
}

/** Host that a run asked for, by name or address; else the common name of the certificate that answered. */
export function hostOfRun(run: Run): string | null {
  const typed = run.fact?.serverName?.value ?? run.fact?.connect?.value.split(":")[0];
  if (typed !== undefined) return typed.toLowerCase();
  const subject = run.sessions.map((session) => session.serverSubject).find((one) => one !== null);
  return subject?.value.rdns.flat().find((attribute) => attribute.type === "CN")?.value.toLowerCase() ?? null;
}

/** A run that provably was not asked and was refused, where only servers at other addresses and of other names asked: theirs is no answer of this one. */
export function silentServer(runs: readonly Run[]): Run | null {
  const asking = runs.filter((run) => run.requested === true);
  if (asking.length === 0) return null;
  return runs.find((run) => run.requested === false && run.statuses.some(({ status }) => status === 403) && asking.every((other) => isElsewhere(run, other))) ?? null;
}

function isElsewhere(one: Run, other: Run): boolean {
  const [host, its] = [hostOfRun(one), hostOfRun(other)];
  const [address, itsAddress] = [one.fact?.connect?.value.toLowerCase(), other.fact?.connect?.value.toLowerCase()];
  return host !== null && its !== null && host !== its && (address === undefined || address !== itsAddress);
}
