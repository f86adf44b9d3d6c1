import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import { propertyNames } from "./claim.ts";

/** `PSParentPath: Microsoft.PowerShell.Security\Certificate::`, in any language, before the store. */
export const ParentPath = createToken({
  name: "ParentPath", pattern: /(?:PSParentPath:|(?!PSParentPath)[A-Za-z\u00C0-\uFFFF][^\r\n:]{2,30}:) {0,4}Microsoft\.PowerShell\.Security\\Certificate::/, line_breaks: false,
});
/** `CurrentUser\My` */
export const StorePath = createToken({ name: "StorePath", pattern: /(?:CurrentUser|LocalMachine)\\[A-Za-z0-9][A-Za-z0-9_ -]{0,60}/i, line_breaks: false });
/** `PS C:\> Get-ChildItem Cert:\`, up to the store. */
export const Command = createToken({ name: "Command", pattern: /[A-Za-z\u0024-\u002B(][^\r\n]{0,200}?cert:\\?(?=CurrentUser\\|LocalMachine\\)/i, line_breaks: false });
/** `Thumbprint      Subject` */
export const Header = createToken({ name: "Header", pattern: /Thumbprint {2,60}Subject[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]{0,400}/, line_breaks: false });
/** The row of dashes below it. */
export const Dashes = createToken({ name: "Dashes", pattern: /-{4,60}(?: {1,80}-{4,60}){1,4}/, line_breaks: false });
/** A name of a property, with its colon. */
export const Property = createToken({ name: "Property", pattern: new RegExp(`(?:${propertyNames.join("|")}) {0,24}:(?: |(?![^\\r\\n]))`), line_breaks: false, push_mode: "value" });
/** `C3862D1322EF6215FF71BE9F63AC8C874E1ED4D7` */
export const Thumbprint = createToken({ name: "Thumbprint", pattern: /[0-9A-F]{40}(?= {2})/i, line_breaks: false });
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0>|]+/, line_breaks: false });
/** A subject behind a thumbprint, the next line of a long value, and any other text. */
export const Text = createToken({ name: "Text", pattern: restOfLine, line_breaks: false });
/** The value of a property. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** The end of a line with a property. */
export const ValueEnd = createToken({ name: "ValueEnd", pattern: lineEnd, line_breaks: true, pop_mode: true });

const modes = { line: [LineEnd, Lead, ParentPath, Property, StorePath, Header, Dashes, Thumbprint, Command, Text], value: [ValueEnd, Value] };

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...modes.line, ...modes.value];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
