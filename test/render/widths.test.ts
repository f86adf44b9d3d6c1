import { beforeAll, describe, expect, test } from "@jest/globals";
import { analyze } from "../../src/analyze.ts";
import { columnsOf } from "../../src/render/columns.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { visible } from "../../src/render/visible.ts";
import { compose } from "../../src/report/compose.ts";
import type { Block } from "../../src/report/document.ts";
import { evidenceOf, readCase, sampleNames } from "../support/golden.ts";

interface Sample {
  readonly name: string;
  /** Nothing but ASCII stands in the inputs. */
  readonly isAscii: boolean;
  readonly document: readonly Block[];
}

let samples: readonly Sample[] = [];

beforeAll(async () => {
  samples = await Promise.all(sampleNames().map(async (name) => {
    const report = await analyze(evidenceOf(name), { at: readCase(name).at, clock: "2026-11-22T12:00:00Z", encoding: null, newDigest: null });
    return { name, isAscii: report.inputs.every(({ encodingBecause }) => encodingBecause === "nothing but ASCII"), document: compose(report) };
  }));
}, 60_000);

/** Commands stand on one line, however long, because they are there to be copied. */
function commandsOf(document: readonly Block[]): readonly string[] {
  return document.flatMap((block) => {
    if (block.kind === "command") return [visible(block.command)];
    return block.kind === "steps" ? block.steps.flatMap(({ command }) => (command === null ? [] : [visible(command)])) : [];
  });
}

describe("the reports of the samples on a terminal", () => {
  test.each([60, 80, 120, 200])("of %d columns: no line but a command is longer", (width) => {
    for (const { name, document } of samples) {
      const commands = commandsOf(document);
      const long = renderTerminal(document, { width, color: false }).split("\n").filter((line) => columnsOf(line) > width && !commands.includes(line.trim()));
      expect([name, long]).toEqual([name, []]);
    }
  });
  test("certwhy's own marks and words are ASCII", () => {
    const ascii = samples.filter(({ isAscii }) => isAscii);
    expect(ascii.length).toBeGreaterThan(10);
    for (const { name, document } of ascii) {
      const other = renderTerminal(document, { width: 100, color: false }).split("\n").filter((line) => /[^\x20-\x7e]/.test(line));
      expect([name, other]).toEqual([name, []]);
    }
  });
  test("without colour nothing is lost: the words are the same", () => {
    for (const { document } of samples) {
      const words = (color: boolean): string => renderTerminal(document, { width: 100, color }).replace(/\u001B\[[0-9;]{1,8}m/g, "").replace(/ +$/gm, "");
      expect(words(true)).toBe(words(false));
    }
  });
});
