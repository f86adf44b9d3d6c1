import { decodeBytes } from "./code-pages.ts";
import type { EncodingName } from "./encoding-name.ts";
import { plausibility } from "./plausibility.ts";

/** Code pages that are tried, the likeliest first: where two read the same, the first one is named. */
const candidates: readonly EncodingName[] = [
  "windows-1252", "cp850", "cp437", "windows-1250", "cp852", "windows-1251", "cp866", "windows-1254", "windows-1253", "windows-1257",
  "cp936", "cp932", "cp950", "cp949", "windows-1258", "windows-1255", "windows-1256", "windows-874",
];

/** Distinct words that are weighed; a text has few distinct words beyond ASCII, a binary dump has many. */
const mostWords = 1500;
/** Bytes of a word that are looked at, before its first byte beyond ASCII and from there on. */
const reach = { before: 60, after: 180 } as const;

export interface CodePageGuess {
  readonly encoding: EncodingName;
  /** Mean plausibility of a byte beyond ASCII: above 0 the text reads as written language. */
  readonly confidence: number;
  /** Word that reads well in this code page, for people; null when there is none. */
  readonly example: string | null;
  /** How the example would read in the next best code page with another result; null when there is none. */
  readonly rival: { readonly encoding: EncodingName; readonly example: string | null } | null;
}

/** The code page in which the words of 8-bit text read best. Null when there is no byte beyond ASCII. Linear in the length of `bytes`. */
export function detectCodePage(bytes: Uint8Array): CodePageGuess | null {
  const words = foreignWords(bytes);
  if (words.length === 0) return null;
  // One decoding per code page: words joined by line feeds, which no multi-byte page takes into a character.
  const joined = new Uint8Array(words.reduce((sum, word) => sum + word.bytes.length + 1, 0));
  let filled = 0;
  let foreign = 0;
  for (const word of words) {
    joined.set(word.bytes, filled);
    filled += word.bytes.length;
    joined[filled++] = 10;
    foreign += word.foreign * weightOf(word.count);
  }
  const readings = candidates.map((encoding) => {
    const texts = decodeBytes(joined, encoding).split("\n");
    let score = 0;
    let best = 0;
    let example: string | null = null;
    for (const [index, word] of words.entries()) {
      const text = texts[index] ?? "";
      const own = plausibility(text);
      score += own * weightOf(word.count);
      if (own > best) { best = own; example = text; }
    }
    return { encoding, texts, score, example };
  });
  const first = readings.reduce((best, reading) => (reading.score > best.score ? reading : best));
  const others = readings.filter((reading) => reading !== first && reading.texts.some((text, index) => text !== first.texts[index]));
  const second = others.length === 0 ? null : others.reduce((best, reading) => (reading.score > best.score ? reading : best));
  const position = first.example === null ? -1 : first.texts.indexOf(first.example);
  return {
    encoding: first.encoding,
    confidence: first.score / foreign,
    example: first.example,
    rival: second === null ? null : { encoding: second.encoding, example: second.texts[position] ?? null },
  };
}

/** A word said often is a better witness, but it must not outvote all others. */
function weightOf(count: number): number {
  return Math.min(count, 4);
}

interface ForeignWord {
  readonly bytes: Uint8Array;
  /** Bytes beyond ASCII. */
  readonly foreign: number;
  count: number;
}

/** The words (bytes between blanks and control characters) that hold a byte beyond ASCII. */
function foreignWords(bytes: Uint8Array): readonly ForeignWord[] {
  const found = new Map<string, ForeignWord>();
  let done = 0;
  for (let at = 0; at < bytes.length;) {
    if ((bytes[at] as number) < 0x80) { at++; continue; }
    let start = at;
    while (start > done && (bytes[start - 1] as number) > 0x20 && at - start < reach.before) start--;
    let end = at;
    let foreign = 0;
    while (end < bytes.length && (bytes[end] as number) > 0x20 && end - at < reach.after) if ((bytes[end++] as number) >= 0x80) foreign++;
    const word = bytes.subarray(start, end);
    const key = String.fromCharCode(...word);
    const known = found.get(key);
    if (known !== undefined) known.count++;
    else if (found.size < mostWords) found.set(key, { bytes: word, foreign, count: 1 });
    at = done = end;
  }
  return [...found.values()];
}
