import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, ISSUING_NAME, ROOT_NAME, SERVER_AUTH, authority, clientCertificate } from "../support/certificate-spec.ts";
import { renderDump } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "eku-constrained-issuing-ca";
const serverCa = authority(ISSUING_NAME, ROOT_NAME, { extendedKeyUsage: [SERVER_AUTH] });
const refusal = "client SSL certificate verify error: (26:unsupported certificate purpose) while reading client request headers";

test("found, proved by the CA's purposes and the refusal", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [serverCa], note: `${refusal}\n` })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(["Server Authentication (1.3.6.1.5.5.7.3.1)", refusal]);
  expect(finding.evidence[0]?.file).toBe("ca.txt");
  expect(finding.about?.certificate).toBe(serverCa.thumbprint);
});

test("found, only possible without a refusal", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [serverCa] })), id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("error 26");
});

test("ruled out by CAs without that extension", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()] }));
  expect(ruledOutOf(report, id).evidence.map((one) => `${one.file} ${one.quote.trim()}`)).toEqual(["ca.txt Certificate Extensions: 4", "root.txt Certificate Extensions: 4"]);
});

test("ruled out by a CA that allows it", async () => {
  const both = authority(ISSUING_NAME, ROOT_NAME, { extendedKeyUsage: [SERVER_AUTH, CLIENT_AUTH] });
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [both] })), id))[0]).toContain(SERVER_AUTH);
});

test("cannot tell from a refusal without the CA's certificate", async () => {
  const report = await analyzeTexts({ "client.txt": renderDump(clientCertificate()), "error.log": `${refusal}\n` });
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: "certutil -dump issuingca.cer", on: "ca" });
});

describe("look-alikes that are another cause", () => {
  test("the certificate itself lacks the purpose", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: [SERVER_AUTH] })], note: `${refusal}\n` }));
    expect(answerOf(report, id)).not.toBe("found");
    expect(answerOf(report, "eku-missing-clientauth")).toBe("found");
  });

  test("a restricted CA that is not in the chain", async () => {
    const other = authority(["CN=Web CA", "O=Fabrik, Inc."], ROOT_NAME, { extendedKeyUsage: [SERVER_AUTH] });
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [authority(ISSUING_NAME, ROOT_NAME), other] })), id)).toBe("ruled-out");
  });
});

test("ruled out by a page that was served after the selection", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [serverCa], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP/1.1 200 OK"]);
});
