import type { Block, Excerpt, Phrase, TableBlock, Words } from "../report/document.ts";
import { tableOf } from "./table-of.ts";
import { visible, visibleParts } from "./visible.ts";

const STATES = { ok: "ok", broken: "**BROKEN**", unknown: "unknown", "not-reached": "not reached" } as const;

// Punctuation that Markdown, or a tracker that renders it, may take for markup.
const MARKUP = /[\\`*_{}[\]<>|~$^]/g;

/** Text that shows as itself: no markup, link, mention or reference comes of it. */
function escapeText(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(MARKUP, "\\$&")
    // A comment between the characters keeps trackers from making a mention, a reference or a link; it does not show.
    .replace(/([@#!])(?=[\p{L}\p{N}_-])/gu, "$1<!-- -->")
    .replace(/:\/\//g, ":<!-- -->//")
    .replace(/\b(www)\./gi, "$1<!-- -->.")
    .replace(/\b(GH)-(?=\d)/gi, "$1<!-- -->-")
    // At the start of a line these would begin a heading, a list, a quotation or a rule.
    .replace(/^(\s{0,20})([-+#=])/, "$1\\$2")
    .replace(/^(\s{0,20}\d{1,9})([.)])/, "$1\\$2");
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** A code span whose fence is longer than any run of backticks inside. */
function codeSpan(text: string): string {
  const shown = visible(text);
  if (shown.trim() === "") return "` `";
  const fence = "`".repeat(longestRun(shown, "`") + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A fenced block whose fence is longer than any run of backticks inside; `indent` places it in a list. */
function fenced(lines: readonly string[], indent = ""): string {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line, "`") + 1)));
  return [`${fence}text`, ...lines, fence].map((line) => `${indent}${line}`).join("\n");
}

function inline(one: Phrase): string {
  if (one.text === "") return "";
  // Emphasis may not touch blanks inside.
  const [, before = "", middle = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(one.text) ?? [];
  switch (one.style) {
    case "plain":
    case "quiet":
    case "doubt":
    case "good":
      return escapeText(one.text);
    case "strong":
    case "bad":
      return middle === "" ? one.text : `${before}**${escapeText(middle)}**${after}`;
    case "code":
    case "place":
      return codeSpan(one.text);
  }
}

function inlines(text: Words): string {
  return text.map(inline).join("");
}

function cell(text: Words): string {
  // A table takes every pipe for a border, in code spans too.
  return text.map((one) => (one.style === "code" || one.style === "place" ? inline(one).replace(/\|/g, "\\|") : inline(one))).join("");
}

function tableRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function renderTable(table: TableBlock): string {
  return tableRows(table.head.map(escapeText), table.rows.map((row) => row.map(cell)));
}

function renderExcerpt(one: Excerpt): string {
  const { before, cited, after } = visibleParts(one.quote, one.from, one.length);
  const left = before.trimStart();
  const quote = `${left}${cited}${after}`.trimEnd();
  // Carets align only where every character is one column wide.
  const aligned = /^[ -~\u00A0-\u02FF]*$/.test(`${left}${cited}`);
  const carets = aligned && cited !== "" && cited !== quote ? [`${" ".repeat(left.length)}${"^".repeat(cited.length)}`] : [];
  return `${codeSpan(one.place)} ${escapeText(` ${one.shows}`).trim()}\n\n${fenced([quote, ...carets])}`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${inlines(block.text)}`;
    case "paragraph":
      return inlines(block.text);
    case "list":
      return block.items.map((item) => `- ${inlines(item)}`).join("\n");
    case "steps":
      return block.steps.map((step, index) => {
        const number = `${index + 1}. `;
        const where = step.where === null ? "" : `**${escapeText(step.where)}:** `;
        return `${number}${where}${inlines(step.text)}${step.command === null ? "" : `\n\n${fenced([visible(step.command)], " ".repeat(number.length))}`}`;
      }).join("\n");
    case "table":
      return renderTable(block);
    case "matrix":
      return renderTable(tableOf(block));
    case "excerpt":
      return [`**${escapeText(block.title)}**`, ...block.excerpts.map(renderExcerpt)].join("\n\n");
    case "sample":
      return `${block.title === null ? "" : `${codeSpan(block.title)}\n\n`}${fenced(block.lines.map(visible))}`;
    case "command":
      return `${block.where === null ? "" : `**${escapeText(block.where)}:**\n\n`}${fenced([visible(block.command)])}`;
    case "path":
      return tableRows(["station", "state", ""], block.stations.map((station) => [`**${escapeText(station.name)}**`, STATES[station.state], cell(station.says)]));
  }
}

/** A document as Markdown (CommonMark with the tables of GitHub). Everything quoted stays what it is: no heading, link or mention comes of it. */
export function renderMarkdown(document: readonly Block[]): string {
  return `${document.map(renderBlock).join("\n\n")}\n`;
}
