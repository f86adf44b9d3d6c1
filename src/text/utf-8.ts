/** What a strict reading of bytes as UTF-8 finds. */
export interface Utf8Check {
  /** Well-formed sequences of two to four bytes. */
  readonly sequences: number;
  /** Bytes that belong to no well-formed sequence. */
  readonly stray: number;
  /** Offset of the first stray byte, or -1. */
  readonly firstStray: number;
}

/** Checks bytes against RFC 3629 (no overlong forms, no surrogates, nothing above U+10FFFF) in one pass. */
export function checkUtf8(bytes: Uint8Array): Utf8Check {
  let sequences = 0;
  let stray = 0;
  let firstStray = -1;
  const end = bytes.length;
  for (let at = 0; at < end;) {
    if ((bytes[at] as number) < 0x80) { at++; continue; }
    const length = sequenceLength(bytes, at);
    if (length > 0) { sequences++; at += length; continue; }
    if (stray++ === 0) firstStray = at;
    at++;
  }
  return { sequences, stray, firstStray };
}

/** Length of the well-formed sequence of two to four bytes at `at`, or 0. */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  const second = bytes[at + 1] ?? 0;
  if (lead < 0xc2 || lead > 0xf4 || (second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (((bytes[at + 2] ?? 0) & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) return (lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f) ? 0 : 3;
  if (((bytes[at + 3] ?? 0) & 0xc0) !== 0x80) return 0;
  return (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f) ? 0 : 4;
}
