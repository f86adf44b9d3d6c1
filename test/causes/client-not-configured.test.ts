import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-not-configured";

test.each(["WinHTTP error 12044", "SEC_I_INCOMPLETE_CREDENTIALS"])("found, likely: the server asked, the program had nothing: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "app.log": `${line}\n` }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("client");
});

test("ruled out by a client that searched its store", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), note: "WinHTTP error 12044\n" }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["CertSelectCertificateChains called"]);
});

describe("look-alikes that are no fault of the configuration", () => {
  test.each(["HTTP Error 403.7 - Forbidden", "WinHTTP error 12185", "error 12044 bytes were read"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "app.log": `${line}\n` }), id)).toBe("none");
  });
});
