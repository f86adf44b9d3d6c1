import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { landmarkSearch } from "../../src/text/landmark-search.ts";
import { lineKeeper, type KeptLines, type WindowBounds } from "../../src/text/line-windows.ts";
import { findLineStarts } from "../../src/text/source-text.ts";
import { concatenate, encodeText } from "../support/encode-text.ts";

const small: WindowBounds = { before: 2, after: 3, beforeBytes: 30, longestLine: 40, budget: 400, block: 16 };
const landmarks = ["KeySpec", "Acceptable", "Ab"];

function keep(bytes: Uint8Array, sizes: readonly number[], bounds: WindowBounds = small, width: 1 | 2 = 1): KeptLines {
  const keeper = lineKeeper(landmarks, width, true, bounds);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? bytes.length);
    keeper.push(bytes.subarray(at, at + size));
    at += size;
  }
  return keeper.end();
}

const plain = (kept: KeptLines): unknown => ({
  ...kept, windows: kept.windows.map((window) => ({ ...window, bytes: new TextDecoder("windows-1252").decode(concatenate(...window.bytes)) })),
});

describe("landmarkSearch", () => {
  test("finds the first of several, whole ones only", () => {
    const bytes = encodeText("xx KeySpe Ab KeySpec", "utf-8");
    const search = landmarkSearch(landmarks, 1, true);
    expect(search.next(bytes, 0, bytes.length)).toBe(10);
    expect(search.next(bytes, 11, bytes.length)).toBe(13);
    expect(search.next(bytes, 11, bytes.length - 1)).toBe(-1);
    expect(search.next(bytes, 14, bytes.length)).toBe(-1);
  });

  test("agrees with String.indexOf", () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(words, fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 60 }), fc.nat(10), (wanted, text, from) => {
      const found = wanted.map((word) => text.indexOf(word, from)).filter((at) => at >= 0);
      const expected = found.length === 0 ? -1 : Math.min(...found);
      expect(landmarkSearch(wanted, 1, true).next(encodeText(text, "utf-8"), from, text.length)).toBe(expected);
      const wide = landmarkSearch(wanted, 2, true).next(encodeText(text, "utf-16le"), 2 * from, 2 * text.length);
      expect(wide).toBe(expected < 0 ? -1 : 2 * expected);
    }));
  });

  test("without landmarks nothing is found", () => expect(landmarkSearch([], 1, true).next(Uint8Array.of(1, 2, 3), 0, 3)).toBe(-1));
});

describe("lineKeeper", () => {
  test("keeps lines before and after a landmark and counts the others", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    lines[9] = "KeySpec = 1";
    const kept = keep(encodeText(lines.join("\n"), "utf-8"), [7]);
    expect(plain(kept)).toEqual({
      lines: 20, cutLines: [], budgetEndedAt: null,
      windows: [{ firstLine: 8, lines: 6, bytes: "line 8\nline 9\nKeySpec = 1\nline 11\nline 12\nline 13\n", landmarks: new Set(["KeySpec"]) }],
    });
  });

  test("joins windows that touch", () => {
    const lines = Array.from({ length: 20 }, (_, index) => (index === 3 || index === 9 ? "Ab" : `l${index + 1}`));
    const kept = keep(encodeText(lines.join("\r\n"), "utf-8"), [5]);
    expect(kept.windows.map(({ firstLine, lines: count }) => [firstLine, count])).toEqual([[2, 12]]);
  });

  test("cuts a line without end, tells its number, and goes on after it", () => {
    const text = `one\nKeySpec ${"x".repeat(5000)}\nthree\nfour`;
    for (const sizes of [[3], [64], [100000]]) {
      expect(plain(keep(encodeText(text, "utf-8"), sizes))).toEqual({
        lines: 4, cutLines: [2], budgetEndedAt: null,
        windows: [{ firstLine: 1, lines: 4, bytes: `one\nKeySpec ${"x".repeat(32)}\nthree\nfour`, landmarks: new Set(["KeySpec"]) }],
      });
    }
  });

  test("a cut never splits a UTF-8 character", () => {
    const kept = keep(encodeText(`KeySpec ${"é".repeat(500)}\nnext`, "utf-8"), [9], { ...small, longestLine: 35, beforeBytes: 20 });
    expect(new TextDecoder("utf-8", { fatal: true }).decode(concatenate(...(kept.windows[0]?.bytes ?? [])))).toBe(`KeySpec ${"é".repeat(13)}\nnext`);
  });

  test("stops at the budget and says where", () => {
    const kept = keep(encodeText("Ab 5678\n".repeat(100), "utf-8"), [50]);
    expect(kept.lines).toBe(100);
    expect(kept.budgetEndedAt).toBe(51);
    expect(kept.windows.map(({ firstLine, lines }) => [firstLine, lines])).toEqual([[1, 50]]);
  });

  test("the result does not depend on the chunks", () => {
    const line = fc.oneof(
      fc.constantFrom("KeySpec = 1", "Acceptable", "Ab", "", "aAbA"), fc.string({ unit: fc.constantFrom("x", "K", "e", "é", " "), maxLength: 90 }),
    );
    const text = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 40 }).map((rows) => rows.flat().join(""));
    fc.assert(fc.property(text, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 2), (content, sizes, width) => {
      const bytes = encodeText(content, width === 1 ? "utf-8" : "utf-16le");
      const whole = keep(bytes, [], { ...small, block: 1 << 16 }, width as 1 | 2);
      const parts = keep(bytes, sizes, small, width as 1 | 2);
      expect(plain(parts)).toEqual(plain(whole));
      expect(whole.lines).toBe(content === "" ? 0 : findLineStarts(content).length);
    }), { numRuns: 500 });
  });

  test("kept lines are the lines of the text", () => {
    const line = fc.constantFrom("KeySpec = 1", "", "one", "two and three", "Ab");
    const text = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 60 }).map((rows) => rows.flat().join(""));
    fc.assert(fc.property(text, (content) => {
      const starts = findLineStarts(content);
      for (const window of keep(encodeText(content, "utf-8"), [11], { ...small, budget: 1e6 }).windows) {
        const from = starts[window.firstLine - 1] as number;
        const to = starts[window.firstLine - 1 + window.lines] ?? content.length;
        expect(new TextDecoder().decode(concatenate(...window.bytes))).toBe(content.slice(from, to));
      }
    }), { numRuns: 300 });
  });
});

describe("landmarks that need fewer lines", () => {
  const near = { near: { "Ab": 1 }, ends: { "Acceptable": "Accepted" } };
  const wide: WindowBounds = { ...small, before: 3, after: 200, beforeBytes: 4000, longestLine: 4000, budget: 100_000, block: 64 };
  const kept = (lines: readonly string[]): readonly (readonly [number, number])[] => {
    const keeper = lineKeeper(["Acceptable", "Accepted", "Ab"], 1, true, wide, near);
    keeper.push(encodeText(lines.map((line) => `${line}\n`).join(""), "utf-8"));
    return keeper.end().windows.map((window) => [window.firstLine, window.lines]);
  };
  const noise = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `noise ${n}`);

  test("keep only these, before and after", () => expect(kept([...noise(10), "Ab", ...noise(10)])).toEqual([[10, 3]]));
  test("do not shorten what another landmark keeps", () => expect(kept(["Acceptable", ...noise(5), "Ab", ...noise(50)])).toEqual([[1, 57]]));
  test("a passage that ended keeps little after its end", () => expect(kept([...noise(9), "Acceptable", "Accepted", ...noise(500)])).toEqual([[7, 5 + 128]]));
  test("a passage begun inside another ends it not", () => {
    expect(kept(["Acceptable", "Acceptable", "Accepted", ...noise(150), "Accepted", ...noise(500)])).toEqual([[1, 154 + 128]]);
  });
  test("so many passages are enough", () => {
    const keeper = lineKeeper(["Acceptable", "Accepted", "Ab"], 1, true, { ...wide, passages: 2 }, near);
    keeper.push(encodeText("Acceptable\nAccepted\n".repeat(5), "utf-8"));
    expect(keeper.end()).toMatchObject({ lines: 10, windows: [{ firstLine: 1, lines: 4 }], budgetEndedAt: 5 });
  });
  test("without an end all lines are kept that may belong to it", () => expect(kept(["Acceptable", ...noise(500)])).toEqual([[1, 201]]));
});
