import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, authority, clientCertificate, digitsOf, keyIdentifierOf } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

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

test("ruled out by both certificates of a CA that was given a new key: the right one is there", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], ca: [rekeyed, authority(ISSUING_NAME, ROOT_NAME)] }));
  expect(quotesOf(ruledOutOf(report, id))).toContain(`KeyID=${keyIdentifierOf(ISSUING_NAME)}`);
});

test("found, proved when the server refuses the signature although both are on the client", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], ca: [rekeyed, authority(ISSUING_NAME, ROOT_NAME)], note: `${refusal}\n` }));
  expect(findingOf(report, id).weight).toBe("proved");
});

describe("says nothing", () => {
  test("of an error 7 that no server printed", async () => {
    expect(answerOf(await analyzeTexts({ "verify.txt": "error 7 at 0 depth lookup: certificate signature failure\n" }), id)).toBe("none");
  });

  test("where no key identifier is printed", async () => {
    expect(answerOf(await analyzeTexts({ "my.txt": renderStore([good], { verbose: false }), "ca.txt": renderDump(rekeyed) }), id)).toBe("none");
  });

  test("of another CA with another name", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], ca: [authority(["CN=Other CA"], ROOT_NAME)] })), id)).toBe("none");
  });
});

test("no fault of a client whose page was served", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], ca: [rekeyed], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  expect(answerOf(report, id)).not.toBe("found");
});
