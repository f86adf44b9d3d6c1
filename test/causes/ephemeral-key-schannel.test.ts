import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "ephemeral-key-schannel";
const DOTNET = "System.Security.Authentication.AuthenticationException: Authentication failed because the platform does not support ephemeral keys.";

test("found, proved by .NET's own words", async () => {
  const finding = findingOf(await analyzeTexts({ "app.log": `${DOTNET}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([DOTNET]);
});

test("ruled out by a certificate that comes from a store", async () => {
  expect(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id).evidence[0]).toMatchObject({ file: "my.txt", shows: "the certificate comes from a store" });
});

test("cannot tell from \"no credentials\" alone: how the program loads the certificate is asked for", async () => {
  const report = await analyzeTexts({ "app.log": "SEC_E_NO_CREDENTIALS 0x8009030E\n" });
  expect(cannotTellOf(report, id).missing.map((missing) => missing.what).join()).toContain("how the program loads the certificate");
});

describe("look-alikes that are no fault", () => {
  test.each(["0x8009030D", "ephemeral Diffie-Hellman keys are supported", "Peer Temp Key: X25519, 253 bits"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${line}\n` }), id)).toBe("none");
  });
});

describe("which certificate a program takes", () => {
  test("a listing does not answer \"no credentials\": the program may load a file", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], note: "SEC_E_NO_CREDENTIALS 0x8009030E\n" })), id)).toBe("cannot-tell");
  });

  test("a selection call does: the certificate comes from the store", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), note: "SEC_E_NO_CREDENTIALS 0x8009030E\n" }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["CertSelectCertificateChains called"]);
  });
});
