import { describe, expect, test } from "@jest/globals";
import { findInputs } from "../../src/cli/inputs.ts";
import { ticketProgress, watchReading } from "../../src/cli/progress.ts";
import { run } from "../../src/cli/run.ts";
import { memoryIo, type MemoryIo, type MemoryWorld } from "../support/memory-io.ts";
import { storeListing } from "../support/store-listing.ts";

/** A clock that is so many milliseconds further each time it is looked at. */
function clock(step: number): () => Date {
  let now = Date.parse("2020-01-02T03:04:05Z");
  return () => new Date((now += step));
}

async function analyzed(words: readonly string[], world: MemoryWorld): Promise<MemoryIo> {
  const io = memoryIo({ files: { "a.txt": storeListing, "desk/a.txt": storeListing, "desk/b.txt": storeListing }, errIsTerminal: true, now: clock(1000), ...world });
  await run([...words, "--fail-on", "never", "--at", "2019-04-17"], io);
  return io;
}

/** What stands on the terminal after the escapes were obeyed: nothing, when the line was wiped. */
const wiped = /\u001b\[2K$/;

describe("reading that takes long", () => {
  test("is shown on a terminal, in ASCII, and wiped before the report", async () => {
    const io = await analyzed(["a.txt"], {});
    expect(io.complained()).toContain("certwhy: [########################] 100 %  0.0 MB of 0.0 MB");
    expect(io.complained()).toMatch(wiped);
    expect(io.complained()).toMatch(/^[\x1b\x20-\x7e]*$/);
    // Neither hidden cursor nor switched line wrapping, which a broken-off run would leave behind.
    expect(io.complained()).not.toContain("\u001b[?");
    expect(io.printed()).toContain("a.txt:7:12");
  });
  test("of standard input has no end that is known", async () => {
    const io = await analyzed([], { stdin: storeListing });
    expect(io.complained()).toContain("certwhy: 0.0 MB");
    expect(io.complained()).not.toContain("%");
  });
  test.each<[string, readonly string[], MemoryWorld]>([
    ["with --quiet", ["a.txt", "-q"], {}],
    ["when standard error is no terminal", ["a.txt"], { errIsTerminal: false }],
    ["on a terminal that cannot wipe a line", ["a.txt"], { environment: { TERM: "dumb" } }],
    ["when it is over at once", ["a.txt"], { now: clock(100) }],
  ])("is not shown %s", async (_, words, world) => expect((await analyzed(words, world)).complained()).toBe(""));
  test("is shown at once when the inputs are large", async () => {
    const io = { ...memoryIo({ errIsTerminal: true, files: { "a.log": "0123456789" } }), sizeOf: async () => 40_000_000 };
    const watched = watchReading(await findInputs(["a.log"], io), false, io);
    for await (const chunk of watched.inputs[0]?.bytes ?? []) expect(chunk.length).toBe(10);
    expect(io.complained()).toContain("0 %  0.0 MB of 40.0 MB");
    watched.finish();
    expect(io.complained()).toMatch(wiped);
  });
});

describe("tickets", () => {
  test("are counted on standard error", async () => {
    const io = await analyzed(["--each", "desk"], {});
    expect(io.complained()).toContain("50 %  1 of 2 tickets");
    expect(io.complained()).toMatch(wiped);
    expect(io.printed().split("\n")).toHaveLength(3);
  });
  test("of a list have no end that is known", async () => {
    expect((await analyzed(["--each", "-"], { stdin: "desk/a.txt\ndesk/b.txt\n" })).complained()).toContain("certwhy: 2 tickets");
  });
  test("are not counted where their lines run over the same terminal", async () => {
    const io = memoryIo({ errIsTerminal: true, outIsTerminal: true, now: clock(1000) });
    const progress = ticketProgress(5, false, io);
    await progress.step(1);
    progress.finish();
    expect(io.complained()).toBe("");
  });
});
