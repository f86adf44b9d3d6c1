import { describe, expect, test } from "@jest/globals";
import { encodingNames, parseEncodingName } from "../../src/text/encoding-name.ts";

describe("parseEncodingName", () => {
  test("knows its own names in any case", () => {
    for (const name of encodingNames) expect(parseEncodingName(name.toUpperCase())).toBe(name);
  });

  test.each([
    ["1252", "windows-1252"], ["CP1252", "windows-1252"], ["latin1", "windows-1252"], ["850", "cp850"], ["ibm437", "cp437"], ["65001", "utf-8"],
    ["utf8", "utf-8"], ["UTF-16", "utf-16le"], ["unicode", "utf-16le"], ["Shift_JIS", "cp932"], ["936", "cp936"], ["gbk", "cp936"], ["1200", "utf-16le"],
  ])("%s is %s", (text, name) => expect(parseEncodingName(text)).toBe(name));

  test.each(["", "klingon", "cp9999", "__proto__", "constructor", "12"])("%j names nothing", (text) => expect(parseEncodingName(text)).toBeNull());
});
