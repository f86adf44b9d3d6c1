import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import type { RequestSpec } from "../support/render-s-client.ts";

const id = "signature-algorithm-mismatch";
const curve = clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80" });
const request = (algorithms: string | null, types: string | null = null): RequestSpec => ({ authorities: [ROOT_NAME], types, algorithms });

describe("found", () => {
  test("proved: a curve, and a list of RSA schemes only", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA-PSS+SHA256:RSA+SHA256:RSA+SHA384") } })), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["Requested Signature Algorithms: RSA-PSS+SHA256:RSA+SHA256:RSA+SHA384", "Algorithm ObjectId: 1.2.840.10045.2.1 ECC"]);
    expect(finding.about?.certificate).toBe(curve.thumbprint);
  });

  test("proved: RSA, and a list of ECDSA schemes only", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: request("ECDSA+SHA256:ECDSA+SHA384") } })), id);
    expect(finding.headline).toContain("ECDSA");
  });

  test("proved: TLS 1.3 demands PSS of RSA keys", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { protocol: "TLSv1.3", first: request("ECDSA+SHA256:RSA+SHA256") } })), id);
    expect(finding.weight).toBe("proved");
  });

  test("only possible when another certificate fits", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [curve, clientCertificate({ subject: ["CN=alice rsa", "O=Fabrik, Inc."] })], probe: { first: request("RSA+SHA256") } })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.about?.certificate).toBe(curve.thumbprint);
  });
});

test("ruled out by a scheme for the type of the key", async () => {
  const report = await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA+SHA256:ECDSA+SHA256") } }));
  expect(quotesOf(ruledOutOf(report, id))[0]).toBe("Requested Signature Algorithms: RSA+SHA256:ECDSA+SHA256");
});

test("cannot tell without the server's request", async () => {
  const report = await analyzeTexts(caseOf({ my: [curve] }));
  expect(cannotTellOf(report, id).missing[0]?.command).toContain("-tls1_2 -prexit");
});

test("cannot tell without the type of the key", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([curve], { verbose: false }), probe: { first: request("RSA+SHA256") } }));
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: "certutil -v -user -store my", on: "client" });
});

describe("look-alikes that are no fault", () => {
  test("PKCS#1 alone is enough up to TLS 1.2", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: request("RSA+SHA256") } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("rsa_pss_rsae is for ordinary RSA keys", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { protocol: "TLSv1.3", first: request("rsa_pss_rsae_sha256:ecdsa_secp256r1_sha256") } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("code points that nobody knows prove nothing", async () => {
    const report = await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA+SHA256:0xfe+0xfe") } }));
    expect(answerOf(report, id)).not.toBe("found");
  });
});
