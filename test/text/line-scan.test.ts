import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
// @ts-expect-error The script is plain JavaScript.
import { codeOf } from "../../scripts/wasm.mjs";
import { formats } from "../../grammars/index.ts";
import { chooseFingerprints, gramLength } from "../../src/text/fingerprints.ts";
import { type LineScan, scanInScript, scanInWebAssembly } from "../../src/text/line-scan.ts";
import { lineKeeper, type WindowBounds } from "../../src/text/line-windows.ts";
import { encodeText } from "../support/encode-text.ts";
import { root } from "../support/source-files.ts";

const landmarks = [...new Set(formats.flatMap((format) => format.landmarks))];
const widths = [["utf-8", 1, true], ["utf-16le", 2, true], ["utf-16be", 2, false]] as const;

function inWebAssembly(wanted: readonly string[], width: 1 | 2, lowFirst: boolean): LineScan {
  const scan = scanInWebAssembly(wanted, width, lowFirst);
  if (scan === null) throw new Error("no scan in WebAssembly");
  return scan;
}

/** Fills a scan with a text; more bytes than the text has stand behind it, as after an earlier, longer one. */
function fill(scan: LineScan, bytes: Uint8Array): LineScan {
  const buffer = scan.withCapacity(bytes.length + 200);
  buffer.fill(10);
  buffer.set(bytes);
  scan.begin(bytes.length);
  return scan;
}

/** Number, from 0, of the line that holds an offset. */
function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length - 1;
}

// Pieces that nearly are landmarks, landmarks, and what stands around them in logs.
const piece = fc.oneof(
  fc.constantFrom(...landmarks),
  fc.constantFrom(...landmarks).chain((landmark) => fc.nat(landmark.length).map((cut) => landmark.slice(0, cut))),
  fc.constantFrom(...landmarks).map((landmark) => landmark.toLowerCase()),
  fc.constantFrom("\r\n", "\n", " ", "0x0036869f", "recv() exited with value : 274", "\u20ac", "\u0153\u0100", "x", "\\n", "-", "7"),
  fc.string({ maxLength: 12 }),
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("the scan in WebAssembly", () => {
  test("is assembled from the text beside it (else: node scripts/wasm.mjs)", async () => {
    const code = await (codeOf as (text: string) => Promise<string>)(readFileSync(join(root, "src/text/line-scan.wat"), "utf8"));
    expect(readFileSync(join(root, "src/text/line-scan-code.ts"), "utf8")).toBe(code);
  });

  test("takes every landmark of the product", () => {
    expect(landmarks.filter((landmark) => landmark.length < gramLength)).toEqual([]);
    expect(scanInWebAssembly(landmarks, 1, true)).not.toBeNull();
    const { ofLong, ofShort } = chooseFingerprints(landmarks) ?? { ofLong: [], ofShort: [] };
    expect(ofShort.length).toBeLessThanOrEqual(8);
    const found = new Set([...ofLong, ...ofShort.flat()].map(({ landmark }) => landmark));
    for (const landmark of landmarks) expect([landmark, [...found].some((one) => landmark.includes(one))]).toEqual([landmark, true]);
  });

  test("leaves what it cannot take to the other", () => {
    expect(scanInWebAssembly(["abc"], 1, true)).toBeNull();
    expect(scanInWebAssembly(["Überschrift"], 1, true)).toBeNull();
  });

  test.each(widths)("%s: finds the same lines as the scan in JavaScript, from each line on", (encoding, width, lowFirst) => {
    const [fast, slow] = [inWebAssembly(landmarks, width, lowFirst), scanInScript(landmarks, width, lowFirst)];
    fc.assert(fc.property(text, (one) => {
      const bytes = encodeText(one, encoding);
      fill(fast, bytes);
      fill(slow, bytes);
      const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
      for (let start = 0; start >= 0 && start < decoded.length; start = decoded.indexOf("\n", start) + 1 || -1) {
        const from = encodeText(decoded.slice(0, start), encoding).length;
        const [a, b] = [fast.lineWithLandmark(from), slow.lineWithLandmark(from)];
        const lines = [a, b].map((at) => (at < 0 ? -1 : lineOf(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(0, at)), Number.POSITIVE_INFINITY)));
        expect([one, start, lines[0]]).toEqual([one, start, lines[1]]);
      }
    }), { numRuns: 300 });
  });

  test.each(widths)("%s: finds each landmark wherever it stands, and nothing a character short of it", (encoding, width, lowFirst) => {
    const scan = inWebAssembly(landmarks, width, lowFirst);
    for (const landmark of landmarks) {
      for (const before of [0, 1, 2, 3, 4, 5, 6, 7, 13, 31]) {
        const bytes = encodeText(`${" ".repeat(before)}${landmark}`, encoding);
        const [at, last] = [fill(scan, bytes).lineWithLandmark(0), fill(scan, bytes.subarray(0, bytes.length - width)).lineWithLandmark(0)];
        expect([landmark, before, at >= before * width && at < bytes.length]).toEqual([landmark, before, true]);
        if (!landmarks.some((other) => other !== landmark && landmark.slice(0, -1).includes(other))) expect([landmark, before, last]).toEqual([landmark, before, -1]);
      }
    }
  });

  test("a number in a longer one is no landmark, one behind a quoted line end is", () => {
    const scan = inWebAssembly(["36869"], 1, true);
    const at = (line: string): number => fill(scan, encodeText(line, "utf-8")).lineWithLandmark(0);
    expect([at("id 36869"), at("0x136869"), at("a36869"), at("136869"), at("(36869)"), at("\\n36869"), at("36869")]).toEqual([3, -1, -1, -1, 1, 2, 0]);
  });

  test.each(widths)("%s: counts line ends like the one in JavaScript", (encoding, width, lowFirst) => {
    const [fast, slow] = [inWebAssembly(landmarks, width, lowFirst), scanInScript(landmarks, width, lowFirst)];
    const lines = fc.array(fc.oneof(fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\u0a0a", "\u0d0a", "\u0d00"), fc.string({ maxLength: 30 })), { maxLength: 1500 }).map((all) => all.join(""));
    fc.assert(fc.property(lines, fc.nat(1000), (one, skipped) => {
      const bytes = encodeText(one, encoding);
      fill(fast, bytes);
      fill(slow, bytes);
      const from = Math.min(skipped * width, bytes.length);
      expect(fast.countLineEnds(from, bytes.length)).toBe(slow.countLineEnds(from, bytes.length));
    }), { numRuns: 200 });
    const many = encodeText("\n".repeat(70_000), encoding);
    expect(fill(fast, many).countLineEnds(0, many.length)).toBe(70_000);
  });

  test("the buffer grows and keeps what it holds", () => {
    const scan = inWebAssembly(landmarks, 1, true);
    scan.withCapacity(4).set([1, 2, 3, 4]);
    expect([...scan.withCapacity(1 << 22).subarray(0, 5)]).toEqual([1, 2, 3, 4, 0]);
  });
});

describe("lines kept of a large input", () => {
  const bounds: WindowBounds = { before: 2, after: 3, beforeBytes: 300, longestLine: 4000, budget: 40_000, block: 256 };

  test("are the same for every landmark set, fast or slow, however it is cut", () => {
    fc.assert(fc.property(fc.array(text, { maxLength: 30 }), fc.integer({ min: 1, max: 400 }), (parts, size) => {
      const bytes = encodeText(parts.join("\n"), "utf-8");
      // A landmark that nothing holds and that WebAssembly cannot take: the other scan does the work.
      const [fast, slow] = [landmarks, [...landmarks, "\u0000\u0000"]].map((wanted) => {
        const keeper = lineKeeper(wanted, 1, true, bounds);
        for (let at = 0; at < bytes.length; at += size) keeper.push(bytes.subarray(at, at + size));
        return keeper.end();
      });
      expect(fast).toEqual(slow);
    }), { numRuns: 200 });
  });
});
