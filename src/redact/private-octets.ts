import { nextLineEnd } from "../text/source-text.ts";
import { isPlainHex } from "./pseudonyms.ts";
import { takeHex, octetsOf, privateDer, type Ground, type PrivateDer, type PrivateText } from "./private-text.ts";

/** A certificate, request or list in PEM as it stands in a text. */
export interface PrivatePem {
  /** Ranges of the text that hold the base64 characters. */
  readonly pieces: readonly (readonly [start: number, end: number])[];
  readonly bytes: Uint8Array;
  readonly der: PrivateDer;
}

const begin = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE|(?:NEW )?CERTIFICATE REQUEST|X509 CRL|PKCS ?#?7|CMS)-----/g;
/** Characters of a block; the TLS field of a certificate holds 2^24 octets, real blocks a few thousand. */
const longestBlock = 400_000;

/** Finds PEM blocks. Each that can be read is exchanged for one of the same size; any other loses its contents. */
export function takePem(found: PrivateText): readonly PrivatePem[] {
  const { text, ground } = found;
  const blocks: PrivatePem[] = [];
  for (const match of text.matchAll(begin)) {
    const from = match.index + match[0].length;
    // The next dashes end a block, whatever they say; so no part of the text is looked at twice.
    const dashes = text.indexOf("-----", from);
    const limit = brokenEnd(text, from, Math.min(dashes < 0 ? text.length : dashes, from + longestBlock));
    const pieces: (readonly [number, number])[] = [];
    // In other formats the line ends of a block are written as escapes.
    for (const part of text.slice(from, limit).matchAll(/\\[nrt]|[A-Za-z0-9+\/=]{1,200000}/g)) {
      if (!part[0].startsWith("\\")) pieces.push([from + part.index, from + part.index + part[0].length]);
    }
    if (pieces.length === 0) continue;
    const base64 = pieces.map(([start, end]) => text.slice(start, end)).join("");
    const bytes = octetsOfBase64(base64);
    const der = bytes === null ? null : privateDer(bytes, ground);
    if (bytes === null || der === null) {
      if (/[^A=]/.test(base64)) found.replace(pieces, "unreadable block", () => base64.replace(/[^=]/g, "A"));
      continue;
    }
    blocks.push({ pieces, bytes, der });
    if (der.isPrivate) found.replace(pieces, "certificate", () => base64Of(der.make(), base64.length));
    else for (const [start, end] of pieces) found.keep(start, end);
  }
  return blocks;
}

/** A block without its last line ends where the lines are no longer base64; `limit` at the latest. */
function brokenEnd(text: string, from: number, limit: number): number {
  const body = text.slice(from, limit);
  for (let at = 0; at < body.length;) {
    const end = nextLineEnd(body, at);
    const line = body.slice(at, end);
    if (at > 0 && line !== "" && !/^[>|\s]{0,80}(?:[A-Za-z0-9+\/]|\\[nrt]|={1,2}){0,400}[",\s]{0,8}$/.test(line)) return from + at;
    at = end + 1;
  }
  return limit;
}

function octetsOfBase64(base64: string): Uint8Array | null {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+\/]{1,400000}={0,2}$/.test(base64)) return null;
  const binary = atob(base64);
  return Uint8Array.from({ length: binary.length }, (_, index) => binary.charCodeAt(index));
}

function base64Of(bytes: Uint8Array, length: number): string {
  let binary = "";
  for (const octet of bytes) binary += String.fromCharCode(octet);
  return btoa(binary).padEnd(length, "=");
}

// --- dumps of octets ----------------------------------------------------------------------------------------------------

/** `    0000  30 14 06 08 2b 06 01 05  05 07 03 02 06 08 2b 06   0...+.........+.`, in Java `0000: 2D E2 91 56 5D A7 5C 94   7C …` */
const dumpLine = /^([>|\s]{0,80})([0-9A-Fa-f]{4,8})( {2,4}|: {1,3})((?:[0-9A-Fa-f]{2} {1,3}){0,15}[0-9A-Fa-f]{2})(?:( {2,60})(\S[^\r\n]{0,40})?)?[ \t\r]{0,60}$/;
const extensionHeading = /^[>|\s]{0,80}([0-2](?:\.[0-9]{1,20}){2,20})\b/;
const judgedOids: ReadonlySet<string> = new Set(["2.5.29.15", "2.5.29.37", "2.5.29.19", "1.3.6.1.4.1.311.21.10", "1.3.6.1.4.1.311.21.7"]);

/** Digits of the longest digest. */
const longestNumber = 128;

interface DumpLine {
  /** Offset of the octets, and of the characters shown beside them. */
  readonly at: number;
  readonly octets: string;
  readonly shownAt: number;
  readonly shown: string;
  readonly offset: number;
}

/** Exchanges what dumps of extensions, keys and signatures hold; what a certificate may be used for stays. */
export function takeDumps(found: PrivateText): void {
  const { text, ground } = found;
  let oid = "";
  let block: DumpLine[] = [];
  const finish = (): void => {
    if (block.length > 0) takeDump(found, block, oid, ground);
    block = [];
  };
  for (let start = 0; start < text.length;) {
    const end = nextLineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 400));
    const match = /[0-9A-Fa-f]{2}/.test(line) ? dumpLine.exec(line) : null;
    if (match === null) {
      if (line.trim() !== "") finish();
      const heading = extensionHeading.exec(line)?.[1];
      if (heading !== undefined) oid = heading;
      else if (/^[>|\s]{0,80}\S[^=\r\n]{0,80}:/.test(line) && !/[Ff]lags|Length/.test(line)) oid = "";
    } else {
      const [, lead = "", offset = "", gap = "", octets = "", space = "", shown = ""] = match;
      const at = start + lead.length + offset.length + gap.length;
      const dumped: DumpLine = { at, octets, shownAt: at + octets.length + space.length, shown, offset: Number.parseInt(offset, 16) };
      const last = block.at(-1);
      if (last !== undefined && dumped.offset <= last.offset) finish();
      block.push(dumped);
    }
    start = end + 1;
  }
  finish();
}

function takeDump(found: PrivateText, block: readonly DumpLine[], oid: string, ground: Ground): void {
  const ranges = block.map(({ at, octets }) => [at, at + octets.length] as const);
  if (judgedOids.has(oid)) {
    for (const [start, end] of ranges) found.keep(start, end);
    return;
  }
  const digits = block.map(({ octets }) => octets.replace(/ /g, "")).join("");
  const der = privateDer(octetsOf(digits), ground, oid);
  if (der !== null) {
    if (der.isPrivate) found.replace(allPieces(block), "octets", () => dumped(block, der.make()));
    else for (const [start, end] of ranges) found.keep(start, end);
    return;
  }
  if (digits.length < 16) return;
  // Identifiers and digests are printed by other tools as one number.
  if (digits.length <= longestNumber) {
    if (!isPlainHex(digits.replace(/^0{1,200}/, ""))) {
      ground.pseudonyms.hex(digits);
      found.replace(allPieces(block), "octets", () => dumped(block, octetsOf(ground.pseudonyms.hex(digits))));
    } else for (const [start, end] of ranges) found.keep(start, end);
    return;
  }
  for (const line of block) {
    if (/[^0 ]/.test(line.octets)) takeHex(found, line.at, line.at + line.octets.length, "octets");
    const bare = line.shown.replace(/[^\s]/g, ".");
    if (line.shown !== "" && bare !== line.shown && found.isFree(line.shownAt, line.shownAt + line.shown.length)) found.replace([[line.shownAt, line.shownAt + line.shown.length]], "octets", () => bare);
  }
}

/** The octets and the characters beside them, pair by pair, in order of place. */
function allPieces(block: readonly DumpLine[]): readonly (readonly [number, number])[] {
  return block.flatMap(({ at, octets, shownAt, shown }) => [[at, at + octets.length] as const, ...(shown === "" ? [] : [[shownAt, shownAt + shown.length] as const])]);
}

function dumped(block: readonly DumpLine[], bytes: Uint8Array): string {
  let next = 0;
  return block.map(({ octets, shown }) => {
    const own: number[] = [];
    const digits = octets.replace(/[0-9A-Fa-f]{2}/g, () => {
      const octet = bytes[next++] ?? 0;
      own.push(octet);
      const digits = octet.toString(16).padStart(2, "0");
      return /[A-F]/.test(octets) ? digits.toUpperCase() : digits;
    });
    const beside = own.map((octet) => (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".")).join("").slice(0, shown.length).padEnd(shown.length, ".");
    return digits + beside;
  }).join("");
}
