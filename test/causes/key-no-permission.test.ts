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

describe("the rights of the key file", () => {
  const container = "4b1f9c0de27a83c56d0b94e1f7a2863d_5e8d1c47-90b2-4a6f-8d13-c2a7f05b9e61";
  const file = `C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys\\${container}`;
  const icacls = (entries: readonly string[], end = "Successfully processed 1 files; Failed processing 0 files"): string =>
    `${file} ${entries.join(`\r\n${" ".repeat(file.length + 1)}`)} \r\n\r\n${end}\r\n`;
  const listing = (outcome: "passed" | "missing"): string => renderStore([clientCertificate({ key: { ...machineKey, outcome, uniqueContainer: outcome === "passed" ? container : null } })], { scope: "machine" });
  const denial = "AcquireCredentialsHandle failed with 0x8009030D\n";
  const pool = "SERVICE_START_NAME : NT AUTHORITY\\NETWORK SERVICE\r\n";
  const usual = ["NT AUTHORITY\\SYSTEM:(F)", "BUILTIN\\Administrators:(F)"];

  test("proved: the account of the program is not in the whole list", async () => {
    const finding = findingOf(await analyzeTexts({ "log.txt": denial, "store.txt": listing("passed"), "sc.txt": pool, "acl.txt": icacls(usual) }), id);
    expect(finding.weight).toBe("proved");
    expect(finding.headline).toContain("NETWORK SERVICE");
    expect(quotesOf(finding)).toEqual([
      `${file} NT AUTHORITY\\SYSTEM:(F)`, "BUILTIN\\Administrators:(F)", "SERVICE_START_NAME : NT AUTHORITY\\NETWORK SERVICE", `Unique container name: ${container}`, denial.trimEnd(),
    ]);
  });

  test("proved in another language, and by an entry that denies", async () => {
    const acl = icacls(["NT-AUTORITÄT\\SYSTEM:(F)", "NT-AUTORITÄT\\NETZWERKDIENST:(DENY)(R)", "Jeder:(R)"], "1 Dateien erfolgreich verarbeitet, bei 0 Dateien ist ein Verarbeitungsfehler aufgetreten.");
    const finding = findingOf(await analyzeTexts({ "log.txt": denial, "store.txt": listing("passed"), "sc.txt": pool, "acl.txt": acl }), id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)[0]).toBe("NT-AUTORITÄT\\NETZWERKDIENST:(DENY)(R)");
  });

  test("proved by the groups of the shell in which the key is missing", async () => {
    const groups = "C:\\>whoami /groups\r\nGroup Name             SID          Attributes\r\n====================== ============ =====\r\nBUILTIN\\Administrators S-1-5-32-544 Group used for deny only\r\n";
    const session = `C:\\>whoami\r\nspedition\\svc-fracht\r\n${groups}C:\\>certutil -v -store my\r\n${listing("missing")}`;
    const admin = `C:\\>whoami\r\nspedition\\anna\r\nC:\\>certutil -v -store my\r\n${listing("passed")}\r\nC:\\>icacls x\r\n${icacls(usual)}`;
    expect(findingOf(await analyzeTexts({ "service.txt": session, "admin.txt": admin }), id).weight).toBe("proved");
    const withoutGroups = findingOf(await analyzeTexts({ "service.txt": session.replace(groups, ""), "admin.txt": admin }), id);
    expect([withoutGroups.weight, withoutGroups.overturnedBy]).toEqual(["likely", expect.stringContaining("whoami /groups")]);
  });

  test.each([
    ["the list is cut", { "acl.txt": icacls(usual, "") }],
    ["no listing names the key", { "store.txt": listing("missing") }],
    ["a person's groups are not known", { "sc.txt": "SERVICE_START_NAME : SPEDITION\\svc-fracht\r\n" }],
  ])("only likely where %s", async (_why, changed) => {
    const finding = findingOf(await analyzeTexts({ "log.txt": denial, "store.txt": listing("passed"), "sc.txt": pool, "acl.txt": icacls(usual), ...changed }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).not.toBeNull();
  });

  test.each([
    ["by name", "NT AUTHORITY\\NETWORK SERVICE:(R)"], ["in French", "AUTORITE NT\\SERVICE RÉSEAU:(I)(RX)"], ["as a group", "BUILTIN\\Users:(F)"], ["as SID", "S-1-5-20:(R)"],
  ])("ruled out where the account may read the key, %s", async (_how, entry) => {
    const report = await analyzeTexts({ "log.txt": denial, "store.txt": listing("passed"), "sc.txt": pool, "acl.txt": icacls([...usual, entry]) });
    expect(quotesOf(ruledOutOf(report, id))[0]).toBe(entry);
  });

  test("the account of another shell, or two programs, prove nothing", async () => {
    const inputs = { "log.txt": denial, "store.txt": listing("passed"), "acl.txt": icacls(usual) };
    expect(findingOf(await analyzeTexts({ ...inputs, "me.txt": "C:\\>whoami\r\nspedition\\anna\r\n" }), id).weight).toBe("likely");
    expect(findingOf(await analyzeTexts({ ...inputs, "sc.txt": `${pool}SERVICE_START_NAME : LocalSystem\r\n` }), id).headline).not.toContain("NETWORK");
  });

  test("rights without a failure are no finding", async () => {
    expect(answerOf(await analyzeTexts({ "store.txt": listing("passed"), "sc.txt": pool, "acl.txt": icacls(usual) }), id)).not.toBe("found");
  });
});

test("not ruled out by one listing that opens a key while another cannot open one", async () => {
  const store = (key: typeof machineKey, outcome: "passed" | "missing"): string => renderStore([clientCertificate({ key: { ...key, outcome } })], { scope: "machine" });
  const report = await analyzeTexts({ "as-admin.txt": store(machineKey, "passed"), "as-service.txt": store({ ...machineKey, container: "{another one}" }, "missing") });
  expect(answerOf(report, id)).not.toBe("ruled-out");
  expect(answerOf(report, "orphaned-key-missing-keyset")).not.toBe("ruled-out");
});
