import { createToken, Lexer, type TokenType } from "chevrotain";
import { attributeTypes } from "../../../src/model/name.ts";
import type { Notation } from "./notation.ts";

/** Longest first, so that `emailAddress` is not read as `E`. */
const spellings = attributeTypes.flatMap((type) => [type.name, ...type.spellings]).sort((a, b) => b.length - a.length);

/** Spellings that X509_NAME_oneline prints: OpenSSL's short names, and what 0.9.8 called a few of them. Exact case counts. */
const opensslSpellings = spellings.filter((name) => !["E", "S", "G", "I", "POBox", "Phone"].includes(name));

/** Types of more than two letters: a lossy rewrite (`-nameopt compat`) leaves their slash, `CN=x/emailAddress=y`. */
const longSpellings = opensslSpellings.filter((name) => name.length > 2);

const oid = "(?:[Oo][Ii][Dd]\\.)?[0-9](?:\\.[0-9]{1,20}){1,20}";
const word = "[A-Za-z][A-Za-z0-9-]{0,40}";
const known = `(?:${oid}|${spellings.join("|")})`;
const unknown = `(?:${oid}|${word})`;
const blank = "[ \\t\\u00A0]";

// Abstract tokens: the grammar speaks of these, each notation brings its own concrete ones.
export const RdnSeparator = createToken({ name: "RdnSeparator", pattern: Lexer.NA });
export const MemberSeparator = createToken({ name: "MemberSeparator", pattern: Lexer.NA });
export const Equals = createToken({ name: "Equals", pattern: Lexer.NA });
export const Quoted = createToken({ name: "Quoted", pattern: Lexer.NA });
export const Escape = createToken({ name: "Escape", pattern: Lexer.NA });
export const Plain = createToken({ name: "Plain", pattern: Lexer.NA });

// Before a type.
export const AttributeType = createToken({ name: "AttributeType", pattern: new RegExp(`${unknown}(?=${blank}{0,60}=)`) });
export const LeadingSlash = createToken({ name: "LeadingSlash", pattern: /\// });
export const LeadingCut = createToken({ name: "LeadingCut", pattern: /\u2026|\.{3}|\[\.{3}\]|\[\u2026\]/ });
export const LeadingBlank = createToken({ name: "LeadingBlank", pattern: /[ \t\r\n\u00A0]{1,200}/, line_breaks: true });
export const NoName = createToken({ name: "NoName", pattern: /[\u0000-\uFFFF]+/, line_breaks: true });

export const TightEquals = createToken({ name: "TightEquals", pattern: /[ \t\u00A0]{0,60}=/, categories: Equals, push_mode: "value" });
export const LooseEquals = createToken({
  name: "LooseEquals", pattern: /[ \t\u00A0]{0,60}=[ \t\u00A0]{0,3}/, categories: Equals, push_mode: "value",
});

// Between RDNs. Each looks ahead for a type and `=`, because most notations leave the separator bare inside values.
export const SlashSeparator = createToken({
  name: "SlashSeparator", pattern: new RegExp(`\\/(?=(?:${oid}|${opensslSpellings.join("|")})=)`), categories: RdnSeparator, pop_mode: true,
});
export const HiddenSlash = createToken({
  name: "HiddenSlash", pattern: new RegExp(`\\/(?=(?:${oid}|${longSpellings.join("|")})=)`), categories: RdnSeparator, pop_mode: true,
});
export const CommaSeparator = createToken({
  name: "CommaSeparator", pattern: new RegExp(`,${blank}{1,3}(?=${known}=)`, "i"), categories: RdnSeparator, pop_mode: true,
});
export const SemicolonSeparator = createToken({
  name: "SemicolonSeparator", pattern: new RegExp(`;${blank}{1,3}(?=${known}=)`, "i"), categories: RdnSeparator, pop_mode: true,
});
export const StrictSeparator = createToken({
  name: "StrictSeparator", pattern: new RegExp(`[,;]${blank}{0,3}(?=${unknown}${blank}{0,3}=)`), categories: RdnSeparator, pop_mode: true,
});
export const LineSeparator = createToken({
  name: "LineSeparator", pattern: new RegExp(`[\\r\\n]{1,4}${blank}{0,60}(?=${known}${blank}{0,60}=)`, "i"),
  categories: RdnSeparator, pop_mode: true, line_breaks: true,
});

// Between the members of a multi-valued RDN.
export const PlusSeparator = createToken({
  name: "PlusSeparator", pattern: new RegExp(`${blank}\\+${blank}(?=${known}${blank}{0,3}=)`, "i"), categories: MemberSeparator, pop_mode: true,
});
export const StrictPlus = createToken({
  name: "StrictPlus", pattern: new RegExp(`${blank}{0,2}\\+${blank}{0,2}(?=${unknown}${blank}{0,3}=)`), categories: MemberSeparator, pop_mode: true,
});
export const SlashPlus = createToken({
  name: "SlashPlus", pattern: new RegExp(`\\+(?=(?:${oid}|${opensslSpellings.join("|")})=)`), categories: MemberSeparator, pop_mode: true,
});

// In values. Curly quotes are what a web page makes of straight ones.
export const DoublingQuoted = createToken({
  name: "DoublingQuoted", pattern: /["\u201C\u201D](?:[^"\u201C\u201D]|""){0,8200}["\u201C\u201D]/, categories: Quoted, line_breaks: true,
});
export const EscapingQuoted = createToken({
  name: "EscapingQuoted", pattern: /["\u201C\u201D](?:[^"\\\u201C\u201D]|\\[\u0000-\uFFFF]){0,8200}["\u201C\u201D]/, categories: Quoted, line_breaks: true,
});
export const OpenQuote = createToken({ name: "OpenQuote", pattern: /["\u201C\u201D]/ });
export const MarkedByte = createToken({ name: "MarkedByte", pattern: /\\x[0-9A-Fa-f]{2}/, categories: Escape });
export const EscapedByte = createToken({ name: "EscapedByte", pattern: /\\[0-9A-Fa-f]{2}/, categories: Escape });
export const EscapedCodePoint = createToken({
  name: "EscapedCodePoint", pattern: /\\U[0-9A-Fa-f]{4}|\\W[0-9A-Fa-f]{8}/, categories: Escape,
});
export const EscapedCharacter = createToken({ name: "EscapedCharacter", pattern: /\\[ "#+,;<=>\\\/]/, categories: Escape });
export const EscapedSeparator = createToken({ name: "EscapedSeparator", pattern: /\\[+,\/]/, categories: Escape });
export const BareComma = createToken({ name: "BareComma", pattern: /,/ });
export const BareEquals = createToken({ name: "BareEquals", pattern: /=/ });
export const LineBreak = createToken({ name: "LineBreak", pattern: /\r\n|\n|\r/, line_breaks: true });
/** Everything but the characters that some notation gives a meaning: `"` `+` `,` `/` `;` `=` `\`, blanks, line ends, curly quotes. */
export const Text = createToken({
  name: "Text",
  pattern: /[\u0000-\u0008\u000B\u000C\u000E-\u001F!#-*\-.0-:<>-\[\]-\u009F\u00A1-\u201B\u201E-\uFFFF]{1,4000}/,
  categories: Plain,
});
export const Mark = createToken({ name: "Mark", pattern: /[\u0000-\uFFFF]/, categories: Plain, line_breaks: true });

/** What a value of each notation may hold, separators first; `Mark` takes any character that is left. */
const values: Readonly<Record<Notation, readonly TokenType[]>> = {
  x500: [StrictSeparator, StrictPlus, DoublingQuoted, OpenQuote, EscapedCharacter, BareComma, BareEquals],
  slash: [SlashSeparator, SlashPlus, MarkedByte, EscapedSeparator],
  spaced: [StrictSeparator, StrictPlus, EscapingQuoted, OpenQuote, EscapedCodePoint, EscapedByte, EscapedCharacter, BareComma],
  comma: [
    CommaSeparator, SemicolonSeparator, PlusSeparator, SlashPlus, HiddenSlash, MarkedByte, EscapedCodePoint, EscapedByte, EscapedCharacter,
  ],
  rfc4514: [StrictSeparator, StrictPlus, EscapingQuoted, OpenQuote, EscapedCodePoint, EscapedByte, EscapedCharacter, BareComma],
  certutil: [CommaSeparator, PlusSeparator],
  lines: [LineSeparator, PlusSeparator, LineBreak],
};

const tight: readonly Notation[] = ["slash", "comma", "certutil"];

export const nameTokens: readonly TokenType[] = [
  RdnSeparator, MemberSeparator, Equals, Quoted, Escape, Plain,
  LeadingSlash, LeadingCut, LeadingBlank, AttributeType, NoName, TightEquals, LooseEquals,
  SlashSeparator, HiddenSlash, CommaSeparator, SemicolonSeparator, StrictSeparator, LineSeparator, PlusSeparator, StrictPlus, SlashPlus,
  DoublingQuoted, EscapingQuoted, OpenQuote, MarkedByte, EscapedByte, EscapedCodePoint, EscapedCharacter, EscapedSeparator,
  BareComma, BareEquals, LineBreak, Text, Mark,
];

const lexers = new Map<Notation, Lexer>();

/** The lexer of a notation, built on first use. It starts before a type; `=` leads into the value, a separator back. */
export function nameLexer(notation: Notation): Lexer {
  const built = lexers.get(notation);
  if (built) return built;
  const lexer = new Lexer(
    {
      defaultMode: "type",
      modes: {
        type: [
          tight.includes(notation) ? TightEquals : LooseEquals,
          LeadingCut, LeadingBlank, ...(notation === "slash" ? [LeadingSlash] : []), AttributeType, NoName,
        ],
        value: [...values[notation], Text, Mark],
      },
    },
    { ensureOptimizations: true, positionTracking: "onlyOffset" },
  );
  lexers.set(notation, lexer);
  return lexer;
}
