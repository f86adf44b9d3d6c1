import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["=\"Schannel\"", "='Schannel'", "Microsoft-Windows-CAPI2", "Microsoft-Windows-Schannel", "<CertGetCertificateChain", "<CertVerifyCertificateChainPolicy"];

const BEGIN = /<(Event|CertGetCertificateChain|CertVerifyCertificateChainPolicy)(?=[ \t\r\n>])/g;
/** Providers whose events bear on client certificates. */
const PROVIDER = /Name=["'](?:Schannel|Microsoft-Windows-(?:CAPI2|Schannel-Events))["']|<CertGetCertificateChain|<CertVerifyCertificateChainPolicy/;
/** Longest event that is looked at; a chain with all its policies takes some twenty thousand characters. */
const LONGEST = 200_000;

/** Claims events in XML of Schannel and of CAPI2, each from its first to its last tag; one that was cut ends before the next. */
export function claim(source: SourceText): readonly Passage[] {
  const { text } = source;
  if (!landmarks.some((landmark) => text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const begins = [...text.matchAll(BEGIN)];
  let taken = 0;
  for (const [index, begin] of begins.entries()) {
    if (begin.index < taken) continue;
    const name = begin[1] as string;
    // An event holds its CertGetCertificateChain; the next one of its own kind is another.
    const next = begins.slice(index + 1, index + 60).find((other) => other[1] === name || other[1] === "Event")?.index ?? text.length;
    const limit = Math.min(next, begin.index + LONGEST);
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

/** End of the last tag before an empty line. */
function endOfTags(text: string, from: number, limit: number): number {
  const part = text.slice(from, limit);
  const blank = part.search(/(?:\n|\r(?!\n))[ \t>|]{0,80}[\r\n]/);
  const shown = blank < 0 ? part : part.slice(0, blank);
  return from + Math.max(1, shown.lastIndexOf(">") + 1, shown.length > 0 && shown.indexOf(">") < 0 ? shown.length : 0);
}
