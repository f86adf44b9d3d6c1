import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { curl } from "../../grammars/curl/index.ts";
import type { Fact, FactKind } from "../../src/model/fact.ts";
import { textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, answerOf, situationOfTexts } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/curl/${name}`, "utf8");

async function factsOf<K extends FactKind>(text: string, kind: K): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  const { facts } = await readWith(curl, text);
  return facts.filter((fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind);
}

followsTheRules(curl, "curl");

describe("the request", () => {
  test.each([
    ["openssl-tls13-none-sent.txt", true, "first-handshake", "TLSv1.3 (IN), TLS handshake, Request CERT (13):"],
    ["openssl-tls12-sent.txt", true, "first-handshake", "TLSv1.2 (IN), TLS handshake, Request CERT (13):"],
    ["renegotiation.txt", true, "after-request", "TLSv1.2 (IN), TLS handshake, Request CERT (13):"],
    ["schannel.txt", true, "after-request", "schannel: a client certificate has been requested"],
    ["openssl-tls12-not-asked.txt", false, null, "TLSv1.2 (IN), TLS handshake, Server finished (14):"],
    ["no-data-lines-in-a-mail.txt", true, "first-handshake", "TLSv1.3 (IN), TLS handshake, Request CERT (13):"],
  ])("%s", async (file, requested, when, cited) => {
    const [fact, more] = await factsOf(form(file), "certificate-request");
    expect(more).toBeUndefined();
    expect(fact).toMatchObject({ requested, when, authorities: null });
    expect(textOf(fact?.span as never)).toBe(cited);
  });

  test("TLS 1.3 without it proves nothing, nor does an answer that came before the server could ask", async () => {
    const tls13 = form("openssl-tls13-none-sent.txt").split("\n").filter((line) => !line.includes("Request CERT") && !line.includes("(OUT), TLS handshake, Certificate")).join("\n");
    expect(await factsOf(tls13, "certificate-request")).toEqual([]);
    expect(await factsOf(form("openssl-tls12-not-asked.txt").replace("200 OK", "413 Too Large"), "certificate-request")).toEqual([]);
  });

  test("that curl uses no certificate by itself is a setting, not a question", async () => {
    expect(await factsOf("* Connected to a (192.0.2.1) port 443 (#0)\n* schannel: disabled automatic use of client certificate\n", "certificate-request")).toEqual([]);
  });
});

describe("the answer", () => {
  test.each([
    ["openssl-tls13-none-sent.txt", { sent: false, count: 0 }],
    ["openssl-tls12-refused.txt", { sent: false, count: 0 }],
    ["no-data-lines-in-a-mail.txt", { sent: false, count: 0 }],
    ["openssl-tls12-sent.txt", { sent: true, count: null }],
    ["openssl-tls13-unknown-ca.txt", { sent: true, count: null }],
    ["renegotiation.txt", { sent: true, count: null }],
  ])("%s", async (file, expected) => {
    expect(await factsOf(form(file), "client-certificate-sent")).toMatchObject([expected]);
  });

  test("without what follows the message nobody can tell", async () => {
    const text = form("no-data-lines-in-a-mail.txt").split("\n").filter((line) => !line.includes("Finished")).join("\n");
    expect(await factsOf(text, "client-certificate-sent")).toEqual([]);
  });
});

describe("the run", () => {
  test("knows host, page and certificate, and keeps no password", async () => {
    const [run] = await factsOf(form("renegotiation.txt"), "tls-run");
    expect(run).toMatchObject({ command: { value: "curl" }, connect: { value: "gate.lab.example:443" }, httpRequest: { value: "GET /api/" }, clientCertificate: { value: "robot.p12" } });
    expect(textOf(run?.clientCertificate?.span as never)).toBe("robot.p12");
  });

  test("a store path may hold a drive, and words may be quoted", async () => {
    expect((await factsOf(form("schannel.txt"), "tls-run"))[0]?.clientCertificate?.value).toBe("CurrentUser\\MY\\9f86d081884c7d659a2feaa0c55ad015a3bf4f1b");
    expect((await factsOf("$ curl -v -E 'C:\\keys\\robot.p12:secret' https://a/\n* schannel: SSL/TLS connection with a port 443\n", "tls-run"))[0]?.clientCertificate?.value).toBe("C:\\keys\\robot.p12");
  });

  test("each connection is one", async () => {
    const facts = await factsOf(`${form("openssl-tls12-sent.txt")}\n${form("openssl-tls13-none-sent.txt")}`, "client-certificate-sent");
    expect(facts.map((fact) => [fact.run, fact.sent])).toEqual([[1, true], [2, false]]);
  });

  test("alerts and statuses are of the run", async () => {
    expect(await factsOf(form("openssl-tls13-unknown-ca.txt"), "alert")).toMatchObject([{ run: 1, number: 48, direction: "received", reportedBy: "client" }]);
    expect(await factsOf(form("openssl-tls12-refused.txt"), "alert")).toMatchObject([{ run: 1, number: 40 }]);
    expect(await factsOf(form("schannel.txt"), "http-status")).toMatchObject([{ run: 1, status: 403, date: { value: "2026-11-22T16:51:49.000Z" }, server: { value: "Microsoft-IIS/10.0" } }]);
  });

  test("loose lines of other programs stay loose", async () => {
    expect((await readWith(curl, "> GET / HTTP/1.1\n< HTTP/1.1 403 Forbidden\n* a list item\n{ [5 bytes data]\n")).facts).toEqual([]);
  });
});

describe("other builds and other programs", () => {
  test.each([
    ["nginx-400-none-sent.txt", "CN=localhost,O=Lab\\, Inc.,C=DE"],
    ["git-gnutls-refused.txt", "CN=localhost,O=Lab\\, Inc.,C=DE"],
    ["version-8-16.txt", "CN=gate.lab.example,O=Lab\\, Inc.,C=DE"],
  ])("%s: whose certificate the server has", async (file, subject) => {
    const [session] = await factsOf(form(file), "tls-session");
    expect([session?.serverSubject?.value.rfc4514, session?.serverIssuer?.value.rfc4514]).toEqual([subject, "CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=DE"]);
  });

  test("git passes on what its curl says", async () => {
    const text = form("git-gnutls-refused.txt");
    expect(await factsOf(text, "tls-run")).toMatchObject([{
      command: null, connect: { value: "localhost:44301" }, clientCertificate: { value: "stray.pem" }, httpRequest: { value: "GET /repo.git/info/refs?service=git-upload-pack" },
    }]);
    expect(await factsOf(text, "tls-session")).toMatchObject([{ protocol: { value: "TLSv1.2" }, cipher: { value: "ECDHE_RSA_AES_256_GCM_SHA384" } }]);
    expect(await factsOf(text, "http-status")).toMatchObject([{ status: 400, server: { value: "nginx/1.22.1" } }]);
    expect((await factsOf(form("git-schannel.txt"), "tls-run"))[0]?.clientCertificate?.value).toBe("C:/keys/robot.pem");
  });

  test("GnuTLS names the alert, once", async () => {
    expect(await factsOf(form("git-gnutls-tls12-none-sent.txt"), "alert")).toMatchObject([{ run: 1, number: 40, direction: "received" }]);
    expect(await factsOf("fatal: unable to access 'https://a/b.git/': gnutls_handshake() failed: Certificate is required\n", "alert")).toMatchObject([{ number: 116 }]);
    expect(await factsOf("fatal: unable to access 'https://a/b.git/': gnutls_handshake() failed: Error in the pull function.\n", "alert")).toEqual([]);
  });

  test("--trace prints octets in other words", async () => {
    const text = form("trace-ascii-none-sent.txt").split("\n").filter((line) => !/Finished \(20\)/.test(line)).join("\n");
    expect(await factsOf(text, "client-certificate-sent")).toMatchObject([{ sent: false, count: 0 }]);
  });

  test("version 8.16 reports the connection after the handshake: one run", async () => {
    expect(await factsOf(form("version-8-16.txt"), "tls-run")).toMatchObject([{ run: 1, connect: { value: "gate.lab.example:443" }, clientCertificate: { value: "robot.pem" } }]);
    expect(await factsOf(form("version-8-16.txt"), "alert")).toMatchObject([{ run: 1, number: 42 }]);
  });

  test.each([
    ["key-of-another-certificate.txt", "client-certificate-not-loaded"], ["no-such-file.txt", "client-certificate-not-loaded"], ["wrong-password.txt", "client-certificate-not-loaded"],
    ["git-gnutls-not-loaded.txt", "client-certificate-not-loaded"], ["schannel-pem-file.txt", "client-certificate-not-loaded"], ["git-schannel.txt", "client-cert-reference-format"],
  ])("%s: nothing was sent, and the report says why", async (file, cause) => {
    const report = await analyzeTexts({ "curl.txt": form(file) });
    expect(report.findings.map((finding) => finding.cause)).toEqual([cause]);
  });
});

describe("what follows", () => {
  test("a probe without a certificate tells what the server demands, not what the failing client sent", async () => {
    const { outcome, request } = await situationOfTexts({ "probe.txt": form("openssl-tls12-refused.txt") });
    expect([outcome.arrived, request.requested, request.emptyAnswer]).toEqual([null, true, null]);
  });

  test("a transcript without its command may be the failing client's: nothing arrived", async () => {
    expect((await situationOfTexts({ "mail.txt": form("no-data-lines-in-a-mail.txt") })).outcome.arrived).toBe(false);
  });

  test("a certificate that was sent and refused for its issuer", async () => {
    const report = await analyzeTexts({ "curl.txt": form("openssl-tls13-unknown-ca.txt") });
    expect([report.findings[0]?.cause, report.findings[0]?.weight]).toEqual(["issuer-not-trusted-by-server", "likely"]);
    expect(answerOf(report, "issuer-not-in-server-list")).toBe("ruled-out");
  });

  test("a whole exchange without a question", async () => {
    const report = await analyzeTexts({ "curl.txt": form("openssl-tls12-not-asked.txt") });
    expect(report.findings.map((finding) => finding.cause)).toEqual(["server-does-not-request"]);
  });
});
