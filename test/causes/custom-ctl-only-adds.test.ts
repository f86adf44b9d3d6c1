import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, noteOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate } from "../support/certificate-spec.ts";

const id = "custom-ctl-only-adds";

test("explains that a trust list only adds, and blames nothing", async () => {
  const report = await analyzeTexts({ "netsh.txt": "    Ctl Identifier               : FabrikClients\n    Ctl Store Name               : CA\n" });
  expect(noteOf(report, id).says).toContain("only adds");
  expect(quotesOf(noteOf(report, id))).toEqual(["Ctl Identifier               : FabrikClients"]);
  expect(report.findings).toEqual([]);
});

describe("says nothing", () => {
  test.each(["    Ctl Identifier               : (null)\n", "    Ctl Store Name               : ClientAuthIssuer\n", "the Ctl Identifier is not set\n"])("%j", async (text) => {
    expect(answerOf(await analyzeTexts({ "netsh.txt": text }), id)).toBe("none");
  });

  test("of certificates alone", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });
});
