import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, clientCertificate, issuingCa, rootCa } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall, clientAuthCriterion, issuerCriterion } from "../support/render-strace.ts";

const id = "ku-missing-digitalsignature";
const exchangeOnly = clientCertificate({ keyUsage: "30" });

describe("found", () => {
  test("proved by the Key Usage line, the demanded bit and the empty result", async () => {
    const report = await analyzeTexts(caseOf({ my: [exchangeOnly], call: browserCall([ROOT_NAME]) }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(finding.overturnedBy).toBeNull();
    expect(quotesOf(finding)).toEqual(["Key Encipherment, Data Encipherment (30)", "Value : 00000080", "Number of certificates matching criteria(s) : 0"]);
    expect(finding.about?.certificate).toBe(exchangeOnly.thumbprint);
    expect(finding.fix[0]?.on).toBe("ca");
    expect(report.findings).toHaveLength(1);
  });

  test.each(["20", "30", "38", "08", "40"])("Key Usage (%s) has no bit 80", async (keyUsage) => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage })], call: browserCall([ROOT_NAME]) }));
    expect(findingOf(report, id).evidence[0]?.quote).toContain(`(${keyUsage})`);
  });

  test("without a trace, from the dump of a file: likely at most, for no line shows that a certificate was asked for", async () => {
    const report = await analyzeTexts({ "client.txt": renderDump(exchangeOnly) });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("s_client");
  });

  test("only possible when a match is reported: the certificate selected was another one", async () => {
    const report = await analyzeTexts(caseOf({ my: [exchangeOnly], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(findingOf(report, id).weight).toBe("possible");
  });
});

describe("ruled out", () => {
  test.each(["80", "a0", "a8", "c0", "f0"])("by Key Usage (%s)", async (keyUsage) => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage, extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] })], call: browserCall([ROOT_NAME]) }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual([expect.stringContaining(`(${keyUsage})`)]);
  });

  test("by a complete list of extensions without Key Usage", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: null })], call: browserCall([ISSUING_NAME], { matches: 1 }) }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["Certificate Extensions: 3"]);
  });

  test("by a certificate that arrived at the server", async () => {
    const report = await analyzeTexts(caseOf({ my: [exchangeOnly], note: "2026-06-15 11:58:02 GET /secure/ 443 - 192.0.2.7 HTTP Error 403.16" }));
    expect(ruledOutOf(report, id).evidence[0]?.quote).toContain("403.16");
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

describe("cannot tell", () => {
  test("from a short listing, which prints no extensions", async () => {
    const report = await analyzeTexts(caseOf({ my: renderStore([exchangeOnly], { verbose: false }), call: browserCall([ROOT_NAME]) }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
    expect(cannotTellOf(report, id).missing[0]?.account).toBe("the user whose client fails");
  });

  test("from a trace alone", async () => {
    const report = await analyzeTexts(caseOf({ call: browserCall([ROOT_NAME]) }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
  });

  test("when the list of extensions was cut and Key Usage is not among those left", async () => {
    const whole = renderStore([clientCertificate({ keyUsage: null })]);
    const report = await analyzeTexts(caseOf({ my: whole.replace("Certificate Extensions: 3", "Certificate Extensions: 4"), call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).toBe("cannot-tell");
  });
});

describe("look-alikes that are no fault", () => {
  test("the Key Usage of the CNG key section is another thing", async () => {
    const key = clientCertificate().key;
    const signing = clientCertificate({ key: key === null ? null : { ...key, cngUsage: ["NCRYPT_ALLOW_DECRYPT_FLAG"] } });
    const report = await analyzeTexts(caseOf({ my: [signing], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("CA certificates are not candidates", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [issuingCa], root: [rootCa], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).toBe("ruled-out");
    expect(report.findings).toEqual([]);
  });

  test("a call that does not demand Key Usage does not fail for it", async () => {
    const call = browserCall([ROOT_NAME], { criteria: [clientAuthCriterion, issuerCriterion(ROOT_NAME)], matches: 1 });
    const report = await analyzeTexts(caseOf({ my: [exchangeOnly], call }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("an older certificate that a good one of the same subject replaced", async () => {
    const old = clientCertificate({ keyUsage: "30", notBefore: "2/20/2023 8:00 AM" });
    const report = await analyzeTexts(caseOf({ my: [old, clientCertificate()], probe: { last: requestFor(ROOT_NAME), status: null } }));
    expect(answerOf(report, id)).not.toBe("found");
  });
});

describe("OpenSSL's refusal for the purpose (26), which names no extension", () => {
  const refusal = "2026/06/15 11:58:02 [info] 812#812: *41 client SSL certificate verify error: (26:unsuitable certificate purpose) while reading client request headers, client: 192.0.2.7\n";

  test("proved by a Key Usage with neither digitalSignature nor keyAgreement", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "30" })], note: refusal })), id);
    expect(finding.weight).toBe("proved");
    expect(finding.evidence.map(({ file }) => file)).toEqual(["my.txt", "note.txt"]);
  });

  test("not ruled out by the arrival alone: the certificate is needed", async () => {
    expect(answerOf(await analyzeTexts({ "error.log": refusal }), id)).toBe("cannot-tell");
  });

  test("ruled out by a Key Usage that suffices", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "a0" })], note: refusal }));
    expect(quotesOf(ruledOutOf(report, id))[0]).toContain("(a0)");
  });

  test("keyAgreement suffices for OpenSSL", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "08" })], note: refusal })), id)).toBe("ruled-out");
  });
});
