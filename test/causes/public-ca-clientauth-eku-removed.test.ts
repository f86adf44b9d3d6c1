import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, SERVER_AUTH, authority, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "public-ca-clientauth-eku-removed";
const letsEncrypt = ["CN=R13", "O=Let's Encrypt", "C=US"];
const isrg = ["CN=ISRG Root X1", "O=Internet Security Research Group", "C=US"];
const publicCas = { ca: [authority(letsEncrypt, isrg)], root: [authority(isrg, isrg)] };
const renewed = clientCertificate({ subject: ["CN=relay.fabrik.example"], issuer: letsEncrypt, notBefore: "2/25/2026 8:00 AM", notAfter: "5/26/2026 8:00 AM", extendedKeyUsage: [SERVER_AUTH] });
const previous = clientCertificate({ subject: ["CN=relay.fabrik.example"], issuer: letsEncrypt, notBefore: "11/27/2025 8:00 AM", notAfter: "2/25/2026 8:00 AM", extendedKeyUsage: [SERVER_AUTH, CLIENT_AUTH] });
const at = "2026-03-15T12:00:00Z";

describe("found", () => {
  test("proved by the renewed certificate and its predecessor", async () => {
    const report = await analyzeTexts(caseOf({ my: [previous, renewed], ...publicCas, call: browserCall([isrg]) }), { at });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining(["Server Authentication (1.3.6.1.5.5.7.3.1)", "CN=R13", "NotBefore: 2/25/2026 8:00 AM"]));
    expect(finding.evidence.map((one) => one.shows)).toContain("the previous certificate of the same subject had Client Authentication");
    expect(finding.about?.certificate).toBe(renewed.thumbprint);
    expect(finding.fix[0]?.on).toBe("ca");
    expect(answerOf(report, "eku-missing-clientauth")).not.toBe("found");
  });

  test("likely without the predecessor, which it asks for", async () => {
    const report = await analyzeTexts(caseOf({ my: [renewed], ...publicCas, call: browserCall([isrg]) }), { at });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("previous certificate");
  });
});

test("ruled out by a public certificate that still lists the purpose", async () => {
  const report = await analyzeTexts(caseOf({ my: [previous], ...publicCas, call: browserCall([isrg], { matches: 1 }) }), { at: "2026-01-15T12:00:00Z" });
  expect(quotesOf(ruledOutOf(report, id))).toEqual([expect.stringContaining("1.3.6.1.5.5.7.3.1")]);
  expect(ruledOutOf(report, id).evidence[0]?.shows).toBe("Client Authentication is listed");
});

test("cannot tell from a short listing of a public certificate", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([renewed], { verbose: false }), ca: null, root: null }), { at });
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: "certutil -dump client.cer", on: "client" });
});

describe("look-alikes that are no fault of a public CA", () => {
  test("the same certificate from a private CA", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ notBefore: "2/25/2026 8:00 AM", extendedKeyUsage: [SERVER_AUTH] })], call: browserCall([isrg]) }), { at });
    expect(answerOf(report, id)).toBe("none");
    expect(answerOf(report, "eku-missing-clientauth")).toBe("found");
  });

  test("a certificate issued before the CA stopped", async () => {
    const early = clientCertificate({ issuer: letsEncrypt, notBefore: "11/27/2025 8:00 AM", notAfter: "11/27/2026 8:00 AM", extendedKeyUsage: [SERVER_AUTH] });
    const report = await analyzeTexts(caseOf({ my: [early], ...publicCas, call: browserCall([isrg]) }), { at });
    expect(answerOf(report, id)).not.toBe("found");
    expect(answerOf(report, "eku-missing-clientauth")).toBe("found");
  });

  test("a company whose name merely holds the CA's name", async () => {
    const mimic = ["CN=Amazon River Tours CA", "O=Amazon River Tours GmbH", "C=DE"];
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ issuer: mimic, notBefore: "2/25/2026 8:00 AM", extendedKeyUsage: [SERVER_AUTH] })], call: browserCall([mimic]) }), { at });
    expect(answerOf(report, id)).toBe("none");
  });
});
