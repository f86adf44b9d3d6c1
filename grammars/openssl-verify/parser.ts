import { CstParser, type Lexer } from "chevrotain";
import { ChainLine, createLexer, ErrorLine, FailedLine, Lead, LineEnd, OkLine, SubjectLine, Text, tokens } from "./tokens.ts";

/** What `openssl verify` prints. Total: any other line is a `textLine`. */
export class OpensslVerifyParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly results = this.RULE("results", () => {
    this.MANY(() => {
      this.SUBRULE(this.piece);
    });
  });

  readonly piece = this.RULE("piece", () => {
    this.OR([
      { ALT: () => this.CONSUME(Lead) },
      { ALT: () => this.CONSUME(LineEnd) },
      { ALT: () => this.SUBRULE(this.error) },
      { ALT: () => this.SUBRULE(this.outcome) },
      { ALT: () => this.CONSUME(ChainLine) },
      { ALT: () => this.SUBRULE(this.textLine) },
    ]);
  });

  // O = Talgrund Logistik, CN = till-08
  // error 10 at 0 depth lookup: certificate has expired
  readonly error = this.RULE("error", () => {
    this.OR([
      { ALT: () => this.CONSUME(SubjectLine) },
      { ALT: () => this.CONSUME(ErrorLine) },
    ]);
  });

  // error client.pem: verification failed
  // client.pem: OK
  readonly outcome = this.RULE("outcome", () => {
    this.OR([
      { ALT: () => this.CONSUME(FailedLine) },
      { ALT: () => this.CONSUME(OkLine) },
    ]);
  });

  // Chain:
  readonly textLine = this.RULE("textLine", () => {
    this.CONSUME(Text);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: OpensslVerifyParser } {
  return { name: "openssl-verify", tokens, parser: new OpensslVerifyParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: OpensslVerifyParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: OpensslVerifyParser } {
  shared ??= { lexer: createLexer(), parser: new OpensslVerifyParser() };
  return shared;
}
