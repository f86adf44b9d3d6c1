import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareSpans, findLineStarts, lineIndexAt, lineSpan, located, nextLineEnd, placeOf, sourceText, textOf } from "../../src/text/source-text.ts";

/** Text whose marked part `«…»` is the span; the marks themselves are taken out. */
function marked(text: string, firstLine = 1) {
  const start = text.indexOf("«");
  const end = text.indexOf("»") - 1;
  const source = sourceText("log.txt", text.replace("«", "").replace("»", ""), firstLine);
  return { source, start, end };
}

describe("places", () => {
  test.each([
    ["«Issuer»: CN=a", "Issuer", 1, 1],
    ["one\n  «two» three", "two", 2, 3],
    ["one\r\n\r\n«three»\r\n", "three", 3, 1],
    ["old\rmac\r «x»", "x", 3, 2],
    ["ä😀«b»", "b", 1, 4],
  ])("%j", (text, inside, line, column) => {
    const span = marked(text);
    expect(textOf(span)).toBe(inside);
    expect(placeOf(span)).toEqual({ file: "log.txt", line, column });
  });

  test("count on from the first line of the stretch", () => expect(placeOf(marked("a\nb\n«c»", 1000)).line).toBe(1002));
});

describe("lines", () => {
  test.each([
    ["", [0]], ["a", [0]], ["a\n", [0]], ["a\nb", [0, 2]], ["a\r\nb\r\n", [0, 3]], ["a\rb", [0, 2]], ["\n\n", [0, 1]], ["\r\r\n", [0, 1]], ["\n\r", [0, 1]],
  ])("%j", (text, starts) => expect([...findLineStarts(text)]).toEqual(starts));

  test("agree with splitting at line ends", () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom("a", "\r", "\n", "é"), maxLength: 40 }), (text) => {
      const source = sourceText("x", text);
      const expected = text.split(/\r\n|\n|\r/);
      if (expected.length > 1 && expected.at(-1) === "") expected.pop();
      expect(Array.from(source.lineStarts, (_, index) => textOf(lineSpan(source, index)))).toEqual(expected);
      for (let at = 0; at < text.length; at++) {
        const index = lineIndexAt(source, at);
        expect(source.lineStarts[index]).toBeLessThanOrEqual(at);
        expect(source.lineStarts[index + 1] ?? Infinity).toBeGreaterThan(at);
      }
    }));
  });

  test("nextLineEnd stops at either kind", () => {
    expect(nextLineEnd("ab\rc\n", 0)).toBe(2);
    expect(nextLineEnd("ab\rc\n", 3)).toBe(4);
    expect(nextLineEnd("ab", 0)).toBe(2);
  });
});

describe("spans", () => {
  test("are ordered by input, stretch, offset, length", () => {
    const a = sourceText("a", "0123456789");
    const later = sourceText("a", "0123", 50);
    const b = sourceText("b", "0123");
    const spans = [{ source: b, start: 0, end: 1 }, { source: later, start: 0, end: 1 }, { source: a, start: 2, end: 5 }, { source: a, start: 2, end: 3 }, { source: a, start: 0, end: 1 }];
    expect([...spans].sort(compareSpans).map((span) => `${span.source.name}${span.source.firstLine}:${span.start}-${span.end}`))
      .toEqual(["a1:0-1", "a1:2-3", "a1:2-5", "a50:0-1", "b1:0-1"]);
  });

  test("carry values", () => expect(located(7, marked("x «7»"))).toMatchObject({ value: 7, span: { start: 2, end: 3 } }));
});
