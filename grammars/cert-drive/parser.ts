import { CstParser, type Lexer } from "chevrotain";
import { Command, createLexer, Dashes, Header, Lead, LineEnd, ParentPath, Property, StorePath, Text, Thumbprint, tokens, Value, ValueEnd } from "./tokens.ts";

/** What PowerShell shows of its Cert: drive, as a table or as a list. Total: a line of no known kind is a `textLine`. */
export class CertDriveParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 2, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly listing = this.RULE("listing", () => {
    this.MANY(() => {
      this.SUBRULE(this.line);
    });
  });

  // A line, its indentation, or its end: any of them may be the last thing of a passage that was cut.
  readonly line = this.RULE("line", () => {
    this.OR([
      { ALT: () => this.CONSUME(Lead) },
      { ALT: () => this.SUBRULE(this.propertyLine) },
      { ALT: () => this.SUBRULE(this.storeLine) },
      { ALT: () => this.SUBRULE(this.headerLine) },
      { ALT: () => this.SUBRULE(this.row) },
      { ALT: () => this.SUBRULE(this.textLine) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `HasPrivateKey        : True` */
  readonly propertyLine = this.RULE("propertyLine", () => {
    this.CONSUME(Property);
    this.OPTION(() => this.CONSUME(Value));
    this.OPTION2(() => this.CONSUME(ValueEnd));
  });

  /** `   PSParentPath: Microsoft.PowerShell.Security\Certificate::CurrentUser\My`, `PS C:\> dir Cert:\LocalMachine\Root | fl` */
  readonly storeLine = this.RULE("storeLine", () => {
    this.OR([{ ALT: () => this.CONSUME(ParentPath) }, { ALT: () => this.CONSUME(Command) }]);
    this.OPTION(() => this.CONSUME(StorePath));
    this.OPTION2(() => this.CONSUME(Lead));
    this.OPTION3(() => this.CONSUME(Text));
  });

  /** `Thumbprint                                Subject`, and the dashes below */
  readonly headerLine = this.RULE("headerLine", () => {
    this.OR([{ ALT: () => this.CONSUME(Header) }, { ALT: () => this.CONSUME(Dashes) }]);
  });

  /** `C3862D1322EF6215FF71BE9F63AC8C874E1ED4D7  CN=anna, O=…` */
  readonly row = this.RULE("row", () => {
    this.CONSUME(Thumbprint);
    this.OPTION(() => this.CONSUME(Lead));
    this.OPTION2(() => this.CONSUME(Text));
  });

  /** The next line of a long value. */
  readonly textLine = this.RULE("textLine", () => {
    this.OR([{ ALT: () => this.CONSUME(Text) }, { ALT: () => this.CONSUME(StorePath) }]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: CertDriveParser } {
  return { name: "cert-drive", tokens, parser: new CertDriveParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: CertDriveParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: CertDriveParser } {
  shared ??= { lexer: createLexer(), parser: new CertDriveParser() };
  return shared;
}
