import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, softwareKey } from "../support/certificate-spec.ts";

const id = "key-provider-cannot-do-rsa-pss";
const tpm = clientCertificate({ key: { ...softwareKey, provider: "Microsoft Platform Crypto Provider" } });
const probe = { protocol: "TLSv1.3", first: { authorities: [ROOT_NAME], types: null, algorithms: "RSA-PSS+SHA256:ECDSA+SHA256" } } as const;

test("found, proved: a key in the TPM, TLS 1.3, and an error at signing", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ my: [tpm], probe, note: "NCryptSignHash: 0x80090029 NTE_NOT_SUPPORTED\n" })), id);
  expect(finding.weight).toBe("proved");
  expect(finding.evidence.map((one) => one.file)).toEqual(expect.arrayContaining(["note.txt", "my.txt", "probe.txt"]));
  expect(quotesOf(finding)).toContain("Provider = Microsoft Platform Crypto Provider");
  expect(finding.about?.certificate).toBe(tpm.thumbprint);
});

test.each([
  ["likely", "engine routines:capi_rsa_priv_enc:function not supported"], ["possible", "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED"], ["possible", "certutil -exportpfx: 0x80090029 NTE_NOT_SUPPORTED"],
])("found, %s by the error alone: %s", async (weight, line) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe(weight);
  expect(finding.overturnedBy).toContain("TLS 1.2");
});

test("ruled out by a key on an elliptic curve", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80", key: { ...softwareKey, provider: "Microsoft Platform Crypto Provider" } })], probe }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Algorithm ObjectId: 1.2.840.10045.2.1 ECC"]);
});

test("cannot tell of a key in the TPM and TLS 1.3 without an error", async () => {
  expect(commandsOf(cannotTellOf(await analyzeTexts(caseOf({ my: [tpm], probe })), id))).toEqual(["client: certutil -csptest"]);
});

describe("look-alikes that are no fault", () => {
  test("a software key and TLS 1.3", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()], probe })), id)).toBe("none");
  });

  test("a key in the TPM and TLS 1.2", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [tpm], probe: { first: { authorities: [ROOT_NAME], types: "RSA sign", algorithms: "RSA+SHA256" } } })), id)).toBe("none");
  });
});

describe("a signing error that has another reason", () => {
  test("ruled out by a key on an elliptic curve", async () => {
    const curve = clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80", key: { ...softwareKey, provider: "Microsoft Platform Crypto Provider" } });
    const report = await analyzeTexts(caseOf({ my: [curve], probe, note: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED\n" }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["Algorithm ObjectId: 1.2.840.10045.2.1 ECC"]);
  });

  test("ruled out by the software provider of Windows, which makes RSA-PSS signatures", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe, note: "NCryptSignHash: 0x80090029 NTE_NOT_SUPPORTED\n" }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual([`Provider = ${softwareKey.provider}`]);
  });

  test("likely, not proved, over TLS 1.2", async () => {
    const report = await analyzeTexts(caseOf({ my: [tpm], probe: { first: { authorities: [ROOT_NAME], types: "RSA sign", algorithms: "RSA+SHA256" } }, note: "NTE_NOT_SUPPORTED\n" }));
    expect(findingOf(report, id).weight).toBe("likely");
  });
});

describe("a browser that could not sign with a card", () => {
  const onCard = clientCertificate({ key: { ...softwareKey, provider: "Microsoft Smart Card Key Storage Provider", uniqueContainer: null } });

  test("only possible without TLS 1.3: a cancelled PIN gives the same error", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [onCard], note: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED\n" })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("PIN");
  });

  test("likely with TLS 1.3", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ my: [onCard], probe, note: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED\n" })), id).weight).toBe("likely");
  });

  test("proved when the provider says that it cannot do it", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ my: [onCard], probe, note: "NTE_NOT_SUPPORTED\n" })), id).weight).toBe("proved");
  });
});

test("likely, not proved, while another certificate has a key in software: which one signed is not known", async () => {
  const report = await analyzeTexts(caseOf({ my: [tpm, clientCertificate({ subject: ["CN=alice soft", "O=Fabrik, Inc."] })], probe, note: "NTE_NOT_SUPPORTED\n" }));
  expect(findingOf(report, id).weight).toBe("likely");
});
