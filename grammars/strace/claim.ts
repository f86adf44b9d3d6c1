import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { findCalls } from "./calls.ts";
import { findLogLines } from "./log-lines.ts";

/**
 * The passages of a log: each selection call, from its announcement to its exit, and single lines elsewhere. Calls of several
 * threads that overlap make one passage. Plain search; everything else of the log, its payload above all, is left alone.
 */
export function claim(source: SourceText): readonly Passage[] {
  const ranges: { first: number; last: number }[] = [];
  for (const call of findCalls(source)) {
    const before = ranges.at(-1);
    if (before !== undefined && call.firstLine <= before.last) before.last = Math.max(before.last, call.lastLine);
    else ranges.push({ first: call.firstLine, last: call.lastLine });
  }
  const calls = ranges.map(({ first, last }): Passage => passage(source, "selection-call", first, last));
  let at = 0;
  // Lines come in order, and so do the ranges.
  const isTaken = (line: number): boolean => {
    at = ranges.length === 0 ? 0 : Math.min(at, ranges.length - 1);
    while (at > 0 && (ranges[at] as { first: number }).first > line) at--;
    while (at < ranges.length - 1 && (ranges[at] as { last: number }).last < line) at++;
    const range = ranges[at];
    return range !== undefined && line >= range.first && line <= range.last;
  };
  const lines = findLogLines(source, isTaken).map((line): Passage => passage(source, line.kind, line.index, line.index));
  return [...calls, ...lines].sort((a, b) => a.span.start - b.span.start);
}

function passage(source: SourceText, section: string, first: number, last: number): Passage {
  return { format: "strace", section, span: { source, start: lineSpan(source, first).start, end: lineSpan(source, last).end } };
}
