import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";

const id = "key-provider-missing";
const card = { ...legacyKey, provider: "Fabrik Card Cryptographic Provider", uniqueContainer: null } as const;
const broken = clientCertificate({ key: { ...card, outcome: { error: "0x80090019 (-2146893799 NTE_KEYSET_NOT_DEF)" } } });

test("found, proved: certutil cannot load the vendor's provider", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [broken] })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(expect.arrayContaining([expect.stringContaining("0x80090019"), "Provider = Fabrik Card Cryptographic Provider"]));
  expect(finding.about?.certificate).toBe(broken.thumbprint);
  expect(finding.fix[0]?.command).toBe("certutil -csplist");
});

test("found, likely by the error alone", async () => {
  const finding = findingOf(await analyzeTexts({ "log.txt": "signing failed: 0x8009001E NTE_PROV_DLL_NOT_FOUND\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(finding.overturnedBy).toContain("Provider line");
});

test("ruled out by a software provider of Windows itself", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id))).toEqual([`Provider = ${softwareKey.provider}`]);
});

test("cannot tell of a vendor's provider that nothing tested", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...card, outcome: "untested", providerType: 1 } })] }));
  expect(["cannot-tell", "none"]).toContain(answerOf(report, id));
  if (answerOf(report, id) === "cannot-tell") expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -csplist"]);
});

describe("look-alikes that are no fault", () => {
  test("a missing key set: the provider answered", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...card, outcome: "missing" } })] })), id)).not.toBe("found");
  });

  test("a vendor's provider whose key test passed", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...card, outcome: "passed" } })] })), id)).not.toBe("found");
  });
});

describe("the same codes with another meaning", () => {
  test("0x8009000d of a provider of Windows itself: its key is gone, the provider is there", async () => {
    const gone = clientCertificate({ key: { ...softwareKey, outcome: { error: "0x8009000d (-2146893811 NTE_NO_KEY)" } } });
    expect(answerOf(await analyzeTexts(caseOf({ my: [gone] })), id)).toBe("ruled-out");
  });

  test("a provider of Windows itself is never missing: no more than possible", async () => {
    const windows = clientCertificate({ key: { ...legacyKey, outcome: { error: "0x80090019 (-2146893799 NTE_KEYSET_NOT_DEF)" } } });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [windows] })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("part of Windows");
  });

  test("0x8009000d of a vendor's provider", async () => {
    const vendor = clientCertificate({ key: { ...card, outcome: { error: "0x8009000d (-2146893811 NTE_NO_KEY)" } } });
    expect(findingOf(await analyzeTexts(caseOf({ my: [vendor] })), id).weight).toBe("proved");
  });

  test("a loose code beside software keys only: no more than possible", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], note: "0x8009001E NTE_PROV_DLL_NOT_FOUND\n" }));
    expect(findingOf(report, id)).toMatchObject({ weight: "possible", about: null });
  });

  test("a leftover of removed middleware beside a certificate whose key works: no more than possible", async () => {
    const other = clientCertificate({ subject: ["CN=alice on her old card", "O=Fabrik, Inc."], key: broken.key });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate(), other] })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.about?.certificate).toBe(other.thumbprint);
  });
});
