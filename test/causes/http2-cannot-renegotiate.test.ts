import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "http2-cannot-renegotiate";

const ANSWER = "> GET /secure/ HTTP/2\n< HTTP/2 421\n< content-length: 0\n";

test("found, likely: 421 from a server that asks by path", async () => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": ANSWER, "site.conf": "  SSLVerifyClient require\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(["< HTTP/2 421", "SSLVerifyClient require"]);
  expect(finding.fix[0]).toMatchObject({ on: "client", command: expect.stringContaining("--http1.1") });
  expect(finding.overturnedBy).toContain("HTTP/1.1");
});

test("found, likely: 421, and with TLS 1.2 the same path is asked for after the request", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) }, note: ANSWER })), id);
  expect(finding.weight).toBe("likely");
  expect(finding.evidence.at(-1)?.file).toBe("probe.txt");
});

test("only possible by 421 alone: a connection reused for another host name gives it, too", async () => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": ANSWER }), id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("host name");
});

test.each(["< HTTP/1.1 421 Misdirected Request", "HTTP/1.1 421 Misdirected Request"])("ruled out by an answer over HTTP/1.1: %s", async (line) => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id))).toEqual([line]);
});

test("ruled out by a 421 in a transcript of s_client, which speaks HTTP/1.1", async () => {
  const report = await analyzeTexts(caseOf({ probe: { status: "421 Misdirected Request" } }));
  expect(ruledOutOf(report, id).evidence[0]?.file).toBe("probe.txt");
});

test("ruled out by a request in the first handshake", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: "< HTTP/2 421\n" })), id)).toBe("ruled-out");
});

describe("look-alikes that are no fault", () => {
  test.each(["< HTTP/2 403", "< HTTP/2 200", "< HTTP/1.1 403 Forbidden", "read 421 bytes"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id)).toBe("none");
  });
});

const REFUSED = "curl: (92) HTTP/2 stream 1 was not closed cleanly: HTTP_1_1_REQUIRED (err 13)\n";

test.each([REFUSED, "This site can't be reached: ERR_HTTP_1_1_REQUIRED\n"])("found, by the server's own demand for HTTP/1.1: %s", async (line) => {
  const alone = findingOf(await analyzeTexts({ "curl.txt": line }), id);
  expect([alone.weight, alone.overturnedBy]).toEqual(["possible", expect.stringContaining("Windows authentication")]);
  expect(findingOf(await analyzeTexts({ "curl.txt": line, "site.conf": "  SSLVerifyClient require\n" }), id).weight).toBe("likely");
});

describe("one request over both versions", () => {
  const hello = "* Connected to gate.lab.example (192.0.2.4) port 443\n* TLSv1.2 (OUT), TLS handshake, Client hello (1):\n* SSL connection using TLSv1.2 / AES\n";
  const asked = "* TLSv1.2 (IN), TLS handshake, Hello request (0):\n* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n* TLSv1.2 (OUT), TLS handshake, Certificate (11):\n* TLSv1.2 (OUT), TLS handshake, CERT verify (15):\n";
  const older = (path: string, asks: string): string => `$ curl -v --http1.1 --cert till.pem https://gate.lab.example${path}\n${hello}> GET ${path} HTTP/1.1\n${asks}< HTTP/1.1 200 OK\n`;
  const newer = (path: string): string => `$ curl -v --http2 --cert till.pem https://gate.lab.example${path}\n${hello}> GET ${path} HTTP/2\n< HTTP/2 403\n`;

  test("proved: served over HTTP/1.1 after the server asked, refused over HTTP/2", async () => {
    const finding = findingOf(await analyzeTexts({ "a.txt": older("/till", asked), "b.txt": newer("/till") }), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["proved", null]);
    expect(finding.evidence.map(({ file }) => file)).toEqual(["b.txt", "a.txt", "a.txt"]);
  });

  test("says nothing of another path, nor where HTTP/1.1 asks for nothing", async () => {
    expect(answerOf(await analyzeTexts({ "a.txt": older("/till", asked), "b.txt": newer("/") }), id)).not.toBe("found");
    expect(answerOf(await analyzeTexts({ "a.txt": older("/till", ""), "b.txt": newer("/till") }), id)).not.toBe("found");
  });

  test("says nothing where the request is not printed, where HTTP/2 asks as well, or where the answer is about something else", async () => {
    const without = (text: string): string => text.replace(/^> GET .*\n/m, "");
    expect(answerOf(await analyzeTexts({ "a.txt": without(older("/till", asked)), "b.txt": without(newer("/till")) }), id)).not.toBe("found");
    const asks = newer("/till").replace("* SSL connection", "* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n* SSL connection");
    expect(answerOf(await analyzeTexts({ "a.txt": older("/till", asked), "b.txt": asks }), id)).not.toBe("found");
    expect(answerOf(await analyzeTexts({ "a.txt": older("/till", asked), "b.txt": newer("/till").replace("403", "500") }), id)).not.toBe("found");
  });
});
