import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines of a transcript. Total: any other line is OtherText. */
export class GnutlsCliParser extends CstParser {
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
      { ALT: () => this.SUBRULE(this.request) },
      { ALT: () => this.SUBRULE(this.connection) },
      { ALT: () => this.SUBRULE(this.certificate) },
      { ALT: () => this.SUBRULE(this.ending) },
      { ALT: () => this.CONSUME(t.OtherText) },
    ]);
    this.OPTION(() => this.CONSUME(t.Value));
  });

  // - Server's trusted authorities:
  //    [0]: C=US,O=Lab\, Inc.,OU=PKI,CN=Lab Root CA
  // - Server did not send us any trusted authorities names.
  // - Successfully sent 0 certificate(s) to server.
  // - Server has requested a certificate.
  // - No certificate was sent to peer
  // *** Received rehandshake request
  // |<3>| Peer requested CA: CN=Lab Root CA,OU=PKI,O=Lab\, Inc.,C=US
  readonly request = this.RULE("request", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.AuthoritiesHeading) },
      { ALT: () => this.CONSUME(t.Authority) },
      { ALT: () => this.CONSUME(t.NoAuthorities) },
      { ALT: () => this.CONSUME(t.Sent) },
      { ALT: () => this.CONSUME(t.Requested) },
      { ALT: () => this.CONSUME(t.NotSent) },
      { ALT: () => this.CONSUME(t.Rehandshake) },
      { ALT: () => this.CONSUME(t.PeerRequested) },
    ]);
  });

  // $ gnutls-cli -V --x509certfile=robot.pem -p 443 gate.lab.example
  // Resolving 'gate.lab.example:443'...
  // - Description: (TLS1.3-X.509)-(ECDHE-SECP256R1)-(RSA-PSS-RSAE-SHA256)-(AES-256-GCM)
  // - Version: TLS1.3
  // |<2>| Keeping ciphersuite 13.02 (GNUTLS_AES_256_GCM_SHA384)
  readonly connection = this.RULE("connection", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Command) },
      { ALT: () => this.CONSUME(t.Resolving) },
      { ALT: () => this.CONSUME(t.Description) },
      { ALT: () => this.CONSUME(t.Version) },
      { ALT: () => this.CONSUME(t.DebugLine) },
      { ALT: () => this.CONSUME(t.OtherNotes) },
    ]);
  });

  // - Certificate[0] info:
  //  - subject `CN=localhost,O=Lab\, Inc.', issuer `CN=Lab Root CA,C=US', serial 0x01, RSA key 2048 bits, …
  // - Status: The certificate is trusted.
  readonly certificate = this.RULE("certificate", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.CertificateInfo) },
      { ALT: () => this.CONSUME(t.ShortInfo) },
      { ALT: () => this.CONSUME(t.Subject) },
      { ALT: () => this.CONSUME(t.Issuer) },
      { ALT: () => this.CONSUME(t.Status) },
    ]);
  });

  // - Handshake was completed
  // - Received[389]: HTTP/1.1 400 Bad Request
  // *** Received alert [116]: Certificate is required
  readonly ending = this.RULE("ending", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Completed) },
      { ALT: () => this.CONSUME(t.Received) },
      { ALT: () => this.CONSUME(t.StatusLine) },
      { ALT: () => this.CONSUME(t.Alert) },
    ]);
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: GnutlsCliParser } {
  return { name: "gnutls-cli", tokens: t.tokens, parser: new GnutlsCliParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: GnutlsCliParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: GnutlsCliParser } {
  shared ??= { lexer: t.createLexer(), parser: new GnutlsCliParser() };
  return shared;
}
