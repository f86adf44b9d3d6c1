import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/run.ts";
import type { DiffReport, DiffRow } from "../../src/report/diff-report.ts";
import { diffSchema } from "../../src/report/schemas.ts";
import { buildCommand, runCommand } from "../support/built-command.ts";
import { memoryIo } from "../support/memory-io.ts";
import { renderTranscript, requestFor } from "../support/render-s-client.ts";

/** A verbose dump of a store with one certificate. */
function dump(more: { readonly usage?: string; readonly keySpec?: string; readonly subject?: string; readonly hash?: string } = {}): string {
  return `my "Personal"
================ Certificate 0 ================
X509 Certificate:
Version: 3
Serial Number: 5b0c77d1
Signature Algorithm:
    Algorithm ObjectId: 1.2.840.113549.1.1.11 sha256RSA
Issuer:
    CN=Fell Quarry Issuing CA
    O=Fell Quarry

 NotBefore: 2/3/2026 8:00 AM
 NotAfter: 2/3/2028 8:00 AM

Subject:
    CN=${more.subject ?? "Ada Stone"}
    O=Fell Quarry

Public Key Algorithm:
    Algorithm ObjectId: 1.2.840.113549.1.1.1 RSA
Public Key Length: 2048 bits
Certificate Extensions: 2
    2.5.29.15: Flags = 1(Critical), Length = 4
    Key Usage
        ${more.usage ?? "Digital Signature, Key Encipherment (a0)"}

    2.5.29.37: Flags = 0, Length = c
    Enhanced Key Usage
        Client Authentication (1.3.6.1.5.5.7.3.2)

Non-root Certificate
Cert Hash(sha1): ${more.hash ?? "0f1e2d3c4b5a69788796a5b4c3d2e1f001020304"}

  CERT_KEY_PROV_INFO_PROP_ID(2):
    Key Container = {1D4F6A70-0B1C-4E2D-8A3F-5C6B7D8E9F10}
    Provider = Microsoft Enhanced RSA and AES Cryptographic Provider
    ProviderType = 18
  Flags = 0
    KeySpec = ${more.keySpec ?? "1 -- AT_KEYEXCHANGE"}

Encryption test passed
CertUtil: -store command completed successfully.
`;
}

/** Only the lines about the key, as people quote them. */
const keyLines = (keySpec: string): string => `  Key Container = {1D4F6A70-0B1C-4E2D-8A3F-5C6B7D8E9F10}
  Provider = Microsoft Enhanced Cryptographic Provider v1.0
  ProviderType = 1
  Flags = 0
  KeySpec = ${keySpec}
`;

/** A selection call with this list; `declared` is the number it announces. */
function call(issuers: readonly string[], matches: number, more: { readonly declared?: number; readonly flags?: string } = {}): string {
  return ["CertSelectCertificateChains called", "", `dwFlags : ${more.flags ?? "00000088"}`, "", "cCriteria : 1", "", "===== CERT_SELECT_BY_ISSUER_NAME", "",
    `Number of issuer(s) : ${more.declared ?? issuers.length}`, "", ...issuers, "", `Number of certificates matching criteria(s) : ${matches}`,
    "CertSelectCertificateChains exited with value : TRUE", ""].join("\n");
}

const rootCa = "O=Fell Quarry, CN=Fell Quarry Root CA";
const issuingCa = "O=Fell Quarry, CN=Fell Quarry Issuing CA";

async function certwhy(a: string, b: string, ...words: string[]) {
  const io = memoryIo({ files: { "works.txt": a, "fails.txt": b, "prose.txt": "Nothing to see here.\n" } });
  const code = await run(["diff", "works.txt", "fails.txt", ...words], io);
  return { code, out: io.printed(), err: io.complained(), io };
}

async function diffOf(a: string, b: string): Promise<DiffReport> {
  const { code, out, err } = await certwhy(a, b, "--format", "json");
  expect([code, err]).toEqual([0, ""]);
  const report = JSON.parse(out) as DiffReport;
  const isDiff = new Ajv2020({ allErrors: true }).compile(diffSchema);
  expect(isDiff(report) ? [] : isDiff.errors).toEqual([]);
  return report;
}

const fieldsOf = (report: DiffReport, bearing: DiffRow["bearing"]): readonly string[] => report.differences.filter((row) => row.bearing === bearing).map((row) => row.field);

function rowOf(report: DiffReport, field: string): DiffRow {
  const row = report.differences.find((one) => one.field === field);
  if (row === undefined) throw new Error(`no difference of ${field}: ${JSON.stringify(report.differences)}`);
  return row;
}

describe("two certificates", () => {
  test("of which only one may sign: Key Usage can be the reason, thumbprint and container cannot", async () => {
    const report = await diffOf(dump(), dump({ usage: "Key Encipherment, Data Encipherment (30)", subject: "Bo Gravel", hash: "1f1e2d3c4b5a69788796a5b4c3d2e1f001020304" }));
    expect(report.verdict).toBe("One thing that can be the reason differs: Key Usage.");
    expect(fieldsOf(report, "can-matter")).toEqual(["Key Usage"]);
    expect(fieldsOf(report, "cannot-matter")).toEqual(["thumbprint"]);
    expect(rowOf(report, "Key Usage")).toMatchObject({
      a: { text: "digitalSignature, keyEncipherment (a0)", evidence: { file: "works.txt", line: 25 } },
      b: { text: "keyEncipherment, dataEncipherment (30)", evidence: { file: "fails.txt", line: 25, quote: "        Key Encipherment, Data Encipherment (30)" } },
      because: "Only one allows digitalSignature, which selection demands.",
    });
    expect(report.missing).toEqual([]);
  });

  test("that both may sign: another Key Usage is no reason", async () => {
    const report = await diffOf(dump(), dump({ usage: "Digital Signature (80)" }));
    expect(fieldsOf(report, "can-matter")).toEqual([]);
    expect(fieldsOf(report, "cannot-matter")).toEqual(["Key Usage"]);
    expect(report.verdict).toBe("The captures differ only in what cannot be the reason.");
  });

  test("in two spellings of one KeySpec", async () => {
    const report = await diffOf(dump(), dump({ keySpec: "1" }));
    expect(report.differences).toMatchObject([{ field: "KeySpec", bearing: "cannot-matter", because: expect.stringContaining("The same value"), a: { text: "1 -- AT_KEYEXCHANGE" }, b: { text: "1" } }]);
  });

  test("with two KeySpecs: no reason, unless a call examines it", async () => {
    const other = dump({ keySpec: "2 -- AT_SIGNATURE" });
    expect(rowOf(await diffOf(dump(), other), "KeySpec").bearing).toBe("cannot-matter");
    const examined = await diffOf(`${call([], 1, { flags: "00000028" })}\n${dump()}`, `${call([], 0, { flags: "00000028" })}\n${other}`);
    expect(rowOf(examined, "KeySpec")).toMatchObject({ bearing: "can-matter", because: expect.stringContaining("0x20") });
  });

  test("that are the same", async () => {
    const report = await diffOf(dump(), dump());
    expect(report.differences).toEqual([]);
    expect(report.verdict).toBe("No difference was found between the two captures.");
  });

  test("of which one is not printed: that says nothing about the store", async () => {
    const report = await diffOf(dump(), call([rootCa], 0));
    expect(fieldsOf(report, "can-matter")).toEqual([]);
    expect(rowOf(report, "certificate")).toMatchObject({ bearing: "not-comparable", a: { text: expect.stringContaining("Ada Stone") }, b: null });
    expect(report.missing.map(({ command }) => command)).toEqual(["certutil -v -user -store my", "STRACE.CMD"]);
  });

  test("of which one key was tried and the other was not: that is no difference yet", async () => {
    const report = await diffOf(dump(), dump().replace("Encryption test passed\n", ""));
    expect(fieldsOf(report, "can-matter")).toEqual([]);
    expect(rowOf(report, "key test")).toMatchObject({ bearing: "not-comparable", a: { text: "usable" }, b: null });
    expect(rowOf(await diffOf(dump(), dump().replace("Encryption test passed", "Missing stored keyset")), "key test")).toMatchObject({ bearing: "can-matter", b: { text: "missing" } });
  });

  test("one beside one more: the twins are compared, the other is named", async () => {
    const extra = dump({ subject: "Cy Pebble", hash: "2f1e2d3c4b5a69788796a5b4c3d2e1f001020304" }).replace("Serial Number: 5b0c77d1", "Serial Number: 5b0c77d2");
    const report = await diffOf(dump(), dump({ usage: "Key Encipherment (20)" }) + extra);
    expect(report.differences.filter(({ bearing }) => bearing === "can-matter")).toMatchObject([
      { field: "Key Usage", about: expect.stringContaining("Ada Stone") }, { field: "certificate", a: null, b: { text: expect.stringContaining("Cy Pebble") } },
    ]);
  });
});

describe("only the lines about the key", () => {
  test("with two spellings of KeySpec: no reason, and what could decide is asked for", async () => {
    const report = await diffOf(keyLines("1 -- AT_KEYEXCHANGE"), keyLines("1"));
    expect(fieldsOf(report, "can-matter")).toEqual([]);
    expect(fieldsOf(report, "cannot-matter")).toEqual(["KeySpec"]);
    expect(fieldsOf(report, "not-comparable")).toEqual(["Key Usage", "Enhanced Key Usage", "issuer", "validity"]);
    expect(report.missing).toMatchObject([{ command: "certutil -v -user -store my", on: "client", account: "the user whose client fails" }]);
    expect(report.verdict).toBe("What differs cannot be the reason; what could decide is not printed on both sides: Key Usage, Enhanced Key Usage, issuer, validity.");
  });

  test("against a whole certificate: the keys are compared", async () => {
    const report = await diffOf(dump(), keyLines("1"));
    expect(rowOf(report, "provider")).toMatchObject({ bearing: "can-matter", a: { text: expect.stringContaining("AES") }, b: { text: expect.stringContaining("Enhanced Cryptographic Provider v1.0") } });
  });
});

describe("two selection calls", () => {
  test("whose lists name other CAs", async () => {
    const report = await diffOf(call([rootCa, issuingCa], 1), call([rootCa, "O=Fell Quarry, CN=Fell Quarry Issuing CA 2"], 0));
    expect(report.differences).toMatchObject([
      { field: "issuer in the list", bearing: "can-matter", a: { text: issuingCa, evidence: { line: 12 } }, b: null },
      { field: "issuer in the list", bearing: "can-matter", a: null, b: { text: "O=Fell Quarry, CN=Fell Quarry Issuing CA 2" } },
      { field: "matches", a: { text: "1" }, b: { text: "0" } },
    ]);
    expect(report.verdict).toBe("One thing that can be the reason differs: the CAs in the list.");
  });

  test("of which one list is cut: that a name is absent there proves nothing", async () => {
    const report = await diffOf(call([rootCa, issuingCa], 1), call([rootCa], 0, { declared: 22 }));
    expect(rowOf(report, "issuer in the list")).toMatchObject({ bearing: "not-comparable", because: "The list that lacks this CA is not complete here." });
    expect(report.verdict).toContain("in nothing printed that could explain it");
    expect(report.missing.map(({ command }) => command)).toEqual(["STRACE.CMD"]);
  });

  test("with long lists: names are counted, the first are shown", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `O=Fell Quarry, CN=CA ${index}`);
    const report = await diffOf(call([rootCa, ...names], 1), call([rootCa], 0));
    expect(rowOf(report, "number of issuers")).toMatchObject({ a: { text: "31 names" }, b: { text: "1 names" }, because: expect.stringContaining("30 names are in A only") });
    expect(report.differences.filter(({ field }) => field === "issuer in the list")).toHaveLength(10);
  });

  test("with other flags", async () => {
    expect(rowOf(await diffOf(call([rootCa], 1), call([rootCa], 0, { flags: "00000089" })), "flags")).toMatchObject({ bearing: "can-matter", b: { text: expect.stringContaining("CERT_SELECT_ALLOW_EXPIRED") } });
  });
});

describe("what people read", () => {
  test.each([60, 80, 120])("text fits %d columns", async (width) => {
    const { out } = await certwhy(dump(), dump({ usage: "Key Encipherment (20)", keySpec: "1" }), "--width", `${width}`);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    const flat = out.replace(/\s+/g, " ");
    expect(flat).toContain("Key Usage: Only one allows digitalSignature, which selection demands. - A digitalSignature, keyEncipherment (a0) (works.txt:25:9) - B keyEncipherment (20) (fails.txt:25:9)");
    expect(flat.indexOf("What can be the reason")).toBeLessThan(flat.indexOf("What differs and cannot be the reason"));
  });

  test("a transcript is asked for with the request that fails, as cmd.exe wants it beside certutil's output", async () => {
    const transcript = renderTranscript({ first: requestFor(), last: requestFor() });
    const report = JSON.parse((await certwhy(`${dump()}\n${transcript}`, dump(), "--format", "json")).out) as DiffReport;
    expect(report.missing.map(({ command }) => command)).toContain("(echo GET /PATH HTTP/1.1& echo Host: HOST& echo Connection: close& echo.)"
      + " | openssl s_client -connect HOST:443 -servername HOST -tls1_2 -prexit -ign_eof");
  });

  test("Markdown and HTML", async () => {
    expect((await certwhy(dump(), dump({ usage: "Key Encipherment (20)" }), "--format", "markdown")).out).toContain("- **A** `digitalSignature, keyEncipherment (a0)` (`works.txt:25:9`)");
    const { err, io } = await certwhy(dump(), dump({ subject: "<b>Bo</b>", usage: "Key Encipherment (20)", hash: "3f1e2d3c4b5a69788796a5b4c3d2e1f001020304" }), "-o", "d.html", "-o", "d.json");
    expect(err).toBe("certwhy: written to d.html\ncertwhy: written to d.json\n");
    const page = new TextDecoder().decode(io.files.get("d.html"));
    expect(page).toContain("&lt;b&gt;Bo&lt;/b&gt;");
    expect(page).not.toContain("<b>Bo");
    expect(JSON.parse(new TextDecoder().decode(io.files.get("d.json")))).toMatchObject({ schema: "certwhy/diff/1" });
  });
});

describe("mistakes", () => {
  test("nothing recognizable on one side gives 3", async () => {
    const { code, err } = await certwhy(dump(), "Nothing to see here.\n");
    expect([code, err]).toEqual([3, expect.stringMatching(/^certwhy: nothing was recognized;.*\n$/)]);
  });
  test("an input is never overwritten, and standard input is one side only", async () => {
    expect(await certwhy(dump(), dump(), "-o", "fails.txt")).toMatchObject({ code: 2, err: expect.stringContaining("is one of the inputs") });
    const io = memoryIo({ stdin: dump() });
    expect(await run(["diff", "-", "-"], io)).toBe(2);
    expect(io.complained()).toContain("one of the two captures only");
  });
});

describe("as a process", () => {
  let folder = "";
  beforeAll(() => {
    buildCommand();
    folder = mkdtempSync(join(tmpdir(), "certwhy-diff-"));
    for (const side of ["works", "fails"]) mkdirSync(join(folder, side));
    writeFileSync(join(folder, "works", "store.txt"), dump());
    writeFileSync(join(folder, "works", "strace.log"), call([rootCa, issuingCa], 1));
    writeFileSync(join(folder, "fails", "store.txt"), dump({ usage: "Key Encipherment (20)" }));
    writeFileSync(join(folder, "fails", "strace.log"), call([rootCa], 0));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("compares folders, and one side from standard input", () => {
    const { code, out, err } = runCommand(["diff", "works", "fails"], { cwd: folder });
    expect([code, err]).toEqual([0, ""]);
    expect(out.replace(/\s+/g, " ")).toContain("2 things that can be the reason differ: Key Usage, the CAs in the list.");
    const piped = runCommand(["diff", "works/store.txt", "-", "--format", "json"], { cwd: folder, input: dump({ usage: "Key Encipherment (20)" }) });
    expect(JSON.parse(piped.out)).toMatchObject({ b: { name: "-", inputs: [{ file: "<stdin>" }] }, differences: [{ field: "Key Usage" }] });
  });

  test("a side that is missing gives 3, one word only gives 2", () => {
    expect(runCommand(["diff", "works", "nothing"], { cwd: folder })).toEqual({ code: 3, out: "", err: "certwhy: nothing: no such file\n" });
    expect(runCommand(["diff", "works"], { cwd: folder })).toMatchObject({ code: 2, out: "" });
    expect(runCommand(["diff", "works", "fails", "-q", "-o", "d.md"], { cwd: folder })).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(join(folder, "d.md"), "utf8")).toMatch(/^# What differs/);
  });
});
