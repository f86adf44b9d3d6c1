import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines of packets. Which packet and which message a line belongs to follows from the order. Total: any other line is OtherText. */
export class WiresharkParser extends CstParser {
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
      { ALT: () => this.SUBRULE(this.packet) },
      { ALT: () => this.SUBRULE(this.message) },
      { ALT: () => this.SUBRULE(this.certificate) },
      { ALT: () => this.CONSUME(t.OtherText) },
    ]);
    this.OPTION(() => this.CONSUME(t.Value));
  });

  //     8 0.004942805    192.0.2.7 → 192.0.2.14    TLSv1.2 171 Certificate, Client Key Exchange, Change Cipher Spec, Encrypted Handshake Message
  // Frame 8: 171 bytes on wire (1368 bits), 171 bytes captured (1368 bits) on interface lo, id 0
  // Internet Protocol Version 4, Src: 192.0.2.7, Dst: 192.0.2.14
  // Transmission Control Protocol, Src Port: 56268, Dst Port: 443, Seq: 518, Ack: 2422, Len: 105
  //     TLSv1.2 Record Layer: Handshake Protocol: Certificate
  //         Handshake Protocol: Certificate
  readonly packet = this.RULE("packet", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Row) },
      { ALT: () => this.CONSUME(t.Frame) },
      { ALT: () => this.CONSUME(t.Network) },
      { ALT: () => this.CONSUME(t.Transport) },
      { ALT: () => this.CONSUME(t.Record) },
      { ALT: () => this.CONSUME(t.Handshake) },
    ]);
  });

  // Certificate type: RSA Sign (1)
  // Signature Algorithm: rsa_pss_rsae_sha256 (0x0804)
  // Distinguished Names Length: 144
  // Distinguished Name: (id-at-commonName=Lab Root CA,id-at-countryName=DE)
  // RelativeDistinguishedName item (id-at-countryName=DE)
  // Certificates Length: 0
  // Level: Fatal (2)
  // Description: Handshake Failure (40)
  // Server Name: gate.lab.example
  readonly message = this.RULE("message", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.ServerName) },
      { ALT: () => this.CONSUME(t.CertificateType) },
      { ALT: () => this.CONSUME(t.Scheme) },
      { ALT: () => this.CONSUME(t.NamesLength) },
      { ALT: () => this.CONSUME(t.Authority) },
      { ALT: () => this.CONSUME(t.Attribute) },
      { ALT: () => this.CONSUME(t.CertificatesLength) },
      { ALT: () => this.CONSUME(t.AlertLevel) },
      { ALT: () => this.CONSUME(t.AlertDescription) },
    ]);
  });

  // Certificate: 3082036a30820252a003020102021430f6794e5b… (id-at-commonName=Robot 7,id-at-countryName=DE)
  // serialNumber: 0x30f6794e5b04a063a9d452d629e66aab5d078a3c
  // issuer: rdnSequence (0)
  // rdnSequence: 2 items (id-at-commonName=Lab Root CA,id-at-countryName=DE)
  // notAfter: utcTime (0)
  // utcTime: 2030-03-06 18:36:52 (UTC)
  readonly certificate = this.RULE("certificate", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Certificate) },
      { ALT: () => this.CONSUME(t.SerialNumber) },
      { ALT: () => this.CONSUME(t.NameHead) },
      { ALT: () => this.CONSUME(t.WholeName) },
      { ALT: () => this.CONSUME(t.ValidityHead) },
      { ALT: () => this.CONSUME(t.Time) },
    ]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: WiresharkParser } {
  return { name: "wireshark", tokens: t.tokens, parser: new WiresharkParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: WiresharkParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: WiresharkParser } {
  shared ??= { lexer: t.createLexer(), parser: new WiresharkParser() };
  return shared;
}
