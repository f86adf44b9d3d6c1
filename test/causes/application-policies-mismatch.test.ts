import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, EMAIL_PROTECTION, ROOT_NAME, SERVER_AUTH, clientCertificate } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "application-policies-mismatch";

test("found, only possible: the two extensions disagree on client authentication", async () => {
  const differing = clientCertificate({ applicationPolicies: [EMAIL_PROTECTION] });
  const finding = findingOf(await analyzeTexts({ "client.txt": renderDump(differing) }), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)).toEqual([expect.stringContaining("Policy"), "Client Authentication (1.3.6.1.5.5.7.3.2)"]);
  expect(finding.about?.certificate).toBe(differing.thumbprint);
});

test("found the other way round as well", async () => {
  expect(findingOf(await analyzeTexts({ "client.txt": renderDump(clientCertificate({ applicationPolicies: [CLIENT_AUTH], extendedKeyUsage: [SERVER_AUTH] })) }), id).weight).toBe("possible");
});

test("ruled out by two extensions that agree", async () => {
  const report = await analyzeTexts({ "client.txt": renderDump(clientCertificate({ applicationPolicies: [CLIENT_AUTH] })) });
  expect(ruledOutOf(report, id).evidence[0]?.shows).toContain("agrees");
});

describe("says nothing", () => {
  test("without application policies", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });

  test("of a short listing", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: renderStore([clientCertificate({ applicationPolicies: [EMAIL_PROTECTION] })], { verbose: false }) })), id)).toBe("none");
  });
});

describe("Application Policies without anything to compare them with", () => {
  test("no Enhanced Key Usage at all: every purpose, so nothing disagrees and nothing is ruled out", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: null, applicationPolicies: [SERVER_AUTH] })] }));
    expect(answerOf(report, id)).toBe("none");
  });
});

test("ruled out by a page that was served after the selection", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ applicationPolicies: [EMAIL_PROTECTION] })], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP/1.1 200 OK"]);
});
