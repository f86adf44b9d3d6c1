import { expect, test } from "@jest/globals";
import { hasWildcard, wildcard } from "../../src/cli/wildcard.ts";

test.each([
  ["*.log", "strace.log", true], ["*.log", "strace.txt", false], ["*.LOG", "strace.log", true], ["?.txt", "a.txt", true], ["?.txt", "ab.txt", false],
  ["*", "anything", true], ["a*b*c", "aXbYbc", true], ["a*b*c", "aXbYb", false], ["", "", true], ["**", "", true], ["a[1].txt", "a[1].txt", true],
])("%s and %s: %s", (pattern, name, matches) => expect(wildcard(pattern)(name)).toBe(matches));

test("many stars take no time", () => expect(wildcard(`${"a*".repeat(30)}b`)("a".repeat(5000))).toBe(false));

test("hasWildcard", () => {
  expect(hasWildcard("logs/*.txt")).toBe(true);
  expect(hasWildcard("logs/a?.txt")).toBe(true);
  expect(hasWildcard("logs/a[1].txt")).toBe(false);
});
