import { expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, noteOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "single-cert-silent-send";

test("explains a missing prompt: one match, and the page was served", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  const note = noteOf(report, id);
  expect(quotesOf(note)).toEqual(["Number of certificates matching criteria(s) : 1", "HTTP/1.1 200 OK"]);
  expect(note.says).toContain("1A04");
  expect(report.findings).toEqual([]);
});

test("ruled out by no match: then the missing prompt is a consequence", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]) }));
  expect(ruledOutOf(report, id).evidence).toMatchObject([{ quote: "Number of certificates matching criteria(s) : 0", shows: expect.stringContaining("consequence") }]);
});

test("ruled out by two matches: then a prompt has to appear", async () => {
  const bob = clientCertificate({ subject: ["CN=alice admin", "O=Fabrik, Inc."] });
  const report = await analyzeTexts(caseOf({ my: [clientCertificate(), bob], call: browserCall([ROOT_NAME], { matches: 2 }) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Number of certificates matching criteria(s) : 2"]);
});

test("says nothing without a trace: \"no prompt\" is never a cause by itself", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], note: "The user reports that no prompt appears. The server answers HTTP Error 403.7." }));
  expect(answerOf(report, id)).toBe("none");
  expect(report.findings.map((finding) => finding.cause)).not.toContain(id);
});

test("look-alike: one match and a security layer that failed afterwards is a fault of the key, not silence", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { apiError: { api: "InitializeSecurityContextW", code: "0x8009030D" } } }));
  expect(answerOf(report, id)).toBe("none");
});
