import { chooseFingerprints, halvesOf, stepOfLong, type Fingerprint } from "./fingerprints.ts";
import { landmarkSearch } from "./landmark-search.ts";
import { lineScanCode } from "./line-scan-code.ts";

/** A buffer of text that is searched for landmarks and whose line ends are counted, as fast as the machine can. */
export interface LineScan {
  /** The buffer, with at least so many bytes; what was in it stays. The one before is of no use any more. */
  withCapacity(bytes: number): Uint8Array;
  /** Forgets what was found: the buffer holds other text, of so many bytes. */
  begin(used: number): void;
  /** A place in the first line at or after `from`, the beginning of a line, that holds a landmark; -1 when none does. */
  lineWithLandmark(from: number): number;
  /** Line ends in [from, to): LF, CR LF, CR. A CR LF is never parted by `to`. */
  countLineEnds(from: number, to: number): number;
}

/** A scan of 8-bit text (`width` 1) or UTF-16 (2, `lowFirst` its byte order), in WebAssembly where there is one with SIMD. */
export function lineScan(landmarks: readonly string[], width: 1 | 2, lowFirst: boolean): LineScan {
  return scanInWebAssembly(landmarks, width, lowFirst) ?? scanInScript(landmarks, width, lowFirst);
}

/** The same in JavaScript: for engines without SIMD, and for landmarks that the other cannot take. */
export function scanInScript(landmarks: readonly string[], width: 1 | 2, lowFirst: boolean): LineScan {
  const search = landmarkSearch(landmarks, width, lowFirst);
  let buffer = new Uint8Array(0);
  let used = 0;
  let hit: number | null = null;
  const unitAt = (at: number): number => (width === 1 ? buffer[at] as number : (buffer[lowFirst ? at : at + 1] as number) | ((buffer[lowFirst ? at + 1 : at] as number) << 8));
  return {
    withCapacity(bytes) {
      if (bytes > buffer.length) {
        const larger = new Uint8Array(bytes);
        larger.set(buffer);
        buffer = larger;
      }
      return buffer;
    },
    begin(length) {
      used = length;
      hit = null;
    },
    lineWithLandmark(from) {
      if (hit === null || (hit >= 0 && hit < from)) hit = search.next(buffer, from, used);
      return hit;
    },
    countLineEnds(from, to) {
      let count = 0;
      for (let at = from; at < to; at += width) {
        const unit = unitAt(at);
        if (unit === 10 || (unit === 13 && unitAt(at + width) !== 10)) count++;
      }
      return count;
    },
  };
}

// Where line-scan.wat expects what; the text stands behind, with as many bytes after it as the scan may read too many.
const headsAt = 32768;
const masksAt = 40960;
const entriesAt = 41088;
const entrySize = 16;
const textAt = 131072;
const slack = 64;
const pageSize = 65536;

interface Scanner {
  readonly memory: WebAssembly.Memory;
  configure(width: number, swap: number): void;
  nextShort(from: number, to: number): number;
  nextLong(from: number, to: number, step: number): number;
  countLineEnds(from: number, to: number): number;
}

/** Null where WebAssembly or its SIMD is missing, or a landmark is too short for it. */
export function scanInWebAssembly(landmarks: readonly string[], width: 1 | 2, lowFirst: boolean): LineScan | null {
  const fingerprints = chooseFingerprints(landmarks);
  const scanner = fingerprints === null ? null : newScanner();
  if (fingerprints === null || scanner === null || !layOut(scanner.memory, fingerprints.ofLong, fingerprints.ofShort)) return null;
  scanner.configure(width, lowFirst ? 0 : 8);
  let end = textAt;
  // The next one of either kind, as an address; null: not looked for yet.
  let short: number | null = null;
  let long: number | null = null;
  return {
    withCapacity(bytes) {
      const missing = textAt + bytes + slack - scanner.memory.buffer.byteLength;
      if (missing > 0) scanner.memory.grow(Math.ceil(missing / pageSize));
      return new Uint8Array(scanner.memory.buffer, textAt, bytes);
    },
    begin(used) {
      end = textAt + used;
      short = long = null;
    },
    lineWithLandmark(from) {
      const at = textAt + from;
      if (short === null || (short >= 0 && short < at)) short = scanner.nextShort(at, end);
      if (long === null || (long >= 0 && long < at)) long = scanner.nextLong(at, end, stepOfLong);
      const first = short < 0 ? long : long < 0 ? short : Math.min(short, long);
      return first < 0 ? -1 : first - textAt;
    },
    countLineEnds: (from, to) => scanner.countLineEnds(textAt + from, textAt + to),
  };
}

function newScanner(): Scanner | null {
  try {
    const code = Uint8Array.from(atob(lineScanCode), (character) => character.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as Scanner;
  } catch {
    return null;
  }
}

/** Fibonacci hashing, as line-scan.wat does it: the upper bits of the product with 2^32 divided by the golden ratio. */
function hashOf(gram: string): number {
  let value = 0;
  for (let at = gram.length - 1; at >= 0; at--) value = (value << 8) | gram.charCodeAt(at);
  return Math.imul(value, 0x9e3779b1) >>> 14;
}

/** Writes the tables of the search; false when they do not fit. */
function layOut(memory: WebAssembly.Memory, ofLong: readonly Fingerprint[], ofShort: readonly (readonly Fingerprint[])[]): boolean {
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  for (const { gram } of ofLong) {
    const hash = hashOf(gram);
    bytes[hash >>> 3] = (bytes[hash >>> 3] as number) | (1 << (hash & 7));
  }
  ofShort.forEach((members, bucket) => {
    for (const { gram } of members) {
      halvesOf(gram).forEach(({ low, high }, place) => {
        for (let half = 0; half < 16; half++) {
          const [lows, highs] = [masksAt + place * 32 + half, masksAt + place * 32 + 16 + half];
          if (((low >> half) & 1) !== 0) bytes[lows] = (bytes[lows] as number) | (1 << bucket);
          if (((high >> half) & 1) !== 0) bytes[highs] = (bytes[highs] as number) | (1 << bucket);
        }
      });
    }
  });
  const all = [...ofLong, ...ofShort.flat()];
  const places = new Map<string, number>();
  // Entry 0 means that a chain ends.
  let free = entriesAt + (all.length + 1) * entrySize;
  for (const [index, { landmark, offset, gram }] of all.entries()) {
    let place = places.get(landmark);
    if (place === undefined) {
      place = free;
      free += landmark.length;
      if (free > textAt) return false;
      places.set(landmark, place);
      for (let at = 0; at < landmark.length; at++) bytes[place + at] = landmark.charCodeAt(at);
    }
    const number = index + 1;
    const entry = entriesAt + number * entrySize;
    const head = headsAt + (hashOf(gram) >>> 6) * 2;
    for (let at = 0; at < gram.length; at++) bytes[entry + at] = gram.charCodeAt(at);
    view.setUint32(entry + 4, place, true);
    view.setUint16(entry + 8, landmark.length, true);
    view.setUint16(entry + 10, offset, true);
    view.setUint16(entry + 12, view.getUint16(head, true), true);
    view.setUint16(head, number, true);
  }
  return true;
}
