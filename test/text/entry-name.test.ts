import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { distinctName, entryName, isSystemFile } from "../../src/text/entry-name.ts";

test.each([
  ["a/b.log", "a/b.log"], ["../../etc/x", "etc/x"], ["/etc/x", "etc/x"], ["C:\\Temp\\..\\x.log", "Temp/x.log"], ["\\\\server\\share\\x", "server/share/x"], ["a//./b", "a/b"],
  ["\u001B[31mx\u0007", "_[31mx_"], ["x\u202Egol.exe", "x_gol.exe"], ["Prüfung für Gerät.log", "Prüfung für Gerät.log"], ["..", "unnamed"], ["", "unnamed"], ["a:b?.log", "a_b_.log"],
])("%j is shown as %s", (printed, shown) => expect(entryName(printed)).toBe(shown));

test("no name leads out of a folder or hides anything", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom("..", "/", "\\", ":", "\u0000", "\u001B", "\u2066", "a", " ", "\uD800") }), (printed) => {
    const name = entryName(printed);
    expect(name).toMatch(/^[^\p{Cc}\p{Cs}\p{Cf}\\:]{1,2000}$/u);
    for (const part of name.split("/")) expect(["", ".", ".."]).not.toContain(part);
  }));
});

test("equal names are numbered, whatever their case", () => {
  const used = new Set<string>();
  expect(["a.log", "A.log", "b/a.log", "a.log", "x", "x"].map((name) => distinctName(name, used))).toEqual(["a.log", "A (2).log", "b/a.log", "a (3).log", "x", "x (2)"]);
});

test.each([["__MACOSX/._a.log", true], ["a/.DS_Store", true], ["Thumbs.db", true], ["a/DS_Store.log", false], ["my__MACOSX/a", false]])("%s is the system's own: %s", (name, is) => {
  expect(isSystemFile(name)).toBe(is);
});
