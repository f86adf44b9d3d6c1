import { describe, expect, test } from "@jest/globals";
import { spawn, spawnSync } from "node:child_process";
import { pasted } from "../../src/cli/paste.ts";
import { run } from "../../src/cli/run.ts";
import { buildCommand, entry } from "../support/built-command.ts";
import { memoryIo, type MemoryWorld } from "../support/memory-io.ts";
import { storeListing } from "../support/store-listing.ts";

const hint = "certwhy: paste the text here; then, on an empty line, press Ctrl+D. (certwhy --help shows how to name files.)\n";

async function certwhy(words: readonly string[], world: MemoryWorld = {}) {
  const io = memoryIo({ stdin: storeListing, stdinIsTerminal: true, ...world });
  return { code: await run([...words, "--at", "2019-04-17"], io), out: io.printed(), err: io.complained() };
}

describe("a paste at a terminal", () => {
  test.each([[[]], [["-"]]])("%j says how to end it, and reads it", async (words) => {
    const { code, out, err } = await certwhy(words);
    expect([code, err]).toEqual([1, hint]);
    expect(out).toContain("<stdin>:7:12");
  });
  test("is also one side of a comparison", async () => {
    expect((await certwhy(["diff", "store.txt", "-"], { files: { "store.txt": storeListing } })).err).toBe(hint);
  });
  test("is not asked for when something is piped in", async () => expect((await certwhy([], { stdinIsTerminal: false })).err).toBe(""));
  test("on Windows ends with Ctrl+Z", async () => {
    expect((await certwhy([], { isWindows: true })).err).toContain("press Ctrl+Z and Enter");
  });
});

describe("Ctrl+Z on Windows", () => {
  const read = async (chunks: readonly string[], isWindows = true): Promise<string> => {
    const io = memoryIo({ isWindows });
    async function* typed(): AsyncGenerator<Uint8Array> {
      for (const chunk of chunks) yield new TextEncoder().encode(chunk);
    }
    let text = "";
    for await (const chunk of pasted({ ...io, stdin: { isTerminal: true, bytes: typed() } })) text += new TextDecoder().decode(chunk);
    return text;
  };
  test.each<[readonly string[], string]>([
    [["a\r\n", "b\r\n", "\x1a\r\n", "c\r\n"], "a\r\nb\r\n"],
    [["a\r\nb\r\n\x1a\r\n"], "a\r\nb\r\n"],
    [["\x1a\r\n"], ""],
    [["a\x1a b\r\n", "\x1a"], "a\x1a b\r\n"],
    [["a", "\x1a\r\n", "b"], "a\x1a\r\nb"],
  ])("ends %j at the beginning of a line only", async (chunks, expected) => expect(await read(chunks)).toBe(expected));
  test("means nothing elsewhere", async () => expect(await read(["a\n", "\x1a\n"], false)).toBe("a\n\x1a\n"));
});

const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
if (!hasScript) console.warn("skipped: a paste at a pseudo terminal needs script of util-linux");

(hasScript ? test : test.skip)("the built command reads a paste at a pseudo terminal up to Ctrl+D", async () => {
  buildCommand();
  const child = spawn("script", ["-qec", `"${process.execPath}" "${entry}" --at 2019-04-17 --color never`, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let shown = "";
  let isPasted = false;
  child.stdout.on("data", (data: Buffer) => {
    shown += data.toString();
    // Not before the hint: typed ahead, the end would be taken for one of the terminal's shell.
    if (isPasted || !shown.includes("how to name files")) return;
    isPasted = true;
    child.stdin.write(`${storeListing.replaceAll("\r", "")}\n\x04`);
  });
  const code = await new Promise((resolve) => { child.on("close", resolve); });
  expect(shown.replaceAll("\r", "")).toContain(hint);
  expect(shown).toContain("<stdin>:7:12");
  expect(code).toBe(1);
}, 60_000);
