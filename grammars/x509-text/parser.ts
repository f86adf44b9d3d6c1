import { CstParser, type Lexer } from "chevrotain";
import { createLexer, Elision, Label, Lead, LineEnd, Text, tokens, Value, ValueEnd } from "./tokens.ts";

/** What `openssl x509 -text` and its single options print, line by line. Total: a line without a known label is a `textLine`. */
export class X509TextParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 2, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  /** The lines of a passage. */
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
      { ALT: () => this.SUBRULE(this.elisionLine) },
      { ALT: () => this.SUBRULE(this.textLine) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `Not After : Dec 27 16:49:43 2027 GMT`, `X509v3 Key Usage: critical` */
  readonly labelledLine = this.RULE("labelledLine", () => {
    this.CONSUME(Label);
    this.OPTION(() => this.CONSUME(Value));
    this.OPTION1(() => this.CONSUME(ValueEnd));
  });

  /** `[...]` */
  readonly elisionLine = this.RULE("elisionLine", () => {
    this.CONSUME(Elision);
    this.OPTION(() => this.CONSUME(LineEnd));
  });

  /** `Digital Signature, Key Encipherment`, the line of an extension; `00:f1:be:3b`, octets of a key */
  readonly textLine = this.RULE("textLine", () => {
    this.CONSUME(Text);
    this.OPTION(() => this.CONSUME(LineEnd));
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: X509TextParser } {
  return { name: "x509-text", tokens, parser: new X509TextParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: X509TextParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: X509TextParser } {
  shared ??= { lexer: createLexer(), parser: new X509TextParser() };
  return shared;
}
