import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import * as p from "./patterns.ts";

export const landmarks: readonly string[] = [
  "Record Layer: ", "Handshake Protocol: ", "Client Hello", "Server Hello",
  "Certificate Request", "Client Key Exchange", "Alert (Level: ",
];

const MARGIN = "^[ \\t\\u00A0>]{0,200}";
const ROW = new RegExp(`${MARGIN}${p.row}`);
const STRONG = new RegExp(`${MARGIN}(?:${p.record}|${p.handshake})`);
/** Where the text of a packet may begin. */
const HEADING = new RegExp(`${MARGIN}(?:${p.frame}|${p.network}|${p.transport}|${p.record}|${p.handshake}|Ethernet II, |(?:Transport Layer Security|Secure Sockets Layer)[ \\t]{0,4}$)`);
const BLANK = new RegExp(`${MARGIN}$`);

/** Claims lines of the packet list one by one, and the fields of a packet from its heading to the next empty line when a TLS record is among them. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  let first = -1;
  let strong = false;
  const push = (from: number, to: number): void => {
    passages.push({ format: "wireshark", section: "packet", span: { source, start: source.lineStarts[from] as number, end: lineSpan(source, to).end } });
  };
  for (let index = 0; index <= count; index++) {
    const span = index === count ? null : lineSpan(source, index);
    const text = span === null ? "" : source.text.slice(span.start, Math.min(span.end, span.start + 600));
    const isRow = ROW.test(text);
    if (first >= 0 && (isRow || BLANK.test(text))) {
      if (strong) push(first, index - 1);
      first = -1;
      strong = false;
    }
    if (isRow) push(index, index);
    else if (first < 0 && HEADING.test(text)) first = index;
    strong ||= first >= 0 && STRONG.test(text);
  }
  return passages;
}
