import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, citedOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "weak-key-or-digest";
const weak = clientCertificate({ bits: 1024 });
const refusal = "SSL routines:SSL_CTX_use_certificate:ee key too small:ssl_rsa.c:301:";

describe("found", () => {
  test("proved by the refusal and the length of the key", async () => {
    const report = await analyzeTexts({ "client.txt": renderDump(weak), "error.log": `${refusal}\n` });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual([refusal, "Public Key Length: 1024 bits"]);
    expect(finding.about?.certificate).toBe(weak.thumbprint);
  });

  test.each(["CA certificate key too weak", "EE certificate key too weak"])("likely where a verification result leaves open whose certificate it is: %s", async (words) => {
    const finding = findingOf(await analyzeTexts({ "error.log": `error: ${words}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(citedOf(finding)).toEqual([words]);
  });

  test.each(["ca md too weak", "ca key too small"])("by the refusal alone, proved only where a client was given the certificate: %s", async (words) => {
    const client = findingOf(await analyzeTexts({ "error.log": `error setting certificate\nerror: ${words}\n` }), id);
    expect(client.weight).toBe("proved");
    const finding = findingOf(await analyzeTexts({ "error.log": `error: ${words}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(citedOf(finding)).toEqual([words]);
    expect(finding.about).toBeNull();
  });

  test("possible when the key is short and nothing refused it", async () => {
    const finding = findingOf(await analyzeTexts({ "client.txt": renderDump(weak) }), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("ee key too small");
    expect(quotesOf(finding)).toEqual(["Public Key Length: 1024 bits"]);
  });
});

test.each([
  ["a server's own", "nginx: [emerg] SSL_CTX_use_certificate(\"/etc/nginx/till.crt\") failed (SSL: error:0A00018F:SSL routines::ee key too small)"],
  ["a server's, as its client verifies it", "curl: (60) SSL certificate problem: EE certificate key too weak"],
])("says nothing of a certificate that is %s", async (_whose, line) => {
  expect(answerOf(await analyzeTexts({ "error.log": `${line}\n` }), id)).toBe("none");
});

test("ruled out by keys that are long enough", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "20" })], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Public Key Length: 2048 bits"]);
});

test("says nothing where no length is printed", async () => {
  const report = await analyzeTexts(caseOf({ my: renderStore([weak], { verbose: false }), call: browserCall([ROOT_NAME]) }));
  expect(answerOf(report, id)).toBe("none");
});

describe("look-alikes that are no fault", () => {
  test("an elliptic curve of 256 bits is strong", async () => {
    const report = await analyzeTexts({ "client.txt": renderDump(clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80" })) });
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("the short key of a root is not the client's", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], root: [clientCertificate({ subject: ROOT_NAME, issuer: ROOT_NAME, bits: 1024, keyUsage: "06", isCa: true, key: null })], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

test("the line of the program that could not load it is no second fault", async () => {
  const line = "curl: (58) could not load PEM client certificate from weak.pem, OpenSSL error error:0A00018F:SSL routines::ee key too small, (no key found, wrong pass phrase, or wrong file format?)";
  const report = await analyzeTexts({ "curl.txt": `${line}\n` });
  expect(report.findings.map(({ cause }) => cause)).toEqual(["weak-key-or-digest"]);
});
