import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "client-auth-issuers-store-misconfigured";
const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];

test("found: the name of the registry value is mistyped", async () => {
  const finding = findingOf(await analyzeTexts({ "reg.txt": "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\n    SendTrustedIssuers    REG_DWORD    0x1\n" }), id);
  expect(finding.weight).toBe("possible");
  expect(finding.headline).toContain("SendTrustedIssuerList");
  expect(quotesOf(finding)).toEqual(["SendTrustedIssuers    REG_DWORD    0x1"]);
});

test("found: the list comes from a store, and the client's CA is not in the list", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(OTHER) }, note: "    Ctl Store Name               : ClientAuthIssuer\n" })), id);
  expect(finding.headline).toContain("ClientAuthIssuer");
  expect(quotesOf(finding)[0]).toBe("Ctl Store Name               : ClientAuthIssuer");
  expect(finding.fix[0]).toMatchObject({ command: "certutil -store ClientAuthIssuer", on: "server" });
});

test("ruled out by an empty list", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor() }, note: "Ctl Store Name : ClientAuthIssuer\n" })), id)).toBe("ruled-out");
});

describe("look-alikes that are no fault", () => {
  test("the documented name of the value", async () => {
    expect(answerOf(await analyzeTexts({ "reg.txt": "    SendTrustedIssuerList    REG_DWORD    0x1\n" }), id)).toBe("none");
  });

  test("a store whose list names the client's CA", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) }, note: "Ctl Store Name : ClientAuthIssuer\n" })), id)).toBe("none");
  });

  test("no store named", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(OTHER) }, note: "Ctl Store Name : (null)\n" })), id)).toBe("none");
  });
});

test("found: the mistyped name beside the empty list that comes of it", async () => {
  const value = "    SendTrustedIssuers    REG_DWORD    0x1";
  const finding = findingOf(await analyzeTexts(caseOf({ probe: { first: { authorities: [], types: "RSA sign", algorithms: "RSA+SHA256" } }, note: `${value}\n` })), id);
  expect(quotesOf(finding)).toEqual([value.trim(), "No client certificate CA names sent"]);
});
