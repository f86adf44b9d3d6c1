import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { sClient } from "../../grammars/s-client/index.ts";
import type { CertificateRequestFact, Fact } from "../../src/model/fact.ts";
import { sourceText, textOf, type SourceText } from "../../src/text/source-text.ts";
import type { Reading } from "../../grammars/format.ts";

const read = await sClient.reader();

async function readingOf(text: string): Promise<{ readonly source: SourceText; readonly reading: Reading }> {
  const source = sourceText("sample.txt", text);
  return { source, reading: await read(sClient.claim(source)) };
}

function requestsIn(facts: readonly Fact[]): readonly CertificateRequestFact[] {
  return facts.filter((fact) => fact.kind === "certificate-request");
}

/** Every span of a fact, at any depth. */
function spansOf(value: unknown): readonly { readonly start: number; readonly end: number }[] {
  if (value === null || typeof value !== "object") return [];
  if ("source" in value && "start" in value && "end" in value) return [value as unknown as { readonly start: number; readonly end: number }];
  return Object.values(value).flatMap(spansOf);
}

type Attribute = readonly [type: string, value: string];
type Style = "slash" | "spaced" | "comma";

const value = fc.array(fc.constantFrom("Nordwind", "Kraft", "Fyr", "Lighthouse", "Members", "CA", "Class 2", "AB", "Root"), { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
const name: fc.Arbitrary<readonly Attribute[]> = fc.tuple(fc.constantFrom("SE", "NO", "FI"), value, fc.option(value, { nil: null }), value)
  .map(([country, organisation, unit, common]): readonly Attribute[] => [["C", country], ["O", organisation], ...(unit === null ? [] : [["OU", unit] as const]), ["CN", common]]);
const algorithms = fc.array(fc.constantFrom("RSA+SHA256", "RSA-PSS+SHA384", "ECDSA+SHA256", "ed25519"), { minLength: 1, maxLength: 20 });
const types = fc.uniqueArray(fc.constantFrom("RSA sign", "DSA sign", "ECDSA sign"), { minLength: 1 });

function print(attributes: readonly Attribute[], style: Style): string {
  if (style === "slash") return attributes.map(([type, text]) => `/${type}=${text}`).join("");
  return attributes.map(([type, text]) => (style === "spaced" ? `${type} = ${text}` : `${type}=${text}`)).join(", ");
}

const rfc4514 = (attributes: readonly Attribute[]): string => [...attributes].reverse().map(([type, text]) => `${type}=${text}`).join(",");

interface Printed {
  readonly style: Style;
  readonly names: readonly (readonly Attribute[])[];
  readonly types: readonly string[] | null;
  readonly algorithms: readonly string[] | null;
}

/** One summary as the versions of a style print it. */
function summary({ style, names, types: asked, algorithms: accepted }: Printed): string {
  const one: readonly Attribute[] = [["C", "SE"], ["CN", "server"]];
  return [
    "CONNECTED(00000003)", "---", "Certificate chain", ` 0 s:${print(one, style)}`, `   i:${print(one, style)}`, "---", "Server certificate", `subject=${print(one, style)}`, `issuer=${print(one, style)}`, "---",
    ...(names.length === 0 ? ["No client certificate CA names sent"] : ["Acceptable client certificate CA names", ...names.map((attributes) => print(attributes, style))]),
    ...(asked === null ? [] : [`Client Certificate Types: ${asked.join(", ")}`]), ...(accepted === null ? [] : [`Requested Signature Algorithms: ${accepted.join(":")}`]),
    "---", "SSL handshake has read 2410 bytes and written 409 bytes", "---", "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384", "Secure Renegotiation IS supported", "SSL-Session:",
    "    Protocol  : TLSv1.2", "    Cipher    : ECDHE-RSA-AES256-GCM-SHA384", "    Verify return code: 0 (ok)", "---", "",
  ].join("\n");
}

const eachLine = (change: (line: string) => string) => (text: string): string => text.split("\n").map(change).join("\n");

/** Lines broken at blanks, as mail programs do. Where all breaks fall into one column nobody can tell that from a text cut at that column: such a text stays whole. */
function broken(width: number, prefix: string): (text: string) => string {
  const piecesOf = (line: string): readonly string[] => {
    const cut = line.length > width ? line.lastIndexOf(" ", width) : 0;
    return cut > 0 ? [line.slice(0, cut), ...piecesOf(line.slice(cut + 1))] : [line];
  };
  return (text) => {
    const lines = text.split("\n").map(piecesOf);
    const columns = new Set(lines.flatMap((pieces) => pieces.slice(0, -1).map((piece) => piece.length)));
    return (columns.size === 1 ? text.split("\n") : lines.flat()).map((line) => prefix + line).join("\n");
  };
}

const damages: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  mail: eachLine((line) => `> ${line}`),
  indented: eachLine((line) => `    ${line}`),
  starred: eachLine((line) => ` * ${line}`),
  blankLines: (text) => text.replaceAll("\n", "\n\n"),
  crlf: (text) => text.replaceAll("\n", "\r\n"),
  cr: (text) => text.replaceAll("\n", "\r"),
  separatorsLost: (text) => text.replaceAll("---\n", ""),
  dashes: (text) => text.replaceAll("---\n", "\u2014\n"),
  noBreakSpaces: (text) => text.replaceAll(" ", "\u00A0"),
  entities: (text) => text.replaceAll("&", "&amp;").replaceAll("\"", "&quot;").replaceAll(">", "&gt;"),
  padded: eachLine((line) => line.padEnd(140)),
  brokenMail: broken(72, "> "),
};

describe("a known summary is read back", () => {
  const printed: fc.Arbitrary<Printed> = fc.record({
    style: fc.constantFrom<Style>("slash", "spaced", "comma"), names: fc.array(name, { maxLength: 6 }),
    types: fc.option(types, { nil: null }), algorithms: fc.option(algorithms, { nil: null }),
  });

  test.each(Object.keys(damages))("%s", async (damage) => {
    await fc.assert(fc.asyncProperty(printed, async (known) => {
      const { reading } = await readingOf((damages[damage] as (text: string) => string)(summary(known)));
      const requests = requestsIn(reading.facts);
      expect(requests.length).toBe(1);
      const [request] = requests;
      expect((request?.authorities ?? []).map((authority) => authority.value.rfc4514)).toEqual(known.names.map(rfc4514));
      expect(request?.certificateTypes?.value ?? null).toEqual(known.types);
      expect(request?.signatureAlgorithms?.value ?? null).toEqual(known.algorithms);
      const asked = known.names.length > 0 || known.types !== null || known.algorithms !== null;
      expect(request?.requested === true).toBe(asked);
      expect(request?.when).toBe(asked ? "first-handshake" : null);
      expect(reading.notUnderstood.map(textOf)).toEqual([]);
    }), { numRuns: 40 });
  });
});

const samples = ["renegotiation-iis.txt", "line-feed-in-a-name.txt", "body-inside-a-ticket.txt"].map((file) => readFileSync(`samples/forms/s-client/${file}`, "utf8"));

/** Nothing is thrown, every span lies in the text, and every name is made of printed characters. */
async function expectSound(text: string): Promise<void> {
  const { source, reading } = await readingOf(text);
  for (const { start, end } of [...reading.facts, ...reading.notUnderstood].flatMap(spansOf)) {
    expect(start >= 0 && start <= end && end <= source.text.length).toBe(true);
  }
  for (const { value: printedName, span } of requestsIn(reading.facts).flatMap(({ authorities }) => authorities ?? [])) {
    const stretch = textOf(span);
    for (const word of printedName.printed.split(/\s+/)) expect(stretch.includes(word)).toBe(true);
  }
}

describe("mutilation", () => {
  test("cut at every character", async () => {
    for (const sample of samples.slice(1)) {
      for (let at = 0; at <= sample.length; at++) {
        await expectSound(sample.slice(0, at));
        await expectSound(sample.slice(at));
      }
    }
  });

  test("each line dropped, doubled or broken", async () => {
    for (const sample of samples) {
      const lines = sample.split("\n");
      for (let at = 0; at < lines.length; at++) {
        const line = lines[at] as string;
        const middle = line.length >> 1;
        for (const changed of [[], [line, line], [line.slice(0, middle), line.slice(middle)]]) {
          await expectSound([...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join("\n"));
        }
      }
    }
  });

  test("read with a wrong encoding", async () => {
    for (const sample of samples) {
      await expectSound(new TextDecoder("latin1").decode(new TextEncoder().encode(sample)));
      await expectSound(new TextDecoder("utf-16le").decode(new TextEncoder().encode(sample)));
      await expectSound(new TextDecoder("utf-8").decode(new Uint8Array([...sample].map((character) => character.charCodeAt(0) & 0xff))));
    }
  });

  test("any text at all", async () => {
    const piece = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(
      "Acceptable client certificate CA names\n", "CONNECTED(00000003)\n", "---\n", "/C=", "\n", "depth=0 ", "-----BEGIN CERTIFICATE-----\n", "HTTP/1.1 403 x\n", "<html>", "</html>", "> ", "openssl s_client -connect ",
      "SSL handshake has read ", "verify error:num=1:a\n", "Client Certificate Types: ", "&lt;&lt;&lt; TLS", "SSL-Session:\n", "New, x, Cipher is y\n", "Received Record\n", "\u0000", "\u001B[31m"));
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => expectSound(pieces.join(""))), { numRuns: 300 });
  });
});

describe("time grows with the length only", () => {
  const size = 1 << 20;
  const start = "CONNECTED(00000003)\n";
  test.each([
    ["one long line", "a".repeat(size)], ["blanks", start + " ".repeat(size)], ["prefixes", start + ">".repeat(size)], ["entities", start + "&gt;".repeat(size / 4)],
    ["algorithms", `Requested Signature Algorithms: ${"RSA+SHA256:".repeat(size / 11)}`], ["status lines in one line", start + "HTTP/1.1 200 OK".repeat(size / 15)],
    ["hexadecimal digits", start + "00".repeat(size / 2)], ["hyphens", start + "-".repeat(size)], ["a command", `openssl s_client -connect ${"a ".repeat(size / 2)}`],
    ["pages without an end", start + "<html>\n".repeat(size / 7)], ["headings", "Acceptable client certificate CA names\n".repeat(size / 39)],
    ["errors that go on", start + `140:error:14094410:SSL routines:f:${"x".repeat(50)}\nalert:xx\n`.repeat(size / 96)], ["names broken by a terminal", `Acceptable client certificate CA names\n${`/C=SE/O=${"x".repeat(72)}\n${"y".repeat(80)}\n`.repeat(size / 162)}`],
    ["base64", `${start}-----BEGIN CERTIFICATE-----\n${`${"QUFB".repeat(16)}\n`.repeat(size / 65)}-----END CERTIFICATE-----\n`],
  ])("%s", async (_, text) => {
    const before = Date.now();
    await readingOf(text);
    // A quadratic step takes minutes on this length; the bound leaves room for a busy machine.
    expect(Date.now() - before).toBeLessThan(15_000);
  }, 60_000);
});
