import { CstParser, type CstNode, type ParserMethod, type TokenType } from "chevrotain";
import * as t from "./tokens.ts";

type Rule = ParserMethod<[], CstNode>;

/**
 * The grammar of what certutil prints. It is total: every line is one of the known kinds, or a field or text nobody knows.
 * Indentation and blank lines mean nothing in it, because pastes lose or multiply both.
 */
class CertutilParser extends CstParser {
  constructor() {
    super([...t.tokenTypes], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  /** One passage, line by line. */
  readonly output: Rule = this.RULE("output", () => {
    this.MANY(() => this.SUBRULE(this.entry));
  });

  readonly entry: Rule = this.RULE("entry", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.command) },
      { ALT: () => this.SUBRULE(this.storeHeading) },
      { ALT: () => this.SUBRULE(this.banner) },
      { ALT: () => this.SUBRULE(this.extension) },
      { ALT: () => this.SUBRULE(this.property) },
      { ALT: () => this.SUBRULE(this.element) },
      { ALT: () => this.SUBRULE(this.field) },
      { ALT: () => this.SUBRULE(this.keyField) },
      { ALT: () => this.SUBRULE(this.flagsField) },
      { ALT: () => this.SUBRULE(this.hashField) },
      { ALT: () => this.SUBRULE(this.otherField) },
      { ALT: () => this.SUBRULE(this.status) },
      { ALT: () => this.SUBRULE(this.detail) },
      { ALT: () => this.SUBRULE(this.otherLine) },
      { ALT: () => this.SUBRULE(this.ending) },
    ]);
  });

  /** `C:\>certutil -user -v -store my` */
  readonly command: Rule = this.RULE("command", () => {
    this.CONSUME(t.Command);
  });

  /** `my "Personal"`, in older versions only `my` */
  readonly storeHeading: Rule = this.RULE("storeHeading", () => {
    this.OR([{ ALT: () => this.CONSUME(t.StoreHeading) }, { ALT: () => this.CONSUME(t.BareStore) }]);
  });

  /**
   * `================ Certificate 0 ================`, `================ Begin Nesting Level 1 ================`,
   * `----------------  End Nesting Level 1  ----------------`
   */
  readonly banner: Rule = this.RULE("banner", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Banner) }, { ALT: () => this.CONSUME(t.NestingEnd) }]);
  });

  /**
   * `    2.5.29.15: Flags = 1(Critical), Length = 4`
   * `    Key Usage`
   * `        Digital Signature, Key Encipherment (a0)`
   */
  readonly extension: Rule = this.RULE("extension", () => {
    this.CONSUME(t.ExtensionHeading);
    this.MANY(() => this.SUBRULE(this.content));
  });

  /**
   * `  CERT_ENHKEY_USAGE_PROP_ID(9):`
   * `    Enhanced Key Usage`
   * `        Secure Email (1.3.6.1.5.5.7.3.4)`
   */
  readonly property: Rule = this.RULE("property", () => {
    this.CONSUME(t.PropertyHeading);
    this.MANY(() => this.SUBRULE(this.propertyLine));
  });

  /** As `content`, and `    Flags = 0` besides: several properties print flags of their own. */
  readonly propertyLine: Rule = this.RULE("propertyLine", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.flagsField) },
      { ALT: () => this.SUBRULE(this.otherField) },
      { ALT: () => this.SUBRULE(this.detail) },
      { ALT: () => this.CONSUME(t.Text) },
    ]);
  });

  /** What stands inside an extension; a label or a status line of the certificate itself ends it. */
  readonly content: Rule = this.RULE("content", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.otherField) },
      { ALT: () => this.SUBRULE(this.detail) },
      { ALT: () => this.CONSUME(t.Text) },
    ]);
  });

  /**
   * `CertContext[0][0]: dwInfoStatus=102 dwErrorStatus=0`
   * `  Issuer: CN=Contoso Root CA, DC=contoso, DC=com`
   * `  Cert: 14da497c3aca3ae062449e82500522f08f27ee13`
   * `  Element.dwInfoStatus = CERT_TRUST_HAS_KEY_MATCH_ISSUER (0x2)`
   */
  readonly element: Rule = this.RULE("element", () => {
    this.CONSUME(t.ElementHeading);
    this.MANY(() => this.SUBRULE(this.elementLine));
  });

  readonly elementLine: Rule = this.RULE("elementLine", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.field) },
      { ALT: () => this.SUBRULE(this.hashField) },
      { ALT: () => this.SUBRULE(this.otherField) },
      { ALT: () => this.SUBRULE(this.detail) },
      { ALT: () => this.CONSUME(t.Text) },
    ]);
  });

  /**
   * `Serial Number: 5e151077f200000000034e`, `Issuer: CN=Contoso Root CA, DC=contoso, DC=com`, or with one RDN a line
   * `Issuer:`
   * `    CN=Contoso Root CA`
   */
  readonly field: Rule = this.RULE("field", () => {
    this.CONSUME(t.CertificateLabel);
    this.SUBRULE(this.labelled);
  });

  /** `  Key Container = te-User-…`, `  Unique container name: …`, `    Provider = …`, `    KeySpec = 1 -- AT_KEYEXCHANGE` */
  readonly keyField: Rule = this.RULE("keyField", () => {
    this.CONSUME(t.KeyLabel);
    this.SUBRULE(this.labelled);
  });

  /** `  Flags = 20 (32)` */
  readonly flagsField: Rule = this.RULE("flagsField", () => {
    this.CONSUME(t.FlagsLabel);
    this.SUBRULE(this.labelled);
  });

  /** `Cert Hash(sha1): 1fc3a992b7050af76e49c7e29e09e3853fe9a434`, `  Name Hash(md5): …` */
  readonly hashField: Rule = this.RULE("hashField", () => {
    this.CONSUME(t.HashLabel);
    this.SUBRULE(this.labelled);
  });

  /** A label of a language nobody has seen yet, `KeyID=…` of an extension, `dwFlags = …` of a verification. */
  readonly otherField: Rule = this.RULE("otherField", () => {
    this.CONSUME(t.Label);
    this.SUBRULE(this.labelled);
  });

  /** What follows a label: separator, value, and the RDNs of a name on lines of their own. */
  readonly labelled: Rule = this.RULE("labelled", () => {
    this.CONSUME(t.Separator);
    this.OPTION(() => this.CONSUME(t.Value));
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.RelativeName) }, { ALT: () => this.CONSUME(t.EmptyName) }]));
  });

  /** `Private key is NOT exportable`, `Encryption test passed`, `Missing stored keyset`, `Archived!` */
  readonly status: Rule = this.RULE("status", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Phrase) }, { ALT: () => this.CONSUME(t.TestLine) }]);
  });

  /** Lines that carry no label: `    CRYPT_MACHINE_KEYSET -- 20 (32)`, `    0000  30 82 …`, `D:PAI(A;;GAGR;;;BA)`, rulers, links, stray RDNs. */
  readonly detail: Rule = this.RULE("detail", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Constant) },
      { ALT: () => this.CONSUME(t.HexDump) },
      { ALT: () => this.CONSUME(t.Asn1Line) },
      { ALT: () => this.CONSUME(t.Permission) },
      { ALT: () => this.CONSUME(t.Ruler) },
      { ALT: () => this.CONSUME(t.Link) },
      { ALT: () => this.CONSUME(t.RelativeName) },
      { ALT: () => this.CONSUME(t.EmptyName) },
      { ALT: () => this.CONSUME(t.Elision) },
    ]);
  });

  /** A line nobody knows. */
  readonly otherLine: Rule = this.RULE("otherLine", () => {
    this.CONSUME(t.Text);
  });

  /** `CertUtil: -store command completed successfully.`, `CertUtil: Keyset does not exist` */
  readonly ending: Rule = this.RULE("ending", () => {
    this.CONSUME(t.FinalLine);
  });
}

let parser: CertutilParser | null = null;

/** The one parser of this process, built when it is first needed. */
export function certutilParser(): CertutilParser {
  parser ??= new CertutilParser();
  return parser;
}

/** Parses the tokens of one passage from its first rule; never throws, whatever the tokens. */
export function parseOutput(text: string): CstNode {
  const shared = certutilParser();
  shared.input = t.tokenize(text);
  return shared.output();
}

/** What the diagrams and the types of the tree are generated from. */
export function grammarDefinition(): { readonly name: string; readonly tokens: readonly TokenType[]; readonly parser: CstParser } {
  return { name: "certutil", tokens: t.tokenTypes, parser: certutilParser() };
}
