import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";

const id = "mapping-failed";

test.each(["HTTP Error 403.12 - Forbidden", "Schannel Event ID 36878", "Event ID: 36879"])("found, proved: the certificate arrived and was not mapped: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("server");
});

test("ruled out when nothing arrived", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id))).toEqual(["HTTP Error 403.7 - Forbidden"]);
});

describe("look-alikes", () => {
  test.each(["HTTP Error 403.16 - Forbidden", "HTTP Error 401.2 - Unauthorized", "DS Mapper Usage : Disabled"])("says nothing of %s", async (line) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${line}\n` }), id)).toBe("none");
  });
});
