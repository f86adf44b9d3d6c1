import { decodeBytes, encodeSingleByte } from "./code-pages.ts";
import type { EncodingName } from "./encoding-name.ts";
import { plausibility } from "./plausibility.ts";
import { checkUtf8 } from "./utf-8.ts";

/** Words that were already read in a wrong encoding before they were saved. */
export interface Mojibake {
  /** Offset of the first such word. */
  readonly offset: number;
  readonly printed: string;
  /** What was meant. */
  readonly meant: string;
  /** Encoding of the original bytes, and the one they were read in. */
  readonly written: EncodingName;
  readonly read: EncodingName;
  /** How many distinct words are affected. */
  readonly words: number;
}

/** Which encodings are confused in practice: text written in the first and read in the second. */
const confusions: readonly (readonly [written: EncodingName, read: EncodingName])[] = [
  ["utf-8", "windows-1252"], ["utf-8", "cp850"], ["utf-8", "cp437"], ["cp850", "windows-1252"], ["windows-1252", "cp850"], ["windows-1252", "cp437"],
];

/** Distinct words that are tried. */
const mostWords = 2000;
/**
 * How much better the other reading must be. Between code pages it must be more than one letter can gain by chance; that characters
 * make valid UTF-8 by chance is rare, so little more is asked there.
 */
const clearlyBetter = { utf8: 3, codePage: 8 } as const;

/** Characters of a word that are looked at, to either side. */
const reach = 60;

/** The characters between ASCII blanks around `at`; a no-break space stays inside, it is the second half of many a letter. */
function wordAround(text: string, at: number): { readonly start: number; readonly end: number } {
  let start = at;
  while (start > 0 && at - start < reach && text.charCodeAt(start - 1) > 0x20) start--;
  let end = at + 1;
  while (end < text.length && end - at < reach && text.charCodeAt(end) > 0x20) end++;
  return { start, end };
}

/** Looks for words whose characters make sense only when the text was decoded wrongly once before. Null when there are none. */
export function findMojibake(text: string): Mojibake | null {
  const tried = new Set<string>();
  const counts = new Map<string, Mojibake>();
  const foreign = /[\u0080-\uFFFF]/g;
  for (let match = foreign.exec(text); match !== null; match = foreign.exec(text)) {
    const { start, end } = wordAround(text, match.index);
    foreign.lastIndex = end;
    const printed = text.slice(start, end);
    if (tried.has(printed)) continue;
    if (tried.size >= mostWords) break;
    tried.add(printed);
    const own = plausibility(printed);
    for (const [written, read] of confusions) {
      const bytes = encodeSingleByte(printed, read);
      if (bytes === null || (written === "utf-8" && checkUtf8(bytes).stray > 0)) continue;
      const meant = decodeBytes(bytes, written);
      const gain = written === "utf-8" ? clearlyBetter.utf8 : clearlyBetter.codePage;
      if (plausibility(meant) < Math.max(0.5, own + gain)) continue;
      const key = `${written}/${read}`;
      const known = counts.get(key);
      counts.set(key, known === undefined ? { offset: start, printed, meant, written, read, words: 1 } : { ...known, words: known.words + 1 });
      break;
    }
  }
  let most: Mojibake | null = null;
  for (const found of counts.values()) if (most === null || found.words > most.words) most = found;
  return most;
}
