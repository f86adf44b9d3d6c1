import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import { chainLine, errorLine, failedLine, okLine, subjectLine } from "./patterns.ts";

const token = (name: string, source: string): TokenType => createToken({ name, pattern: new RegExp(source), line_breaks: false });

export const ErrorLine = token("ErrorLine", errorLine);
export const FailedLine = token("FailedLine", failedLine);
export const OkLine = token("OkLine", okLine);
export const ChainLine = token("ChainLine", chainLine);
export const SubjectLine = token("SubjectLine", subjectLine);
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0>|]+/, line_breaks: false });
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** `Chain:`, blanks behind a line. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [LineEnd, Lead, ErrorLine, ChainLine, FailedLine, OkLine, SubjectLine, Text];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer([...tokens], { ensureOptimizations: false, positionTracking: "onlyOffset" });
}
