import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "wrong-certificate-auto-selected";
const two = [clientCertificate(), clientCertificate({ subject: ["CN=alice admin", "O=Fabrik, Inc."] })];
const call = browserCall([ROOT_NAME], { matches: 2 });

test("found, only possible: several matched, and what was sent was refused", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: two, call, note: "HTTP Error 403.12 - Forbidden\n" })), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)).toEqual(["Number of certificates matching criteria(s) : 2", "HTTP Error 403.12 - Forbidden"]);
  expect(finding.overturnedBy).toContain("subject");
});

test("ruled out by 403.7: nothing was sent", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: two, call, note: "HTTP Error 403.7 - Forbidden\n" })), id))).toEqual(["HTTP Error 403.7 - Forbidden"]);
});

test("ruled out by a page that was served", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ my: two, call, after: { status: "200 OK" } })), id)).toBe("ruled-out");
});

describe("says nothing", () => {
  test("when only one matched", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), note: "HTTP Error 403.16 - Forbidden\n" })), id)).toBe("none");
  });

  test("of several matches without a refusal", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: two, call })), id)).toBe("none");
  });
});
