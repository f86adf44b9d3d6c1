import { type SourceText, findLineStarts, lineIndexAt, nextLineEnd } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { labelOf } from "./labels/index.ts";
import { layOutOf } from "./layout.ts";
import { BANNER, BARE_STORE, EXTENSION, LEADING, PROPERTY, type LineKind, kindOfLine, lineKinds, splitLabel } from "./line-kind.ts";

/**
 * ASCII strings of which one stands in every passage. Everything certutil prints without translation is among them; the words of
 * fragments (a few lines quoted in a forum) complete the list.
 */
export const landmarks: readonly string[] = [
  "certutil", "CertUtil", "certUtil", "CERTUTIL", "Certutil", "(sha1)", "(md5)", "(sha256)", "==== ", "NotBefore", "NotAfter", "X509", "X.509-Zertifikat",
  "PROP_ID(", "PROP\\_ID(", "Key Container", "container name", "Containername", "Provider", "KeySpec", "AT_KEYEXCHANGE", "AT_SIGNATURE", "XCN_AT_NONE",
  "CRYPT_", "NCRYPT_", " CSP", " KSP", "2.5.29.", "1.3.6.1.", "1.2.840.", "CertContext[", "CERT_TRUST_", "HCCE_", "stored keyset", "test passed", "test FAILED",
  "Could not verify certificate public key", "Nicht vor", "Nicht nach", "PKCS10 Certificate Request", "CA Version", "Public Key Length",
];

const DATE_LABEL = /^[\s>|%\u00A0]{0,80}(?:NotBefore|NotAfter|Nicht (?:vor|nach))[ \u00A0]?:/;

/** So many lines nobody knows may stand between two lines of one output; more means that it ended. */
const UNKNOWN_LINES = 10;
/** Lines before the first certain one that may belong to it: a heading, names, dates. */
const BEFORE_LINES = 60;

/** Characters of a line that are looked at. */
const LINE_HEAD = 600;

/** The lines of a text and their kinds. A large store prints a million lines: each is five bytes here, and its text is cut out when it is asked for. */
class Lines {
  readonly #text: string;
  readonly #starts: Uint32Array;
  readonly #kinds: Uint8Array;

  constructor(text: string) {
    this.#text = text;
    this.#starts = text === "" ? new Uint32Array() : findLineStarts(text);
    this.#kinds = Uint8Array.from(this.#starts, (start) => lineKinds.indexOf(kindOfLine(text.slice(start, nextLineEnd(text, start)))));
  }

  get length(): number {
    return this.#starts.length;
  }

  kind(index: number): LineKind | undefined {
    return lineKinds[this.#kinds[index] as number];
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return nextLineEnd(this.#text, this.start(index));
  }

  text(index: number): string {
    return this.#text.slice(this.start(index), Math.min(this.end(index), this.start(index) + LINE_HEAD));
  }

  /** Whether a line from `first` to `last` is as asked for. */
  some(first: number, last: number, is: (index: number) => boolean): boolean {
    for (let index = first; index <= last; index++) if (is(index)) return true;
    return false;
  }
}

/**
 * Finds the passages that certutil printed. A passage begins with a line only certutil prints (or the plain ones directly
 * before it, or the typed command) and ends with the final line of its command, or where another tool's text or prose begins.
 */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const lines = new Lines(layOutOf(source));
  const passages: Passage[] = [];
  let taken = 0;
  for (let index = 0; index < lines.length;) {
    if (!isCertain(lines.kind(index))) {
      index++;
      continue;
    }
    const first = firstLine(lines, index, taken);
    const last = lastLine(lines, index);
    const passage = passageOf(source, lines, first, last);
    if (passage !== null) passages.push(passage);
    index = last + 1;
    taken = index;
  }
  return mergeOverlaps(passages);
}

const isCertain = (kind: LineKind | undefined): boolean => kind === "command" || kind === "final" || kind === "start" || kind === "strong";
const belongs = (kind: LineKind | undefined): boolean => kind !== "foreign" && kind !== "other" && kind !== "blank" && kind !== "elision";

/** Goes back from a certain line over the plain ones directly before it. */
function firstLine(lines: Lines, certain: number, taken: number): number {
  let first = certain;
  if (lines.kind(certain) === "command") return first;
  for (let index = certain - 1; index >= Math.max(taken, certain - BEFORE_LINES); index--) {
    const kind = lines.kind(index);
    if (kind === "blank" || (kind === "elision" && index > taken)) continue;
    if (kind !== "known" && kind !== "member") break;
    first = index;
  }
  // Blank-separated members before the first label (a table, an address) are not certutil's.
  while (first < certain && lines.kind(first) === "member") first++;
  while (first < certain && !belongs(lines.kind(first))) first++;
  return first;
}

/** Goes on from a certain line to the last one that still belongs to the same output. */
function lastLine(lines: Lines, certain: number): number {
  let last = certain;
  let unknown = 0;
  let containers = 0;
  let banners = -1;
  let inBlock = false;
  for (let index = certain; index < lines.length; index++) {
    const kind = lines.kind(index);
    if (index > certain && kind === "command") return last;
    if (kind === "foreign") return last;
    if (kind === "final") return followingMessages(lines, index);
    if (kind === "blank") continue;
    if (kind === "other") {
      if (++unknown > UNKNOWN_LINES) return last;
      continue;
    }
    if (kind === "elision") {
      // A mark at the very end still says that the output was cut there.
      if (unknown === 0 && index === nextWritten(lines, last)) last = index;
      continue;
    }
    const text = lines.text(index).replace(LEADING, "");
    if (unknown > 0 && beginsAnother(kind, text, containers, banners)) return last;
    // The name of an extension is translated, so a line nobody knows is to be expected below its heading.
    if (kind === "member" && unknown > 0 && !(inBlock && unknown <= 2) && !leadsOn(lines, index)) continue;
    if (kind !== "member") inBlock = EXTENSION.test(text) || PROPERTY.test(text);
    const label = labelOf(splitLabel(text)?.label ?? "");
    if (label === "key-container") containers++;
    const banner = BANNER.exec(text);
    if (banner) {
      banners = Math.max(banners, Number(banner[2]));
      containers = 0;
    }
    last = index;
    unknown = 0;
  }
  return last;
}

/** After lines nobody knows, a heading or a second key shows that those lines were prose between two outputs. */
function beginsAnother(kind: LineKind | undefined, text: string, containers: number, banners: number): boolean {
  const banner = BANNER.exec(text);
  if (banner) return Number(banner[2]) <= banners;
  if (kind === "start" || BARE_STORE.test(text)) return true;
  return containers > 0 && labelOf(splitLabel(text)?.label ?? "") === "key-container";
}

/** A plain line after unknown ones counts only if something certain follows soon. */
function leadsOn(lines: Lines, from: number): boolean {
  for (let index = from + 1; index < Math.min(lines.length, from + 40); index++) {
    const kind = lines.kind(index);
    if (kind === "foreign" || kind === "command") return false;
    if (isCertain(kind) || kind === "known") return true;
  }
  return false;
}

function nextWritten(lines: Lines, from: number): number {
  let index = from + 1;
  while (index < lines.length && lines.kind(index) === "blank") index++;
  return index;
}

/** `CertUtil: Keyset does not exist` explains the final line before it. */
function followingMessages(lines: Lines, final: number): number {
  let last = final;
  for (let index = final + 1; index < lines.length && index <= final + 4; index++) {
    const kind = lines.kind(index);
    if (kind === "blank") continue;
    if (kind === "final" || !/^CertUtil:/i.test(lines.text(index).replace(LEADING, ""))) break;
    last = index;
  }
  return last;
}

/** Whole lines of the source around the lines of its copy; null when nothing in them is certain. */
function passageOf(source: SourceText, lines: Lines, first: number, last: number): Passage | null {
  if (!lines.some(first, last, (index) => lines.kind(index) !== "command" && lines.kind(index) !== "blank")) return null;
  // A date after `NotAfter:` alone may be any program's.
  if (!lines.some(first, last, (index) => lines.kind(index) !== "blank" && lines.kind(index) !== "other" && !DATE_LABEL.test(lines.text(index)))) return null;
  const start = source.lineStarts[lineIndexAt(source, lines.start(first))] as number;
  const end = nextLineEnd(source.text, lines.end(last));
  return { format: "certutil", section: sectionOf(lines, first, last), span: { source, start, end } };
}

function sectionOf(lines: Lines, first: number, last: number): string {
  const has = (pattern: RegExp): boolean => lines.some(first, last, (index) => pattern.test(lines.text(index)));
  if (has(/-scinfo\b|^[ \t]*--- \S+: /i)) return "scinfo";
  if (has(/certutil(?:\.exe)?[^\r\n]{0,100}[ ][-/]verify\b|CertUtil: -verify\b/i)) return "verify";
  if (has(/[ ][-/]dump\b|CertUtil: -dump\b/i)) return "dump";
  if (lines.some(first, last, (index) => lines.kind(index) === "start") || has(/[ ][-/](?:store|viewstore|verifystore)\b/i)) return "store";
  return "fragment";
}

/** Two outputs joined on one line are one passage. */
function mergeOverlaps(passages: readonly Passage[]): readonly Passage[] {
  const merged: Passage[] = [];
  for (const passage of passages) {
    const before = merged.at(-1);
    if (before !== undefined && passage.span.start < before.span.end) {
      merged[merged.length - 1] = { ...before, span: { ...before.span, end: Math.max(before.span.end, passage.span.end) } };
    } else merged.push(passage);
  }
  return merged;
}
