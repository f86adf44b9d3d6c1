import { CstParser, type Lexer } from "chevrotain";
import { CertificateNumber, createLexer, ExtensionHeading, Fingerprint, Label, Lead, LineEnd, Octets, Rule, Text, tokens, Value, ValueEnd } from "./tokens.ts";

/** What keytool prints of a key store, line by line. Total: a line of no known kind is a `textLine`. */
export class KeytoolParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 2, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly output = this.RULE("output", () => {
    this.MANY(() => {
      this.SUBRULE(this.line);
    });
  });

  // A line, its indentation, or its end: any of them may be the last thing of a passage that was cut.
  readonly line = this.RULE("line", () => {
    this.OR([
      { ALT: () => this.CONSUME(Lead) },
      { ALT: () => this.SUBRULE(this.labelledLine) },
      { ALT: () => this.SUBRULE(this.markedLine) },
      { ALT: () => this.SUBRULE(this.textLine) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `Owner: CN=anna`, `Valid from: Sun Nov 22 16:49:43 UTC 2026 until: …` */
  readonly labelledLine = this.RULE("labelledLine", () => {
    this.CONSUME(Label);
    this.OPTION(() => this.CONSUME(Value));
    this.OPTION1(() => this.CONSUME(ValueEnd));
  });

  /** `Certificate[1]:`, `SHA1: C3:86:…`, `#5: ObjectId: 2.5.29.37 Criticality=false`, `0000: A3 68 …`, a row of stars */
  readonly markedLine = this.RULE("markedLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(CertificateNumber) },
      { ALT: () => this.CONSUME(Fingerprint) },
      { ALT: () => this.CONSUME(ExtensionHeading) },
      { ALT: () => this.CONSUME(Octets) },
      { ALT: () => this.CONSUME(Rule) },
    ]);
  });

  /** `  clientAuth` */
  readonly textLine = this.RULE("textLine", () => {
    this.CONSUME(Text);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: KeytoolParser } {
  return { name: "keytool", tokens, parser: new KeytoolParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: KeytoolParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: KeytoolParser } {
  shared ??= { lexer: createLexer(), parser: new KeytoolParser() };
  return shared;
}
