import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import * as p from "./patterns.ts";

export const landmarks: readonly string[] = [
  "certificate(s) to server", "Server's trusted authorities:", "Server has requested a certificate", "did not send us any trusted authorities", "Got a certificate list of", "Handshake was completed", "Peer requested CA: ",
];

const MARGIN = "^(?:[ \\t\\u00A0]{0,12}(?:> ?){0,4})";
const STRONG = new RegExp(`${MARGIN}(?:${[p.authoritiesHeading, p.noAuthorities, p.sent, p.requested, p.notSent, p.certificateInfo, p.description, p.completed, p.peerRequested, p.resolving].join("|")}`
  + "|- Got a certificate list of |Processed \\d{1,6} (?:CA certificate|client X\\.509))");
const KNOWN = new RegExp(`${MARGIN}(?:${[p.command, p.otherNotes, p.status, p.version, p.rehandshake, p.received, p.alert, p.debugLine].join("|")})|\\*\\*\\* (?:Fatal error|Received alert)`);
const STATUS_LINE = new RegExp(`${MARGIN}HTTP/[0-9](?:\\.[0-9])? [1-5]\\d\\d\\b`);

/** Lines that certificates printed in full, with their PEM, stand between two others; and lines of other words that may. */
const CERTIFICATE_LINES = 400;
const OTHER_LINES = 15;
/** Lines after the handshake in which an answer of the server is this run's. */
const ANSWER_LINES = 40;

/** Claims a run from its first line to its last, with the certificates printed inside it. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const passages: Passage[] = [];
  let strong = false;
  let first = -1;
  let last = -1;
  let reach = 0;
  let answers = -1;
  const close = (): void => {
    if (first >= 0 && strong) passages.push({ format: "gnutls-cli", section: "transcript", span: { source, start: source.lineStarts[first] as number, end: lineSpan(source, last).end } });
    first = -1;
    strong = false;
    answers = -1;
  };
  for (let index = 0; index < source.lineStarts.length; index++) {
    const span = lineSpan(source, index);
    const text = source.text.slice(span.start, Math.min(span.end, span.start + 2000));
    const isStrong = STRONG.test(text);
    const ours = isStrong || KNOWN.test(text) || (answers >= index && STATUS_LINE.test(text));
    if (!ours) continue;
    if (first >= 0 && index - last > reach) close();
    if (first < 0) first = index;
    strong ||= isStrong;
    last = index;
    reach = /- Certificate\[\d{1,3}\] info:/.test(text) ? CERTIFICATE_LINES : OTHER_LINES;
    if (text.includes("Handshake was completed")) answers = index + ANSWER_LINES;
  }
  close();
  return passages;
}
