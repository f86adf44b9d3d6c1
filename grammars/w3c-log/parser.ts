import { CstParser, type Lexer } from "chevrotain";
import { Blank, createLexer, Directive, Fields, Item, LineEnd, Other, tokens } from "./tokens.ts";

/** A log in the Extended Log File Format of the W3C. Total: what is no directive is a row of items. */
export class W3cLogParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly log = this.RULE("log", () => {
    this.MANY(() => {
      this.SUBRULE(this.line);
    });
  });

  // A line, its indentation, or its end: any of them may be the last thing of a passage that was cut.
  readonly line = this.RULE("line", () => {
    this.OR([
      { ALT: () => this.CONSUME(Blank) },
      { ALT: () => this.SUBRULE(this.fieldsLine) },
      { ALT: () => this.SUBRULE(this.directiveLine) },
      { ALT: () => this.SUBRULE(this.row) },
      { ALT: () => this.CONSUME(LineEnd) },
    ]);
  });

  /** `#Fields: date time cs-method cs-uri-stem sc-status sc-substatus sc-win32-status` */
  readonly fieldsLine = this.RULE("fieldsLine", () => {
    this.CONSUME(Fields);
    this.OPTION(() => this.CONSUME(Blank));
    this.MANY(() => this.SUBRULE(this.item));
  });

  /** `#Version: 1.0` */
  readonly directiveLine = this.RULE("directiveLine", () => {
    this.CONSUME(Directive);
  });

  /** `2026-03-02 08:14:11 GET /app/ 403 7 5` */
  readonly row = this.RULE("row", () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.item));
  });

  readonly item = this.RULE("item", () => {
    this.OR([{ ALT: () => this.CONSUME(Item) }, { ALT: () => this.CONSUME(Other) }]);
    this.OPTION(() => this.CONSUME(Blank));
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: W3cLogParser } {
  return { name: "w3c-log", tokens, parser: new W3cLogParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: W3cLogParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: W3cLogParser } {
  shared ??= { lexer: createLexer(), parser: new W3cLogParser() };
  return shared;
}
