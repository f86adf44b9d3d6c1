import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, clientCertificate, issuingCa } from "../support/certificate-spec.ts";
import { renderDump } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "client-chain-incomplete-on-the-wire";
const refusal = "client SSL certificate verify error: (21:unable to verify the first certificate) while reading client request headers";

test("found, likely: the server knows only the root, and could not verify the certificate", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) }, note: `${refusal}\n` })), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(expect.arrayContaining([refusal, "C=DE, O=Fabrik, Inc., CN=Fabrik Root CA"]));
  expect(finding.headline).toContain("Fabrik Issuing CA 1");
  expect(finding.fix[0]?.command).toContain("-cert_chain");
});

test("ruled out when nothing arrived", async () => {
  expect(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) }, note: "HTTP Error 403.7 - Forbidden\n" })), id).evidence[0]?.quote).toContain("403.7");
});

test("found, likely by 403.16 when the client's stores lack the intermediate", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [clientCertificate()], ca: null, probe: { first: requestFor(ROOT_NAME) }, note: "HTTP Error 403.16 - Forbidden\n" }), "issuing.txt": renderDump(issuingCa, "issuing.cer") });
  expect(findingOf(report, id).weight).toBe("likely");
});

describe("says nothing", () => {
  test("of 403.16 when the client's stores hold the intermediate: Windows sends it along", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) }, note: "HTTP Error 403.16 - Forbidden\n" }));
    expect(answerOf(report, id)).toBe("none");
    expect(findingOf(report, "issuer-not-trusted-by-server").weight).toBe("likely");
  });

  test("when the server names the intermediate itself", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ISSUING_NAME) }, note: `${refusal}\n` })), id)).toBe("none");
  });

  test("without a refusal", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) } })), id)).toBe("none");
  });

  test("of the client's complaint about the server's chain", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) }, otherProbe: { status: null }, note: "verify error:num=21:unable to verify the first certificate\n" }));
    expect(answerOf(report, id)).toBe("none");
  });
});
