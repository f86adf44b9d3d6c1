import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import type { Attribute } from "../support/certificate-spec.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall, issuerCriterion } from "../support/render-strace.ts";

const id = "issuer-list-truncated-16k";
const good = clientCertificate();

/**
 * Names of 100 octets of DER each: SEQUENCE (2), then C (13), O and CN with 11 octets of headers each. With the two octets of its
 * length a name takes 102 on the wire.
 */
function longList(count: number): readonly (readonly Attribute[])[] {
  return Array.from({ length: count }, (_, at) => [`CN=Sample Root CA ${String(at).padStart(15, "0")}`, `O=Sample Trust ${String(at).padStart(20, "0")}`.slice(0, 34), "C=US"]);
}

const EVENT = "Event ID: 36885 When asking for client authentication, this server sends a list of trusted certificate authorities to the client.";

describe("found", () => {
  test("proved by the server's event and a list that lacks the CA", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], call: browserCall(longList(3)), note: `${EVENT}\n` }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)[0]).toBe(EVENT);
    expect(finding.about?.certificate).toBe(good.thumbprint);
    expect(answerOf(report, "issuer-not-in-server-list")).not.toBe("found");
  });

  test("likely by the event alone", async () => {
    const finding = findingOf(await analyzeTexts({ "event.txt": `${EVENT}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("transcript");
  });

  test.each([[16_384, 160], [12_288, 120]])("suspected of a list that ends just below %i bytes", async (limit, count) => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [good], call: browserCall(longList(count)) })), id);
    expect(finding.weight).not.toBe("proved");
    expect(finding.headline).toContain(String(limit));
    expect(finding.overturnedBy).toContain("36885");
  });
});

test("ruled out by a short list", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], call: browserCall(longList(20)) }));
  expect(ruledOutOf(report, id).evidence[0]?.shows).toMatch(/^20 names, about 2\d{3} bytes/);
  expect(answerOf(report, "issuer-not-in-server-list")).toBe("found");
});

test("ruled out by an empty list", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor() } }));
  expect(answerOf(report, id)).toBe("ruled-out");
});

test("cannot tell when the copy of the list is incomplete: the event is asked for", async () => {
  const call = browserCall([], { criteria: [{ ...issuerCriterion(), announced: 180 } as ReturnType<typeof issuerCriterion>] });
  const report = await analyzeTexts(caseOf({ my: [good], call }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual([expect.stringContaining("EventID=36885")]);
  expect(cannotTellOf(report, id).missing[0]?.on).toBe("server");
});

describe("look-alikes that are no cut", () => {
  test("a list of that size that holds the CA", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], call: browserCall([...longList(159), ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a longer list: no limit was in force", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], call: browserCall(longList(200)) }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});
