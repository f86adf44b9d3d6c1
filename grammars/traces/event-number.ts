import { lineIndexAt, lineSpan, type SourceText, textOf } from "../../src/text/source-text.ts";
import { startOfLine } from "../shared/span.ts";
import { namedEventId } from "./patterns.ts";

const NAMED = new RegExp(namedEventId, "iy");
/** The line of a record that names its source. */
const OF_SCHANNEL = /(?<![A-Za-z])Schannel(?![A-Za-z])/i;
/** What ends a record: an empty line, or one of brackets. */
const END_OF_RECORD = /^[> \t\u00A0{}[\],;-]{0,80}$/;
/** What `Get-WinEvent` prints above its table. */
const HEADING = /ProviderName[ \t]?:[ \t]{1,4}(?:Microsoft-Windows-)?(\w{1,80})/i;
const LINES_OF_RECORD = 14;
const LINES_OF_TABLE = 200;
const LONGEST = 400;

/** Whether the number at this place is named as that of an event by nothing in its line, and stands in no record or table of Schannel. */
export function isOtherNumber(source: SourceText, offset: number): boolean {
  const index = lineIndexAt(source, offset);
  const line = lineSpan(source, index);
  NAMED.lastIndex = offset - line.start;
  return !NAMED.test(textOf(line)) && !isInRecord(source, index) && !isInTable(source, index);
}

function isInRecord(source: SourceText, index: number): boolean {
  return [-1, 1].some((step) => {
    for (let away = 1; away <= LINES_OF_RECORD; away++) {
      const at = index + step * away;
      const text = at < 0 || at >= source.lineStarts.length ? "" : startOfLine(source, at, LONGEST);
      if (END_OF_RECORD.test(text)) return false;
      if (OF_SCHANNEL.test(text)) return true;
    }
    return false;
  });
}

function isInTable(source: SourceText, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - LINES_OF_TABLE); at--) {
    const heading = HEADING.exec(startOfLine(source, at, LONGEST));
    if (heading !== null) return heading[1]?.toLowerCase() === "schannel";
  }
  return false;
}
