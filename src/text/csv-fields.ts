import type { Edit } from "./edits.ts";

/** So many line ends, printed or escaped, within one field show that it holds a text. */
const LEAST_LINE_ENDS = 3;
const OPENING = /(?<=^|[\r\n,;\t])"(?!")/g;

/** A field of CSV (RFC 4180) that holds a text of several lines: quotation marks around it, and two for each one inside. */
export function undoCsvFields(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    const inside: Edit[] = [];
    let at = match.index + 1;
    let lineEnds = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        if (text.charCodeAt(at + 1) !== 34) break;
        inside.push({ start: at, end: at + 2, by: "\"" });
        at++;
      } else if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10) || (code === 92 && text.charCodeAt(at + 1) === 110)) lineEnds++;
    }
    OPENING.lastIndex = at + 1;
    if (at >= text.length || lineEnds < LEAST_LINE_ENDS || !/^(?:[\r\n,;\t]|$)/.test(text.slice(at + 1, at + 2))) continue;
    edits.push({ start: match.index, end: match.index + 1, by: "\n" }, ...inside, { start: at, end: at + 1, by: "\n" });
  }
  return edits;
}
