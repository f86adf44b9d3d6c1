import type { AlertFact, CertificateFact, Criterion, ErrorCodeFact, Fact, HttpStatusFact, KeyAssociation } from "../model/fact.ts";
import type { Name } from "../model/name.ts";
import { selectionFlagNames } from "../model/selection.ts";
import { withoutSecrets } from "../redact/secrets.ts";
import { placeOf } from "../text/source-text.ts";
import type { Located, Place, Span } from "../text/source-text.ts";
import type { InputSummary, JsonName } from "./report.ts";

/** What `facts --format json` prints. */
export interface FactsDocument {
  readonly schema: "certwhy/facts/1";
  readonly inputs: readonly InputSummary[];
  readonly facts: readonly FactJson[];
}

/** A fact as plain data: `kind`, `format`, `place`, and the fields of its kind. */
export type FactJson = Readonly<Record<string, unknown>> & { readonly kind: string; readonly place: Place };

export function factsDocument(inputs: readonly InputSummary[], rows: Iterable<FactJson>): FactsDocument {
  return { schema: "certwhy/facts/1", inputs, facts: [...rows] };
}

/** Facts one after the other: as plain data they take several times the memory of what they were read from. */
export function* factRows(facts: readonly Fact[]): Generator<FactJson> {
  for (const fact of facts) yield withoutSecrets(factJson(fact));
}

/** Plain data of one fact, by the contract of its kind. */
function factJson(fact: Fact): FactJson {
  const base = { kind: fact.kind, format: fact.format, place: placeOf(fact.span) };
  switch (fact.kind) {
    case "certificate": return { ...base, ...certificateJson(fact) };
    case "selection-call": return {
      ...base,
      flags: fact.flags === null ? null : { hex: fact.flags.value.toString(16).padStart(8, "0"), names: selectionFlagNames(fact.flags.value) },
      declaredCriteria: plain(fact.declaredCriteria), criteria: fact.criteria.map(criterionJson), matches: plain(fact.matches),
      result: plain(fact.result), complete: fact.complete, process: fact.process, thread: fact.thread, time: fact.time,
    };
    case "certificate-request": return {
      ...base, run: fact.run, summary: fact.summary, requested: fact.requested, because: placeOrNull(fact.because),
      authorities: fact.authorities === null ? null : fact.authorities.map((name) => nameJson(name.value)),
      certificateTypes: plain(fact.certificateTypes), signatureAlgorithms: plain(fact.signatureAlgorithms), when: fact.when,
    };
    case "client-certificate-sent": return { ...base, run: fact.run, sent: fact.sent, count: fact.count };
    case "tls-session": return {
      ...base, run: fact.run, summary: fact.summary, tool: fact.tool, command: plain(fact.command), protocol: plain(fact.protocol), cipher: plain(fact.cipher),
      verifyReturnCode: plain(fact.verifyReturnCode), secureRenegotiation: plain(fact.secureRenegotiation), reused: plain(fact.reused),
      serverChain: fact.serverChain.map((pair) => ({ subject: nameJson(pair.subject.value), issuer: nameJson(pair.issuer.value) })),
      serverSubject: nameOrNull(fact.serverSubject), serverIssuer: nameOrNull(fact.serverIssuer), startTime: plain(fact.startTime),
    };
    case "tls-run": return {
      ...base, run: fact.run, command: plain(fact.command), connect: plain(fact.connect), serverName: plain(fact.serverName), connected: plain(fact.connected),
      httpRequest: plain(fact.httpRequest), clientCertificate: plain(fact.clientCertificate), options: fact.options.map((option) => option.value), inputEnded: plain(fact.inputEnded),
    };
    case "alert": return { ...base, run: fact.run, number: fact.number, name: fact.name, direction: fact.direction, reportedBy: fact.reportedBy ?? null, client: clientOf(fact) };
    case "http-status": return { ...base, run: fact.run, status: fact.status, substatus: fact.substatus, win32Status: fact.win32Status, date: plain(fact.date), server: plain(fact.server), inWords: fact.inWords ?? false, client: clientOf(fact) };
    case "verify-error": return { ...base, run: fact.run, depth: fact.depth, code: fact.code, text: fact.text };
    case "error-code": return { ...base, name: fact.name, code: fact.code, reportedBy: fact.reportedBy ?? null, client: clientOf(fact), otherUse: fact.otherUse ?? false };
    case "log-clients": return { ...base, clients: fact.clients.map(({ value }) => value), named: fact.named.map(({ value }) => value) };
    case "setting": return { ...base, setting: fact.setting, value: fact.value.value, binding: plain(fact.binding ?? null) };
    case "api-result": return { ...base, api: fact.api, code: fact.code.value };
    case "store-listing": return {
      ...base, store: fact.store.value, certificates: fact.certificates.length, completed: plain(fact.completed), cut: plain(fact.cut), verbose: fact.verbose,
    };
    case "chain-verification": return {
      ...base, leaf: plain(fact.leaf), scope: fact.scope, errors: plain(fact.errors), result: plain(fact.result),
      elements: fact.elements.map((element) => ({ subject: nameOrNull(element.subject), issuer: nameOrNull(element.issuer), sha1Thumbprint: plain(element.sha1Thumbprint), errors: plain(element.errors) })),
    };
    case "key-block": return { ...base, key: keyJson(fact.key) };
    case "key-file-rights": return { ...base, file: fact.file.value, entries: fact.entries.map((entry) => entry.value), complete: fact.complete };
    case "account": return {
      ...base, of: fact.of, name: plain(fact.name), sid: plain(fact.sid), groups: fact.groups?.map(({ name, sid, denyOnly }) => ({ name: name.value, sid, denyOnly })) ?? null,
    };
    case "damage": return { ...base, what: fact.what, says: fact.says };
  }
}

/** Address of the client that a line of a server's log is about. */
function clientOf({ client }: AlertFact | ErrorCodeFact | HttpStatusFact): string | null {
  return client?.address.value ?? null;
}

function plain<T>(value: Located<T> | null): T | null {
  return value === null ? null : value.value;
}

function placeOrNull(value: Located<unknown> | null): Place | null {
  return value === null ? null : placeOf(value.span as Span);
}

function nameJson(name: Name): JsonName & { readonly doubt: string | null } {
  return { printed: name.printed, rdns: name.rdns, rfc4514: name.rfc4514, doubt: name.doubt };
}

function nameOrNull(name: Located<Name> | null): JsonName | null {
  return name === null ? null : nameJson(name.value);
}

function certificateJson(fact: CertificateFact): Readonly<Record<string, unknown>> {
  return {
    section: fact.section, role: fact.role, serialNumber: plain(fact.serialNumber), issuer: nameOrNull(fact.issuer), subject: nameOrNull(fact.subject),
    notBefore: plain(fact.notBefore), notAfter: plain(fact.notAfter), sha1Thumbprint: plain(fact.sha1Thumbprint), keyUsage: plain(fact.keyUsage),
    extendedKeyUsage: plain(fact.extendedKeyUsage), enhancedKeyUsageProperty: plain(fact.enhancedKeyUsageProperty), applicationPolicies: plain(fact.applicationPolicies),
    extensionsPrinted: fact.extensionsPrinted, announcedExtensions: plain(fact.announcedExtensions), extensions: fact.extensionOids.map((oid) => oid.value),
    publicKey: plain(fact.publicKey), signatureAlgorithm: plain(fact.signatureAlgorithm), template: plain(fact.template),
    subjectAlternativeNames: plain(fact.subjectAlternativeNames), subjectKeyIdentifier: plain(fact.subjectKeyIdentifier), authorityKeyIdentifier: plain(fact.authorityKeyIdentifier),
    isCa: plain(fact.isCa), store: plain(fact.store), key: keyJson(fact.key), ...(fact.chainLength == null ? {} : { chainLength: fact.chainLength.value }),
  };
}

function keyJson(key: KeyAssociation): Readonly<Record<string, unknown>> {
  return {
    linked: plain(key.linked), container: plain(key.container), uniqueContainer: plain(key.uniqueContainer), provider: plain(key.provider), providerType: plain(key.providerType),
    flags: plain(key.flags), machineKeyset: plain(key.machineKeyset), keySpec: plain(key.keySpec), cngKeyUsage: plain(key.cngKeyUsage),
    tests: key.tests.map((test) => test.value), exportable: plain(key.exportable), error: plain(key.error), status: plain(key.status),
  };
}

function criterionJson(criterion: Criterion): Readonly<Record<string, unknown>> {
  return {
    type: criterion.type, inferred: criterion.inferred, place: placeOf(criterion.span), declared: plain(criterion.declared),
    ...(criterion.issuers === null ? {} : { issuers: criterion.issuers.map((issuer) => nameJson(issuer.value)), unreadable: criterion.unreadable.map((span) => placeOf(span)) }),
    ...(criterion.value === null ? {} : { value: criterion.value.value }),
    ...(criterion.keyUsage === null ? {} : { keyUsage: criterion.keyUsage }),
    ...(criterion.oids === null ? {} : { oids: criterion.oids.map((oid) => oid.value) }),
    ...(criterion.texts.length === 0 ? {} : { texts: criterion.texts.map((text) => text.value) }),
  };
}
