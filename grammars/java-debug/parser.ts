import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines of a Java TLS log. Each is a statement of the logger, a labelled value or text; the message they belong to follows from their order. */
export class JavaDebugParser extends CstParser {
  constructor() {
    super([...t.tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly lines = this.RULE("lines", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.line) },
        { ALT: () => this.CONSUME(t.EndOfLine) },
      ]);
    });
  });

  readonly line = this.RULE("line", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.statement) },
      { ALT: () => this.SUBRULE(this.requestLine) },
      { ALT: () => this.SUBRULE(this.answerLine) },
      { ALT: () => this.SUBRULE(this.certificateLine) },
      { ALT: () => this.SUBRULE(this.fieldLine) },
      { ALT: () => this.SUBRULE(this.otherLine) },
    ]);
    this.OPTION(() => this.CONSUME(t.Value));
  });

  // javax.net.ssl|DEBUG|10|main|2026-03-04 10:11:12.131 UTC|CertificateRequest.java:979|Consuming CertificateRequest handshake message (
  // *** ServerHello, TLSv1.2
  // *** Certificate chain
  // ***
  // main, RECV TLSv1.2 ALERT:  fatal, handshake_failure
  // found key for : robot
  // Warning: no suitable certificate found - continuing without client authentication
  readonly statement = this.RULE("statement", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Prefix) },
      { ALT: () => this.CONSUME(t.OldHeading) },
      { ALT: () => this.CONSUME(t.OldChain) },
      { ALT: () => this.CONSUME(t.OldClosing) },
      { ALT: () => this.CONSUME(t.OldAlert) },
      { ALT: () => this.CONSUME(t.FoundKey) },
      { ALT: () => this.CONSUME(t.NoneSuitable) },
    ]);
  });

  // "CertificateRequest": {
  //   "certificate types": [rsa_sign, dss_sign, ecdsa_sign]
  //   "supported signature algorithms": [ecdsa_secp256r1_sha256, rsa_pss_rsae_sha256]
  //   "signature_algorithms (13)": {
  //   "certificate authorities": [CN=Lab Root CA, OU=PKI, O="Lab, Inc.", C=US]
  //     CN=Lab Issuing CA 2, DC=lab, DC=example]
  // Cert Authorities:
  // <CN=Lab Root CA, OU=PKI, O="Lab, Inc.", C=US>
  readonly requestLine = this.RULE("requestLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.RequestOpens) },
      { ALT: () => this.CONSUME(t.CertificateTypes) },
      { ALT: () => this.CONSUME(t.SignatureSchemes) },
      { ALT: () => this.CONSUME(t.TlsExtension) },
      { ALT: () => this.CONSUME(t.Authorities) },
      { ALT: () => this.CONSUME(t.BracketedName) },
      { ALT: () => this.CONSUME(t.NameLine) },
    ]);
  });

  // "Certificate": {
  //   "certificate_list": [
  // "Certificates": <empty list>
  readonly answerLine = this.RULE("answerLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.AnswerOpens) },
      { ALT: () => this.CONSUME(t.CertificateList) },
    ]);
  });

  // "certificate" : {
  //   "serial number"      : "45:1f:8e",
  //   "issuer"             : "CN=Lab Root CA, OU=PKI, O="Lab, Inc.", C=US",
  //     ObjectId: 2.5.29.37 Criticality=false
  //     ExtendedKeyUsages [
  //       clientAuth
  //   ]}
  // chain [0] = [
  //   Issuer: CN=Lab Root CA, OU=PKI, O="Lab, Inc.", C=US
  readonly certificateLine = this.RULE("certificateLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.CertificateOpens) },
      { ALT: () => this.CONSUME(t.CertificateField) },
      { ALT: () => this.CONSUME(t.CertificateExtension) },
      { ALT: () => this.CONSUME(t.UsageOpens) },
      { ALT: () => this.CONSUME(t.BasicConstraints) },
      { ALT: () => this.CONSUME(t.CertificateCloses) },
      { ALT: () => this.CONSUME(t.Word) },
    ]);
  });

  // "selected version": [TLSv1.3]
  // "description": "certificate_required"
  // "random"              : "6E4C71A7…"
  readonly fieldLine = this.RULE("fieldLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.SelectedVersion) },
      { ALT: () => this.CONSUME(t.AlertField) },
      { ALT: () => this.CONSUME(t.OtherField) },
    ]);
  });

  // },
  // 0000: 4A 27 36 CA C6 BE DA C5   DF F0 AA F9 69 4D 31 AA  J'6.........iM1.
  readonly otherLine = this.RULE("otherLine", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Bracket) },
      { ALT: () => this.CONSUME(t.OtherText) },
    ]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: JavaDebugParser } {
  return { name: "java-debug", tokens: t.tokens, parser: new JavaDebugParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: JavaDebugParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: JavaDebugParser } {
  shared ??= { lexer: t.createLexer(), parser: new JavaDebugParser() };
  return shared;
}
