import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import type { RequestSpec } from "../support/render-s-client.ts";

const id = "client-certificate-type-mismatch";
const curve = clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80" });
const request = (types: string | null): RequestSpec => ({ authorities: [ROOT_NAME], types, algorithms: "ECDSA+SHA256:RSA+SHA256:RSA-PSS+SHA256" });

test("found: the server takes RSA only, the key is on a curve", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA sign, DSA sign") } })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(["Client Certificate Types: RSA sign, DSA sign", "Algorithm ObjectId: 1.2.840.10045.2.1 ECC"]);
  expect(finding.about?.certificate).toBe(curve.thumbprint);
});

test("ruled out by the listed type", async () => {
  const report = await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA sign, DSA sign, ECDSA sign") } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Client Certificate Types: RSA sign, DSA sign, ECDSA sign"]);
});

test("ruled out by TLS 1.3, which has no types", async () => {
  const report = await analyzeTexts(caseOf({ my: [curve], probe: { protocol: "TLSv1.3", first: request(null) } }));
  expect(ruledOutOf(report, id).evidence[0]?.quote).toContain("TLSv1.3");
});

test("cannot tell without the type of the key", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([curve], { verbose: false }), probe: { first: request("RSA sign") } }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

test("cannot tell without the request: a transcript with TLS 1.2 is asked for", async () => {
  const report = await analyzeTexts(caseOf({ my: [curve] }));
  expect(commandsOf(cannotTellOf(report, id))[0]).toContain("-tls1_2 -prexit");
});

describe("look-alikes that are no fault", () => {
  test("an RSA certificate where RSA is accepted", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: request("RSA sign") } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("\"RSA fixed DH\" beside ECDSA does not shut ECDSA out", async () => {
    const report = await analyzeTexts(caseOf({ my: [curve], probe: { first: request("RSA fixed DH, ECDSA sign") } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});
