import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate, legacyKey, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";

const id = "key-no-permission";
const machineKey = { ...legacyKey, machineKeyset: true } as const;

describe("found", () => {
  test("likely: an administrator opens the key of the computer, the service cannot", async () => {
    const store = (outcome: "passed" | "missing"): string => renderStore([clientCertificate({ key: { ...machineKey, outcome } })], { scope: "machine" });
    const report = await analyzeTexts({ "as-service.txt": store("missing"), "as-admin.txt": store("passed") });
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("whoami");
    expect(finding.evidence.map((one) => `${one.file} ${one.quote}`)).toEqual(["as-service.txt Missing stored keyset", "as-admin.txt Encryption test passed"]);
    expect(answerOf(report, "orphaned-key-missing-keyset")).not.toBe("found");
  });

  test("proved by WinHTTP's own code", async () => {
    const finding = findingOf(await analyzeTexts({ "log.txt": "WinHTTP error 12186\n" }), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["WinHTTP error 12186"]);
  });

  test("likely: a key of the computer, and the program could not use it", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ machine: [clientCertificate({ key: machineKey })], note: "AcquireCredentialsHandle failed with 0x8009030D\n" })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("Rights");
  });
});

test("ruled out by a key that the caller could use", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id))).toEqual(["Encryption test passed"]);
});

test("cannot tell from a missing key set alone: rights and a lost key look the same", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null } })] }));
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: expect.stringContaining("icacls"), on: "client" });
});

describe("look-alikes", () => {
  test("0x8009030D without a certificate covers missing and ephemeral keys, too", async () => {
    expect(answerOf(await analyzeTexts({ "log.txt": "0x8009030D\n" }), id)).toBe("cannot-tell");
  });

  test("no key at all", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: null })] })), id)).toBe("none");
  });
});

test("only possible when another certificate has a key of the user: which one the program used is not known", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], machine: [clientCertificate({ subject: ["CN=pc17.fabrik.example"], key: machineKey })], note: "AcquireCredentialsHandle failed with 0x8009030D\n" }));
  const finding = findingOf(report, id);
  expect(finding.weight).toBe("possible");
  expect(finding.overturnedBy).toContain("Which certificate");
});

describe("one certificate with two answers that are no question of rights", () => {
  test("the user's own key, gone in one profile and there in the other", async () => {
    const store = (outcome: "passed" | "missing"): string => renderStore([clientCertificate({ key: { ...softwareKey, outcome } })]);
    const report = await analyzeTexts({ "laptop.txt": store("missing"), "desktop.txt": store("passed") });
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("the same PFX imported on two machines: two containers", async () => {
    const store = (outcome: "passed" | "missing", container: string): string => renderStore([clientCertificate({ key: { ...machineKey, outcome, container } })], { scope: "machine" });
    const report = await analyzeTexts({ "web1.txt": store("missing", "{A1B2C3D4-0000-4000-8000-000000000001}"), "web2.txt": store("passed", "{A1B2C3D4-0000-4000-8000-000000000002}") });
    expect(answerOf(report, id)).not.toBe("found");
  });
});
