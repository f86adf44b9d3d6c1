import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";

const id = "mapping-failed";

test.each([["proved", "HTTP Error 403.12 - Forbidden"], ["possible", "Schannel Event ID 36878"], ["possible", "Event ID: 36879"]])("found, %s: the certificate arrived and was not mapped: %s", async (weight, line) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe(weight);
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("server");
});

test("found, only likely where somebody names the status in a sentence", async () => {
  const finding = findingOf(await analyzeTexts({ "mail.txt": "All of them end in 403.12 since Monday\n" }), id);
  expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("in a sentence")]);
});

test("found, likely by the event and a 401; the event alone is written where nobody wants an account, too", async () => {
  const finding = findingOf(await analyzeTexts({ "system.txt": "Event ID: 36879\n", "iis.txt": "HTTP Error 401.1 - Unauthorized\n" }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(["Event ID: 36879", "HTTP Error 401.1 - Unauthorized"]);
  expect(findingOf(await analyzeTexts({ "system.txt": "Event ID: 36879\n" }), id).overturnedBy).toContain("every client certificate");
});

test("ruled out when nothing arrived", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id))).toEqual(["HTTP Error 403.7 - Forbidden"]);
});

describe("look-alikes", () => {
  test.each(["HTTP Error 403.16 - Forbidden", "HTTP Error 401.2 - Unauthorized", "DS Mapper Usage : Disabled"])("says nothing of %s", async (line) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${line}\n` }), id)).toBe("none");
  });
});

describe("401.1 and 401.2 in a server's log", () => {
  const log = (status: string): string => `#Fields: date time cs-method cs-uri-stem sc-status sc-substatus sc-win32-status time-taken\n2026-06-15 11:58:00 GET /secure/ ${status} 15\n`;

  test.each(["401 1 2148074254", "401 2 5"])("cannot tell: every first request of a Windows logon gets them, too: %s", async (status) => {
    expect(commandsOf(cannotTellOf(await analyzeTexts({ "iis.log": log(status) }), id))[0]).toContain("iisClientCertificateMapping");
  });

  test.each(["401 3 5", "200 0 0"])("does not ask because of %s", async (status) => {
    expect(answerOf(await analyzeTexts({ "iis.log": log(status) }), id)).toBe("none");
  });
});
