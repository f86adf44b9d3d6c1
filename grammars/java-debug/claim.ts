import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** One of these stands in the first line of every message. */
export const landmarks: readonly string[] = [
  "javax.net.ssl|", "\"CertificateRequest\": {", "\"Certificate\": {", "\"Certificates\": ", "*** CertificateRequest", "*** Certificate chain", "Cert Authorities:", "found key for : ",
];

const MARGIN = "^[> \\t\\u00A0]{0,40}";
const PREFIX = new RegExp(`${MARGIN}javax\\.net\\.ssl\\|[A-Z]{1,8}\\|[^\\r\\n]{0,240}?\\.java:\\d{1,6}\\|`);
/** A message quoted without the line that the logger puts before it. */
const BARE_MESSAGE = new RegExp(`${MARGIN}"(?:(?:CertificateRequest|Certificate)": \\{|Certificates": (?:\\[|<empty list>))[ \\t]{0,8}$`);
const OLD_HEADING = new RegExp(`${MARGIN}(?:\\*\\*\\* (?:CertificateRequest|Certificate chain|CertificateVerify|ClientHello, |ServerHello, |ServerHelloDone|HelloRequest|Finished)|Cert Authorities:|found key for : )`);
const OLD_LOOSE = new RegExp(`${MARGIN}(?:%% (?:No cached|Invalidated|Client cached|Cached|Initialized|Resuming|Negotiating|Try)|Cert Types: [A-Z]|Supported Signature Algorithms: |Warning: no suitable certificate found - continuing without|[\\w .#@|-]{1,60}, (?:RECV|SEND) [A-Za-z0-9.]{3,8} ALERT: )`);
const CLOSING = new RegExp(`${MARGIN}\\)[ \\t]{0,8}$`);
const OLD_CLOSING = new RegExp(`${MARGIN}\\*\\*\\*[ \\t]{0,8}$`);
const BLANK = new RegExp(`${MARGIN}$`);
const FENCE = new RegExp(`${MARGIN}(?:\`{3}|~{3})`);
const OPENS = /\([ \t]{0,8}$/;

/** Lines of the longest message worth reading: a chain of several certificates with all their extensions. */
const LONGEST_MESSAGE = 1200;

/** Claims lines of the log with the messages below them; what follows without a gap makes one passage. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const line = (index: number): string => {
    const span = lineSpan(source, index);
    return source.text.slice(span.start, span.end);
  };
  let last = -2;
  for (let index = 0; index < count; index++) {
    const end = endOfMessage(line, index, count);
    if (end === null) continue;
    const span = { source, start: source.lineStarts[index] as number, end: lineSpan(source, end).end };
    const before = passages.at(-1);
    if (last === index - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end: span.end } };
    else passages.push({ format: "java-debug", section: "messages", span });
    last = end;
    index = end;
  }
  return passages;
}

/** Index of the last line of the message that begins at a line; null where none begins. */
function endOfMessage(line: (index: number) => string, index: number, count: number): number | null {
  const first = line(index);
  if (PREFIX.test(first)) return OPENS.test(first) ? endOfBody(line, index, count) : index;
  if (BARE_MESSAGE.test(first)) return endOfBody(line, index, count);
  if (OLD_HEADING.test(first)) return endOfOldMessage(line, index, count);
  return OLD_LOOSE.test(first) ? index : null;
}

/** A message ends with a closing parenthesis of its own line; where that is cut off, before the next one, a fence or an empty line. */
function endOfBody(line: (index: number) => string, index: number, count: number): number {
  const limit = Math.min(count, index + LONGEST_MESSAGE);
  let gap: number | null = null;
  for (let at = index + 1; at < limit; at++) {
    const text = line(at);
    if (CLOSING.test(text)) return at;
    if (PREFIX.test(text) || FENCE.test(text) || BARE_MESSAGE.test(text)) {
      // An object may hold another of the same name only below its own heading.
      if (at === index + 1 && BARE_MESSAGE.test(text)) continue;
      return gap ?? at - 1;
    }
    if (gap === null && BLANK.test(text) && !CLOSING.test(at + 1 < count ? line(at + 1) : "")) return at - 1;
    if (BLANK.test(text)) gap = at - 1;
  }
  return gap ?? limit - 1;
}

/** The old form closes messages with asterisks; certificates inside have empty lines. Without an end a message is its first paragraph. */
function endOfOldMessage(line: (index: number) => string, index: number, count: number): number {
  const limit = Math.min(count, index + LONGEST_MESSAGE);
  let paragraph: number | null = null;
  for (let at = index + 1; at < limit; at++) {
    const text = line(at);
    if (OLD_CLOSING.test(text)) return at;
    if (OLD_HEADING.test(text) && !text.includes("Cert Authorities:")) return paragraph ?? at - 1;
    if (FENCE.test(text)) return paragraph ?? at - 1;
    if (paragraph === null && BLANK.test(text)) paragraph = at - 1;
  }
  return paragraph ?? limit - 1;
}
