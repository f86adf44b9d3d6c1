import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";

const id = "revocation-failed";

test.each([
  ["IIS", "2026-06-15 11:58:02 10.0.0.5 GET /secure/ - 443 - 192.0.2.7 - 403 13 2148081683 312", "could not check"],
  ["nginx", "client SSL certificate verify error: (12:CRL has expired) while reading client request headers", "could not check"],
  ["nginx, no list", "client SSL certificate verify error: (3:unable to get certificate CRL) while reading client request headers", "could not check"],
  ["IIS, unknown", "2026-06-15 11:58:02 10.0.0.5 GET /secure/ - 443 - 192.0.2.7 - 403 13 2148081682 312", "could not check"],
  ["nginx, revoked", "client SSL certificate verify error: (23:certificate revoked) while reading client request headers", "is revoked"],
  ["IIS, revoked", "2026-06-15 11:58:02 10.0.0.5 GET /secure/ - 443 - 192.0.2.7 - 403 13 2148204812 312", "is revoked"],
])("found, proved, and told apart: %s", async (_where, line, words) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(finding.headline).toContain(words);
  expect(new Set(quotesOf(finding))).toEqual(new Set([line]));
});

test("found, likely by 403.13 alone, which covers both", async () => {
  const finding = findingOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.13 - Forbidden\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(finding.overturnedBy).toContain("0x80092013");
});

test("found, only possible by a code that a client prints as well", async () => {
  const finding = findingOf(await analyzeTexts({ "log.txt": "verification failed: 0x80092012\n" }), id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("Who printed this");
});

test.each([
  ["an alert without its receiver", "SSL routines:ssl3_read_bytes:sslv3 alert certificate revoked:SSL alert number 44", "likely"],
  ["an event, written on either side", "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 44.", "possible"],
])("not proved by %s", async (_what, line, weight) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe(weight);
  expect(finding.overturnedBy).toContain("sends the same alert");
});

test("an alert of a Java server is the client's, about the server's certificate", async () => {
  const log = "javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_revoked\n\tat java.base/sun.security.ssl.Alert.createSSLException(Alert.java:131)\n"
    + "\tat org.apache.tomcat.util.net.SecureNioChannel.handshakeUnwrap(SecureNioChannel.java:476)\n";
  expect(answerOf(await analyzeTexts({ "catalina.out": log }), id)).toBe("none");
  const client = findingOf(await analyzeTexts({ "app.log": log.replace("org.apache.tomcat.util.net.SecureNioChannel", "sun.net.www.protocol.https.HttpsClient") }), id);
  expect(client.weight).toBe("proved");
});

test("ruled out when nothing arrived", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id))).toEqual(["HTTP Error 403.7 - Forbidden"]);
});

describe("look-alikes that are another refusal", () => {
  test.each(["HTTP Error 403.16 - Forbidden", "HTTP Error 403.17 - Forbidden", "Verify Client Certificate Revocation : Enabled", "Leaf certificate revocation check passed"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${line}\n` }), id)).toBe("none");
  });
});

describe("a client checks the certificate of the server with the same codes", () => {
  const CURL = "curl: (35) schannel: next InitializeSecurityContext failed: CRYPT_E_NO_REVOCATION_CHECK (0x80092012) - The revocation function was unable to check revocation for the certificate.";

  test("its line says nothing about the client's certificate", async () => {
    expect(answerOf(await analyzeTexts({ "curl.txt": `${CURL}\n` }), id)).toBe("none");
  });

  test("nor does it decide what a 403.13 means", async () => {
    const finding = findingOf(await analyzeTexts({ "curl.txt": `${CURL}\n`, "iis.txt": "HTTP Error 403.13 - Forbidden\n" }), id);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual(["HTTP Error 403.13 - Forbidden"]);
  });

  test("nor does the result of a traced call", async () => {
    const report = await analyzeTexts(caseOf({ after: { apiError: { api: "InitializeSecurityContextW", code: "0x80092013" } } }));
    expect(answerOf(report, id)).toBe("none");
  });

  test("a code beside 403.13 whose printer is not shown decides: IIS prints it on its page", async () => {
    const finding = findingOf(await analyzeTexts({ "page.txt": "HTTP Error 403.13 - Forbidden\nError Code 0x80092013\n" }), id);
    expect(finding.weight).toBe("proved");
    expect(finding.headline).toContain("could not check");
  });
});

test("says nothing of a status that somebody only wonders about beside others", async () => {
  const report = await analyzeTexts({ "mail.txt": "Is it expired (403.17), or revoked (403.13)? What we see is 403.7.\n" });
  expect([answerOf(report, id), answerOf(report, "expired-or-not-yet-valid")]).not.toContain("found");
});
