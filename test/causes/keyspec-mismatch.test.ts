import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "keyspec-mismatch";
const exchange = clientCertificate({ key: legacyKey });
const signature = clientCertificate({ key: { ...legacyKey, keySpec: 2, test: "signature" } });
const signing = browserCall([ROOT_NAME], { flags: 0x98 });
const exchanging = browserCall([ROOT_NAME], { flags: 0xa8 });

describe("found", () => {
  test("proved: the call demands AT_SIGNATURE, the key is AT_KEYEXCHANGE", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [exchange], call: signing })), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["KeySpec = 1 -- AT_KEYEXCHANGE", "dwFlags : 00000098", "Number of certificates matching criteria(s) : 0"]);
    expect(finding.about?.certificate).toBe(exchange.thumbprint);
    expect(finding.fix[0]?.command).toContain("AT_SIGNATURE");
  });

  test("proved: the call demands AT_KEYEXCHANGE, the key is AT_SIGNATURE", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [signature], call: exchanging })), id);
    expect(quotesOf(finding)[0]).toBe("KeySpec = 2 -- AT_SIGNATURE");
    expect(finding.fix[0]?.command).toContain("AT_KEYEXCHANGE");
  });

  test("proved: a CNG key that may not decrypt, where key exchange is demanded", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, cngUsage: ["NCRYPT_ALLOW_SIGNING_FLAG"], test: "signature" } })], call: exchanging })), id);
    expect(finding.headline).toContain("NCRYPT_ALLOW_SIGNING_FLAG");
  });
});

test("ruled out by the browser's flags, whatever the KeySpec is", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: legacyKey, keyUsage: "30" })], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["dwFlags : 00000088"]);
});

test("ruled out by the demanded KeySpec", async () => {
  const report = await analyzeTexts(caseOf({ my: [signature], call: { ...signing, matches: 1 } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["KeySpec = 2 -- AT_SIGNATURE"]);
});

test("cannot tell from a short listing, which prints no KeySpec", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([exchange], { verbose: false }), call: signing }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("KeySpec = 1 without a trace: an exchange key signs as well", async () => {
    const report = await analyzeTexts(caseOf({ my: [exchange] }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a CNG key that may sign meets the demand for a signature key", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: { ...signing, matches: 1 } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});
