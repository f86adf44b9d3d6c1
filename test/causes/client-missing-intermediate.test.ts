import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ISSUING_NAME, ROOT_NAME, authority, clientCertificate, issuingCa } from "../support/certificate-spec.ts";
import { renderDump } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-missing-intermediate";
const good = clientCertificate();
const elsewhere = authority(["CN=Sammel CA", "O=Fabrik, Inc.", "C=DE"], ROOT_NAME);
/** The intermediate as somebody dumped it from its file, not from the client's store. */
const onServer = { "issuing.txt": renderDump(issuingCa, "issuing.cer") };

test("found: the server lists the root, and the client's CA store lacks the intermediate", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [good], ca: [elsewhere], call: browserCall([ROOT_NAME]) }), ...onServer });
  const finding = findingOf(report, id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(expect.arrayContaining(["C=DE, O=\"Fabrik, Inc.\", CN=Fabrik Root CA", "Number of certificates matching criteria(s) : 0"]));
  expect(finding.evidence.map((one) => one.file)).toContain("ca.txt");
  expect(finding.headline).toContain("Fabrik Issuing CA 1");
  expect(finding.about?.certificate).toBe(good.thumbprint);
  expect(answerOf(report, "issuer-not-in-server-list")).not.toBe("found");
});

test("ruled out by a list that names the issuer itself", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [good], ca: [elsewhere], call: browserCall([ISSUING_NAME], { matches: 1 }) }), ...onServer });
  expect(quotesOf(ruledOutOf(report, id))).toContain("C=DE, O=\"Fabrik, Inc.\", CN=Fabrik Issuing CA 1");
});

test("ruled out by an intermediate that the client holds", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "20" })], ca: [issuingCa], call: browserCall([ROOT_NAME]) }));
  expect(answerOf(report, id)).toBe("ruled-out");
});

test("ruled out by an empty list", async () => {
  const report = await analyzeTexts({ ...caseOf({ my: [good], ca: [elsewhere], probe: { first: requestFor() } }), ...onServer });
  expect(ruledOutOf(report, id).evidence[0]?.shows).toContain("any issuer");
});

test("cannot tell without the client's CA store", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], ca: null, root: null, call: browserCall([ROOT_NAME]) }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -user -store CA", "client: certutil -user -verify -urlfetch client.cer"]);
});

describe("look-alikes that are another cause", () => {
  test("the list names neither issuer nor root", async () => {
    const report = await analyzeTexts({ ...caseOf({ my: [good], ca: [elsewhere], call: browserCall([["CN=Andere CA", "C=DE"]]) }), ...onServer });
    expect(answerOf(report, id)).not.toBe("found");
    expect(answerOf(report, "issuer-not-in-server-list")).toBe("found");
  });
});

describe("a keystore whose entry holds the certificate alone", () => {
  const entry = (length: number): string => `Alias name: till\nCreation date: Jan 10, 2026\nEntry type: PrivateKeyEntry\nCertificate chain length: ${length}\nCertificate[1]:\nOwner: CN=alice, O="Fabrik, Inc.", C=DE\n`
    + `Issuer: CN=Fabrik Issuing CA 1, O="Fabrik, Inc.", C=DE\nSerial number: 1a2b3c\nValid from: Thu Jan 15 08:00:00 UTC 2026 until: Mon Jan 15 08:00:00 UTC 2029\nCertificate fingerprints:\n`
    + `\t SHA1: ${"AB:".repeat(19)}AB\n\t SHA256: ${"CD:".repeat(31)}CD\nSignature algorithm name: SHA256withRSA\nSubject Public Key Algorithm: 2048-bit RSA key\nVersion: 3\n`;
  const probe = caseOf({ probe: { first: requestFor(ROOT_NAME) } });

  test("proved: the server lists the root, and the intermediate does not stand in the entry", async () => {
    const finding = findingOf(await analyzeTexts({ ...probe, ...onServer, "keytool.txt": entry(1) }), id);
    expect(finding.weight).toBe("proved");
    expect(finding.evidence.map(({ file, quote }) => `${file}: ${quote}`)).toContain("keytool.txt: Certificate chain length: 1");
    expect(finding.fix[0]?.command).toContain("keytool -importcert");
  });

  test("not where the entry holds the chain, nor where the issuer itself is listed", async () => {
    expect(answerOf(await analyzeTexts({ ...probe, ...onServer, "keytool.txt": entry(2) }), id)).toBe("ruled-out");
    expect(answerOf(await analyzeTexts({ ...caseOf({ probe: { first: requestFor(ISSUING_NAME) } }), ...onServer, "keytool.txt": entry(1) }), id)).toBe("ruled-out");
  });

  test("cannot tell where nothing shows who issued the intermediate", async () => {
    expect(answerOf(await analyzeTexts({ ...probe, "keytool.txt": entry(1) }), id)).toBe("cannot-tell");
  });
});
