import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { inOrder } from "../../src/cli/each.ts";
import { run } from "../../src/cli/run.ts";
import { ticketSchema } from "../../src/report/schemas.ts";
import { memoryIo, type MemoryWorld } from "../support/memory-io.ts";
import { storeListing } from "../support/store-listing.ts";

interface Line {
  readonly schema: string;
  readonly ticket: string;
  readonly exitCode: number;
  readonly error: string | null;
  readonly report: { readonly inputs: readonly { readonly file: string }[]; readonly findings: readonly { readonly cause: string }[] } | null;
}

const desk = {
  "desk/b/store.txt": storeListing, "desk/b/more/notes.txt": "It stopped yesterday.\n", "desk/a.txt": storeListing, "desk/c/prose.txt": "Nothing to see here.\n",
  "desk/.hidden/store.txt": storeListing, "desk/.draft.txt": storeListing, "other.txt": storeListing,
};
const isLine = new Ajv2020({ allErrors: true, strict: false }).compile(ticketSchema);

async function each(words: readonly string[], world: MemoryWorld = {}) {
  const io = memoryIo({ files: desk, stdin: "", ...world });
  const code = await run(["--each", "--at", "2019-04-17", ...words], io);
  const lines = io.printed().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
  for (const line of lines) {
    isLine(line);
    expect(isLine.errors).toBeNull();
  }
  return { code, lines, names: lines.map(({ ticket }) => ticket), err: io.complained(), out: io.printed() };
}

describe("--each FOLDER", () => {
  test("makes a ticket of each sub-folder and of each file, in order of name", async () => {
    const { code, lines, err } = await each(["desk"]);
    expect(lines.map(({ ticket, exitCode, error }) => [ticket, exitCode, error])).toEqual([
      ["desk/a.txt", 1, null], ["desk/b", 1, null], ["desk/c", 3, "nothing was recognized"],
    ]);
    expect(lines[1]?.report?.inputs.map(({ file }) => file)).toEqual(["desk/b/more/notes.txt", "desk/b/store.txt"]);
    expect(code).toBe(3);
    expect(err).toBe("certwhy: 1 of 3 tickets could not be read in full or hold nothing recognizable; their lines say why\n");
  });
  test("a line holds what --format json prints for that ticket alone", async () => {
    const { lines } = await each(["desk"]);
    const io = memoryIo({ files: desk });
    await run(["desk/b", "--format", "json", "--at", "2019-04-17"], io);
    expect(lines.find(({ ticket }) => ticket === "desk/b")?.report).toEqual(JSON.parse(io.printed()));
  });
  test("the code is the highest of all tickets, by --fail-on", async () => {
    expect((await each(["desk/b", "other.txt"])).code).toBe(3);
    expect((await each(["other.txt", "desk/a.txt"])).code).toBe(1);
    const { code, lines } = await each(["other.txt", "--fail-on", "never"]);
    expect([code, lines[0]?.exitCode, lines[0]?.report?.findings.length]).toEqual([0, 0, 1]);
  });
  test("takes several folders, files and wildcards, each ticket once", async () => {
    expect((await each(["other.txt", "desk", "desk/*.txt"])).names).toEqual(["desk/a.txt", "desk/b", "desk/c", "other.txt"]);
  });
  test("what is not there is told, and the run goes on", async () => {
    expect(await each(["none", "other.txt", "--fail-on", "never"])).toMatchObject({ code: 3, names: ["other.txt"], err: "certwhy: none: no such file\n" });
    expect(await each(["none"])).toMatchObject({ code: 3, names: [], err: "certwhy: none: no such file\n" });
  });
  test("a file that may not be read is in the line of its ticket", async () => {
    const { lines, code } = await each(["desk"], { locked: ["desk/b/store.txt"], failing: ["desk/a.txt"] });
    expect(lines.map(({ error }) => error)).toEqual(["desk/a.txt: EIO: disk", "desk/b/store.txt: permission denied", "nothing was recognized"]);
    expect([code, lines[1]?.exitCode]).toEqual([3, 3]);
  });
  test("--quiet leaves out the count", async () => expect((await each(["desk", "-q"])).err).toBe(""));
  test("ends when nobody reads any more", async () => {
    const { names, err } = await each(["desk", "--jobs", "1"], { outIsClosed: true });
    expect(names.length).toBeLessThan(3);
    expect(err).not.toContain("fault");
  });
});

describe("threads", () => {
  test("answers come in the order of the tickets, whichever is ready first", async () => {
    const delays = [30, 0, 10];
    const slow: MemoryWorld["answer"] = async (task, answer) => {
      await new Promise((resolve) => { setTimeout(resolve, delays.shift()); });
      return answer(task);
    };
    expect((await each(["desk", "--jobs", "3"], { answer: slow })).out).toBe((await each(["desk", "--jobs", "1"])).out);
  });
  test("a thread that ends is the fault of its ticket and of no other", async () => {
    const { lines, code } = await each(["desk", "--jobs", "2"], { answer: async (task, answer) => {
      if (task.ticket === "desk/b") throw new Error("Worker terminated due to reaching memory limit");
      return answer(task);
    } });
    expect(lines.map(({ exitCode }) => exitCode)).toEqual([1, 70, 3]);
    expect(lines[1]).toMatchObject({ error: "a fault of certwhy itself, please report it: Worker terminated due to reaching memory limit", report: null });
    expect(code).toBe(70);
  });
});

describe("inOrder", () => {
  test("holds no more answers than the window, and puts each out as soon as it can", async () => {
    let under = 0;
    let most = 0;
    const put: number[] = [];
    const tasks = Array.from({ length: 200 }, (_, index) => index);
    await inOrder(tasks, async (task) => {
      most = Math.max(most, ++under);
      // The first of every ten is the slowest.
      await new Promise((resolve) => { setTimeout(resolve, task % 10 === 0 ? 3 : 0); });
      return task;
    }, async (answer) => {
      under--;
      put.push(answer);
      return true;
    }, 8);
    expect(put).toEqual(tasks);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(4);
  });
  test("answers a line before the next one comes", async () => {
    const put: string[] = [];
    let heard: () => void = () => {};
    async function* talk(): AsyncGenerator<string> {
      for (const word of ["one", "two"]) {
        const answered = new Promise<void>((resolve) => { heard = resolve; });
        yield word;
        await answered;
      }
    }
    await inOrder(talk(), async (task) => task, async (answer) => {
      put.push(answer);
      heard();
      return true;
    }, 100);
    expect(put).toEqual(["one", "two"]);
  });
  test("takes no more tasks when nobody listens", async () => {
    let taken = 0;
    function* endless(): Generator<number> {
      for (;;) yield taken++;
    }
    await inOrder(endless(), async (task) => task, async (answer) => answer < 5, 4);
    expect(taken).toBeLessThan(20);
  });
});

describe("--each with a list on standard input", () => {
  const list = [
    "desk/b", "", '{"name":"T-1","files":["other.txt",{"name":"mail.txt","text":"403.7 Forbidden"}]}', '{"name":"T-2","files":[{"name":"store.txt","text":"x"}]}',
    "{broken", '{"name":"T-3","files":[]}', '{"name":7,"files":["a"]}', '{"files":[null]}', "-", "none.txt", "desk/a.txt\r",
  ].join("\n");
  test("answers line by line, in the order of the lines", async () => {
    const { code, lines } = await each(["-"], { stdin: list });
    expect(lines.map(({ ticket, exitCode }) => [ticket, exitCode])).toEqual([
      ["desk/b", 1], ["T-1", 1], ["T-2", 3], ["line 5", 3], ["line 6", 3], ["line 7", 3], ["line 8", 3], ["-", 3], ["none.txt", 3], ["desk/a.txt", 1],
    ]);
    expect(lines[1]?.report?.inputs.map(({ file }) => file)).toEqual(["other.txt", "mail.txt"]);
    expect(lines[3]).toMatchObject({ error: "the line is neither a path nor JSON; a path that begins with { is written ./{", report: null });
    expect(lines[4]?.error).toContain("with at least one file");
    expect(lines.at(-2)?.error).toBe("none.txt: no such file");
    expect(code).toBe(3);
  });
  test("needs no word when something is piped in", async () => expect((await each([], { stdin: "other.txt\n" })).names).toEqual(["other.txt"]));
  test("texts are UTF-8, whatever --encoding says", async () => {
    const text = storeListing.replaceAll("Example", "Müller");
    const { out } = await each(["-", "--encoding", "cp850"], { stdin: JSON.stringify({ name: "T", files: [{ name: "store.txt", text }] }) });
    expect(out).toContain("Müller");
  });
  test("an empty list is nothing recognizable", async () => expect(await each(["-"])).toMatchObject({ code: 3, lines: [] }));
});

describe("--each --redact", () => {
  const name = "Wilhelmina Ostrander";
  const text = storeListing.replaceAll("User", name);
  test("no private name stands in a line, neither as the ticket's nor in an error", async () => {
    expect(text).toContain(name);
    const files = { "desk/Wilhelmina Ostrander/store.txt": text, "desk/Wilhelmina Ostrander/locked.txt": "x" };
    const world: MemoryWorld = { files, locked: ["desk/Wilhelmina Ostrander/locked.txt"] };
    expect((await each(["desk"], world)).out).toContain(name);
    const { out, lines } = await each(["desk", "--redact"], world);
    expect(out).not.toMatch(/Wilhelmina|Ostrander/);
    expect(lines).toMatchObject([{ exitCode: 3, error: "1 input could not be read" }]);
    expect(lines[0]?.ticket).toMatch(/^desk\/./);
    expect(lines[0]?.report?.findings.length).toBe(1);
  });
  test("neither does the message of a fault", async () => {
    const { out } = await each(["desk", "--redact", "--jobs", "2"], { files: { "desk/Wilhelmina/store.txt": text, "desk/b": "b" }, answer: async () => { throw new Error(`at ${name}`); } });
    expect(out).not.toMatch(/Wilhelmina/);
    expect(out).toContain("a fault of certwhy itself");
  });
});

describe("usage", () => {
  test.each([
    [["desk", "--format", "json"], "--each prints one line a ticket: --format ndjson and not json"],
    [["desk", "--format", "html"], "--each prints one line a ticket: --format ndjson and not html"],
    [["desk", "-o", "reports.ndjson"], "--each prints to standard output while it works: use > FILE instead of --output"],
    [["desk", "--redact", "--map", "m.json"], "--each has pseudonyms of its own for every ticket: there is no one table for --map"],
    [["desk", "--jobs", "0"], "--jobs 0: a whole number from 1 to 1024 is needed"],
    [["-", "desk"], "with --each a - stands alone: the list on standard input names all tickets"],
  ])("%j", async (words, says) => expect(await each(words)).toMatchObject({ code: 2, out: "", err: `certwhy: ${says}\n` }));
  test("a terminal is asked for nothing", async () => expect(await each([], { stdinIsTerminal: true })).toMatchObject({ code: 2, out: "" }));
  test("--jobs is for --each only, and --each for analyze only", async () => {
    const io = memoryIo({ files: desk });
    expect([await run(["other.txt", "--jobs", "2"], io), await run(["facts", "--each", "desk"], io)]).toEqual([2, 2]);
    expect(io.complained()).toBe("certwhy: --jobs needs --each\ncertwhy: Unknown argument: each\n");
  });
  test("--format ndjson may be said", async () => expect((await each(["desk", "--format", "ndjson"])).names).toHaveLength(3));
});
