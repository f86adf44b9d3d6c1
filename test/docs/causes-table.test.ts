import { describe, expect, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error The script is plain JavaScript.
import { causesTable } from "../../scripts/causes-table.mjs";
import { causes } from "../../src/causes/index.ts";
import { read, root } from "../support/source-files.ts";

const table = causesTable as (all: readonly { readonly id: string; readonly title: string }[], pageOf: (id: string) => string) => string;

describe("docs/causes.md", () => {
  test("is current (else: node scripts/causes-table.mjs, or this test with UPDATE=1)", () => {
    const current = table(causes, (id) => readFileSync(join(root, "src/causes", `${id}.md`), "utf8"));
    if (process.env["UPDATE"] === "1") writeFileSync(join(root, "docs/causes.md"), current);
    expect(read("docs/causes.md")).toBe(current);
  });

  test("has a row for every cause", () => {
    const rows = read("docs/causes.md").split("\n").filter((line) => line.startsWith("| ["));
    expect(rows.map((row) => /`([a-z0-9-]+)`/.exec(row)?.[1])).toEqual(causes.map(({ id }) => id));
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
  });

  test("is made of the page's own lines", () => {
    const page = "# T\n\n## In one line\n\n- Proved by: a | b\n  and c\n- Ruled out by: d\n- To collect: `e`\n\n## How it shows\n\n```text\n## Sources\n- x\n```\n\n## Sources\n\n- https://example.org/1\n- https://example.org/2\n";
    expect(table([{ id: "some-cause", title: "T" }], () => page)).toContain(
      "| [T](../src/causes/some-cause.md)<br>`some-cause` | a \\| b and c | d | `e` | [1](https://example.org/1) [2](https://example.org/2) |\n");
    expect(() => table([{ id: "x", title: "T" }], () => "# T\n")).toThrow("Proved by");
  });
});
