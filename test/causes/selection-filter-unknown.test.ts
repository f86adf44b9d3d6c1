import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "selection-filter-unknown";
const good = clientCertificate();

test("found, only possible: everything printed is met, and nothing matched", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME]) })), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)).toEqual(["Number of certificates matching criteria(s) : 0", expect.stringContaining("CN=alice")]);
  expect(finding.about?.certificate).toBe(good.thumbprint);
  expect(finding.fix.map((step) => step.command)).toContain("certutil -user -verify -urlfetch client.cer");
});

test("found: two meet everything, one matched", async () => {
  const other = clientCertificate({ subject: ["CN=alice admin", "O=Fabrik, Inc."] });
  expect(findingOf(await analyzeTexts(caseOf({ my: [good, other], call: browserCall([ROOT_NAME], { matches: 1 }) })), id).headline).toContain("2 certificates meet");
});

test("ruled out by equal numbers", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME], { matches: 1 }) })), id))).toEqual(["Number of certificates matching criteria(s) : 1"]);
});

describe("says nothing", () => {
  test("when a printed criterion explains it", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]) })), id)).toBe("ruled-out");
  });

  test("of an API failure, which is no empty result", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME], { matches: 0, result: false }) })), id)).toBe("none");
  });

  test("of a listing that was broken off", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: renderStore([good], { ending: "lost" }), call: browserCall([ROOT_NAME]) })), id)).toBe("none");
  });
});

test("without a trace, where everything known is met and the server still demands a certificate: the trace is asked for", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(ROOT_NAME), iisPage: "403.7" } }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: STRACE.CMD"]);
  const logged = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(ROOT_NAME) }, note: "[info] 812#812: *41 client sent no required SSL certificate while reading client request headers, client: 192.0.2.7\n" }));
  expect(commandsOf(cannotTellOf(logged, id))).toEqual(["client: STRACE.CMD"]);
  expect(answerOf(await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(ROOT_NAME), status: "200 OK" } })), id)).toBe("none");
});
