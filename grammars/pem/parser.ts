import { CstParser, type Lexer } from "chevrotain";
import { Base64, Begin, Beside, createLexer, End, Header, Hyphen, Inline, Lead, LineEnd, tokens } from "./tokens.ts";

/** PEM blocks. Total: what is no part of a block is `otherText`. */
export class PemParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly passage = this.RULE("passage", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.block) },
        { ALT: () => this.CONSUME(Inline) },
        { ALT: () => this.SUBRULE(this.otherText) },
      ]);
    });
  });

  /** `-----BEGIN CERTIFICATE-----`, lines of base64, `-----END CERTIFICATE-----`; the last line may be missing */
  readonly block = this.RULE("block", () => {
    this.CONSUME(Begin);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Base64) },
        { ALT: () => this.CONSUME(Header) },
        { ALT: () => this.CONSUME(Lead) },
        { ALT: () => this.CONSUME(LineEnd) },
      ]);
    });
    this.OPTION(() => this.CONSUME(End));
  });

  /** `"cert": "` before a block in JSON, a comma behind it */
  readonly otherText = this.RULE("otherText", () => {
    this.OR([
      { ALT: () => this.CONSUME(Beside) },
      { ALT: () => this.CONSUME(Hyphen) },
      { ALT: () => this.CONSUME(End) },
      { ALT: () => this.CONSUME(Base64) },
      { ALT: () => this.CONSUME(Header) },
      { ALT: () => this.CONSUME(Lead) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: PemParser } {
  return { name: "pem", tokens, parser: new PemParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: PemParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: PemParser } {
  shared ??= { lexer: createLexer(), parser: new PemParser() };
  return shared;
}
