import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { analyzeTexts, answerOf, findingOf } from "../support/analyze-texts.ts";

const id = "client-certificate-not-loaded";

test.each([
  "curl: (58) could not load PEM client certificate, OpenSSL error error:02001002:system library:fopen:No such file or directory, (no key found, wrong pass phrase, or wrong file format?)",
  "curl: (58) unable to set private key file: 'robot.key' type PEM",
  "curl: (58) schannel: Failed to import cert file robot.pem, last error is 0x80092002",
  "fatal: unable to access 'https://gate.lab.example/repo.git/': error reading X.509 key or certificate file",
  "OSError: Could not find the TLS certificate file, invalid path: /etc/pki/robot.pem",
  "curl: (58) NSS: client certificate not found: robot",
])("proved by the program's own words: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "mail.txt": `It says\n\n${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(finding.evidence.map(({ line: number }) => number)).toEqual([3]);
});

test.each([
  "curl: (58) could not parse PKCS12 file, check password, OpenSSL error error:11800071:PKCS12 routines::mac verify failure",
  "java.io.IOException: keystore password was incorrect",
  "Error: error:1C800064:Provider routines::bad decrypt",
])("a password that does not fit is told apart: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "mail.txt": `${line}\n` }), id);
  expect([finding.weight, finding.headline]).toEqual(["likely", expect.stringContaining("password")]);
  expect(finding.overturnedBy ?? "").toContain("a server that cannot open its own key");
});

test("Go says the same on both sides", async () => {
  const finding = findingOf(await analyzeTexts({ "mail.txt": "error: tls: failed to find any PEM data in certificate input\n" }), id);
  expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("Whose file")]);
});

test("a key store that cannot be opened does not show that no certificate arrived", async () => {
  const report = await analyzeTexts({ "catalina.out": "java.io.IOException: keystore password was incorrect\n" });
  expect(report.path.find(({ station }) => station === "sent")?.state).toBe("unknown");
});

describe("look-alikes", () => {
  test.each([
    "2026/11/20 10:11:12 ListenAndServeTLS: tls: failed to find any PEM data in certificate input",
    "nginx: [emerg] cannot load certificate key \"/etc/nginx/till.key\": PEM_read_bio_PrivateKey() failed (SSL: error:1C800064:Provider routines::bad decrypt)",
  ])("a server's own files: %s", async (line) => {
    expect(answerOf(await analyzeTexts({ "error.log": `${line}\n` }), id)).toBe("none");
  });

  test.each([
    "curl: (60) SSL certificate problem: unable to get local issuer certificate", "curl: (77) error setting certificate verify locations: CAfile: ca.pem",
    "curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
  ])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "mail.txt": `${line}\n` }), id)).toBe("none");
  });

  test("a certificate that was sent was loaded", async () => {
    expect(answerOf(await analyzeTexts({ "curl.txt": readFileSync("samples/forms/curl/openssl-tls12-sent.txt", "utf8") }), id)).toBe("ruled-out");
  });
});
