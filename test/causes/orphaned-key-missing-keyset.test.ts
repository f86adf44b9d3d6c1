import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "orphaned-key-missing-keyset";
const orphan = clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null } });
const selected = browserCall([ROOT_NAME], { matches: 1 });

describe("found", () => {
  test("proved for the owner when the handshake failed after the selection", async () => {
    const report = await analyzeTexts(caseOf({ my: [orphan], call: selected, after: { apiError: { api: "InitializeSecurityContextW", code: "0x8009030D" } } }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining(["Missing stored keyset", `Key Container = ${softwareKey.container}`, "InitializeSecurityContextW exited with value : 0x8009030D"]));
    expect(finding.about?.certificate).toBe(orphan.thumbprint);
    expect(report.path.find((station) => station.station === "usable")?.state).toBe("broken");
  });

  test("likely without an error at signing: the line also means \"no rights\"", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [orphan], call: selected })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("key test that passes");
  });

  test("likely for a key of the computer: the caller may lack rights", async () => {
    const machineKey = clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null, machineKeyset: true } });
    const finding = findingOf(await analyzeTexts(caseOf({ machine: [machineKey], note: "0x8009030D" })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("elevated");
  });
});

test("ruled out by a key test that passed", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: selected }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["Encryption test passed"]);
});

test("cannot tell when the key was not tested", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: "untested" } })], call: selected }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("no key at all is another cause", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: null })], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).toBe("none");
    expect(answerOf(report, "no-private-key")).toBe("found");
  });

  test("a card prints no second container name, and its test passed", async () => {
    const card = clientCertificate({ key: { ...softwareKey, provider: "Microsoft Smart Card Key Storage Provider", uniqueContainer: null } });
    const report = await analyzeTexts(caseOf({ my: renderStore([card], { verbose: false }), call: selected }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("an old orphan beside a certificate whose key works is only possible", async () => {
    const other = clientCertificate({ subject: ["CN=alice old", "O=Fabrik, Inc."], key: { ...softwareKey, outcome: "missing", uniqueContainer: null } });
    const report = await analyzeTexts(caseOf({ my: [clientCertificate(), other], call: browserCall([ROOT_NAME], { matches: 2 }) }));
    expect(report.findings.filter((finding) => finding.cause === id).every((finding) => finding.weight === "possible")).toBe(true);
  });
});
