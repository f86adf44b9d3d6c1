import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "request-body-too-large-before-renegotiation";
const APACHE = "[ssl:error] AH02018: request body exceeds maximum size (131072) for SSL buffer";

test("found, proved by Apache's own line", async () => {
  const finding = findingOf(await analyzeTexts({ "error.log": `${APACHE}\n`, "curl.txt": "< HTTP/1.1 413 Request Entity Too Large\n" }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([APACHE, "< HTTP/1.1 413 Request Entity Too Large"]);
});

test("found, only possible by 413 alone: a plain limit gives the same", async () => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": "< HTTP/1.1 413 Request Entity Too Large\n" }), id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("small request");
});

test("ruled out by a request in the first handshake", async () => {
  expect(ruledOutOf(await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) } })), id).evidence[0]?.file).toBe("probe.txt");
});

describe("look-alikes that are no fault", () => {
  test.each(["< HTTP/1.1 403 Forbidden", "uploadReadAheadSize=\"49152\"", "the log has 413 lines"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${line}\n` }), id)).toBe("none");
  });
});

test("413 after a request in the first handshake is a plain limit", async () => {
  const report = await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: "< HTTP/1.1 413 Request Entity Too Large\n" }));
  expect(ruledOutOf(report, id).evidence[0]?.file).toBe("probe.txt");
});
