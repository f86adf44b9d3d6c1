import { decodeBytes } from "./code-pages.ts";
import type { Edit } from "./edits.ts";
import { parseEncodingName } from "./encoding-name.ts";
import { nextLineEnd } from "./source-text.ts";

/** A part of a mail in base64 (RFC 2045, section 6.8). */
export interface MailPart {
  /** Name of the attachment as the mail prints it; null when it has none. */
  readonly name: string | null;
  /** `text/plain`; null when the mail does not say. */
  readonly type: string | null;
  /** The lines in base64: `[start, end)` of the text, line ends included. */
  readonly start: number;
  readonly end: number;
  /** Lines are printed behind this mark, as in a quoted mail. */
  readonly mark: string;
  /** Whether the end of the part is there. */
  readonly isWhole: boolean;
}

/** Marks of quoted mails (`> `) may stand before each line. */
const ENCODING = /^([> \t|]{0,12})Content-Transfer-Encoding[ \t]{0,8}:[ \t]{0,8}"?base64"?[ \t]{0,8}$/gim;
const HEADER = /^[!-9;-~]{1,76}[ \t]{0,4}:|^[ \t]{1,80}\S/;
const BASE64 = /^[A-Za-z0-9+/]{1,}={0,2}$/;
/** Headers of one part; mails carry some dozens of trace headers in all. */
const mostHeaders = 200;
/** Blank lines between the headers and the data: one, or more where a gateway or a paste added some. */
const mostBlank = 3;

interface Line {
  readonly text: string;
  readonly start: number;
  /** After the line end. */
  readonly next: number;
}

/** The parts in base64 of a mail, or of what was pasted of one. Blocks of PEM are none. Linear. */
export function findMailParts(text: string): readonly MailPart[] {
  // Nearly no input is a mail: searches for three words are all that the others cost.
  if (!text.includes("base64") && !text.includes("BASE64") && !text.includes("Base64")) return [];
  const parts: MailPart[] = [];
  let free = 0;
  for (const match of text.matchAll(ENCODING)) {
    if (match.index < free) continue;
    const { part, end } = partAt(text, lineAt(text, match.index, match[1] ?? ""), match[1] ?? "", free);
    if (part !== null) parts.push(part);
    free = end;
  }
  return parts;
}

/** The lines in base64 are the carrier of what is attached, not text of the mail. */
export function undoBase64Parts(text: string): readonly Edit[] {
  return findMailParts(text).map(({ start, end }) => ({ start, end, by: "" }));
}

/** What a part holds. */
export function decodeMailPart(text: string, { start, end, mark }: MailPart): Uint8Array {
  const printed = text.slice(start, end);
  const digits = (mark.trim() === "" ? printed : printed.replace(/^[> \t|]{1,12}/gm, "")).replace(/[^A-Za-z0-9+/]/g, "");
  // One digit alone is less than an octet.
  const binary = atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The part whose headers hold the line `found`, and where to look further: the same headers lead to nothing else. */
function partAt(text: string, found: Line, mark: string, lowest: number): { readonly part: MailPart | null; readonly end: number } {
  const above: string[] = [];
  let boundary: string | null = null;
  for (let line = lineBefore(text, found.start, mark, lowest); line !== null && above.length < mostHeaders; line = lineBefore(text, line.start, mark, lowest)) {
    if (!HEADER.test(line.text)) {
      if (line.text.startsWith("--")) boundary = line.text.trimEnd();
      break;
    }
    above.push(line.text);
  }
  const below: string[] = [];
  let at = found.next;
  for (; at < text.length && below.length < mostHeaders; at = lineAt(text, at, mark).next) {
    const line = lineAt(text, at, mark);
    if (!HEADER.test(line.text)) break;
    below.push(line.text);
  }
  let blank = 0;
  for (; at < text.length && blank <= mostBlank && lineAt(text, at, mark).text.trim() === ""; blank++) at = lineAt(text, at, mark).next;
  const data = blank === 0 || blank > mostBlank ? null : dataAt(text, at, mark);
  if (data === null) return { part: null, end: at };
  const headers = [...above.reverse(), ...below].join("\n").replace(/\n[ \t]{1,80}/g, " ");
  const isClosed = boundary === null || text.startsWith(boundary, skipBlank(text, data.end, mark));
  const type = header(headers, "Content-Type");
  const part: MailPart = {
    name: parameter(header(headers, "Content-Disposition"), "filename") ?? parameter(type, "name"),
    type: /^\s{0,8}([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(type)?.[1]?.toLowerCase() ?? null,
    start: at, end: data.end, mark, isWhole: isClosed && data.isWhole,
  };
  return { part, end: data.end };
}

/** Lines of one length and a last one that may be shorter, as every encoder writes them; a blank line after each is a paste. */
function dataAt(text: string, start: number, mark: string): { readonly end: number; readonly isWhole: boolean } | null {
  const first = lineAt(text, start, mark);
  const width = first.text.trimEnd().length;
  if (width < 4 || !BASE64.test(first.text.trimEnd())) return null;
  const second = lineAt(text, first.next, mark);
  const isSpaced = second.text.trim() === "" && lineAt(text, second.next, mark).text.trimEnd().length === width;
  let digits = 0;
  let end = start;
  let padded = false;
  for (let at = start; at < text.length && !padded;) {
    const line = lineAt(text, at, mark);
    const data = line.text.trimEnd();
    if (data.length > width || !BASE64.test(data)) break;
    // A short last line is a word as well as base64, unless it completes a group of four.
    if (data.length < width && (digits + data.length) % 4 !== 0) break;
    digits += data.length;
    padded = data.endsWith("=");
    end = line.next;
    if (data.length < width) break;
    at = line.next;
    if (isSpaced && lineAt(text, at, mark).text.trim() === "") at = lineAt(text, at, mark).next;
  }
  if (end === first.next && digits % 4 !== 0 && end < text.length) return null;
  return { end, isWhole: digits % 4 === 0 };
}

function skipBlank(text: string, from: number, mark: string): number {
  let at = from;
  for (let blank = 0; blank < mostBlank && at < text.length; blank++) {
    const line = lineAt(text, at, mark);
    if (line.text.trim() !== "") return line.start + markLength(text, line.start, mark);
    at = line.next;
  }
  return at + markLength(text, at, mark);
}

function markLength(text: string, at: number, mark: string): number {
  return text.startsWith(mark, at) ? mark.length : 0;
}

function lineAt(text: string, start: number, mark: string): Line {
  const end = nextLineEnd(text, start);
  const next = end >= text.length ? end : text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  const shown = text.slice(start, end);
  // A blank line of a quoted mail often lacks the blank behind its mark.
  return { text: shown.startsWith(mark) ? shown.slice(mark.length) : shown === mark.trimEnd() ? "" : shown, start, next };
}

function lineBefore(text: string, start: number, mark: string, lowest: number): Line | null {
  if (start <= lowest) return null;
  let from = start - 1;
  if (text.charCodeAt(from) === 10 && text.charCodeAt(from - 1) === 13) from--;
  while (from > lowest && text.charCodeAt(from - 1) !== 10 && text.charCodeAt(from - 1) !== 13 && start - from < 4000) from--;
  return lineAt(text, from, mark);
}

function header(headers: string, name: string): string {
  return new RegExp(`^${name}[ \\t]{0,4}:(.{0,8000})$`, "im").exec(headers)?.[1] ?? "";
}

/** A parameter of a header: plain or quoted, in several pieces and with a charset (RFC 2231), or with encoded words (RFC 2047). */
function parameter(value: string, name: string): string | null {
  // Where a parameter is given twice, the form with a charset counts.
  const pieces = [...value.matchAll(new RegExp(`;\\s{0,80}${name}(?:\\*(\\d{1,2}))?(\\*)?\\s{0,4}=\\s{0,4}("(?:[^"\\\\]|\\\\.){0,1000}"|[^;\\s"]{1,1000})`, "gi"))]
    .map(([, number, encoded, printed = ""]) => ({
      number: Number(number ?? 0), isEncoded: encoded === "*", text: printed.startsWith("\"") ? printed.slice(1, -1).replace(/\\(.)/g, "$1") : printed,
    })).sort((a, b) => Number(b.isEncoded) - Number(a.isEncoded));
  if (pieces.length === 0) return null;
  const numbered = new Map<number, (typeof pieces)[number]>();
  for (const piece of pieces) if (!numbered.has(piece.number)) numbered.set(piece.number, piece);
  const ordered = [...numbered.values()].sort((a, b) => a.number - b.number);
  const charset = ordered[0]?.isEncoded === true ? /^([\w.-]{0,40})'[^']{0,40}'/.exec(ordered[0].text) : null;
  const octets = ordered.flatMap(({ isEncoded, text }, index) => octetsOf(index === 0 && charset !== null ? text.slice(charset[0].length) : text, isEncoded));
  return charset === null && !ordered.some(({ isEncoded }) => isEncoded) ? encodedWords(ordered.map(({ text }) => text).join("")) : inCharset(octets, charset?.[1] ?? "");
}

function octetsOf(text: string, isEncoded: boolean): readonly number[] {
  const plain = [...new TextEncoder().encode(text)];
  if (!isEncoded) return plain;
  const octets: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    const hex = plain[at] === 0x25 ? /^[0-9A-Fa-f]{2}$/.exec(String.fromCharCode(plain[at + 1] ?? 0, plain[at + 2] ?? 0)) : null;
    octets.push(hex === null ? plain[at] as number : Number.parseInt(hex[0], 16));
    if (hex !== null) at += 2;
  }
  return octets;
}

function encodedWords(text: string): string {
  return text.replace(/(\?=)\s{1,8}(?==\?)/g, "$1").replace(/=\?([\w-]{1,40})(?:\*[\w-]{0,20})?\?([BQ])\?([^?\s]{0,1000})\?=/gi, (all, charset: string, kind: string, data: string) => {
    if (kind.toUpperCase() === "Q") return inCharset(octetsOf(data.replaceAll("_", " ").replaceAll("=", "%"), true), charset);
    const digits = data.replace(/[^A-Za-z0-9+/]/g, "");
    return digits.length % 4 === 1 ? all : inCharset([...atob(digits)].map((each) => each.charCodeAt(0)), charset);
  });
}

function inCharset(octets: readonly number[], charset: string): string {
  return decodeBytes(Uint8Array.from(octets), parseEncodingName(charset) ?? "utf-8");
}
