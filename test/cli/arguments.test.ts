import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseArguments, parseWithYargs, plainCommand, type Command } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/cli/exit-code.ts";

const parse = (...words: string[]): Promise<Command> => parseArguments(words, 100);
const output = { format: "text", output: null, width: null, color: "auto" };
const outputs = [output];
const both = { outputs, at: null, encoding: null, quiet: false, redact: false, map: null };
const reading = { ...both, failOn: "likely" };

describe("commands", () => {
  test.each<[string[], unknown]>([
    [["a.txt", "b.txt"], { command: "analyze", files: ["a.txt", "b.txt"], ...reading }],
    [["analyze", "a.txt"], { command: "analyze", files: ["a.txt"], ...reading }],
    [[], { command: "analyze", files: [], ...reading }],
    [["-"], { command: "analyze", files: ["-"], ...reading }],
    [["--", "--odd", "facts"], { command: "analyze", files: ["--odd", "facts"], ...reading }],
    [["facts", "-", "1e5", "0x10", "007"], { command: "facts", files: ["-", "1e5", "0x10", "007"], ...reading }],
    [["explain"], { command: "explain", what: null, outputs }],
    [["explain", "0x88"], { command: "explain", what: "0x88", outputs }],
    [["explain", "Key", "Usage"], { command: "explain", what: "Key Usage", outputs }],
    [["diff", "works", "-"], { command: "diff", a: "works", b: "-", ...both }],
    [["redact", "a", "-o", "copies", "--map", "m.json"], { command: "redact", files: ["a"], output: "copies", map: "m.json", check: false, encoding: null, quiet: false }],
    [["redact", "--check", "a"], { command: "redact", files: ["a"], output: null, map: null, check: true, encoding: null, quiet: false }],
    [["a", "--redact", "--map", "m.json"], { command: "analyze", files: ["a"], ...reading, redact: true, map: "m.json" }],
    [["schema", "diff"], { command: "schema", what: "diff" }],
    [["schema", "facts"], { command: "schema", what: "facts" }],
    [["completion", "fish"], { command: "completion", shell: "fish" }],
    [["completion"], { command: "completion", shell: "bash" }],
  ])("%j", async (words, command) => expect(await parse(...words)).toEqual(command));
});

describe("options", () => {
  test("are read", async () => {
    expect(await parse("a", "--at", "2019-04-17", "--encoding", "1252", "--width", "80", "--color=never", "--fail-on", "proved", "-q", "--format", "json", "-o", "-")).toEqual({
      command: "analyze", files: ["a"], outputs: [{ format: "json", output: "-", width: 80, color: "never" }], at: "2019-04-17T00:00:00.000Z", encoding: "windows-1252", failOn: "proved", quiet: true, redact: false, map: null,
    });
  });

  test.each([
    ["2019-04-17 17:25", "2019-04-17T17:25:00.000Z"], ["2019-04-17T17:25:03Z", "2019-04-17T17:25:03.000Z"], ["2019-04-17T17:25+02:00", "2019-04-17T15:25:00.000Z"],
    ["2020-02-29", "2020-02-29T00:00:00.000Z"],
  ])("--at %s", async (typed, at) => expect(await parse("a", "--at", typed)).toMatchObject({ at }));

  test.each([
    ["report.md", "markdown"], ["r.JSON", "json"], ["r.html", "html"], ["r.txt", "text"], ["r.pdf", "text"], ["r", "text"], ["r.sarif", "sarif"], ["r.ndjson", "ndjson"],
  ])("--output %s is %s", async (file, format) => expect(await parse("a", "--output", file)).toMatchObject({ outputs: [{ output: file, format }] }));

  test("--format beats the suffix", async () => expect(await parse("a", "-o", "r.md", "--format", "json")).toMatchObject({ outputs: [{ format: "json", output: "r.md" }] }));
  test("of several outputs each has the format of its suffix, --format is for the others", async () => {
    expect(await parse("a", "-o", "r.md", "--output", "r.sarif", "-o", "-", "--format", "html")).toMatchObject({
      files: ["a"], outputs: [{ format: "markdown", output: "r.md" }, { format: "sarif", output: "r.sarif" }, { format: "html", output: "-" }],
    });
  });
  test("the last of two counts", async () => expect(await parse("a", "--width", "70", "--width", "90")).toMatchObject({ outputs: [{ width: 90 }], files: ["a"] }));
});

describe("mistakes are told in one line", () => {
  test.each([
    [["--colr=never", "a"], "Unknown argument: colr. Did you mean --color?"],
    [["a", "--frobnicate"], "Unknown argument: frobnicate"],
    [["a", "--width", "5"], "--width 5: a whole number from 20 to 10000 is needed"],
    [["a", "--width"], "Not enough arguments following: width"],
    [["a", "--at", "17.04.2019"], "--at 17.04.2019: a date is needed"],
    [["a", "--at", "2019-02-30"], "--at 2019-02-30: a date is needed"],
    [["a", "--encoding", "klingon"], "--encoding klingon: not a known encoding"],
    [["a", "--format", "pdf"], "Given: \"pdf\""],
    [["a", "--fail-on", "maybe"], "Given: \"maybe\""],
    [["a", "-o", "r.md", "-o", "r.md"], "--output r.md is given twice"],
    [["diff", "a"], "diff needs two captures: certwhy diff A B"],
    [["diff", "schema"], "diff needs two captures: certwhy diff A B"],
    [["diff", "a", "b", "--format", "sarif"], "Given: \"sarif\""],
    [["diff", "a", "b", "--fail-on", "never"], "Unknown argument"],
    [["schema"], "schema needs one of facts, report, diff, ticket"],
    [["schema", "everything"], "Given: \"everything\""],
    [["completion", "cmd"], "Given: \"cmd\""],
  ])("%j", async (words, message) => {
    const fault: unknown = await parse(...words).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(UsageError);
    expect((fault as UsageError).message).toContain(message);
    expect((fault as UsageError).message).not.toContain("\n");
  });
});

describe("words without options", () => {
  const word = fc.oneof(
    fc.constantFrom("a.txt", "-", "explain", "help", "version", "analyze", "facts", "403.7", "0x10", "1e5", "", " ", "a=b", "b.c=d", "*.log", "C:\\logs\\a b.txt", "true", "__proto__", "--format", "json", "-q", "--"),
    fc.string({ maxLength: 8 }),
  );
  test("mean without yargs what they mean with it", async () => {
    await fc.assert(fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (words) => {
      const plain = plainCommand(words);
      if (plain !== null) expect([words, plain]).toEqual([words, await parseWithYargs(words, 100)]);
    }), { numRuns: 300 });
  });
  test("need no yargs; options, commands and help do", () => {
    expect(plainCommand(["strace.log", "-"])).toMatchObject({ command: "analyze", files: ["strace.log", "-"], failOn: "likely", quiet: false });
    expect(plainCommand(["explain", "403.7"])).toMatchObject({ command: "explain", what: "403.7" });
    expect([["a", "-q"], ["facts", "a"], ["help"], ["a", "help"], ["--", "a"]].map(plainCommand)).toEqual([null, null, null, null, null]);
  });
});

describe("help", () => {
  test.each([[["--help"]], [["-h"]], [["facts", "--help"]], [["explain", "-h"]]])("%j fits into 100 columns and names the exit codes or options", async (words) => {
    const command = await parse(...words);
    if (command.command !== "print") throw new Error("no help");
    expect(command.text).toContain("certwhy");
    expect(command.text).toContain("--format");
    for (const line of command.text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });
  test("is in English whatever the locale", async () => {
    const before = process.env["LC_ALL"];
    process.env["LC_ALL"] = "de_DE.UTF-8";
    try {
      expect(await parse("--help")).toMatchObject({ text: expect.stringContaining("Commands:") });
    } finally {
      if (before === undefined) delete process.env["LC_ALL"];
      else process.env["LC_ALL"] = before;
    }
  });
  test("--version", async () => {
    const { version } = await import("../../src/version.ts");
    expect(await parse("--version")).toEqual({ command: "print", text: `${version}\n` });
    expect(await parse("-V")).toEqual({ command: "print", text: `${version}\n` });
  });
});
