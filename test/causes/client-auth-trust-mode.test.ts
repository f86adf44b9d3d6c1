import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-auth-trust-mode";
const value = (number: string): string => `    ClientAuthTrustMode    REG_DWORD    ${number}`;

test("found, likely: an exclusive mode, and a refusal for trust", async () => {
  const finding = findingOf(await analyzeTexts({ "reg.txt": `${value("0x1")}\n`, "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual([value("0x1").trim(), "HTTP Error 403.16 - Forbidden"]);
  expect(finding.fix[0]?.on).toBe("server");
});

test.each(["0x1", "0x2"])("found, only possible without a refusal: %s", async (number) => {
  expect(findingOf(await analyzeTexts({ "reg.txt": `${value(number)}\n` }), id).weight).toBe("possible");
});

test("ruled out by machine trust", async () => {
  expect(answerOf(await analyzeTexts({ "reg.txt": `${value("0x0")}\n`, "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id)).toBe("ruled-out");
});

describe("says nothing", () => {
  test.each(["    SendTrustedIssuerList    REG_DWORD    0x1", "HTTP Error 403.16 - Forbidden"])("of %s", async (text) => {
    expect(answerOf(await analyzeTexts({ "reg.txt": `${text}\n` }), id)).toBe("none");
  });
});

test.each(["0x00000001", "2"])("found in any spelling of the number: %s", async (number) => {
  expect(answerOf(await analyzeTexts({ "reg.txt": `${value(number)}\n` }), id)).toBe("found");
});

test("ruled out by machine trust with eight digits", async () => {
  expect(answerOf(await analyzeTexts({ "reg.txt": `${value("0x00000000")}\n` }), id)).toBe("ruled-out");
});

test("no fault while pages are served after the selection", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" }, note: `${value("0x2")}\n` }));
  expect(answerOf(report, id)).not.toBe("found");
});
