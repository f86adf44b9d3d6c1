import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, citedOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, issuingCa } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "expired-or-not-yet-valid";
const expired = clientCertificate({ notBefore: "1/15/2023 8:00 AM", notAfter: "1/15/2025 8:00 AM" });

describe("found", () => {
  test("proved at the moment that the evidence prints", async () => {
    const report = await analyzeTexts(caseOf({ my: [expired], call: browserCall([ROOT_NAME]), after: { status: "403 Forbidden", date: "Mon, 15 Jun 2026 11:58:00 GMT" } }), { at: null });
    const finding = findingOf(report, id);
    expect(report.at).toBe("2026-06-15T11:58:00.000Z");
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining(["NotAfter: 1/15/2025 8:00 AM", "dwFlags : 00000088", "Number of certificates matching criteria(s) : 0", "Date: Mon, 15 Jun 2026 11:58:00 GMT"]));
    expect(finding.headline).toContain("1/15/2025 8:00 AM");
    expect(finding.about?.certificate).toBe(expired.thumbprint);
  });

  test("proved at the moment that the user gives", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [expired], call: browserCall([ROOT_NAME]) })), id);
    expect(finding.weight).toBe("proved");
  });

  test("likely for a listing alone when only the clock says so: the incident may be older", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [expired] }), { at: null }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).not.toBeNull();
  });

  test("not judged by the clock when the attempt itself is printed without its date", async () => {
    const report = await analyzeTexts(caseOf({ my: [expired], call: browserCall([ROOT_NAME]) }), { at: null });
    expect(report.findings.filter((finding) => finding.cause === id)).toEqual([]);
    expect(report.cannotTell.find((one) => one.cause === id)?.missing[0]?.command).toContain("--at");
  });

  test("not valid yet", async () => {
    const future = clientCertificate({ notBefore: "7/20/2026 8:00 AM", notAfter: "7/20/2028 8:00 AM" });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [future], call: browserCall([ROOT_NAME]) })), id);
    expect(finding.headline).toContain("not valid yet");
    expect(citedOf(finding)[0]).toBe("7/20/2026 8:00 AM");
  });

  test.each(["HTTP Error 403.17 - Forbidden", "client SSL certificate verify error: (10:certificate has expired)", "fatal: tlsv1 alert certificate expired:SSL alert number 45"])("likely by the refusal alone: %s", async (line) => {
    const finding = findingOf(await analyzeTexts({ "error.log": `${line}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual([line]);
    expect(finding.about).toBeNull();
  });
});

test("ruled out by dates that cover the moment", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "20" })], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["NotAfter: 1/15/2029 8:00 AM"]);
});

test("ruled out at the client by the flag that allows expired certificates", async () => {
  const report = await analyzeTexts(caseOf({ my: [expired], call: browserCall([ROOT_NAME], { flags: 0x89, matches: 1 }) }));
  expect(answerOf(report, id)).not.toBe("found");
});

test("cannot tell without dates", async () => {
  const report = await analyzeTexts(caseOf({ call: browserCall([ROOT_NAME]) }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("the old copy of a renewed certificate", async () => {
    const report = await analyzeTexts(caseOf({ my: [expired, clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("the server's certificate that expired, as s_client complains about it", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { last: requestFor(ROOT_NAME) }, note: "verify error:num=10:certificate has expired\nnotAfter=Jan 15 08:00:00 2025 GMT\nverify return:1\n" }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a date of today: its zone is not printed, so nothing is said", async () => {
    const today = clientCertificate({ notAfter: "6/15/2026 12:00 PM" });
    const report = await analyzeTexts(caseOf({ my: [today], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).toBe("cannot-tell");
  });
});

describe("403.17 beside the certificate itself", () => {
  const refusal = "HTTP Error 403.17 - Forbidden\n";
  const call = browserCall([ROOT_NAME], { flags: 0x89, matches: 1 });

  test("proved: the call allows expired certificates, and the server does not", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [expired], call, note: refusal })), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["proved", null]);
    expect(citedOf(finding)).toEqual(["403.17", "1/15/2025 8:00 AM"]);
    expect(finding.about?.certificate).toBe(expired.thumbprint);
  });

  test("likely where another certificate is within its dates", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [expired, clientCertificate({ subject: ["CN=Other Person"] })], call, note: refusal })), id);
    expect(finding.weight).toBe("likely");
  });

  test("likely where only the clock says that it has expired", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [expired], note: refusal }), { at: null }), id);
    expect(finding.weight).toBe("likely");
  });
});

describe("a CA of the chain that has expired", () => {
  const old = { ...issuingCa, serial: "1a2b", thumbprint: "f0".repeat(20), notAfter: "1/15/2025 8:00 AM" };
  const refusal = "HTTP Error 403.16 - Forbidden\n";

  test("likely where the server refused the certificate", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [old], note: refusal })), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("newer certificate of that CA")]);
    expect(citedOf(finding)[0]).toBe("1/15/2025 8:00 AM");
  });

  test("only possible without a refusal", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [old] })), id).weight).toBe("possible");
  });

  test("says nothing where a newer copy is at hand, nor where nothing arrived", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [old, issuingCa], note: refusal })), id)).toBe("ruled-out");
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], ca: [old], note: "HTTP Error 403.7 - Forbidden\n" })), id)).toBe("ruled-out");
  });
});
