import { joined } from "./octets.ts";
import { armorDer } from "./armor.ts";
import { decodeBytes, isMultiByte } from "./code-pages.ts";
import { detectCodePage, type CodePageGuess } from "./detect-code-page.ts";
import { recognizeBinary } from "./binary.ts";
import type { EncodingName } from "./encoding-name.ts";
import { findMojibake } from "./mojibake.ts";
import { splitWideSections, utf16ByNulPattern } from "./utf-16.ts";
import { checkUtf8, sequenceLength } from "./utf-8.ts";

/** Something about the encoding that can make names unreadable. */
export interface DecodingDamage {
  /** One sentence for people. */
  readonly says: string;
  /** Offset in the text. */
  readonly offset: number;
}

export interface Decoded {
  /** The text without a byte-order mark at its start and without the NULs and Ctrl-Z that pad its end; of binary data, certificates as PEM, else empty. */
  readonly text: string;
  readonly encoding: EncodingName | "binary";
  /** Why this encoding, for people. */
  readonly because: string;
  readonly damage: readonly DecodingDamage[];
}

export interface DecodeOptions {
  /** The encoding the user named; null: find out. */
  readonly encoding: EncodingName | null;
  /** ASCII strings that prove that the bytes are text, whatever else is among them. */
  readonly landmarks: readonly string[];
}

/**
 * Bytes to text: byte-order mark, then the pattern of NULs, then strict UTF-8, then the code page in which the words read best.
 * Total: any bytes give a result. Linear in their number.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions): Decoded {
  if (options.encoding !== null) return decodeAsTold(bytes, options.encoding);
  const mark = byteOrderMark(bytes);
  if (mark !== null) return afterMark(bytes, mark);
  const armored = armorDer(bytes);
  if (armored !== null) return { text: armored.text, encoding: "binary", because: armored.because, damage: [] };
  const what = recognizeBinary(bytes);
  const wide = what === null || what === "binary data" ? utf16ByNulPattern(bytes) : null;
  if (wide !== null) {
    const because = `no byte-order mark, but every second byte is NUL (UTF-16, ${wide === "utf-16le" ? "low" : "high"} byte first)`;
    return wideToTheEnd(bytes, 0, wide, because);
  }
  const sections = splitWideSections(bytes);
  // The names in a PFX file are UTF-16; a recognized kind of file stays that for all that.
  const known = what !== null && what !== "binary data";
  if (what !== null && (known || !sections.some((section) => section.wide)) && !(what === "binary data" && hasLandmark(bytes, options.landmarks))) {
    return { text: "", encoding: "binary", because: what, damage: [{ says: `This is no text but ${what}.`, offset: 0 }] };
  }
  return sections.length === 1 && sections[0]?.wide === false ? decodeEightBit(trimmed(bytes)) : decodeMixed(bytes, sections);
}

type Mark = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding of a byte-order mark, or null. */
export function byteOrderMark(bytes: Uint8Array): Mark | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

const byMark = "byte-order mark";

function afterMark(bytes: Uint8Array, mark: Mark): Decoded {
  if (mark === "utf-8") {
    const body = trimmed(bytes.subarray(3));
    return finish(decodeBytes(body, mark), mark, byMark, strayBytes(body));
  }
  return wideToTheEnd(bytes, 2, mark, byMark);
}

/** UTF-16 from `start` on, but for 8-bit text that was appended to it. */
function wideToTheEnd(bytes: Uint8Array, start: number, encoding: "utf-16le" | "utf-16be", because: string): Decoded {
  const body = bytes.subarray(start);
  const tail = encoding === "utf-16le" ? narrowTail(body) : body.length;
  if (tail === body.length) return finish(decodeWide(body, encoding), encoding, because, oddByte(body));
  return decodeMixed(bytes, [{ start, end: start + tail, wide: true }, { start: start + tail, end: bytes.length, wide: false }]);
}

/**
 * Where 8-bit text begins that was appended to UTF-16LE (cmd's `>>` after PowerShell's `>`); the length when there is none.
 * It must be long, hold a line end and be UTF-8: then it cannot be UTF-16 that happens to hold no ASCII.
 */
function narrowTail(body: Uint8Array): number {
  const from = body.lastIndexOf(0) + 1;
  const tail = trimmed(body.subarray(from));
  const isText = tail.length >= 32 && tail.includes(10) && checkUtf8(tail).stray === 0 && recognizeBinary(tail) === null;
  return isText ? from : body.length;
}

function decodeAsTold(bytes: Uint8Array, encoding: EncodingName): Decoded {
  const mark = byteOrderMark(bytes);
  const body = mark === encoding ? bytes.subarray(mark === "utf-8" ? 3 : 2) : bytes;
  const because = "named on the command line";
  if (encoding === "utf-16le" || encoding === "utf-16be") return finish(decodeWide(body, encoding), encoding, because, oddByte(body));
  const text = decodeBytes(trimmed(body), encoding);
  const lost = encoding === "utf-8" || isMultiByte(encoding) ? text.indexOf("\uFFFD") : -1;
  const damage = lost < 0 ? [] : [{ says: `Some bytes are no ${encoding}: they show as U+FFFD. Another encoding may fit better.`, offset: lost }];
  return finish(text, encoding, because, damage);
}

/** 8-bit text: UTF-8 where it is, else a code page. */
export function decodeEightBit(bytes: Uint8Array): Decoded {
  const check = checkUtf8(bytes);
  if (check.stray === 0) {
    const because = check.sequences === 0 ? "nothing but ASCII" : "valid UTF-8 with characters beyond ASCII";
    return finish(decodeBytes(bytes, "utf-8"), "utf-8", because, []);
  }
  // Accidental sequences are rare in code pages: with as many sequences as stray bytes the text is UTF-8 with foreign lines in it.
  if (check.sequences >= check.stray) return decodeDamagedUtf8(bytes, check.stray);
  const guess = detectCodePage(bytes);
  if (guess === null || guess.confidence <= 0) {
    const says = "Bytes beyond ASCII fit no encoding that certwhy knows; they are shown as windows-1252, and names that hold them cannot be trusted.";
    const text = decodeBytes(bytes, "windows-1252");
    return finish(text, "windows-1252", "no encoding fits; in windows-1252 every byte is a character", [{ says, offset: firstForeign(text) }]);
  }
  const text = decodeBytes(bytes, guess.encoding);
  const lost = isMultiByte(guess.encoding) ? text.indexOf("\uFFFD") : -1;
  const damage = lost < 0 ? [] : [{ says: `Some bytes are no ${guess.encoding}: they show as U+FFFD.`, offset: lost }];
  return finish(text, guess.encoding, reasonFor(guess), damage);
}

function reasonFor(guess: CodePageGuess): string {
  if (guess.example === null) return "not UTF-8; its words read best in this code page";
  const rival = guess.rival === null || guess.rival.example === null ? "" : ` (${guess.rival.encoding} would read ${quoted(guess.rival.example)})`;
  return `not UTF-8; reads ${quoted(guess.example)}${rival}`;
}

/** A few characters of foreign text in quotes, without control characters. */
function quoted(text: string): string {
  const shown = text.replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, "\uFFFD");
  return `"${shown.length > 40 ? `${shown.slice(0, 39)}…` : shown}"`;
}

/** UTF-8 in which some lines are not: those lines are read in the code page that suits them, if one does. */
function decodeDamagedUtf8(bytes: Uint8Array, stray: number): Decoded {
  const pieces: { readonly start: number; readonly end: number }[] = [];
  for (let start = 0; start < bytes.length;) {
    const lineFeed = bytes.indexOf(10, start);
    const end = lineFeed < 0 ? bytes.length : lineFeed + 1;
    if (hasStray(bytes, start, end)) pieces.push({ start, end });
    start = end;
  }
  const guess = detectCodePage(joined(pieces.map((piece) => bytes.subarray(piece.start, piece.end))));
  const page = guess !== null && guess.confidence > 0 ? guess.encoding : null;
  const count = `${stray} ${stray === 1 ? "byte" : "bytes"} in ${pieces.length} ${pieces.length === 1 ? "line" : "lines"}`;
  if (page === null) {
    const text = decodeBytes(bytes, "utf-8");
    return finish(text, "utf-8", `UTF-8 but for ${count}`, [{ says: `${count} are no UTF-8; they show as U+FFFD.`, offset: text.indexOf("\uFFFD") }]);
  }
  let text = "";
  let at = 0;
  let first = 0;
  for (const [index, piece] of pieces.entries()) {
    text += decodeBytes(bytes.subarray(at, piece.start), "utf-8");
    if (index === 0) first = text.length;
    text += decodeBytes(bytes.subarray(piece.start, piece.end), page);
    at = piece.end;
  }
  text += decodeBytes(bytes.subarray(at), "utf-8");
  return finish(text, "utf-8", `UTF-8 but for ${count}`, [{ says: `${count} are no UTF-8; these lines were read as ${page}.`, offset: first }]);
}

function hasStray(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end;) {
    if ((bytes[at] as number) < 0x80) { at++; continue; }
    const length = sequenceLength(bytes, at);
    if (length === 0) return true;
    at += length;
  }
  return false;
}

/** 8-bit text and UTF-16LE in one file. The 8-bit sections are judged together. */
function decodeMixed(bytes: Uint8Array, sections: readonly { readonly start: number; readonly end: number; readonly wide: boolean }[]): Decoded {
  const narrow = decodeEightBit(joined(sections.filter((section) => !section.wide).map((section) => bytes.subarray(section.start, section.end))));
  const page: EncodingName = narrow.encoding === "binary" ? "windows-1252" : narrow.encoding;
  let text = "";
  let change = 0;
  for (const [index, section] of sections.entries()) {
    if (index === 1) change = text.length;
    const part = bytes.subarray(section.start, section.end);
    text += section.wide ? decodeWide(part, "utf-16le").replace(/^\uFEFF/, "") : decodeBytes(part, page);
  }
  const says = `The file mixes UTF-16 with ${page}, as after \`>>\` from another shell; each part was read in its own encoding.`;
  const first = sections.find((section) => !section.wide || section.end - section.start > 2);
  return finish(text, first?.wide === true ? "utf-16le" : page, `parts of it are UTF-16LE, the others ${page}`, sections.length > 1 ? [{ says, offset: change }] : []);
}

/** Whole lines of a text whose encoding is known. In UTF-8, lines that are not are read in the code page that suits them. */
export function decodeLines(bytes: Uint8Array, encoding: EncodingName): string {
  if (encoding === "utf-16le" || encoding === "utf-16be") return decodeWide(bytes, encoding);
  const { stray } = encoding === "utf-8" ? checkUtf8(bytes) : { stray: 0 };
  return stray > 0 ? decodeDamagedUtf8(bytes, stray).text : decodeBytes(bytes, encoding);
}

/** UTF-16 of either order; an odd last byte is left out. */
function decodeWide(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): string {
  return decodeBytes(bytes.subarray(0, bytes.length & ~1), encoding);
}

function oddByte(bytes: Uint8Array): readonly DecodingDamage[] {
  return bytes.length % 2 === 0 ? [] : [{ says: "UTF-16 text ends in the middle of a character.", offset: Number.MAX_SAFE_INTEGER }];
}

function strayBytes(bytes: Uint8Array): readonly DecodingDamage[] {
  const { stray } = checkUtf8(bytes);
  if (stray === 0) return [];
  const says = `The byte-order mark says UTF-8, but ${stray} ${stray === 1 ? "byte is" : "bytes are"} not; they show as U+FFFD.`;
  return [{ says, offset: decodeBytes(bytes, "utf-8").indexOf("\uFFFD") }];
}

/** Common end of all ways: drops the padding, looks for words that were damaged before the file was written. */
function finish(decoded: string, encoding: EncodingName, because: string, damage: readonly DecodingDamage[]): Decoded {
  const text = withoutPadding(decoded);
  const found: DecodingDamage[] = damage.map(({ says, offset }) => ({ says, offset: Math.max(0, Math.min(offset, text.length)) }));
  const mojibake = findMojibake(text);
  if (mojibake !== null) {
    const more = mojibake.words === 1 ? "" : ` and ${mojibake.words - 1} more like it`;
    const says = `${quoted(mojibake.printed)} looks like ${quoted(mojibake.meant)} written in ${mojibake.written} and read as ${mojibake.read}${more}; ` +
      "the text was damaged before it was saved, and names in it may not match.";
    found.push({ says, offset: mojibake.offset });
  }
  const lost = text.indexOf("\uFFFD");
  if (lost >= 0 && found.every((one) => !one.says.includes("U+FFFD"))) {
    found.push({ says: "The text holds U+FFFD: characters were lost before it was saved, and names in it may not match.", offset: lost });
  }
  return { text, encoding, because, damage: found };
}

/** Without NULs and Ctrl-Z at the end: padding of logs that a crash cut, and the end mark of old DOS programs. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === 0 || text.charCodeAt(end - 1) === 0x1a)) end--;
  return end === text.length ? text : text.slice(0, end);
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x1a)) end--;
  return bytes.subarray(0, end);
}

function firstForeign(text: string): number {
  return Math.max(0, text.search(/[\u0080-\uFFFF]/));
}

/** Whether one of the strings stands in the first part of the bytes. */
function hasLandmark(bytes: Uint8Array, landmarks: readonly string[]): boolean {
  const text = decodeBytes(bytes.subarray(0, 1 << 22), "windows-1252");
  return landmarks.some((landmark) => text.includes(landmark));
}
