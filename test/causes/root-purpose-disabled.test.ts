import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { CLIENT_AUTH, ISSUING_NAME, ROOT_NAME, SERVER_AUTH, authority, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "root-purpose-disabled";
const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];
const restricted = authority(ROOT_NAME, ROOT_NAME, { ekuProperty: [SERVER_AUTH] });
const my = [clientCertificate()];
const ofServer = (roots: Parameters<typeof renderStore>[0]): string => renderStore(roots, { name: "root", scope: "machine" });

test("found, likely: the root's purposes lack client authentication, and the list lacks the root", async () => {
  const finding = findingOf(await analyzeTexts({ ...caseOf({ my, root: null, call: browserCall([OTHER]) }), "server-root.txt": ofServer([restricted]) }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)[0]).toBe("Server Authentication (1.3.6.1.5.5.7.3.1)");
  expect(finding.evidence.map((one) => one.file)).toEqual(["server-root.txt", "strace.log"]);
  expect(finding.about?.certificate).toBe(restricted.thumbprint);
});

test("cannot tell when the purposes are those of the user's own store: the server's list does not come from there", async () => {
  const report = await analyzeTexts(caseOf({ my, root: [restricted], call: browserCall([OTHER]) }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["server: certutil -v -store root"]);
  expect(findingOf(report, "issuer-not-in-server-list").weight).toBe("proved");
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

  test("a restricted root whose intermediate is listed: one listed CA of the chain is enough", async () => {
    const report = await analyzeTexts({ ...caseOf({ my, root: null, call: browserCall([ISSUING_NAME], { matches: 1 }) }), "server-root.txt": ofServer([restricted]) });
    expect(answerOf(report, id)).toBe("ruled-out");
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

test("ruled out by a page that was served after the selection", async () => {
  const report = await analyzeTexts({ ...caseOf({ my, root: null, call: browserCall([OTHER], { matches: 1 }), after: { status: "200 OK" } }), "server-root.txt": ofServer([restricted]) });
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP/1.1 200 OK"]);
});
