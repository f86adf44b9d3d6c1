import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["=\"Schannel\"", "='Schannel'", "Microsoft-Windows-CAPI2", "Microsoft-Windows-Schannel", "<CertGetCertificateChain", "<CertVerifyCertificateChainPolicy", "<failedRequest"];

const BEGIN = /<(failedRequest|Event|CertGetCertificateChain|CertVerifyCertificateChainPolicy)(?=[ \t\r\n>])/g;
/** Providers whose events bear on client certificates. */
const PROVIDER = /Name=["'](?:Schannel|Microsoft-Windows-(?:CAPI2|Schannel-Events))["']|<CertGetCertificateChain|<CertVerifyCertificateChainPolicy|<failedRequest/;
/** Longest event that is looked at: a chain with all its policies takes some twenty thousand characters, the trace of a request a million. */
const LONGEST = 200_000;
const LONGEST_REQUEST = 2_000_000;

/** Claims events in XML of Schannel and of CAPI2 and traces of failed requests of IIS, each from its first to its last tag; one that was cut ends before the next. */
export function claim(source: SourceText): readonly Passage[] {
  const { text } = source;
  if (!landmarks.some((landmark) => text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const begins = [...text.matchAll(BEGIN)];
  const nexts = nextOnes(begins, text.length);
  let taken = 0;
  for (const [index, begin] of begins.entries()) {
    if (begin.index < taken) continue;
    const name = begin[1] as string;
    const limit = Math.min(nexts[index] as number, begin.index + (name === "failedRequest" ? LONGEST_REQUEST : LONGEST));
    const close = text.slice(begin.index, limit).indexOf(`</${name}>`);
    const end = close >= 0 ? begin.index + close + name.length + 3 : endOfTags(text, begin.index, limit);
    taken = end;
    if (!PROVIDER.test(text.slice(begin.index, end))) continue;
    const first = lineIndexAt(source, begin.index);
    const last = lineIndexAt(source, end - 1);
    const start = source.lineStarts[first] as number;
    const before = passages.at(-1);
    if (before !== undefined && before.span.end >= start) passages[passages.length - 1] = { ...before, span: { ...before.span, end: lineSpan(source, last).end } };
    else passages.push({ format: "windows-event", section: "event", span: { source, start, end: lineSpan(source, last).end } });
  }
  return passages;
}

/** Where the next element begins that is not inside each: a request holds its events, an event its CertGetCertificateChain. */
function nextOnes(begins: readonly RegExpMatchArray[], end: number): readonly number[] {
  const nearest = new Map<string, number>();
  return [...begins].reverse().map((begin) => {
    const name = begin[1] as string;
    const outer = name === "failedRequest" ? ["failedRequest"] : [name, "Event", "failedRequest"];
    const next = Math.min(end, ...outer.map((other) => nearest.get(other) ?? end));
    nearest.set(name, begin.index ?? end);
    return next;
  }).reverse();
}

/** End of the last tag before an empty line. */
function endOfTags(text: string, from: number, limit: number): number {
  const part = text.slice(from, limit);
  const blank = part.search(/(?:\n|\r(?!\n))[ \t>|]{0,80}[\r\n]/);
  const shown = blank < 0 ? part : part.slice(0, blank);
  return from + Math.max(1, shown.lastIndexOf(">") + 1, shown.length > 0 && shown.indexOf(">") < 0 ? shown.length : 0);
}
