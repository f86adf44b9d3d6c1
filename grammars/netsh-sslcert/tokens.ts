import { createToken, Lexer, type TokenType } from "chevrotain";
import { blanks, lineEnd, restOfLine } from "../shared/tokens.ts";

/** A label in any language, with the colon and the blanks around it: the value follows. */
export const Label = createToken({
  name: "Label", pattern: new RegExp(`[!-=?-{}-\\u009F\\u00A1-\\uFFFF][\\u0000-\\u0009\\u000B\\u000C\\u000E-\\uFFFF]{1,150}?[ \\t\\u00A0]:${blanks(1, 4)}(?=[!-~\\u00A1-\\uFFFF])`), line_breaks: false, push_mode: "value",
});
/** The value of a row. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false, pop_mode: true });
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0\u202F>|]+/, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** The title, the rule under it. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [LineEnd, Lead, Label, Text, Value];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes: { row: [LineEnd, Lead, Label, Text], value: [Value] }, defaultMode: "row" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
