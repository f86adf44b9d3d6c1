/** Bytes looked at to recognise UTF-16 without a byte-order mark. */
const sampleSize = 1 << 16;

/**
 * The byte order of UTF-16 text without a byte-order mark, or null when the bytes are something else. Tool output is mostly ASCII, so
 * nearly every second byte is NUL: the high one. Even East Asian text keeps line ends, digits and blanks. The NULs must begin early:
 * those of padding, or of text appended in another encoding, do not.
 */
export function utf16ByNulPattern(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  let end = Math.min(bytes.length, sampleSize) & ~1;
  while (end >= 2 && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  const nuls = { even: 0, odd: 0, evenEarly: 0, oddEarly: 0 };
  let used = 0;
  for (let at = 0; at < end; at += 2) {
    const even = bytes[at] === 0;
    const odd = bytes[at + 1] === 0;
    if (even && odd) continue;
    used++;
    const early = at * 4 < end;
    if (even) { nuls.even++; if (early) nuls.evenEarly++; }
    if (odd) { nuls.odd++; if (early) nuls.oddEarly++; }
  }
  if (used < 2) return null;
  if (nuls.oddEarly > 0 && isHighHalf(nuls.odd, nuls.even, used)) return "utf-16le";
  return nuls.evenEarly > 0 && isHighHalf(nuls.even, nuls.odd, used) ? "utf-16be" : null;
}

function isHighHalf(nuls: number, otherNuls: number, pairs: number): boolean {
  return (nuls >= pairs * 0.2 && otherNuls <= pairs * 0.02) || (nuls >= pairs * 0.1 && otherNuls === 0);
}

/** A range of bytes in one encoding family. */
export interface Section {
  readonly start: number;
  readonly end: number;
  readonly wide: boolean;
}

/** Shortest run of UTF-16 that is believed inside 8-bit text: eight characters. */
const shortestWide = 16;
/** So many code units may pass without an ASCII one before the end of a UTF-16 section is believed. */
const patience = 24;

/**
 * Splits bytes into 8-bit sections and sections of UTF-16LE: what Windows PowerShell's `>>` makes of a file that cmd began, or `copy a+b`.
 * Linear; a file without such a mix comes back as one 8-bit section.
 */
export function splitWideSections(bytes: Uint8Array): readonly Section[] {
  const sections: Section[] = [];
  let narrowFrom = 0;
  let at = bytes.indexOf(0);
  while (at >= 0 && at < bytes.length) {
    const start = wideStart(bytes, at, narrowFrom);
    const end = start < 0 ? -1 : wideEnd(bytes, start);
    if (end - start >= shortestWide) {
      if (start > narrowFrom) sections.push({ start: narrowFrom, end: start, wide: false });
      sections.push({ start, end, wide: true });
      narrowFrom = end;
      at = bytes.indexOf(0, end);
    } else {
      at = bytes.indexOf(0, at + 1);
    }
  }
  if (narrowFrom < bytes.length || sections.length === 0) sections.push({ start: narrowFrom, end: bytes.length, wide: false });
  return sections;
}

/** Where a section of UTF-16LE whose first NUL is at `nul` begins: at its byte-order mark or one byte before the NUL; -1 for none. */
function wideStart(bytes: Uint8Array, nul: number, from: number): number {
  const start = nul - 1;
  if (start < from || !isTextByte(bytes[start] as number) || bytes[nul + 2] !== 0 || !isTextByte(bytes[nul + 1] ?? 0)) return -1;
  for (let at = start; at >= from + 2 && start - at <= 2 * patience; at -= 2) if (bytes[at - 2] === 0xff && bytes[at - 1] === 0xfe) return at - 2;
  return start;
}

function wideEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  let waited = 0;
  for (let at = start; at + 1 < bytes.length; at += 2) {
    const ascii = bytes[at + 1] === 0 && isTextByte(bytes[at] as number);
    if (ascii) { end = at + 2; waited = 0; } else if (++waited > patience) break;
  }
  return end;
}

function isTextByte(byte: number): boolean {
  return byte === 9 || byte === 10 || byte === 13 || (byte >= 0x20 && byte < 0x7f);
}
