import type { Edit } from "./edits.ts";

const ESCAPES = /(?:=[0-9A-F]{2}){1,400}|=[ \t]{0,4}(?:\r\n|\n|\r)/g;
/** So many `=3D` prove the encoding together with the rarity of other equal signs: tools that print certificates print `=` all the time. */
const LEAST = 2;

/**
 * Quoted-printable (RFC 2045, section 6.7), as a mail is saved: `=3D` for an equal sign, `=C3=BC` for a letter, `=` at the end of a line
 * that goes on. Empty when the text is not written so.
 */
export function undoQuotedPrintable(text: string): readonly Edit[] {
  if (count(text, /=3D/g) < LEAST) return [];
  const bare = count(text, /=(?![0-9A-F]{2}|[ \t]{0,4}[\r\n])/g);
  if (bare * 4 > count(text, /=3D/g)) return [];
  return [...text.matchAll(ESCAPES)].map((match) => ({ start: match.index, end: match.index + match[0].length, by: /^=[0-9A-F]/.test(match[0]) ? octets(match[0]) : "" }));
}

function octets(escapes: string): string {
  const bytes = Uint8Array.from(escapes.slice(1).split("="), (hex) => Number.parseInt(hex, 16));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.exec(text) !== null) found++;
  return found;
}
