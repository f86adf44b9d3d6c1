import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import { buildCommand, entry, runCommand } from "../support/built-command.ts";
import { encodeText } from "../support/encode-text.ts";
import { read } from "../support/source-files.ts";
import { storeListing } from "../support/store-listing.ts";

let folder = "";

beforeAll(() => {
  buildCommand();
  folder = mkdtempSync(join(tmpdir(), "certwhy-test-"));
  writeFileSync(join(folder, "store.txt"), storeListing);
  writeFileSync(join(folder, "wide.txt"), encodeText(`\uFEFF${storeListing.replaceAll("Example", "Müller")}`, "utf-16le"));
  mkdirSync(join(folder, "case"));
  writeFileSync(join(folder, "case", "b.txt"), storeListing);
  writeFileSync(join(folder, "case", ".hidden"), storeListing);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the built command", () => {
  test("is a script that the system can start, of the package's version", () => {
    expect(readFileSync(entry, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    expect((JSON.parse(read("package.json")) as { version: string }).version).toBe(version);
    expect(runCommand(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test("analyzes files, folders and standard input", () => {
    const file = runCommand(["store.txt", "--at", "2019-04-17"], { cwd: folder });
    expect([file.code, file.err]).toEqual([1, ""]);
    expect(file.out).toContain("store.txt:7:12");
    const walked = runCommand(["facts", "case", "--format", "json"], { cwd: folder });
    expect(JSON.parse(walked.out)).toMatchObject({ inputs: [{ file: "case/b.txt" }] });
    const piped = runCommand(["--at", "2012-05-05", "--format", "json"], { cwd: folder, input: storeListing });
    expect([piped.code, piped.err]).toEqual([0, ""]);
    expect(JSON.parse(piped.out)).toMatchObject({ inputs: [{ file: "<stdin>", bytes: storeListing.length }] });
  });

  test("reads UTF-16 as Windows PowerShell writes it, and prints it as UTF-8", () => {
    const { code, out } = runCommand(["facts", "wide.txt", "--format", "json"], { cwd: folder });
    expect(code).toBe(0);
    const { inputs, facts } = JSON.parse(out) as { inputs: unknown[]; facts: { kind: string; issuer: { printed: string }; place: unknown }[] };
    expect(inputs).toMatchObject([{ encoding: "utf-16le", encodingBecause: "byte-order mark", lines: 15 }]);
    expect(facts.find(({ kind }) => kind === "certificate")).toMatchObject({ issuer: { printed: "CN=Müller Issuing CA, O=Müller" }, place: { line: 3, column: 1 } });
  });

  test("writes a report beside the inputs", () => {
    const { code, out, err } = runCommand(["store.txt", "--at", "2019-04-17", "--output", "report.md"], { cwd: folder });
    expect([code, out, err]).toEqual([1, "", "certwhy: written to report.md\n"]);
    expect(readFileSync(join(folder, "report.md"), "utf8")).toContain("store.txt:7:12");
  });

  test("a missing file is one line and 3, a wrong option one line and 2", () => {
    expect(runCommand(["no-such-file.txt"])).toEqual({ code: 3, out: "", err: "certwhy: no-such-file.txt: no such file\n" });
    expect(runCommand(["--nonsense"])).toEqual({ code: 2, out: "", err: "certwhy: Unknown argument: nonsense\n" });
  });

  test("explains a cause from the page that is shipped", () => {
    const { code, out } = runCommand(["explain", "keyspec-mismatch"]);
    expect(code).toBe(0);
    expect(out).toContain("KeySpec");
  });

  test("a reader that goes away is no error", async () => {
    writeFileSync(join(folder, "long.txt"), storeListing.repeat(3000));
    const child = spawn(process.execPath, [entry, "facts", "long.txt", "--format", "ndjson"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.on("data", (data: Buffer) => { err += data.toString(); });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => { child.on("close", resolve); });
    expect(err).toBe("");
    expect(code).toBe(0);
  }, 60_000);

  test.each([[["--help"]], [["--version"]], [["schema", "facts"]], [["explain", "403.7"]], [["completion", "zsh"]]])("%j never waits for grammars", (words) => {
    const coverage = join(folder, `loaded-${words.join("-")}`);
    expect(runCommand(words, { environment: { NODE_V8_COVERAGE: coverage } }).code).toBe(0);
    const urls = readdirSync(coverage).flatMap((name) => (JSON.parse(readFileSync(join(coverage, name), "utf8")) as { result: { url: string }[] }).result.map(({ url }) => url));
    // The launcher names its pieces without their folder.
    const pieces = urls.filter((url) => url.startsWith("certwhy/")).map((url) => basename(url));
    expect(pieces).toContain("main.cjs");
    // Every parser calls it when it is built, and chevrotain defines it.
    expect(pieces.filter((name) => readFileSync(join(dirname(entry), name), "utf8").includes("performSelfAnalysis("))).toEqual([]);
  });
});
