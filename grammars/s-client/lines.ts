import type { CstElement, CstNode, IToken } from "chevrotain";
import type { Located, SourceText, Span } from "../../src/text/source-text.ts";
import { parseTranscript } from "./parser.ts";
import { tokenize } from "./tokens.ts";

/** One printed line of a transcript: what kind it is, and its value behind the label. */
export interface Line {
  /** Name of the token that begins the line; `BlankLine` for an empty one. */
  readonly kind: string;
  /** The label as printed. */
  readonly label: string;
  /** From the label to the end of the value, without the prefix of the line and without its end. */
  readonly span: Span;
  /** What follows the label, blanks trimmed at both ends; null when there is nothing but blanks. */
  readonly value: Located<string> | null;
  /** What follows the label, exactly. */
  readonly raw: Span;
  /** An HTTP status line that begins in this line, at its start or in the middle. */
  readonly status: Span | null;
  /** Blanks directly before the label. */
  readonly indent: number;
  /** Length of the printed line from its first character, prefix included. */
  readonly width: number;
}

/** The lines of a passage in order. Every character that is neither blank nor prefix is in one of them. */
export function linesOf(span: Span): readonly Line[] {
  const text = span.source.text.slice(span.start, span.end);
  const tree = parseTranscript(tokenize(text));
  if (tree === null) return [];
  const lines: Line[] = [];
  for (const block of nodes(tree.children["block"])) {
    for (const element of Object.values(block.children).flat()) {
      if (!isNode(element)) lines.push(lineOf(span, element, null));
      else collect(span, element, lines);
    }
  }
  return lines;
}

function collect(span: Span, node: CstNode, lines: Line[]): void {
  let rest: CstNode | null = null;
  let label: IToken | null = null;
  for (const [name, elements] of Object.entries(node.children)) {
    for (const element of elements) {
      if (!isNode(element)) label = element;
      else if (name === "rest") rest = element;
    }
  }
  if (label !== null) lines.push(lineOf(span, label, rest));
  for (const inner of nodes(node.children["unread"])) collect(span, inner, lines);
}

function lineOf(passage: Span, label: IToken, rest: CstNode | null): Line {
  const { source, start: base } = passage;
  const start = base + label.startOffset;
  const labelEnd = start + label.image.length;
  const values = tokens(rest?.children["Value"]);
  const splice = tokens(rest?.children["HttpStatusInLine"])[0] ?? null;
  const spliceStart = splice === null ? null : base + splice.startOffset;
  const first = values.find((value) => spliceStart === null || base + value.startOffset < spliceStart) ?? null;
  const isStatus = label.tokenType.name === "HttpStatus";
  const end = first === null ? labelEnd : base + first.startOffset + first.image.length;
  const raw: Span = { source, start: labelEnd, end };
  const last = values.at(-1);
  const lineEnd = splice === null ? end : Math.max(base + splice.startOffset + splice.image.length, last === undefined ? 0 : base + last.startOffset + last.image.length);
  return {
    kind: label.tokenType.name,
    label: label.image,
    span: { source, start, end: label.tokenType.name === "BlankLine" ? start : end },
    value: trimmed(raw),
    raw,
    status: isStatus ? { source, start, end } : spliceStart === null ? null : { source, start: spliceStart, end: lineEnd },
    indent: indentBefore(source, start),
    width: lineEnd - lineStartBefore(source, start),
  };
}

const ODD_BLANKS = /[\t\u00A0\u2002-\u200A\u202F\u3000]/g;

function trimmed(raw: Span): Located<string> | null {
  const { source } = raw;
  let { start, end } = raw;
  while (start < end && isBlank(source.text.charCodeAt(start))) start++;
  while (end > start && isBlank(source.text.charCodeAt(end - 1))) end--;
  // Blanks of other kinds become plain ones, one for one, so that readers need to know one only; `textOfLine` and spans show what is printed.
  return start === end ? null : { value: source.text.slice(start, end).replace(ODD_BLANKS, " "), span: { source, start, end } };
}

/** Blanks of consoles, mails and web pages; never a line end. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0x202f || code === 0xfeff || (code >= 0x2002 && code <= 0x200b) || code === 0x3000;
}

function lineStartBefore(source: SourceText, offset: number): number {
  let at = offset;
  while (at > 0 && offset - at < 400) {
    const code = source.text.charCodeAt(at - 1);
    if (code === 10 || code === 13) break;
    at--;
  }
  return at;
}

function indentBefore(source: SourceText, offset: number): number {
  let at = offset;
  while (at > 0 && offset - at < 200 && isBlank(source.text.charCodeAt(at - 1))) at--;
  return offset - at;
}

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function nodes(elements: readonly CstElement[] | undefined): readonly CstNode[] {
  return (elements ?? []).filter(isNode);
}

function tokens(elements: readonly CstElement[] | undefined): readonly IToken[] {
  return (elements ?? []).filter((element): element is IToken => !isNode(element));
}
