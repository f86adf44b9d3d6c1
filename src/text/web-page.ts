import type { Edit } from "./edits.ts";
import { printedStart, tracedStart } from "./printed-starts.ts";

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00A0" };
const ENTITY = /&(?:(amp|lt|gt|quot|apos|nbsp)|#([0-9]{1,6})|#[xX]([0-9A-Fa-f]{1,5}));/g;

/** Character references of HTML: `&gt;`, `&amp;`, `&#39;`, `&nbsp;`. */
export function undoEntities(text: string): readonly Edit[] {
  if (!text.includes("&")) return [];
  const edits: Edit[] = [];
  for (const match of text.matchAll(ENTITY)) {
    const code = match[2] !== undefined ? Number(match[2]) : match[3] !== undefined ? Number.parseInt(match[3], 16) : null;
    const by = code === null ? (named[match[1] ?? ""] ?? "") : character(code);
    if (by !== "") edits.push({ start: match.index, end: match.index + match[0].length, by });
  }
  return edits;
}

function character(code: number): string {
  const isText = (code >= 32 || code === 9 || code === 10) && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isText ? String.fromCodePoint(code) : "";
}

const BETWEEN = "(?:<[/]?(?:br|div|p|li|td|tr|span|code|pre|samp|tt)(?: [^<>\\r\\n]{0,200})?/?>)(?:[ \\t\\u00A0]|&nbsp;){0,12}";
const BESIDE = new RegExp(`${BETWEEN}[\\r\\n]{0,2}(?:${printedStart}|[0-9A-Fa-f:.,/[\\]() \\t-]{0,60}?${tracedStart})`, "g");
/** So many printed lines that begin behind a tag show that the page, not an answer of a server, holds the tags. */
const LEAST_BESIDE = 2;
const PREFORMATTED = /<(\/?)(pre|code|samp)(?: [^<>\r\n]{0,300})?>/gi;
const TAG = /<(\/?)(br|div|p|li|tr|td|span|code|pre|samp|tt|b|strong|font)(?: [^<>\r\n]{0,300})?\/?>/gi;

/** Tags that a page sets around printed lines. The ends of those that begin a line of their own on a page become line ends. */
export function undoTags(text: string): readonly Edit[] {
  let beside = 0;
  for (const _ of text.matchAll(BESIDE)) if (++beside >= LEAST_BESIDE) break;
  // A block of preformatted text is only ever a page's.
  return [...text.matchAll(beside < LEAST_BESIDE ? PREFORMATTED : TAG)].map((match): Edit => {
    const end = match.index + match[0].length;
    const name = (match[2] ?? "").toLowerCase();
    const breaks = name === "br" || name === "pre" || (match[1] === "/" && /^(?:div|p|li|tr)$/.test(name));
    // A line end that follows the tag is the same one; so is the one of `<br></div>`.
    const isDone = /^(?:[ \t]{0,8}[\r\n]|<\/(?:div|p|li|tr)>)/i.test(text.slice(end, end + 12));
    const isFirst = name === "pre" && /^(?:$|[\r\n])/.test(text.slice(Math.max(0, match.index - 1), match.index));
    return { start: match.index, end, by: breaks && !isDone && !isFirst ? "\n" : "" };
  });
}
