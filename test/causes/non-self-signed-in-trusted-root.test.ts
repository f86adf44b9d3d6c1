import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, issuingCa, rootCa } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "non-self-signed-in-trusted-root";
const roots = (...all: Parameters<typeof renderStore>[0]): string => renderStore(all, { name: "root", scope: "machine", verbose: false });

test("found, likely: an intermediate in the computer's Root store, and 403.16", async () => {
  const finding = findingOf(await analyzeTexts({ "root.txt": roots(rootCa, issuingCa), "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual([`Issuer: ${issuingCa.issuer.join(", ")}`, "HTTP Error 403.16 - Forbidden"]);
  expect(finding.about?.certificate).toBe(issuingCa.thumbprint);
  expect(finding.overturnedBy).toContain("2012");
});

test("found, only possible without a refusal", async () => {
  expect(findingOf(await analyzeTexts({ "root.txt": roots(rootCa, issuingCa) }), id).weight).toBe("possible");
});

test("ruled out by a complete listing of self-signed certificates", async () => {
  const report = await analyzeTexts({ "root.txt": roots(rootCa), "iis.txt": "HTTP Error 403.16 - Forbidden\n" });
  expect(ruledOutOf(report, id).evidence[0]?.shows).toContain("self-issued");
});

test("cannot tell from 403.16 alone: it does not separate a missing root from a polluted store", async () => {
  const report = await analyzeTexts({ "iis.txt": "HTTP Error 403.16 - Forbidden\n" });
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: expect.stringContaining("$_.Issuer -ne $_.Subject"), on: "server" });
});

describe("look-alikes that are no fault", () => {
  test("an intermediate in the store of intermediates", async () => {
    const ca = renderStore([issuingCa], { name: "CA", scope: "machine", verbose: false });
    expect(answerOf(await analyzeTexts({ "ca.txt": ca, "root.txt": roots(rootCa) }), id)).toBe("ruled-out");
  });

  test("the Root store of a user on the client", async () => {
    const user = renderStore([rootCa, issuingCa], { name: "root", scope: "user", verbose: false });
    expect(answerOf(await analyzeTexts({ "root.txt": user }), id)).not.toBe("found");
  });
});

test("ruled out by a page that was served after the selection: the client's own stores hold such certificates, too", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }), "computer-roots.txt": roots(rootCa, issuingCa) });
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP/1.1 200 OK"]);
});

describe("the code of an untrusted root that no server printed", () => {
  test.each(["CertUtil: A certificate chain processed, but terminated in a root certificate which is not trusted. 0x800b0109 (-2146762487 CERT_E_UNTRUSTEDROOT)", "WinVerifyTrust: CERT_E_UNTRUSTEDROOT"])("makes it no more likely: %s", async (line) => {
    const finding = findingOf(await analyzeTexts({ "root.txt": roots(rootCa, issuingCa), "log.txt": `${line}\n` }), id);
    expect(finding.weight).toBe("possible");
  });
});
