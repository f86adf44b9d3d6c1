import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, softwareKey } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "key-does-not-match-certificate";
const call = browserCall([ROOT_NAME], { matches: 1 });
const LINE = "ERROR: Could not verify certificate public key against private key";

describe("found", () => {
  test("proved with a Microsoft provider", async () => {
    const mismatched = clientCertificate({ key: { ...softwareKey, outcome: "mismatch" } });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [mismatched], call })), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining([LINE, "Provider = Microsoft Software Key Storage Provider"]));
    expect(finding.about?.certificate).toBe(mismatched.thumbprint);
  });

  test("likely with another vendor's provider, where the comparison may not have run", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, provider: "Fabrik HSM Key Storage Provider", outcome: "mismatch" } })], call })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("compare the public keys");
  });

  const MISMATCH = "140234567890123:error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch:x509_cmp.c:330:";

  test("likely by OpenSSL's own comparison, which a server prints of its own pair too", async () => {
    const finding = findingOf(await analyzeTexts({ "mail.txt": `It says\n${MISMATCH}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("Whose pair");
    expect(quotesOf(finding)).toEqual([MISMATCH]);
    expect(finding.about).toBeNull();
  });

  test("proved beside the words of a client", async () => {
    const finding = findingOf(await analyzeTexts({ "mail.txt": `error setting private key\n${MISMATCH}\n` }), id);
    expect(finding.weight).toBe("proved");
  });
});

test("ruled out by a key test that passed", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Encryption test passed"]);
});

test("cannot tell when nothing tested the key", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: "untested" } })], call }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test.each([
    "nginx: [emerg] SSL_CTX_use_PrivateKey(\"/etc/nginx/till.key\") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)",
    "[Fri Nov 20 10:11:12 2026] [ssl:emerg] [pid 12] SSL Library Error: error:05800074:x509 certificate routines::key values mismatch",
  ])("a server's own pair: %s", async (line) => {
    expect(answerOf(await analyzeTexts({ "error.log": `${line}\n` }), id)).toBe("none");
  });

  test("a missing key set compares nothing", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null } })], call }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a certificate without a key has nothing to compare", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: null })], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).toBe("none");
  });
});
