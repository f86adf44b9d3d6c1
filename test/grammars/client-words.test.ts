import { describe, expect, test } from "@jest/globals";
import { traces } from "../../grammars/traces/index.ts";
import { readWith } from "../support/format-rules.ts";

/** Kind and name of every fact of a line, as `alert bad_certificate received`. */
async function said(line: string): Promise<readonly string[]> {
  const { facts } = await readWith(traces, `${line}\n`);
  return facts.map((fact) => (fact.kind === "alert" ? `alert ${fact.name} ${fact.direction}` : fact.kind === "error-code" ? fact.name : fact.kind));
}

describe("alerts in the words of a language's library", () => {
  test.each([
    ["System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'HandshakeFailure'.", "alert handshake_failure received"],
    ["Authentication failed because the remote party sent a TLS alert: 'BadCertificate'.", "alert bad_certificate received"],
    ["Authentication failed because the remote party sent a TLS alert: \u2018UnknownCA\u2019.", "alert unknown_ca received"],
    ["  code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'", "alert certificate_required received"],
    ["  code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',", "alert bad_certificate received"],
    ["Error code: SSL_ERROR_DECRYPT_ERROR_ALERT", "alert decrypt_error received"],
    ["Get \"https://gate.lab.example/\": remote error: tls: unknown certificate authority", "alert unknown_ca received"],
    ["requests.exceptions.SSLError: (Caused by SSLError(SSLError(1, '[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)')))", "alert certificate_required received"],
  ])("%s", async (line, expected) => expect(await said(line)).toEqual([expected]));
});

describe("files that a program cannot load", () => {
  test.each([
    ["tls: private key does not match public key", ["X509_R_KEY_VALUES_MISMATCH"]],
    ["  code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'", ["X509_R_KEY_VALUES_MISMATCH"]],
    ["ssl.SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:3926)", ["X509_R_KEY_VALUES_MISMATCH"]],
    ["Error: error:1C800064:Provider routines::bad decrypt", ["EVP_R_BAD_DECRYPT"]],
    ["Caused by: java.security.UnrecoverableKeyException: Get Key failed: Given final block not properly padded.", ["CLIENT_KEY_PASSWORD_WRONG"]],
    ["java.security.UnrecoverableKeyException: Cannot recover key", ["CLIENT_KEY_PASSWORD_WRONG"]],
    ["Error code: SSL_ERROR_NO_CERTIFICATE", ["SSL_ERROR_NO_CERTIFICATE"]],
    ["tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched", ["GO_NO_PEM_DATA"]],
    ["OSError: Could not find the TLS key file, invalid path: /etc/pki/robot.key", ["CLIENT_KEY_NOT_LOADED"]],
    ["curl: (58) schannel: Failed to open cert store 10000 MY CurrentUser\\MY\\9f86, last error is 0x80070005", ["CURL_STORE_NOT_OPENED", "ERROR_ACCESS_DENIED"]],
    ["curl: (77) error setting certificate verify locations: CAfile: ca.pem", ["CURL_CA_FILE_NOT_LOADED"]],
  ])("%s", async (line, expected) => expect(await said(line)).toEqual(expected));
});

describe("what a server written in Go prints", () => {
  test.each([
    ["http: TLS handshake error from 192.0.2.7:51234: tls: client didn't provide a certificate", ["GO_NO_CLIENT_CERTIFICATE"]],
    ["http: TLS handshake error from 192.0.2.7:51234: tls: client's certificate's extended key usage doesn't permit it to be used for client authentication", ["GO_INCOMPATIBLE_KEY_USAGE"]],
  ])("%s", async (line, expected) => {
    const { facts } = await readWith(traces, `${line}\n`);
    expect(facts).toMatchObject(expected.map((name) => ({ name, reportedBy: "server" })));
  });
});

test.each([
  "Authentication failed because the remote party has closed the transport stream.", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "the password was incorrect", "we could not load the client certificate page",
])("nothing is read from: %s", async (line) => expect(await said(line)).toEqual([]));
