import { type SourceText, lineIndexAt, nextLineEnd } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { labelOf } from "./labels/index.ts";
import { layOutOf } from "./layout.ts";
import { BANNER, BARE_STORE, EXTENSION, LEADING, PROPERTY, type LineKind, kindOfLine, splitLabel } from "./line-kind.ts";

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

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: LineKind;
}

/**
 * Finds the passages that certutil printed. A passage begins with a line only certutil prints (or the plain ones directly
 * before it, or the typed command) and ends with the final line of its command, or where another tool's text or prose begins.
 */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const lines = linesOf(layOutOf(source));
  const passages: Passage[] = [];
  let taken = 0;
  for (let index = 0; index < lines.length;) {
    if (!isCertain(lines[index] as Line)) {
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

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const end = nextLineEnd(text, start);
    const line = text.slice(start, end);
    lines.push({ start, end, text: line.length > 600 ? line.slice(0, 600) : line, kind: kindOfLine(line) });
    start = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }
  return lines;
}

const isCertain = (line: Line): boolean => line.kind === "command" || line.kind === "final" || line.kind === "start" || line.kind === "strong";
const belongs = (kind: LineKind): boolean => kind !== "foreign" && kind !== "other" && kind !== "blank" && kind !== "elision";

/** Goes back from a certain line over the plain ones directly before it. */
function firstLine(lines: readonly Line[], certain: number, taken: number): number {
  let first = certain;
  if (lines[certain]?.kind === "command") return first;
  for (let index = certain - 1; index >= Math.max(taken, certain - BEFORE_LINES); index--) {
    const kind = (lines[index] as Line).kind;
    if (kind === "blank" || (kind === "elision" && index > taken)) continue;
    if (kind !== "known" && kind !== "member") break;
    first = index;
  }
  // Blank-separated members before the first label (a table, an address) are not certutil's.
  while (first < certain && (lines[first] as Line).kind === "member") first++;
  while (first < certain && !belongs((lines[first] as Line).kind)) first++;
  return first;
}

/** Goes on from a certain line to the last one that still belongs to the same output. */
function lastLine(lines: readonly Line[], certain: number): number {
  let last = certain;
  let unknown = 0;
  let containers = 0;
  let banners = -1;
  let inBlock = false;
  for (let index = certain; index < lines.length; index++) {
    const line = lines[index] as Line;
    if (index > certain && line.kind === "command") return last;
    if (line.kind === "foreign") return last;
    if (line.kind === "final") return followingMessages(lines, index);
    if (line.kind === "blank") continue;
    if (line.kind === "other") {
      if (++unknown > UNKNOWN_LINES) return last;
      continue;
    }
    if (line.kind === "elision") {
      // A mark at the very end still says that the output was cut there.
      if (unknown === 0 && index === nextWritten(lines, last)) last = index;
      continue;
    }
    if (unknown > 0 && beginsAnother(line, containers, banners)) return last;
    // The name of an extension is translated, so a line nobody knows is to be expected below its heading.
    if (line.kind === "member" && unknown > 0 && !(inBlock && unknown <= 2) && !leadsOn(lines, index)) continue;
    if (line.kind !== "member") inBlock = EXTENSION.test(line.text.replace(LEADING, "")) || PROPERTY.test(line.text.replace(LEADING, ""));
    const label = labelOf(splitLabel(line.text.replace(LEADING, ""))?.label ?? "");
    if (label === "key-container") containers++;
    const banner = BANNER.exec(line.text.replace(LEADING, ""));
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
function beginsAnother(line: Line, containers: number, banners: number): boolean {
  const text = line.text.replace(LEADING, "");
  const banner = BANNER.exec(text);
  if (banner) return Number(banner[2]) <= banners;
  if (line.kind === "start" || BARE_STORE.test(text)) return true;
  return containers > 0 && labelOf(splitLabel(text)?.label ?? "") === "key-container";
}

/** A plain line after unknown ones counts only if something certain follows soon. */
function leadsOn(lines: readonly Line[], from: number): boolean {
  for (let index = from + 1; index < Math.min(lines.length, from + 40); index++) {
    const kind = (lines[index] as Line).kind;
    if (kind === "foreign" || kind === "command") return false;
    if (isCertain(lines[index] as Line) || kind === "known") return true;
  }
  return false;
}

function nextWritten(lines: readonly Line[], from: number): number {
  let index = from + 1;
  while (index < lines.length && (lines[index] as Line).kind === "blank") index++;
  return index;
}

/** `CertUtil: Keyset does not exist` explains the final line before it. */
function followingMessages(lines: readonly Line[], final: number): number {
  let last = final;
  for (let index = final + 1; index < lines.length && index <= final + 4; index++) {
    const line = lines[index] as Line;
    if (line.kind === "blank") continue;
    if (line.kind === "final" || !/^CertUtil:/i.test(line.text.replace(LEADING, ""))) break;
    last = index;
  }
  return last;
}

/** Whole lines of the source around the lines of its copy; null when nothing in them is certain. */
function passageOf(source: SourceText, lines: readonly Line[], first: number, last: number): Passage | null {
  const inside = lines.slice(first, last + 1);
  if (inside.every((line) => line.kind === "command" || line.kind === "blank")) return null;
  // A date after `NotAfter:` alone may be any program's.
  if (inside.filter((line) => line.kind !== "blank" && line.kind !== "other").every((line) => DATE_LABEL.test(line.text))) return null;
  const start = source.lineStarts[lineIndexAt(source, (lines[first] as Line).start)] as number;
  const end = nextLineEnd(source.text, (lines[last] as Line).end);
  return { format: "certutil", section: sectionOf(inside), span: { source, start, end } };
}

function sectionOf(lines: readonly Line[]): string {
  const has = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line.text));
  if (has(/-scinfo\b|^[ \t]*--- \S+: /i)) return "scinfo";
  if (has(/certutil(?:\.exe)?[^\r\n]{0,100}[ ][-/]verify\b|CertUtil: -verify\b/i)) return "verify";
  if (has(/[ ][-/]dump\b|CertUtil: -dump\b/i)) return "dump";
  if (lines.some((line) => line.kind === "start") || has(/[ ][-/](?:store|viewstore|verifystore)\b/i)) return "store";
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
