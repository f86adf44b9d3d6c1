import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import * as names from "./names.ts";

export const EndOfLine = createToken({ name: "EndOfLine", pattern: lineEnd, line_breaks: true });
const EndOfValue = createToken({ name: "EndOfValue", pattern: lineEnd, line_breaks: true, pop_mode: true, categories: [EndOfLine] });
export const Margin = createToken({ name: "Margin", pattern: /[> \t\u00A0]{1,80}/, line_breaks: false, group: Lexer.SKIPPED });
/** `ssl_conf_command`, `SSLOpenSSLConfCmd`. */
export const Directive = createToken({ name: "Directive", pattern: /ssl_conf_command|SSLOpenSSLConfCmd/i, line_breaks: false });
/** `ClientSignatureAlgori …`: the rest was cut off. */
export const CutName = createToken({ name: "CutName", pattern: new RegExp(names.cutName, "i"), line_breaks: false, push_mode: "value" });
/** `SignatureAlgorithms`. */
export const SettingName = createToken({ name: "SettingName", pattern: new RegExp(`${names.name}|${names.nameOfDirective}`, "i"), line_breaks: false, push_mode: "value" });
/** Between name and value. */
export const Separator = createToken({ name: "Separator", pattern: /[ \t\u00A0]{0,40}=?[ \t\u00A0]{1,40}["']?|=["']?|["']/, line_breaks: false });
/** `RSA+SHA256:ECDSA+SHA256`, `TLSv1.2`. */
export const Value = createToken({ name: "Value", pattern: /[!#-&(-:<>-~][!#-&(-:<>-~]{0,2000}/, line_breaks: false });
/** `;`, a closing quotation mark, a comment behind the value. */
export const Rest = createToken({ name: "Rest", pattern: restOfLine, line_breaks: false });
export const OtherText = createToken({ name: "OtherText", pattern: restOfLine, line_breaks: false });

const modes = { line: [EndOfLine, Margin, Directive, CutName, SettingName, OtherText], value: [EndOfValue, Separator, Value, Rest] };

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
