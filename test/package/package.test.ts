import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "../support/source-files.ts";

const work = mkdtempSync(join(tmpdir(), "certwhy-package-"));
const tarball = join(work, "certwhy.tgz");
/** The unpacked package, in a project that depends on it. */
const installed = join(work, "node_modules", "certwhy");

// A shell on Windows, where npm is a script; every word is ours.
function npm(...words: readonly string[]): string {
  return execFileSync("npm", words, { cwd: root, encoding: "utf8", shell: process.platform === "win32", stdio: ["ignore", "pipe", "ignore"] });
}

let files: readonly string[] = [];

beforeAll(() => {
  const [packed] = JSON.parse(npm("pack", "--json", "--ignore-scripts", "--pack-destination", work)) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  files = packed?.files.map(({ path }) => path) ?? [];
  mkdirSync(installed, { recursive: true });
  cpSync(join(work, packed?.filename ?? ""), tarball);
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  // Its dependencies, as npm would lay them beside it, and no others.
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly dependencies: Readonly<Record<string, string>> };
  for (const name of closure(Object.keys(dependencies))) {
    const place = join(work, "node_modules", name);
    mkdirSync(join(place, ".."), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place, "junction");
  }
  writeFileSync(join(work, "package.json"), "{ \"type\": \"module\" }\n");
}, 60_000);

afterAll(() => { rmSync(work, { recursive: true, force: true }); });

/** Packages and all they depend on, where they are laid at the top. */
function closure(names: readonly string[], seen = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const manifest = join(root, "node_modules", name, "package.json");
    if (seen.has(name) || !existsSync(manifest)) continue;
    seen.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies?: object; optionalDependencies?: object };
    closure([...Object.keys(dependencies), ...Object.keys(optionalDependencies)], seen);
  }
  return seen;
}

describe("npm pack", () => {
  test("holds only what a user needs", () => {
    const kinds = [/^(README|CHANGELOG)\.md$/, /^LICENSE$/, /^package\.json$/, /^dist\/bin\/[\w.-]+\.(cjs|cjs\.v8|mjs)$/, /^dist\/explain\/[\w-]+\.md$/, /^dist\/(src|grammars)\/[\w/-]+\.(js|d\.ts)$/];
    expect(files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
    expect(files.filter((file) => /(^|\/)(test|samples|scripts|docs|bench|cli)\//.test(file))).toEqual([]);
    for (const needed of ["README.md", "LICENSE", "dist/bin/certwhy.cjs", "dist/src/index.js", "dist/src/index.d.ts", "dist/explain/keyspec-mismatch.md"]) expect(files).toContain(needed);
  });

  test("names no place of the machine it was built on", () => {
    const telling = [root, "node_modules/.cache"];
    for (const file of files) {
      const text = readFileSync(join(installed, file), "latin1");
      expect([file, telling.filter((place) => text.includes(place))]).toEqual([file, []]);
    }
  });

  test("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("are the types wrong? No", () => {
    const run = spawnSync(process.execPath, [join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js"), tarball, "--profile", "esm-only", "--format", "json"], { encoding: "utf8" });
    const { analysis } = JSON.parse(run.stdout) as { readonly analysis: { readonly problems: readonly { readonly resolutionKind?: string }[] } };
    // A package for ES modules only: how CommonJS and Node 10 would resolve it is not asked.
    expect(analysis.problems.filter(({ resolutionKind }) => resolutionKind !== "node10" && resolutionKind !== "node16-cjs")).toEqual([]);
    expect(run.status).toBe(0);
  }, 60_000);
});

describe("the installed package", () => {
  const transcript = "CONNECTED(00000003)\n---\nNo client certificate CA names sent\n---\nDONE\n";

  test("analyzes by import, with no side effect and nothing but its own dependencies", () => {
    writeFileSync(join(work, "use.mjs"), `
      const before = Object.keys(globalThis).length;
      const { analyze, version } = await import("certwhy");
      if (Object.keys(globalThis).length !== before) throw new Error("a global was set");
      async function* pieces() { for (const byte of new TextEncoder().encode(${JSON.stringify(transcript)})) yield Uint8Array.of(byte); }
      const report = await analyze([{ name: "mine.txt", bytes: pieces() }], { at: null, clock: "2026-03-02T08:00:00Z", encoding: null, newDigest: null });
      console.log(JSON.stringify([version, report.inputs[0].formats, report.findings.length]));
    `);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
    expect(JSON.parse(execFileSync(process.execPath, ["use.mjs"], { cwd: work, encoding: "utf8" }))).toEqual([version, ["s_client"], 0]);
  }, 60_000);

  test("type-checks for a user, strictly", () => {
    writeFileSync(join(work, "use.ts"), `import { analyze, type Report } from "certwhy";
export async function verdict(bytes: AsyncIterable<Uint8Array>): Promise<Report["verdict"]> {
  return (await analyze([{ name: "a", bytes }], { at: null, clock: new Date().toISOString(), encoding: "utf-8", newDigest: null })).verdict;
}
// @ts-expect-error an encoding nobody knows
void analyze([], { at: null, clock: "", encoding: "utf-7", newDigest: null });
`);
    const tsc = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "use.ts"], { cwd: work, encoding: "utf8" });
    expect([tsc.stdout, tsc.status]).toEqual(["", 0]);
  }, 60_000);

  test("the command runs from a place that cannot be written to", () => {
    const command = join(installed, "dist", "bin", "certwhy.cjs");
    const before = readdirSync(join(installed, "dist", "bin")).length;
    const run = spawnSync(process.execPath, [command, "--format", "json"], { input: transcript, encoding: "utf8", cwd: work });
    expect([run.stderr, run.status]).toEqual(["", 0]);
    expect((JSON.parse(run.stdout) as { readonly schema: string }).schema).toBe("certwhy/report/1");
    expect(readdirSync(join(installed, "dist", "bin"))).toHaveLength(before);
  }, 60_000);

  test("analyzes tickets in threads", () => {
    const command = join(installed, "dist", "bin", "certwhy.cjs");
    for (const ticket of ["a", "b", "c"]) {
      mkdirSync(join(work, "tickets", ticket), { recursive: true });
      writeFileSync(join(work, "tickets", ticket, "s_client.txt"), transcript);
    }
    const run = spawnSync(process.execPath, [command, "--each", "tickets", "--jobs", "2"], { encoding: "utf8", cwd: work });
    expect([run.stderr, run.status]).toEqual(["", 0]);
    const lines = run.stdout.trim().split("\n").map((line) => JSON.parse(line) as { readonly ticket: string; readonly exitCode: number; readonly error: string | null });
    expect(lines.map(({ ticket, exitCode, error }) => [ticket, exitCode, error])).toEqual([["tickets/a", 0, null], ["tickets/b", 0, null], ["tickets/c", 0, null]]);
  }, 60_000);
});
