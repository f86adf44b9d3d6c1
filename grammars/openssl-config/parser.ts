import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines of settings. Total: any other line is OtherText. */
export class OpensslConfigParser extends CstParser {
  constructor() {
    super([...t.tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly lines = this.RULE("lines", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.setting) },
        { ALT: () => this.CONSUME(t.Directive) },
        { ALT: () => this.CONSUME(t.OtherText) },
        { ALT: () => this.CONSUME(t.EndOfLine) },
      ]);
    });
  });

  // SignatureAlgorithms = ECDSA+SHA256:rsa_pss_rsae_sha256
  // ssl_conf_command ClientSignatureAlgorithms RSA+SHA256;
  // SSLOpenSSLConfCmd ClientSignatureAlgorithms "RSA+SHA256"
  // ClientSignatureAlgori [...]
  readonly setting = this.RULE("setting", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.SettingName) },
      { ALT: () => this.CONSUME(t.CutName) },
    ]);
    this.MANY(() => {
      this.OR1([
        { ALT: () => this.CONSUME(t.Separator) },
        { ALT: () => this.CONSUME(t.Value) },
        { ALT: () => this.CONSUME(t.Rest) },
      ]);
    });
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: OpensslConfigParser } {
  return { name: "openssl-config", tokens: t.tokens, parser: new OpensslConfigParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: OpensslConfigParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: OpensslConfigParser } {
  shared ??= { lexer: t.createLexer(), parser: new OpensslConfigParser() };
  return shared;
}
