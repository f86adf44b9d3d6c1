import { describe, expect, test } from "@jest/globals";
import { closest, editDistance } from "../../src/cli/closest.ts";

describe("editDistance", () => {
  test.each([["", "", 0], ["abc", "abc", 0], ["abc", "abd", 1], ["abc", "ab", 1], ["explian", "explain", 1], ["kitten", "sitting", 3]])("%j to %j", (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
  });
  test("stops counting at the limit", () => expect(editDistance("abcdef", "uvwxyz", 2)).toBe(3));
});

describe("closest", () => {
  const words = ["keyspec-mismatch", "no-private-key", "KeySpec", "403.7"];
  test.each([["KeySpc", "KeySpec"], ["keyspec-mismach", "keyspec-mismatch"], ["403.6", "403.7"], ["private", "no-private-key"], ["zebra", null], ["x", null]])("%s", (typed, near) => {
    expect(closest(typed, words)).toBe(near);
  });
});
