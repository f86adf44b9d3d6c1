import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, noteOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "issuer-list-empty";
const EMPTY = "No client certificate CA names sent";

test("explains, beside a certificate: any issuer is acceptable", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor() } }));
  const note = noteOf(report, id);
  expect(quotesOf(note)[0]).toBe(EMPTY);
  expect(note.says).toContain("any issuer is acceptable");
  expect(answerOf(report, "issuer-not-in-server-list")).toBe("ruled-out");
  expect(answerOf(report, "issuer-list-truncated-16k")).toBe("ruled-out");
  expect(answerOf(report, "client-missing-intermediate")).toBe("ruled-out");
});

test("never more than possible when the transcript is all there is", async () => {
  const report = await analyzeTexts(caseOf({ probe: { first: requestFor() } }));
  const finding = findingOf(report, id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)[0]).toBe(EMPTY);
});

test("ruled out by a list with names", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME) } }));
  expect(ruledOutOf(report, id).evidence).toMatchObject([{ quote: "Acceptable client certificate CA names", shows: "the list holds 1 name" }]);
});

test("ruled out by the list of a trace", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Number of issuer(s) : 1"]);
});

describe("look-alikes: the same line without a request", () => {
  test("of a server that does not ask", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: {} }));
    expect(answerOf(report, id)).toBe("none");
  });

  test("of the first handshake, before a renegotiation asks with names", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: null, last: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("alone, quoted in a mail", async () => {
    const report = await analyzeTexts({ "mail.txt": `All I get is\n\n${EMPTY}\n\nWhat does it mean?\n` });
    expect(answerOf(report, id)).toBe("none");
    expect(report.findings).toEqual([]);
  });
});
