import type { Edit } from "./edits.ts";
import { printedStart } from "./printed-starts.ts";
import { nextLineEnd } from "./source-text.ts";

const PRINTED = new RegExp(printedStart, "g");
/** Longer than this is no mark. */
const LONGEST = 120;
/** So many printed lines with the same thing before them show that it stands before every line. */
const LEAST = 3;
/** Where a trace of Windows' selection call stands. Its lines have prefixes of their own, which tell process and thread. */
const TRACE_BEGINS = "CertSelectCertificateChains called";
const TRACE_ENDS = "CertSelectCertificateChains exited";

/**
 * What a log collector, a search tool, a table or a mail put before every line: a time and a host, a line number, `| `, `% `, a backtick.
 * It is learnt from the lines that tools print in every language, and taken off where a line begins with the same.
 */
export function undoLineMarks(text: string): readonly Edit[] {
  const shapes = new Map<string, { readonly shape: Shape; lines: number }>();
  for (const mark of marksOf(text)) {
    // Blanks and marks of quotation are known to every reader.
    // Words alone are the beginning of what was printed.
    if (/^[ \t\u00A0>]{1,120}$/.test(mark) || /^[\p{L} ]{1,120}$/u.test(mark) || /["'={}<]/.test(mark)) continue;
    const shape = shapeOf(mark);
    const known = shapes.get(shape.pattern.source);
    if (known === undefined) shapes.set(shape.pattern.source, { shape, lines: 1 });
    else known.lines++;
  }
  const found = [...shapes.values()].filter(({ lines }) => lines >= LEAST).sort((a, b) => b.lines - a.lines).slice(0, 4).map(({ shape }) => shape);
  const outer = outerMark(text);
  if (outer !== null) found.push(outer);
  if (found.length === 0) return [];
  const edits: Edit[] = [];
  let inTrace = false;
  for (let start = 0; start < text.length;) {
    const end = nextLineEnd(text, start);
    const line = text.slice(start, end);
    if (line.includes(TRACE_BEGINS)) inTrace = true;
    const mark = longest(line, !inTrace ? found : outer === null ? [] : [outer]);
    if (mark !== null) edits.push(...around(start, end, line, mark.length, mark.closing));
    if (inTrace && line.includes(TRACE_ENDS)) inTrace = false;
    start = end + 1;
  }
  return edits;
}

/** What stands before the first thing on each line that tools print at the beginning of theirs. */
function* marksOf(text: string): Generator<string> {
  let start = 0;
  let end = nextLineEnd(text, 0);
  let told = -1;
  for (const { index } of text.matchAll(PRINTED)) {
    while (end < index) {
      start = end + 1;
      end = nextLineEnd(text, start);
    }
    if (index === start || index - start > LONGEST || told === start) continue;
    told = start;
    yield text.slice(start, index);
  }
}

const COLLECTOR = new RegExp(
  "^[ \\t]{0,8}(?:<[0-9]{1,3}>[0-9]? ?)?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2})"
    + " (?:[\\w.-]{1,60} [\\w./-]{1,40}(?:\\[[0-9]{1,9}\\])?:|(?:stdout|stderr) [FP](?=[ ]|$)) ?",
);
const CONTAINER = /^[\w.-]{1,40} {1,20}\| ?/;
const SIGNS = /^[ \t]{0,8}(?:\|{1,2}|`|%|\*|#{1,3})[ \t]?/;

/** What stands before the announcement of a traced call and tells nothing about it: a collector's stamp with host and program, or mere signs. */
function outerMark(text: string): Shape | null {
  const at = text.indexOf(TRACE_BEGINS);
  if (at < 0) return null;
  const start = Math.max(text.lastIndexOf("\n", at), text.lastIndexOf("\r", at)) + 1;
  const mark = text.slice(start, at);
  const pattern = [COLLECTOR, CONTAINER, SIGNS].find((known) => known.test(mark));
  if (pattern === undefined) return null;
  return { pattern, closing: closingOf(pattern.exec(mark)?.[0] ?? "") };
}

interface Shape {
  readonly pattern: RegExp;
  /** What ends every line, as in a row of a table; null: nothing. */
  readonly closing: RegExp | null;
}

/** A pattern of lines that begin as `mark` does, whatever the numbers in it. The blanks at its end belong to the line, but for one. */
function shapeOf(mark: string): Shape {
  const body = mark.replace(/[ \t\u00A0]{1,60}$/, "");
  const source = [...body.matchAll(/[0-9]{1,30}|[ \t\u00A0]{1,60}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|[^0-9 \t\u00A0]/g)].map(([part], index) => {
    if (/^[0-9]/.test(part)) return "[0-9]{1,30}";
    if (/^[ \t\u00A0]/.test(part)) return index === 0 ? "[ \\t\\u00A0]{0,60}" : "[ \\t\\u00A0]{1,60}";
    return /^[A-Z][a-z]{2}$/.test(part) ? "[A-Z][a-z]{2}" : part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  }).join("");
  const indented = source.startsWith("[ ") ? source : `[ \\t\\u00A0]{0,60}${source}`;
  // A number alone before a value is no mark: a blank or another sign must follow it, or nothing at all.
  const after = /[0-9]$/.test(body) ? "(?:[ \\t\\u00A0]|$)" : "[ \\t\\u00A0]?";
  return { pattern: new RegExp(`^${indented}${after}`), closing: closingOf(body) };
}

/** A row of a table ends as it began, and so does code between backticks. */
function closingOf(mark: string): RegExp | null {
  const body = mark.trim();
  return body === "|" || body === "||" ? /[ \t]?\|{1,2}[ \t]{0,20}$/ : body.endsWith("`") ? /`[ \t]{0,20}$/ : null;
}

function longest(line: string, shapes: readonly Shape[]): { readonly length: number; readonly closing: RegExp | null } | null {
  let best: { readonly length: number; readonly closing: RegExp | null } | null = null;
  const head = line.slice(0, 240);
  for (const { pattern, closing } of shapes) {
    const length = pattern.exec(head)?.[0].length ?? 0;
    if (length > (best?.length ?? 0)) best = { length, closing };
  }
  return best;
}

function around(start: number, end: number, line: string, length: number, closing: RegExp | null): readonly Edit[] {
  const tail = closing === null ? null : closing.exec(line.slice(Math.max(length, line.length - 40)));
  const edits: Edit[] = [{ start, end: start + length, by: "" }];
  if (tail !== null) edits.push({ start: end - tail[0].length, end, by: "" });
  return edits;
}
