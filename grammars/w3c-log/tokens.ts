import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";

/** `#Fields:`; the names follow. */
export const Fields = createToken({ name: "Fields", pattern: /#Fields:/, line_breaks: false });
/** `#Software: Microsoft Internet Information Services 10.0` */
export const Directive = createToken({ name: "Directive", pattern: /#[A-Za-z-]{1,20}:[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]*/, line_breaks: false });
/** A name of a field, or a value: blanks inside it are printed as `+`. */
export const Item = createToken({ name: "Item", pattern: /[\u0021-\u003D\u003F-\u007B\u007D-\u009F\u00A1-\uFFFF][\u0021-\u009F\u00A1-\uFFFF]*/, line_breaks: false });
/** Blanks, and marks of quotation. */
export const Blank = createToken({ name: "Blank", pattern: /[ \t\u00A0>|]+/, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** Any other text. */
export const Other = createToken({ name: "Other", pattern: restOfLine, line_breaks: false });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [LineEnd, Blank, Fields, Directive, Item, Other];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer([...tokens], { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
