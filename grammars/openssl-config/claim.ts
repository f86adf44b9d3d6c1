import { lineSpan, lineIndexAt, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { cutName, directive, lineStart, name, nameOfDirective } from "./names.ts";

export const landmarks: readonly string[] = ["SignatureA", "client_sigalgs", "sigalgs", "MinProtocol", "MaxProtocol"];

const SETTING = new RegExp(`^${lineStart}(?:${directive}${nameOfDirective}|${name}|${cutName})`, "i");
const MAY_CARRY = /SignatureA|sigalgs|(?:Min|Max)Protocol/gi;

/** Claims the lines that set one of the settings; neighbouring ones make one passage. */
export function claim(source: SourceText): readonly Passage[] {
  const passages: Passage[] = [];
  let last = -2;
  for (const hit of source.text.matchAll(MAY_CARRY)) {
    const index = lineIndexAt(source, hit.index);
    if (index === last) continue;
    const span = lineSpan(source, index);
    if (!SETTING.test(source.text.slice(span.start, span.end))) continue;
    const before = passages.at(-1);
    if (last === index - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end: span.end } };
    else passages.push({ format: "openssl-config", section: "settings", span });
    last = index;
  }
  return passages;
}
