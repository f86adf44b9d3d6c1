import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "tls-terminating-intermediary";
const INSPECTION = ["CN=Fabrik TLS Inspection CA", "O=Fabrik, Inc.", "C=DE"];

test("found: two certificates for one host, and only one of them asks", async () => {
  const report = await analyzeTexts(caseOf({ probe: { serverIssuer: INSPECTION, status: "403 Forbidden" }, otherProbe: { first: requestFor(ROOT_NAME) } }));
  const finding = findingOf(report, id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding).slice(0, 2)).toEqual(["issuer=C=DE, O=Fabrik, Inc., CN=Fabrik TLS Inspection CA", "issuer=C=DE, O=Fabrik, Inc., CN=Fabrik Server CA"]);
  expect(finding.evidence.map((one) => one.shows)).toEqual(expect.arrayContaining(["here no certificate is asked for", "here the server asks for one"]));
  expect(answerOf(report, "server-does-not-request")).not.toBe("found");
});

test("ruled out by a server that asks itself, seen once", async () => {
  const report = await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["issuer=C=DE, O=Fabrik, Inc., CN=Fabrik Server CA"]);
});

test("cannot tell from one transcript in which nothing is asked for", async () => {
  const report = await analyzeTexts(caseOf({ probe: {} }));
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ what: expect.stringContaining("issuer of the server certificate"), on: "client" });
});

describe("look-alikes that are no intermediary", () => {
  test("two hosts with certificates of two CAs", async () => {
    const report = await analyzeTexts(caseOf({ probe: { host: "www.fabrik.example", serverIssuer: INSPECTION }, otherProbe: { first: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("two certificates for one host that both ask: a renewal", async () => {
    const report = await analyzeTexts(caseOf({ probe: { serverIssuer: ["CN=Fabrik Server CA 2", "C=DE"], first: requestFor(ROOT_NAME) }, otherProbe: { first: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("without any connection nothing is said when the client has the server's list", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).toBe("none");
  });
});
