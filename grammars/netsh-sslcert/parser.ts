import { CstParser, type Lexer } from "chevrotain";
import { createLexer, Label, Lead, LineEnd, Text, tokens, Value } from "./tokens.ts";

/** What `netsh http show sslcert` lists. Total: a line without a label and a value is a `textLine`. */
export class NetshSslcertParser extends CstParser {
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
      { ALT: () => this.SUBRULE(this.row) },
      { ALT: () => this.SUBRULE(this.textLine) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `    Negotiate Client Certificate : Disabled`, `    IP:port                      : 0.0.0.0:443` */
  readonly row = this.RULE("row", () => {
    this.CONSUME(Label);
    this.CONSUME(Value);
  });

  /** `SSL Certificate bindings:`, `-------------------------` */
  readonly textLine = this.RULE("textLine", () => {
    this.CONSUME(Text);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: NetshSslcertParser } {
  return { name: "netsh-sslcert", tokens, parser: new NetshSslcertParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: NetshSslcertParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: NetshSslcertParser } {
  shared ??= { lexer: createLexer(), parser: new NetshSslcertParser() };
  return shared;
}
