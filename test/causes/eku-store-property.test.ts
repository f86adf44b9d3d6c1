import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, EMAIL_PROTECTION, ROOT_NAME, SERVER_AUTH, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "eku-store-property";

test("found: the extension allows it, the property of the copy does not", async () => {
  const limited = clientCertificate({ ekuProperty: [EMAIL_PROTECTION] });
  const report = await analyzeTexts(caseOf({ my: [limited], call: browserCall([ROOT_NAME]) }));
  const finding = findingOf(report, id);
  expect(quotesOf(finding)[0]).toBe("Secure Email (1.3.6.1.5.5.7.3.4)");
  expect(finding.evidence[0]?.shows).toContain("purposes enabled");
  expect(finding.headline).toContain("(1.3.6.1.5.5.7.3.4)");
  expect(finding.about?.certificate).toBe(limited.thumbprint);
  expect(finding.fix[0]?.on).toBe("client");
  expect(answerOf(report, "eku-missing-clientauth")).not.toBe("found");
});

test("found for a certificate without the extension as well", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: null, ekuProperty: [SERVER_AUTH] })], call: browserCall([ROOT_NAME]) }));
  expect(findingOf(report, id).headline).toContain(SERVER_AUTH);
});

test("ruled out by a property that lists the purpose", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ ekuProperty: [CLIENT_AUTH, EMAIL_PROTECTION], keyUsage: "20" })], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toContain("Client Authentication (1.3.6.1.5.5.7.3.2)");
});

test("ruled out by a verbose listing without the property", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
  expect(answerOf(report, id)).toBe("ruled-out");
});

describe("cannot tell", () => {
  test("from a short listing, which prints no properties", async () => {
    const report = await analyzeTexts(caseOf({ my: renderStore([clientCertificate({ ekuProperty: [SERVER_AUTH] })], { verbose: false }), call: browserCall([ROOT_NAME]) }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
  });
});

test("look-alike: an extension without the purpose is the certificate's own fault, whatever the property says", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: [SERVER_AUTH], ekuProperty: [SERVER_AUTH] })], call: browserCall([ROOT_NAME]) }));
  expect(answerOf(report, id)).not.toBe("found");
  expect(answerOf(report, "eku-missing-clientauth")).toBe("found");
});
