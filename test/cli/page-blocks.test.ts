import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pageBlocks } from "../../src/cli/page-blocks.ts";
import { phrase, words } from "../../src/report/document.ts";

describe("pageBlocks", () => {
  test("reads headings, paragraphs, lists, steps, code and tables", () => {
    const page = [
      "# Title `x`", "", "One line", "and **another**.", "## What you see", "- first", "  goes on", "- second", "", "1. do this", "2. do that", "",
      "```console", "certutil -store my", "  indented", "```", "| a | b |", "|---|:-:|", "| 1 | `2\\|3` |", "", "See [the docs](https://example.org/x) or <https://example.org/y>.",
    ].join("\r\n");
    expect(pageBlocks(page)).toEqual([
      { kind: "heading", level: 1, text: words("Title ", phrase("code", "x")) },
      { kind: "paragraph", text: words("One line and ", phrase("strong", "another"), ".") },
      { kind: "heading", level: 2, text: words("What you see") },
      { kind: "list", items: [words("first goes on"), words("second")] },
      { kind: "steps", steps: [{ text: words("do this"), command: null, where: null }, { text: words("do that"), command: null, where: null }] },
      { kind: "command", command: "certutil -store my", where: null },
      { kind: "command", command: "  indented", where: null },
      { kind: "table", head: ["a", "b"], rows: [[words("1"), words(phrase("code", "2|3"))]] },
      { kind: "paragraph", text: words("See ", "the docs (https://example.org/x)", " or ", "https://example.org/y", ".") },
    ]);
  });

  test("a fence that never ends takes the rest", () => {
    expect(pageBlocks("```\na\nb")).toEqual([{ kind: "command", command: "a", where: null }, { kind: "command", command: "b", where: null }]);
  });

  test("ends on any text and loses no word of plain prose", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("# a", "- b", "c d", "", "```", "|x|", "  e", "1. f", "**", "`", "[z](q)")), (lines) => {
      expect(JSON.stringify(pageBlocks(lines.join("\n")))).toContain(lines.includes("c d") && !lines.includes("```") ? "c d" : "");
    }));
  });
});
