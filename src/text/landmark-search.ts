/** Finds any of several byte strings in bytes. */
export interface LandmarkSearch {
  /** Offset of the first landmark that begins at or after `from` and ends at or before `to`; -1 when there is none. */
  next(bytes: Uint8Array, from: number, to: number): number;
  /** The landmark that the last `next` found: the longest one at that offset. */
  readonly found: string;
}

/**
 * A search for ASCII strings in 8-bit text or in UTF-16 (`width` 1 or 2), after Wu and Manber: the last two characters under a window of the
 * shortest landmark's length tell how far the window may move, so most bytes are never looked at.
 * `lowFirst` is the byte order of UTF-16; there `from` is where a code unit begins, and so is what is found.
 * A landmark shorter than two characters is ignored. One that begins with a digit stands only at the beginning of a number: of the hexadecimal
 * addresses in a large log many hold the digits of some event.
 */
export function landmarkSearch(landmarks: readonly string[], width: 1 | 2, lowFirst: boolean): LandmarkSearch {
  const wanted = [...new Set(landmarks)].filter((landmark) => landmark.length >= 2).sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return { next: () => -1, found: "" };
  const shortest = Math.min(...wanted.map((landmark) => landmark.length));
  const shifts = new Uint8Array(1 << 16).fill(Math.min(255 / width, shortest - 1) * width);
  const endings = new Map<number, Pattern[]>();
  for (const landmark of wanted) {
    const pattern: Pattern = { landmark, bytes: bytesOf(landmark, width, lowFirst), isNumber: /^[0-9]/.test(landmark) };
    for (let at = 1; at < shortest; at++) {
      const block = (landmark.charCodeAt(at - 1) << 8) | landmark.charCodeAt(at);
      const shift = (shortest - 1 - at) * width;
      if (shift < (shifts[block] as number)) shifts[block] = shift;
      if (shift === 0) endings.set(block, [...(endings.get(block) ?? []), pattern]);
    }
  }
  // The byte of a code unit that tells an ASCII character, and the one before it.
  const low = width === 2 && !lowFirst ? 1 : 0;
  const span = (shortest - 1) * width;
  const unitAt = (bytes: Uint8Array, at: number): number => (bytes[at + low] ?? 0) | (width === 2 ? (bytes[at + 1 - low] ?? 0) << 8 : 0);
  let found = "";
  return {
    next(bytes, from, to) {
      const last = to - width;
      let at = from + span;
      while (at <= last) {
        const block = ((bytes[at + low - width] as number) << 8) | (bytes[at + low] as number);
        const shift = shifts[block] as number;
        if (shift > 0) { at += shift; continue; }
        const start = at - span;
        for (const pattern of endings.get(block) ?? []) {
          if (!stands(pattern.bytes, bytes, start, to) || (pattern.isNumber && start > from && goesOn(unitAt(bytes, start - width), unitAt(bytes, start - 2 * width)))) continue;
          found = pattern.landmark;
          return start;
        }
        at += width;
      }
      return -1;
    },
    get found() { return found; },
  };
}

interface Pattern {
  readonly landmark: string;
  readonly bytes: Uint8Array;
  readonly isNumber: boolean;
}

/** Whether a digit after `before` belongs to a longer number or word: a letter or digit stands there that is no escape (`\\n`) of a quoted line end. */
function goesOn(before: number, evenBefore: number): boolean {
  const isLetter = (before | 32) >= 97 && (before | 32) <= 122;
  return (before >= 48 && before <= 57) || (isLetter && evenBefore !== 92);
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
