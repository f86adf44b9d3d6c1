import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate, softwareKey } from "../support/certificate-spec.ts";

const id = "smart-card-absent";
const card = { ...softwareKey, provider: "Microsoft Smart Card Key Storage Provider", uniqueContainer: null } as const;

test("found, proved: a card's provider, and no card", async () => {
  const absent = clientCertificate({ key: { ...card, outcome: "untested" } });
  const finding = findingOf(await analyzeTexts(caseOf({ my: [absent], note: "0x8010000C SCARD_E_NO_SMARTCARD\n" })), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual(expect.arrayContaining(["0x8010000C SCARD_E_NO_SMARTCARD", "Provider = Microsoft Smart Card Key Storage Provider"]));
  expect(finding.about?.certificate).toBe(absent.thumbprint);
});

test("found, likely by the error alone", async () => {
  const finding = findingOf(await analyzeTexts({ "log.txt": "The call returned 0x8010000C.\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(finding.fix[0]?.command).toBe("certutil -scinfo");
});

test("ruled out by a software provider", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id))).toEqual([`Provider = ${softwareKey.provider}`]);
});

test("ruled out by a key on the card that could be used", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: card })] })), id))).toEqual(["Encryption test passed"]);
});

test("cannot tell of a card's key that nothing tested", async () => {
  expect(commandsOf(cannotTellOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...card, outcome: "untested" } })] })), id))).toEqual(["client: certutil -scinfo"]);
});

describe("look-alikes", () => {
  test("a missing key set of a card may have other reasons", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...card, outcome: "missing" } })] })), id)).toBe("cannot-tell");
  });
});

describe("the same code with an innocent reading", () => {
  test("the card of another certificate is not in, and this one has a software key that works: no more than possible", async () => {
    const stale = clientCertificate({ subject: ["CN=alice old card", "O=Fabrik, Inc."], key: { ...card, outcome: { error: "0x8010000c (-2146435060 SCARD_E_NO_SMARTCARD)" } } });
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate(), stale] })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.about?.certificate).toBe(stale.thumbprint);
  });

  test("software keys only: no more than possible", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], note: "0x8010000C\n" })), id).weight).toBe("possible");
  });

  test("the key on the card was used since: no more than possible", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ my: [clientCertificate({ key: card })], note: "0x8010000C\n" })), id).weight).toBe("possible");
  });

  test.each([
    ["an event in words", "Log Name:      Microsoft-Windows-SmartCard-Audit/Authentication\nSource:        Microsoft-Windows-Winlogon\nEvent ID:      4\nDescription:\nThe user was not authenticated. Error: 0x8010000C\n"],
    ["a line of a log", "2026-03-02 08:14:11 LogonUI: the reader reported 0x8010000c SCARD_E_NO_SMARTCARD\n"],
    ["a sentence", "At the smart card logon the till shows SCARD_E_NO_SMARTCARD.\n"],
    ["an event in XML", "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Kerberos-Key-Distribution-Center'/></System><EventData><Data Name='Status'>0x8010000c</Data></EventData></Event>\n"],
  ])("a logon is no handshake: %s", async (_, text) => {
    const report = await analyzeTexts({ "log.txt": text });
    expect(findingOf(report, id).weight).toBe("possible");
    expect(report.path.find(({ station }) => station === "usable")?.state).toBe("unknown");
  });

  test("a logon without the card says more where the key is on a card, and nothing where it is not", async () => {
    const note = "2026-03-02 08:14:11 LogonUI: the reader reported 0x8010000c SCARD_E_NO_SMARTCARD\n";
    const onCard = clientCertificate({ key: { ...card, outcome: "untested" } });
    expect(findingOf(await analyzeTexts({ ...caseOf({ my: [onCard] }), "events.txt": note }), id).weight).toBe("likely");
    expect(answerOf(await analyzeTexts({ ...caseOf({ my: [clientCertificate()] }), "events.txt": note }), id)).toBe("ruled-out");
  });

  test.each([
    "After the logon the browser fails with SCARD_E_NO_SMARTCARD.\n",
    "2026-03-02 08:14:11 LogonUI: user anna logged on\n2026-03-02 08:15:11 schannel: 0x8010000c\n",
  ])("a handshake after a logon is one: %j", async (text) => {
    expect(findingOf(await analyzeTexts({ "log.txt": text }), id).weight).toBe("likely");
  });
});
