import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { placeOf, sourceText } from "../../src/text/source-text.ts";
import { unpack } from "../../src/text/unpack.ts";

const unpacked = (text: string): string => unpack(sourceText("a.txt", text)).text;

describe("takes off", () => {
  test.each([
    ["character references", "O=A &amp; B, CN=&quot;x&quot; &#39;y&#39; &#x263A;", "O=A & B, CN=\"x\" 'y' \u263A"],
    ["an escape once only", "&amp;gt;", "&gt;"],
    ["quoted-printable", "CN=3DM=C3=BCller, O=3DA=\nB", "CN=M\u00FCller, O=AB"],
    ["a record of JSON", "{\"a\":1,\"message\":\"one\\ntwo\\n\\u0041\\tthree\\n\"}", "one\ntwo\nA\tthree"],
    ["a field of CSV", "7,\"my \"\"Personal\"\"\na\nb\nc\"\n", "7,\nmy \"Personal\"\na\nb\nc\n\n"],
    ["marks before every line", "| depth=0 x |\n| --- |\n| Certificate chain |\n| --- |\n| --- |\n| ---\n", "depth=0 x\n---\nCertificate chain\n---\n---\n---\n"],
  ])("%s", (_, text, expected) => expect(unpacked(text)).toBe(expected));
});

describe("leaves alone", () => {
  test.each([
    ["a name with an ampersand", "O=A & B; C, CN=x&y"], ["paths", "C:\\new\\names\\n1 and D:\\temp"], ["equal signs", "CN=3Dx = y\nO=\n"],
    ["dates behind a label", "   v:NotBefore: a\n   v:NotBefore: b\n   v:NotBefore: c\n   v:NotBefore: d"], ["two words of a label", "Cert Hash(sha1): 00\n".repeat(5)],
    ["lines of a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".repeat(4)], ["a quotation", "he said, \"yes\"\nand\nno\n\"maybe\""],
  ])("%s", (_, text) => expect(unpack(sourceText("a.txt", text)).carried ?? null).toBeNull());
});

test("places lead back to the input", () => {
  const source = unpack(sourceText("a.txt", "first\n&lt;second&gt; third"));
  const start = source.text.indexOf("third");
  expect(placeOf({ source, start, end: start + 5 })).toEqual({ file: "a.txt", line: 2, column: 16 });
});

test("any text has a place for every character", () => {
  const parts = fc.array(fc.constantFrom("&lt;", "=3D", "\\n", "\"", "<br>", "---", "| ", "{\"log\":\"", "\"}", "\n", "\r", "\u001B[0m", ",\"", "\u200B", "**a**:", "x", "CertSelectCertificateChains called"), { maxLength: 60 });
  fc.assert(fc.property(parts, (pieces) => {
    const original = sourceText("a.txt", pieces.join(""));
    const source = unpack(original);
    if (!source.carried) return expect(source).toBe(original);
    expect(source.carried.offsets).toHaveLength(source.text.length + 1);
    expect(source.carried.offsets.every((offset, at, all) => offset >= (all[at - 1] ?? 0) && offset <= original.text.length)).toBe(true);
  }), { numRuns: 300 });
});
