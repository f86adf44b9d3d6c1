import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import { accountLine, entry, identityLabel, keyFile, processModel, rule as ruleLine, serviceLabel, sidRow, whoami } from "./patterns.ts";

const token = (name: string, source: string): TokenType => createToken({ name, pattern: new RegExp(source, "i"), line_breaks: false });

export const KeyFile = token("KeyFile", `${keyFile}(?=[ \\t\\u00A0]{1,4}[^\\r\\n]{1,300}:)`);
export const Entry = token("Entry", entry);
export const Whoami = token("Whoami", whoami);
export const SidRow = token("SidRow", sidRow);
export const RuleLine = token("RuleLine", ruleLine);
export const ServiceLabel = token("ServiceLabel", serviceLabel);
export const IdentityLabel = token("IdentityLabel", identityLabel);
export const ProcessModel = token("ProcessModel", processModel);
export const AccountLine = token("AccountLine", accountLine);
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0>|]+/, line_breaks: false });
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** Headings, the summary of icacls, a name behind its label. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [LineEnd, Lead, KeyFile, Whoami, RuleLine, SidRow, Entry, ServiceLabel, IdentityLabel, ProcessModel, AccountLine, Text];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer([...tokens], { ensureOptimizations: false, positionTracking: "onlyOffset" });
}
