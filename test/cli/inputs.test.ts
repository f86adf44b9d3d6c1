import { describe, expect, test } from "@jest/globals";
import { findInputs } from "../../src/cli/inputs.ts";
import { memoryIo } from "../support/memory-io.ts";

const files = { "logs/b.txt": "b", "logs/a.log": "a", "logs/.hidden": "x", "logs/deep/c.txt": "c", "logs/.git/d.txt": "d", "top.txt": "t", "odd[1].txt": "o", "a*b.txt": "s" };
const namesOf = async (words: readonly string[], more: Parameters<typeof memoryIo>[0] = {}) => {
  const found = await findInputs(words, memoryIo({ files, ...more }));
  return { names: found.inputs.map(({ name }) => name), problems: found.problems };
};

describe("findInputs", () => {
  test("keeps the order of files, each once", async () => {
    expect(await namesOf(["top.txt", "logs/b.txt", "top.txt"])).toEqual({ names: ["top.txt", "logs/b.txt"], problems: [] });
  });
  test("walks folders in order of name, without what is hidden", async () => {
    expect(await namesOf(["logs"])).toEqual({ names: ["logs/a.log", "logs/b.txt", "logs/deep/c.txt"], problems: [] });
    expect((await namesOf(["logs/"])).names[0]).toBe("logs/a.log");
  });
  test("expands wildcards in every part of a path", async () => {
    expect((await namesOf(["logs/*.txt"])).names).toEqual(["logs/b.txt"]);
    expect((await namesOf(["*/*"])).names).toEqual(["logs/a.log", "logs/b.txt"]);
    expect((await namesOf(["logs\\*.LOG"])).names).toEqual(["logs/a.log"]);
    expect((await namesOf(["logs/.h*"])).names).toEqual(["logs/.hidden"]);
  });
  test("takes a file that is really called so", async () => {
    expect((await namesOf(["odd[1].txt", "a*b.txt"])).names).toEqual(["odd[1].txt", "a*b.txt"]);
  });
  test("tells what is not there or may not be read, and goes on", async () => {
    expect(await namesOf(["none.txt", "*.none", "top.txt", "logs"], { locked: ["logs/b.txt"] })).toEqual({
      names: ["top.txt", "logs/a.log", "logs/deep/c.txt"],
      problems: ["none.txt: no such file", "*.none: no file matches", "logs/b.txt: permission denied"],
    });
  });
  test("reads standard input for a dash, or without words when something is piped in", async () => {
    expect((await namesOf(["-", "top.txt", "-"], { stdin: "x" })).names).toEqual(["<stdin>", "top.txt"]);
    expect((await namesOf([], { stdin: "x" })).names).toEqual(["<stdin>"]);
    expect((await namesOf([])).names).toEqual(["<stdin>"]);
  });
  test("an input that breaks off is told, and keeps what was read", async () => {
    const found = await findInputs(["top.txt"], memoryIo({ files: { "top.txt": "0123456789abcdef" }, failing: ["top.txt"] }));
    let read = "";
    for await (const chunk of found.inputs[0]?.bytes ?? []) read += new TextDecoder().decode(chunk);
    expect(read).toBe("0123456789");
    expect(found.problems).toEqual(["top.txt: EIO: disk"]);
  });
});
