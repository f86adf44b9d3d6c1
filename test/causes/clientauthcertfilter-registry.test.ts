import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, citedOf, noteOf } from "../support/analyze-texts.ts";

const id = "clientauthcertfilter-registry";
const KEY = "SOFTWARE\\Microsoft\\Internet Explorer\\Main\\FeatureControl\\FEATURE_CLIENTAUTHCERTFILTER";

describe("explains, and is no fault", () => {
  test.each([
    ["reg query", `HKEY_LOCAL_MACHINE\\${KEY}\n    iexplore.exe    REG_DWORD    0x1\n`, "iexplore.exe    REG_DWORD    0x1"],
    ["an exported file", `[HKEY_LOCAL_MACHINE\\${KEY}]\n"*"=dword:00000001\n`, "\"*\"=dword:00000001"],
    ["a command", `reg add "HKLM\\${KEY}" /v iexplore.exe /t REG_DWORD /d 1 /f\n`, "1"],
    ["a sentence", "We have already set FEATURE_CLIENTAUTHCERTFILTER on the tills.\n", "FEATURE_CLIENTAUTHCERTFILTER"],
    ["an empty key", `HKEY_LOCAL_MACHINE\\${KEY}\n\nC:\\>\n`, "FEATURE_CLIENTAUTHCERTFILTER"],
  ])("%s", async (_, text, cited) => {
    const report = await analyzeTexts({ "till.txt": text });
    expect(citedOf(noteOf(report, id))).toEqual([cited]);
    expect([report.findings, report.path.filter(({ state }) => state === "broken"), report.notUnderstood]).toEqual([[], [], []]);
  });
});

test("another feature control is not it", async () => {
  const other = `HKEY_LOCAL_MACHINE\\${KEY.replace("CLIENTAUTHCERTFILTER", "LOCALMACHINE_LOCKDOWN")}\n    iexplore.exe    REG_DWORD    0x1\n`;
  expect(answerOf(await analyzeTexts({ "till.txt": other }), id)).toBe("none");
});
