import type { CstNode } from "chevrotain";
import type { Fact } from "../../src/model/fact.ts";
import { lineIndexAt, lineSpan, type SourceText, type Span } from "../../src/text/source-text.ts";
import { type Block, joinLines, nodesOf, spanOfToken, tokensBelow } from "./span.ts";

/** A line of a log or a transcript: the name of its label's token, the label, and what stands behind it. */
export interface LabelledLine {
  readonly kind: string;
  readonly label: Span;
  /** null: nothing follows. */
  readonly value: Span | null;
}

/** Tokens that a line may begin with and that are not its label. */
const MARKS: ReadonlySet<string> = new Set(["InfoMark"]);

/** The lines under a node that are of one of the rules, in order. The first token of each is its label, `Value` what stands behind it. */
export function labelledLines(root: CstNode, rules: readonly string[], block: Block): readonly LabelledLine[] {
  return rules.flatMap((rule) => nodesOf(root, rule)).flatMap((node): readonly LabelledLine[] => {
    const tokens = tokensBelow(node);
    const label = tokens.find((token) => token.tokenType.name !== "Value" && !MARKS.has(token.tokenType.name));
    const value = tokens.find((token) => token.tokenType.name === "Value");
    const span = label === undefined ? null : spanOfToken(block, label);
    if (label === undefined || span === null) return [];
    return [{ kind: label.tokenType.name, label: span, value: value === undefined ? null : spanOfToken(block, value) }];
  }).sort((a, b) => a.label.start - b.label.start);
}

/** Label and value of a line. */
export function wholeOf(line: LabelledLine): Span {
  return line.value === null ? line.label : { ...line.label, end: line.value.end };
}

/** Facts, and the lines that nothing understood. */
interface LineReading {
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly Span[];
}

/** Takes the lines of one input, passage by passage, and gives its facts at the end. */
export interface LineReader {
  read(lines: readonly LabelledLine[]): void;
  finish(): LineReading;
}

/**
 * Reads passages line by line, with one reader for each input: what a later passage says may belong to a connection that began in an earlier
 * one.
 */
export function readByLine(
  passages: readonly { readonly span: Span }[], parse: (block: Block) => readonly LabelledLine[], create: () => LineReader,
): LineReading {
  const readers = new Map<SourceText, LineReader>();
  for (const { span: { source, start, end } } of passages) {
    const first = lineIndexAt(source, start);
    const last = lineIndexAt(source, Math.max(start, end - 1));
    const block = joinLines(source, Array.from({ length: last - first + 1 }, (_, index) => lineSpan(source, first + index)));
    const reader = readers.get(source) ?? create();
    readers.set(source, reader);
    reader.read(parse(block));
  }
  const readings = [...readers.values()].map((reader) => reader.finish());
  return { facts: readings.flatMap((reading) => reading.facts), notUnderstood: readings.flatMap((reading) => reading.notUnderstood) };
}
