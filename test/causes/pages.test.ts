import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { analyze } from "../../src/analyze.ts";
import { causes } from "../../src/causes/index.ts";
import type { Report } from "../../src/report/report.ts";
import type { Input } from "../../src/text/intake.ts";
import { inputOf } from "../support/input-of.ts";

const FOLDER = new URL("../../src/causes/", import.meta.url);

const HEADINGS = [
  "In one line", "What you see", "Why it happens", "How it shows", "How to fix it", "When this cannot be told", "What would overturn it", "Sources",
];

/** Causes that explain and are no fault: their example yields a note. */
const NOTES = ["single-cert-silent-send", "issuer-list-empty", "keyspec-spelled-differently", "custom-ctl-only-adds", "clientauthcertfilter-registry"];

/** Causes that no input can make more than possible: nothing stronger may stand beside them. */
const NEVER_MORE_THAN_POSSIBLE = [
  "application-policies-mismatch", "client-auth-issuers-store-misconfigured", "client-library-defect", "dn-encoding-mismatch",
  "handshake-message-size-limit", "wrong-certificate-auto-selected", "listing-of-another-store", "selection-filter-unknown",
];

/** Causes that one moment cannot show: their example makes the report ask for more. */
const ONLY_ASKED_FOR = ["sslcert-binding-settings-lost"];

const LONGEST_LINE = 160;

interface Page {
  readonly title: string | null;
  /** In order of appearance, with the lines below each. */
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** Lines outside fenced blocks. */
  readonly prose: readonly string[];
}

function readPage(id: string): Page {
  const lines = readFileSync(new URL(`${id}.md`, FOLDER), "utf8").split("\n");
  const sections: { readonly heading: string; readonly lines: string[] }[] = [];
  const prose: string[] = [];
  let fenced = false;
  for (const line of lines) {
    const fence = line.startsWith("```");
    if (!fenced && !fence) prose.push(line);
    if (!fenced && line.startsWith("## ")) sections.push({ heading: line.slice(3), lines: [] });
    else sections.at(-1)?.lines.push(line);
    if (fence) fenced = !fenced;
  }
  expect([id, "a fence is left open", fenced]).toEqual([id, "a fence is left open", false]);
  const [first] = lines;
  return { title: first?.startsWith("# ") === true ? first.slice(2) : null, sections, prose };
}

function sectionOf(page: Page, heading: string): readonly string[] {
  return page.sections.find((section) => section.heading === heading)?.lines ?? [];
}

/** The fenced blocks of a section with the word behind their fence. */
function blocksOf(lines: readonly string[]): readonly { readonly language: string; readonly lines: readonly string[] }[] {
  const blocks: { readonly language: string; readonly lines: string[] }[] = [];
  let open = false;
  for (const line of lines) {
    if (!line.startsWith("```")) {
      if (open) blocks.at(-1)?.lines.push(line);
    } else {
      if (!open) blocks.push({ language: line.slice(3), lines: [] });
      open = !open;
    }
  }
  return blocks;
}

interface Example {
  readonly inputs: readonly Input[];
  readonly at: string | null;
}

/**
 * `--- file: NAME ---` begins an input, `--- at: MOMENT ---` gives the moment of the incident, `--- repeat: N times LINE ---` stands for
 * N lines in which `{n}` is the number of the line: a page does not print a list of hundreds of names.
 */
function exampleOf(page: Page): Example {
  const [block] = blocksOf(sectionOf(page, "How it shows"));
  const files: { readonly name: string; readonly lines: string[] }[] = [];
  let at: string | null = null;
  for (const line of block?.lines ?? []) {
    const [, mark, value] = /^--- (file|at): (\S+) ---$/.exec(line) ?? [];
    if (mark === "at" && value !== undefined) at = value;
    else if (mark === "file" && value !== undefined) files.push({ name: value, lines: [] });
    else {
      if (files.length === 0) files.push({ name: "mail.txt", lines: [] });
      files.at(-1)?.lines.push(...repeated(line));
    }
  }
  return { inputs: files.map((file) => inputOf(`${file.lines.join("\n")}\n`, [], file.name)), at };
}

function repeated(line: string): readonly string[] {
  const [, times, text] = /^--- repeat: ([0-9]+) times (.+) ---$/.exec(line) ?? [];
  if (text === undefined) return [line];
  return Array.from({ length: Number(times) }, (_, at) => text.replace("{n}", String(at + 1)));
}

/** What the example of a cause must give, in words. */
function expectationOf(id: string): string {
  return NOTES.includes(id) ? "its example yields the note, and no fault"
    : ONLY_ASKED_FOR.includes(id) ? "its example makes the report ask for what is missing, and yields no fault"
    : NEVER_MORE_THAN_POSSIBLE.includes(id) ? "its example yields the cause first, as possible"
    : "its example yields the cause first, proved or likely";
}

function analyzeExample({ inputs, at }: Example): Promise<Report> {
  return analyze(inputs, { encoding: null, newDigest: null, at, clock: "2026-06-01T00:00:00Z" });
}

test("every page belongs to a cause", () => {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -".md".length));
  expect([...pages].sort()).toEqual(causes.map((cause) => cause.id).sort());
});

describe.each(causes.map((cause) => ({ id: cause.id, cause })))("$id", ({ id, cause }) => {
  test("the page has the title of the cause and the fixed headings, none empty", () => {
    const page = readPage(id);
    expect(page.title).toBe(cause.title);
    expect(page.sections.map((section) => section.heading)).toEqual(HEADINGS);
    for (const { heading, lines } of page.sections) expect([heading, lines.join("").trim().length > 20]).toEqual([heading, true]);
  });

  test("the page lists every source of the cause, as whole addresses", () => {
    const listed = sectionOf(readPage(id), "Sources").filter((line) => line !== "");
    for (const line of listed) expect(line).toMatch(/^- https:\/\/\S+$/);
    expect(listed).toEqual(expect.arrayContaining(cause.sources.map((source) => `- ${source}`)));
  });

  test("the page says in one line what proves it, what rules it out and what to collect", () => {
    const items = sectionOf(readPage(id), "In one line").join("\n").trim().split(/\n(?=- )/).map((item) => item.replace(/\s+/g, " "));
    expect(items).toEqual([expect.stringMatching(/^- Proved by: \S.{15,}[^.]$/), expect.stringMatching(/^- Ruled out by: \S.{5,}[^.]$/), expect.stringMatching(/^- To collect: \S.{10,}[^.]$/)]);
    for (const item of items) expect(item.length).toBeLessThanOrEqual(220);
  });

  test("the lines are short enough for a terminal", () => {
    const prose = readPage(id).prose.filter((line) => !line.startsWith("- https://"));
    expect(prose.filter((line) => line.length > LONGEST_LINE)).toEqual([]);
  });

  test("the page shows one example, and commands to paste", () => {
    const page = readPage(id);
    expect(blocksOf(sectionOf(page, "How it shows")).map((block) => block.language)).toEqual(["text"]);
    const commands = page.sections.filter((section) => section.heading !== "How it shows").flatMap((section) => blocksOf(section.lines));
    expect(commands.length).toBeGreaterThan(0);
    for (const block of commands) expect(block.lines.join("").trim()).not.toBe("");
  });

  test(expectationOf(id), async () => {
    const report = await analyzeExample(exampleOf(readPage(id)));
    expect(report.failures).toEqual([]);
    const strong = report.findings.filter((finding) => finding.weight !== "possible").map((finding) => finding.cause);
    if (NOTES.includes(id)) {
      expect(report.notes.map((note) => note.cause)).toContain(id);
      expect(strong).toEqual([]);
    } else if (ONLY_ASKED_FOR.includes(id)) {
      expect(report.cannotTell.map((open) => open.cause)).toContain(id);
      expect(strong).toEqual([]);
    } else {
      expect(report.findings[0]?.cause).toBe(id);
      expect(strong[0]).toBe(NEVER_MORE_THAN_POSSIBLE.includes(id) ? undefined : id);
    }
  });

  test("every line of its example that a tool printed is understood", async () => {
    const report = await analyzeExample(exampleOf(readPage(id)));
    expect(report.notUnderstood.map((line) => `${line.file}:${line.line} ${line.quote}`)).toEqual([]);
  });
});
