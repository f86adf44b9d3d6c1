/**
 * JSON Schemas (draft 2020-12) of what `--format json` prints. They say which fields every document of this schema number has, and of what
 * kind; further fields may be added at any time, so no object forbids them. null means "not printed in the input".
 */

type Schema = Readonly<Record<string, unknown>>;

const string: Schema = { type: "string" };
const boolean: Schema = { type: "boolean" };
const text: Schema = { type: "string", minLength: 1 };
const count: Schema = { type: "integer", minimum: 0 };
const integer: Schema = { type: "integer" };
const ordinal: Schema = { type: "integer", minimum: 1 };
const instant: Schema = { type: "string", pattern: "^[+-]?\\d{4,6}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$" };
const hex: Schema = { type: "string", pattern: "^[0-9a-f]+$" };
/** A thumbprint or serial number can be masked in the input; then it stays as printed. */
const printedHex: Schema = { type: "string", minLength: 1, pattern: "^[^A-F\\s]*$" };

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
const list = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });
const oneOf = (...values: readonly (string | number)[]): Schema => ({ enum: values });

/** An object whose fields all are required, but for those named with `?`. */
function object(fields: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const names = Object.keys(fields);
  return {
    type: "object",
    required: names.filter((name) => !name.endsWith("?")),
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), fields[name] as Schema])),
    ...more,
  };
}

const shared: Readonly<Record<string, Schema>> = {
  place: object({ file: text, line: ordinal, column: ordinal }),
  name: object({
    printed: string,
    rdns: list(list(object({ type: text, value: string }), { minItems: 1 })),
    rfc4514: string,
  }, { description: "rdns: root first, whatever order was printed; rfc4514: leaf first, canonical, equal for equal names" }),
  moment: object({ printed: text, earliest: instant, latest: instant }, { description: "A printed date as the interval it may mean" }),
  flags: object({ hex: { type: "string", pattern: "^[0-9a-f]{8}$" }, names: list(text) }),
  input: object({
    file: text, bytes: count, encoding: text, encodingBecause: text, lines: count, sha256: orNull({ type: "string", pattern: "^[0-9a-f]{64}$" }),
    formats: list(text, { uniqueItems: true }), linesClaimed: count, linesNotUnderstood: count,
  }),
};

const key = object({
  linked: orNull(boolean), container: orNull(string), uniqueContainer: orNull(string), provider: orNull(string), providerType: orNull(integer), flags: orNull(count),
  machineKeyset: orNull(boolean), keySpec: orNull(oneOf(0, 1, 2)), tests: list(object({ name: oneOf("signature", "encryption", "public-key-match"), passed: boolean })),
  exportable: orNull(boolean), error: orNull({ type: "string", pattern: "^0x[0-9a-f]{8}$" }), status: orNull(oneOf("usable", "unusable", "missing", "untested")),
});

const criterion = object({
  type: { type: "string", pattern: "^CERT_SELECT_BY_|^\\S" }, inferred: boolean, place: ref("place"), declared: orNull(count), "issuers?": list(ref("name")), "value?": text,
  "keyUsage?": list(text), "oids?": list(text), "texts?": list(string), "unreadable?": list(ref("place")),
});

/** Fields of each kind of fact beside `kind`, `format` and `place`. */
const factFields: Readonly<Record<string, Schema>> = {
  certificate: object({
    serialNumber: orNull(printedHex), issuer: orNull(ref("name")), subject: orNull(ref("name")), notBefore: orNull(ref("moment")), notAfter: orNull(ref("moment")),
    sha1Thumbprint: orNull(printedHex), keyUsage: orNull(object({ hex: { type: "string", pattern: "^[0-9a-f]*$" }, names: list(text) })), extendedKeyUsage: orNull(list(text)),
    extensionsPrinted: boolean, publicKey: orNull(object({ algorithm: text, bits: orNull(ordinal) })), signatureAlgorithm: orNull(text), template: orNull(string),
    subjectAlternativeNames: orNull(list(string)), subjectKeyIdentifier: orNull(hex), authorityKeyIdentifier: orNull(hex),
    store: orNull(object({ name: text, scope: orNull(oneOf("user", "machine")) })), key,
  }),
  "selection-call": object({
    flags: orNull(ref("flags")), declaredCriteria: orNull(count), criteria: list(criterion), matches: orNull(count), result: orNull(boolean), complete: boolean,
    process: orNull(integer), thread: orNull(integer), time: orNull(string),
  }),
  "certificate-request": object({
    summary: orNull(ordinal), requested: orNull(boolean), authorities: orNull(list(ref("name"))), certificateTypes: orNull(list(text)), signatureAlgorithms: orNull(list(text)),
    when: orNull(oneOf("first-handshake", "after-request")),
  }),
  "tls-session": object({
    summary: orNull(ordinal), tool: orNull(object({ name: text, version: orNull(text) })), command: orNull(string), protocol: orNull(text), cipher: orNull(text),
    verifyReturnCode: orNull(object({ code: integer, text: string })), secureRenegotiation: orNull(boolean), serverChain: list(object({ subject: ref("name"), issuer: ref("name") })),
  }),
  "client-certificate-sent": object({ sent: boolean, count: orNull(count) }),
  alert: object({ number: orNull(count), name: text, direction: orNull(oneOf("received", "sent")) }),
  "http-status": object({ status: { type: "integer", minimum: 100, maximum: 999 }, substatus: orNull(count), win32Status: orNull(count) }),
  damage: object({ what: text, says: text }),
};

/** A fact: the fields of its kind; kinds that are added later have `kind` and `place` at least. */
const fact: Schema = {
  ...object({ kind: text, format: text, place: ref("place") }),
  allOf: Object.entries(factFields).map(([kind, fields]) => ({
    if: { properties: { kind: { const: kind } }, required: ["kind"] },
    then: fields,
  })),
};

/** What `certwhy facts --format json` prints. */
export const factsSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:certwhy:schema:facts:1",
  title: "certwhy facts",
  ...object({ schema: { const: "certwhy/facts/1" }, inputs: list(ref("input")), facts: list(ref("fact")) }),
  $defs: { ...shared, fact },
};

const weight = oneOf("proved", "likely", "possible");
const machine = oneOf("client", "server", "ca");
const someEvidence = list(ref("evidence"), { minItems: 1 });
const missing = object({ what: text, command: orNull(text), on: machine });
const evidence = object({ file: text, line: ordinal, column: ordinal, quote: string, shows: text });
const about = object({ certificate: orNull(text), place: ref("place") });

/** What `certwhy --format json` prints. */
export const reportSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:certwhy:schema:report:1",
  title: "certwhy report",
  ...object({
    schema: { const: "certwhy/report/1" },
    tool: object({ name: { const: "certwhy" }, version: text }),
    at: instant,
    inputs: list(ref("input")),
    verdict: text,
    path: list(object({
      station: oneOf("asked", "listed", "candidates", "selected", "usable", "sent", "accepted"), state: oneOf("ok", "broken", "unknown", "not-reached"), evidence: list(ref("evidence")),
    })),
    findings: list(object({
      cause: text, title: text, headline: text, why: text, fix: list(object({ text, command: orNull(text), on: orNull(machine) })), weight, evidence: someEvidence, about: orNull(about),
    })),
    ruledOut: list(object({ cause: text, title: text, evidence: someEvidence })),
    cannotTell: list(object({ cause: text, title: text, missing: list(missing, { minItems: 1 }) })),
    selections: list(object({
      call: orNull(ref("place")), reportedMatches: orNull(count), predictedMatches: orNull(count),
      certificates: list(object({
        certificate: object({ subject: orNull(ref("name")), sha1Thumbprint: orNull(printedHex), place: ref("place") }),
        selectable: oneOf("yes", "no", "unknown"),
        criteria: list(object({ criterion: text, verdict: oneOf("meets", "fails", "unknown"), because: text, evidence: list(ref("evidence")) })),
      })),
    })),
    damage: list(object({ kind: { const: "damage" }, place: ref("place"), what: text, says: text })),
  }),
  $defs: { ...shared, evidence },
};

/** The field says what the place shows. */
const side = orNull(object({ text: string, evidence: object({ file: text, line: ordinal, column: ordinal, quote: string, shows: string }) }));
const capture = object({ name: text, inputs: list(ref("input")) });

/** What `certwhy diff --format json` prints. */
export const diffSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:certwhy:schema:diff:1",
  title: "certwhy diff",
  ...object({
    schema: { const: "certwhy/diff/1" },
    tool: object({ name: { const: "certwhy" }, version: text }),
    a: capture, b: capture, verdict: text,
    differences: list(object({ about: text, field: text, a: side, b: side, bearing: oneOf("can-matter", "not-comparable", "cannot-matter"), because: text })),
    missing: list(missing),
  }),
  $defs: { input: shared["input"] as Schema },
};

const { $schema: _, $id: __, title: ___, $defs: reportParts, ...reportItself } = reportSchema;

/** A line of what `certwhy --each` prints. */
export const ticketSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:certwhy:schema:ticket:1",
  title: "certwhy ticket",
  ...object({
    schema: { const: "certwhy/ticket/1" },
    ticket: text, exitCode: oneOf(0, 1, 3, 70), error: orNull(text), report: orNull(reportItself),
  }, { description: "error: what could not be read, or that nothing was recognized; report: as --format json prints it, null when there was nothing to analyze" }),
  $defs: reportParts,
};
