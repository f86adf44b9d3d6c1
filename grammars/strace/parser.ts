import { CstParser, type TokenType } from "chevrotain";
import {
  ApiName, Blank, Called, CriteriaLabel, CriticalLabel, Elision, ErrorValue, Exited, ExitedWith, FlagName, FlagNameAgain, FlagsLabel, Heading,
  HttpVersion, IssuersLabel, KnownEnd, LineEnd, MatchesLabel, NameText, ObjectId, ObjectIdLabel, Or, Other, Remark, Separator, StatusCode,
  UnknownHeading, UsageName, UsageNameAgain, ValueLabel, ValueText, straceTokens,
} from "./tokens.ts";

/** The lines of a selection call, and two kinds of single lines. Total: a line that is nothing else is an `otherLine`. */
export class StraceParser extends CstParser {
  constructor() {
    super([...straceTokens], { maxLookahead: 1, recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  /**
   * `CertSelectCertificateChains called`, then parameters, then one section a criterion. The lines after the last section,
   * up to `CertSelectCertificateChains exited with value : TRUE`, belong to no section by their kind, not by their place.
   */
  readonly selectionCall = this.RULE("selectionCall", () => {
    this.MANY(() => this.SUBRULE(this.line));
    this.MANY2(() => this.SUBRULE(this.section));
  });

  /** `===== CERT_SELECT_BY_ISSUER_NAME` or `===== dwType : 12`, and the lines below it */
  readonly section = this.RULE("section", () => {
    this.OR([{ ALT: () => this.CONSUME(Heading) }, { ALT: () => this.CONSUME(UnknownHeading) }]);
    this.SUBRULE(this.rest);
    this.MANY(() => this.SUBRULE2(this.line));
  });

  /** Any line but a heading. */
  readonly line = this.RULE("line", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.labelledLine) },
      { ALT: () => this.SUBRULE(this.calledLine) },
      { ALT: () => this.SUBRULE(this.exitedLine) },
      { ALT: () => this.SUBRULE(this.namesLine) },
      { ALT: () => this.SUBRULE(this.nameLine) },
      { ALT: () => this.SUBRULE(this.objectIdLine) },
      { ALT: () => this.SUBRULE(this.elisionLine) },
      { ALT: () => this.SUBRULE(this.otherLine) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `CertSelectCertificateChains called` */
  readonly calledLine = this.RULE("calledLine", () => {
    this.CONSUME(Called);
    this.SUBRULE(this.rest);
  });

  /** `CertSelectCertificateChains exited with value : TRUE`; the value may be cut off */
  readonly exitedLine = this.RULE("exitedLine", () => {
    this.CONSUME(Exited);
    this.SUBRULE(this.value);
  });

  /** `dwFlags : 00000088`, `cCriteria : 3`, `Number of issuer(s) : 22`, `fCritical : FALSE`, `pszObjId : (null)`, `Value : 00000080` … */
  readonly labelledLine = this.RULE("labelledLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(FlagsLabel) },
      { ALT: () => this.CONSUME(CriteriaLabel) },
      { ALT: () => this.CONSUME(IssuersLabel) },
      { ALT: () => this.CONSUME(MatchesLabel) },
      { ALT: () => this.CONSUME(CriticalLabel) },
      { ALT: () => this.CONSUME(ObjectIdLabel) },
      { ALT: () => this.CONSUME(ValueLabel) },
    ]);
    this.SUBRULE(this.value);
  });

  /** ` : 00000088`, with an author's remark after it or nothing at all */
  readonly value = this.RULE("value", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Separator) },
        { ALT: () => this.CONSUME(ValueText) },
        { ALT: () => this.CONSUME(Remark) },
        { ALT: () => this.CONSUME(Other) },
      ]);
    });
    this.CONSUME(KnownEnd);
  });

  /** `CERT_SELECT_HAS_PRIVATE_KEY` or `CERT_DIGITAL_SIGNATURE_KEY_USAGE`, one a line or several joined by `|` */
  readonly namesLine = this.RULE("namesLine", () => {
    this.OR([{ ALT: () => this.CONSUME(FlagName) }, { ALT: () => this.CONSUME(UsageName) }]);
    this.MANY(() => {
      this.OR2([
        { ALT: () => this.CONSUME(FlagNameAgain) },
        { ALT: () => this.CONSUME(UsageNameAgain) },
        { ALT: () => this.CONSUME(Or) },
        { ALT: () => this.CONSUME(Blank) },
        { ALT: () => this.CONSUME(Remark) },
        { ALT: () => this.CONSUME(Other) },
      ]);
    });
    this.CONSUME(KnownEnd);
  });

  /** `C=US, O="VeriSign, Inc.", OU=VeriSign Trust Network` */
  readonly nameLine = this.RULE("nameLine", () => {
    this.CONSUME(NameText);
    this.SUBRULE(this.rest);
  });

  /** `1.3.6.1.5.5.7.3.2` */
  readonly objectIdLine = this.RULE("objectIdLine", () => {
    this.CONSUME(ObjectId);
    this.SUBRULE(this.rest);
  });

  /** `…`, `[...]`, `<snip>` */
  readonly elisionLine = this.RULE("elisionLine", () => {
    this.CONSUME(Elision);
    this.SUBRULE(this.rest);
  });

  /** A line that begins like nothing known. */
  readonly otherLine = this.RULE("otherLine", () => {
    this.CONSUME(Other);
    this.CONSUME(LineEnd);
  });

  /** What follows on a line: ` <- this section will dump the CTL/issuer list as sent by the web server` */
  readonly rest = this.RULE("rest", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Blank) },
        { ALT: () => this.CONSUME(Remark) },
        { ALT: () => this.CONSUME(Other) },
      ]);
    });
    this.CONSUME(KnownEnd);
  });

  /** `HTTP/1.1 403 Forbidden` */
  readonly statusLine = this.RULE("statusLine", () => {
    this.CONSUME(HttpVersion);
    this.CONSUME(Blank);
    this.CONSUME(StatusCode);
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME2(Blank) }, { ALT: () => this.CONSUME(Other) }]));
    this.CONSUME(LineEnd);
  });

  /** `InitializeSecurityContextA exited with value : 0x8009030d` */
  readonly resultLine = this.RULE("resultLine", () => {
    this.CONSUME(ApiName);
    this.CONSUME(Blank);
    this.CONSUME(ExitedWith);
    this.CONSUME(ErrorValue);
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME2(Blank) }, { ALT: () => this.CONSUME(Other) }]));
    this.CONSUME(LineEnd);
  });
}

let parser: StraceParser | null = null;

/** The one parser, built on first use. */
export function straceParser(): StraceParser {
  parser ??= new StraceParser();
  return parser;
}

/** What the generated files and the tests of definitions look at. */
export function grammarDefinition(): { readonly name: string; readonly tokens: readonly TokenType[]; readonly parser: CstParser } {
  return { name: "strace", tokens: straceTokens, parser: straceParser() };
}
