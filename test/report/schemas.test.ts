import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { analyze, readFacts } from "../../src/analyze.ts";
import { factsSchema, reportSchema } from "../../src/report/schemas.ts";
import { inputOf } from "../support/input-of.ts";
import { storeListing } from "../support/store-listing.ts";

const ajv = new Ajv2020({ allErrors: true });
const isFacts = ajv.compile(factsSchema);
const isReport = ajv.compile(reportSchema);

const trace = [
  "[4711] 10:20:30 CertSelectCertificateChains called",
  "  dwFlags = 00000088",
  "  cCriteria = 1",
  "  CERT_SELECT_BY_ISSUER_NAME (2)",
  "    CN=Example Issuing CA, O=Example",
  "    CN=Other CA, O=Example",
  "CertSelectCertificateChains returned TRUE, 0 matches",
  "",
].join("\n");
const transcript = [
  "$ openssl s_client -connect www.example.org:443 -prexit", "CONNECTED(00000003)", "---", "Certificate chain", " 0 s:CN = www.example.org", "   i:CN = Example Issuing CA",
  "---", "Server certificate", "subject=CN = www.example.org", "issuer=CN = Example Issuing CA", "---", "Acceptable client certificate CA names", "CN = Example Issuing CA, O = Example",
  "Client Certificate Types: RSA sign, ECDSA sign", "Requested Signature Algorithms: RSA+SHA256", "---", "SSL handshake has read 3000 bytes and written 400 bytes",
  "Verification: OK", "---", "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384", "Secure Renegotiation IS supported", "SSL-Session:", "    Protocol  : TLSv1.2",
  "    Cipher    : ECDHE-RSA-AES256-GCM-SHA384", "    Start Time: 1555514700", "    Verify return code: 0 (ok)", "---", "HTTP/1.1 403 Forbidden", "403.7", "",
].join("\n");

const options = { encoding: null, newDigest: null, at: null, clock: "2020-01-02T03:04:05.000Z" };
const inputs: readonly (readonly [string, string])[] = [
  ["an empty file", ""], ["prose", "Nothing to see here.\n"], ["a store listing", storeListing], ["a trace", trace], ["a transcript", transcript],
  ["all of them", `${trace}\n${transcript}\n${storeListing}`], ["damaged text", `Issuer: CN=MÃ¼ller\n${storeListing.slice(0, 300)}`],
];

/** What is wrong, in a form a person can read. */
const wrongs = (validate: typeof isFacts, data: unknown): readonly string[] =>
  (validate(JSON.parse(JSON.stringify(data))) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`));

describe("our own output fits the schemas", () => {
  test.each(inputs)("facts of %s", async (_, text) => expect(wrongs(isFacts, await readFacts([inputOf(text)], options))).toEqual([]));
  test.each(inputs)("report of %s", async (_, text) => expect(wrongs(isReport, await analyze([inputOf(text)], options))).toEqual([]));
});

describe("the schemas notice", () => {
  type Path = readonly (string | number)[];
  const changed = (data: unknown, path: Path, value: unknown): unknown => {
    const copy = JSON.parse(JSON.stringify(data)) as Record<string | number, unknown>;
    let target = copy;
    for (const step of path.slice(0, -1)) target = target[step] as Record<string | number, unknown>;
    const last = path.at(-1) as string | number;
    if (value === undefined) delete target[last];
    else target[last] = value;
    return copy;
  };

  test.each<[string, Path, unknown]>([
    ["another schema number", ["schema"], "certwhy/facts/2"], ["no inputs", ["inputs"], undefined], ["a fact without a place", ["facts", 0, "place"], undefined],
    ["line 0", ["facts", 0, "place", "line"], 0], ["a digest in capitals", ["inputs", 0, "sha256"], "A".repeat(64)], ["a number for an encoding", ["inputs", 0, "encoding"], 8],
  ])("%s in facts", async (_, path, value) => {
    const facts = await readFacts([inputOf(storeListing)], options);
    expect(wrongs(isFacts, changed(facts, path, value))).not.toEqual([]);
  });

  test("a certificate whose fields have the wrong form", async () => {
    const facts = await readFacts([inputOf(storeListing)], options);
    const at = facts.facts.findIndex(({ kind }) => kind === "certificate");
    for (const [field, value] of [["serialNumber", 61], ["notBefore", "2012-01-14"], ["issuer", "CN=x"], ["extensionsPrinted", null], ["key", {}], ["subject", undefined]] as const) {
      expect(wrongs(isFacts, changed(facts, ["facts", at, field], value))).not.toEqual([]);
    }
  });

  test.each<[string, Path, unknown]>([
    ["no verdict", ["verdict"], undefined], ["an unknown weight", ["findings", 0, "weight"], "certain"], ["a finding without evidence", ["findings", 0, "evidence"], []],
    ["an unknown station", ["path", 0, "station"], "believed"], ["a local time", ["at"], "2020-01-02 03:04"], ["another tool", ["tool", "name"], "other"],
  ])("%s in a report", async (_, path, value) => {
    const report = await analyze([inputOf(storeListing)], { ...options, at: "2019-04-17T00:00:00.000Z" });
    expect(report.findings.length).toBeGreaterThan(0);
    expect(wrongs(isReport, changed(report, path, value))).not.toEqual([]);
  });

  test("but further fields are welcome", async () => {
    const report = await analyze([inputOf(storeListing)], options);
    expect(wrongs(isReport, { ...report, later: 1 })).toEqual([]);
  });
});
