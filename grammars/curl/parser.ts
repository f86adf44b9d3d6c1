import { CstParser, type Lexer } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines of a transcript. Total: any other line is OtherText. */
export class CurlParser extends CstParser {
  constructor() {
    super([...t.tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly lines = this.RULE("lines", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.info) },
        { ALT: () => this.SUBRULE(this.exchange) },
        { ALT: () => this.CONSUME(t.OtherText) },
        { ALT: () => this.CONSUME(t.EndOfLine) },
      ]);
    });
  });

  // *   Trying 192.0.2.80:443...
  // * Connected to gate.lab.example (192.0.2.80) port 443 (#0)
  // * TLSv1.3 (IN), TLS handshake, Request CERT (13):
  // * SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
  // * schannel: a client certificate has been requested
  // *  issuer: C=US; O=Lab, Inc.; OU=PKI; CN=Lab Root CA
  // 18:38:42.446822 http.c:725              == Info: SSL connection using TLS1.2 / ECDHE_RSA_AES_256_GCM_SHA384
  readonly info = this.RULE("info", () => {
    this.CONSUME(t.InfoMark);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Message) },
        { ALT: () => this.CONSUME(t.ConnectionUsing) },
        { ALT: () => this.CONSUME(t.Schannel) },
        { ALT: () => this.CONSUME(t.Trying) },
        { ALT: () => this.CONSUME(t.ConnectedTo) },
        { ALT: () => this.CONSUME(t.ServerSubject) },
        { ALT: () => this.CONSUME(t.ServerIssuer) },
        { ALT: () => this.CONSUME(t.AlertError) },
        { ALT: () => this.CONSUME(t.OtherInfo) },
      ]);
    });
    this.OPTION1(() => this.CONSUME(t.Value));
  });

  // $ curl -v --cert robot.pem https://gate.lab.example/
  // $ GIT_CURL_VERBOSE=1 git -c http.sslCert=robot.pem ls-remote https://gate.lab.example/repo.git
  // { [201 bytes data]
  // 18:37:35.247215 => Send SSL data, 7 bytes (0x7)
  // > GET / HTTP/1.1
  // < HTTP/1.1 400 Bad Request
  // < Date: Sun, 22 Nov 2026 16:51:49 GMT
  // 18:38:42.447784 http.c:684              => Send header: GET /repo.git/info/refs HTTP/1.1
  // 18:38:42.447928 http.c:684              <= Recv header: HTTP/1.1 400 Bad Request
  // curl: (35) OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure
  // fatal: unable to access 'https://gate.lab.example/repo.git/': gnutls_handshake() failed: Handshake failed
  readonly exchange = this.RULE("exchange", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Command) },
      { ALT: () => this.CONSUME(t.GitCommand) },
      { ALT: () => this.CONSUME(t.DataLine) },
      { ALT: () => this.CONSUME(t.RequestLine) },
      { ALT: () => this.CONSUME(t.StatusLine) },
      { ALT: () => this.CONSUME(t.Header) },
      { ALT: () => this.CONSUME(t.OtherHeader) },
      { ALT: () => this.CONSUME(t.AlertError) },
    ]);
    this.OPTION(() => this.CONSUME(t.Value));
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof t.tokens; readonly parser: CurlParser } {
  return { name: "curl", tokens: t.tokens, parser: new CurlParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: CurlParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: CurlParser } {
  shared ??= { lexer: t.createLexer(), parser: new CurlParser() };
  return shared;
}
