import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { certutil } from "../../grammars/certutil/index.ts";
import { en } from "../../grammars/certutil/labels/en.ts";
import { fr } from "../../grammars/certutil/labels/fr.ts";
import { layOut } from "../../grammars/certutil/layout.ts";
import type { Fact } from "../../src/model/fact.ts";
import { sourceText, type SourceText, type Span } from "../../src/text/source-text.ts";
import { printStore, wordsOf, type PrintedCertificate } from "../support/print-certutil.ts";

const read = await certutil.reader();

const certificate: PrintedCertificate = {
  serial: "5e151077f200000000034e", issuer: ["CN=Contoso Issuing CA 01", "DC=corp", "DC=contoso", "DC=com"], subject: ["CN=Hugo Berg", "O=Contoso, Ltd.", "C=US"],
  notBefore: "1/13/2015 9:00 AM", notAfter: "1/13/2017 9:00 AM", sha1: "7efd22b35b300d0cb76cd3b1f275e76afd69ca9e", template: "User", keyUsage: "a0",
  extendedKeyUsage: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"], subjectKeyIdentifier: "2a6c963274c38e30d5f5ed44be040d730b101c4c", bits: 2048,
  key: {
    container: "{2F4C7A10-55D1-4B8E-9C36-A1B2C3D4E5F6}", uniqueContainer: "89d909f08c3d175e2a444c57a59cd0f7_2d0f738f-489f-5ea1-6294-1f5f5358c34f",
    provider: "Microsoft Enhanced Cryptographic Provider v1.0", providerType: 1, flags: 0x20, keySpec: 1, outcome: "encryption",
  },
};
const short = printStore([certificate, { ...certificate, serial: "6144", key: null }], { words: wordsOf(fr), long: false, old: false });
const long = printStore([certificate], { words: wordsOf(en), long: true, old: false });

async function factsOf(source: SourceText): Promise<readonly Fact[]> {
  const passages = certutil.claim(source);
  for (const [index, { span }] of passages.entries()) {
    expect(span.start).toBeGreaterThanOrEqual(passages[index - 1]?.span.end ?? 0);
    expect(span.end).toBeLessThanOrEqual(source.text.length);
    expect(source.lineStarts.includes(span.start)).toBe(true);
  }
  const { facts, notUnderstood } = await read(passages);
  const inside = (span: Span): boolean => passages.some((passage) => passage.span.start <= span.start && span.end <= passage.span.end);
  for (const span of [...spansIn(facts), ...notUnderstood]) {
    expect(span.start).toBeLessThan(span.end);
    expect(inside(span)).toBe(true);
  }
  return facts;
}

/** Every span inside some facts. */
function spansIn(value: unknown): readonly Span[] {
  if (Array.isArray(value)) return value.flatMap(spansIn);
  if (typeof value !== "object" || value === null || value instanceof Uint32Array) return [];
  if ("lineStarts" in value) return [];
  if ("source" in value && "start" in value && "end" in value) return [value as Span];
  return Object.values(value).flatMap(spansIn);
}

/** No value that the whole text does not print: what is left of a cut one is its beginning. */
function expectNothingInvented(facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind !== "certificate") continue;
    const partOf = (printed: string, values: readonly (string | null | undefined)[]): void =>
      expect(values.some((value) => value?.replace(/\s/g, "").startsWith(printed.replace(/\s/g, "")))).toBe(true);
    if (fact.serialNumber) partOf(fact.serialNumber.value, [certificate.serial, "6144", certificate.sha1]);
    if (fact.sha1Thumbprint) partOf(fact.sha1Thumbprint.value, [certificate.sha1]);
    if (fact.keyUsage) expect(fact.keyUsage.value.hex).toBe("a0");
    for (const oid of fact.extendedKeyUsage?.value ?? []) expect(certificate.extendedKeyUsage).toContain(oid);
    if (fact.notAfter) partOf(fact.notAfter.value.printed, [certificate.notAfter, certificate.notBefore]);
    if (fact.key.provider) partOf(fact.key.provider.value, [certificate.key?.provider]);
    if (fact.key.container) partOf(fact.key.container.value, [certificate.key?.container]);
    if (fact.key.keySpec) expect(fact.key.keySpec.value).toBe(1);
    if (fact.key.flags) expect([0x20, 0x2]).toContain(fact.key.flags.value);
  }
}

describe("damaged text", () => {
  test.each([["short", short], ["long", long]])("cut at every character: %s", async (_, lines) => {
    const text = lines.join("\r\n");
    for (let at = 0; at <= text.length; at++) expectNothingInvented(await factsOf(sourceText("cut.txt", text.slice(0, at))));
  }, 60_000);

  test.each([["short", short], ["long", long]])("begun at every line: %s", async (_, lines) => {
    for (let from = 0; from < lines.length; from++) expectNothingInvented(await factsOf(sourceText("tail.txt", lines.slice(from).join("\n"))));
  });

  test.each([["short", short], ["long", long]])("each line dropped, doubled, broken in two: %s", async (_, lines) => {
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] as string;
      const middle = line.length >> 1;
      expectNothingInvented(await factsOf(sourceText("dropped.txt", lines.toSpliced(at, 1).join("\n"))));
      expectNothingInvented(await factsOf(sourceText("doubled.txt", lines.toSpliced(at, 0, line).join("\n"))));
      await factsOf(sourceText("broken.txt", lines.toSpliced(at, 1, line.slice(0, middle), line.slice(middle)).join("\n")));
    }
  });

  test("decoded with the wrong code page", async () => {
    const text = short.join("\r\n");
    const latin = new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));
    const lost = text.replace(/[^\u0000-\u007e]/g, "\uFFFD");
    for (const wrong of [latin, lost]) {
      const facts = await factsOf(sourceText("wrong.txt", wrong));
      const found = facts.filter((fact) => fact.kind === "certificate");
      expect(found.map((fact) => [fact.serialNumber?.value, fact.sha1Thumbprint?.value, fact.key.linked?.value, fact.key.provider?.value])).toEqual([
        [certificate.serial, certificate.sha1, true, certificate.key?.provider], ["6144", certificate.sha1, false, undefined],
      ]);
    }
    expect((await factsOf(sourceText("wrong.txt", lost))).filter((fact) => fact.kind === "damage").map((fact) => fact.what)).toContain("encoding");
  });

  test("any text whatever", async () => {
    const piece = fc.oneof(fc.constantFrom(...short, ...long), fc.string({ maxLength: 60 }), fc.constantFrom("...", "================ X 0 ================", "CN=", "=", ":", "CertUtil: -", "> ", "<br/>", "0x80090016 ("));
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.constantFrom("\n", "\r\n", "\r", " ", "\u00A0"), async (pieces, glue) => {
      const text = pieces.join(glue);
      expect(layOut(text).length).toBe(text.length);
      await factsOf(sourceText("any.txt", text));
    }), { numRuns: 400 });
  }, 60_000);
});

describe("large text takes time in proportion", () => {
  const timed = async (text: string): Promise<number> => {
    const start = performance.now();
    await factsOf0(text);
    return performance.now() - start;
  };
  const factsOf0 = async (text: string): Promise<void> => void (await read(certutil.claim(sourceText("large.txt", text))));

  test.each([
    ["one line of letters", "Key Container = " + "x".repeat(1_000_000)],
    ["one line of equals signs", "=".repeat(1_000_000) + " NotBefore"],
    ["one line of blanks", `Serial Number: 12${" ".repeat(1_000_000)}NotBefore: x`],
    ["one line of name parts", `Cert Hash(sha1): aa\nSubject: ${"CN=a, ".repeat(170_000)}`],
    ["one line of labels", "my \"Personal\" " + "Serial Number: 12 Issuer: CN=a NotBefore: 1/1/2024 ".repeat(20_000)],
    ["one line of hexadecimal pairs", "Cert Hash(sha1): " + "aa ".repeat(330_000)],
    ["one line of brackets", "    2.5.29.37: Flags = 0, Length = c\n" + "(1.3.6.1.".repeat(110_000)],
  ])("%s, a megabyte", async (_, text) => {
    expect(await timed(text)).toBeLessThan(6_000);
  }, 30_000);

  test("two thousand certificates", async () => {
    const text = printStore(Array.from({ length: 2000 }, (_, index) => ({ ...certificate, serial: `61${String(index).padStart(6, "0")}` })), { words: wordsOf(en), long: false, old: false }).join("\r\n");
    const start = performance.now();
    const { facts, notUnderstood } = await read(certutil.claim(sourceText("large.txt", text)));
    expect(facts.filter((fact) => fact.kind === "certificate").length).toBe(2000);
    expect(notUnderstood).toEqual([]);
    expect(performance.now() - start).toBeLessThan(15_000);
  }, 30_000);
});
