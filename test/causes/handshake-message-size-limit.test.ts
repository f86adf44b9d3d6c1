import { expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "handshake-message-size-limit";
/** About 105 octets each on the wire. */
const names = (count: number): readonly (readonly string[])[] => Array.from({ length: count }, (_, at) => [`CN=Sample Root Certification Authority ${String(at).padStart(5, "0")}`, "O=Sample Trust Services", "C=US"]);

test("found, only possible: the list is larger than a Windows client takes", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ probe: { first: requestFor(...names(360)) } })), id);
  expect(finding.weight).toBe("possible");
  expect(quotesOf(finding)).toEqual(["Acceptable client certificate CA names"]);
  expect(finding.headline).toMatch(/about 3[3-9]\d{3} bytes.* 32768/);
  expect(finding.overturnedBy).toContain("Windows");
});

test("ruled out by a list below the limit", async () => {
  expect(ruledOutOf(await analyzeTexts(caseOf({ probe: { first: requestFor(...names(200)) } })), id).evidence[0]?.shows).toContain("200 names");
});

test("ruled out by an empty list", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor() } })), id)).toBe("ruled-out");
});

test("says nothing without a list", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
});

test("look-alike: a long transcript with a short list", async () => {
  const report = await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: "x".repeat(40_000) }));
  expect(answerOf(report, id)).toBe("ruled-out");
});
