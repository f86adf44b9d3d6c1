import { describe, expect, test } from "@jest/globals";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArguments } from "../../src/cli/arguments.ts";
import { exitCode } from "../../src/cli/exit-code.ts";
import { formatBySuffix, formatNames } from "../../src/cli/output-format.ts";
import { run } from "../../src/cli/run.ts";
import { analyze } from "../../src/index.ts";
import { evidenceOf } from "../support/golden.ts";
import { memoryIo } from "../support/memory-io.ts";
import { read, root } from "../support/source-files.ts";
import { storeListing } from "../support/store-listing.ts";

const readme = read("README.md");

async function bytesOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The words after `certwhy` in the first example, and the folder it runs in. */
function example(): { readonly folder: string; readonly words: readonly string[]; readonly printed: readonly string[] } {
  const [, folder = "", line = ""] = /\$ cd samples\/(\S+)\n\$ certwhy (.+)\n/.exec(readme) ?? [];
  const [, printed = ""] = /```text\n([\s\S]*?)\n```/.exec(readme) ?? [];
  return { folder, words: line.split(" "), printed: printed.split("\n[...]\n") };
}

describe("README.md", () => {
  test("the report it shows is what certwhy prints", async () => {
    const { folder, words, printed } = example();
    const files: Record<string, Uint8Array> = {};
    for (const input of evidenceOf(folder)) files[input.name] = await bytesOf(input.bytes);
    const io = memoryIo({ files });
    expect(await run(words, io)).toBe(exitCode.causeFound);
    expect(printed.length).toBeGreaterThan(1);
    let from = 0;
    for (const part of printed) {
      const at = io.printed().indexOf(`\n${part}\n`, from);
      // On failure this shows what is printed instead.
      if (at < 0) expect(io.printed()).toContain(part);
      from = at + part.length;
    }
  });

  test("its commands exist, and every command stands in it", async () => {
    const help = await parseArguments(["--help"], 200);
    if (help.command !== "print") throw new Error("no help");
    const [commands = ""] = /^Commands:\n(?:.+\n)+/m.exec(help.text) ?? [];
    const offered = [...commands.matchAll(/^ {2}certwhy ([a-z]+)/gm)].map(([, name]) => name);
    const described = [...readme.matchAll(/^\| `certwhy ([a-z]+)/gm)].map(([, name]) => name);
    expect(offered.length).toBeGreaterThan(4);
    expect(described).toEqual(expect.arrayContaining(offered.filter((name) => name !== "analyze")));
    expect(offered).toEqual(expect.arrayContaining(described));
  });

  test("its formats, suffixes and exit codes are the real ones", () => {
    expect(/`--format ([a-z|]+)`/.exec(readme)?.[1]?.split("|")).toEqual([...formatNames.report]);
    const suffixes = /by its suffix \(`([^`]+)`\)/.exec(readme)?.[1]?.split(" ") ?? [];
    expect(suffixes.map((suffix) => formatBySuffix(`r${suffix}`, formatNames.report)).sort()).toEqual([...formatNames.report].sort());
    expect([...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(exitCode));
  });

  test("its library example runs", async () => {
    async function* oneChunk(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(storeListing);
    }
    const report = await analyze([{ name: "my.txt", bytes: oneChunk() }], { at: null, clock: "2020-01-02T03:04:05Z", encoding: null, newDigest: null });
    expect(report.findings[0]).toMatchObject({ cause: "expired-or-not-yet-valid", evidence: [{ file: "my.txt", line: 7 }] });
  });
});

describe.each(["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/causes.md", "docs/scale.md", "samples/README.md"])("links of %s", (file) => {
  test("lead to files that are there", () => {
    const targets = [...read(file).matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target]) => target as string).filter((target) => !/^https?:/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });
});
