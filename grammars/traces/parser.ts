import { CstParser, type Lexer } from "chevrotain";
import { Between, DirectiveValue, DwordValue, EndOfLine, evidence, FlagsValue, LineValue, NumberValue, Quote, Separator, createLexer, tokens, Word } from "./tokens.ts";

/** Loose lines of evidence: each line is a row of pieces, between them any text. Total: everything else is OtherText. */
export class TracesParser extends CstParser {
  constructor() {
    super([...tokens], { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  // Neighbouring lines of one input.
  readonly lines = this.RULE("lines", () => {
    this.MANY(() => {
      this.SUBRULE(this.piece);
    });
  });

  readonly piece = this.RULE("piece", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.errorCode) },
      { ALT: () => this.SUBRULE(this.httpStatus) },
      { ALT: () => this.SUBRULE(this.alert) },
      { ALT: () => this.SUBRULE(this.setting) },
      { ALT: () => this.SUBRULE(this.otherText) },
      { ALT: () => this.CONSUME(EndOfLine) },
    ]);
  });

  // InitializeSecurityContext failed: 0x80090331 (SEC_E_ALGORITHM_MISMATCH)
  // error code 2148204809 and message "A certificate chain processed, but terminated in a root certificate …"
  // Event ID: 36885
  // *1 client SSL certificate verify error: (26:unsupported certificate purpose) while reading client request headers
  // error 26 at 0 depth lookup: unsuitable certificate purpose
  // 192.0.2.9 - - [22/Nov/2026:18:37:18 +0000] "GET /stock HTTP/1.1" 200 2 verify=FAILED:unable to get local issuer certificate dn="CN=till-10"
  // 192.0.2.9:45112 [22/Nov/2026:18:36:10.918] till~ 1/1 31/000000000A000086/26/0/0 error:0A000086:SSL routines::certificate verify failed
  // 192.0.2.9:47248 [22/Nov/2026:18:36:09.491] till/1: SSL handshake failure
  // AH10158: cannot perform post-handshake authentication
  // 40C7B3F6:error:0A00018F:SSL routines:SSL_CTX_use_certificate:ee key too small:ssl/ssl_rsa.c:221:
  readonly errorCode = this.RULE("errorCode", () => {
    this.OR([
      { ALT: () => this.CONSUME(evidence.Sentence) },
      { ALT: () => this.CONSUME(evidence.HexCode) },
      { ALT: () => this.CONSUME(evidence.BareHexCode) },
      { ALT: () => this.CONSUME(evidence.DecimalCode) },
      { ALT: () => this.CONSUME(evidence.SymbolicName) },
      { ALT: () => this.CONSUME(evidence.WinHttpNumber) },
      { ALT: () => this.CONSUME(evidence.ServerVerifyResult) },
      { ALT: () => this.CONSUME(evidence.ClientVerifyWords) },
      { ALT: () => this.CONSUME(evidence.ClientVerify) },
      { ALT: () => this.CONSUME(evidence.HaproxyLeafResult) },
      { ALT: () => this.CONSUME(evidence.HaproxyCaResult) },
      { ALT: () => this.CONSUME(evidence.HaproxyFailure) },
      { ALT: () => this.CONSUME(evidence.VerifyLookup) },
      { ALT: () => this.CONSUME(evidence.EventId) },
    ]);
  });

  // HTTP Error 403.7 - Forbidden
  // 2025-01-15 09:15:24 ::1 GET /secure/ - 443 - 10.1.2.3 Mozilla/5.0 - 403 7 5 19
  // < HTTP/1.1 403 Forbidden
  // <head><title>400 No required SSL certificate was sent</title></head>
  readonly httpStatus = this.RULE("httpStatus", () => {
    this.OR([
      { ALT: () => this.CONSUME(evidence.SubstatusInWords) },
      { ALT: () => this.CONSUME(evidence.CertificateSubstatus) },
      { ALT: () => this.CONSUME(evidence.OtherSubstatus) },
      { ALT: () => this.CONSUME(evidence.StatusLine) },
      { ALT: () => this.CONSUME(evidence.PageStatus) },
      { ALT: () => this.CONSUME(evidence.LogTail) },
      { ALT: () => this.CONSUME(evidence.AccessLogStatus) },
    ]);
  });

  // curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0
  // SSL_do_handshake() failed (SSL: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48)
  // * TLSv1.2 (IN), TLS alert, handshake failure (552):
  // *** Received alert [40]: Handshake failed
  // javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate
  // The following fatal alert was received: 48.
  // Error code: SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT
  // * NSS error -12271 (SSL_ERROR_BAD_CERT_ALERT)
  readonly alert = this.RULE("alert", () => {
    this.OR([
      { ALT: () => this.CONSUME(evidence.OpensslErrorCode) },
      { ALT: () => this.CONSUME(evidence.AlertNumber) },
      { ALT: () => this.CONSUME(evidence.OpensslAlertName) },
      { ALT: () => this.CONSUME(evidence.CurlAlert) },
      { ALT: () => this.CONSUME(evidence.GnutlsAlert) },
      { ALT: () => this.CONSUME(evidence.NssAlert) },
      { ALT: () => this.CONSUME(evidence.NssNumber) },
      { ALT: () => this.CONSUME(evidence.NamedAlert) },
      { ALT: () => this.CONSUME(evidence.EventAlert) },
    ]);
  });

  // <access sslFlags="Ssl, SslRequireCert" />
  //     Negotiate Client Certificate : Disabled
  //     SendTrustedIssuerList    REG_DWORD    0x1
  // "SendTrustedIssuerList"=dword:00000001
  // ssl_verify_client on;
  // HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Internet Explorer\Main\FeatureControl\FEATURE_CLIENTAUTHCERTFILTER
  readonly setting = this.RULE("setting", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(evidence.FlagsSetting);
          this.CONSUME(Separator);
          this.OPTION(() => this.CONSUME(Quote));
          this.CONSUME(FlagsValue);
        },
      },
      {
        ALT: () => {
          this.CONSUME(evidence.NetshSetting);
          this.CONSUME1(Separator);
          this.CONSUME(LineValue);
        },
      },
      {
        ALT: () => {
          this.CONSUME(evidence.NumberSetting);
          this.CONSUME2(Separator);
          this.OPTION2(() => this.CONSUME2(Quote));
          this.OR1([{ ALT: () => this.CONSUME(DwordValue) }, { ALT: () => this.CONSUME(NumberValue) }]);
        },
      },
      {
        ALT: () => {
          this.CONSUME(evidence.DirectiveSetting);
          this.CONSUME3(Separator);
          this.OPTION3(() => this.CONSUME3(Quote));
          this.CONSUME(DirectiveValue);
        },
      },
      { ALT: () => this.CONSUME(evidence.FeatureSetting) },
    ]);
  });

  readonly otherText = this.RULE("otherText", () => {
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => this.CONSUME(Word) },
        { ALT: () => this.CONSUME(Between) },
      ]);
    });
  });
}

/** The grammar for the generators of types and diagrams. */
export function grammarDefinition(): { readonly name: string; readonly tokens: typeof tokens; readonly parser: TracesParser } {
  return { name: "traces", tokens, parser: new TracesParser() };
}

let shared: { readonly lexer: Lexer; readonly parser: TracesParser } | null = null;

/** Lexer and parser of the process, built at the first use. */
export function grammar(): { readonly lexer: Lexer; readonly parser: TracesParser } {
  shared ??= { lexer: createLexer(), parser: new TracesParser() };
  return shared;
}
