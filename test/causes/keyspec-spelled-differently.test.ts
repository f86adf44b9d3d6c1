import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, noteOf, quotesOf } from "../support/analyze-texts.ts";
import { clientCertificate, legacyKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";

const id = "keyspec-spelled-differently";
const failing = clientCertificate({ subject: ["CN=first"], key: { ...legacyKey, machineKeyset: true } });
const working = clientCertificate({ subject: ["CN=second"], key: { ...legacyKey, container: "{296A5B70-0000-4000-8000-000000000001}", machineKeyset: true, oldSpelling: true } });

test("explains that both spellings are one value, and blames nothing", async () => {
  const report = await analyzeTexts({ "fails.txt": renderStore([failing]), "works.txt": renderStore([working]) });
  const note = noteOf(report, id);
  expect([...quotesOf(note)].sort()).toEqual(["KeySpec = 1", "KeySpec = 1 -- AT_KEYEXCHANGE"]);
  expect(note.says).toContain("the same value");
  expect(note.says).toContain("Key Usage");
  expect(answerOf(report, "keyspec-mismatch")).not.toBe("found");
  expect(report.findings).toEqual([]);
});

test("also for fragments of two mails, without any field of a certificate", async () => {
  const report = await analyzeTexts({
    "mail.txt": "This one fails:\n\n    Key Container = {56B12841-0000-4000-8000-000000000001}\n    Provider = Microsoft Strong Cryptographic Provider\n    ProviderType = 1\n  Flags = 20 (32)\n    CRYPT_MACHINE_KEYSET -- 20 (32)\n    KeySpec = 1 -- AT_KEYEXCHANGE\n\n"
      + "and this one, which works, prints\n\n    Key Container = {296A5B70-0000-4000-8000-000000000001}\n    Provider = Microsoft Strong Cryptographic Provider\n    ProviderType = 1\n    Flags = 20\n    KeySpec = 1\n",
  });
  expect(answerOf(report, id)).toBe("explains");
  expect(report.findings).toEqual([]);
});

describe("says nothing", () => {
  test("when both are printed in one way", async () => {
    const report = await analyzeTexts({ "both.txt": renderStore([failing, clientCertificate({ subject: ["CN=third"], key: legacyKey })]) });
    expect(answerOf(report, id)).toBe("none");
  });

  test("when the values differ: then they are two KeySpecs", async () => {
    const report = await analyzeTexts({ "a.txt": renderStore([clientCertificate({ subject: ["CN=first"], key: { ...legacyKey, keySpec: 2 } })]), "b.txt": renderStore([working]) });
    expect(answerOf(report, id)).toBe("none");
  });

  test("when no KeySpec is printed", async () => {
    const report = await analyzeTexts({ "a.txt": renderStore([failing], { verbose: false }) });
    expect(answerOf(report, id)).toBe("none");
  });
});
