/** How a stretch of words is set. `code` is foreign or typed text, `place` is file:line:column; the tones say how good the news is. */
export type PhraseStyle = "plain" | "strong" | "code" | "place" | "good" | "bad" | "doubt" | "quiet";

/** A stretch of words in one style. The text may be foreign: every renderer escapes it, whatever its style. */
export interface Phrase {
  readonly style: PhraseStyle;
  readonly text: string;
}

export type Words = readonly Phrase[];

/** A heading; level 1 is the title of the whole document. */
export interface HeadingBlock {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3;
  readonly text: Words;
}

export interface ParagraphBlock {
  readonly kind: "paragraph";
  readonly text: Words;
}

export interface ListBlock {
  readonly kind: "list";
  readonly items: readonly Words[];
}

/** Things to do, in order. */
export interface StepsBlock {
  readonly kind: "steps";
  readonly steps: readonly {
    readonly text: Words;
    /** To be copied as it is, never broken over lines; null: nothing to type. */
    readonly command: string | null;
    /** Machine and account, "on the client, as the user whose browser fails"; null: said in the text or anywhere. */
    readonly where: string | null;
  }[];
}

/** `head` and every row have the same number of cells. */
export interface TableBlock {
  readonly kind: "table";
  readonly head: readonly string[];
  readonly rows: readonly (readonly Words[])[];
}

/** Certificates against criteria. A renderer that can fold puts behind each verdict what it rests on; for the others it is a table. */
export interface MatrixBlock {
  readonly kind: "matrix";
  /** What the columns are for, in the corner of the table. */
  readonly corner: string;
  readonly columns: readonly string[];
  /** Every row has a cell for each column. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly MatrixCell[] }[];
}

export interface MatrixCell {
  readonly verdict: Words;
  /** Why, and the line that shows it; null where nothing was judged. */
  readonly behind: { readonly because: string; readonly excerpt: Excerpt | null } | null;
}

/** A line of an input, and the part of it that is cited. */
export interface Excerpt {
  /** `strace.log:12:3`. */
  readonly place: string;
  readonly quote: string;
  /** Offset in `quote` of the cited part, from 0, and its length, in UTF-16 code units. */
  readonly from: number;
  readonly length: number;
  readonly shows: string;
}

/** Evidence; a renderer that can fold may fold it. */
export interface ExcerptBlock {
  readonly kind: "excerpt";
  readonly title: string;
  readonly excerpts: readonly Excerpt[];
}

/** Lines of evidence as a tool printed them, to be read and not typed. */
export interface SampleBlock {
  readonly kind: "sample";
  /** Name of the file they stand in; null: of no importance. */
  readonly title: string | null;
  readonly lines: readonly string[];
}

export interface CommandBlock {
  readonly kind: "command";
  readonly command: string;
  readonly where: string | null;
}

/** The way of a certificate from the server's request to its acceptance, station by station. */
export interface PathBlock {
  readonly kind: "path";
  readonly stations: readonly {
    readonly name: string;
    readonly state: "ok" | "broken" | "unknown" | "not-reached";
    readonly says: Words;
  }[];
}

/** What a report is made of. Renderers switch over `kind` exhaustively and decide nothing. */
export type Block = HeadingBlock | ParagraphBlock | ListBlock | StepsBlock | TableBlock | MatrixBlock | ExcerptBlock | SampleBlock | CommandBlock | PathBlock;

export function phrase(style: PhraseStyle, text: string): Phrase {
  return { style, text };
}

/** Words from plain text and phrases, in order; empty texts vanish. */
export function words(...parts: readonly (string | Phrase | Words)[]): Words {
  return parts.flatMap((part) => (typeof part === "string" ? [phrase("plain", part)] : "style" in part ? [part] : [...part])).filter((one) => one.text !== "");
}
