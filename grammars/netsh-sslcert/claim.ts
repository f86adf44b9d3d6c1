import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/**
 * ASCII strings of which one stands in every passage: no word of the listing is the same in all languages, but every binding has empty rows or
 * belongs to IIS or to AD FS.
 */
export const landmarks: readonly string[] = [" : (null)", "4dc3e181-e14b-4a21-b022-59fc669b0914", "5d89a20c-beab-4389-9447-324788eb944a", "Application ID"];

/** A row: a label in any language, blanks, a colon, a value. The first row of a binding has colons inside its label. */
export const row = /^[ \t\u00A0>|]{0,80}(\S[^\r\n]{1,150}?)[ \t\u00A0]:[ \t\u00A0]{1,4}(\S[^\r\n]{0,300})$/;
const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|\(null\))[ \t]*$/i;
const APPLICATION = /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}[ \t]*$/i;
const ENDPOINT = /^(?:[^\s]{1,255}:)?\d{1,5}[ \t]*$/;
const RULE = /^[ \t\u00A0>|]{0,80}-{10,80}[ \t]*$/;

/**
 * Claims every binding that netsh lists, in any language: three rows whose values are an address with its port, a hash and an application id in
 * braces, and all rows below them up to a line that is none.
 */
export function claim(source: SourceText): readonly Passage[] {
  if (!source.text.includes(": {") && !source.text.includes(":\u00A0{")) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const lineAt = (index: number): string => {
    const { start, end } = lineSpan(source, index);
    return end - start > 600 ? "" : source.text.slice(start, end);
  };
  const valueAt = (index: number): string => (index < count ? row.exec(lineAt(index))?.[2] ?? "" : "");
  const begins = (index: number): boolean => APPLICATION.test(valueAt(index + 2)) && HASH.test(valueAt(index + 1)) && ENDPOINT.test(valueAt(index));
  for (let index = 0; index + 2 < count; index++) {
    if (!begins(index)) continue;
    let last = index + 2;
    while (valueAt(last + 1) !== "" && !begins(last + 1)) last++;
    const before = passages.at(-1);
    const gapIsBlank = before !== undefined && source.text.slice(before.span.end, source.lineStarts[index]).trim() === "";
    const end = lineSpan(source, last).end;
    if (before !== undefined && gapIsBlank) passages[passages.length - 1] = { ...before, span: { ...before.span, end } };
    else passages.push({ format: "netsh-sslcert", section: "bindings", span: { source, start: source.lineStarts[headingAbove(lineAt, index)] as number, end } });
    index = last;
  }
  return passages;
}

/** The title with the rule under it, above the first binding. */
function headingAbove(lineAt: (index: number) => string, first: number): number {
  let index = first - 1;
  while (index > 0 && first - index < 3 && lineAt(index).trim() === "") index--;
  return index > 0 && RULE.test(lineAt(index)) ? index - 1 : first;
}
