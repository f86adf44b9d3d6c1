import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";

/** A line of the log, beside selection calls, that bears on the handshake. `start` is after its prefix. */
export interface LogLine {
  readonly kind: "http-status" | "api-result";
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** What a log of API calls looks like; a mail or a transcript without such a line is none. */
const exited = "exited with value";

/** `X called`, `X exited with value`: the last of these before a line says what the line belongs to. */
const callWords = /([A-Za-z_][A-Za-z0-9_:]{1,80})(?:\(\))?[ \t\u00A0]{1,5}(called|exited with value|failed)(?![A-Za-z])/;

/** Calls whose dump is what this side sent. */
const sending = /^(?:send|WSASend|Encrypt|Seal|Write|SslWrite)/i;

/** How many lines a response may stand below the call that delivered it. */
const payloadWithin = 40;

/**
 * Status lines of decrypted responses and results of API calls that are errors, in order. `isTaken` says which lines belong to
 * selection calls. A status line counts only below the call that delivered it, so that a transcript of another tool that is
 * quoted beside a log is left to its own format.
 */
export function findLogLines(source: SourceText, isTaken: (line: number) => boolean, from = 0, to = source.lineStarts.length - 1): readonly LogLine[] {
  const start = source.lineStarts[from] ?? 0;
  const end = lineSpan(source, to).end;
  if (!source.text.includes(exited)) return [];
  const found: LogLine[] = [];
  for (const at of occurrences(source.text, exited, start, end)) {
    const value = /^exited with value[ \t\u00A0]{0,40}[:=\uFF1A][ \t\u00A0]{0,40}(?:0x([0-9A-Fa-f]{8})(?![0-9A-Fa-f])|(-[0-9]{10})(?![0-9]))/.exec(source.text.slice(at, at + 140));
    if (value === null || !isFailure(value[1], value[2])) continue;
    const line = lineIndexAt(source, at);
    if (isTaken(line)) continue;
    const span = lineSpan(source, line);
    const api = /[A-Za-z_][A-Za-z0-9_:]{1,80}(?:\(\))?[ \t\u00A0]{1,5}$/.exec(source.text.slice(Math.max(span.start, at - 120), at));
    if (api !== null) found.push({ kind: "api-result", index: line, start: at - api[0].length, end: span.end });
  }
  for (const at of occurrences(source.text, "HTTP/", start, end)) {
    if (!/^HTTP\/[0-9](?:\.[0-9])?[ \t]{1,3}[1-5][0-9]{2}(?![0-9.])/.test(source.text.slice(at, at + 24))) continue;
    const line = lineIndexAt(source, at);
    const span = lineSpan(source, line);
    if (isTaken(line) || !isPrefixText(source.text.slice(span.start, at)) || !isDelivered(source, line)) continue;
    found.push({ kind: "http-status", index: line, start: at, end: span.end });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** HRESULTs with the severity bit, in either notation; -1 of a socket call is none. */
function isFailure(hex: string | undefined, decimal: string | undefined): boolean {
  if (hex !== undefined) return Number.parseInt(hex, 16) >= 0x80000000 && hex.toLowerCase() !== "ffffffff";
  return decimal !== undefined && Number(decimal) >= -0x80000000 && Number(decimal) < -0x70000000;
}

/** A status line stands at the beginning of its line, after at most a time and numbers. */
function isPrefixText(before: string): boolean {
  return before.length <= 100 && !/[G-Zg-z"'`]/.test(before.replace(/\b(?:pid|tid|thread|process)\b/gi, ""));
}

/** True when the nearest trace line above announces a call that receives; its end would mean that the dump is over. */
function isDelivered(source: SourceText, line: number): boolean {
  for (let above = line - 1; above >= 0 && line - above <= payloadWithin; above--) {
    const span = lineSpan(source, above);
    const match = callWords.exec(source.text.slice(span.start, Math.min(span.end, span.start + 300)));
    if (match !== null) return match[2] === "called" && !sending.test(match[1] as string);
  }
  return false;
}

/** The header lines below a status line, up to the blank line that ends them or the next trace line: name, value and where the value stands. */
export function headersBelow(source: SourceText, statusLine: number): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  const headers: { name: string; start: number; end: number }[] = [];
  const last = Math.min(source.lineStarts.length - 1, statusLine + payloadWithin * 2);
  let blanks = 0;
  for (let index = statusLine + 1; index <= last; index++) {
    const span = lineSpan(source, index);
    const text = source.text.slice(span.start, Math.min(span.end, span.start + 400));
    if (text.trim() === "") {
      // A page may put a blank line after every line; two in a row end the headers in any case.
      blanks++;
      if (blanks > 1 || headers.length > 1) break;
      continue;
    }
    if (blanks > 0 && !/(?:^|[\s>|\])-])[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]/.test(text)) break;
    blanks = 0;
    if (callWords.test(text) || /HTTP\/[0-9]/.test(text)) break;
    const header = /(?:^|[\s>|\])-])(Date|Server):[ \t]{0,8}/.exec(text);
    if (header !== null) headers.push({ name: header[1] as string, start: span.start + header.index + header[0].length, end: span.end });
  }
  return headers;
}

/** Offsets of a text between two others; the slice keeps the search from running on to the end of a large log. */
function occurrences(text: string, part: string, start: number, end: number): readonly number[] {
  const found: number[] = [];
  const slice = text.slice(start, end);
  let at = slice.indexOf(part);
  while (at >= 0) {
    found.push(start + at);
    at = slice.indexOf(part, at + part.length);
  }
  return found;
}
