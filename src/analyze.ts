import { formats } from "../grammars/index.ts";
import { causes } from "./causes/index.ts";
import { judge } from "./causes/judge.ts";
import { compare } from "./correlate/compare.ts";
import { correlate } from "./correlate/situation.ts";
import { readInputs } from "./read-inputs.ts";
import type { ReadOptions } from "./read-inputs.ts";
import { buildReport } from "./report/build-report.ts";
import { buildDiffReport } from "./report/diff-report.ts";
import type { DiffReport } from "./report/diff-report.ts";
import { factRows, factsDocument } from "./report/facts-json.ts";
import type { FactJson, FactsDocument } from "./report/facts-json.ts";
import type { Report } from "./report/report.ts";
import type { Input } from "./text/intake.ts";
import { version } from "./version.ts";

/** How inputs are read, and when validity is judged. Nothing here asks the clock: the caller says what time it is. */
export interface AnalyzeOptions extends ReadOptions {
  /** The moment to judge validity at, ISO 8601 UTC; null: what the evidence says, else `clock`. */
  readonly at: string | null;
  /** The present moment, ISO 8601 UTC. */
  readonly clock: string;
}

/** The whole flow: inputs to facts, facts to a situation, the situation to verdicts, verdicts to a report. */
export async function analyze(inputs: readonly Input[], options: AnalyzeOptions): Promise<Report> {
  const read = await readInputs(inputs, formats, options);
  const situation = correlate(read.facts, { at: options.at, clock: options.clock });
  const verdicts = causes.map((cause) => judge(cause, situation));
  return buildReport({ version, inputs: read.inputs, situation, verdicts, notUnderstood: read.notUnderstood });
}

/** Compares two captures, the one that works and the one that does not, field by field. */
export async function diff(a: NamedInputs, b: NamedInputs, options: AnalyzeOptions): Promise<DiffReport> {
  const [readA, readB] = [await readInputs(a.inputs, formats, options), await readInputs(b.inputs, formats, options)];
  const moments = { at: options.at, clock: options.clock };
  const differences = compare(correlate(readA.facts, moments), correlate(readB.facts, moments));
  return buildDiffReport({ version, a: { name: a.name, inputs: readA.inputs }, b: { name: b.name, inputs: readB.inputs }, differences });
}

/** One side of a comparison: a file, or all files of a folder. */
export interface NamedInputs {
  readonly name: string;
  readonly inputs: readonly Input[];
}

/** Only the first half: what was read, judged by nobody. */
export async function readFacts(inputs: readonly Input[], options: ReadOptions): Promise<FactsDocument> {
  const read = await readFactRows(inputs, options);
  return factsDocument(read.inputs, read.rows);
}

/** As `readFacts`, for programs that take one fact after the other and keep none. */
export async function readFactRows(inputs: readonly Input[], options: ReadOptions): Promise<{ readonly inputs: FactsDocument["inputs"]; readonly rows: Iterable<FactJson> }> {
  const read = await readInputs(inputs, formats, options);
  return { inputs: read.inputs, rows: factRows(read.facts) };
}
