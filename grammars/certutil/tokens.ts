import { createToken, Lexer, type IToken, type TokenType } from "chevrotain";
import { type LabelId, labelOf } from "./labels/index.ts";
import { BANNER, CONTEXT, EXTENSION, HASH_LABEL, isProviderName, NESTING_END, PROPERTY } from "./line-kind.ts";

/** Blanks inside a line, U+00A0 and the wide blank of East Asian text among them. */
const BLANKS = /[ \t\u000B\u000C\u00A0\u200B\u202F\u3000\uFEFF]{1,400}/;
/** Everything to the end of the line, in a form the lexer can analyse. */
const REST = "[\\u0000-\\u0009\\u000B\\u000C\\u000E-\\uFFFF]";
const REST_OF_LINE = new RegExp(`${REST}+`);

/** A pattern that is made for the beginning of a line, continued to its end. */
const wholeLine = (pattern: RegExp, flags = pattern.flags): RegExp => new RegExp(`(?:${pattern.source.replace(/^\^/, "")})${REST}*`, flags);

export const NewLine = createToken({ name: "NewLine", pattern: /\r\n|\n|\r/, group: Lexer.SKIPPED });
export const LineEnd = createToken({ name: "LineEnd", pattern: /\r\n|\n|\r/, group: Lexer.SKIPPED, pop_mode: true });
export const Blanks = createToken({ name: "Blanks", pattern: BLANKS, group: Lexer.SKIPPED });
/** `--- ` before the lines of a smart card reader. */
export const CardDashes = createToken({ name: "CardDashes", pattern: /---[ \t\u00A0]{1,4}(?=[^\s\u00A0-])/, group: Lexer.SKIPPED });

/** `...`, `--snip--`, `<snip>`: somebody cut lines here. */
export const Elision = createToken({
  name: "Elision",
  pattern: /(?:\.{3,12}|\u2026{1,4}|[[(<{*_]{1,3}(?:\.{2,6}|\u2026|snip(?:ped)?|cut|omitted|truncated)[\])>}*_]{1,3}|-{2,12} ?(?:snip(?:ped)?|cut|schnipp|omitted|8<) ?-{2,12}|snip)(?![ \t\u00A0]{0,40}[^ \t\u00A0\r\n])/i,
});
/** `================ Certificate 0 ================` */
export const Banner = createToken({ name: "Banner", pattern: wholeLine(/[=]{6,}[ \t\u00A0]{0,4}[\u0020-\u003C\u003E-\uFFFF]{0,80}?[ \t\u00A0]{0,4}\d{1,6}[ \t\u00A0]{0,4}={4,}/) });
/** `----------------  End Nesting Level 1  ----------------` */
export const NestingEnd = createToken({ name: "NestingEnd", pattern: wholeLine(/-{6,}[ \t\u00A0]{1,4}[\u0020-\u002C\u002E-\uFFFF]{1,80}?[ \t\u00A0]{0,4}\d{1,6}[ \t\u00A0]{1,4}-{4,}/) });
/** `--------------===========================--------------`, `----------------  Certificate AIA  ----------------` */
export const Ruler = createToken({ name: "Ruler", pattern: new RegExp(`[-=]{4,}(?:[-= \\t\\u00A0]{0,200}(?![^\\r\\n])|[ \\t\\u00A0]{1,4}[\\u0021-\\uFFFF]${REST}*)`) });
/** A typed command: everything from the prompt to the end of the line. */
export const Command = createToken({
  name: "Command",
  pattern: new RegExp(`${REST}{0,220}?certutil(?:\\.exe)?["']?[ \\t\\u00A0]{1,4}(?:[-/\\u2013\\u2014][A-Za-z?]|["\\w.\\\\:]{1,60}\\.(?:cer|crt|pfx|p12|p7b|der|pem|req|csr)\\b)${REST}*`, "i"),
});
/** `CertUtil: -store command completed successfully.` and the messages after a failure. */
export const FinalLine = createToken({ name: "FinalLine", pattern: new RegExp(`CertUtil:${REST}*`, "i") });
/** `CERT_KEY_PROV_INFO_PROP_ID(2):` */
export const PropertyHeading = createToken({ name: "PropertyHeading", pattern: wholeLine(PROPERTY) });
/** `2.5.29.15: Flags = 1(Critical), Length = 4` */
export const ExtensionHeading = createToken({ name: "ExtensionHeading", pattern: wholeLine(EXTENSION) });
/** `CertContext[0][0]: dwInfoStatus=102 dwErrorStatus=0` */
export const ElementHeading = createToken({ name: "ElementHeading", pattern: wholeLine(CONTEXT) });
/** `Encryption test passed`, `AES256+RSAES_OAEP(RSA:AT_KEYEXCHANGE) test passed`, `… test FAILED: msg 0x80100001 (…)` */
export const TestLine = createToken({ name: "TestLine", pattern: new RegExp(`[\\u0021-\\uFFFF][\\u0020-\\uFFFF]{0,120}?\\btest (?:passed|FAILED|succeeded)\\b${REST}*`, "i") });
/** `CRYPT_MACHINE_KEYSET -- 20 (32)`, `KerberosAuthentication -- 2` */
export const Constant = createToken({ name: "Constant", pattern: wholeLine(/[A-Za-z][A-Za-z0-9_\\]{3,90}[ \u00A0]{1,4}(?:-{1,2}|[\u2013\u2014])[ \u00A0]{1,4}[0-9a-fA-F]{1,8}(?![0-9A-Za-z])/) });
/** `0000  30 82 01 0a …`, `05 00`, `3b da 18 ff …   ;....` */
export const HexDump = createToken({ name: "HexDump", pattern: wholeLine(/(?:[0-9a-f]{4,8}[ \u00A0]{1,4})?[0-9a-f]{2}(?:[ \u00A0]{1,2}[0-9a-f]{2}){0,31}(?![0-9A-Za-z:=])/) });
/** `0000: 30 3f   ; SEQUENCE (3f Bytes)` */
export const Asn1Line = createToken({ name: "Asn1Line", pattern: wholeLine(/[0-9a-f]{4,8}:[ \u00A0]{1,2}[|0-9a-f \u00A0]{2}/) });
/** `D:PAI(A;;GAGR;;;BA)(A;;GAGR;;;SY)`, `Allow Full Control	NT AUTHORITY\SYSTEM` */
export const Permission = createToken({ name: "Permission", pattern: wholeLine(/[DOGS]:[A-Z]{0,6}\([A-Z0-9();:]{1,300}|(?:Allow|Deny)[ \u00A0][\u0020-\u0039\u003B\u003C\u003E-\uFFFF]{1,60}?(?:\t|[ ](?=[A-Z][A-Z0-9 _-]{1,40}\\))/) });
/** `my "Personal"` */
export const StoreHeading = createToken({
  name: "StoreHeading",
  pattern: /[A-Za-z][\w.\\-]{0,100}[ \u00A0]{1,3}["\u201C\u201D\u201E\u00AB][\u0020\u0021\u0023-\u0039\u003B\u003C\u003E-\uFFFF]{1,120}["\u201D\u201C\u00BB](?![ \t\u00A0]{0,40}[^ \t\u00A0\r\n])/,
});
/** `my`: the heading older versions print; the reader checks its place. */
export const BareStore = createToken({
  name: "BareStore",
  pattern: /(?:my|root|ca|trust|disallowed|authroot|trustedpeople|trustedpublisher|clientauthissuer|smartcardroot|request|addressbook|ntauth|trusteddevices|webhosting)(?![ \t\u00A0]{0,40}[^ \t\u00A0\r\n])/i,
});
/** `EMPTY (Other Name:Principal Name=user@example.com)` in place of a name. */
export const EmptyName = createToken({ name: "EmptyName", pattern: new RegExp(`EMPTY(?![A-Za-z0-9_:=])${REST}*`) });
/** One RDN of a name that is printed one RDN a line: `CN=Contoso Issuing CA 01`. */
export const RelativeName = createToken({
  name: "RelativeName",
  pattern: new RegExp(`(?:CN|C|OU|O|L|ST|S|DC|E|UID|SN|SERIALNUMBER|STREET|TITLE|T|GN|G|I|INITIALS|DESCRIPTION|POSTALCODE|PHONE|POBOX|POSTALADDRESS|EMAIL(?:ADDRESS)?|DNQ|X21ADDRESS|UNSTRUCTUREDNAME|UNSTRUCTUREDADDRESS|OID\\.[0-9.]{3,60}|[0-9]{1,3}(?:\\.[0-9]{1,20}){2,20})[ ]?=(?=[^ =\\r\\n]|[ ][^\\r\\n])${REST}*`, "i"),
});
/** Links and paths, whose colon separates nothing. */
export const Link = createToken({ name: "Link", pattern: new RegExp(`(?:(?:https?|ldap|file|ftp):|\\[\\d{1,3}\\.\\d{1,3}(?:\\.\\d{1,3})?\\] |[A-Za-z]:[\\\\/]|\\\\\\\\)${REST}*`, "i") });

/** Text up to the first `:` or `=`. `nameLabels` gives the labels it knows one of the three types below instead. */
const LABEL = /[\u0021-\u0039\u003B\u003C\u003E-\uFF19\uFF1B-\uFFFF][\t\u0020-\u0039\u003B\u003C\u003E-\uFF19\uFF1B-\uFFFF]{0,110}(?=[:=\uFF1A])/;
export const Label = createToken({ name: "Label", pattern: LABEL, push_mode: "separator" });
export const CertificateLabel = createToken({ name: "CertificateLabel", pattern: Lexer.NA });
export const KeyLabel = createToken({ name: "KeyLabel", pattern: Lexer.NA });
/** `Flags =` stands in several properties, so it does not end one. */
export const FlagsLabel = createToken({ name: "FlagsLabel", pattern: Lexer.NA });
export const HashLabel = createToken({ name: "HashLabel", pattern: Lexer.NA });

/** A line without a separator; a status line of the tables becomes a `Phrase`. */
export const Text = createToken({ name: "Text", pattern: REST_OF_LINE });
export const Phrase = createToken({ name: "Phrase", pattern: Lexer.NA });

export const Separator = createToken({ name: "Separator", pattern: /[:=\uFF1A]/, pop_mode: true, push_mode: "value" });
export const Value = createToken({ name: "Value", pattern: REST_OF_LINE });

/** Tokens by lexer mode, specific before general. */
const modes = {
  line: [
    NewLine, Blanks, Elision, Banner, NestingEnd, CardDashes, Ruler, FinalLine, Command, PropertyHeading, ExtensionHeading, ElementHeading, TestLine,
    Constant, Asn1Line, HexDump, Permission, StoreHeading, BareStore, EmptyName, RelativeName, Link, Label, Text,
  ],
  separator: [Separator],
  value: [LineEnd, Blanks, Value],
};

/** Every token the grammar may see; the ones without a pattern are given by `nameLabels`. */
export const tokenTypes: readonly TokenType[] = [...new Set([...modes.line, ...modes.separator, ...modes.value, CertificateLabel, KeyLabel, FlagsLabel, HashLabel, Phrase])];

let lexer: Lexer | null = null;

/** The one lexer of this process, built when it is first needed. */
export function certutilLexer(): Lexer {
  lexer ??= new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
  return lexer;
}

const KEY_IDS: readonly LabelId[] = ["key-container", "unique-container", "simple-container", "provider", "provider-type", "key-spec"];
/** Labels that stand inside an extension or a property as well, and so do not end one. */
const INNER_IDS: readonly LabelId[] = ["version", "access-state", "side-note", "key-usage", "enhanced-key-usage", "extension-name", "element-serial", "element-hash", "chain-hash"];

/**
 * Tokens of one output. The lexer takes every label alike, in any language; afterwards the labels and status lines of the
 * tables get a type of their own, so that the grammar sees where an extension or a property ends.
 */
export function tokenize(text: string): IToken[] {
  const { tokens } = certutilLexer().tokenize(text);
  nameLabels(tokens);
  return tokens;
}

function nameLabels(tokens: readonly IToken[]): void {
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as IToken;
    if (token.tokenType === Label) setType(token, typeOfLabel(token, tokens[index + 1], tokens[index + 2]));
    else if (token.tokenType === Text && labelOf(token.image.trim()) !== null && !INNER_IDS.includes(labelOf(token.image.trim()) as LabelId)) setType(token, Phrase);
  }
}

function typeOfLabel(label: IToken, separator: IToken | undefined, next: IToken | undefined): TokenType {
  const sign = separator?.image === "=" ? "=" : ":";
  if (sign === ":" && HASH_LABEL.test(`${label.image}:`)) return HashLabel;
  const id = labelOf(`${label.image}${sign}`);
  if (id === "flags") return FlagsLabel;
  if (id !== null && KEY_IDS.includes(id)) return KeyLabel;
  if (id !== null && !INNER_IDS.includes(id)) return CertificateLabel;
  const value = next?.tokenType === Value ? next.image : "";
  if (sign === "=" && /^[^[\]]{1,60}$/.test(label.image) && isProviderName(value)) return KeyLabel;
  return Label;
}

function setType(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

/** What a banner or the end of a nesting says: its words and its number. */
export function bannerParts(image: string): { readonly words: string; readonly number: number } | null {
  const found = BANNER.exec(image) ?? NESTING_END.exec(image);
  return found ? { words: (found[1] as string).trim(), number: Number(found[2]) } : null;
}
