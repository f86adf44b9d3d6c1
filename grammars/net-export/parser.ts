import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** One event, or a line with several. Total: everything else is passed over. */
export class NetExportParser extends CstParser {
  constructor() {
    super([...t.tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  // {"params":{"bytes":"DQAAxQ…","type":13},"phase":0,"source":{"id":10850,"type":8},"time":"160915359","type":60},
  // {"params":{"cert_count":0},"phase":0,"source":{"id":10850,"type":8},"time":"160915362","type":73},
  // {"params":{"net_error":-110},"phase":2,"source":{"id":10850,"type":8},"time":"160915365","type":55},
  //  t= 7905 [st= 579]      SSL_CLIENT_CERT_REQUESTED
  //                        --> cert_count = 2
  readonly events = this.RULE("events", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.part) },
        { ALT: () => this.CONSUME(t.Text) },
        { ALT: () => this.CONSUME(t.Quote) },
        { ALT: () => this.CONSUME(t.Between) },
      ]);
    });
  });

  readonly part = this.RULE("part", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.MessageBytes) },
      { ALT: () => this.CONSUME(t.CertificateCount) },
      { ALT: () => this.CONSUME(t.NetError) },
      { ALT: () => this.CONSUME(t.Requested) },
      { ALT: () => this.CONSUME(t.SourceId) },
      { ALT: () => this.CONSUME(t.TypeNumber) },
    ]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: NetExportParser } {
  return { name: "net-export", tokens: t.tokens, parser: new NetExportParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: NetExportParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: NetExportParser } {
  shared ??= { lexer: t.createLexer(), parser: new NetExportParser() };
  return shared;
}
