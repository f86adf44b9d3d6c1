import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { dash } from "../shared/tokens.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["BEGIN CERTIFICATE", "BEGIN X509", "BEGIN TRUSTED", "BEGIN PKCS", "BEGIN CMS", "PRIVATE KEY--", "BEGIN NEW CERT", "PUBLIC KEY--", "PARAMETERS--"];

/** Kinds of PEM that bear on certificates, by what stands behind BEGIN. */
export const pemLabel = "(?:(?:X509 |TRUSTED )?CERTIFICATE|PKCS ?#?7(?: SIGNED DATA)?|CMS|PKCS12|(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY|(?:NEW )?CERTIFICATE REQUEST|X509 CRL|(?:RSA )?PUBLIC KEY|EC PARAMETERS|DH PARAMETERS)";
const LEAD = "[ \\t\\u00A0\\u202F>|]{0,200}";
const TAIL = "[ \\t\\u00A0]{0,200}(?![^\\r\\n])";
const BEGIN = new RegExp(`^${LEAD}${dash}{2,7}BEGIN ${pemLabel}${dash}{2,7}${TAIL}`);
const END = new RegExp(`^${LEAD}${dash}{2,7}END ${pemLabel}${dash}{2,7}${TAIL}`);
/** A block that JSON or YAML holds on one line: line ends are `\n` there. */
export const inlineBlock = `-{5}BEGIN ${pemLabel}-{5}(?:\\\\[nr]|[A-Za-z0-9+/=]){40,200000}-{5}END ${pemLabel}-{5}`;
const INLINE = new RegExp(inlineBlock);
const BODY = new RegExp(`^${LEAD}(?:[A-Za-z0-9+/]{1,200000}={0,2}|(?:Proc-Type|DEK-Info|Comment|Content-Domain|X-[A-Za-z-]{1,40}): ?[^\\r\\n]{0,200})?${TAIL}`);

/** Lines of the largest block that is looked at. */
const LONGEST = 20_000;

/** Claims PEM blocks, each from its first to its last line; a block without its last line ends with its last line of base64. */
export function claim(source: SourceText): readonly Passage[] {
  if (!source.text.includes("BEGIN ")) return [];
  const passages: Passage[] = [];
  const lineAt = (index: number): string => {
    const { start, end } = lineSpan(source, index);
    return source.text.slice(start, end);
  };
  for (let index = 0; index < source.lineStarts.length; index++) {
    const line = lineAt(index);
    if (!line.includes("BEGIN ")) continue;
    const isBlock = BEGIN.test(line);
    if (!isBlock && !INLINE.test(line)) continue;
    const last = isBlock ? lastLine(lineAt, index, source.lineStarts.length) : index;
    passages.push({ format: "pem", section: "block", span: { source, start: source.lineStarts[index] as number, end: lineSpan(source, last).end } });
    index = last;
  }
  return passages;
}

function lastLine(lineAt: (index: number) => string, begin: number, count: number): number {
  let last = begin;
  for (let index = begin + 1; index < Math.min(count, begin + LONGEST); index++) {
    const line = lineAt(index);
    if (END.test(line)) return index;
    if (!BODY.test(line)) break;
    if (/\S/.test(line)) last = index;
  }
  return last;
}
