import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "listing-of-another-store";
const unusable = clientCertificate({ keyUsage: "30" });

test("found, only possible: two matched, and one of those listed can", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 2 }) })), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)[0]).toBe("Number of certificates matching criteria(s) : 2");
  expect(finding.evidence.map((one) => one.file)).toEqual(["strace.log", "my.txt"]);
  expect(finding.fix[0]?.command).toContain("whoami");
});

test("found: one matched, and none of those listed can", async () => {
  const report = await analyzeTexts(caseOf({ my: [unusable], call: browserCall([ROOT_NAME], { matches: 1 }) }));
  expect(findingOf(report, id).headline).toContain("only 0 can match");
  expect(report.findings.filter((finding) => finding.weight === "proved")).toEqual([]);
});

test("ruled out by equal numbers", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [unusable], call: browserCall([ROOT_NAME]) })), id))).toEqual(["Number of certificates matching criteria(s) : 0"]);
});

describe("says nothing", () => {
  test("of a listing that was broken off: the rest may hold the other matches", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: renderStore([clientCertificate()], { ending: "lost" }), call: browserCall([ROOT_NAME], { matches: 2 }) })), id)).toBe("none");
  });

  test("while a criterion is open", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: renderStore([clientCertificate()], { verbose: false }), call: browserCall([ROOT_NAME], { matches: 2 }) })), id)).toBe("none");
  });

  test("without a trace", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });
});
