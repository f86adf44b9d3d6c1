import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Fact } from "../../src/model/fact.ts";
import { errorCodes, findErrorByName } from "../../src/model/error-codes.ts";
import { placeOf, sourceText, textOf } from "../../src/text/source-text.ts";
import { claim, landmarks } from "../../grammars/traces/claim.ts";
import { traces } from "../../grammars/traces/index.ts";
import { grammar, grammarDefinition } from "../../grammars/traces/parser.ts";
import { read } from "../../grammars/traces/read.ts";
import { knownSentences, codeOfSentence, verifyWords } from "../../grammars/traces/sentences.ts";

function readText(text: string): { readonly facts: readonly Fact[]; readonly notUnderstood: readonly string[]; readonly lines: readonly string[] } {
  const passages = claim(sourceText("mail.txt", text));
  const reading = read(passages);
  return { facts: reading.facts, notUnderstood: reading.notUnderstood.map(textOf), lines: passages.flatMap((passage) => textOf(passage.span).split(/\r\n|\n|\r/)) };
}

/** One word a fact: what it says, and the characters it cites. */
function short(fact: Fact): string {
  const cited = textOf(fact.span);
  switch (fact.kind) {
    case "error-code": return `${fact.name}${fact.code === null ? "" : ` ${fact.code}`} <${cited}>${fact.reportedBy ? ` by ${fact.reportedBy}` : ""}`;
    case "http-status": return `HTTP ${fact.status}${fact.substatus === null ? "" : `.${fact.substatus}`}${fact.win32Status === null ? "" : ` win32 ${fact.win32Status}`} <${cited}>`;
    case "alert": return `alert ${fact.number} ${fact.name} ${fact.direction} <${cited}>${fact.reportedBy ? ` by ${fact.reportedBy}` : ""}`;
    case "setting": return `${fact.setting} = ${fact.value.value} <${cited}>`;
    default: return fact.kind;
  }
}

function facts(text: string): readonly string[] {
  return readText(text).facts.map(short);
}

describe("the grammar", () => {
  test("every token is used and the parser analyses itself", () => {
    const { name, tokens, parser } = grammarDefinition();
    expect(name).toBe("traces");
    const used = JSON.stringify(parser.getSerializedGastProductions());
    for (const token of tokens) expect([token.name, used.includes(`"${token.name}"`)]).toEqual([token.name, true]);
  });

  test("every sentence stands for a code of the catalogue and holds a landmark", () => {
    for (const { sentence, code } of knownSentences) {
      expect([sentence, findErrorByName(code)?.name]).toEqual([sentence, code]);
      expect(landmarks.some((landmark) => sentence.includes(landmark))).toBe(true);
      expect(facts(`x: ${sentence}: y`).map((fact) => fact.split(" ")[0])).toEqual([code]);
    }
    expect(codeOfSentence("a sentence nobody prints")).toBeNull();
  });
});

describe("error codes", () => {
  test.each([
    ["InitializeSecurityContext failed: 0x80090331 (SEC_E_ALGORITHM_MISMATCH) - no common algorithm",
      ["SEC_E_ALGORITHM_MISMATCH 0x80090331 <0x80090331> by client"]],
    ["the code was 0X8009030d", ["SEC_E_UNKNOWN_CREDENTIALS 0x8009030d <0X8009030d>"]],
    ["error code 2148204809 and message \"A certificate chain processed, but …\"", ["CERT_E_UNTRUSTEDROOT 0x800b0109 <2148204809>"]],
    ["returned -2146893802", ["NTE_BAD_KEYSET 0x80090016 <-2146893802>"]],
    ["failed with NTE_BAD_KEYSET (-2146893802, 0x80090016)", ["NTE_BAD_KEYSET 0x80090016 <NTE_BAD_KEYSET>"]],
    ["first SEC_E_NO_CREDENTIALS, later SEC_E_CERT_UNKNOWN", ["SEC_E_NO_CREDENTIALS 0x8009030e <SEC_E_NO_CREDENTIALS>", "SEC_E_CERT_UNKNOWN 0x80090327 <SEC_E_CERT_UNKNOWN>"]],
    ["unknown to the catalogue: 0x8009035D", ["0x8009035d 0x8009035d <0x8009035D>"]],
    ["<Result value=\"800B0109\"/>", ["CERT_E_UNTRUSTEDROOT 0x800b0109 <800B0109>"]],
    ["System.Net.WebException: WinHTTP error 12186 in SendRequest", ["ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY 0x00002f9a <12186>"]],
    ["WinHttpSendRequest failed: 12044", ["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED 0x00002f0c <12044>"]],
    ["System.Net.Http.WinHttpException (0x80072F0C): A certificate is required to complete client authentication", ["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED 0x00002f0c <0x80072F0C>"]],
    ["ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED", ["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED 0x00002f0c <ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED>"]],
    ["depot.example didn\u2019t accept your login certificate, or one may not have been provided.",
      ["ERR_BAD_SSL_CLIENT_AUTH_CERT <didn\u2019t accept your login certificate, or one may not have been provided>"]],
    ["order 12044 of the shop", []],
    ["80DB4F4F:error:0A00018F:SSL routines:SSL_CTX_use_certificate:ee key too small:../ssl/ssl_rsa.c:221:", ["SSL_R_EE_KEY_TOO_SMALL <ee key too small>"]],
    ["error 26 at 0 depth lookup: unsuitable certificate purpose", ["X509_V_ERR_INVALID_PURPOSE <26>"]],
    ["error 20 at 0 depth lookup:unable to get local issuer certificate", ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20>"]],
    ["\"Certificates\": <empty list>", ["JAVA_EMPTY_CERTIFICATE_LIST <Certificates\": <empty list>"]],
    ["- Successfully sent 0 certificate(s) to server.", ["GNUTLS_SENT_NO_CERTIFICATE <Successfully sent 0 certificate(s) to server>"]],
    ["- Successfully sent 10 certificate(s) to server.", []],
    ["error setting certificate", ["S_CLIENT_ERROR_SETTING_CERTIFICATE <error setting certificate>"]],
    ["error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch", ["X509_R_KEY_VALUES_MISMATCH <key values mismatch>"]],
  ])("%s", (line, expected) => {
    expect(facts(line)).toEqual(expected);
  });

  test("a blank may be a no-break space, a hyphen a dash", () => {
    expect(facts("no\u00A0suitable certificate found \u2013 continuing without client authentication").map((fact) => fact.split(" ")[0])).toEqual(["JAVA_NO_CERTIFICATE_SELECTED"]);
  });
});

describe("the catalogue, in any text", () => {
  const named = (text: string): readonly string[] => readText(text).facts.flatMap((fact) => (fact.kind === "error-code" ? [fact.name] : []));
  const around = (code: string): readonly string[] => [code, `Fehler: ${code}.`, `(${code})`, `failed with "${code}", again`, `<td>${code}</td>`, `hr=${code};`, `> ${code}\r\n> next line`, `\u00A0${code}\u00A0`];
  const windows = errorCodes.filter((code) => code.hex !== null && (code.family === "hresult" || (code.decimal as number) > 10_000));

  test.each(windows.map((code) => [code.name, code] as const))("%s by its numbers", (name, code) => {
    const bits = (code.decimal as number) < 0x10000 ? 0x80070000 + (code.decimal as number) : code.decimal as number;
    const hex = bits.toString(16).padStart(8, "0");
    const printed = [`0x${hex}`, `0x${hex.toUpperCase()}`, `0X${hex.toUpperCase()}`, ...(bits > 0x7fffffff && code.family === "hresult" ? [String(bits), String(bits | 0)] : [])];
    for (const text of printed.flatMap(around)) expect([text, named(text)]).toEqual([text, [name]]);
  });

  // Names of winerror.h that any program prints for reasons of its own are no evidence.
  const general = new Set(["ERROR_ACCESS_DENIED", "ERROR_FILE_NOT_FOUND", "ERROR_NOT_SUPPORTED", "ERROR_INVALID_PASSWORD", "ERROR_NETNAME_DELETED", "X509_V_OK"]);

  test.each(errorCodes.filter((code) => ["hresult", "win32", "x509"].includes(code.family)).map((code) => code.name))("%s by its name", (name) => {
    for (const text of around(name)) expect([text, named(text)]).toEqual([text, general.has(name) ? [] : [name]]);
    expect(named(`${name}_OF_MINE`)).not.toContain(name);
    expect(named(`MY_${name}`)).toEqual([]);
  });

  test.each(errorCodes.filter((code) => code.family === "schannel-event").map((code) => [code.name, code.decimal] as const))("%s by its id", (name, id) => {
    for (const text of [`Event ID: ${id}`, `<EventID>${id}</EventID>`, `Ereignis-ID: ${id}`, `Schannel ${id}`, `EventID ${id},`]) expect([text, named(text)]).toEqual([text, [name]]);
    expect(named(`${id} files`)).toEqual([]);
  });

  test("verification results at a server, by number", () => {
    for (const code of errorCodes.filter(({ family, decimal }) => family === "x509" && decimal !== 0)) {
      expect(named(`client SSL certificate verify error: (${code.decimal}:x) while`)).toEqual(["NGINX_CLIENT_CERTIFICATE_REFUSED", code.name]);
      expect(named(`AH02276: Certificate Verification: Error (${code.decimal}): x`)).toEqual(["AH02276", code.name]);
    }
  });

  test("the words of verification results are those of the catalogue", () => {
    for (const [words, name] of Object.entries(verifyWords)) {
      expect(findErrorByName(name)?.family).toBe("x509");
      expect(named(`ssl_client_verify=FAILED:${words} x`)).toEqual(["CLIENT_VERIFY_FAILED", name]);
    }
  });

  test("digits around a number make it another one", () => {
    fc.assert(fc.property(fc.constantFrom(...windows), fc.integer({ min: 0, max: 9 }), (code, digit) => {
      const bits = code.decimal as number;
      for (const text of [`0x${bits.toString(16).padStart(8, "0")}${digit}`, ...(bits > 0x7fffffff ? [`${digit}${bits}`, `${bits}${digit}`, `${bits | 0}${digit}`, `${digit}.${bits}`] : [])]) {
        if (named(`see ${text} here`).includes(code.name)) return false;
      }
      return true;
    }));
  });
});

describe("statuses", () => {
  test.each([
    ["We get HTTP Error 403.7 - Forbidden: SSL client certificate is required.", ["HTTP 403.7 <403.7>"]],
    ["Seit gestern bekomme ich 403.16.", ["HTTP 403.16 <403.16>"]],
    ["either 403.16/403.17 or \"403.13\"", ["HTTP 403.16 <403.16>", "HTTP 403.17 <403.17>", "HTTP 403.13 <403.13>"]],
    ["status=403.7, always", ["HTTP 403.7 <403.7>"]],
    ["HTTP Error 401.2 - Unauthorized", ["HTTP 401.2 <401.2>"]],
    ["the log has 403 with substatus 7", ["HTTP 403.7 <403 with substatus 7>"]],
    ["2025-01-15 09:15:24 ::1 GET /secure/ - 443 - 10.1.2.3 Mozilla/5.0+(Windows) - 403 7 5 19", ["HTTP 403.7 win32 5 <403 7 5 19>"]],
    ["NDES_Plugin - 403 16 2148204809 453", ["HTTP 403.16 win32 2148204809 <403 16 2148204809 453>"]],
    ["2025-01-15 09:15:24 W3SVC1 10.0.0.1 POST /up - 443 - 10.1.2.3 curl/8 413 0 0 1200 31", ["HTTP 413.0 win32 0 <413 0 0 1200 31>"]],
    ["< HTTP/1.1 403 Forbidden", ["HTTP 403 <HTTP/1.1 403>"]],
    ["HTTP/2 200", ["HTTP 200 <HTTP/2 200>"]],
    ["<title>413 Request Entity Too Large</title>", ["HTTP 413 <413>"]],
    ["**400 no required ssl certificate was sent**", ["HTTP 400 <400>", "NGINX_NO_CLIENT_CERTIFICATE <no required ssl certificate was sent>"]],
    ["**400 No required SSL certificate was sent**", ["HTTP 400 <400>", "NGINX_NO_CLIENT_CERTIFICATE <No required SSL certificate was sent>"]],
    ["<head><title>400 The SSL certificate error</title></head>", ["HTTP 400 <400>", "NGINX_CLIENT_CERTIFICATE_REFUSED <The SSL certificate error>"]],
    ["403 - Forbidden: Access is denied (403.7)", ["HTTP 403.7 <403.7>"]],
  ])("%s", (line, expected) => {
    expect(facts(line)).toEqual(expected);
  });

  test.each([
    "10403.7", "403.75", "403.7.1", "10.403.7.16", "v403.7", "version 403.7", "Version: 403.16", "build 403.13", "1.403.7", "$403.7", "403.7 MB in 403.16 s",
    "took 403.7ms", "403.7%", "a-403.7x", "192.168.403.7", "45 CFR 403.7", "section 403.7", "errors/403.7/page", "12:403.7", "lines 12 403 7 5 3", "401.2", "403.4",
    "500.0 EUR", "https://host/403.7.htm", "2024-403.7", "403,7", "part 4403 7 5", "uses 403.7 kB", "C:\\inetpub\\403.7",
  ])("no status in: %s", (line) => {
    expect(facts(line)).toEqual([]);
    expect(claim(sourceText("x", line))).toEqual([]);
  });

  test("digits around a sub-status make it another number", () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    fc.assert(fc.property(digit, digit, fc.constantFrom("403.7", "403.12", "403.13", "403.16", "403.17"), (before, after, status) => {
      const statuses = (text: string): number => readText(text).facts.filter((fact) => fact.kind === "http-status").length;
      expect(statuses(`see ${status} here`)).toBe(1);
      expect(statuses(`see ${before}${status} here`)).toBe(0);
      expect(statuses(`see ${before}.${status} here`)).toBe(0);
      expect(statuses(`see ${status}.${after} here`)).toBe(0);
      expect(statuses(`see 4${before}3.7${after}${after} here`)).toBe(0);
    }));
  });
});

describe("alerts", () => {
  test.each([
    ["OpenSSL SSL_read: error:1409445C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required, errno 0", ["alert 116 certificate_required received <error:1409445C>"]],
    ["curl: (35) OpenSSL/3.0.19: error:0A000410:SSL routines::sslv3 alert handshake failure", ["alert 40 handshake_failure received <error:0A000410> by client"]],
    ["2024/02/01 10:00:00 [info] 7#7: *3 SSL_do_handshake() failed (SSL: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking",
      ["alert 48 unknown_ca received <error:14094418> by server"]],
    ["* TLSv1.3 (IN), TLS alert, unknown (628):", ["alert 116 certificate_required received <(IN), TLS alert, unknown (628)> by client"]],
    ["* TLSv1.2 (OUT), TLS alert, bad certificate (554):", ["alert 42 bad_certificate sent <(OUT), TLS alert, bad certificate (554)> by client"]],
    ["* TLSv1.3 (OUT), TLS alert, close notify (256):", []],
    ["*** Received alert [40]: Handshake failed", ["alert 40 handshake_failure received <Received alert [40]>"]],
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate", ["alert 42 bad_certificate received <Received fatal alert: bad_certificate>"]],
    ["Error code: SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", ["alert 116 certificate_required received <SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT>"]],
    ["Fehlercode: SSL_ERROR_BAD_CERT_ALERT", ["alert 42 bad_certificate received <SSL_ERROR_BAD_CERT_ALERT>"]],
    ["Error code: SSL_ERROR_RX_RECORD_TOO_LONG", []],
    ["ssl.SSLError: [SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)", ["alert 116 certificate_required received <tlsv13 alert certificate required>"]],
    ["received fatal alert: CertificateRequired", ["alert 116 certificate_required received <received fatal alert: CertificateRequired>"]],
    ["Get \"https://host/\": remote error: tls: unknown certificate authority", ["alert 48 unknown_ca received <remote error: tls: unknown certificate authority> by client"]],
    ["The following fatal alert was received: 48.", ["SCHANNEL_EVENT_36887 <fatal alert was received: 48>", "alert 48 unknown_ca received <fatal alert was received: 48>"]],
    ["SSL23_GET_SERVER_HELLO:tlsv1 alert protocol version", []],
  ])("%s", (line, expected) => {
    expect(facts(line)).toEqual(expected);
  });
});

describe("exceptions, which both sides throw, are told apart by the frames below", () => {
  test.each([
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate\n\tat sun.security.ssl.Alert.createSSLException(Alert.java:131)\n\tat org.apache.tomcat.util.net.SecureNioChannel.handshake(S.java:1)", " by server"],
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate\n\tat sun.security.ssl.Alert.createSSLException(Alert.java:131)\n\tat sun.net.www.protocol.https.HttpsClient.afterConnect(H.java:1)", " by client"],
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate\nLater, elsewhere:\n\tat sun.net.www.protocol.https.HttpsClient.afterConnect(H.java:1)", ""],
  ])("%j", (text, side) => {
    expect(facts(text)).toEqual([`alert 42 bad_certificate received <Received fatal alert: bad_certificate>${side}`]);
  });

  test(".NET", () => {
    expect(facts("System.ComponentModel.Win32Exception (0x8009030D): The credentials\n   at System.Net.Security.SecureChannel.AcquireServerCredentials(Byte[]& thumbPrint)")).toEqual([expect.stringMatching(/by server$/)]);
  });
});

describe("servers", () => {
  test.each([
    ["2024/05/06 15:59:58 [info] 6#6: *2 client SSL certificate verify error: (26:unsupported certificate purpose) while reading client request headers",
      ["NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_INVALID_PURPOSE <26> by server"]],
    ["2024/05/06 13:54:46 [info] 22208#22208: *1 client sent no required SSL certificate while reading client request headers", ["NGINX_NO_CLIENT_CERTIFICATE <client sent no required SSL certificate> by server"]],
    ["apache2 AH02039: Certificate Verification: Error (20): unable to get local issuer certificate",
      ["AH02039 <AH02039> by server", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20> by server"]],
    ["[ssl:error] [pid 9] [client 192.0.2.4:26826] AH10158: cannot perform post-handshake authentication",
      ["AH10158 <AH10158> by server", "APACHE_NO_POST_HANDSHAKE_AUTHENTICATION <cannot perform post-handshake authentication> by server"]],
    ["[ssl:error] [pid 9] SSL Library Error: error:14268117:SSL routines:SSL_verify_client_post_handshake:extension not received",
      ["SSL_R_EXTENSION_NOT_RECEIVED <SSL_verify_client_post_handshake:extension not received> by server"]],
    ["[ssl:info] [pid 3514:tid 3520] [client 192.0.2.9:55986] AH02276: Certificate Verification: Error (10): certificate has expired [subject: CN=till-08]",
      ["AH02276 <AH02276> by server", "X509_V_ERR_CERT_HAS_EXPIRED <10> by server"]],
    ["[ssl:error] [pid 3514] [client 192.0.2.9:40220] AH02040: Certificate Verification: Certificate Chain too long (chain has 3 certificates, but maximum allowed are only 1)",
      ["AH02040 <AH02040> by server", "X509_V_ERR_CERT_CHAIN_TOO_LONG <Certificate Verification: Certificate Chain too long> by server"]],
    // Apache as a proxy: it is the client, and what it verifies is the certificate of the server behind it.
    ["[ssl:error] [pid 9] [remote 192.0.2.80:443] AH02039: Certificate Verification: Error (20): unable to get local issuer certificate", ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20> by client"]],
    ["2026/11/22 18:37:18 [error] 7#7: *3 SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking to upstream, client: 192.0.2.9",
      ["alert 48 unknown_ca received <error:0A000418> by client"]],
    ["192.0.2.9:45112 [22/Nov/2026:18:36:10.918] till~ 1/1 31/000000000A000086/26/0/0 -", ["X509_V_ERR_INVALID_PURPOSE <26> by server"]],
    ["192.0.2.9:45112 [22/Nov/2026:18:36:10.918] till~ 1/1 31/000000000A000086/0/10/0 -", ["X509_V_ERR_CERT_HAS_EXPIRED <10> by server"]],
    ["192.0.2.9:45112 [22/Nov/2026:18:36:10.918] till~ 1/1 0/0000000000000000/0/0/1 -", []],
    ["192.0.2.9:45112 [22/Nov/2026:18:36:10.918] till~ till/<NOSRV> 0/-1/-1/-1/0 200 49 - - LR-- 1/1/0/0/0 0/0", []],
    ["Nov 22 18:36:10 depot haproxy[811]: 192.0.2.9:47288 [22/Nov/2026:18:36:09.963] till/1: SSL handshake failure", ["HAPROXY_HANDSHAKE_FAILURE <SSL handshake failure> by server"]],
    ["Nov 22 18:36:10 depot haproxy[811]: 192.0.2.9:47288 [22/Nov/2026:18:36:09.963] till/1: SSL handshake failure (error:0A0000C7:SSL routines::peer did not return a certificate)",
      ["HAPROXY_HANDSHAKE_FAILURE <SSL handshake failure> by server", "SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE <peer did not return a certificate> by server"]],
    ["the backend reports SSL handshake failure", []],
    ["2026/11/22 18:15:30 http: TLS handshake error from 192.0.2.9:52882: tls: client didn't provide a certificate",
      ["GO_NO_CLIENT_CERTIFICATE <client didn't provide a certificate> by server"]],
    ["2026/11/22 18:15:30 http: TLS handshake error from 192.0.2.9:52882: tls: failed to verify client's certificate: x509: certificate signed by unknown authority",
      ["GO_CLIENT_CERTIFICATE_REFUSED <tls: failed to verify client's certificate> by server", "GO_UNKNOWN_AUTHORITY <certificate signed by unknown authority> by server"]],
    ["javax.net.ssl.SSLHandshakeException: Empty client certificate chain", ["JAVA_EMPTY_CLIENT_CHAIN <Empty client certificate chain> by server"]],
    ["Caused by: javax.net.ssl.SSLHandshakeException: null cert chain", ["JAVA_EMPTY_CLIENT_CHAIN <SSLHandshakeException: null cert chain> by server"]],
    ["TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end", ["SSL_R_CERTIFICATE_VERIFY_FAILED <OPENSSL_internal:CERTIFICATE_VERIFY_FAILED>"]],
    ["A fatal error occurred when attempting to access the TLS server credential private key. The error code returned from the cryptographic module is 0x8009030D.", ["SEC_E_UNKNOWN_CREDENTIALS 0x8009030d <0x8009030D> by server"]],
    ["If you see AH02263 in the log, no certificate was sent", []],
    ["[WARNING] (12): Server be/s1 is DOWN, reason: Layer6 invalid response, info: \"SSL handshake failure (error:0A000086:SSL routines::certificate verify failed)\"", ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by client"]],
    ["if your chain is longer, nginx logs client SSL certificate verify error: (22:certificate chain too long)", []],
    ["If we use the other card, nginx logs client SSL certificate verify error: (22:certificate chain too long)", ["NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_CERT_CHAIN_TOO_LONG <22> by server"]],
    ["SSL alert number 48 means unknown CA", []],
    ["#define NTE_BAD_KEYSET 0x80090016", []],
    ["    SSL_ERROR_EXPIRED_CERT_ALERT            = (SSL_ERROR_BASE + 19),", []],
    ["    NO_RENEGOTIATION = 100", []],
    ['        with self.assertRaisesRegex(ssl.SSLError, "key values mismatch"):', []],
    ['            f"Could not find the TLS certificate file, "', []],
    ['            f"Could not find the TLS key file, invalid path: {conn.key_file}"', []],
    ["OSError: Could not find the TLS key file, invalid path: client.key", ["CLIENT_KEY_NOT_LOADED <Could not find the TLS key file>"]],
    ["    :exc:`RequestEntityTooLarge`` ``413 Content Too Large`` error is raised.", []],
    ["- SCardReconnect(): return SCARD_E_NO_SMARTCARD when card is removed and", []],
    ["SCardReconnect() returned SCARD_E_NO_SMARTCARD", ["SCARD_E_NO_SMARTCARD 0x8010000c <SCARD_E_NO_SMARTCARD>"]],
    ["  if (code == 0x8009030D) {", []],
    ["    if \"403.7\" in body:", []],
    ["    elif code in (0x80090331, SEC_E_ALGORITHM_MISMATCH):", []],
    ["if I open the page in Chrome I get HTTP Error 403.7 (Client certificate required)", ["HTTP 403.7 <403.7>"]],
    ["while the old till works, the one in Berlin shows HTTP Error 403.7 (see below)", ["HTTP 403.7 <403.7>"]],
    ["        case X509_V_ERR_CERT_HAS_EXPIRED: return \"certificate has expired\";", []],
    ["        case SEC_E_UNKNOWN_CREDENTIALS:", []],
    ["case 4711: the till gets 403.7", ["HTTP 403.7 <403.7>"]],
    ["        raise ssl.SSLError(\"tlsv13 alert certificate required\")", []],
    ["raise this with the network team: HTTP 403.7 at the till", ["HTTP 403.7 <403.7>"]],
    ["    SEC_E_NO_CREDENTIALS = 0x8009030E,", []],
    ["    REQUIRED = \"tlsv13 alert certificate required\",  // 116", []],
    ["RESULT_OF_TILL = HTTP Error 403.7 - Forbidden,", ["HTTP 403.7 <403.7>"]],
    ["b'HTTP/1.1 200 OK, 403.7 - Forbidden: Client certificate required'", ["HTTP 403.7 <403.7>"]],
    ["+     if ($x -eq 1) { throw \"0x80090331\" }", []],
    ["+ FullyQualifiedErrorId : HTTP Error 403.7 - Forbidden", ["HTTP 403.7 <403.7>"]],
    ["HTTP Error 403.7 may also appear in Chrome since Tuesday", ["HTTP 403.7 <403.7>"]],
    ["403.7 required, 403.12 denied, 403.13 revoked, 403.16 untrusted, 403.17 expired", []],
    // A name in an address is no program.
    ["curl: (60) SSL: certificate verify failed for https://nginx.lab.example/", ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by client"]],
    ["Post to https://nginx.lab.example/ failed: certificate verify failed", ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed>"]],
    ["nginx: client SSL certificate verify error: (10:certificate has expired)", ["NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_CERT_HAS_EXPIRED <10> by server"]],
    ["We never see 403.7 or 403.16 there, and it is not revoked, so no 403.13 either", []],
    ["It is not a warning, it is 403.16", ["HTTP 403.16 <403.16>"]],
    ["psql: error: connection to server at \"db\", port 5432 failed: FATAL:  connection requires a valid client certificate",
      ["POSTGRESQL_NO_CLIENT_CERTIFICATE <connection requires a valid client certificate>"]],
    ["2026-11-22 10:00:00 UTC [7] LOG:  could not accept SSL connection: certificate verify failed", ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server"]],
    ["2026-11-22 10:00:00 UTC [7] DETAIL:  Client certificate verification failed at depth 0: certificate has expired.", ["X509_V_ERR_CERT_HAS_EXPIRED <certificate has expired> by server"]],
    ["{\"msg\":\"No SSL certificate provided by peer; connection rejected\"}", ["MONGODB_NO_CLIENT_CERTIFICATE <No SSL certificate provided by peer; connection rejected>"]],
    ["Nov 22 10:00:01 mx postfix/smtpd[4711]: warning: TLS library problem: error:0A000086:SSL routines::certificate verify failed:../ssl/statem/statem_srvr.c:3528:",
      ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server"]],
    ["Nov 22 10:00:01 mx postfix/smtp[4711]: warning: TLS library problem: error:0A000086:SSL routines::certificate verify failed:../ssl/statem/statem_clnt.c:1889:",
      ["SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by client"]],
    ["192.0.2.9 - - [22/Nov/2026:18:37:19 +0000] \"GET /stock HTTP/1.1\" 496 0", ["HTTP 496 <496>"]],
    ["192.0.2.9 - - [22/Nov/2026:18:37:19 +0000] \"GET /stock HTTP/1.1\" 400 237", []],
    ["{\"status\":400,\"ssl_client_verify\":\"FAILED:self-signed certificate\"}",
      ["CLIENT_VERIFY_FAILED <FAILED> by server", "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT <self-signed certificate> by server"]],
    ["X-SSL-Client-Verify: NONE", ["CLIENT_VERIFY_NONE <NONE> by server"]],
    ["checksum verify=NONE for all files", []],
    ["verify=success HTTP/1.1", []],
    ["FAILED: certificate has expired", []],
    ["<p>You don't have permission.Reason: Cannot perform Post-Handshake Authentication.<br /></p>", ["APACHE_NO_POST_HANDSHAKE_AUTHENTICATION <Cannot perform Post-Handshake Authentication>"]],
  ])("%s", (line, expected) => {
    expect(facts(line)).toEqual(expected);
  });

  test("each number of a list of events", () => {
    expect(facts("Ereignis-IDs 36885 und 36870")).toEqual(["SCHANNEL_EVENT_36885 <36885>", "SCHANNEL_EVENT_36870 <36870>"]);
    expect(facts("Schannel errors (36887, 36888) in the log")).toEqual(["SCHANNEL_EVENT_36887 <36887>", "SCHANNEL_EVENT_36888 <36888>"]);
  });

  test("one event over several lines is one fact", () => {
    const event = ["Event Type: Warning", "Event Source: Schannel", "Event ID: 36885",
      "Description: When asking for client authentication, this server sends a list of trusted certificate authorities to the client.",
      "Currently, this server trusts so many certificate authorities that the list has grown too long. This list has thus been truncated."].join("\r\n");
    expect(facts(event)).toEqual(["SCHANNEL_EVENT_36885 <36885>"]);
    expect(facts("Schannel 36887")).toEqual(["SCHANNEL_EVENT_36887 <36887>"]);
    expect(facts("order number 36885 of the shop")).toEqual([]);
  });

  test.each([
    "Event ID 36885", "Event ID:      36885", "EventID=36885", "Ereignis-ID: 36885", "Ereigniskennung: 36885", "ID d'\u00E9v\u00E9nement : 36885", "Id. de evento: 36885", "ID evento:\t36885",
    "ID \u0441\u043E\u0431\u044B\u0442\u0438\u044F: 36885", "\u4E8B\u4EF6 ID: 36885", "\u30A4\u30D9\u30F3\u30C8 ID: 36885", "event 36885", "(event 36885)", "EventCode=36885", "\"event_id\":36885,", "winlog.event_id: 36885",
    "<EventID>36885</EventID>", "<EventID Qualifiers='x'>36885</EventID>", "Id           : 36885", "InstanceId         : 36885", "Warning\t3/4/2026\tSchannel\t36885\tNone",
    "{\"ProviderName\":\"Schannel\",\"Level\":3,\"Id\":36885}", "{\"Id\":36885,\"ProviderName\":\"Schannel\"}",
    "Warning,20/11/2026 09:11:12,Schannel,36885,None,\"When\"", "\"When\",\"36885\",\"0\",,\"3\",\"71211\",\"Schannel\"", "\"Schannel\",\"3\",\"36885\"", "36885 Schannel     20.11.2026 09:11:12",
    "<13>Nov 20 09:11:12 till MSWinEventLog 1 System 71211 Fri Nov 20 09:11:12 2026 36885 Schannel N/A", "Im Protokoll steht der Fehler 36885 von Schannel.", "36885 (Schannel) in the log",
    "   ProviderName: Schannel\n\nTimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n20.11.2026 09:11:12          36885 Warnung          Beim Anfordern",
    "11/20/2026 9:11:12 AM of ProviderName: Microsoft-Windows-Schannel\n11/20/2026 9:11:12 AM        36885 Warning          When",
    "{\n    \"Id\":  36885,\n    \"Version\":  0,\n    \"ProviderName\":  \"Schannel\"\n}", "K\u00E4lla:        Schannel\r\nH\u00E4ndelse-ID:   36885\r\n", "Forr\u00E1s: Schannel\nEsem\u00E9nyazonos\u00EDt\u00F3: 36885",
  ])("the number of an event: %s", (line) => {
    expect(facts(line)).toEqual(["SCHANNEL_EVENT_36885 <36885>"]);
  });

  test.each([
    "PID 36885 exited", "thread id 36885 started", "customer id=36885", "GET /orders?id=36885 HTTP/1.1", "order id: 36885", "{\"id\": 36885, \"customer\": 7}", "event bus offset 36885",
    "prevented 36885 attacks", "eventually 36885 of them", "inside 36885", "we paid 36885", "Event ID: 4624, process 36885",
    "2026-11-22 18:37:16  36885 [Note] started", "   ProviderName: Microsoft-Windows-Kernel-General\n\n20.11.2026 09:11:12          36885 Warnung          x", "Schannel cable,12,36885,4", "PID 36885 (Schannel)",
    "{\n  \"id\": 36885,\n  \"customer\": 7\n},\n{\n  \"ProviderName\": \"Schannel\"\n}", "ProviderName : Schannel\nProcessId    : 36885", "H\u00E4ndelse: 36885\n\nSchannel",
  ])("another number: %s", (line) => {
    expect(facts(line)).toEqual([]);
  });
});

describe("settings", () => {
  test.each([
    ["<access sslFlags=\"Ssl, SslRequireCert\" />", ["sslFlags = Ssl, SslRequireCert <sslFlags=\"Ssl, SslRequireCert>"]],
    ["with sslFlags = SslNegotiateCert and a mapping", ["sslFlags = SslNegotiateCert <sslFlags = SslNegotiateCert>"]],
    ["    Negotiate Client Certificate : Disabled  ", ["Negotiate Client Certificate = Disabled <Negotiate Client Certificate : Disabled>"]],
    ["    Ctl Store Name               : (null)", ["Ctl Store Name = (null) <Ctl Store Name               : (null)>"]],
    ["    SendTrustedIssuerList    REG_DWORD    0x1", ["SendTrustedIssuerList = 0x1 <SendTrustedIssuerList    REG_DWORD    0x1>"]],
    ["    EventLogging    REG_DWORD    0x7", ["EventLogging = 0x7 <EventLogging    REG_DWORD    0x7>"]],
    ["    CertificateMappingMethods    REG_DWORD    0x1f", ["CertificateMappingMethods = 0x1f <CertificateMappingMethods    REG_DWORD    0x1f>"]],
    ["\"CertificateMappingMethods\"=dword:0000001f", ["CertificateMappingMethods = 0x0000001f <CertificateMappingMethods\"=dword:0000001f>"]],
    ["\"ClientAuthTrustMode\"=dword:00000002", ["ClientAuthTrustMode = 0x00000002 <ClientAuthTrustMode\"=dword:00000002>"]],
    ["    1A04    REG_DWORD    0x0", ["1A04 = 0x0 <1A04    REG_DWORD    0x0>"]],
    ["room 1A04 = 3", []],
    ["<ACCESS SSLFLAGS=\"Ssl\"/> in web.config, sslFlags", ["sslFlags = Ssl <SSLFLAGS=\"Ssl>"]],
    ["and we have SendTrustedIssuerList = 0.", ["SendTrustedIssuerList = 0 <SendTrustedIssuerList = 0>"]],
    ["        ssl_verify_client on;", ["ssl_verify_client = on <ssl_verify_client on>"]],
    ["SSLCACertificateFile \"/etc/pki/ca.pem\"", ["SSLCACertificateFile = /etc/pki/ca.pem <SSLCACertificateFile \"/etc/pki/ca.pem>"]],
    ["ClientSignatureAlgorithms = RSA+SHA256:ECDSA+SHA256", ["ClientSignatureAlgorithms = RSA+SHA256:ECDSA+SHA256 <ClientSignatureAlgorithms = RSA+SHA256:ECDSA+SHA256>"]],
    ["please check the sslFlags attribute and ssl_verify_client of the site", []],
  ])("%s", (line, expected) => {
    expect(facts(line)).toEqual(expected);
  });
});

describe("claims", () => {
  const mail = ["Hello,", "since Monday we get 403.7 on one page,", "and curl says 0x80090331.", "", "Thanks", "Event ID: 36885"].join("\n");

  test("only lines with evidence, neighbours together, places true", () => {
    const passages = claim(sourceText("mail.txt", mail));
    expect(passages.map((passage) => textOf(passage.span))).toEqual(["since Monday we get 403.7 on one page,\nand curl says 0x80090331.", "Event ID: 36885"]);
    expect(read(passages).facts.map((fact) => placeOf(fact.span))).toEqual([
      { file: "mail.txt", line: 2, column: 21 }, { file: "mail.txt", line: 3, column: 15 }, { file: "mail.txt", line: 6, column: 11 },
    ]);
  });

  test("lines of certutil and s_client are left to their formats", () => {
    expect(claim(sourceText("x", "CertUtil: -store command FAILED: 0x80090016 (-2146893802 NTE_BAD_KEYSET)\nverify error:num=20:unable to get local issuer certificate, HTTP Error 403.7"))).toEqual([]);
  });

  test("the reader is loaded on demand and gives the same", async () => {
    const reader = await traces.reader();
    expect((await reader(traces.claim(sourceText("m", mail)))).facts).toHaveLength(3);
  });

  const pieces = [
    "HTTP Error 403.7", "403 7 5 19", "0x80090331", "SEC_E_NO_CREDENTIALS", "-2146893802", "error:1409445C:", "ssl_verify_client on;", "sslFlags=\"Ssl\"", "sslFlags=\"", "AH02039",
    "Error (26)", "Event ID: 36887", "fatal alert was received: 40", "Ctl Store Name : ", "\u00A0", "\r", "\n", "\r\n", "\t", "…", "\u0000", "\"", "=", " ", "x", "SSLVerifyClient \"", "REG_DWORD",
    "SendTrustedIssuerList REG_DWORD 0x", "Negotiate Client Certificate : \u0001", "TLS alert, (", "(IN), TLS alert, x (552)", "\uD83D", "Received alert [999]", "403", ".7", "HTTP/1.1 403",
  ];

  test("whatever the text: no error, every claimed line is read, every citation is what the text holds", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 14 }).map((parts) => parts.join("")), (text) => {
      const passages = claim(sourceText("x", text));
      for (const passage of passages) {
        const { lexer, parser } = grammar();
        const lexed = lexer.tokenize(textOf(passage.span));
        expect(lexed.errors).toEqual([]);
        parser.input = lexed.tokens;
        parser.lines();
        expect(parser.errors).toEqual([]);
      }
      const reading = read(passages);
      expect(reading.notUnderstood.map(textOf)).toEqual([]);
      for (const fact of reading.facts) expect(text.slice(fact.span.start, fact.span.end).length).toBeGreaterThan(0);
    }), { numRuns: 1500 });
  });

  test("a long hostile line costs linear time", () => {
    const started = performance.now();
    for (const piece of ["403.7 ", "(IN), TLS alert, ", "sslFlags=Ssl,", "error:1409445C:", "Event ID ", "WinHTTP ", "403 sub", "Negotiate Client Certificate : "]) {
      readText(piece.repeat(20000));
      readText(`${piece.repeat(20000)}\n`.slice(1));
    }
    expect(performance.now() - started).toBeLessThan(20000);
  });
});

describe("numbers of NSS", () => {
  test.each([
    ["* NSS error -12271 (SSL_ERROR_BAD_CERT_ALERT)", ["alert 42 bad_certificate received <-12271> by client"]],
    ["(Error code: -12227)", ["alert 40 handshake_failure received <-12227>"]],
    ["NSPR error: -12195, giving up", ["alert 48 unknown_ca received <-12195>"]],
    ["PR_GetError() = -12107", ["alert 116 certificate_required received <-12107>"]],
    ["[:error] [pid 811] SSL Library Error: -12269 The server has rejected your certificate as expired", ["alert 45 certificate_expired received <-12269> by server"]],
    ["SSL handshake failed (-12285)", ["SSL_ERROR_NO_CERTIFICATE <-12285>"]],
    ["SSL_ForceHandshake failed with error -12222", ["SSL_ERROR_SIGN_HASHES_FAILURE <-12222>"]],
    ["the balance is -12271 today", []],
    ["error at offset -122710", []],
    ["error -12271.5", []],
    ["error -12286", []],
  ])("%s", (line, expected) => expect(facts(`${line}\n`)).toEqual(expected));
});

describe("another use of keys than TLS", () => {
  test.each([
    ["At the Windows logon: 0x8010000C", true],
    ["Bei der Anmeldung am Computer kommt NTE_BAD_KEYSET", true],
    ["Bei der Anmeldung am Portal kommt NTE_BAD_KEYSET", false],
    ["After the login page, on sign-in, the reader shows 0x8010000C", false],
    ["L'ouverture de session sur le portail: 0x8009030D", false],
  ])("%s", (text, other) => expect(readText(text).facts).toMatchObject([{ kind: "error-code", otherUse: other }]));
});

describe("a case that is done with", () => {
  test.each([
    "Yesterday we had 403.7 because the key was missing; that is fixed.\n",
    "Last month the till got HTTP Error 403.7 because somebody had\nremoved the private key. That was solved by importing the PFX.\n\nThe page stays white.\n",
    "We had SEC_E_NO_CREDENTIALS last week, caused by\nthe renewal. It took us a day to see why. This has since been\nresolved with a new template.\n",
    "Vorgestern kam 403.16, weil das Root-Zertifikat fehlte.\nDas ist inzwischen behoben.\n",
    "> In spring the server answered 403.13 for a week\n> because nobody published the list. We have fixed that.\n",
    "- 403.7 on till 4, the key was gone (fixed)\n- the page of till 5 stays white\n",
  ])("is no symptom: %j", (text) => expect(readText(text).facts).toEqual([]));

  test.each([
    ["Yesterday we had 403.7 because the key was missing.\n", ["HTTP 403.7 <403.7>"]],
    ["Yesterday we had 403.7; we thought that was fixed, but it fails again.\n", ["HTTP 403.7 <403.7>"]],
    ["Last week the till got 403.7. That was fixed by a reboot.\nToday it is back.\n", ["HTTP 403.7 <403.7>"]],
    ["Last week the till got 403.7. That is not fixed.\n", ["HTTP 403.7 <403.7>"]],
    ["Since yesterday we get 403.7. The problem is fixed for other users only.\n", ["HTTP 403.7 <403.7>"]],
    ["Yesterday we had 403.7. The network issue was fixed.\n", ["HTTP 403.7 <403.7>"]],
    ["The certificate was renewed, that is fixed. But the till got 403.7.\n", ["HTTP 403.7 <403.7>"]],
    ["Yesterday we had 403.7, that is fixed.\nNow the server answers 403.16 to all of them.\n", ["HTTP 403.16 <403.16>"]],
    ["The till got 403.7 yesterday, has that been fixed?\n", ["HTTP 403.7 <403.7>"]],
    ["The till was answered 403.7 - the shop can only open once this is fixed.\n", ["HTTP 403.7 <403.7>"]],
    ["The till got 403.7 yesterday. We open when that is fixed.\n", ["HTTP 403.7 <403.7>"]],
    ["Please tell us when 403.7 is fixed.\n", ["HTTP 403.7 <403.7>"]],
    ["The server answered 403.7 until it was fixed. Then:\n", ["HTTP 403.7 <403.7>"]],
    ["Yesterday we had 403.16.\n\nThat is fixed.\n\nHTTP Error 403.7 - Forbidden\n", ["HTTP 403.16 <403.16>", "HTTP 403.7 <403.7>"]],
    ["2026-03-02 08:14:11 the till had 403.7, that is fixed\n", ["HTTP 403.7 <403.7>"]],
  ])("but not this: %j", (text, expected) => expect(facts(text)).toEqual(expected));
});

describe("samples", () => {
  const sample = (name: string): readonly string[] => facts(readFileSync(new URL(`../../samples/forms/traces/${name}`, import.meta.url), "utf8"));

  test.each([
    ["iis-log.txt", ["log-clients", "HTTP 403.7 win32 5 <403 7 5 31>", "HTTP 403.16 win32 2148204809 <403 16 2148204809 15>"]],
    ["schannel-event.txt", ["SCHANNEL_EVENT_36887 <36887>", "SCHANNEL_EVENT_36887 <protocol defined fatal alert code is 48>", "alert 48 unknown_ca received <protocol defined fatal alert code is 48>"]],
    ["netsh-sslcert.txt", [
      "Verify Client Certificate Revocation = Enabled <Verify Client Certificate Revocation : Enabled>", "Ctl Identifier = (null) <Ctl Identifier               : (null)>",
      "Ctl Store Name = ClientAuthIssuer <Ctl Store Name               : ClientAuthIssuer>", "Negotiate Client Certificate = Disabled <Negotiate Client Certificate : Disabled>",
    ]],
    ["haproxy.txt", [
      "SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE <peer did not return a certificate> by server", "HAPROXY_HANDSHAKE_FAILURE <SSL handshake failure> by server",
      "SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server", "HAPROXY_CLIENT_CERTIFICATE_REFUSED <SSL client certificate not trusted> by server",
      "SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server", "X509_V_ERR_CERT_HAS_EXPIRED <10> by server", "SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server",
      "HAPROXY_CLIENT_CERTIFICATE_REFUSED <SSL client certificate not trusted> by server", "HAPROXY_CLIENT_CHAIN_REFUSED <SSL client CA chain cannot be verified> by server",
    ]],
    ["nginx.txt", [
      "NGINX_NO_CLIENT_CERTIFICATE <client sent no required SSL certificate> by server",
      "NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_CERT_HAS_EXPIRED <10> by server",
      "NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_CERT_REVOKED <23> by server",
      "NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_UNABLE_TO_GET_CRL <3> by server",
      "NGINX_CLIENT_CERTIFICATE_REFUSED <client SSL certificate verify error> by server", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20> by server",
      // The first of the access log was served although it did not verify: optional_no_ca.
      "CLIENT_VERIFY_FAILED <FAILED> by server", "CLIENT_VERIFY_NONE <NONE> by server", "CLIENT_VERIFY_SUCCESS <SUCCESS> by server",
      "CLIENT_VERIFY_FAILED <FAILED> by server", "X509_V_ERR_CERT_HAS_EXPIRED <certificate has expired> by server", "CLIENT_VERIFY_SUCCESS <SUCCESS> by server",
      "CLIENT_VERIFY_FAILED <FAILED> by server", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <unable to get local issuer certificate> by server",
      "CLIENT_VERIFY_FAILED <FAILED> by server", "X509_V_ERR_INVALID_PURPOSE <unsuitable certificate purpose> by server",
      "CLIENT_VERIFY_FAILED <FAILED> by server", "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE <unable to verify the first certificate> by server",
    ]],
    ["apache.txt", [
      "AH02008 <AH02008> by server", "SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE <peer did not return a certificate> by server",
      "AH02276 <AH02276> by server", "X509_V_ERR_CERT_HAS_EXPIRED <10> by server", "AH02008 <AH02008> by server", "SSL_R_CERTIFICATE_VERIFY_FAILED <certificate verify failed> by server",
      "AH02040 <AH02040> by server", "X509_V_ERR_CERT_CHAIN_TOO_LONG <Certificate Verification: Certificate Chain too long> by server", "AH02009 <AH02009> by server",
      "AH02221 <AH02221> by server", "AH02261 <AH02261> by server", "AH02263 <AH02263> by server",
    ]],
    ["mail.txt", ["HTTP 403.7 <403.7>", "SEC_E_UNKNOWN_CREDENTIALS 0x8009030d <0x8009030D> by client"]],
  ])("%s", (name, expected) => {
    expect(sample(name)).toEqual(expected);
  });
});
