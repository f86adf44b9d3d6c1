import { formats } from "../grammars/index.ts";
import { causes } from "./causes/index.ts";
import { judge } from "./causes/judge.ts";
import { correlate } from "./correlate/situation.ts";
import { readInputs } from "./read-inputs.ts";
import type { ReadOptions } from "./read-inputs.ts";
import { buildReport } from "./report/build-report.ts";
import { factsDocument } from "./report/facts-json.ts";
import type { FactsDocument } from "./report/facts-json.ts";
import type { Report } from "./report/report.ts";
import type { Input } from "./text/intake.ts";
import { version } from "./version.ts";

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

/** Only the first half: what was read, judged by nobody. */
export async function readFacts(inputs: readonly Input[], options: ReadOptions): Promise<FactsDocument> {
  const read = await readInputs(inputs, formats, options);
  return factsDocument(read.inputs, read.facts);
}
