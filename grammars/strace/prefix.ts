/**
 * What a log prints before the text of a line: a time, a process, a thread, or nothing. No public log shows which, so the
 * shape is learnt from the line that announces a call and then taken off the other lines of the call.
 */
export interface PrefixShape {
  readonly parts: readonly Part[];
  /** Which of the runs of digits is the process and which the thread; -1 when there is none. */
  readonly processRun: number;
  readonly threadRun: number;
}

interface Part {
  readonly kind: "blank" | "digits" | "hex" | "word" | "mark" | "line number end";
  readonly text: string;
}

/** A prefix as one line prints it. */
export interface Prefix {
  /** Length of it, the blanks after it included. */
  readonly length: number;
  /** Digits as printed, upper case; null when the shape has no thread or the line does not have the shape. */
  readonly thread: string | null;
  readonly process: string | null;
  /** false: the line does not begin with a prefix of this shape. */
  readonly present: boolean;
}

/** Longer texts before a call are no prefix. */
const longestPrefix = 100;

const idWords = ["pid", "tid", "thread", "process", "proc", "am", "pm", "t", "z", "x", "utc"];

/**
 * The shape of the text before an announcement; null when it is no prefix but a sentence or markup. `siblings` are the
 * texts of a few lines that follow: unknown words are accepted when those lines begin with the same words.
 */
export function prefixShape(prefix: string, siblings: readonly string[]): PrefixShape | null {
  if (prefix.length > longestPrefix || /["'`\u2018-\u201D]|<\/?[A-Za-z]/.test(prefix)) return null;
  const shape = shapeOf(prefix);
  if (shape.parts.every((part) => part.kind !== "word" || idWords.includes(part.text.toLowerCase()))) return shape;
  const alike = siblings.filter((line) => readPrefix(line, shape).present).length;
  return siblings.length >= 2 && alike * 3 >= siblings.length * 2 ? shape : null;
}

function shapeOf(prefix: string): PrefixShape {
  const parts: Part[] = [];
  for (const [text] of prefix.matchAll(/[ \t\u00A0]{1,100}|[0-9A-Za-z]{1,100}|[^0-9A-Za-z \t\u00A0]/g)) {
    const kind =
      /^[ \t\u00A0]/.test(text) ? "blank"
      : !/^[0-9A-Za-z]/.test(text) ? "mark"
      : /^[0-9]{1,3}$/.test(text) ? "digits"
      : /^(?:0x)?[0-9A-Fa-f]{1,16}$/.test(text) && (/[0-9]/.test(text) || text.length >= 4) ? "hex"
      : "word";
    parts.push({ kind, text });
  }
  const ids = idRuns(parts);
  // grep prints `71:` before a match and `72-` before the lines around it.
  const [number, mark] = parts;
  if (number !== undefined && mark?.kind === "mark" && /[:-]/.test(mark.text) && /^[0-9]{1,9}$/.test(number.text) && !Object.values(ids).includes(0)) {
    parts.splice(0, 2, { kind: "digits", text: number.text }, { kind: "line number end", text: mark.text });
  }
  return { parts, ...ids };
}

/**
 * Of the runs that are no part of a time or date, one is the thread, two are process and thread. A bare number before `:` or
 * `-` at the very start is a line number that a search tool put there.
 */
function idRuns(parts: readonly Part[]): { readonly processRun: number; readonly threadRun: number } {
  const free: number[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as Part;
    const before = parts[at - 1];
    const after = parts[at + 1];
    if (part.kind !== "digits" && part.kind !== "hex") continue;
    if (isClock(parts, at)) continue;
    const bracketed = before?.kind === "mark" && /[[(<{]/.test(before.text);
    const paired = (before?.kind === "mark" && /[.:/]/.test(before.text) && free.includes(at - 2)) || (after?.kind === "mark" && /[./]/.test(after.text));
    const named = parts.slice(Math.max(0, at - 3), at).some((near) => near.kind === "word" && /^(?:tid|thread|pid|process|proc)$/i.test(near.text));
    if (bracketed || paired || named || part.text.length >= 4 || part.kind === "hex") free.push(at);
  }
  const thread = free.at(-1) ?? -1;
  const only = free.length === 1;
  const isProcess = only && parts.slice(Math.max(0, thread - 3), thread).some((near) => near.kind === "word" && /^(?:pid|process|proc)$/i.test(near.text));
  if (isProcess) return { processRun: thread, threadRun: -1 };
  return { processRun: only ? -1 : (free.at(-2) ?? -1), threadRun: thread };
}

/** True when the run stands in `HH:MM:SS.mmm` or a date: two or more runs of digits joined by `:`, `-`, `/`, `.` or `,` without blanks. */
function isClock(parts: readonly Part[], at: number): boolean {
  let first = at;
  while (first >= 2 && joins(parts[first - 1]) && parts[first - 2]?.kind !== "blank" && parts[first - 2]?.kind !== "mark") first -= 2;
  let last = at;
  while (joins(parts[last + 1]) && parts[last + 2] !== undefined && parts[last + 2]?.kind !== "blank" && parts[last + 2]?.kind !== "mark") last += 2;
  const runs = (last - first) / 2 + 1;
  if (runs >= 3) return true;
  // `71:10:15:00` is counted above; `71:` or `71-` before something else is a line number.
  return runs === 1 && at === 0 && joins(parts[1]) && /^[0-9]{1,9}$/.test(parts[0]?.text ?? "");
}

function joins(part: Part | undefined): boolean {
  return part?.kind === "mark" && /[:.,/-]/.test(part.text);
}

const blankCharacters = " \t\u00A0";

/** The prefix of one line. A line that does not have the shape only loses its indentation and marks of quotation. */
export function readPrefix(line: string, shape: PrefixShape): Prefix {
  let at = 0;
  let thread: string | null = null;
  let process: string | null = null;
  for (let index = 0; index < shape.parts.length; index++) {
    const part = shape.parts[index] as Part;
    const end = endOfPart(line, at, part);
    if (end < 0) return { length: indentation(line, 0), thread: null, process: null, present: false };
    if (index === shape.threadRun) thread = line.slice(at, end).toUpperCase();
    if (index === shape.processRun) process = line.slice(at, end).toUpperCase();
    at = end;
  }
  return { length: indentation(line, at), thread, process, present: true };
}

function endOfPart(line: string, start: number, part: Part): number {
  let at = start;
  const run = (accepts: (character: string) => boolean): number => {
    while (at < line.length && accepts(line[at] as string)) at++;
    return at;
  };
  switch (part.kind) {
    case "blank":
      return run((character) => blankCharacters.includes(character));
    case "digits":
      return run((character) => character >= "0" && character <= "9") > start ? at : -1;
    case "hex":
      if (/^0x/i.test(part.text) && line[at] === "0" && /x/i.test(line[at + 1] ?? "")) at += 2;
      return run((character) => /[0-9A-Fa-f]/.test(character)) > start ? at : -1;
    case "word":
      return line.slice(at, at + part.text.length).toLowerCase() === part.text.toLowerCase() ? at + part.text.length : -1;
    case "mark":
      return line[at] === part.text ? at + 1 : -1;
    case "line number end":
      return line[at] === ":" || line[at] === "-" ? at + 1 : -1;
  }
}

/** End of the blanks and of the `>` and `|` that a mail puts before quoted lines. */
function indentation(line: string, from: number): number {
  let at = from;
  while (at < line.length && (blankCharacters.includes(line[at] as string) || line[at] === ">" || line[at] === "|")) at++;
  return at;
}

/** Time of day in a prefix, `10:15:00:428`; null when it prints none. */
export function timeOfPrefix(prefix: string): string | null {
  return /[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[:.,][0-9]{1,7})?(?![0-9])/.exec(withoutLineNumber(prefix))?.[0] ?? null;
}

/** Without the line number of a search tool before a time. */
function withoutLineNumber(prefix: string): string {
  return prefix.replace(/^[ \t]{0,20}[0-9]{1,9}[:-](?=[0-9]{1,2}:[0-9]{2}:[0-9]{2}[:.,][0-9])/, "");
}

/** A thread number: digits that hold a letter, begin with 0 or `0x`, or are eight, are hexadecimal, others decimal. */
export function idNumber(printed: string | null): number | null {
  if (printed === null) return null;
  const digits = printed.replace(/^0x/i, "");
  const isHex = digits !== printed || /[A-F]/i.test(digits) || digits.length === 8 || digits.startsWith("0");
  const value = Number.parseInt(digits, isHex ? 16 : 10);
  return Number.isSafeInteger(value) ? value : null;
}
