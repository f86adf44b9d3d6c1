import { CstParser, type Lexer } from "chevrotain";
import { AttributeName, createLexer, Equals, Less, Quoted, Stray, TagClose, TagCut, TagEnd, TagEndEmpty, TagOpen, Text, tokens } from "./tokens.ts";

/** Events in XML, as a row of tags and texts: what is nested in what is counted by the reader, so that a cut event is read like a whole one. Total. */
export class WindowsEventParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 2, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly events = this.RULE("events", () => {
    this.MANY(() => {
      this.SUBRULE(this.part);
    });
  });

  readonly part = this.RULE("part", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.startTag) },
      { ALT: () => this.SUBRULE(this.endTag) },
      { ALT: () => this.SUBRULE(this.content) },
    ]);
  });

  /** `<ErrorStatus value="20" CERT_TRUST_IS_UNTRUSTED_ROOT="true"/>`, `<EventID>` */
  readonly startTag = this.RULE("startTag", () => {
    this.CONSUME(TagOpen);
    this.MANY(() => this.SUBRULE(this.attribute));
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(TagEndEmpty) }, { ALT: () => this.CONSUME(TagEnd) }, { ALT: () => this.CONSUME(TagCut) }]);
    });
  });

  /** `value="20"`, and strays */
  readonly attribute = this.RULE("attribute", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(AttributeName);
          this.OPTION(() => {
            this.CONSUME(Equals);
            this.OPTION2(() => this.CONSUME(Quoted));
          });
        },
      },
      { ALT: () => this.CONSUME2(Equals) },
      { ALT: () => this.CONSUME2(Quoted) },
      { ALT: () => this.CONSUME(Stray) },
    ]);
  });

  /** `</EventID>` */
  readonly endTag = this.RULE("endTag", () => {
    this.CONSUME(TagClose);
  });

  /** `36887` */
  readonly content = this.RULE("content", () => {
    this.OR([{ ALT: () => this.CONSUME(Text) }, { ALT: () => this.CONSUME(Less) }]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: WindowsEventParser } {
  return { name: "windows-event", tokens, parser: new WindowsEventParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: WindowsEventParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: WindowsEventParser } {
  shared ??= { lexer: createLexer(), parser: new WindowsEventParser() };
  return shared;
}
