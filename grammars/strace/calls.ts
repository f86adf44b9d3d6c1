import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import { prefixShape, readPrefix, timeOfPrefix, idNumber, type PrefixShape } from "./prefix.ts";

/** A line of a call: where its text begins after the prefix, and where it ends. */
export interface CallLine {
  /** Index of the line in the source, from 0. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** One call of CertSelectCertificateChains, found by plain search; the grammar reads its lines. */
export interface SelectionCall {
  /** First and last line in the source. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly lines: readonly CallLine[];
  readonly process: number | null;
  readonly thread: number | null;
  readonly time: string | null;
}

/** The text that announces a call. */
export const anchor = "CertSelectCertificateChains";

/** How far after the announcement its first parameters stand; payload that merely mentions the call lacks them. */
const parametersWithin = 20;

/** A list of issuers is cut by Windows at 16 KB; a call of more lines than this is a log whose end of the call is lost. */
const longestCall = 4000;

/** The calls that begin in the lines `from` to `to` of a source, in order of their first line. */
export function findCalls(source: SourceText, from = 0, to = source.lineStarts.length - 1): readonly SelectionCall[] {
  const calls: SelectionCall[] = [];
  const anchors = findAnchors(source, from, to);
  for (let at = 0; at < anchors.length; at++) {
    const call = followCall(source, anchors, at, to);
    if (call !== null) calls.push(call);
  }
  return calls;
}

interface Anchor {
  readonly line: number;
  readonly shape: PrefixShape;
  readonly thread: string | null;
  readonly process: string | null;
  readonly time: string | null;
}

function findAnchors(source: SourceText, from: number, to: number): readonly Anchor[] {
  const anchors: Anchor[] = [];
  const begin = source.lineStarts[from] ?? 0;
  // The slice keeps the search from running on to the end of a large log.
  const stretch = source.text.slice(begin, lineSpan(source, to).end);
  for (let found = stretch.indexOf(anchor); found >= 0; found = stretch.indexOf(anchor, found + anchor.length)) {
    const at = begin + found;
    const line = lineIndexAt(source, at);
    const span = lineSpan(source, line);
    if (!/^[ \t\u00A0]{1,5}called[ \t\u00A0.:]{0,20}(?:$|[</(\u2190-])/.test(source.text.slice(at + anchor.length, Math.min(span.end, at + 300)))) continue;
    const text = source.text.slice(span.start, span.end);
    const prefix = text.slice(0, at - span.start);
    const shape = prefixShape(prefix, siblings(source, line + 1, Math.min(to, line + 12)));
    if (shape === null) continue;
    const { thread, process } = readPrefix(text, shape);
    anchors.push({ line, shape, thread, process, time: timeOfPrefix(prefix) });
  }
  return anchors;
}

/** The next few lines that are not blank. */
function siblings(source: SourceText, from: number, to: number): readonly string[] {
  const found: string[] = [];
  for (let line = from; line <= to && found.length < 6; line++) {
    const span = lineSpan(source, line);
    const text = source.text.slice(span.start, Math.min(span.end, span.start + 200));
    if (text.trim() !== "") found.push(text);
  }
  return found;
}

/** A trace line of any call: `recv() called`, `send() exited with value : 48`, `recv() failed / socket = ...`. */
const traceLine = /^([A-Za-z_][A-Za-z0-9_:]{1,80})(?:\(\))?[ \t\u00A0]{1,5}(called|exited with value|failed)(?![A-Za-z])/;

/** Lines that belong to a selection call, by their beginning. */
const ownLine = new RegExp(
  "^(?:dwFlags|cCriteria|fCritical|pszObjId|Value|Number of issuer|Number of certificates matching|=+[ \\t]|=*[ \\t]*CERT_|[0-2](?:\\.[0-9]+){3}"
    + "|(?:OID\\.)?[0-9]+(?:\\.[0-9]+)+=|(?:C|CN|O|OU|DC|L|S|ST|E|T|G|I|SN|UID|STREET|SERIALNUMBER)[ ]?=|\u2026|\\.\\.\\.|\\[|<snip)",
);

/**
 * The lines of one call: those of its thread, up to the line that says it exited. Without that line (a cut log) it ends
 * where another call begins, and what follows its last known line is left to others.
 */
function followCall(source: SourceText, anchors: readonly Anchor[], which: number, to: number): SelectionCall | null {
  const { line: first, shape, thread, process, time } = anchors[which] as Anchor;
  const nextAnchor = nextOfThread(anchors, which);
  const lines: CallLine[] = [];
  const bodies: string[] = [];
  let exit = -1;
  let running = true;
  for (let index = first; index <= to && index < nextAnchor && index - first < longestCall; index++) {
    const span = lineSpan(source, index);
    const text = source.text.slice(span.start, span.end);
    const prefix = readPrefix(text, shape);
    if (prefix.thread !== null) running = prefix.thread === thread;
    if (!running) continue;
    const start = span.start + prefix.length;
    lines.push({ index, start, end: span.end });
    bodies.push(source.text.slice(start, span.end));
    const body = bodies.at(-1) as string;
    if (lines.length === parametersWithin * 4 && !bodies.some(isParameter)) return null;
    if (body.startsWith(anchor) && traceLine.exec(body)?.[2] === "exited with value") {
      exit = lines.length - 1;
      break;
    }
  }
  const kept = exit >= 0 ? withoutForeign(lines.slice(0, exit + 1), bodies) : cutOff(lines, bodies);
  if (!kept.slice(1, parametersWithin + 1).some((line) => isParameter(source.text.slice(line.start, line.end)))) return null;
  return {
    firstLine: first, lastLine: (kept.at(-1) as CallLine).index, lines: kept,
    process: idNumber(process), thread: idNumber(thread), time,
  };
}

function isParameter(body: string): boolean {
  return /^(?:dwFlags|cCriteria)[ \t\u00A0]{0,20}[:=\uFF1A]/.test(body);
}

/** Line of the next announcement of the same thread, or of an unknown one. */
function nextOfThread(anchors: readonly Anchor[], which: number): number {
  const { line, thread } = anchors[which] as Anchor;
  for (let at = which + 1; at < anchors.length; at++) {
    const other = anchors[at] as Anchor;
    if (other.line - line > longestCall) break;
    if (thread === null || other.thread === null || other.thread === thread) return other.line;
  }
  return Number.POSITIVE_INFINITY;
}

/** Without the trace of other calls that ran meanwhile: from `X called` to `X exited`, or the line alone. */
function withoutForeign(lines: readonly CallLine[], bodies: readonly string[]): readonly CallLine[] {
  const lastExit = new Map<string, number>();
  for (let at = 1; at < lines.length - 1; at++) {
    const match = traceLine.exec(bodies[at] as string);
    if (match !== null && match[2] === "exited with value") lastExit.set(match[1] as string, at);
  }
  const kept: CallLine[] = [];
  let until = "";
  for (let at = 0; at < lines.length; at++) {
    const match = at === 0 || at === lines.length - 1 ? null : traceLine.exec(bodies[at] as string);
    if (until !== "") {
      if (match !== null && match[1] === until && match[2] === "exited with value") until = "";
      continue;
    }
    if (match === null) kept.push(lines[at] as CallLine);
    else if (match[2] === "called" && (lastExit.get(match[1] as string) ?? -1) > at) until = match[1] as string;
  }
  return kept;
}

function cutOff(lines: readonly CallLine[], bodies: readonly string[]): readonly CallLine[] {
  let end = 1;
  let unknown = 0;
  for (let at = 1; at < lines.length; at++) {
    const body = bodies[at] as string;
    if (traceLine.test(body)) break;
    if (body.trim() === "") continue;
    unknown = ownLine.test(body) ? 0 : unknown + 1;
    // A wrapped name or a line of an unknown criterion may stand between known lines; more than that is other text.
    if (unknown > 3) break;
    if (unknown === 0) end = at + 1;
  }
  return lines.slice(0, end);
}
