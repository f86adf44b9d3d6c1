import { readName } from "../../grammars/shared/names/index.ts";
import { correlate } from "../../src/correlate/situation.ts";
import type { Situation } from "../../src/correlate/situation.ts";
import type {
  AlertFact, CertificateFact, CertificateRequestFact, ChainVerificationFact, Criterion, ErrorCodeFact, Fact, HttpStatusFact, KeyAssociation, SelectionCallFact, StoreListingFact, StoreName,
  TlsRunFact, TlsSessionFact,
} from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import type { Moment } from "../../src/model/moment.ts";
import type { Name } from "../../src/model/name.ts";
import { sourceText } from "../../src/text/source-text.ts";
import type { Located, Span } from "../../src/text/source-text.ts";
import { DURING } from "./analyze-texts.ts";
import type { Attribute, CertificateSpec } from "./certificate-spec.ts";

/** Every place is a line of its own, so that no two facts share one. */
let line = 0;

/** A place that prints `text`, in `file`. */
export function place(text: string, file = "facts.txt"): Span {
  return { source: sourceText(file, text, ++line), start: 0, end: text.length };
}

/** A value and the place that prints it. */
export function printed<T>(value: T, text = String(value), file?: string): Located<T> {
  return { value, span: place(text, file) };
}

/** A name from its attributes, leaf first. */
export function nameOf(attributes: readonly Attribute[]): Name {
  return readName(attributes.join(", "), "certutil");
}

/** A day, at noon UTC exactly. */
export function moment(day: string): Moment {
  return { printed: day, earliest: `${day}T12:00:00.000Z`, latest: `${day}T12:00:00.000Z` };
}

const noKeyLines: KeyAssociation = {
  linked: null, container: null, uniqueContainer: null, provider: null, providerType: null, flags: null, machineKeyset: null, keySpec: null, cngKeyUsage: null, tests: [], exportable: null,
  error: null, status: null,
};

/** How a certificate was printed. */
export interface PrintSpec {
  readonly store: StoreName | null;
  readonly section: CertificateFact["section"];
  readonly role: CertificateFact["role"];
  /** false: a short listing. */
  readonly extensions: boolean;
  /** Extensions that were announced and lost from the text. */
  readonly lost: number;
  readonly file: string;
}

/** The days of validity of facts made here; the dates of a specification are text for the renderers. */
export interface Days {
  readonly notBefore: string;
  readonly notAfter: string;
}

/** The fact that a reader would make of a certificate printed once. */
export function certificateFact(spec: CertificateSpec, given: Partial<PrintSpec> = {}, days: Days = { notBefore: "2025-01-15", notAfter: "2029-01-15" }): CertificateFact {
  const print: PrintSpec = { store: { name: "my", scope: "user" }, section: "store", role: null, extensions: true, lost: 0, file: "facts.txt", ...given };
  const text = <T>(value: T, shown?: string): Located<T> => printed(value, shown, print.file);
  const shown = <T>(value: T | null, make: (value: T) => Located<T>): Located<T> | null => (value === null || !print.extensions ? null : make(value));
  const oids = [spec.keyUsage === null ? null : "2.5.29.15", spec.extendedKeyUsage === null ? null : "2.5.29.37", spec.subjectKeyIdentifier === null ? null : "2.5.29.14"].filter((oid) => oid !== null);
  return {
    kind: "certificate", format: "certutil", span: place(`Serial Number: ${spec.serial}`, print.file), section: print.section, role: print.role,
    serialNumber: text(spec.serial), issuer: text(nameOf(spec.issuer), spec.issuer.join(", ")), subject: text(nameOf(spec.subject), spec.subject.join(", ")),
    notBefore: text(moment(days.notBefore), days.notBefore), notAfter: text(moment(days.notAfter), days.notAfter), sha1Thumbprint: text(spec.thumbprint),
    keyUsage: spec.keyUsage === null || !print.extensions ? null : printed(keyUsageFromHex(spec.keyUsage), spec.keyUsage, print.file),
    extendedKeyUsage: shown(spec.extendedKeyUsage, (value) => text(value)), enhancedKeyUsageProperty: spec.ekuProperty === null ? null : text(spec.ekuProperty), applicationPolicies: shown(spec.applicationPolicies, (value) => text(value)),
    extensionsPrinted: print.extensions, announcedExtensions: print.extensions ? text(oids.length + print.lost, `Certificate Extensions: ${oids.length + print.lost}`) : null,
    extensionOids: print.extensions ? oids.map((oid) => text(oid)) : [],
    publicKey: print.extensions ? text({ algorithm: spec.algorithm, bits: spec.bits }, `${spec.algorithm} ${spec.bits}`) : null, signatureAlgorithm: null, template: shown(spec.template, (value) => text(value)),
    subjectAlternativeNames: shown(spec.subjectAlternativeNames, (value) => text(value)), subjectKeyIdentifier: shown(spec.subjectKeyIdentifier, (value) => text(value)),
    authorityKeyIdentifier: shown(spec.authorityKeyIdentifier, (value) => text(value)), isCa: print.extensions && spec.isCa ? text(true, "Subject Type=CA") : null,
    store: print.store === null ? null : text(print.store, print.store.name),
    key: print.section !== "store" ? noKeyLines : spec.key === null ? { ...noKeyLines, linked: text(false, "No key provider information") } : {
      ...noKeyLines, linked: text(true, spec.key.container), container: text(spec.key.container), provider: text(spec.key.provider), providerType: text(spec.key.providerType),
      keySpec: text(spec.key.keySpec), machineKeyset: text(spec.key.machineKeyset), cngKeyUsage: spec.key.cngUsage === null ? null : text(spec.key.cngUsage),
      status: spec.key.outcome === "untested" ? text("untested" as const) : text(spec.key.outcome === "passed" ? "usable" as const : spec.key.outcome === "missing" ? "missing" as const : "unusable" as const),
    },
  };
}

/** A listing and the facts of its certificates, in that order. */
export function listing(certificates: readonly CertificateFact[], store: StoreName = { name: "my", scope: "user" }, ending: "completed" | "lost" | "cut" = "completed"): readonly Fact[] {
  const fact: StoreListingFact = {
    kind: "store-listing", format: "certutil", span: place(store.name), store: printed(store, store.name), certificates, completed: ending === "lost" ? null : printed(true, "completed successfully"),
    cut: ending === "cut" ? printed("...") : null, verbose: true,
  };
  return [fact, ...certificates];
}

/** The user's own store with these certificates, listed completely. */
export function userStore(...specs: readonly CertificateSpec[]): readonly Fact[] {
  return listing(specs.map((spec) => certificateFact(spec)));
}

/** The client's CA store with these certificates, listed completely. */
export function caStore(...specs: readonly CertificateSpec[]): readonly Fact[] {
  const store: StoreName = { name: "CA", scope: "user" };
  return listing(specs.map((spec) => certificateFact(spec, { store })), store);
}

export function rootStore(...specs: readonly CertificateSpec[]): readonly Fact[] {
  const store: StoreName = { name: "Root", scope: "user" };
  return listing(specs.map((spec) => certificateFact(spec, { store })), store);
}

function criterion(type: string, given: Partial<Criterion>): Criterion {
  return { type, inferred: false, span: place(type), declared: null, issuers: null, unreadable: [], value: null, keyUsage: null, oids: null, texts: [], ...given };
}

export function byIssuerName(names: readonly (readonly Attribute[])[], announced: number | null = names.length): Criterion {
  return criterion("CERT_SELECT_BY_ISSUER_NAME", {
    declared: announced === null ? null : printed(announced, `Number of issuer(s) : ${announced}`), issuers: names.map((name) => printed(nameOf(name), name.join(", "))),
  });
}

export function byKeyUsage(value = "00000080"): Criterion {
  return criterion("CERT_SELECT_BY_KEY_USAGE", { value: printed(value, `Value : ${value}`), keyUsage: ["digitalSignature"] });
}

export function byPurpose(...oids: readonly string[]): Criterion {
  return criterion("CERT_SELECT_BY_ENHKEY_USAGE", { oids: oids.map((oid) => printed(oid)) });
}

export function byOther(type: string, ...texts: readonly string[]): Criterion {
  return criterion(type, { texts: texts.map((text) => printed(text)) });
}

/** A selection call; the flags are a browser's, and every criterion is announced, unless something else is given. */
export function selectionCall(criteria: readonly Criterion[], given: { readonly flags?: number | null; readonly matches?: number | null; readonly announced?: number | null; readonly result?: boolean; readonly complete?: boolean } = {}): SelectionCallFact {
  const flags = given.flags === undefined ? 0x88 : given.flags;
  const matches = given.matches === undefined ? 0 : given.matches;
  const announced = given.announced === undefined ? criteria.length : given.announced;
  return {
    kind: "selection-call", format: "strace", span: place("CertSelectCertificateChains called"), flags: flags === null ? null : printed(flags, `dwFlags : ${flags.toString(16).padStart(8, "0")}`), printedFlagNames: [],
    declaredCriteria: announced === null ? null : printed(announced, `cCriteria : ${announced}`), criteria, matches: matches === null ? null : printed(matches, `Number of certificates matching criteria(s) : ${matches}`),
    result: printed(given.result ?? true), complete: given.complete ?? matches !== null, process: null, thread: null, time: null,
  };
}

/** A request as one summary of run `run` shows it; null authorities: no list is known. */
export function requestFact(requested: boolean | null, authorities: readonly (readonly Attribute[])[] | null, given: { readonly run?: number; readonly summary?: number | null; readonly when?: CertificateRequestFact["when"]; readonly algorithms?: readonly string[]; readonly types?: readonly string[] } = {}): CertificateRequestFact {
  const heading = authorities === null || authorities.length === 0 ? "No client certificate CA names sent" : "Acceptable client certificate CA names";
  return {
    kind: "certificate-request", format: "s_client", span: place(heading), run: given.run ?? 1, summary: given.summary === undefined ? 1 : given.summary, requested, because: null,
    authorities: authorities === null ? null : authorities.map((name) => printed(nameOf(name), name.join(", "))), authoritiesLine: place(heading),
    certificateTypes: given.types === undefined ? null : printed(given.types), signatureAlgorithms: given.algorithms === undefined ? null : printed(given.algorithms), when: requested === true ? given.when ?? "first-handshake" : null,
  };
}

export function runFact(run = 1, given: Partial<Pick<TlsRunFact, "connect" | "serverName" | "httpRequest" | "clientCertificate" | "command">> = {}): TlsRunFact {
  return { kind: "tls-run", format: "s_client", span: place("CONNECTED(00000003)"), run, command: null, connect: null, serverName: null, connected: printed(true), httpRequest: null, clientCertificate: null, options: [], inputEnded: null, ...given };
}

export function sessionFact(run = 1, given: Partial<Pick<TlsSessionFact, "protocol" | "startTime" | "serverChain" | "serverSubject" | "serverIssuer">> = {}): TlsSessionFact {
  return {
    kind: "tls-session", format: "s_client", span: place("New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384"), run, summary: 1, tool: null, command: null, protocol: printed("TLSv1.2"), cipher: printed("ECDHE-RSA-AES256-GCM-SHA384"),
    verifyReturnCode: null, secureRenegotiation: null, reused: null, serverChain: [], serverSubject: null, serverIssuer: null, startTime: null, ...given,
  };
}

export function statusFact(status: number, substatus: number | null, given: Partial<Pick<HttpStatusFact, "format" | "run" | "date" | "win32Status">> = {}): HttpStatusFact {
  return { kind: "http-status", format: "traces", span: place(`${status}.${substatus ?? 0}`), run: null, status, substatus, win32Status: null, date: null, server: null, ...given };
}

export function alertFact(number: number, given: Partial<Pick<AlertFact, "format" | "run" | "direction" | "reportedBy">> = {}): AlertFact {
  return { kind: "alert", format: "traces", span: place(`SSL alert number ${number}`), run: null, number, name: `alert ${number}`, direction: "received", ...given };
}

export function codeFact(name: string, given: Partial<Pick<ErrorCodeFact, "code" | "reportedBy">> = {}): ErrorCodeFact {
  return { kind: "error-code", format: "traces", span: place(name), name, code: null, ...given };
}

export function verificationFact(leaf: CertificateSpec, errors: readonly string[]): ChainVerificationFact {
  return {
    kind: "chain-verification", format: "certutil", span: place("CERT_CHAIN_CONTEXT"), leaf: printed(leaf.thumbprint), scope: "user", errors: printed(errors, `ChainContext.dwErrorStatus = ${errors.join(" ") || "0"}`), result: null,
    elements: [{ subject: printed(nameOf(leaf.subject)), issuer: printed(nameOf(leaf.issuer)), sha1Thumbprint: printed(leaf.thumbprint), errors: null }],
  };
}

/** What facts say together, judged at `at`. */
export function situationOf(facts: readonly Fact[], at: string | null = DURING): Situation {
  return correlate(facts, { at, clock: "2026-07-01T00:00:00Z" });
}
