import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { certificateFileOk, chainLine, errorLine, failedLine, lead, okLine, subjectLine } from "./patterns.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["depth lookup:", ": verification failed", ".pem: OK", ".crt: OK", ".cer: OK", ".cert: OK", ".der: OK", "openssl verify"];

const line = (source: string): RegExp => new RegExp(`^${lead}(?:${source})`);
const ERROR = line(errorLine);
const FAILED = line(failedLine);
const OK = line(okLine);
const NAMED_OK = line(certificateFileOk);
const CHAIN = line(chainLine);
const SUBJECT = line(subjectLine);
const COMMAND = /openssl(?:\.exe)?["']? {1,4}verify(?= |$)/i;
const MAY_CARRY = / depth lookup:|: verification failed|: OK(?![^ \t\u00A0\r\n])/g;

/** Claims errors with the subject above them, outcomes, and the chain below an outcome. */
export function claim(source: SourceText): readonly Passage[] {
  const { text, lineStarts } = source;
  const passages: Passage[] = [];
  const lineAt = (index: number): string => {
    if (index < 0 || index >= lineStarts.length) return "";
    const { start, end } = lineSpan(source, index);
    return text.slice(start, Math.min(end, start + 2400));
  };
  let taken = 0;
  for (const hit of text.matchAll(MAY_CARRY)) {
    const index = lineIndexAt(source, hit.index);
    if (index < taken) continue;
    const shown = lineAt(index);
    const isOutcome = FAILED.test(shown) && (/^[ \t\u00A0>|]{0,40}error /.test(shown) || ERROR.test(lineAt(index - 1)));
    const isOk = !isOutcome && OK.test(shown) && (NAMED_OK.test(shown) || isBeside(lineAt, index));
    if (!ERROR.test(shown) && !isOutcome && !isOk) continue;
    const before = passages.at(-1);
    const follows = before !== undefined && taken === index;
    let first = index;
    const above = lineAt(index - 1);
    if (ERROR.test(shown) && index - 1 >= taken && SUBJECT.test(above) && !ERROR.test(above) && !OK.test(above)) first = index - 1;
    let last = index;
    if (isOk && /^[ \t>|]{0,40}Chain:/.test(lineAt(index + 1))) {
      last = index + 1;
      while (CHAIN.test(lineAt(last + 1)) && last - index < 100) last++;
    }
    const end = lineSpan(source, last).end;
    const continues = before !== undefined && (follows || first === taken) && isOpen(lineAt, first - 1);
    if (continues) passages[passages.length - 1] = { ...before, span: { ...before.span, end } };
    else passages.push({ format: "openssl-verify", section: "result", span: { source, start: lineStarts[first] as number, end } });
    taken = last + 1;
  }
  return passages;
}

type LineAt = (index: number) => string;

/** The line is no outcome: what follows belongs to the same certificate. */
function isOpen(lineAt: LineAt, index: number): boolean {
  return !FAILED.test(lineAt(index)) && !OK.test(lineAt(index)) && !CHAIN.test(lineAt(index));
}

/** The typed command stands up to three lines above, an error directly above, or a chain below. */
function isBeside(lineAt: LineAt, index: number): boolean {
  return [1, 2, 3].some((step) => COMMAND.test(lineAt(index - step))) || ERROR.test(lineAt(index - 1)) || CHAIN.test(lineAt(index + 2));
}
