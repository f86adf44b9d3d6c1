import type { Edit } from "./edits.ts";

/** So many marks show that a text was written for Markdown. */
const LEAST = 3;

/** What Markdown wants around text: `CERT\_SELECT`, `\*`, and labels in bold type at the beginning of a line. */
export function undoMarkdown(text: string): readonly Edit[] {
  const escapes = text.includes("\\_") && matches(text, /[A-Z]\\_[A-Z]/g).length >= LEAST ? matches(text, /\\(?=[_*])/g) : [];
  const bold = !text.includes("**") ? [] : matches(text, /(?<=(?:^|[\r\n])[ \t\u00A0>]{0,40})\*\*(?=[^*\r\n]{1,60}(?:\*\*[ ]?[:\uFF1A]|[:\uFF1A]\*\*))|(?<=(?:^|[\r\n])[ \t\u00A0>]{0,40}\*\*[^*\r\n]{1,60})\*\*/g);
  const all = bold.length >= LEAST * 2 ? [...escapes, ...bold] : escapes;
  return all.sort((a, b) => a.start - b.start).map(({ start, end }) => ({ start, end, by: "" }));
}

function matches(text: string, pattern: RegExp): { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
