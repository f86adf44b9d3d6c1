import { CstParser, type CstNode, type IToken, type TokenType } from "chevrotain";
import * as t from "./tokens.ts";

/** Lines, one after the other, as s_client prints them. The grammar is total: what no rule knows is read by `unread`. */
class SClientParser extends CstParser {
  constructor() {
    super([...t.TOKENS], { maxLookahead: 1, recoveryEnabled: false, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  transcript = this.RULE("transcript", () => {
    this.MANY(() => this.SUBRULE(this.block));
  });

  block = this.RULE("block", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.run) },
      { ALT: () => this.SUBRULE(this.verification) },
      { ALT: () => this.SUBRULE(this.progress) },
      { ALT: () => this.SUBRULE(this.chain) },
      { ALT: () => this.SUBRULE(this.pem) },
      { ALT: () => this.SUBRULE(this.certificate) },
      { ALT: () => this.SUBRULE(this.request) },
      { ALT: () => this.SUBRULE(this.extra) },
      { ALT: () => this.SUBRULE(this.handshake) },
      { ALT: () => this.SUBRULE(this.session) },
      { ALT: () => this.SUBRULE(this.brief) },
      { ALT: () => this.SUBRULE(this.dump) },
      { ALT: () => this.SUBRULE(this.http) },
      { ALT: () => this.SUBRULE(this.unread) },
      { ALT: () => this.CONSUME(t.BlankLine) },
    ]);
  });

  // $ openssl s_client -connect www.contoso.test:443 -prexit
  // Connecting to 10.1.2.3
  // CONNECTED(00000003)
  // 140631912068800:error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:…:SSL alert number 40
  // read:errno=0
  // DONE
  run = this.RULE("run", () => {
    this.CONSUME(t.RunLine);
    this.SUBRULE(this.rest);
  });

  // depth=1 C = US, O = "Contoso, Ltd.", CN = Contoso Issuing CA 01
  // verify error:num=20:unable to get local issuer certificate
  // verify return:1
  verification = this.RULE("verification", () => {
    this.CONSUME(t.VerificationLine);
    this.SUBRULE(this.rest);
  });

  // SSL_connect:SSLv3/TLS read server certificate request
  // SSL3 alert read:fatal:handshake failure
  progress = this.RULE("progress", () => {
    this.CONSUME(t.ProgressLine);
    this.SUBRULE(this.rest);
  });

  // Certificate chain
  //  0 s:CN = www.contoso.test
  //    i:DC = com, DC = contoso, CN = Contoso CA
  //    a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256
  //    v:NotBefore: Nov 22 13:53:32 2026 GMT; NotAfter: Nov 19 13:53:32 2036 GMT
  chain = this.RULE("chain", () => {
    this.CONSUME(t.ChainLine);
    this.SUBRULE(this.rest);
  });

  // -----BEGIN CERTIFICATE-----
  // MIID4jCCAsqgAwIBAgIEA263HzANBgkqhkiG9w0BAQsFADBTMQswCQYDVQQGEwJV
  // -----END CERTIFICATE-----
  pem = this.RULE("pem", () => {
    this.CONSUME(t.PemLine);
    this.SUBRULE(this.rest);
  });

  // Server certificate
  // subject=CN = www.contoso.test
  // issuer=DC = com, DC = contoso, CN = Contoso CA
  // no peer certificate available
  certificate = this.RULE("certificate", () => {
    this.CONSUME(t.CertificateLine);
    this.SUBRULE(this.rest);
  });

  // Acceptable client certificate CA names
  // DC = com, DC = contoso, CN = Contoso Client CA
  // Client Certificate Types: RSA sign, ECDSA sign
  // Requested Signature Algorithms: RSA+SHA256:ECDSA+SHA256
  // Peer signing digest: SHA256
  request = this.RULE("request", () => {
    this.CONSUME(t.RequestLine);
    this.SUBRULE(this.rest);
    this.MANY(() => this.SUBRULE(this.unread));
  });

  // SCTs present (2)
  // OCSP response: no response sent
  extra = this.RULE("extra", () => {
    this.CONSUME(t.ExtraLine);
    this.SUBRULE(this.rest);
  });

  // SSL handshake has read 3322 bytes and written 296 bytes
  // Verification error: unable to get local issuer certificate
  // ---
  // New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384
  // Secure Renegotiation IS supported
  handshake = this.RULE("handshake", () => {
    this.CONSUME(t.HandshakeLine);
    this.SUBRULE(this.rest);
  });

  // SSL-Session:
  //     Protocol  : TLSv1.2
  //     Cipher    : ECDHE-RSA-AES256-GCM-SHA384
  //     Session-ID: 6FA3…
  //     Verify return code: 20 (unable to get local issuer certificate)
  session = this.RULE("session", () => {
    this.CONSUME(t.SessionLine);
    this.SUBRULE(this.rest);
  });

  // CONNECTION ESTABLISHED
  // Protocol version: TLSv1.3
  // Ciphersuite: TLS_AES_256_GCM_SHA384
  brief = this.RULE("brief", () => {
    this.CONSUME(t.BriefLine);
    this.SUBRULE(this.rest);
  });

  // <<< TLS 1.2, Handshake [length 030d], CertificateRequest
  //     0d 00 03 09 03 01 02 40
  // read from 0x55d1 [0x55d2] (5 bytes => 5 (0x5))
  // 0000 - 16 03 03 00 5d                                    ....]
  // Received Record
  dump = this.RULE("dump", () => {
    this.CONSUME(t.DumpLine);
    this.SUBRULE(this.rest);
  });

  // GET /samples/ssl/client HTTP/1.1
  // HTTP/1.1 403 Forbidden
  // Date: Tue, 03 Mar 2026 09:12:44 GMT
  // <html>…</html>
  http = this.RULE("http", () => {
    this.CONSUME(t.HttpLine);
    this.SUBRULE(this.rest);
  });

  // Any other line: a further line of a name or of a wrapped value, a line of a body, or one that nobody knows.
  unread = this.RULE("unread", () => {
    this.CONSUME(t.LooseLine);
    this.SUBRULE(this.rest);
  });

  // The value behind a label; an answer of the server can begin in the middle of any line.
  rest = this.RULE("rest", () => {
    this.MANY(() => this.OR([
      { ALT: () => this.CONSUME(t.Value) },
      { ALT: () => this.CONSUME(t.HttpStatusInLine) },
    ]));
    this.OPTION(() => this.CONSUME(t.LineEnd));
  });
}

let parser: SClientParser | null = null;

/** The tree of a tokenized passage; null when the parser met something its rules do not allow, which no text can cause. */
export function parseTranscript(tokens: readonly IToken[]): CstNode | null {
  parser ??= new SClientParser();
  parser.input = [...tokens];
  const tree = parser.transcript();
  return parser.errors.length === 0 ? tree : null;
}

/** The grammar itself, for the generated types and the diagram. */
export function grammarDefinition(): { readonly name: string; readonly tokens: readonly TokenType[]; readonly parser: CstParser } {
  return { name: "s-client", tokens: t.TOKENS, parser: parser ??= new SClientParser() };
}
