import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "duplicate-suppressed";
/** HAS_PRIVATE_KEY without ALLOW_DUPLICATES. */
const call = browserCall([ROOT_NAME], { flags: 0x08 });
const older = clientCertificate({ notBefore: "2/20/2024 8:00 AM" });
const newer = clientCertificate({ notBefore: "2/20/2026 8:00 AM", keyUsage: "30" });

test("found: the newer twin, itself unusable, hides the good one", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [older, newer], call })), id);
  expect(finding.weight).toBe("proved");
  expect(finding.about?.certificate).toBe(older.thumbprint);
  expect(quotesOf(finding)).toEqual(expect.arrayContaining(["NotBefore: 2/20/2026 8:00 AM", "dwFlags : 00000008"]));
  expect(finding.fix[0]).toMatchObject({ on: "client", command: expect.stringContaining("-delstore") });
});

test("ruled out by the flag that allows duplicates", async () => {
  const report = await analyzeTexts(caseOf({ my: [older, newer], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["dwFlags : 00000088"]);
});

test("ruled out by a complete listing without twins", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: { ...call, matches: 1 } }));
  expect(ruledOutOf(report, id).evidence[0]?.shows).toBe("its subject");
});

test("cannot tell from a short listing: alternative names and template are not printed", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([older, newer], { verbose: false }), call }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are not suppressed", () => {
  test("the same subject with other alternative names", async () => {
    const mail = clientCertificate({ notBefore: "2/20/2026 8:00 AM", keyUsage: "30", subjectAlternativeNames: ["alice@fabrik.example"] });
    const report = await analyzeTexts(caseOf({ my: [older, mail], call: { ...call, matches: 1 } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("the same subject from another template", async () => {
    const other = clientCertificate({ notBefore: "2/20/2026 8:00 AM", keyUsage: "30", template: "SmartcardUser(1.3.6.1.4.1.311.21.8.1.2.3)" });
    const report = await analyzeTexts(caseOf({ my: [older, other], call: { ...call, matches: 1 } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("without a trace nothing is said: a browser's call allows duplicates", async () => {
    const report = await analyzeTexts(caseOf({ my: [older, newer] }));
    expect(answerOf(report, id)).toBe("none");
  });
});

test("cannot tell where day and month leave open which of the two is newer", async () => {
  const twins = ["1/10", "1/12"].map((day) => clientCertificate({ notBefore: `${day}/2026 8:00 AM`, notAfter: `${day}/2029 8:00 AM` }));
  const report = await analyzeTexts(caseOf({ my: twins, call: browserCall([ROOT_NAME], { flags: 0x08, matches: 1 }) }));
  expect(answerOf(report, id)).toBe("cannot-tell");
  expect(report.selections.at(-1)?.certificates.map(({ criteria }) => criteria.find(({ criterion }) => criterion === "NOT_DUPLICATE")?.verdict)).toEqual(["unknown", "unknown"]);
});
