import type { CstElement, CstNode, IToken } from "chevrotain";
import type { SourceText, Span } from "../../src/text/source-text.ts";

/** A piece of a block of text that was put together from lines of a source. */
export interface BlockLine {
  /** Offset of the line in the block. */
  readonly at: number;
  /** Offset of the same character in the source. */
  readonly start: number;
}

/** Text to lex, put together from stretches of one source; each line knows where it came from. */
export interface Block {
  readonly source: SourceText;
  readonly text: string;
  /** In order of `at`; the first has `at` 0. */
  readonly lines: readonly BlockLine[];
}

/** Joins stretches of a source into one block; every stretch ends with a line feed there. Offsets can be mapped back. */
export function joinLines(source: SourceText, stretches: readonly { readonly start: number; readonly end: number }[]): Block {
  const lines: BlockLine[] = [];
  let at = 0;
  const parts: string[] = [];
  for (const { start, end } of stretches) {
    lines.push({ at, start });
    parts.push(source.text.slice(start, end), "\n");
    at += end - start + 1;
  }
  return { source, text: parts.join(""), lines };
}

/** Where the characters from `from` to `to` of a block stand in its source; a range within one line. */
function spanInSource(block: Block, from: number, to: number): Span {
  let low = 0;
  let high = block.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((block.lines[middle] as BlockLine).at <= from) low = middle;
    else high = middle - 1;
  }
  const line = block.lines[low] ?? { at: 0, start: 0 };
  return { source: block.source, start: line.start + from - line.at, end: line.start + to - line.at };
}

/** The span of a token; null for a token that recovery invented, which was never printed. */
export function spanOfToken(block: Block, token: IToken): Span | null {
  if (token.isInsertedInRecovery === true || !(token.startOffset >= 0)) return null;
  return spanInSource(block, token.startOffset, token.startOffset + token.image.length);
}

/** The tokens called `name` directly under a node. */
export function tokensOf(node: CstNode, name: string): readonly IToken[] {
  return (node.children[name] ?? []).filter((child): child is IToken => "image" in child);
}

/** The nodes of a rule directly under a node; none where the parser gave none (a text cut inside a line). */
export function nodesOf(node: CstNode | undefined, rule: string): readonly CstNode[] {
  return (node?.children[rule] ?? []).filter((child): child is CstNode => "children" in child);
}

/** All tokens of a node and of the nodes in it; in order where each rule on the way takes one of its alternatives. */
export function tokensBelow(node: CstNode): readonly IToken[] {
  return Object.values(node.children).flat().flatMap((child: CstElement): readonly IToken[] => ("image" in child ? [child] : tokensBelow(child)));
}

/** The first characters of line `index` (from 0), at most `most`: it costs no more where the line is a whole file. */
export function startOfLine(source: SourceText, index: number, most: number): string {
  const start = source.lineStarts[index] ?? source.text.length;
  const next = source.lineStarts[index + 1] ?? source.text.length;
  return source.text.slice(start, Math.min(next, start + most)).replace(/[\r\n]{1,2}$/, "");
}
