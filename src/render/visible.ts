// C0 (without nothing: a tab or a line end inside a value is no layout of ours), DEL, C1, the Arabic letter mark, zero-width characters,
// line and paragraph separators, bidi controls, the byte-order mark, tag characters and halves of surrogate pairs.
const INVISIBLE = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]|\p{Cs}/gu;

function escape(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point === 9) return "\\t";
  if (point === 10) return "\\n";
  if (point === 13) return "\\r";
  if (point <= 0xff) return `\\x${point.toString(16).padStart(2, "0")}`;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, "0")}`;
}

/** Text with every character that would not show, or would change how the rest shows, written as an escape: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escape);
}

/** The three parts of a quoted line, before, in and after the cited part, each made visible; tabs become blanks, which align the same. */
export function visibleParts(quote: string, from: number, length: number): { readonly before: string; readonly cited: string; readonly after: string } {
  const start = Math.min(Math.max(0, from), quote.length);
  const end = Math.min(Math.max(start, from + length), quote.length);
  const show = (text: string): string => visible(text.replace(/\t/g, "  "));
  return { before: show(quote.slice(0, start)), cited: show(quote.slice(start, end)), after: show(quote.slice(end)) };
}
