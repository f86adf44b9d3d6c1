import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate, softwareKey } from "../support/certificate-spec.ts";

const id = "strong-key-protection";

test.each(["NTE_SILENT_CONTEXT", "signing returned 0x80090022", "error -2146893790"])("found, likely by the error of a silent call alone: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "service.log": `${line}\n` }), id);
  expect(finding.weight).toBe("likely");
  expect(finding.overturnedBy).toContain("PIN");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("client");
});

test("found, proved by a key test that may not ask", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: { error: "0x80090022 (-2146893790 NTE_SILENT_CONTEXT)" } } })] }));
  expect(findingOf(report, id)).toMatchObject({ weight: "proved", evidence: [expect.objectContaining({ file: "my.txt" })] });
});

describe("look-alikes that are no fault", () => {
  test.each(["0x80090016 NTE_BAD_KEYSET", "0x8009030D", "Private key is NOT exportable"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "log.txt": `${line}\n` }), id)).not.toBe("found");
  });
});

test("found, proved for a software key with the error in the program's log", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], note: "signing returned 0x80090022\n" })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(["signing returned 0x80090022"]);
});

test.each(["Microsoft Smart Card Key Storage Provider", "Microsoft Platform Crypto Provider"])("only possible for a key of %s: it asks for its PIN with the same code", async (provider) => {
  const hardware = clientCertificate({ key: { ...softwareKey, provider, outcome: { error: "0x80090022 (-2146893790 NTE_SILENT_CONTEXT)" } } });
  const finding = findingOf(await analyzeTexts(caseOf({ my: [hardware] })), id);
  expect(finding.weight).toBe("possible");
  expect(finding.headline).toContain("PIN");
  expect(finding.about?.certificate).toBe(hardware.thumbprint);
});
