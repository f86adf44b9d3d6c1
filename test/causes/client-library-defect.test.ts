import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-library-defect";
const INTERNAL = "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_INTERNAL_ERROR (0x80090304)";

test("found, only possible: an error that known defects give", async () => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": `${INTERNAL}\n` }), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)[0]).toBe(INTERNAL);
  expect(finding.fix[0]?.command).toBe("curl -V");
  expect(finding.overturnedBy).toContain("another TLS library");
});

test("found for the error at renegotiation as well", async () => {
  expect(findingOf(await analyzeTexts({ "curl.txt": "schannel: SEC_E_CONTEXT_EXPIRED (0x80090317)\n" }), id).weight).toBe("possible");
});

test("ranks behind everything that is proved", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]), note: `${INTERNAL}\n` }));
  expect(report.findings[0]?.cause).toBe("ku-missing-digitalsignature");
  expect(report.findings.at(-1)?.cause).toBe(id);
});

describe("look-alikes", () => {
  test.each(["SEC_E_ALGORITHM_MISMATCH (0x80090331)", "curl: (35) schannel: SEC_E_UNTRUSTED_ROOT (0x80090325)", "curl: (56) Recv failure"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id)).toBe("none");
  });
});

test("found in the line of a renegotiation that failed, between curl's own lines", async () => {
  const text = "* schannel: disabled automatic use of client certificate\n* schannel: remote party requests renegotiation\n* schannel: renegotiating SSL/TLS connection\n"
    + "* schannel: renegotiation failed: SEC_E_CONTEXT_EXPIRED (0x80090317) - The context has expired and can no longer be used.\n";
  expect(quotesOf(findingOf(await analyzeTexts({ "curl.txt": text }), id))[0]).toContain("renegotiation failed");
});
