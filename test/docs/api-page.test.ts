import { execFileSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { read, root } from "../support/source-files.ts";

describe("docs/api.md", () => {
  // In a process of its own: the extractor brings its own TypeScript, which is no business of jest's module registry.
  test("is current (else: node scripts/api-page.mjs), every export has a comment, and every type it names is exported", () => {
    const page = execFileSync(process.execPath, ["--input-type=module", "-e", "import { apiPage } from './scripts/api-page.mjs'; process.stdout.write(apiPage());"], { cwd: root, encoding: "utf8" });
    expect(read("docs/api.md")).toBe(page);
  }, 60_000);

  test("has an entry for every export of the library", () => {
    const exported = [...read("src/index.ts").replace(/^\/\*\*.*$/m, "").matchAll(/\{([^}]+)\} from/g)].flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()).filter((name) => name !== ""));
    const entries = [...read("docs/api.md").matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect([...entries].sort()).toEqual([...exported].sort());
  });
});
