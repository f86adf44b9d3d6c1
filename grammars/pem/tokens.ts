import { createToken, Lexer, type TokenType } from "chevrotain";
import { blanks, dash, lineEnd } from "../shared/tokens.ts";
import { inlineBlock, pemLabel } from "./claim.ts";

/** `-----BEGIN CERTIFICATE-----` */
export const Begin = createToken({ name: "Begin", pattern: new RegExp(`${dash}{2,7}BEGIN ${pemLabel}${dash}{2,7}`), line_breaks: false });
/** `-----END CERTIFICATE-----` */
export const End = createToken({ name: "End", pattern: new RegExp(`${dash}{2,7}END ${pemLabel}${dash}{2,7}`), line_breaks: false });
/** A whole block in one line of JSON or YAML. */
export const Inline = createToken({ name: "Inline", pattern: new RegExp(inlineBlock), line_breaks: false, start_chars_hint: ["-"] });
/** `Proc-Type: 4,ENCRYPTED` */
export const Header = createToken({ name: "Header", pattern: /(?:Proc-Type|DEK-Info|Comment|Content-Domain|X-[A-Za-z-]{1,40}):[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]*/, line_breaks: false });
/** A line of the contents. */
export const Base64 = createToken({ name: "Base64", pattern: new RegExp(`[A-Za-z0-9+/]{1,200000}={0,2}(?=${blanks(0, 200)}(?![^\\r\\n]))`), line_breaks: false });
/** Indentation and marks of quotation. */
export const Lead = createToken({ name: "Lead", pattern: /[ \t\u00A0\u202F>|]+/, line_breaks: false });
/** The end of a line. */
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** What stands beside a block in one line of JSON: `"ca.pem": "`. No hyphen is in it, for a block begins with one. */
export const Beside = createToken({ name: "Beside", pattern: /[\u0000-\u0009\u000B\u000C\u000E-\u002C.-\u200F\u2016-\uFFFF]{1,400}/, line_breaks: false });
/** A hyphen or dash that begins no block. */
export const Hyphen = createToken({ name: "Hyphen", pattern: /[-\u2010-\u2015]/, line_breaks: false });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [LineEnd, Lead, Inline, Begin, End, Header, Base64, Beside, Hyphen];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer([...tokens], { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
