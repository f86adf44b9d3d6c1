import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "http2-cannot-renegotiate";

test("found, likely: 421 sends the client to another connection", async () => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": "> GET /secure/ HTTP/2\n< HTTP/2 421\n< content-length: 0\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(["< HTTP/2 421"]);
  expect(finding.fix[0]).toMatchObject({ on: "client", command: expect.stringContaining("--http1.1") });
  expect(finding.overturnedBy).toContain("HTTP/1.1");
});

test("ruled out by a request in the first handshake", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: "< HTTP/2 421\n" })), id)).toBe("ruled-out");
});

describe("look-alikes that are no fault", () => {
  test.each(["< HTTP/2 403", "< HTTP/2 200", "< HTTP/1.1 403 Forbidden", "read 421 bytes"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id)).toBe("none");
  });
});
