import type { SourceText, Span } from "../src/text/source-text.ts";
import type { Fact, FormatId } from "../src/model/fact.ts";

/** A stretch of an input that one format claims: whole lines, from the first character of one to the end of another. */
export interface Passage {
  readonly format: FormatId;
  /** What kind of passage it is within its format, for example `selection-call`. */
  readonly section: string;
  readonly span: Span;
}

/** What was read from passages: facts in order of place, and the lines inside them that nothing understood. */
export interface Reading {
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly Span[];
}

/** Reads the passages that a format claimed in one stretch of text. Total: it never throws, whatever the text holds. */
export type Reader = (passages: readonly Passage[]) => Reading | Promise<Reading>;

/** A printed format. `claim` is plain string search; lexer and parser are loaded only when there is something to read. */
export interface InputFormat {
  readonly id: FormatId;
  /** For people: "STRACE log". */
  readonly title: string;
  /** ASCII strings of which at least one stands in every passage of the format; large inputs are searched for them. */
  readonly landmarks: readonly string[];
  /** Landmarks whose passages are short, with the lines after them that may belong to the passage; 4,000 lines for all others. */
  readonly near?: Readonly<Record<string, number>>;
  /** Landmarks that begin a passage, each with the landmark that ends it. */
  readonly ends?: Readonly<Record<string, string>>;
  /** The passages this format claims, in order of place, not overlapping. */
  claim(source: SourceText): readonly Passage[];
  /** Loads lexer, parser and reader. */
  reader(): Promise<Reader>;
}
