import { createToken, Lexer, type TokenType } from "chevrotain";
import { attributeTypes } from "../../src/model/name.ts";
import { blanks, lineEnd, restOfLine } from "../shared/tokens.ts";

const some = blanks(1, 40);
const any = blanks(0, 40);
const colon = "[:=\\uFF1A]";
const spellings = attributeTypes.flatMap((type) => [type.name, ...type.spellings]).sort((a, b) => b.length - a.length);
const attribute = `(?:(?:OID\\.)?[0-9](?:\\.[0-9]{1,20}){1,20}|${spellings.join("|")}|[A-Z][A-Za-z]{0,9})`;

function label(name: string, words: string): TokenType {
  return createToken({ name, pattern: new RegExp(`${words}(?=${any}${colon})`), push_mode: "value" });
}

// Lines of a call, by their first word.
export const Called = createToken({ name: "Called", pattern: new RegExp(`CertSelectCertificateChains${some}called`), push_mode: "rest" });
export const Exited = createToken({ name: "Exited", pattern: new RegExp(`CertSelectCertificateChains${some}exited with value`), push_mode: "value" });
export const FlagsLabel = label("FlagsLabel", "dwFlags");
export const CriteriaLabel = label("CriteriaLabel", "cCriteria");
export const IssuersLabel = label("IssuersLabel", "[Nn]umber of issuer\\(?s?\\)?");
export const MatchesLabel = label("MatchesLabel", "[Nn]umber of certificates matching criteri[a-z()]{0,6}");
export const CriticalLabel = label("CriticalLabel", "fCritical");
export const ObjectIdLabel = label("ObjectIdLabel", "pszObjId");
export const ValueLabel = label("ValueLabel", "Value");
/** `===== CERT_SELECT_BY_ISSUER_NAME`; the `=====` may be lost. */
export const Heading = createToken({ name: "Heading", pattern: new RegExp(`(?:={1,80}${any})?CERT_SELECT_BY_[A-Z_]{1,40}`), push_mode: "rest" });
/** A heading whose criterion has no name here: `===== dwType : 12`, `===== 12`. */
export const UnknownHeading = createToken({ name: "UnknownHeading", pattern: new RegExp(`={3,80}${any}[^\\r\\n=]{0,80}`), push_mode: "rest" });
export const UsageName = createToken({ name: "UsageName", pattern: /CERT_[A-Z_]{3,40}_KEY_USAGE/, push_mode: "names" });
export const FlagName = createToken({ name: "FlagName", pattern: /CERT_SELECT_[A-Z_]{1,40}/, push_mode: "names" });
export const UsageNameAgain = createToken({ name: "UsageNameAgain", pattern: /CERT_[A-Z_]{3,40}_KEY_USAGE/ });
export const FlagNameAgain = createToken({ name: "FlagNameAgain", pattern: /CERT_SELECT_[A-Z_]{1,40}/ });
/** Where a person cut lines out. */
export const Elision = createToken({
  name: "Elision",
  pattern: new RegExp(
    "(?:\\u2026{1,3}|\\.{3,20}|(?:\\. ){2,9}\\.|[[(<]{1,2}[ ]?(?:\\u2026|\\.{2,9}|\\/?(?:snip(?:ped)?|cut|gek[\\u00FC]rzt|coup[\\u00E9]))[ ]?[\\])>]{1,2}"
      + "|-{1,8}[ ]?[Ss]nip[ ]?-{1,8}|[[(][^\\]\\r\\n)]{0,60}(?:omitted|more|removed|skipped|shortened|left out)[^\\]\\r\\n)]{0,60}[\\])])"
      + `(?=${any}[\\r\\n])`,
    "i",
  ),
  push_mode: "rest",
});
/** A line of the shape of a name, to its end; a person's remark after ` <-` is left out by the reader. */
export const NameText = createToken({
  name: "NameText", pattern: new RegExp(`${attribute}[ ]{0,2}=(?!=)[\\u0000-\\u0009\\u000B\\u000C\\u000E-\\uFFFF]{0,16000}`),
  push_mode: "rest",
});
export const ObjectId = createToken({ name: "ObjectId", pattern: /[0-2](?:\.[0-9]{1,20}){2,30}(?![0-9A-Za-z.=])/, push_mode: "rest" });
export const Or = createToken({ name: "Or", pattern: /[|,]/ });
/** `<- this section will dump the CTL/issuer list`: words of an author, not of the tool. */
export const Remark = createToken({ name: "Remark", pattern: /(?:<-|\u2190|&lt;-)[\u0000-\u0009\u000B\u000C\u000E-\uFFFF]{0,4000}/ });
export const Blank = createToken({ name: "Blank", pattern: new RegExp(some) });
export const Separator = createToken({ name: "Separator", pattern: new RegExp(`${any}${colon}${any}`) });
export const LineEnd = createToken({ name: "LineEnd", pattern: lineEnd, line_breaks: true });
/** The end of a line that began with something known: back to the beginning of the next. */
export const KnownEnd = createToken({ name: "KnownEnd", pattern: lineEnd, pop_mode: true, line_breaks: true });
export const Other = createToken({ name: "Other", pattern: restOfLine });

// After the `:` of a label.
export const ValueText = createToken({
  name: "ValueText", pattern: /(?:[\u0000-\u0009\u000B\u000C\u000E-%'-;=-\u218F\u2191-\uFFFF]|<(?!-)|&(?!lt;-)){1,8000}/,
});

// Single lines elsewhere in the log.
export const HttpVersion = createToken({ name: "HttpVersion", pattern: /HTTP\/[0-9](?:\.[0-9])?/ });
export const StatusCode = createToken({ name: "StatusCode", pattern: /[1-5][0-9]{2}(?![0-9.])/ });
export const ApiName = createToken({ name: "ApiName", pattern: /[A-Za-z_][A-Za-z0-9_:]{1,80}(?:\(\))?/ });
export const ExitedWith = createToken({ name: "ExitedWith", pattern: new RegExp(`exited with value${any}${colon}${any}`) });
export const ErrorValue = createToken({ name: "ErrorValue", pattern: /0x[0-9A-Fa-f]{8}(?![0-9A-Fa-f])|-[0-9]{10}(?![0-9])/ });

export const straceTokens: readonly TokenType[] = [
  Called, Exited, FlagsLabel, CriteriaLabel, IssuersLabel, MatchesLabel, CriticalLabel, ObjectIdLabel, ValueLabel,
  Heading, UnknownHeading, UsageName, FlagName, UsageNameAgain, FlagNameAgain, Elision, NameText, ObjectId, Or, Remark, Blank, Separator, LineEnd, Other,
  ValueText, KnownEnd, HttpVersion, StatusCode, ApiName, ExitedWith, ErrorValue,
];

let lexer: Lexer | null = null;

/**
 * The lexer, built on first use. Mode `call` is at the beginning of a line of a selection call; `value`, `names` and `rest`
 * are what may follow the first word; `status` and `result` read one line each.
 */
export function straceLexer(): Lexer {
  lexer ??= new Lexer(
    {
      defaultMode: "call",
      modes: {
        call: [
          LineEnd, Called, Exited, FlagsLabel, CriteriaLabel, IssuersLabel, MatchesLabel, CriticalLabel, ObjectIdLabel, ValueLabel,
          Heading, UsageName, FlagName, Elision, NameText, ObjectId, UnknownHeading, Other,
        ],
        value: [KnownEnd, Separator, Remark, ValueText, Other],
        names: [KnownEnd, UsageNameAgain, FlagNameAgain, Or, Remark, Blank, Other],
        rest: [KnownEnd, Remark, Blank, Other],
        status: [LineEnd, HttpVersion, StatusCode, Blank, Other],
        result: [LineEnd, ExitedWith, ErrorValue, ApiName, Blank, Other],
      },
    },
    { ensureOptimizations: true, positionTracking: "onlyOffset" },
  );
  return lexer;
}
