import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { renderHtml } from "../../src/render/html.ts";
import { compose } from "../../src/report/compose.ts";
import type { Block } from "../../src/report/document.ts";
import { phrase, words } from "../../src/report/document.ts";
import { pageBlocks } from "../../src/cli/page-blocks.ts";
import { findChromium, startChromium } from "../support/chromium.ts";
import { hostileReport, sampleReport } from "./sample-report.ts";

const chromium = findChromium();
// Said aloud, so that a run without the browser is not taken for one with it.
if (chromium === null) process.stderr.write("html-in-browser: no Chromium on this machine, the page is not tried in a browser (apt-get install chromium)\n");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One block of each kind, for those that no report holds. */
const everyBlock: readonly Block[] = [
  { kind: "heading", level: 1, text: words("Every kind") },
  { kind: "paragraph", text: words(...(["plain", "strong", "code", "place", "good", "bad", "doubt", "quiet"] as const).map((style) => phrase(style, `${style} `))) },
  { kind: "heading", level: 2, text: words("Lines and commands") },
  { kind: "sample", title: "a.log", lines: ["one", "two"] },
  { kind: "command", command: "certutil -store my", where: "on the server" },
  { kind: "table", head: ["a", "b"], rows: [[words("1"), words("2")]] },
  { kind: "list", items: [words("item")] },
];

const documents: readonly (readonly [string, readonly Block[]])[] = [
  ["a report", compose(sampleReport)],
  ["a hostile report", compose(hostileReport())],
  ["a cause's page", pageBlocks(readFileSync(new URL("../../src/causes/keyspec-mismatch.md", import.meta.url), "utf8"))],
  ["every kind of block", everyBlock],
];

const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ["desktop", { viewport: { width: 1280, height: 900 } }],
  ["phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
  ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
];

(chromium === null ? describe.skip : describe)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => { browser = await startChromium(chromium as string); }, 60_000);
  afterAll(async () => { await browser.close(); });

  /** Opens a document as a page under its own policy; `faults` collects what the page asks for, refuses or throws. */
  async function open(document: readonly Block[], options: BrowserContextOptions): Promise<{ readonly page: Page; readonly faults: readonly string[]; close(): Promise<void> }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") faults.push(message.text()); });
    page.on("pageerror", (error) => { faults.push(error.message); });
    page.on("request", (request) => { faults.push(`asks for ${request.url()}`); });
    await page.setContent(renderHtml(document, { title: "certwhy" }));
    return { page, faults, close: () => context.close() };
  }

  async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const results = await page.evaluate((options) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(options),
      { runOnly: { type: "tag", values: tags } } satisfies RunOptions);
    expect(results.passes.length).toBeGreaterThan(10);
    return results.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
  }

  test.each(looks.flatMap(([look, options]) => documents.map(([name, document]) => [look, name, options, document] as const)))("%s: %s meets WCAG AA and its own policy, and does not overflow", async (_look, _name, options, document) => {
    const { page, faults, close } = await open(document, options);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  test("with every fold open it meets WCAG AA as well", async () => {
    const { page, close } = await open(compose(sampleReport), {});
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await violations(page)).toEqual([]);
    await close();
  }, 60_000);

  test("at 320 pixels, which is 1280 at 400 %, nothing but tables scrolls sideways", async () => {
    const { page, close } = await open(compose(hostileReport()), { viewport: { width: 320, height: 600 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await close();
  }, 60_000);

  test("axe would have noticed grey on grey", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.setContent("<!doctype html><html><title>t</title><main><h1>a</h1><p style='color:#999;background:#aaa'>grey on grey</p></main>");
    expect((await violations(page)).map((one) => one.split(":")[0])).toEqual(["color-contrast", "html-has-lang"]);
    await context.close();
  }, 60_000);

  test("the matrix opens by keyboard, with scripts shut off", async () => {
    const { page, close } = await open(compose(sampleReport), { javaScriptEnabled: false });
    const cell = page.locator(".matrix details").filter({ hasText: "lacks digitalSignature" }).first();
    expect(await cell.locator("pre").isVisible()).toBe(false);
    await cell.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await cell.locator("pre").isVisible()).toBe(true);
    expect(await cell.locator("mark").textContent()).toBe("Key Encipherment, Data Encipherment (30)");
    expect(await page.locator("button").count()).toBe(0);
    await close();
  }, 60_000);

  test("a command is copied as it is, and a click on it selects it", async () => {
    const { page, faults, close } = await open(everyBlock, {});
    // The page is about:blank here, where the clipboard is not to be had: what is copied is looked at when it happens.
    await page.evaluate("globalThis.copied = null; document.addEventListener('copy', () => { globalThis.copied = getSelection().toString(); })");
    await page.getByRole("button", { name: "Copy" }).click();
    expect(await page.evaluate("globalThis.copied")).toBe("certutil -store my");
    expect(await page.locator(".command button").textContent()).toBe("Copied");
    await page.evaluate("getSelection().removeAllRanges()");
    await page.locator(".command pre").click();
    expect(await page.evaluate("getSelection().toString().trim()")).toBe("certutil -store my");
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  test("on paper every fold is open, and no button is left", async () => {
    const { page, close } = await open(compose(sampleReport), {});
    const height = "document.querySelector('.matrix').offsetHeight";
    const folded = await page.evaluate(height) as number;
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(height)).toBeGreaterThan(folded);
    expect(await page.locator(".command button:visible").count()).toBe(0);
    await close();
  }, 60_000);
});
