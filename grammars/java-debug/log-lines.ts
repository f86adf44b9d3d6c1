import type { CstNode, IToken } from "chevrotain";
import type { Span } from "../../src/text/source-text.ts";
import { type Block, nodesOf, spanOfToken, tokensOf } from "../shared/span.ts";

/** A line of the log: the name of its label's token, the label, and what stands behind it. */
export interface LogLine {
  readonly kind: string;
  readonly label: Span;
  /** null: nothing but blanks follows. */
  readonly value: Span | null;
}

const RULES = ["statement", "requestLine", "answerLine", "certificateLine", "fieldLine", "otherLine"] as const;

/** The lines of a parsed passage, in order. */
export function logLines(lines: CstNode, block: Block): readonly LogLine[] {
  return nodesOf(lines, "line").flatMap((line): readonly LogLine[] => {
    const label = RULES.flatMap((rule) => nodesOf(line, rule)).flatMap((node) => Object.values(node.children).flat()).find((child): child is IToken => "image" in child);
    const span = label === undefined ? null : spanOfToken(block, label);
    if (label === undefined || span === null) return [];
    const [value] = tokensOf(line, "Value");
    return [{ kind: label.tokenType.name, label: span, value: value === undefined ? null : trimmed(spanOfToken(block, value)) }];
  });
}

function trimmed(span: Span | null): Span | null {
  if (span === null) return null;
  const text = span.source.text;
  let { start, end } = span;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === end ? null : { source: span.source, start, end };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 160;
}
