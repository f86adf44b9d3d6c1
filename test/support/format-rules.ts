import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { claimPassages } from "../../grammars/claim-passages.ts";
import type { InputFormat, Reading } from "../../grammars/format.ts";
import { formats } from "../../grammars/index.ts";
import type { Fact } from "../../src/model/fact.ts";
import { placeOf, sourceText, type Span, textOf } from "../../src/text/source-text.ts";

export async function readWith(format: InputFormat, text: string, name = "sample.txt"): Promise<Reading & { readonly lines: number }> {
  const passages = format.claim(sourceText(name, text));
  const reading = await (await format.reader())(passages);
  return { ...reading, lines: passages.reduce((sum, passage) => sum + textOf(passage.span).split(/\r\n|\n|\r/).length, 0) };
}

/** Every span inside a fact, with the path that leads to it. */
export function spansOf(value: unknown, path = ""): readonly { readonly path: string; readonly span: Span }[] {
  if (typeof value !== "object" || value === null) return [];
  if ("source" in value && "start" in value) return [{ path, span: value as Span }];
  return Object.entries(value).flatMap(([key, part]) => spansOf(part, `${path}.${key}`));
}

/** A fact without its places. */
export function withoutPlaces(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if ("source" in value && "start" in value) return null;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutPlaces(part)]));
}

function formFiles(folder: string): readonly string[] {
  return readdirSync(`samples/forms/${folder}`).map((name) => `samples/forms/${folder}/${name}`);
}

/**
 * What holds for every format: places are true, also when lines stand before the sample or its line ends are others; cut and damaged
 * samples never throw nor hang; lines of other formats' samples stay with them (but for the samples in `alsoIn`, which hold both);
 * time grows with the length.
 */
export function followsTheRules(format: InputFormat, folder: string, given: { readonly alsoIn?: readonly string[] } = {}): void {
  const files = formFiles(folder).filter((file) => !/\.(?:der|cer|p12|pfx|p7b)$/.test(file));
  const texts = files.map((file) => readFileSync(file, "utf8"));

  describe.each(files)("%s", (file) => {
    const text = readFileSync(file, "utf8");

    test("facts lie inside the text, and their places move with it", async () => {
      const { facts } = await readWith(format, text);
      const below = await readWith(format, `One line of prose.\n\n${text}`);
      expect(below.facts.map(withoutPlaces)).toEqual(facts.map(withoutPlaces));
      const spans = facts.flatMap((fact: Fact) => spansOf(fact));
      expect(spans.filter(({ span }) => span.start < 0 || span.end < span.start || span.end > span.source.text.length)).toEqual([]);
      expect(below.facts.flatMap((fact) => spansOf(fact)).map(({ span }) => placeOf(span).line - 2)).toEqual(spans.map(({ span }) => placeOf(span).line));
    });

    test("line ends of another system change nothing but places", async () => {
      const plain = (await readWith(format, text)).facts.map(withoutPlaces);
      for (const end of ["\r\n", "\r"]) {
        const changed = JSON.parse(JSON.stringify((await readWith(format, text.replace(/\r?\n/g, end))).facts.map(withoutPlaces)).replaceAll("\\r\\n", "\\n").replaceAll("\\r", "\\n")) as unknown;
        expect(changed).toEqual(JSON.parse(JSON.stringify(plain)));
      }
    });
  });

  test("damaged samples are read without an error", async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...texts), fc.nat(), fc.nat(), fc.string(), async (text, a, b, noise) => {
      const lines = text.split("\n");
      const from = a % lines.length;
      const kept = [...lines.slice(0, from), noise, ...lines.slice(from + (b % 7))].join("\n");
      const broken = kept.slice(0, kept.length - (b % (kept.length + 1)) / 2);
      const { facts } = await readWith(format, broken);
      for (const { span } of facts.flatMap((fact) => spansOf(fact))) expect(span.end).toBeLessThanOrEqual(broken.length);
    }), { numRuns: 150 });
  });

  test("lines of other formats' samples stay theirs", () => {
    const others = readdirSync("samples/forms").filter((name) => name !== folder).flatMap(formFiles)
      .filter((file) => /\.(?:txt|log|xml)$/.test(file) && !(given.alsoIn ?? []).some((part) => file.includes(part)));
    const claimed = others.filter((file) => claimPassages(sourceText(file, readFileSync(file, "utf8")), formats).some((passage) => passage.format === format.id));
    expect(claimed).toEqual([]);
  });

  test("time grows with the length", async () => {
    const once = texts.join("\n\nSome words between two samples, as a mail has them.\n\n");
    const many = Array.from({ length: Math.max(1, Math.ceil(300_000 / once.length)) }, () => once).join("\n");
    const begin = performance.now();
    await readWith(format, many);
    const short = performance.now() - begin;
    const middle = performance.now();
    await readWith(format, `${many}\n${many}\n${many}`);
    expect(performance.now() - middle).toBeLessThan(Math.max(1500, short * 9));
  });
}
