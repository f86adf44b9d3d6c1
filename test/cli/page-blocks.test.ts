import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { causes } from "../../src/causes/index.ts";
import { pageBlocks } from "../../src/cli/page-blocks.ts";
import { renderHtml } from "../../src/render/html.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { phrase, words } from "../../src/report/document.ts";
import { read } from "../support/source-files.ts";

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

describe("examples of evidence", () => {
  test("are samples, file by file, and no commands", () => {
    const page = ["```text", "--- at: 2026-05-06T07:08:09Z ---", "--- file: strace.log ---", "", "dwFlags : 00000088", "", "    KeySpec = 1", "", "--- file: list.txt ---",
      "--- repeat: 400 times CN=CA {n} ---", "```", "", "```bat", "certutil -v -user -store my", "", "```"].join("\n");
    expect(pageBlocks(page)).toEqual([
      { kind: "paragraph", text: words(phrase("quiet", "It happened at 2026-05-06T07:08:09Z.")) },
      { kind: "sample", title: "strace.log", lines: ["dwFlags : 00000088", "", "    KeySpec = 1"] },
      { kind: "sample", title: "list.txt", lines: ["CN=CA 1", "... (400 lines like these)", "CN=CA 400"] },
      { kind: "command", command: "certutil -v -user -store my", where: null },
    ]);
  });

  test.each(causes.map(({ id }) => id))("the page of %s shows its example as evidence, and only commands as commands", (id) => {
    const page = read(`src/causes/${id}.md`);
    const blocks = pageBlocks(page);
    const samples = blocks.flatMap((block) => (block.kind === "sample" ? [...block.lines] : []));
    expect(samples.length).toBeGreaterThan(0);
    const commands = blocks.flatMap((block) => (block.kind === "command" ? [block.command] : []));
    const [, ...fences] = page.split(/^```/m);
    const typed = fences.filter((_, index) => index % 2 === 0).filter((fence) => !fence.startsWith("text")).flatMap((fence) => fence.split("\n").slice(1)).filter((line) => line.trim() !== "");
    expect(commands).toEqual(typed);
  });

  test("show every line, in text, Markdown and HTML, and fit the width", () => {
    const blocks = pageBlocks("```text\n--- file: a.txt ---\nSubject: <b>CN=x</b> ``` |\n\n\tKeySpec = 1 " + "x".repeat(90) + "\n```\n");
    const text = renderTerminal(blocks, { width: 60, color: false });
    expect(text).toMatch(/^a\.txt\n {2}\| Subject: <b>CN=x<\/b> ``` \|\n {2}\|\n {2}\| /);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    expect(text.replace(/[\s|]/g, "")).toContain(`KeySpec=1${"x".repeat(90)}`);
    expect(renderMarkdown(blocks)).toContain("`a.txt`\n\n````text\nSubject: <b>CN=x</b> ``` |\n\n");
    expect(renderHtml(blocks, { title: "t" })).toContain("<p class=\"place\">a.txt</p>\n<pre>Subject: &lt;b&gt;CN=x&lt;/b&gt; ``` |\n\n");
  });
});
