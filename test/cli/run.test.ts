import { describe, expect, test } from "@jest/globals";
import { run } from "../../src/cli/run.ts";
import { memoryIo, type MemoryWorld } from "../support/memory-io.ts";
import { storeListing } from "../support/store-listing.ts";

async function certwhy(words: readonly string[], world: MemoryWorld = {}) {
  const io = memoryIo({ files: { "store.txt": storeListing, "prose.txt": "Nothing to see here.\n" }, ...world });
  const code = await run(words, io);
  return { code, out: io.printed(), err: io.complained(), io };
}

describe("analyze", () => {
  test("a cause that is found gives 1, the report on standard output and nothing on standard error", async () => {
    const { code, out, err } = await certwhy(["store.txt", "--at", "2019-04-17"]);
    expect(code).toBe(1);
    expect(out).toContain("store.txt:7:12");
    expect(out).toContain("certwhy explain expired-or-not-yet-valid");
    expect(err).toBe("");
  });
  test("--fail-on decides from which weight on", async () => {
    expect((await certwhy(["store.txt", "--at", "2019-04-17", "--fail-on", "never"])).code).toBe(0);
    expect((await certwhy(["store.txt", "--at", "2019-04-17", "--fail-on", "proved"])).code).toBe(0);
    expect((await certwhy(["store.txt", "--at", "2019-04-17", "--fail-on", "possible"])).code).toBe(1);
    expect((await certwhy(["store.txt", "--at", "2012-04-17"])).code).toBe(0);
  });
  test("JSON", async () => {
    const { out } = await certwhy(["store.txt", "--at", "2019-04-17", "--format", "json"]);
    const report = JSON.parse(out) as { schema: string; at: string; inputs: unknown[]; findings: { cause: string; evidence: { line: number }[] }[] };
    expect(report.schema).toBe("certwhy/report/1");
    expect(report.at).toBe("2019-04-17T00:00:00.000Z");
    expect(report.inputs).toMatchObject([{ file: "store.txt", lines: 15, formats: ["certutil"], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(report.findings.map(({ cause }) => cause)).toContain("expired-or-not-yet-valid");
  });
  test("without a date in the inputs the clock is used", async () => {
    const { out } = await certwhy(["store.txt", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ at: "2020-01-02T03:04:05.000Z", atFrom: { source: "clock" } });
  });
  test("reads standard input", async () => {
    const { code, out } = await certwhy(["--at", "2019-04-17"], { stdin: storeListing });
    expect(code).toBe(1);
    expect(out).toContain("<stdin>:7:12");
  });
  test("--encoding is used for every input", async () => {
    const { out } = await certwhy(["facts", "store.txt", "--encoding", "cp850", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ inputs: [{ encoding: "cp850", encodingBecause: "named on the command line" }] });
  });
});

describe("what cannot be read", () => {
  test("nothing recognizable gives 3 and says what is read", async () => {
    const { code, err } = await certwhy(["prose.txt"]);
    expect(code).toBe(3);
    expect(err).toMatch(/^certwhy: nothing was recognized; certwhy reads STRACE logs.*\n$/);
  });
  test("a missing file gives 3, the others are reported", async () => {
    const { code, out, err } = await certwhy(["none.txt", "store.txt", "--at", "2019-04-17"]);
    expect(code).toBe(3);
    expect(out).toContain("store.txt:7:12");
    expect(err).toBe("certwhy: none.txt: no such file\n");
  });
  test("a file that breaks off gives 3", async () => {
    const { code, err } = await certwhy(["store.txt", "prose.txt"], { failing: ["prose.txt"] });
    expect(code).toBe(3);
    expect(err).toContain("certwhy: prose.txt: EIO");
  });
  test("when nothing could be opened there is no report for people, but a document for programs", async () => {
    expect(await certwhy(["none.txt"])).toMatchObject({ code: 3, out: "", err: "certwhy: none.txt: no such file\n" });
    expect(JSON.parse((await certwhy(["none.txt", "--format", "json"])).out)).toMatchObject({ schema: "certwhy/report/1", inputs: [] });
  });
  test("a mistyped command is suggested", async () => {
    expect((await certwhy(["explian"])).err).toContain("if a command was meant: certwhy explain");
  });
  test("control characters of a file name do not reach the terminal", async () => {
    expect((await certwhy(["evil\u001b]0;x\u0007.txt"])).err).toBe("certwhy: evil\\x1b]0;x\\x07.txt: no such file\n");
  });
});

describe("usage", () => {
  test("mistakes give 2 and one line", async () => {
    expect(await certwhy(["--colr", "x"])).toMatchObject({ code: 2, out: "", err: "certwhy: Unknown argument: colr. Did you mean --color?\n" });
    expect(await certwhy(["diff", "store.txt"])).toMatchObject({ code: 2, out: "" });
  });
  test("help goes to standard output", async () => {
    const { code, out, err } = await certwhy(["--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Usage: certwhy");
  });
});

describe("facts", () => {
  test("text names kind, place and what is printed", async () => {
    const { code, out } = await certwhy(["facts", "store.txt"]);
    expect(code).toBe(0);
    expect(out).toContain("certificate  store.txt:3:1");
    expect(out).toContain("issuer: CN=Example Issuing CA, O=Example");
    expect(out).toContain("key.container: le-User-1");
    expect(out).not.toContain("null");
  });
  test("JSON and NDJSON hold the same facts", async () => {
    const { facts } = JSON.parse((await certwhy(["facts", "store.txt", "--format", "json"])).out) as { facts: unknown[] };
    const lines = (await certwhy(["facts", "store.txt", "--format", "ndjson"])).out.trimEnd().split("\n");
    expect(facts.length).toBeGreaterThan(0);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(facts);
  });
  test("nothing recognizable gives 3", async () => expect((await certwhy(["facts", "prose.txt"])).code).toBe(3));
});

describe("--output", () => {
  test("writes the format of the suffix and says where", async () => {
    const { out, err, io } = await certwhy(["store.txt", "--at", "2019-04-17", "-o", "report.md"]);
    expect(out).toBe("");
    expect(err).toBe("certwhy: written to report.md\n");
    expect(new TextDecoder().decode(io.files.get("report.md"))).toMatch(/^# /);
  });
  test("--quiet says nothing", async () => expect((await certwhy(["store.txt", "-q", "-o", "report.html"])).err).toBe(""));
  test.each([
    [["store.txt", "-o", "report.PDF"], "certwhy: written to report.PDF, as text: no format here goes by .pdf (.txt .md .html .json .ndjson .sarif, or --format)\n"],
    [["diff", "store.txt", "store.txt", "-o", "d.sarif"], "certwhy: written to d.sarif, as text: no format here goes by .sarif (.txt .md .html .json, or --format)\n"],
    [["explain", "0x88", "-o", "flags.docx"], "certwhy: written to flags.docx, as text: no format here goes by .docx (.txt .md .html, or --format)\n"],
    [["store.txt", "-o", "report.pdf", "--format", "text"], "certwhy: written to report.pdf\n"],
    [["store.txt", "-o", "v1.2/report"], "certwhy: written to v1.2/report\n"],
    [["store.txt", "-o", "case-2026.11"], "certwhy: written to case-2026.11\n"],
    [["store.txt", "-q", "-o", "report.pdf"], ""],
  ])("a suffix of no format: %j", async (words, err) => expect((await certwhy(words)).err).toBe(err));
  test("what was not written is not told", async () => expect((await certwhy(["none.txt", "-o", "report.txt"])).err).toBe("certwhy: none.txt: no such file\n"));
  test("never overwrites an input", async () => {
    const { code, err, io } = await certwhy(["store.txt", "-o", "./store.txt"]);
    expect(code).toBe(2);
    expect(err).toContain("is one of the inputs");
    expect(new TextDecoder().decode(io.files.get("store.txt"))).toBe(storeListing);
  });
  test("a file that cannot be written is the user's mistake", async () => {
    expect(await certwhy(["store.txt", "-o", "nowhere/report.txt"])).toMatchObject({ code: 2, err: expect.stringContaining("--output nowhere/report.txt") });
  });
  test("an HTML page is whole", async () => {
    const { out } = await certwhy(["store.txt", "--format", "html"]);
    expect(out).toMatch(/^<!doctype html>/i);
    expect(out).toContain("</html>");
  });
});

describe("colour and width", () => {
  const escape = "\u001b[";
  const colored = async (world: MemoryWorld, ...words: string[]): Promise<boolean> => (await certwhy(["store.txt", ...words], world)).out.includes(escape);
  test("a terminal is coloured, a pipe is not", async () => {
    expect(await colored({ outIsTerminal: true })).toBe(true);
    expect(await colored({})).toBe(false);
    expect(await colored({ outIsTerminal: true, environment: { TERM: "dumb" } })).toBe(false);
  });
  test("NO_COLOR, FORCE_COLOR and --color, the later the stronger", async () => {
    expect(await colored({ outIsTerminal: true, environment: { NO_COLOR: "1" } })).toBe(false);
    expect(await colored({ environment: { NO_COLOR: "1", FORCE_COLOR: "1" } })).toBe(true);
    expect(await colored({ environment: { FORCE_COLOR: "1" } }, "--color", "never")).toBe(false);
    expect(await colored({ environment: { NO_COLOR: "1" } }, "--color", "always")).toBe(true);
  });
  test("--width bounds the lines of prose", async () => {
    const { out } = await certwhy(["explain", "0x88", "--width", "60"]);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    expect(out.split("\n").some((line) => line.length > 50)).toBe(true);
  });
});

describe("schema and completion", () => {
  test.each(["facts", "report", "diff"])("schema %s", async (what) => {
    const { code, out } = await certwhy(["schema", what]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", title: `certwhy ${what}` });
  });
  test.each(["bash", "zsh", "fish", "powershell"])("completion %s knows commands, options and causes", async (shell) => {
    const { code, out } = await certwhy(["completion", shell]);
    expect(code).toBe(0);
    for (const word of ["analyze", "facts", "explain", "fail-on", "keyspec-mismatch", "windows-1252", "markdown"]) expect(out).toContain(word);
  });
});
