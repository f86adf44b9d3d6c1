import { CstParser, type TokenType } from "chevrotain";
import {
  AttributeType, BareComma, BareEquals, Equals, Escape, LeadingBlank, LeadingCut, LeadingSlash, LineBreak, MemberSeparator, NoName,
  OpenQuote, Plain, Quoted, RdnSeparator, nameTokens,
} from "./tokens.ts";

/** Distinguished names in every notation: the notations differ in their tokens, not in their shape. */
export class NameParser extends CstParser {
  constructor() {
    super([...nameTokens], { maxLookahead: 1, recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  /**
   * `C=US, O="VeriSign, Inc.", CN=VeriSign Class 3 Public Primary Certification Authority - G5`
   * `/C=US/O=VeriSign, Inc./OU=VeriSign Trust Network`
   * `…/DC=com/DC=microsoft/CN=CA Emmanubo` (the beginning was cut)
   * Anything else is one `NoName` to the end.
   */
  readonly distinguishedName = this.RULE("distinguishedName", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(LeadingCut) },
        { ALT: () => this.CONSUME(LeadingSlash) },
        { ALT: () => this.CONSUME(LeadingBlank) },
      ]);
    });
    this.OPTION(() => {
      this.SUBRULE(this.relativeName);
      this.MANY2(() => {
        this.CONSUME(RdnSeparator);
        this.SUBRULE2(this.relativeName);
      });
    });
    this.OPTION2(() => this.CONSUME(NoName));
  });

  /** `CN=VeriSign`, or several that belong together: `serialNumber = 12345 + OU = Sales + CN = Multi Valued CA` */
  readonly relativeName = this.RULE("relativeName", () => {
    this.SUBRULE(this.attribute);
    this.MANY(() => {
      this.CONSUME(MemberSeparator);
      this.SUBRULE2(this.attribute);
    });
  });

  /** `O=VeriSign, Inc.` with everything the notation allows in the value */
  readonly attribute = this.RULE("attribute", () => {
    this.CONSUME(AttributeType);
    this.CONSUME(Equals);
    this.MANY(() => this.SUBRULE(this.piece));
  });

  /** `"VeriSign, Inc."`, `\C3`, `\,`, `Entrust.net`, a bare comma */
  readonly piece = this.RULE("piece", () => {
    this.OR([
      { ALT: () => this.CONSUME(Quoted) },
      { ALT: () => this.CONSUME(Escape) },
      { ALT: () => this.CONSUME(Plain) },
      { ALT: () => this.CONSUME(OpenQuote) },
      { ALT: () => this.CONSUME(BareComma) },
      { ALT: () => this.CONSUME(BareEquals) },
      { ALT: () => this.CONSUME(LineBreak) },
    ]);
  });
}

let parser: NameParser | null = null;

/** The one parser of names, built on first use. */
export function nameParser(): NameParser {
  parser ??= new NameParser();
  return parser;
}

/** What the generated files and the tests of definitions look at. */
export function grammarDefinition(): { readonly name: string; readonly tokens: readonly TokenType[]; readonly parser: CstParser } {
  return { name: "names", tokens: nameTokens, parser: nameParser() };
}
