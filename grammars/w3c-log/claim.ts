import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["#Fields:"];

const LEAD = "[ \\t\\u00A0>|]{0,80}";
/** `#Fields: date time … sc-status …`: other programs write logs of this kind that hold no status. */
const FIELDS = new RegExp(`^${LEAD}#Fields:[^\\r\\n]{1,2000}\\bsc-status\\b`);
const DIRECTIVE = new RegExp(`^${LEAD}#(?:Software|Version|Date|Start-Date|End-Date|Remark|Fields):`);
const BLANK = new RegExp(`^${LEAD}$`);
const LEADING = new RegExp(`^${LEAD}`);

/** Claims logs with their directives: from the first `#…:` line before the names of the fields to the last row that fits them. */
export function claim(source: SourceText): readonly Passage[] {
  if (!source.text.includes("#Fields:")) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const lineAt = (index: number): string => {
    const { start, end } = lineSpan(source, index);
    return source.text.slice(start, end);
  };
  for (let index = 0; index < count; index++) {
    if (!FIELDS.test(lineAt(index))) continue;
    let first = index;
    while (first > 0 && DIRECTIVE.test(lineAt(first - 1)) && !passages.some((passage) => passage.span.end >= lineSpan(source, first - 1).start)) first--;
    let width = columns(lineAt(index)) - 1;
    let last = index;
    for (let row = index + 1; row < count; row++) {
      const line = lineAt(row);
      if (BLANK.test(line)) continue;
      if (FIELDS.test(line)) width = columns(line) - 1;
      else if (!DIRECTIVE.test(line) && columns(line) !== width) break;
      last = row;
    }
    passages.push({ format: "w3c-log", section: "log", span: { source, start: source.lineStarts[first] as number, end: lineSpan(source, last).end } });
    index = last;
  }
  return passages;
}

function columns(line: string): number {
  return line.replace(LEADING, "").split(/[ \t\u00A0]{1,20}/).filter((part) => part !== "").length;
}
