import type { CstNode, IToken } from "chevrotain";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { type LabelId, labelOf } from "./labels/index.ts";
import { layOutOf, unwrap } from "./layout.ts";
import { CONTEXT, EXTENSION, HASH_LABEL, PROPERTY, withoutRemark } from "./line-kind.ts";
import { parseOutput } from "./parser.ts";
import { bannerParts } from "./tokens.ts";

/** A labelled line, with the RDN lines below it where it heads a name. */
export interface Field {
  readonly kind: "field";
  /** null: no table knows the label. */
  readonly id: LabelId | null;
  readonly label: Located<string>;
  readonly sign: ":" | "=";
  /** `sha1` of `Cert Hash(sha1):`; null for every other label. */
  readonly hash: string | null;
  /** Without blanks around it and without a person's remark behind it; null when the line ends at the separator. */
  readonly value: Located<string> | null;
  readonly names: readonly Located<string>[];
  readonly span: Span;
}

/** A line without a label. */
export interface Plain {
  readonly kind: "constant" | "dump" | "elision" | "rdn" | "empty-name" | "detail" | "text" | "status";
  readonly id: LabelId | null;
  readonly text: string;
  readonly span: Span;
}

export type Line = Field | Plain;

/** What one passage prints, in order. */
export type Entry =
  | Line
  | { readonly kind: "command"; readonly text: string; readonly span: Span }
  | { readonly kind: "store"; readonly name: Located<string>; readonly sure: boolean; readonly span: Span }
  | { readonly kind: "banner"; readonly words: string; readonly number: number; readonly closing: boolean; readonly span: Span }
  | { readonly kind: "extension"; readonly oid: Located<string>; readonly lines: readonly Line[]; readonly span: Span }
  | { readonly kind: "property"; readonly name: string; readonly number: number; readonly lines: readonly Line[]; readonly span: Span }
  | { readonly kind: "element"; readonly index: number; readonly heading: string; readonly lines: readonly Line[]; readonly span: Span }
  | { readonly kind: "ending"; readonly text: string; readonly span: Span };

const PLAIN: Readonly<Record<string, Plain["kind"]>> = {
  Constant: "constant", HexDump: "dump", Asn1Line: "dump", Elision: "elision", RelativeName: "rdn", EmptyName: "empty-name",
  Text: "text", Phrase: "status", TestLine: "status",
};

/** Lexes and parses one passage, piece by piece, and gives its lines as plain values with their places. Never throws. */
function* readEntries(passage: Passage): Generator<readonly Entry[]> {
  const { source, start, end } = passage.span;
  const text = layOutOf(source);
  for (let from = start; from < end;) {
    const to = endOfPiece(text, from, end);
    const place = placesIn(source, from);
    yield children(parseOutput(text.slice(from, to)), "entry").map((entry) => entryOf(only(entry), place)).filter((entry) => entry !== null);
    from = to;
  }
}

/** The entries of a passage, which are read when they are asked for and kept no longer than until the next. */
export class EntryWalk {
  readonly #pieces: Iterator<readonly Entry[]>;
  #entries: readonly Entry[] = [];
  #at = -1;
  /** The entry before the present one; null at the first. */
  before: Entry | null = null;

  constructor(passage: Passage) {
    this.#pieces = readEntries(passage);
  }

  /** Goes on to the next entry; null at the end. */
  next(): Entry | null {
    this.before = this.#entries[this.#at] ?? null;
    const next = this.ahead(1);
    if (next !== null) this.#at++;
    return next;
  }

  /** The entry so many places after the present one; null behind the last. */
  ahead(places: number): Entry | null {
    while (this.#at + places >= this.#entries.length) {
      const { value, done } = this.#pieces.next();
      if (done === true) return null;
      this.#entries = [...this.#entries.slice(Math.max(0, this.#at)), ...value];
      this.#at = Math.min(this.#at, 0);
    }
    return this.#entries[this.#at + places] ?? null;
  }
}

/** Characters after which a listing is parsed in another piece: the tokens of a long one would take forty times its own memory. */
const pieceLength = 1 << 14;

/** `\n================ Certificate 12 ================`, which no other line looks like. */
const numberedBanner = /\n={6,80}[^=\r\n]{0,80}\d[ \t\u00A0]{0,4}={4,80}[ \t]{0,8}(?=[\r\n])/g;

/** A banner ends whatever stands before it, so a passage may be parsed from banner to banner. */
function endOfPiece(text: string, from: number, end: number): number {
  if (end - from <= pieceLength) return end;
  numberedBanner.lastIndex = from + pieceLength;
  const banner = numberedBanner.exec(text)?.index ?? end;
  return Math.min(end, banner + 1);
}

/** Turns tokens of a passage into spans of its source. */
interface Places {
  /** The part `[from, to)` of a token's image; the whole token without them. */
  readonly of: (token: IToken, from?: number, to?: number) => Span;
  /** A token's text without blanks and remarks, with its place. */
  readonly text: (token: IToken) => Located<string>;
}

function placesIn(source: Span["source"], start: number): Places {
  const of = (token: IToken, from = 0, to = token.image.length): Span => ({ source, start: start + token.startOffset + from, end: start + token.startOffset + to });
  const text = (token: IToken): Located<string> => {
    const kept = withoutRemark(token.image);
    const from = Math.max(0, token.image.indexOf(kept));
    return located(unwrap(kept), of(token, from, from + kept.length));
  };
  return { of, text };
}

const children = (node: CstNode, name: string): readonly CstNode[] => (node.children[name] ?? []).filter((child) => "children" in child) as CstNode[];

// Called for every line of listings with thousands of certificates: nothing is copied that is not asked for.
function tokensOf(node: CstNode): readonly IToken[] {
  const tokens: IToken[] = [];
  for (const name in node.children) for (const child of node.children[name] ?? []) if ("image" in child) tokens.push(child);
  return tokens;
}

function only(node: CstNode): CstNode {
  for (const name in node.children) return (node.children[name]?.[0] as CstNode | undefined) ?? node;
  return node;
}

function entryOf(node: CstNode, place: Places): Entry | null {
  const token = tokensOf(node)[0];
  switch (node.name) {
    case "field": case "keyField": case "flagsField": case "hashField": case "otherField": return fieldOf(node, place);
    case "detail": case "status": case "otherLine": return token ? plainOf(token, place) : null;
  }
  if (token === undefined) return null;
  const span = place.of(token);
  switch (node.name) {
    case "command": return { kind: "command", text: token.image, span };
    case "storeHeading": {
      const name = /^[^\s\u00A0"\u201C\u201D\u201E\u00AB]+/.exec(token.image)?.[0] ?? token.image;
      return { kind: "store", name: located(name, place.of(token, 0, name.length)), sure: token.tokenType.name === "StoreHeading", span };
    }
    case "banner": {
      const parts = bannerParts(token.image);
      return parts && { kind: "banner", ...parts, closing: token.tokenType.name === "NestingEnd", span };
    }
    case "extension": {
      const oid = EXTENSION.exec(token.image)?.[1] ?? "";
      return { kind: "extension", oid: located(oid, place.of(token, 0, oid.length)), ...linesOf(node, "content", place, token) };
    }
    case "property": {
      const found = PROPERTY.exec(token.image);
      return { kind: "property", name: (found?.[1] ?? "").replace(/\\/g, ""), number: Number(found?.[2] ?? 0), ...linesOf(node, "propertyLine", place, token) };
    }
    case "element": {
      const found = CONTEXT.exec(token.image);
      return { kind: "element", index: Number(found?.[2] ?? 0), heading: token.image, ...linesOf(node, "elementLine", place, token) };
    }
    case "ending": return { kind: "ending", text: withoutRemark(token.image), span };
    default: return null;
  }
}

function linesOf(node: CstNode, rule: string, place: Places, heading: IToken): { readonly lines: readonly Line[]; readonly span: Span } {
  const lines = children(node, rule).map((content): Line | null => {
    const child = Object.values(content.children)[0]?.[0];
    if (child === undefined) return null;
    if ("image" in child) return plainOf(child, place);
    const token = tokensOf(child)[0];
    return child.name === "detail" ? token ? plainOf(token, place) : null : fieldOf(child, place);
  }).filter((line) => line !== null);
  const span = place.of(heading);
  return { lines, span: { ...span, end: lines.at(-1)?.span.end ?? span.end } };
}

function plainOf(token: IToken, place: Places): Plain {
  const text = place.text(token);
  return { kind: PLAIN[token.tokenType.name] ?? "detail", id: labelOf(text.value), text: text.value, span: text.span };
}

function fieldOf(node: CstNode, place: Places): Field | null {
  const label = tokensOf(node)[0];
  const rest = children(node, "labelled")[0];
  if (label === undefined || rest === undefined) return null;
  const parts = tokensOf(rest);
  const sign = parts.find((part) => part.tokenType.name === "Separator")?.image === "=" ? "=" : ":";
  const printed = parts.find((part) => part.tokenType.name === "Value");
  const value = printed === undefined ? null : place.text(printed);
  const names = parts.filter((part) => part.tokenType.name === "RelativeName" || part.tokenType.name === "EmptyName").map((part) => place.text(part));
  const hash = HASH_LABEL.exec(`${label.image}:`);
  const words = place.text(label);
  return {
    kind: "field",
    id: labelOf(hash ? (hash[1] as string) : `${label.image}${sign}`),
    label: words,
    sign,
    hash: hash ? (hash[2] as string).toLowerCase() : null,
    value: value === null || value.value === "" ? null : value,
    names,
    span: { ...words.span, end: names.at(-1)?.span.end ?? value?.span.end ?? words.span.end },
  };
}
