import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildCommand, entry, runCommand } from "../support/built-command.ts";
import { read } from "../support/source-files.ts";
import { storeListing } from "../support/store-listing.ts";

const page = read("docs/scale.md");
/** The commands for a shell that the page shows, as they stand there. */
const recipes = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, recipe]) => recipe as string);

/** GNU parallel; another program of the same name, as in moreutils, is none. On CI its absence is an error. */
function findParallel(): boolean {
  const found = (spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout ?? "").startsWith("GNU parallel");
  if (!found && (process.env["CERTWHY_NEEDS_PARALLEL"] ?? "") !== "") throw new Error("CERTWHY_NEEDS_PARALLEL is set, but there is no GNU parallel");
  if (!found) console.warn("skipped: the recipes of docs/scale.md need GNU parallel");
  return found;
}

const work = mkdtempSync(join(tmpdir(), "certwhy-scale-"));
const tickets = 130;

/** A program for the recipes, in a folder that is searched first. */
function program(name: string, script: string): void {
  const path = join(work, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

beforeAll(() => {
  buildCommand();
  mkdirSync(join(work, "bin"));
  program("certwhy", `exec "${process.execPath}" "${entry}" "$@"`);
  // What GNU parallel says to ssh: options, a host, and a command line for the shell over there, which sshd names in SHELL.
  program("ssh", 'while [ "${1#-}" != "$1" ]; do shift; done\necho "$1" >> "$SSH_LOG"\nshift\n[ "$1" = -- ] && shift\nSHELL=/bin/sh exec /bin/sh -c "$*"');
  for (let number = 0; number < tickets; number++) {
    const folder = join(work, "tickets", `case ${number}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "store.txt"), storeListing);
    // Each has its own moment, so that no line depends on when it is made.
    const date = new Date(Date.UTC(2019, 3, 17, 15, number)).toUTCString();
    writeFileSync(join(folder, "s_client.txt"), `CONNECTED(00000003)\n---\nNo client certificate CA names sent\n---\nHTTP/1.1 403 Forbidden\nDate: ${date}\n\nDONE\n`);
    if (number % 70 === 3) writeFileSync(join(work, "tickets", `note ${number}.txt`), "Nothing to see here.\n");
  }
  mkdirSync(join(work, "tickets", ".hidden"));
}, 120_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

test("the page has a recipe for one machine and one over ssh", () => {
  expect(recipes.map((recipe) => /--sshlogin/.test(recipe))).toEqual([false, true]);
});

(findParallel() ? describe : describe.skip)("GNU parallel", () => {
  const hosts = join(work, "hosts");
  let alone = "";
  beforeAll(() => {
    writeFileSync(hosts, "");
    const one = runCommand(["--each", "tickets", "--jobs", "1", "--quiet", "--fail-on", "never"], { cwd: work });
    alone = one.out;
    // Notes hold nothing recognizable.
    expect([one.code, one.err, alone.split("\n").length - 1]).toEqual([3, "", tickets + 2]);
  }, 60_000);

  test.each(recipes)("prints the lines of one process: %j", (recipe) => {
    const environment = { ...process.env, PATH: `${join(work, "bin")}${delimiter}${process.env["PATH"] ?? ""}`, HOME: work, SSH_LOG: hosts };
    const { status, stderr } = spawnSync("sh", ["-c", recipe], { cwd: work, encoding: "utf8", env: environment });
    const printed = readFileSync(join(work, "reports.ndjson"), "utf8");
    const [theirs, ours] = [linesOf(printed), linesOf(alone)];
    expect(theirs.filter((line, index) => line !== ours[index]).map((line) => line.slice(0, 80))).toEqual([]);
    // The notes are the last of the list: one process of two had them.
    expect([theirs.length, status, stderr]).toEqual([ours.length, 1, ""]);
    expect(readFileSync(hosts, "utf8").includes("a.example")).toBe(recipe.includes("--sshlogin"));
  }, 60_000);
});

/** The lines of tickets; a note has no date, so that it is judged at the moment of its run. */
function linesOf(printed: string): readonly string[] {
  return printed.trim().split("\n").map((line) => (line.includes('"error":null') ? line : line.replace(/"at":"[^"]*"/, '"at":"then"')));
}
