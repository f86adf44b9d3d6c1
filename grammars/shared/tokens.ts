/**
 * Pieces of patterns that every grammar needs. Lexers want the characters a token can begin with to be known, so they are
 * positive classes; a page or a mail puts no-break blanks where a tool printed blanks.
 */

/** The rest of a line: one or more characters that are no line end. */
export const restOfLine = /[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]+/;

/** Blanks inside a line, at most `most` of them. */
export function blanks(least: number, most: number): string {
  return `[ \\t\\u00A0\\u202F]{${least},${most}}`;
}

/** CRLF, LF or CR. */
export const lineEnd = /\r\n|\n|\r/;

/** What stands for `-` after a page or a mail was through: en dash, em dash, minus, no-break hyphen. */
export const dash = "[-\\u2010-\\u2015\\u2212]";
