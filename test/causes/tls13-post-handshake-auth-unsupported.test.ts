import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "tls13-post-handshake-auth-unsupported";

describe("found", () => {
  test("proved by two transcripts of one path: TLS 1.2 asks after the request, TLS 1.3 never", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" }, otherProbe: { last: requestFor(ROOT_NAME) } }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(finding.evidence.map((one) => one.file)).toEqual(expect.arrayContaining(["probe.txt", "other-probe.txt"]));
    expect(finding.evidence.map((one) => one.shows)).toEqual(expect.arrayContaining(["with TLS 1.3 no certificate is asked for", "with this version the server asks after the request"]));
    expect(answerOf(report, "server-does-not-request")).not.toBe("found");
  });

  test.each([
    "AH10158: cannot perform post-handshake authentication",
    "SSL routines:SSL_verify_client_post_handshake:extension not received",
    "Reason: Cannot perform Post-Handshake Authentication.",
  ])("proved by the server's own words: %s", async (line) => {
    const finding = findingOf(await analyzeTexts({ "error.log": `${line}\n` }), id);
    expect(finding.weight).toBe("proved");
    expect([...new Set(quotesOf(finding))]).toEqual([line]);
  });
});

describe("ruled out", () => {
  test("by TLS 1.3 with a request in the first handshake", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", first: { authorities: [ROOT_NAME], types: null, algorithms: "ECDSA+SHA256:RSA-PSS+SHA256" } } }));
    expect(ruledOutOf(report, id).evidence.at(-1)?.shows).toContain("first handshake");
  });

  test("by TLS 1.2", async () => {
    const report = await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) } }));
    expect(quotesOf(ruledOutOf(report, id))[0]).toContain("TLSv1.2");
  });
});

test("cannot tell from TLS 1.3 alone: the same path with TLS 1.2 is asked for", async () => {
  const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" } }));
  expect(commandsOf(cannotTellOf(report, id))[0]).toContain("-tls1_2");
});

describe("look-alikes that are no fault", () => {
  test("a path under TLS 1.3 that needs no certificate, and one under TLS 1.2 that does not either", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", status: "200 OK" }, otherProbe: { status: "200 OK" } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a path under TLS 1.3 that is served, while TLS 1.2 is asked after the request", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", status: "200 OK" }, otherProbe: { last: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("another path under TLS 1.3 that is refused", async () => {
    const curl = (version: string, path: string, asks: string): string => `* Connected to gate.lab.example (192.0.2.4) port 443\n* TLSv${version} (OUT), TLS handshake, Client hello (1):\n`
      + `* SSL connection using TLSv${version} / AES\n> GET ${path} HTTP/1.1\n${asks}< HTTP/1.1 403 Forbidden\n`;
    const asked = "* TLSv1.2 (IN), TLS handshake, Hello request (0):\n* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n";
    const of = async (path: string): Promise<string> => answerOf(await analyzeTexts({ "a.txt": curl("1.3", path, ""), "b.txt": curl("1.2", "/till", asked) }), id);
    expect(await of("/till")).toBe("found");
    expect(await of("/")).not.toBe("found");
  });

  test("certificates alone say nothing about the version", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });
});

describe("IIS: 500.0 with ERROR_NOT_SUPPORTED", () => {
  const log = (status: string): string => `#Fields: date time cs-method cs-uri-stem sc-status sc-substatus sc-win32-status time-taken\n2026-06-15 11:58:00 GET /secure/ ${status} 15\n`;
  const asksByPath = '<access sslFlags="Ssl, SslNegotiateCert, SslRequireCert" />\n';

  test.each(["500 0 50", "500 0 2147942450"])("likely where the path asks for a certificate: %s", async (status) => {
    const finding = findingOf(await analyzeTexts({ "iis.log": log(status), "web.config": asksByPath }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.evidence[0]?.file).toBe("iis.log");
    expect(finding.overturnedBy).toContain("TLS 1.2");
  });

  test("only possible without a line that shows that the path asks", async () => {
    expect(findingOf(await analyzeTexts({ "iis.log": log("500 0 50") }), id).weight).toBe("possible");
  });

  test("the error page: status and code", async () => {
    const page = "HTTP Error 500.0 - Internal Server Error\nError Code: 0x80070032\n";
    expect(findingOf(await analyzeTexts({ "page.txt": page, "web.config": asksByPath }), id).weight).toBe("likely");
  });

  test.each(["500 0 64", "500 19 50", "403 7 50"])("says nothing of %s", async (status) => {
    expect(answerOf(await analyzeTexts({ "iis.log": log(status), "web.config": asksByPath }), id)).not.toBe("found");
  });

  test("says nothing of a path that asks, and no error", async () => {
    expect(answerOf(await analyzeTexts({ "web.config": asksByPath }), id)).not.toBe("found");
  });
});
