import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCommand, entry, runCommand } from "../support/built-command.ts";
import { root } from "../support/source-files.ts";
import { storeListing } from "../support/store-listing.ts";

let folder = "";
const samples = ["ku-exchange-only", "two-faults", "german-console", "mail-with-all-three", "healthy-two-matches"];

beforeAll(() => {
  buildCommand();
  folder = mkdtempSync(join(tmpdir(), "certwhy-threads-"));
  for (const sample of samples) cpSync(join(root, "samples", sample), join(folder, "tickets", sample), { recursive: true });
  for (let number = 0; number < 20; number++) {
    mkdirSync(join(folder, "tickets", `small-${number}`));
    writeFileSync(join(folder, "tickets", `small-${number}`, "store.txt"), storeListing.replaceAll("Example", `Example ${number}`));
  }
  writeFileSync(join(folder, "tickets", "prose.txt"), "Nothing to see here.\n");
  // Says on which threads the command ran.
  writeFileSync(join(folder, "note-thread.cjs"), 'require("node:fs").appendFileSync(process.env.THREADS_LOG, `${require("node:worker_threads").threadId}\\n`);\n');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function each(jobs: number) {
  const log = join(folder, `threads-${jobs}`);
  const environment = { NODE_OPTIONS: `--require "${join(folder, "note-thread.cjs").replaceAll("\\", "/")}"`, THREADS_LOG: log };
  const { code, out, err } = runCommand(["--each", "tickets", "--at", "2019-04-17", "--quiet", "--jobs", String(jobs)], { cwd: folder, environment });
  return { code, out, err, threads: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").sort() : [] };
}

describe("threads of the built command", () => {
  test("the lines do not depend on how many there are", () => {
    const alone = each(1);
    expect([alone.code, alone.err, alone.threads]).toEqual([3, "", ["0"]]);
    const lines = alone.out.trim().split("\n").map((line) => JSON.parse(line) as { readonly ticket: string; readonly error: string | null });
    expect(lines).toHaveLength(samples.length + 21);
    expect(lines.filter(({ error }) => error !== null).map(({ ticket }) => ticket)).toEqual(["tickets/prose.txt"]);
    const several = each(3);
    expect([several.code, several.err, several.threads]).toEqual([3, "", ["0", "1", "2", "3"]]);
    expect(several.out === alone.out).toBe(true);
  }, 60_000);

  test("a reader that goes away ends them without a word", async () => {
    const child = spawn(process.execPath, [entry, "--each", "tickets", "--jobs", "2"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.on("data", (data: Buffer) => { err += data.toString(); });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => { child.on("close", resolve); });
    expect(err).not.toContain("fault");
    expect([0, 1, 3]).toContain(code);
  }, 60_000);

  test("a list is answered line by line, while it is still being written", async () => {
    const child = spawn(process.execPath, [entry, "--each", "-", "--jobs", "2", "--at", "2019-04-17"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    const answered: string[] = [];
    const tickets = ["tickets/small-7", "tickets/two-faults", "tickets/small-3"];
    let out = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      for (let end = out.indexOf("\n"); end >= 0; end = out.indexOf("\n")) {
        answered.push((JSON.parse(out.slice(0, end)) as { readonly ticket: string }).ticket);
        out = out.slice(end + 1);
        const next = tickets[answered.length];
        if (next === undefined) child.stdin.end();
        else child.stdin.write(`${next}\n`);
      }
    });
    child.stdin.write(`${tickets[0]}\n`);
    expect(await new Promise((resolve) => { child.on("close", resolve); })).toBe(1);
    expect(answered).toEqual(tickets);
  }, 60_000);
});
