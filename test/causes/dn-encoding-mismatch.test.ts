import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "dn-encoding-mismatch";
const good = clientCertificate();

test("never more than possible: text equal, everything met, and no match", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME]) })), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)).toEqual(expect.arrayContaining(["C=DE, O=\"Fabrik, Inc.\", CN=Fabrik Root CA", "Number of certificates matching criteria(s) : 0"]));
  expect(finding.overturnedBy).toContain("Text cannot tell");
  expect(finding.fix[0]?.command).toContain("asn1parse");
});

describe("ruled out", () => {
  test("by an empty list", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor() } })), id)).toBe("ruled-out");
  });

  test("by a match", async () => {
    expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME], { matches: 1 }) })), id))).toEqual(["Number of certificates matching criteria(s) : 1"]);
  });

  test("by a certificate that arrived", async () => {
    expect(answerOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id)).toBe("ruled-out");
  });
});

describe("look-alikes that are another cause", () => {
  test("another criterion fails", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]) })), id)).toBe("none");
  });

  test("the issuer is not in the list", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([["CN=Andere CA", "C=DE"]]) })), id)).toBe("none");
  });

  test("a transcript alone: text can never prove a difference of encoding", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(ROOT_NAME) } })), id)).toBe("none");
  });
});
