import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, type Texts } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate } from "../support/certificate-spec.ts";

const error = (address: string, result: string, time = "09:14:11"): string =>
  `2026/06/15 ${time} [info] 811#811: *7 client SSL certificate verify error: (${result}) while reading client request headers, client: ${address}, server: , request: "GET /lager HTTP/1.1", host: "lager.example"\n`;
const none = (address: string): string =>
  `2026/06/15 09:14:30 [info] 811#811: *9 client sent no required SSL certificate while reading client request headers, client: ${address}, server: , request: "GET /lager HTTP/1.1", host: "lager.example"\n`;
const served = (address: string): string => `${address} - - [15/Jun/2026:09:14:12 +0000] "GET /lager HTTP/1.1" 200 4812 "-" "curl/8.5.0"\n`;
const REVOKED = "23:certificate revoked";

const weightOf = async (texts: Texts): Promise<string> => findingOf(await analyzeTexts(texts), "revocation-failed").weight;

test("the only client of a log is the one in question", async () => {
  expect(await weightOf({ "error.log": error("192.0.2.9", REVOKED) + error("192.0.2.9", REVOKED, "09:15:02") })).toBe("proved");
});

describe("a log of several clients, and nothing says which is the one in question", () => {
  test("the only one that is refused is likely it, and its address is told", async () => {
    const finding = findingOf(await analyzeTexts({ "both.log": error("192.0.2.9", REVOKED) + served("192.0.2.77") + served("192.0.2.78") }), "revocation-failed");
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("3 clients (192.0.2.9, 192.0.2.77, 192.0.2.78)");
    expect(finding.overturnedBy).toContain("the lines cited are of 192.0.2.9");
    expect(finding.evidence[0]?.shows).toMatch(/ \(client 192\.0\.2\.9\)$/);
  });

  test("refused for different reasons: each reason is possible, and none of them is a station of the path", async () => {
    const report = await analyzeTexts({ "error.log": error("192.0.2.9", REVOKED) + none("192.0.2.77") });
    expect(findingOf(report, "revocation-failed").weight).toBe("possible");
    expect(report.path.map(({ state }) => state)).not.toContain("broken");
  });

  test("refused all for the same reason: that holds for whichever it is", async () => {
    expect(await weightOf({ "error.log": error("192.0.2.9", REVOKED) + error("192.0.2.77", REVOKED) })).toBe("proved");
  });

  test("what another client met excludes nothing", async () => {
    const mine = { my: [clientCertificate({ key: null })] };
    const alone = await analyzeTexts({ ...caseOf(mine), "error.log": error("192.0.2.77", REVOKED) });
    const among = await analyzeTexts({ ...caseOf(mine), "error.log": error("192.0.2.77", REVOKED) + none("192.0.2.9") });
    expect(alone.findings.map(({ weight }) => weight)).toContain("proved");
    expect(findingOf(among, "revocation-failed").weight).toBe("possible");
    expect(among.path.find(({ station }) => station === "accepted")?.state).not.toBe("broken");
  });
});

describe("the client is known", () => {
  const log = error("192.0.2.9", REVOKED) + none("192.0.2.77") + served("192.0.2.78");

  test.each([
    ["by a sentence beside the log", { "mail.txt": `Our till is 192.0.2.9. The log:\n${log}` }],
    ["by curl's own address", { "error.log": log, "curl.txt": "* Established connection to lager.example (192.0.2.80 port 443) from 192.0.2.9 port 40112 \n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n" }],
    ["by another log that has no other", { "error.log": log, "access.log": "192.0.2.9 - - [15/Jun/2026:09:14:11 +0000] \"GET /lager HTTP/1.1\" 400 215 verify=FAILED:certificate revoked\n" }],
  ])("%s", async (_, texts: Texts) => {
    const report = await analyzeTexts(texts);
    expect(findingOf(report, "revocation-failed").weight).toBe("proved");
    expect(report.path.find(({ station }) => station === "accepted")?.state).toBe("broken");
  });

  test("by a line that names its certificate", async () => {
    const certificate = clientCertificate();
    const name = /CN=([^,]+)/.exec(JSON.stringify(certificate.subject))?.[0] ?? "CN=?";
    const line = (address: string, subject: string, words: string): string => `${address} - - [15/Jun/2026:09:14:19 +0000] "GET /lager HTTP/1.1" 400 215 verify=FAILED:${words} dn="${subject}"\n`;
    const texts = (mine: string): Texts => ({ ...caseOf({ my: [certificate] }), "access.log": line("192.0.2.9", mine, "certificate revoked") + line("192.0.2.77", "CN=another", "certificate has expired") });
    expect(await weightOf(texts(`${name},O=x`))).toBe("proved");
    expect(await weightOf(texts("CN=a third"))).toBe("possible");
  });

  test("another client's refusal is none of its own", async () => {
    const report = await analyzeTexts({ "mail.txt": `Our till is 192.0.2.77. The log:\n${log}` });
    expect(answerOf(report, "revocation-failed")).toBe("ruled-out");
    expect(report.path.find(({ station }) => station === "sent")?.state).toBe("broken");
  });

  test("a health check of the machine itself is no client that is known", async () => {
    const texts = { "error.log": error("192.0.2.9", REVOKED) + none("127.0.0.1"), "checks.log": none("127.0.0.1"), "nginx.conf": "upstream x { 127.0.0.1:8080; }\nssl_verify_client on;\n" };
    expect(await weightOf(texts)).toBe("possible");
  });

  test("by the time of its transcript, where the log has a time of its own zone", async () => {
    const run = (option: string): string => [
      `$ openssl s_client -connect lager.example:443${option} -tls1_2 -ign_eof`, "CONNECTED(00000003)", "---", "Acceptable client certificate CA names", "C = DE, O = Talgrund, CN = Talgrund Root CA", "---",
      "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384", "---", "HTTP/1.1 400 Bad Request", "Server: nginx/1.22.1", "Date: Mon, 15 Jun 2026 07:14:12 GMT", "", "closed", "",
    ].join("\n");
    const errors = error("192.0.2.9", REVOKED, "09:14:11") + error("192.0.2.77", "10:certificate has expired", "09:21:40");
    expect(await weightOf({ "error.log": errors, "run.txt": run(" -cert c.pem -key c.key") })).toBe("proved");
    // A probe without a certificate is not the client that was refused.
    expect(await weightOf({ "error.log": errors, "run.txt": run("") })).toBe("possible");
    expect(await weightOf({ "error.log": errors.replace("09:21:40", "09:14:14"), "run.txt": run(" -cert c.pem -key c.key") })).toBe("possible");
  });

  test.each([
    "Please ignore 192.0.2.9, that is our monitoring.", "The proxy has 192.0.2.9.", "192.0.2.9 is not ours.", "The other till, 192.0.2.9, works.",
  ])("the address of another is not that of the client: %s", async (sentence) => {
    expect(await weightOf({ "mail.txt": `We got HTTP Error 403.13 - Forbidden. ${sentence}\n`, "error.log": log })).toBe("possible");
    expect(await weightOf({ "mail.txt": `${sentence}\n\n${log}` })).toBe("possible");
  });

  test("the address of the server is that of no client", async () => {
    const texts = { "error.log": log, "curl.txt": "* Connected to lager.example (192.0.2.9) port 443 (#0)\n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n" };
    expect(await weightOf(texts)).toBe("possible");
  });
});
