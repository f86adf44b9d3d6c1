import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, ISSUING_NAME, ROOT_NAME, SERVER_AUTH, authority, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "root-purpose-disabled";
const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];
const restricted = authority(ROOT_NAME, ROOT_NAME, { ekuProperty: [SERVER_AUTH] });
const my = [clientCertificate()];

test("found, likely: the root's purposes lack client authentication, and the list lacks the root", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my, root: [restricted], call: browserCall([OTHER]) })), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)[0]).toBe("Server Authentication (1.3.6.1.5.5.7.3.1)");
  expect(finding.evidence.map((one) => one.file)).toEqual(["root.txt", "strace.log"]);
  expect(finding.about?.certificate).toBe(restricted.thumbprint);
});

test("found, only possible without a list", async () => {
  expect(findingOf(await analyzeTexts(caseOf({ my, root: [restricted] })), id).weight).toBe("possible");
});

test("ruled out by the root's name in the list", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my, call: browserCall([OTHER, ROOT_NAME], { matches: 1 }) })), id))).toEqual(["C=DE, O=\"Fabrik, Inc.\", CN=Fabrik Root CA"]);
});

describe("look-alikes that are no fault", () => {
  test("a root whose purposes include client authentication", async () => {
    const open = authority(ROOT_NAME, ROOT_NAME, { ekuProperty: [SERVER_AUTH, CLIENT_AUTH] });
    expect(answerOf(await analyzeTexts(caseOf({ my, root: [open], call: browserCall([OTHER]) })), id)).toBe("none");
  });

  test("a restricted root that is not in the chain", async () => {
    const other = authority(OTHER, OTHER, { ekuProperty: [SERVER_AUTH] });
    expect(answerOf(await analyzeTexts(caseOf({ my, root: [other, authority(ROOT_NAME, ROOT_NAME)], call: browserCall([ISSUING_NAME], { matches: 1 }) })), id)).not.toBe("found");
  });

  test("a restricted root whose name is in the list all the same", async () => {
    const report = await analyzeTexts(caseOf({ my, root: [restricted], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).not.toBe("found");
  });
});
