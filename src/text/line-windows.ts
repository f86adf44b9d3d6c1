import { landmarkSearch } from "./landmark-search.ts";
import { lineScan } from "./line-scan.ts";

/** How much of a large input is kept around its landmarks. */
export interface WindowBounds {
  /** Lines kept before a line with a landmark, and after it. */
  readonly before: number;
  readonly after: number;
  /** Most bytes kept before a landmark: `before` lines of raw payload can be long. */
  readonly beforeBytes: number;
  /** Bytes kept of one line. At least `beforeBytes`. */
  readonly longestLine: number;
  /** Bytes kept in all; what follows is only counted. */
  readonly budget: number;
  /** Passages with a known beginning and end that are kept, however short they are; no limit when it is not given. */
  readonly passages?: number;
  /** Bytes collected before lines are looked at; it changes the memory used, never the result. */
  readonly block: number;
}

/**
 * Bounds that hold whole passages: the longest known ones are lists of issuers (65,535 bytes of names in one handshake message, some
 * 1,500 lines) and verbose dumps of one certificate (some 150 lines), and every passage begins with a landmark.
 */
export const usualBounds: WindowBounds = { before: 64, after: 4000, beforeBytes: 1 << 18, longestLine: 1 << 20, budget: 1 << 26, passages: 10_000, block: 1 << 18 };

/** Whole lines that were kept together. */
export interface LineWindow {
  /** Line number, from 1, of the first one. */
  readonly firstLine: number;
  readonly lines: number;
  readonly bytes: readonly Uint8Array[];
  /** The landmarks that stand in them; of those that begin at the same place the longest. */
  readonly landmarks: ReadonlySet<string>;
}

export interface KeptLines {
  /** Lines of the whole input. */
  readonly lines: number;
  readonly windows: readonly LineWindow[];
  /** Kept lines that were longer than `longestLine`: their numbers. */
  readonly cutLines: readonly number[];
  /** The first line that had a place in a window but not in the budget; null: everything fitted. */
  readonly budgetEndedAt: number | null;
}

/** How far the passages of some landmarks reach, where that is less than usual. */
export interface Reaches {
  /** Lines that are kept after a landmark, and at most as many before it. */
  readonly near: Readonly<Record<string, number>>;
  /** Landmarks that begin a passage, each with the one that ends it. After as many ends as beginnings little more is kept. */
  readonly ends: Readonly<Record<string, string>>;
}

/** Lines kept after the end of a passage: what came of it. */
const AFTER_END = 128;

/** Bytes of which small copies are cut. */
const slabSize = 1 << 16;

/** Copies bytes; small ones lie side by side in one buffer. */
function copyist(): (bytes: Uint8Array) => Uint8Array {
  let slab = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (bytes.length > slab.length - used) {
      slab = new Uint8Array(Math.max(slabSize, bytes.length));
      used = 0;
    }
    const copy = slab.subarray(used, used + bytes.length);
    copy.set(bytes);
    used += bytes.length;
    return copy;
  };
}

const none: ReadonlySet<string> = new Set();

/** A set with one more member; equal ones that came about alike are one object. */
function sharedSets(): (set: ReadonlySet<string>, member: string) => ReadonlySet<string> {
  const made = new Map<ReadonlySet<string>, Map<string, ReadonlySet<string>>>();
  return (set, member) => {
    if (set.has(member)) return set;
    const larger = made.get(set) ?? new Map<string, ReadonlySet<string>>();
    made.set(set, larger);
    const known = larger.get(member) ?? new Set([...set, member]);
    larger.set(member, known);
    return known;
  };
}

/** Takes an input chunk by chunk and keeps the lines around landmarks. The result does not depend on how the input was cut into chunks. */
export interface LineKeeper {
  push(chunk: Uint8Array): void;
  end(): KeptLines;
}

/** A keeper for 8-bit text (`width` 1) or UTF-16 (`width` 2, `lowFirst` its byte order). Memory is bounded by `bounds`, time linear. */
export function lineKeeper(
  landmarks: readonly string[], width: 1 | 2, lowFirst: boolean, bounds: WindowBounds = usualBounds, reaches: Reaches = { near: {}, ends: {} },
): LineKeeper {
  const beginnings = new Set(Object.keys(reaches.ends));
  const endings = new Set(Object.values(reaches.ends));
  const search = landmarkSearch(landmarks, width, lowFirst);
  const scan = lineScan(landmarks, width, lowFirst);
  const lineEnd = width === 1 ? Uint8Array.of(10) : lowFirst ? Uint8Array.of(10, 0) : Uint8Array.of(0, 10);
  const longest = bounds.longestLine & ~1;
  const blockSize = bounds.block;

  let buffer = scan.withCapacity(blockSize * 2);
  let used = 0;
  /** Offset of the first line that was not looked at yet, and its number. */
  let done = 0;
  let line = 1;
  /** The rest of a line that was too long is being dropped. */
  let dropping = false;
  /** Starts of the last lines before `done` that are not kept: what a landmark may still need. */
  let recent: number[] = [];
  /** Lines that are still to be kept after the last landmark. */
  let left = 0;
  /** Passages that began in this window and did not end. */
  let begun = 0;
  let begunEver = 0;
  /** What the landmarks of the line that is looked at ask for. */
  const wanted = { before: 0, after: 0, ended: false, landmarks: [] as string[] };
  /** Start of kept lines in `buffer` that were not copied yet, or -1. */
  let keepFrom = -1;
  let kept = 0;
  const windows: { firstLine: number; lines: number; bytes: Uint8Array[]; landmarks: ReadonlySet<string> }[] = [];
  const cutLines: number[] = [];
  let budgetEndedAt: number | null = null;

  const unitAt = (at: number): number => {
    if (width === 1) return buffer[at] as number;
    const low = buffer[lowFirst ? at : at + 1] as number;
    const high = buffer[lowFirst ? at + 1 : at] as number;
    return (high << 8) | low;
  };

  // Positions of the next LF and CR, searched again only when they were passed: each byte is searched once for either.
  let nextLf = -1;
  let nextCr = -1;
  const nextByte = (byte: number, from: number): number => {
    const found = buffer.subarray(0, used).indexOf(byte, from);
    return found < 0 ? used : found;
  };
  /** Offset after the line end of the line that begins at `from`, or -1 when the end is not there yet. */
  const endOfLine = (from: number, final: boolean): number => {
    let at = from;
    if (width === 1) {
      if (nextLf < from) nextLf = nextByte(10, from);
      if (nextCr < from) nextCr = nextByte(13, from);
      at = Math.min(nextLf, nextCr);
    } else {
      while (at + 1 < used && unitAt(at) !== 10 && unitAt(at) !== 13) at += 2;
    }
    if (at + width > used) return -1;
    if (unitAt(at) === 10) return at + width;
    if (at + 2 * width > used) return final ? at + width : -1;
    return unitAt(at + width) === 10 ? at + 2 * width : at + width;
  };

  // Windows can be tens of thousands, each of a few lines with the same landmark: they share memory and sets.
  const copies = copyist();
  const setOf = sharedSets();
  const flush = (to: number): void => {
    if (keepFrom < 0) return;
    if (to > keepFrom) windows.at(-1)?.bytes.push(copies(buffer.subarray(keepFrom, to)));
    keepFrom = -1;
  };

  const want = (landmark: string): void => {
    wanted.landmarks.push(landmark);
    const near = reaches.near[landmark];
    if (beginnings.has(landmark)) {
      begun++;
      begunEver++;
    }
    if (endings.has(landmark)) {
      begun = Math.max(0, begun - 1);
      wanted.ended = begun === 0;
    }
    const after = endings.has(landmark) ? AFTER_END : near ?? bounds.after;
    wanted.after = Math.max(wanted.after, Math.min(after, bounds.after));
    wanted.before = Math.max(wanted.before, Math.min(after, bounds.before));
  };

  const open = (): void => {
    if (recent.length > wanted.before) recent = recent.slice(recent.length - wanted.before);
    const firstLine = line - recent.length;
    const last = windows.at(-1);
    if (last === undefined || last.firstLine + last.lines !== firstLine) windows.push({ firstLine, lines: 0, bytes: [], landmarks: none });
    const window = windows.at(-1) as { lines: number };
    window.lines += recent.length;
    keepFrom = recent[0] ?? done;
    kept += done - keepFrom;
    recent = [];
  };

  /** Looks at one line, whose content and line end are `[done, end)`; `cut` when only its beginning is there. */
  const take = (end: number, hit: boolean, cut: boolean): void => {
    if (budgetEndedAt === null && hit) {
      if (left === 0) open();
      const window = windows.at(-1) as { landmarks: ReadonlySet<string> };
      for (const landmark of wanted.landmarks) window.landmarks = setOf(window.landmarks, landmark);
      left = wanted.ended ? Math.min(Math.max(left, wanted.after + 1), AFTER_END + 1) : Math.max(left, wanted.after + 1);
    }
    wanted.before = wanted.after = 0;
    wanted.ended = false;
    wanted.landmarks.length = 0;
    if (left > 0 && (kept + (end - done) > bounds.budget || begunEver > (bounds.passages ?? begunEver))) {
      flush(done);
      budgetEndedAt = line;
      left = 0;
    }
    if (left > 0) {
      if (keepFrom < 0) keepFrom = done;
      kept += end - done;
      (windows.at(-1) as { lines: number }).lines++;
      if (cut) {
        flush(end);
        windows.at(-1)?.bytes.push(lineEnd);
        cutLines.push(line);
      }
      if (--left === 0) {
        flush(end);
        begun = 0;
      }
    } else {
      recent.push(done);
      if (recent.length > bounds.before) recent.shift();
      while (recent.length > 0 && end - (recent[0] as number) > bounds.beforeBytes) recent.shift();
    }
    line++;
  };

  /** Where a line that is too long is cut: never inside a UTF-8 character or a code unit. */
  const cutAt = (start: number): number => {
    let at = start + longest;
    if (width === 1) for (let back = 0; back < 3 && ((buffer[at] as number) & 0xc0) === 0x80; back++) at--;
    return at;
  };

  const work = (final: boolean): void => {
    nextLf = nextCr = -1;
    scan.begin(used);
    // When nothing is kept any more the lines are only counted.
    const nextHit = (from: number): number => (budgetEndedAt === null ? scan.lineWithLandmark(from) : -1);
    /** Notes what the landmarks of a line ask for; false when there are none. */
    const wantedBy = (from: number, to: number): boolean => {
      let found = search.next(buffer, from, to);
      if (found < 0) return false;
      for (; found >= 0; found = search.next(buffer, found + width, to)) want(search.found);
      return true;
    };
    for (;;) {
      if (left === 0 && !dropping) skip(nextHit(done));
      let end = endOfLine(done, final);
      if (end < 0 && final && done < used) end = used;
      if (dropping) {
        if (end < 0) {
          done = restOfDropped();
          break;
        }
        done = end;
        dropping = false;
        continue;
      }
      if (end < 0 && used - done <= longest + 2 * width) break;
      if (end < 0 || end - done > longest + 2 * width) {
        const cut = cutAt(done);
        take(cut, wantedBy(done, cut), true);
        recent = [];
        done = cut;
        dropping = true;
        continue;
      }
      const hit = nextHit(done);
      take(end, hit >= 0 && hit < end && wantedBy(done, end), false);
      done = end;
      if (final && done >= used) break;
    }
    compact();
  };

  /** Passes over whole lines before a landmark at `hit` (-1: none in the buffer), with no more work than counting them. */
  const skip = (hit: number): void => {
    let end = (hit < 0 ? used : hit) - ((hit < 0 ? used : hit) - done) % width;
    // Back to the beginning of a line. The last line end of the buffer may be half of a CR LF whose other half is still to come.
    if (hit < 0 && end - width >= done && unitAt(end - width) === 13) end -= width;
    while (end - width >= done && unitAt(end - width) !== 10 && unitAt(end - width) !== 13) end -= width;
    if (end - done < 2 * width) return;
    line += scan.countLineEnds(done, end);
    const starts: number[] = [];
    const lowest = Math.max(recent[0] ?? done, end - bounds.beforeBytes);
    for (let at = end; starts.length < bounds.before;) {
      // `at` is the beginning of a line; the line end before it is passed, then the line.
      let start = at - width;
      if (start < lowest) break;
      if (unitAt(start) === 10 && start - width >= lowest && unitAt(start - width) === 13) start -= width;
      while (start - width >= lowest && unitAt(start - width) !== 10 && unitAt(start - width) !== 13) start -= width;
      if (start === lowest && !beginsLine(start)) break;
      starts.push(start);
      at = start;
    }
    recent = starts.reverse();
    done = end;
    nextLf = nextCr = -1;
  };

  /** `at` is not inside a line, nor between the CR and the LF of its end. */
  const beginsLine = (at: number): boolean => {
    if (at === recent[0] || at === done) return true;
    const before = unitAt(at - width);
    return before === 10 || (before === 13 && unitAt(at) !== 10);
  };

  /** While the rest of a line is dropped only a CR at the very end matters, whose LF may follow, and half a code unit. */
  const restOfDropped = (): number => {
    const whole = used - ((used - done) % width);
    return whole - width >= done && unitAt(whole - width) === 13 ? whole - width : whole;
  };

  const compact = (): void => {
    flush(done);
    const from = Math.min(recent[0] ?? done, done);
    buffer.copyWithin(0, from, used);
    used -= from;
    done -= from;
    recent = recent.map((start) => start - from);
  };

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += blockSize) {
        const part = chunk.subarray(at, at + blockSize);
        if (used + part.length > buffer.length) {
          buffer = scan.withCapacity((used + part.length) * 2);
        }
        buffer.set(part, used);
        used += part.length;
        if (used - done >= blockSize) work(false);
      }
    },
    end() {
      work(true);
      return { lines: line - 1, windows: windows.filter((window) => window.lines > 0), cutLines, budgetEndedAt };
    },
  };
}
