import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { marked } from "marked";
import { chop, columnsOf, wrap } from "../../src/render/columns.ts";
import { copyScript, copyScriptDigest, renderHtml, styleSheet, styleSheetDigest } from "../../src/render/html.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { visible, visibleParts } from "../../src/render/visible.ts";
import { compose } from "../../src/report/compose.ts";
import { type Block, phrase, words } from "../../src/report/document.ts";
import { hostile, hostileReport, sampleReport } from "./sample-report.ts";

const plain = compose(sampleReport);
const evil = compose(hostileReport());

// Controls but the line end, and characters that reorder or hide text.
const UNSHOWN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/u;

function commandsOf(document: readonly Block[]): readonly string[] {
  return document.flatMap((block) => (block.kind === "steps" ? block.steps.flatMap((step) => (step.command === null ? [] : [visible(step.command)])) : []));
}

describe("visible", () => {
  test("controls become escapes, the rest stays", () => {
    expect(visible("a\u001B[0m\tb\r\n\u0085\u202E\uFEFF\uD800é字😀 \u00A0")).toBe("a\\x1b[0m\\tb\\r\\n\\x85\\u202e\\ufeff\\ud800é字😀 \u00A0");
  });

  test("the parts of a quoted line keep their order, whatever offsets are given", () => {
    expect(visibleParts("\tKey = 1", 7, 1)).toEqual({ before: "  Key = ", cited: "1", after: "" });
    expect(visibleParts("abc", -5, 99)).toEqual({ before: "", cited: "abc", after: "" });
    expect(visibleParts("abc", 7, 3)).toEqual({ before: "abc", cited: "", after: "" });
  });
});

describe("columns", () => {
  test("wide and combining characters", () => {
    expect([columnsOf("abc"), columnsOf("証明書"), columnsOf("e\u0301"), columnsOf("😀")]).toEqual([3, 6, 1, 2]);
    expect(chop("証明書", 4)).toEqual(["証明", "書"]);
  });

  test("no line is wider than the width, and no visible character is lost", () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("証明書証明書", " ", "  ", "x".repeat(90), "-")), { maxLength: 12 }), fc.integer({ min: 2, max: 60 }), (texts, width) => {
      const runs = texts.map((one) => ({ style: "s", text: visible(one) }));
      const lines = wrap(runs, width).map((line) => line.map((run) => run.text).join(""));
      for (const line of lines) expect(columnsOf(line.trimEnd())).toBeLessThanOrEqual(width);
      expect(lines.join("").replace(/[ \u00A0]/g, "")).toBe(runs.map((run) => run.text).join("").replace(/[ \u00A0]/g, ""));
    }));
  });
});

describe("terminal", () => {
  test.each([60, 80, 120, 200])("every line but commands fits %d columns, plain and hostile", (width) => {
    for (const document of [plain, evil]) {
      const commands = commandsOf(document);
      for (const line of renderTerminal(document, { width, color: false }).split("\n")) {
        if (commands.includes(line.trim())) continue;
        expect([line, columnsOf(line) <= width]).toEqual([line, true]);
      }
    }
  });

  test("widths outside 60 to 200 are taken as the nearer end", () => {
    expect(renderTerminal(plain, { width: 1, color: false })).toBe(renderTerminal(plain, { width: 60, color: false }));
    expect(renderTerminal(plain, { width: 5000, color: false })).toBe(renderTerminal(plain, { width: 200, color: false }));
    expect(renderTerminal(plain, { width: Number.NaN, color: false })).toBe(renderTerminal(plain, { width: 80, color: false }));
  });

  test("nothing of the input reaches the terminal as a control", () => {
    expect(renderTerminal(evil, { width: 80, color: false })).not.toMatch(UNSHOWN);
    expect(renderTerminal(evil, { width: 80, color: true }).replace(/\u001B\[[0-9;]{1,8}m/g, "")).not.toMatch(UNSHOWN);
    expect(renderTerminal(evil, { width: 80, color: true })).not.toContain("\u001B[31mred");
  });

  test("colour adds nothing but colour, and every colour is ended", () => {
    const colored = renderTerminal(plain, { width: 80, color: true });
    expect(colored).toContain("\u001B[1;31mBROKEN     \u001B[0m");
    expect(colored.replace(/\u001B\[[0-9;]{1,8}m/g, "").replace(/ {1,200}$/gm, "")).toBe(renderTerminal(plain, { width: 80, color: false }).replace(/ {1,200}$/gm, ""));
    expect(renderTerminal(plain, { width: 80, color: false })).not.toContain("\u001B");
    expect((colored.match(/\u001B\[0m/g) ?? []).length * 2).toBe((colored.match(/\u001B\[/g) ?? []).length);
  });

  test("carets stand under the cited part", () => {
    const lines = renderTerminal(plain, { width: 80, color: false }).split("\n");
    const at = lines.findIndex((line) => line.includes("Value : 00000080"));
    expect(lines[at]?.indexOf("00000080")).toBe(lines[at + 1]?.indexOf("^"));
    expect(lines[at + 1]?.trim()).toBe("^^^^^^^^");
  });

  test("a long quoted line is cut around the cited part; wide characters keep the carets in place", () => {
    const quote = `${"字".repeat(100)} CITED ${"y".repeat(500)}`;
    const document: readonly Block[] = [{ kind: "excerpt", title: "Evidence", excerpts: [{ place: "a:1:1", quote, from: 101, length: 5, shows: "it" }] }];
    const [, , line = "", carets = ""] = renderTerminal(document, { width: 60, color: false }).split("\n");
    expect(columnsOf(line.slice(0, line.indexOf("CITED")))).toBe(carets.indexOf("^"));
    expect(carets.trim()).toBe("^^^^^");
    expect(line.startsWith("      ...字") || line.startsWith("      ... ")).toBe(true);
    expect(line.endsWith("...")).toBe(true);
  });

  test("a cited part longer than a line is shown over several, with carets under each", () => {
    const name = `C=US, O=Example, ${"OU=Division, ".repeat(8)}CN=The end of the name`;
    const document: readonly Block[] = [{ kind: "excerpt", title: "Evidence", excerpts: [{ place: "a:1:1", quote: `Issuer: ${name} <`, from: 8, length: name.length, shows: "it" }] }];
    const lines = renderTerminal(document, { width: 60, color: false }).split("\n").slice(2, -1).map((line) => line.slice(6));
    expect(lines.filter((_, index) => index % 2 === 0).join("")).toBe(`Issuer: ${name} <`);
    expect(lines.filter((_, index) => index % 2 === 1).join("").replace(/ /g, "")).toBe("^".repeat(name.length));
    const endless: readonly Block[] = [{ kind: "excerpt", title: "Evidence", excerpts: [{ place: "a:1:1", quote: "x".repeat(9000), from: 0, length: 9000, shows: "it" }] }];
    expect(renderTerminal(endless, { width: 60, color: false }).split("\n")).toHaveLength(7);
  });

  test("commands stay on one line", () => {
    const command = `openssl s_client ${"-option value ".repeat(20)}`.trim();
    const output = renderTerminal([{ kind: "steps", steps: [{ text: words("Run it."), command, where: "on the client" }] }, { kind: "command", command, where: null }], { width: 60, color: false });
    expect(output.split("\n").filter((line) => line.trim() === command)).toHaveLength(2);
  });

  test("a table that does not fit becomes records", () => {
    const table: Block = { kind: "table", head: Array.from({ length: 9 }, (_, index) => `heading number ${index}`), rows: [Array.from({ length: 9 }, (_, index) => words(`value ${index}`))] };
    const output = renderTerminal([table], { width: 60, color: false });
    expect(output.split("\n")[0]).toBe("heading number 0: value 0");
    expect(output).toContain("  heading number 8: value 8");
  });

  test("long and wide words in tables are wrapped, never lost", () => {
    const thumbprint = "0123456789abcdef0123456789abcdef01234567";
    const table: Block = { kind: "table", head: ["a", "b"], rows: [[words(phrase("code", thumbprint.repeat(3))), words("証明書".repeat(30))]] };
    for (const color of [false, true]) {
      const output = renderTerminal([table], { width: 60, color }).replace(/\u001B\[[0-9;]{1,8}m/g, "");
      expect((output.match(/証|明|書/g) ?? []).length).toBe(90);
      expect((output.match(/[0-9]/g) ?? []).length).toBe(thumbprint.replace(/\D/g, "").length * 3);
    }
  });
});

describe("markdown", () => {
  const output = renderMarkdown(evil);
  /** What is left when fenced blocks and code spans are taken away. */
  const prose = output
    .replace(/^ {0,3}(`{3,})text\n[\s\S]*?\n {0,3}\1$/gm, "")
    .replace(/(?<![`\\])(`{1,9})(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");

  test("no mention, reference, link, tag or emphasis comes of what is quoted", () => {
    expect(prose).not.toMatch(/@admin|#12|!7|http:\/\//);
    expect(prose).not.toMatch(/(?<!\\)<(?!!-- -->)/);
    expect(prose).not.toMatch(/(?<!\\)\]\(/);
    expect(prose).not.toContain(" **b** ");
    expect(output).not.toMatch(UNSHOWN);
  });

  test("rendered as GitHub does, it holds only what the report is made of", () => {
    const page = marked.parse(output, { gfm: true, async: false }) as string;
    const tags = new Set([...page.replace(/<!-- -->/g, "").matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map(([, tag]) => tag?.toLowerCase()));
    expect([...tags].sort()).toEqual(["code", "h1", "h2", "h3", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]);
    expect(page.match(/<h[1-6]/g)).toHaveLength(evil.filter((block) => block.kind === "heading").length);
    // What stands outside of code and is not cut by a comment could become a mention or a reference.
    expect(page.replace(/<(pre|code)[\s>][\s\S]*?<\/\1>/g, "").replaceAll("&#39;", "'")).not.toMatch(/[@#!]\w/);
    expect(marked.parse("see http://a.example, mail b@c.example\n# d", { gfm: true, async: false })).toContain("<a href=");
  });

  test("headings are only those of the report", () => {
    expect(output.match(/^#{1,6} /gm)).toHaveLength(evil.filter((block) => block.kind === "heading").length);
    const document: readonly Block[] = [{ kind: "paragraph", text: words("# no heading") }, { kind: "paragraph", text: words("1. no list") }, { kind: "paragraph", text: words("- no list") }, { kind: "paragraph", text: words("=====") }];
    expect(renderMarkdown(document)).toBe("\\# no heading\n\n1\\. no list\n\n\\- no list\n\n\\=====\n");
  });

  test("fences are longer than what they hold", () => {
    const quote = "a ```` b";
    const document: readonly Block[] = [{ kind: "excerpt", title: "E", excerpts: [{ place: "f`:1:1", quote, from: 0, length: 1, shows: "s" }] }, { kind: "paragraph", text: words(phrase("code", "`x``")) }];
    expect(renderMarkdown(document)).toBe("**E**\n\n``f`:1:1`` s\n\n`````text\na ```` b\n^\n`````\n\n``` `x`` ```\n");
  });

  test("tables keep their columns, whatever the cells hold", () => {
    for (const line of renderMarkdown(evil).split("\n").filter((one) => one.startsWith("| "))) {
      const unescaped = line.replace(/\\\|/g, "");
      const columns = unescaped.split("|").length - 2;
      expect([3, 6]).toContain(columns);
    }
  });

  test("the plain report reads as it should", () => {
    const plainText = renderMarkdown(plain);
    expect(plainText).toContain("| **selected** | **BROKEN** | No certificate meets every criterion. (`strace.log:214:68`) |");
    expect(plainText).toContain("10:15:00:470 4312.1a4c Value : 00000080\n                               ^^^^^^^^\n");
    expect(plainText).toContain("2. **on the client:** Check the new certificate.\n\n   ```text\n   certutil -v -user -store my\n   ```");
  });
});

describe("html", () => {
  const output = renderHtml(evil, { title: `report ${hostile}` });

  test("tags are only those of the report, and attributes none of the input", () => {
    const tags = new Set([...output.matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map((match) => match[1]?.toLowerCase()));
    const known = ["!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "strong", "span", "code", "pre", "mark", "ol", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "svg", "circle", "path", "script"];
    expect([...tags].filter((tag) => !known.includes(tag ?? ""))).toEqual([]);
    expect(output.split("<script>")).toHaveLength(2);
    expect(output).toContain(`<script>${copyScript}</script>`);
    expect(output).not.toMatch(/ on[a-z]{1,20}=/);
    expect(output.replace(/<style>[\s\S]*?<\/style>/, "").replace(copyScript, "")).not.toMatch(/(?:src|href|url)\s{0,3}[=(]/);
    expect(output.replace(/\n/g, "")).not.toMatch(UNSHOWN);
  });

  test("the policy allows the one style sheet, the one script and nothing else", () => {
    expect(styleSheetDigest).toBe(createHash("sha256").update(styleSheet).digest("base64"));
    expect(copyScriptDigest).toBe(createHash("sha256").update(copyScript).digest("base64"));
    expect(output).toContain(`content="default-src 'none'; style-src 'sha256-${styleSheetDigest}'; script-src 'sha256-${copyScriptDigest}'; base-uri 'none'; form-action 'none'"`);
    expect(output).toContain(`<style>${styleSheet}</style>`);
  });

  test("every opened element is closed", () => {
    const open: string[] = [];
    for (const match of output.replace(copyScript, "").matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      const [whole, slash, name = ""] = match;
      if (name === "meta" || whole.endsWith("/>")) continue;
      if (slash === "") open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test("the cited part is marked", () => {
    expect(renderHtml(plain, { title: "t" })).toContain("<pre>10:15:00:470 4312.1a4c Value : <mark>00000080</mark></pre>");
    expect(renderHtml(plain, { title: "t" })).toContain("<div class=\"command\"><pre>certutil -v -user -store my</pre></div>");
  });
});

describe("json", () => {
  test("the data comes back as it was, and nothing in the text is invisible", () => {
    const report = hostileReport();
    const output = renderJson(report);
    expect(JSON.parse(output)).toEqual(report);
    expect(output).not.toMatch(UNSHOWN);
    expect(output.endsWith("}\n")).toBe(true);
    expect(renderJson({ a: "\u202E\u0085" })).toBe("{\n  \"a\": \"\\u202e\\u0085\"\n}\n");
  });
});
