/** Finds any of several byte strings in bytes. */
export interface LandmarkSearch {
  /** Offset of the first landmark that begins at or after `from` and ends at or before `to`; -1 when there is none. */
  next(bytes: Uint8Array, from: number, to: number): number;
  /** The landmark that the last `next` found: the longest one at that offset. */
  readonly found: string;
}

/**
 * A search for ASCII strings in 8-bit text or in UTF-16 (`width` 1 or 2), after Wu and Manber: the last two bytes under a window of the
 * shortest landmark's length tell how far the window may move, so most bytes are never looked at.
 * `lowFirst` is the byte order of UTF-16. A landmark shorter than two characters is ignored.
 */
export function landmarkSearch(landmarks: readonly string[], width: 1 | 2, lowFirst: boolean): LandmarkSearch {
  const patterns = [...new Set(landmarks)].filter((landmark) => landmark.length >= 2).sort((a, b) => b.length - a.length)
    .map((landmark): Pattern => ({ landmark, bytes: bytesOf(landmark, width, lowFirst) }));
  if (patterns.length === 0) return { next: () => -1, found: "" };
  const shortest = Math.min(...patterns.map((pattern) => pattern.bytes.length));
  const shifts = new Uint8Array(1 << 16).fill(Math.min(255, shortest - 1));
  const endings = new Map<number, Pattern[]>();
  let found = "";
  for (const pattern of patterns) {
    for (let at = 1; at < shortest; at++) {
      const block = ((pattern.bytes[at - 1] as number) << 8) | (pattern.bytes[at] as number);
      const shift = Math.min(255, shortest - 1 - at);
      if (shift < (shifts[block] as number)) shifts[block] = shift;
      if (shift === 0) endings.set(block, [...(endings.get(block) ?? []), pattern]);
    }
  }
  return {
    next(bytes, from, to) {
      let at = from + shortest - 1;
      while (at < to) {
        const block = ((bytes[at - 1] as number) << 8) | (bytes[at] as number);
        const shift = shifts[block] as number;
        if (shift > 0) { at += shift; continue; }
        const start = at - shortest + 1;
        for (const pattern of endings.get(block) ?? []) {
          if (!stands(pattern.bytes, bytes, start, to)) continue;
          found = pattern.landmark;
          return start;
        }
        at++;
      }
      return -1;
    },
    get found() { return found; },
  };
}

interface Pattern {
  readonly landmark: string;
  readonly bytes: Uint8Array;
}

function stands(pattern: Uint8Array, bytes: Uint8Array, start: number, to: number): boolean {
  if (start + pattern.length > to) return false;
  for (let at = 0; at < pattern.length; at++) if (pattern[at] !== bytes[start + at]) return false;
  return true;
}

function bytesOf(landmark: string, width: 1 | 2, lowFirst: boolean): Uint8Array {
  const bytes = new Uint8Array(landmark.length * width);
  for (let at = 0; at < landmark.length; at++) bytes[at * width + (width === 2 && !lowFirst ? 1 : 0)] = landmark.charCodeAt(at);
  return bytes;
}
