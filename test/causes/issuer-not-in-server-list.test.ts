import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall, clientAuthCriterion, digitalSignatureCriterion } from "../support/render-strace.ts";

const id = "issuer-not-in-server-list";
const OTHER = ["CN=Andere Root CA", "O=Andere AG", "C=CH"];
const THIRD = ["CN=Dritte CA", "O=Dritte SE", "C=FR"];
const good = clientCertificate();

describe("found", () => {
  test("proved by the trace: the whole list, the whole chain, no match", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], call: browserCall([OTHER, THIRD]) }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(finding.headline).toContain("2 issuers");
    expect(finding.evidence[0]).toMatchObject({ file: "strace.log", shows: "2 names, none of them a CA of the certificate's chain" });
    expect(finding.evidence.filter((one) => one.shows === "this issuer is not in the list").map((one) => one.file)).toEqual(["my.txt", "ca.txt"]);
    expect(quotesOf(finding)).toContain("Number of certificates matching criteria(s) : 0");
    expect(finding.about?.certificate).toBe(good.thumbprint);
    expect(finding.fix[0]?.on).toBe("server");
    expect(report.findings).toHaveLength(1);
  });

  test("proved by the transcript for a default client", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(OTHER) } }));
    expect(findingOf(report, id).weight).toBe("proved");
    expect(report.selections[0]?.call).toBeNull();
  });

  test("a name that is nearly the same is another name, and is shown", async () => {
    const near = ["CN=Fabrik Root CA", "O=Fabrik GmbH", "C=DE"];
    const finding = findingOf(await analyzeTexts(caseOf({ my: [good], call: browserCall([OTHER, near]) })), id);
    expect(quotesOf(finding)).toContain("C=DE, O=Fabrik GmbH, CN=Fabrik Root CA");
    expect(finding.headline).toContain("nearly the same");
  });

  test("only possible when the list is cut: the issuer may stand in what is missing", async () => {
    const call = browserCall([], { criteria: [clientAuthCriterion, { kind: "ISSUER_NAME", names: [OTHER, THIRD], announced: 22 }, digitalSignatureCriterion] });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [good], call })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("whole list");
    expect(finding.headline).toContain("2 names of 22");
  });

  test("likely when the chain is known only up to the issuer", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [good], ca: null, root: null, call: browserCall([OTHER]) })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("CA store");
  });
});

describe("ruled out", () => {
  test.each([["the root", ROOT_NAME], ["the intermediate", ISSUING_NAME]])("by %s in the list", async (_which, name) => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "20" })], call: browserCall([OTHER, name]) }));
    expect(quotesOf(ruledOutOf(report, id))[0]).toContain(name[0]);
  });

  test("by an empty list", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor() } }));
    expect(ruledOutOf(report, id).evidence[0]).toMatchObject({ quote: "No client certificate CA names sent", shows: expect.stringContaining("any issuer") });
  });

  test("by a refusal of what arrived", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], probe: { first: requestFor(OTHER) }, note: "HTTP Error 403.16 - Forbidden" }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

describe("cannot tell", () => {
  test("without any list", async () => {
    const report = await analyzeTexts(caseOf({ my: [good] }));
    // The listing at hand prints issuer and key: only the server's side is asked for, in the shell of a client that has certutil.
    expect(commandsOf(cannotTellOf(report, id))).toEqual([
      "client: (echo GET /PATH HTTP/1.1& echo Host: HOST& echo Connection: close& echo.) | openssl s_client -connect HOST:443 -servername HOST -tls1_2 -prexit -ign_eof",
    ]);
  });

  test("without the certificate", async () => {
    const report = await analyzeTexts(caseOf({ call: browserCall([OTHER]) }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
  });
});

describe("look-alikes that are no fault", () => {
  test("the same name in another order, with other attribute names", async () => {
    const mine = ["E=pki@fabrik.example", "CN=Werk CA", "S=Hessen", "C=DE"];
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ issuer: mine })], ca: null, root: null, probe: { first: requestFor(mine) } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("\"No client certificate CA names sent\" without a request is no list at all", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], probe: { request: null, status: null } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a selection that succeeded", async () => {
    const report = await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
    expect(report.findings).toEqual([]);
  });
});
