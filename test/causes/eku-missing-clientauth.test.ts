import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ANY_PURPOSE, CLIENT_AUTH, EMAIL_PROTECTION, ROOT_NAME, SERVER_AUTH, SMART_CARD_LOGON, clientCertificate } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "eku-missing-clientauth";
const serverOnly = clientCertificate({ extendedKeyUsage: [SERVER_AUTH] });

describe("found", () => {
  test("proved by the extension, the demanded OID and the empty result", async () => {
    const report = await analyzeTexts(caseOf({ my: [serverOnly], call: browserCall([ROOT_NAME]) }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["Server Authentication (1.3.6.1.5.5.7.3.1)", CLIENT_AUTH, "Number of certificates matching criteria(s) : 0"]);
    expect(finding.headline).toContain("(1.3.6.1.5.5.7.3.1)");
    expect(finding.about?.certificate).toBe(serverOnly.thumbprint);
    expect(report.findings).toHaveLength(1);
  });

  test("smart card logon or secure e-mail are not client authentication", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: [SMART_CARD_LOGON, EMAIL_PROTECTION] })], call: browserCall([ROOT_NAME]) }));
    expect(findingOf(report, id).headline).toContain(SMART_CARD_LOGON);
  });

  test.each([
    ["nginx", "client SSL certificate verify error: (26:unsupported certificate purpose) while reading client request headers"],
    ["Apache", "AH02039: Certificate Verification: Error (26): unsupported certificate purpose"],
    ["Windows", "the server logged 0x800B0110 (CERT_E_WRONG_USAGE)"],
    ["Go", "tls: failed to verify certificate: x509: certificate specifies an incompatible key usage"],
  ])("proved by the refusal of %s for its purpose", async (_server, line) => {
    const report = await analyzeTexts({ "client.txt": renderDump(serverOnly), "error.log": `${line}\n` });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["Server Authentication (1.3.6.1.5.5.7.3.1)", line]);
  });
});

describe("an extension quoted without its certificate", () => {
  const refusal = "AH02039: Certificate Verification: Error (26): unsupported certificate purpose";
  const extension = (purposes: string): string => `The extension:\n\n    X509v3 Extended Key Usage:\n        ${purposes}\n`;

  test("that lacks it, beside a refusal: likely", async () => {
    const finding = findingOf(await analyzeTexts({ "mail.txt": `${extension("TLS Web Server Authentication")}\n${refusal}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual(["TLS Web Server Authentication", refusal]);
    expect(finding.overturnedBy).toContain("without its certificate");
  });

  test("and another that has it: what would tell them apart is said", async () => {
    const report = await analyzeTexts({ "mail.txt": `${extension("TLS Web Client Authentication")}\n${extension("TLS Web Server Authentication")}\n${refusal}\n` });
    expect(findingOf(report, id).overturnedBy).toContain("lists Client Authentication");
  });

  test("without a refusal is no finding", async () => {
    expect(answerOf(await analyzeTexts({ "mail.txt": extension("TLS Web Server Authentication") }), id)).not.toBe("found");
  });
});

describe("ruled out", () => {
  test("by the listed purpose", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: [SERVER_AUTH, CLIENT_AUTH], keyUsage: "20" })], call: browserCall([ROOT_NAME]) }));
    expect(ruledOutOf(report, id).evidence.map((one) => one.shows)).toEqual([expect.stringContaining(CLIENT_AUTH)]);
  });

  test("by a complete list of extensions without that one", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: null })], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["Certificate Extensions: 3"]);
  });

  test("by a certificate that arrived and was refused for another reason", async () => {
    const report = await analyzeTexts(caseOf({ my: [serverOnly], note: "HTTP Error 403.17 - Forbidden" }));
    expect(ruledOutOf(report, id).evidence[0]?.quote).toContain("403.17");
  });
});

describe("cannot tell", () => {
  test("from a short listing", async () => {
    const report = await analyzeTexts(caseOf({ my: renderStore([serverOnly], { verbose: false }), call: browserCall([ROOT_NAME]) }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
  });

  test("any purpose alone is neither fault nor proof", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ extendedKeyUsage: [ANY_PURPOSE] })], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).toBe("cannot-tell");
    expect(report.selections[0]?.certificates[0]?.criteria.find((one) => one.criterion === "ENHKEY_USAGE")).toMatchObject({ verdict: "unknown", because: expect.stringContaining("not listed explicitly") });
  });
});

describe("look-alikes that are no fault", () => {
  test("a restriction of the store copy is a cause of its own", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ ekuProperty: [SERVER_AUTH] })], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).not.toBe("found");
    expect(answerOf(report, "eku-store-property")).toBe("found");
  });

  test("a refusal for its purpose of a certificate that lists the purpose is not this cause", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], note: "client SSL certificate verify error: (26:unsupported certificate purpose)" }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("the server's own certificate, printed beside it, is no candidate", async () => {
    const text = renderStore([clientCertificate()]);
    const report = await analyzeTexts(caseOf({ my: text, call: browserCall([ROOT_NAME], { matches: 1 }), probe: { host: "intranet.fabrik.example" } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

describe("a listing of the computer's store alone", () => {
  test("is likely, not proved, beside a browser's call: the browser searches the user's store", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ machine: [serverOnly], call: browserCall([ROOT_NAME]) })), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("-user")]);
  });

  test("is likely for a certificate of servers where no call is at hand: it may be the server's own", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ machine: [serverOnly], note: "HTTP Error 403.7 - Forbidden\n" })), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("the server's own")]);
  });

  test("proves it for a certificate of other purposes where no call is at hand: services use that store", async () => {
    const report = await analyzeTexts(caseOf({ machine: [clientCertificate({ extendedKeyUsage: [EMAIL_PROTECTION] })], note: "HTTP Error 403.7 - Forbidden\n" }));
    expect(findingOf(report, id).weight).toBe("proved");
  });
});
