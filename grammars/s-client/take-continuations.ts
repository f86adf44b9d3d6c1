import type { Line } from "./lines.ts";
import { continues, joinBroken, restOfBroken, textOfLine, type PrintedName } from "./printed-names.ts";
import type { LineCursor } from "./run.ts";

/** Takes up the lines that a mail or a terminal broke off. */
export function takeContinuations(cursor: LineCursor, own: PrintedName, line: Line): PrintedName {
  let { text } = own;
  let { end } = own.span;
  let width = line.width;
  for (let taken = 0; taken < 60; taken++) {
    const next = cursor.lines[cursor.index + 1];
    if (next === undefined || text === "" || !continues(text, width, next, cursor.wrapWidth)) break;
    const more = width === cursor.wrapWidth ? restOfBroken(next, line) : textOfLine(next);
    text = joinBroken(text, width, more, cursor.wrapWidth);
    end = next.span.end;
    width = next.width;
    cursor.index++;
  }
  return { text, span: { ...own.span, end } };
}
