import type { Span } from "../../src/text/source-text.ts";
import { type LabelledLine, labelledLines } from "../shared/labelled-lines.ts";
import type { Block } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** The lines of a passage, in order; values without the blanks around them. */
export function logLines(block: Block): readonly LabelledLine[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(block.text).tokens;
  return labelledLines(parser.lines(), ["line"], block).map((line) => ({ ...line, value: line.value === null ? null : trimmed(line.value) }));
}

function trimmed(span: Span): Span | null {
  const text = span.source.text;
  let { start, end } = span;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === end ? null : { source: span.source, start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 160;
}
