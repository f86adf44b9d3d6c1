import type { Edit } from "./edits.ts";

/** Commands to a terminal: colours, the cursor, the title of the window. */
const TERMINAL = /\u001B(?:\[[0-9;?]{0,30}[ -/]?[@-~]|\][^\u0007\u001B\r\n]{0,200}(?:\u0007|\u001B\\)|[()][0-9A-B]|[=>])/g;
/** Characters nobody sees, before the text of a line; inside a line they may be part of a name, and then they matter. */
const UNSEEN = /(?<=^|[\r\n])[\u200B-\u200F\u2060\uFEFF\u202A-\u202E\u2066-\u2069]{1,20}/g;
const LINE_SEPARATORS = /[\u2028\u2029]/g;
const LEAST_BLANKS = 40;
const LEAST_COMMANDS = 3;
/** What a program counts up on one line with a CR each time, as a terminal overwrites it: `45%`, a turning bar, dots, a growing bar. */
const OVERWRITTEN = /(?<=^|[\r\n])[ \t]{0,8}(?:[0-9]{1,3}(?:\.[0-9]{1,3})?[ ]?%|[\\|/-]|\.{4,60}|\[?[#=>]{1,60}[ .]{0,60}\]?(?:[ ]?[0-9]{1,3}[ ]?%)?)[ \t]{0,8}\r(?![\r\n])/g;

/** Commands to a terminal, characters nobody sees, line separators of Unicode, progress that was overwritten, no-break spaces in place of every blank. */
export function undoOddCharacters(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  const take = (pattern: RegExp, by: string): void => {
    for (const match of text.matchAll(pattern)) edits.push({ start: match.index, end: match.index + match[0].length, by });
  };
  if (isRecorded(text)) take(TERMINAL, "");
  if (/[\u200B-\u200F\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/.test(text)) take(UNSEEN, "");
  if (/[\u2028\u2029]/.test(text)) take(LINE_SEPARATORS, "\n");
  if (text.includes("\n") && /[^\r\n]\r(?![\r\n])/.test(text)) take(OVERWRITTEN, "");
  if (onlyNoBreakSpaces(text)) take(/\u00A0/g, " ");
  return edits.sort((a, b) => a.start - b.start).filter((edit, index, all) => index === 0 || (all[index - 1] as Edit).end <= edit.start);
}

/** A recorded terminal shows commands at the beginning of lines; one inside a name is part of it, and then it matters. */
function isRecorded(text: string): boolean {
  return [...text.matchAll(/(?:^|[\r\n])\u001B\[/g)].length >= LEAST_COMMANDS;
}

/** Some editors save every blank so; where only some are, readers take them as they are. */
function onlyNoBreakSpaces(text: string): boolean {
  let plain = 0;
  let odd = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20) plain++;
    else if (code === 0xa0) odd++;
  }
  return odd >= LEAST_BLANKS && odd > plain * 4;
}
