import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import * as p from "./patterns.ts";

/** Every transcript holds one of these. */
export const landmarks: readonly string[] = ["(IN), TLS ", "(OUT), TLS ", "SSL connection using ", "schannel: ", "curl: (", "unable to access 'http", "== Info: "];

const MARGIN = "^[>| \\t\\u00A0]{0,12}";
/** curl's progress meter ends without a line end. */
const INFO = `(?:${MARGIN}(?:${p.gitMark})?|[-:0-9]{8} {1,8}\\d{1,6})${p.infoMark}`;
const STRONG = new RegExp(`${INFO}(?:${p.message}|${p.connectionUsing}|${p.schannel})|${MARGIN}(?:${p.gitMark}(?:==|=>|<=) |fatal: unable to access 'https:[^'\\r\\n]{1,400}': gnutls_handshake)`);
const WEAK = new RegExp(`${INFO}(?:${p.trying}|${p.connectedTo}|${p.serverSubject}|${p.serverIssuer}|${p.otherInfo}|${p.alertError})`
  + `|${MARGIN}(?:${p.requestLine}|${p.statusLine}|${p.header}|${p.dataLine}|${p.alertError}|${p.command}|${p.gitCommand})`);
const FAILURE = new RegExp(`${MARGIN}${p.failure}`);
const OTHER_HEADER = new RegExp(`${MARGIN}(?:\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6} )?${p.otherHeader}`);
/** What git's curl says of other things, its errors among them, is left to the reader of loose lines. */
const LEFT = new RegExp(`${MARGIN}${p.gitMark}(?:== Info:(?![ \\t]{0,9}(?:${[p.message, p.connectionUsing, p.schannel, p.trying, p.connectedTo, p.serverSubject, p.serverIssuer, p.otherInfo, p.alertError].join("|")}))|<= Recv data)`);

/** Lines of headers and other words between two that surely are curl's. */
const REACH = 60;

/** How surely a line is curl's, and whether it shows that lines near it are. */
interface Kind {
  readonly claim: "no" | "next-to-others" | "near" | "sure";
  readonly anchors: boolean;
}

const KINDS = {
  left: { claim: "no", anchors: false }, failure: { claim: "no", anchors: true }, strong: { claim: "sure", anchors: true }, weak: { claim: "near", anchors: false },
  header: { claim: "next-to-others", anchors: false }, other: { claim: "no", anchors: false },
} as const satisfies Readonly<Record<string, Kind>>;

function kindOf(line: string): Kind {
  if (LEFT.test(line)) return KINDS.left;
  if (STRONG.test(line)) return KINDS.strong;
  if (WEAK.test(line)) return KINDS.weak;
  if (FAILURE.test(line)) return KINDS.failure;
  return OTHER_HEADER.test(line) ? KINDS.header : KINDS.other;
}

/** Claims what curl prints about the connection; what it cannot share with other programs shows where to look for the rest. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const kinds = Array.from(source.lineStarts, (_, index) => {
    const span = lineSpan(source, index);
    return kindOf(source.text.slice(span.start, Math.min(span.end, span.start + 4000)));
  });
  const near = nearAnchors(kinds);
  const passages: Passage[] = [];
  let last = -2;
  for (const [index, kind] of kinds.entries()) {
    // A header is curl's only next to another line of the same exchange.
    const claimed = kind.claim === "sure" || (kind.claim === "near" && near[index] === 1) || (kind.claim === "next-to-others" && last === index - 1);
    if (!claimed) continue;
    const end = lineSpan(source, index).end;
    const before = passages.at(-1);
    if (last === index - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end } };
    else passages.push({ format: "curl", section: "transcript", span: { source, start: source.lineStarts[index] as number, end } });
    last = index;
  }
  return passages;
}

/** Lines within reach of one that shows whose they are, over others that may be. */
function nearAnchors(kinds: readonly Kind[]): Uint8Array {
  const near = new Uint8Array(kinds.length);
  const walk = (order: Iterable<number>): void => {
    let left = 0;
    for (const index of order) {
      const kind = kinds[index] as Kind;
      left = kind.anchors || (kind.claim === "near" && left > 0) ? REACH : left - 1;
      if (left > 0) near[index] = 1;
    }
  };
  walk(kinds.keys());
  walk([...kinds.keys()].reverse());
  return near;
}
