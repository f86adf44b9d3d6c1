import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";

const id = "session-resumption-with-client-auth";
const line = "SSL routines:ssl_get_prev_session:session id context uninitialized";

test("found, proved by OpenSSL's own words", async () => {
  const finding = findingOf(await analyzeTexts({ "server.log": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix.map((step) => step.on)).toEqual(["server", "client"]);
});

describe("look-alikes that are no fault", () => {
  test.each(["* Re-using session ticket", "    Session-ID-ctx: ", "Reused, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384"])("%s", async (text) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${text}\n` }), id)).toBe("none");
  });

  test("a transcript", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: {} })), id)).toBe("none");
  });
});
