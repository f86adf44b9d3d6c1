import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { ALL_TYPES, requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "legacy-csp-cannot-sign-sha256";
const cardCsp = clientCertificate({ key: { ...legacyKey, provider: "Fabrik Card Cryptographic Provider", uniqueContainer: null } });
const withoutSha1 = { authorities: [ROOT_NAME], types: ALL_TYPES, algorithms: "ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256:RSA+SHA384" };
const mismatch = { apiError: { api: "InitializeSecurityContextW", code: "0x80090331" } };
const selected = browserCall([ROOT_NAME], { matches: 1 });

describe("found", () => {
  test("proved: old provider of a card, no SHA-1 at the server, and the client found no common algorithm", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [cardCsp], call: selected, after: mismatch, probe: { first: withoutSha1 } })), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining([
      "Provider = Fabrik Card Cryptographic Provider", "ProviderType = 1", `Requested Signature Algorithms: ${withoutSha1.algorithms}`, "InitializeSecurityContextW exited with value : 0x80090331",
    ]));
    expect(finding.about?.certificate).toBe(cardCsp.thumbprint);
  });

  test("likely at most for a software key of Microsoft's: Windows usually reaches it through a newer provider", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: legacyKey })], call: selected, after: mismatch, probe: { first: withoutSha1 } })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.fix[0]?.command).toContain("Microsoft Software Key Storage Provider");
  });

  test.each(["SSL_ERROR_SIGN_HASHES_FAILURE", "engine routines:CAPI_RSA_SIGN:cant create hash object"])("by the words of another client: %s", async (line) => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [cardCsp], note: `${line}\n` })), id);
    expect(quotesOf(finding)).toContain(line);
  });
});

describe("ruled out", () => {
  test("by a server that accepts RSA with SHA-1", async () => {
    const report = await analyzeTexts(caseOf({ my: [cardCsp], call: selected, probe: { first: requestFor(ROOT_NAME) } }));
    expect(ruledOutOf(report, id).evidence).toMatchObject([{ file: "probe.txt", shows: "RSA with SHA-1 is accepted" }]);
  });

  test("by a CNG provider", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: selected, after: mismatch, probe: { first: withoutSha1 } }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual([`Provider = ${softwareKey.provider}`]);
  });

  test("by a key on an elliptic curve", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ algorithm: "EC", bits: 256, keyUsage: "80" })], call: selected }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

test("cannot tell without the provider", async () => {
  const report = await analyzeTexts(caseOf({ call: selected }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("an ordinary type 1 software key without any error at signing", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: legacyKey })], call: selected, probe: { first: withoutSha1 } }));
    expect(answerOf(report, id)).toBe("none");
  });

  test("type 24 signs with SHA-2", async () => {
    const aes = clientCertificate({ key: { ...legacyKey, provider: "Microsoft Enhanced RSA and AES Cryptographic Provider", providerType: 24 } });
    const report = await analyzeTexts(caseOf({ my: renderStore([aes]), call: selected, after: mismatch, probe: { first: withoutSha1 } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});
