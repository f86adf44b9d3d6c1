import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, authority, clientCertificate, digitsOf, keyIdentifierOf } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";

const id = "same-dn-different-key-ca";
const rekeyed = authority(ISSUING_NAME, ROOT_NAME, { subjectKeyIdentifier: digitsOf("new key"), notBefore: "3/20/2024 9:00 AM", thumbprint: digitsOf("rekeyed"), serial: "61aa" });
const good = clientCertificate();
const refusal = "client SSL certificate verify error: (7:certificate signature failure) while reading client request headers";

test("found, proved by the two key identifiers and the refusal", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [good], ca: [rekeyed], note: `${refusal}\n` })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding).slice(0, 2)).toEqual([`KeyID=${keyIdentifierOf(ISSUING_NAME)}`, digitsOf("new key")]);
  expect(quotesOf(finding)).toContain(refusal);
  expect(finding.about?.certificate).toBe(good.thumbprint);
});

test("found, only possible without the refusal", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [good], ca: [rekeyed] })), id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("key identifier");
});

test("found, likely by error 7 alone", async () => {
  expect(findingOf(await analyzeTexts({ "error.log": `${refusal}\n` }), id).weight).toBe("likely");
});

test("ruled out by the CA with the right key", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [good] })), id))).toContain(`KeyID=${keyIdentifierOf(ISSUING_NAME)}`);
});

describe("says nothing", () => {
  test("where no key identifier is printed", async () => {
    expect(answerOf(await analyzeTexts({ "my.txt": renderStore([good], { verbose: false }), "ca.txt": renderDump(rekeyed) }), id)).toBe("none");
  });

  test("of another CA with another name", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], ca: [authority(["CN=Other CA"], ROOT_NAME)] })), id)).toBe("none");
  });
});
