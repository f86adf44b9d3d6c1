import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { accountLine, entry, identityLabel, keyFile, lead, processModel, rule, serviceLabel, sidRow, whoami } from "./patterns.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["whoami", "WHOAMI", "MachineKeys", "Crypto\\Keys", "SERVICE_START_NAME", "StartName", "identityType=", "IIS APPPOOL\\", "NT SERVICE\\", ":(F)", ":(R)", ":(I)(F)"];

const at = (source: string, end = ""): RegExp => new RegExp(`^${lead}(?:${source})${end}`, "i");
const FIRST_RIGHTS = at(`${keyFile}[ \\t\\u00A0]{1,4}${entry}`);
// Under the first account, as far right as the path before it is long.
const NEXT_RIGHTS = new RegExp(`^[ \\t\\u00A0>|]{0,330}${entry}`, "i");
const WHOAMI = at(whoami);
const ACCOUNT = at(accountLine);
const ROW = at(sidRow);
const RULE = at(rule);
const PROGRAM = new RegExp(`^${lead}(?:${serviceLabel}|${identityLabel})|^${lead}[^\\r\\n]{0,200}?${processModel}`, "i");
const PROMPT = /^[ \t\u00A0>|]{0,40}(?:PS )?[A-Z]:\\[^>\r\n]{0,150}>/i;
/** Two numbers and words: `Successfully processed 1 files; Failed processing 0 files`. */
export const summary = /^[^\d\\:()]{0,80}\d{1,7}[^\d\\:()]{2,80}\d{1,7}[^\d\\:()]{0,80}$/;
/** Lines of the tables of whoami: groups of a directory can be many. */
const LONGEST_TABLE = 400;

/** Claims rights of key files with their summary, typed whoami with its answer, and lines that name the account of a program. */
export function claim(source: SourceText): readonly Passage[] {
  const { text, lineStarts } = source;
  if (!/whoami|_[0-9a-f]{8}-[0-9a-f]{4}-|SERVICE_START_NAME|StartName|identityType=|IIS APPPOOL\\|NT SERVICE\\/i.test(text)) return [];
  const passages: Passage[] = [];
  const lineAt = (index: number): string => {
    if (index >= lineStarts.length) return "";
    const { start, end } = lineSpan(source, index);
    return end - start > 900 ? "" : text.slice(start, end);
  };
  const push = (section: string, first: number, last: number): void => {
    passages.push({ format: "key-rights", section, span: { source, start: lineStarts[first] as number, end: lineSpan(source, last).end } });
  };
  for (let index = 0; index < lineStarts.length; index++) {
    const line = lineAt(index);
    if (line.length < 6) continue;
    if (FIRST_RIGHTS.test(line)) {
      let last = index;
      while (NEXT_RIGHTS.test(lineAt(last + 1)) && !FIRST_RIGHTS.test(lineAt(last + 1))) last++;
      const below = [1, 2, 3].map((step) => last + step).find((next) => lineAt(next).replace(/[ \t\u00A0>|]/g, "") !== "");
      const isNext = below !== undefined && FIRST_RIGHTS.test(lineAt(below));
      if (below !== undefined && summary.test(lineAt(below))) last = below;
      // Where the next file follows, the list of this one is whole.
      push(isNext ? "whole-rights" : "rights", index, last);
      index = last;
    } else if (WHOAMI.test(line)) {
      const last = endOfAnswer(lineAt, index, lineStarts.length);
      if (last > index) push("whoami", index, last);
      index = Math.max(index, last);
    } else if (PROGRAM.test(line)) push("program", index, index);
  }
  return passages;
}

/** The last line of the answer to whoami: an account, or tables up to the next prompt. The typed line itself where no answer stands below it. */
function endOfAnswer(lineAt: (index: number) => string, typed: number, count: number): number {
  let last = typed;
  let between = 0;
  for (let index = typed + 1; index < Math.min(count, typed + LONGEST_TABLE) && between < 8; index++) {
    const line = lineAt(index);
    if (PROMPT.test(line) || WHOAMI.test(line)) break;
    const isPlain = last === typed && ACCOUNT.test(line);
    if (isPlain || ROW.test(line) || RULE.test(line)) {
      last = index;
      between = 0;
      if (isPlain && !/\//.test(lineAt(typed))) break;
    } else between++;
  }
  return last;
}
