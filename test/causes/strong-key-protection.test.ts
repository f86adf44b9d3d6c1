import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate, softwareKey } from "../support/certificate-spec.ts";

const id = "strong-key-protection";

test.each(["NTE_SILENT_CONTEXT", "signing returned 0x80090022", "error -2146893790"])("found, proved by the error of a silent call: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "service.log": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("client");
});

test("found, proved by a key test that may not ask", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: { error: "0x80090022 (-2146893790 NTE_SILENT_CONTEXT)" } } })] }));
  expect(findingOf(report, id).evidence[0]?.file).toBe("my.txt");
});

describe("look-alikes that are no fault", () => {
  test.each(["0x80090016 NTE_BAD_KEYSET", "0x8009030D", "Private key is NOT exportable"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "log.txt": `${line}\n` }), id)).not.toBe("found");
  });
});
