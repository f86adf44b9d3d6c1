import { createToken, Lexer, type TokenType } from "chevrotain";
import { evidencePatterns, type EvidenceKind, flagsValue, settingSeparator } from "./patterns.ts";

const pushes: Partial<Record<EvidenceKind, string>> = {
  FlagsSetting: "flags", NetshSetting: "rest-of-line", NumberSetting: "number", DirectiveSetting: "directive",
};

function evidenceToken(kind: EvidenceKind): TokenType {
  const mode = pushes[kind];
  return createToken({ name: kind, pattern: new RegExp(evidencePatterns[kind], "i"), line_breaks: false, ...(mode === undefined ? {} : { push_mode: mode }) });
}

/** The end of a line, of any system. */
export const EndOfLine = createToken({ name: "EndOfLine", pattern: /\r\n|\n|\r/, line_breaks: true });

/** A word of ASCII characters that is no evidence; whole words, so that a code never begins in the middle of one. */
export const Word = createToken({ name: "Word", pattern: /[A-Za-z0-9_]+/, line_breaks: false });

/** Blanks, punctuation and all other characters between words, one character at a time: evidence may begin after any of them. */
export const Between = createToken({ name: "Between", pattern: /[\u0000-\u0009\u000B\u000C\u000E-\u002F:-@[-^`{-\uFFFF]/, line_breaks: false });

/** `Ssl, SslNegotiateCert`. */
export const FlagsValue = createToken({ name: "FlagsValue", pattern: new RegExp(flagsValue, "i"), line_breaks: false, pop_mode: true });

/** The rest of the line, from its first character that is no blank. */
export const LineValue = createToken({ name: "LineValue", pattern: /[!-9;<>-~\u00A1-\uFFFF][\u0000-\u0009\u000B\u000C\u000E-\uFFFF]{0,400}/, line_breaks: false, pop_mode: true });

/** `0x1`, `49152`. */
export const NumberValue = createToken({ name: "NumberValue", pattern: /0x[0-9a-f]{1,16}|\d{1,20}/i, line_breaks: false, pop_mode: true });

/** `00000001` behind `dword:` of a .reg file: hexadecimal. */
export const DwordValue = createToken({ name: "DwordValue", pattern: /(?<=dword:)[0-9a-f]{8}/i, line_breaks: false, pop_mode: true });

/** `on`, `require`, `RSA+SHA256:ECDSA+SHA256`: up to a blank, a quotation mark or a semicolon. */
export const DirectiveValue = createToken({ name: "DirectiveValue", pattern: /[!#-&(-9<>-~\u00A1-\uFFFF][!#-&(-:<-~\u00A1-\uFFFF]{0,400}/, line_breaks: false, pop_mode: true });

/** Opens a quoted value. */
export const Quote = createToken({ name: "Quote", pattern: /["'\u201C\u201D\u201E]/, line_breaks: false });

/** Between a setting's name and its value: `=`, `:`, `REG_DWORD`, blanks. */
export const Separator = createToken({ name: "Separator", pattern: new RegExp(settingSeparator, "i"), line_breaks: false });

/** The tokens of evidence, by name. */
export const evidence = Object.fromEntries((Object.keys(evidencePatterns) as EvidenceKind[]).map((kind) => [kind, evidenceToken(kind)])) as Readonly<Record<EvidenceKind, TokenType>>;

const modes = {
  text: [EndOfLine, ...Object.values(evidence), Word, Between],
  // A value never begins with a blank, `=` or `:`, a separator always does (or with the type of a registry value).
  flags: [FlagsValue, Quote, Separator],
  "rest-of-line": [LineValue, Separator],
  number: [DwordValue, NumberValue, Quote, Separator],
  directive: [DirectiveValue, Quote, Separator],
};

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "text" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
