import type { CstNode, IToken } from "chevrotain";
import { canonicalType, makeName, type Name, type NameAttribute, type Rdn } from "../../../src/model/name.ts";
import { nodesOf, tokensOf } from "../span.ts";
import { doubtOfBuffer, doubtOfRepetition, joinRepeated } from "./ambiguity.ts";
import { decodeBytes, decodeHexString, decodeUtf8 } from "./decode.ts";
import { cutMark, cutMiddle, type Notation } from "./notation.ts";
import { rootFirst } from "./order.ts";
import { nameParser } from "./parser.ts";
import { nameLexer } from "./tokens.ts";

/** What was noticed while a value was put together. */
interface Remarks {
  doubt: string | null;
  /** The text breaks a rule of its notation, so it is not one whole name. */
  damage: string | null;
  bareComma: boolean;
  quoted: boolean;
}

/**
 * Reads a printed name with the grammar of names. Total: text that is no name, or that breaks a rule of its notation so
 * that it cannot be one whole name, gives no RDNs and a doubt that says why.
 */
export function readPrintedName(printed: string, notation: Notation): Name {
  if (/^[\s\u00A0]*$/.test(printed)) return makeName(printed, [], "the name is empty");
  const lexed = nameLexer(notation).tokenize(printed);
  const parser = nameParser();
  parser.input = lexed.tokens;
  const tree = parser.distinguishedName();
  if (lexed.errors.length > 0 || parser.errors.length > 0 || nodesOf(tree, "relativeName").length === 0) {
    return makeName(printed, [], /^[\s\u00A0]*EMPTY\b/.test(printed) ? "the name is empty" : "it has no attribute of the form TYPE=value");
  }
  const remarks: Remarks = { doubt: null, damage: null, bareComma: false, quoted: false };
  if (tokensOf(tree, "LeadingCut").length > 0) remarks.doubt = "its beginning was cut off";
  const rdns = nodesOf(tree, "relativeName").map((node): Rdn => nodesOf(node, "attribute").map((part) => readAttribute(part, notation, remarks)));
  return judge(printed, notation, rdns, remarks);
}

function judge(printed: string, notation: Notation, parts: readonly Rdn[], remarks: Remarks): Name {
  if (remarks.bareComma && remarks.quoted) {
    remarks.damage ??= "a value holds a bare comma although the name quotes such values: the line was damaged or two names were merged";
  }
  if (notation === "x500") remarks.damage ??= damageOfMerging(parts);
  if (remarks.damage !== null) return makeName(printed, [], remarks.damage);
  const settled = notation === "slash" ? joinRepeated(parts) : { rdns: parts, doubt: null };
  const rdns = rootFirst(settled.rdns, notation);
  const doubt =
    cutMark.test(printed) ? "its end was cut off"
    : cutMiddle.test(printed) ? "a part of it was cut out"
    : printed.includes("\uFFFD") ? "characters were lost when the text was decoded"
    : remarks.doubt
      ?? settled.doubt
      ?? (notation === "slash" ? doubtOfBuffer(printed, rdns) : null)
      ?? (notation === "comma" || notation === "certutil" ? doubtOfRepetition(rdns, ", ") : null)
      ?? (remarks.bareComma ? "a value holds a bare comma, which this notation would quote" : null);
  return makeName(printed, rdns, doubt);
}

/** CertNameToStr prints one name a line in encoded order: a country after a CN, or C, O or DC between two CNs, begin a second name. */
function damageOfMerging(rdns: readonly Rdn[]): string | null {
  const types = rdns.flat().map((attribute) => attribute.type);
  const leaf = types.indexOf("CN");
  const country = types.indexOf("C");
  const hasSecondCountry = country >= 0 && leaf > country && types.indexOf("C", leaf) > 0;
  const between = leaf < 0 ? [] : types.slice(leaf, types.lastIndexOf("CN"));
  return hasSecondCountry || between.some((type) => type === "C" || type === "O" || type === "DC") ? "two names stand in one line" : null;
}

function readAttribute(node: CstNode, notation: Notation, remarks: Remarks): NameAttribute {
  const type = canonicalType(tokensOf(node, "AttributeType")[0]?.image ?? "");
  const pieces = nodesOf(node, "piece").map(pieceToken);
  const quotes = pieces.filter((piece) => piece.tokenType.name.endsWith("Quoted"));
  const only = quotes[0];
  if (only !== undefined && (notation !== "rfc4514" || only === pieces[0])) {
    remarks.quoted = true;
    if (pieces.some((piece) => piece !== only && /[^ \t\u00A0]/.test(piece.image))) remarks.damage ??= "text stands beside a quoted value";
    return { type, value: unquote(only, remarks) };
  }
  for (const piece of pieces) {
    if (piece.tokenType.name === "OpenQuote") remarks.damage ??= "a quotation mark is not closed";
    if (piece.tokenType.name === "BareComma") remarks.bareComma = true;
    if (piece.tokenType.name === "BareEquals") remarks.doubt ??= 'a value holds "=", which this notation would quote';
    if (piece.tokenType.name === "LineBreak") remarks.doubt ??= "a value is continued on the next line";
  }
  if (notation === "x500" && /(?:C|CN|DC|E|L|O|OU|S)=/.test(pieces.map((piece) => piece.image).join(""))) {
    remarks.damage ??= "an attribute begins inside an unquoted value: the line was damaged or two names were merged";
  }
  const value = join(pieces, remarks);
  const trimmed = notation === "slash" || notation === "comma" ? value : trimUnescaped(value, pieces);
  return { type, value: /^#[0-9A-Fa-f]{4,}$/.test(trimmed) ? (decodeHexString(trimmed) ?? trimmed) : trimmed };
}

/** Blanks around a value are no part of it, except those that were escaped. */
function trimUnescaped(value: string, pieces: readonly IToken[]): string {
  const lastEscaped = pieces.findLast((piece) => piece.image.trim() !== "")?.image === "\\ ";
  const start = pieces[0]?.image.startsWith("\\") ? value : value.trimStart();
  return lastEscaped ? `${start.trimEnd()} ` : start.trimEnd();
}

function unquote(quoted: IToken, remarks: Remarks): string {
  const inner = quoted.image.slice(1, -1);
  if (quoted.tokenType.name === "DoublingQuoted") return inner.replace(/""/g, '"');
  const pieces = inner.match(/\\[0-9A-Fa-f]{2}|\\[\u0000-\uFFFF]|[^\\]+/g) ?? [];
  return joinRuns(pieces.map(escapedRun), remarks);
}

/** Either text, or one byte of an escape. */
type Run = { readonly text: string } | { readonly byte: number };

function escapedRun(image: string): Run {
  if (image.length > 1 && image.startsWith("\\")) {
    if (/^\\x[0-9A-Fa-f]{2}$/.test(image)) return { byte: Number.parseInt(image.slice(2), 16) };
    if (/^\\[0-9A-Fa-f]{2}$/.test(image)) return { byte: Number.parseInt(image.slice(1), 16) };
    if (/^\\[UW][0-9A-Fa-f]{4,8}$/.test(image)) return { text: codePoint(Number.parseInt(image.slice(2), 16)) };
    return { text: image.slice(1) };
  }
  return { text: image };
}

function codePoint(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : "\uFFFD";
}

function join(pieces: readonly IToken[], remarks: Remarks): string {
  const isMarked = pieces.some((piece) => piece.tokenType.name === "MarkedByte" && isEscapedByte(piece.image));
  const plain = pieces.every((piece) => /^[\u0000-\u00FF]*$/.test(piece.image));
  // `\xHH` stands for single bytes of the raw value, so the other characters are bytes of it as well.
  if (isMarked && plain) {
    const bytes = pieces.flatMap((piece) => {
      const run = isEscapedByte(piece.image) ? escapedRun(piece.image) : { text: literal(piece) };
      return "byte" in run ? [run.byte] : Array.from(run.text, (character) => character.charCodeAt(0));
    });
    const decoded = decodeBytes(bytes);
    if (decoded.doubt !== null) remarks.doubt ??= decoded.doubt;
    return decoded.text;
  }
  return joinRuns(pieces.map((piece) => (piece.tokenType.name === "MarkedByte" && !isEscapedByte(piece.image) ? { text: piece.image } : escapedRun(piece.image))), remarks);
}

/** OpenSSL escapes only bytes outside 0x20 to 0x7E; `\x41` is a backslash that was there before. */
function isEscapedByte(image: string): boolean {
  if (!/^\\x[0-9A-Fa-f]{2}$/.test(image)) return false;
  const byte = Number.parseInt(image.slice(2), 16);
  return byte < 0x20 || byte > 0x7e;
}

function literal(piece: IToken): string {
  return piece.tokenType.name === "EscapedSeparator" || piece.tokenType.name === "EscapedCharacter" ? piece.image.slice(1) : piece.image;
}

function joinRuns(runs: readonly Run[], remarks: Remarks): string {
  let text = "";
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    const decoded = decodeUtf8(bytes);
    if (decoded === null) remarks.doubt ??= "its bytes are not UTF-8 and were read as Latin-1";
    text += decoded ?? bytes.map((byte) => String.fromCharCode(byte)).join("");
    bytes = [];
  };
  for (const run of runs) {
    if ("byte" in run) {
      bytes.push(run.byte);
    } else {
      flush();
      text += run.text;
    }
  }
  flush();
  return text;
}

function pieceToken(piece: CstNode): IToken {
  for (const name in piece.children) {
    const child = piece.children[name]?.[0];
    if (child !== undefined && "image" in child) return child;
  }
  throw new Error("a piece of a name without a token");
}
