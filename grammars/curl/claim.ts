import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import * as p from "./patterns.ts";

/** Every transcript holds one of these. */
export const landmarks: readonly string[] = ["(IN), TLS ", "(OUT), TLS ", "SSL connection using ", "schannel: "];

const MARGIN = "^[>| \\t\\u00A0]{0,12}";
/** curl's progress meter ends without a line end. */
const INFO = `(?:${MARGIN}|[-:0-9]{8} {1,8}\\d{1,6})${p.infoMark}`;
const STRONG = new RegExp(`${INFO}(?:${p.message}|${p.connectionUsing}|${p.schannel})`);
const WEAK = new RegExp(`${INFO}(?:${p.trying}|${p.connectedTo}|${p.otherInfo}|${p.alertError})|${MARGIN}(?:${p.requestLine}|${p.statusLine}|${p.header}|${p.dataLine}|${p.alertError}|${p.command})`);
const OTHER_HEADER = new RegExp(`${MARGIN}${p.otherHeader}`);

/** Lines of headers and other words between two that surely are curl's. */
const REACH = 60;

/** Claims what curl prints about the connection; what it cannot share with other programs shows where to look for the rest. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const count = source.lineStarts.length;
  const kinds = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const span = lineSpan(source, index);
    const text = source.text.slice(span.start, Math.min(span.end, span.start + 4000));
    kinds[index] = STRONG.test(text) ? 3 : WEAK.test(text) ? 2 : OTHER_HEADER.test(text) ? 1 : 0;
  }
  const near = new Uint8Array(count);
  for (let index = 0, left = 0; index < count; index++) {
    left = kinds[index] === 3 || (kinds[index] === 2 && left > 0) ? REACH : left - 1;
    if (left > 0) near[index] = 1;
  }
  for (let index = count - 1, left = 0; index >= 0; index--) {
    left = kinds[index] === 3 || (kinds[index] === 2 && left > 0) ? REACH : left - 1;
    if (left > 0) near[index] = 1;
  }
  const passages: Passage[] = [];
  let last = -2;
  for (let index = 0; index < count; index++) {
    const kind = kinds[index] as number;
    // A header is curl's only next to another line of the same exchange.
    const claimed = kind === 3 || (kind === 2 && near[index] === 1) || (kind === 1 && last === index - 1);
    if (!claimed) continue;
    const end = lineSpan(source, index).end;
    const before = passages.at(-1);
    if (last === index - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end } };
    else passages.push({ format: "curl", section: "transcript", span: { source, start: source.lineStarts[index] as number, end } });
    last = index;
  }
  return passages;
}
