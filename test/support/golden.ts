import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Input } from "../../src/text/intake.ts";
import { inputOf } from "./input-of.ts";
import { root } from "./source-files.ts";

const folder = join(root, "samples");

/** Files of a sample that are not evidence. */
const EXPECTED = ["case.json", "facts.json", "report.md"];

/** What an engineer would say about a case, written down before the tool is asked. */
export interface Expectation {
  /** Cause of the first finding; null: nothing is found. */
  readonly first: string | null;
  readonly weight: "proved" | "likely" | "possible" | null;
  /** Causes of all further findings. */
  readonly alsoFound: readonly string[];
  /** Some causes that the evidence rules out. */
  readonly ruledOut: readonly string[];
  /** Parts of commands that the report must ask for. */
  readonly asks: readonly string[];
}

export interface Case {
  /** `--at`, ISO 8601 UTC; null: what the evidence says. */
  readonly at: string | null;
  readonly expect: Expectation;
  /** Where the evidence comes from, in one sentence. */
  readonly origin: string;
}

/** Names of the samples: folders with a case.json. */
export function sampleNames(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes("case.json"))
    .map((entry) => entry.name).sort();
}

/** Names in the table of samples/README.md, in its order. */
export function listedSamples(): readonly string[] {
  return [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\| \[([a-z0-9-]+)\]\(\1\/report\.md\) \|/gm)].flatMap(([, name]) => name ?? []);
}

export function readCase(sample: string): Case {
  return JSON.parse(readFileSync(join(folder, sample, "case.json"), "utf8")) as Case;
}

/** The evidence of a sample, byte for byte, by file name. */
export function evidenceOf(sample: string): readonly Input[] {
  return readdirSync(join(folder, sample)).filter((file) => !EXPECTED.includes(file)).sort()
    .map((file) => inputOf(readFileSync(join(folder, sample, file)), [], file));
}

/** The kept text of a result. With `UPDATE=1` in the environment the actual text is written first. */
export function kept(sample: string, file: "facts.json" | "report.md", actual: string): string {
  const path = join(folder, sample, file);
  if (process.env["UPDATE"] === "1") writeFileSync(path, actual);
  return readFileSync(path, "utf8");
}

/** Columns that a value of compact JSON may fill before it is spread over lines. */
const WIDTH = 140;

/** JSON for people: what fits stands on one line. */
export function compactJson(value: unknown, indent = ""): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= WIDTH || typeof value !== "object" || value === null) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => compactJson(one, inner))
    : Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => `${JSON.stringify(key)}: ${compactJson(one, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${indent}${close}`;
}
