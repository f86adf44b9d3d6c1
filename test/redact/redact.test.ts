import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { analyze } from "../../src/analyze.ts";
import { checkRedacted, inputsOfCopies, redactInputs } from "../../src/redact-inputs.ts";
import type { Report } from "../../src/report/report.ts";
import type { Input } from "../../src/text/intake.ts";
import { encodeText } from "../support/encode-text.ts";
import { inputOf } from "../support/input-of.ts";
import { root } from "../support/source-files.ts";

const reading = { encoding: null, newDigest: null };
const judging = { ...reading, at: null, clock: "2026-01-01T00:00:00Z" };

async function redacted(text: string, name?: string): Promise<string> {
  const { copies } = await redactInputs([inputOf(text, [], name)], reading);
  return new TextDecoder().decode(copies[0]?.bytes);
}

describe("private things become pseudonyms of the same length", () => {
  test.each([
    ["Issuer: CN=Fabrik Issuing CA 02, O=Fabrik & S\u00F6hne GmbH, L=Graz, C=AT", ["Fabrik", "Graz", "hne"], ["Issuing CA 02", "GmbH", "C=AT"]],
    ["depth=0 C = SE, O = \"Nordwind, Kraft AB\", CN = login.nordwind.example", ["Nordwind", "Kraft", "nordwind"], ["C = SE, O = \"", "AB\"", ".example"]],
    ["DC=com, DC=fabrikam, CN=Fabrikam Root CA", ["fabrikam", "Fabrikam"], ["DC=com", "Root CA"]],
    ["C:\\Users\\almaw\\strace.log on \\\\files17\\share", ["almaw", "files17"], ["C:\\Users\\", "strace.log"]],
    ["connect 10.20.7.31:443 and fe80::1ff:fe23:4567:890a", ["10.20.7.31", "fe23"], [":443", "connect"]],
    ["S-1-5-21-1004336348-1177238915-682003330-1001", ["1004336348", "1177238915", "682003330"], ["S-1-5-21-", "-1001"]],
    ["mail alma.wieser@fabrikam.example for help", ["alma", "wieser", "fabrikam"], ["@", ".example", "for help"]],
    ["  Key Container = {51B4C789-2185-2CE9-A255-27E97232B5A7}", ["51B4C789", "27E97232B5A7"], ["  Key Container = {", "}"]],
    ["Cert Hash(sha1): db 31 4d a0 d0 ef 87 d4 2b 42 f7 4b 9c 38 a1 f9 17 3e f7 a2", ["db 31 4d"], ["Cert Hash(sha1): "]],
    ["ldap:///CN=Fabrik%20Issuing%20CA,CN=CDP,DC=fabrikam,DC=com?certificateRevocationList?base", ["Fabrik", "fabrikam"], ["%20Issuing%20CA,CN=CDP", "DC=com?certificateRevocationList?base"]],
    ["https://portal.fabrikam.example/orders/4711?user=alma", ["fabrikam", "orders", "alma"], ["https://portal.", ".example/"]],
    ["Hi Alma,", ["Alma"], ["Hi "]],
    ["Können Sie helfen? Danke\nAlma Wieser", ["Alma", "Wieser"], ["Danke\n"]],
    ["Vielen Dank im Voraus,\n\nAlma", ["Alma"], ["Vielen Dank im Voraus,"]],
    ["Danke und Gruß\nAlma", ["Alma"], ["Danke und Gruß"]],
    ["Gruß Alma", ["Alma"], ["Gruß "]],
    ["Thanks, Alma Wieser", ["Alma", "Wieser"], ["Thanks, "]],
    ["Hallo Kollegen,\n", [], ["Hallo Kollegen,"]],
    ["Thanks for your help\n", [], ["Thanks for your help"]],
    ["Alma Wieser wrote:", ["Alma", "Wieser"], [" wrote:"]],
    ["alma@ws17:~$ openssl s_client -connect portal.fabrikam.example:443 -cert alma-wieser.pem", ["alma", "ws17", "fabrikam", "wieser"], ["openssl s_client -connect portal.", ":443 -cert ", ".pem"]],
    ["CN=\u041E\u041E\u041E \u0420\u043E\u043C\u0430\u0448\u043A\u0430, C=RU", ["\u0420\u043E\u043C\u0430\u0448\u043A\u0430"], ["C=RU"]],
    ["CN=M\\C3\\BCllerwerk Root CA,O=M\\C3\\BCllerwerk,C=DE", ["llerwerk"], ["\\C3\\BC", " Root CA", ",C=DE"]],
  ])("%s", async (line, gone, kept) => {
    const copy = await redacted(line);
    expect(copy).toHaveLength(line.length);
    for (const word of gone) expect(copy).not.toContain(word);
    for (const words of kept) expect(copy).toContain(words);
  });

  test.each([
    "C=US, O=\"VeriSign, Inc.\", OU=Class 3 Public Primary Certification Authority", "CN=NT AUTHORITY", "CN=Microsoft Root Authority, OU=Microsoft Corporation",
    "C=US, O=Let's Encrypt, CN=R3", "  Provider = Microsoft Enhanced RSA and AES Cryptographic Provider", "    Client Authentication (1.3.6.1.5.5.7.3.2)", "dwFlags : 00000088",
    "2.5.29.15: Flags = 1(Critical), Length = 4", "0x80090016 (-2146893802 NTE_BAD_KEYSET)", " NotBefore: 1/13/2024 9:00 AM", "HTTP/1.1 403 Forbidden", "OpenSSL 3.0.2.1",
    "IP:port : 0.0.0.0:443", "Key Usage: Digital Signature, Key Encipherment (a0)", "Session-ID: ", "https://learn.microsoft.com/en-us/windows/win32/api",
  ])("%s stays", async (line) => expect(await redacted(line)).toBe(line));

  test("equal things stay equal over all inputs, and different ones different", async () => {
    const { copies, reversals } = await redactInputs([
      inputOf("Issuer: CN=Fabrikam CA, O=Fabrikam\nSerial Number: 00d2c4f61b3a778899aa55\n", [], "a.txt"),
      inputOf("issuer=/O=Fabrikam/CN=Fabrikam CA\nportal.fabrikam.example\nd2c4f61b3a778899aa55\nCN=Fabricam CA, O=Other\n", [], "fabrikam.txt"),
    ], reading);
    const [first = "", second = ""] = copies.map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(first).toBe("Issuer: CN=Org-0001 CA, O=Org-0001\nSerial Number: 00a0010000000000000000\n");
    expect(second.split("\n").slice(0, 3)).toEqual(["issuer=/O=Org-0001/CN=Org-0001 CA", "portal.org-0001.example", "a0010000000000000000"]);
    expect(second).not.toMatch(/Fabri[ck]am/);
    expect(second.split("\n")[3]).not.toContain("Org-0001");
    expect(copies.map(({ name }) => name)).toEqual(["a.txt", "org-0001.txt"]);
    expect(reversals).toContainEqual({ pseudonym: "org-0001", original: "Fabrikam", kind: "org" });
  });

  test.each(["utf-8", "utf-16le", "windows-1252", "cp850"] as const)("a copy of %s is %s", async (encoding) => {
    const text = "Zertifikat\r\nAussteller: CN=B\u00F6hmwerk Root CA, C=AT\r\nSchl\u00FCsselcontainer = abc\r\n\u00D6ffentlicher Schl\u00FCssel: Der private Schl\u00FCssel ist NICHT exportierbar\r\n";
    const { copies } = await redactInputs([inputOf(encodeText(text, encoding))], reading);
    expect(copies[0]).toMatchObject({ encoding, notices: [] });
    expect(copies[0]?.bytes).toHaveLength(encodeText(text, encoding).length);
  });
});

// --- the samples ------------------------------------------------------------------------------------------------------

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : /^(?:facts\.json|case\.json|report\.md|README\.md)$/.test(name) ? [] : [path];
  });
}

const samples = join(root, "samples");
const cases: readonly (readonly [string, readonly string[]])[] = [
  ...readdirSync(samples).filter((name) => name !== "forms" && statSync(join(samples, name)).isDirectory()).map((name) => [name, filesOf(join(samples, name))] as const),
  ...filesOf(join(samples, "forms")).map((path) => [path.slice(samples.length + 1), [path]] as const),
];

function inputsOf(paths: readonly string[]): readonly Input[] {
  return paths.map((path) => inputOf(readFileSync(path), [], path.slice(samples.length + 1)));
}

/** What a report says, without names: causes, weights, verdicts, counts and places. */
function judgement(report: Report): unknown {
  const places = (evidence: readonly { readonly line: number; readonly column: number }[]): readonly string[] => evidence.map(({ line, column }) => `${line}:${column}`);
  return {
    path: report.path.map(({ station, state, evidence }) => [station, state, places(evidence)]),
    findings: report.findings.map(({ cause, weight, evidence }) => [cause, weight, places(evidence)]),
    ruledOut: report.ruledOut.map(({ cause, evidence }) => [cause, places(evidence)]),
    cannotTell: report.cannotTell.map(({ cause, missing }) => [cause, missing.length]),
    notes: report.notes.map(({ cause }) => cause),
    selections: report.selections.map(({ reportedMatches, predictedMatches, flags, certificates }) => [
      reportedMatches, predictedMatches, flags, certificates.map(({ selectable, criteria }) => [selectable, criteria.map(({ criterion, verdict }) => [criterion, verdict])]),
    ]),
    lists: report.issuerLists.map(({ from, announced, listed, complete, matches, nearMisses }) => [from, announced, listed, complete, matches.length, nearMisses.length]),
    inputs: report.inputs.map(({ formats, lines, linesClaimed, linesNotUnderstood }) => [formats, lines, linesClaimed, linesNotUnderstood]),
  };
}

/** Octets of a capture in base64 are blanked, names and all: such a copy says less than its original. */
const isBlanked = (name: string): boolean => name.startsWith("forms/net-export/") && name.endsWith(".json.txt");

describe("the copy of a capture with blanked octets says less and nothing else", () => {
  test.each(cases.filter(([name]) => isBlanked(name)))("%s", async (_, paths) => {
    const { copies } = await redactInputs(inputsOf(paths), reading);
    const original = (await analyze(inputsOf(paths), judging)).findings.map(({ cause }) => cause);
    expect((await analyze(inputsOfCopies(copies), judging)).findings.filter(({ cause }) => !original.includes(cause))).toEqual([]);
    expect(await checkRedacted(inputsOfCopies(copies), reading)).toEqual([]);
  });
});

describe("the copy of a sample is judged like the sample, and nothing private is left in it", () => {
  test.each(cases.filter(([name]) => !isBlanked(name)))("%s", async (_, paths) => {
    const { copies } = await redactInputs(inputsOf(paths), reading);
    expect(judgement(await analyze(inputsOfCopies(copies), judging))).toEqual(judgement(await analyze(inputsOf(paths), judging)));
    expect((await checkRedacted(inputsOfCopies(copies), reading)).map(({ place, what }) => `${place.file}:${place.line}:${place.column} ${what}`)).toEqual([]);
  });
});

describe("accounts and errors", () => {
  test("an account becomes a pseudonym, built-in ones keep their names", async () => {
    const copy = await redacted("C:\\>whoami\r\nspedition\\svc-fracht\r\nSERVICE_START_NAME : NT AUTHORITY\\NetworkService\r\nIdentity: IIS APPPOOL\\Frachtportal\r\n");
    expect(copy).not.toMatch(/spedition|fracht/i);
    expect(copy).toMatch(/^C:\\>whoami\r\n\S+\\\S+\r\nSERVICE_START_NAME : NT AUTHORITY\\NetworkService\r\nIdentity: IIS APPPOOL\\\S+\r\n$/);
  });

  test("an error of HAProxy is no secret", async () => {
    const line = "till~ 1/1 31/000000000A000418/10/0/0 error:0A000418:SSL routines::tlsv1 alert unknown ca";
    expect(await redacted(line)).toBe(line);
    expect(await redacted("Serial: 000000000A000418")).not.toContain("0A000418");
  });
});

describe("any text", () => {
  test("keeps its lines", async () => {
    const piece = fc.oneof(fc.string({ unit: "grapheme", maxLength: 30 }), fc.constantFrom("CN=", "O=", "Issuer: ", "\n", "\r\n", "-----BEGIN CERTIFICATE-----", "    0000  30 14 06", "10.1.2.3", "a@b.example", "Cookie: ", "\\C3\\B6", "C:\\Users\\", "%20"));
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      const text = pieces.join("").replace(/[\u0000-\u0008\u000B-\u000C\u000E-\u001F\u007F\uFEFF]/g, "").replace(/[\uD800-\uDFFF]/g, "");
      const copy = await redacted(text);
      const lines = (of: string): number => of.split(/\r\n|\r|\n/).length;
      expect(lines(copy.replace(/^\uFEFF/, ""))).toBe(lines(text));
    }), { numRuns: 150 });
  });

  test("takes time in proportion to its length", async () => {
    for (const part of ["CN=a, ", "a.", "-----BEGIN CERTIFICATE-----AAAA", "C:\\Users\\", "0000  30 14\n", "http://", "aa:", "x@", "O=a\n", "From: "]) {
      const start = performance.now();
      await redacted(part.repeat(30_000));
      expect({ part, slow: performance.now() - start > 15_000 }).toEqual({ part, slow: false });
    }
  }, 120_000);
});
