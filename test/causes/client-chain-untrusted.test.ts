import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, issuingCa, rootCa } from "../support/certificate-spec.ts";
import { renderVerify } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-chain-untrusted";
const good = clientCertificate();
const trusting = browserCall([ROOT_NAME], { flags: 0x8a });
const untrusted = renderVerify([good, issuingCa, rootCa], { name: "CERT_TRUST_IS_UNTRUSTED_ROOT", bits: "20" });

test("found: the call demands a trusted chain, certutil verifies that it is not", async () => {
  const finding = findingOf(await analyzeTexts({ ...caseOf({ my: [good], call: trusting }), "verify.txt": untrusted }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(["ChainContext.dwErrorStatus = CERT_TRUST_IS_UNTRUSTED_ROOT (0x20)", "dwFlags : 0000008a", "Number of certificates matching criteria(s) : 0"]);
  expect(finding.about?.certificate).toBe(good.thumbprint);
});

test("ruled out by flags without 0x2: this call does not look at trust", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [good], call: browserCall([ROOT_NAME]) }), "verify.txt": untrusted });
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["dwFlags : 00000088"]);
});

test("ruled out by a chain that verified", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [good], call: { ...trusting, matches: 1 } }), "verify.txt": renderVerify([good, issuingCa, rootCa], null) });
  expect(ruledOutOf(report, id).evidence).toMatchObject([{ file: "verify.txt" }]);
});

test("cannot tell without a verification", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], call: trusting }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -user -verify -urlfetch client.cer"]);
});

describe("look-alikes that are no fault", () => {
  test("an untrusted chain without a trace: a browser's call does not demand trust", async () => {
    const report = await analyzeTexts({ ...caseOf({ my: [good] }), "verify.txt": untrusted });
    expect(answerOf(report, id)).toBe("none");
  });

  test("the verification of another certificate", async () => {
    const bob = clientCertificate({ subject: ["CN=bob", "O=Fabrik, Inc."] });
    const report = await analyzeTexts({ ...caseOf({ my: [good], call: trusting }), "verify.txt": renderVerify([bob, issuingCa, rootCa], { name: "CERT_TRUST_IS_PARTIAL_CHAIN", bits: "10000" }) });
    expect(report.findings.filter((finding) => finding.cause === id && finding.about?.certificate === good.thumbprint)).toEqual([]);
  });
});
