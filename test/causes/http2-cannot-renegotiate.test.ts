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
