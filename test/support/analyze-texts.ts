import { analyze, readFacts } from "../../src/analyze.ts";
import { causes } from "../../src/causes/index.ts";
import type { Outcome } from "../../src/causes/cause.ts";
import { formats } from "../../grammars/index.ts";
import { correlate } from "../../src/correlate/situation.ts";
import type { Situation } from "../../src/correlate/situation.ts";
import { readInputs } from "../../src/read-inputs.ts";
import type { FactsDocument } from "../../src/report/facts-json.ts";
import type { CannotTell, Citation, Finding, Note, Report, RuledOut } from "../../src/report/report.ts";
import type { Input } from "../../src/text/intake.ts";
import { inputOf } from "./input-of.ts";

/** Inputs by file name. */
export type Texts = Readonly<Record<string, string>>;

export interface TextOptions {
  /** `--at`, ISO 8601 UTC; null: what the evidence says, else the clock. */
  readonly at: string | null;
}

/** A day inside the validity of the sample certificates. */
export const DURING = "2026-06-15T12:00:00Z";
/** The clock of the tests. */
export const CLOCK = "2026-07-01T00:00:00Z";

function inputs(texts: Texts): readonly Input[] {
  return Object.entries(texts).map(([name, text]) => inputOf(text, [], name));
}

/** The whole flow over inputs in memory. */
export function analyzeTexts(texts: Texts, options: TextOptions = { at: DURING }): Promise<Report> {
  return analyze(inputs(texts), { at: options.at, clock: CLOCK, encoding: null, newDigest: null });
}

/** Only the first half of the flow. */
export function factsOfTexts(texts: Texts): Promise<FactsDocument> {
  return readFacts(inputs(texts), { encoding: null, newDigest: null });
}

/** What the inputs together say, before any cause looks at it. */
export async function situationOfTexts(texts: Texts, options: TextOptions = { at: DURING }): Promise<Situation> {
  const read = await readInputs(inputs(texts), formats, { encoding: null, newDigest: null });
  return correlate(read.facts, { at: options.at, clock: CLOCK });
}

/** What one cause answers, before more specific causes hide it. */
export async function judgeTexts(cause: string, texts: Texts, options: TextOptions = { at: DURING }): Promise<Outcome> {
  const known = causes.find((one) => one.id === cause);
  if (known === undefined) throw new Error(`no cause ${cause}`);
  return known.check(await situationOfTexts(texts, options));
}

export function findingsOf(report: Report, cause: string): readonly Finding[] {
  return report.findings.filter((finding) => finding.cause === cause);
}

/** The only finding of a cause; an error that lists what was found instead. */
export function findingOf(report: Report, cause: string): Finding {
  const [finding, second] = findingsOf(report, cause);
  if (finding === undefined || second !== undefined) throw new Error(`not exactly one finding of ${cause}; found: ${answersOf(report)}`);
  return finding;
}

export function ruledOutOf(report: Report, cause: string): RuledOut {
  const ruledOut = report.ruledOut.find((one) => one.cause === cause);
  if (ruledOut === undefined) throw new Error(`${cause} is not ruled out; ${answersOf(report)}`);
  return ruledOut;
}

export function cannotTellOf(report: Report, cause: string): CannotTell {
  const cannotTell = report.cannotTell.find((one) => one.cause === cause);
  if (cannotTell === undefined) throw new Error(`${cause} is not open; ${answersOf(report)}`);
  return cannotTell;
}

export function noteOf(report: Report, cause: string): Note {
  const note = report.notes.find((one) => one.cause === cause);
  if (note === undefined) throw new Error(`${cause} is no note; ${answersOf(report)}`);
  return note;
}

/** How a report answers a cause. */
export function answerOf(report: Report, cause: string): "found" | "ruled-out" | "cannot-tell" | "explains" | "none" {
  if (report.findings.some((one) => one.cause === cause)) return "found";
  if (report.ruledOut.some((one) => one.cause === cause)) return "ruled-out";
  if (report.cannotTell.some((one) => one.cause === cause)) return "cannot-tell";
  return report.notes.some((one) => one.cause === cause) ? "explains" : "none";
}

function answersOf(report: Report): string {
  const list = (title: string, all: readonly { readonly cause: string }[]): string => `${title} [${all.map((one) => one.cause).join(", ")}]`;
  return [list("found", report.findings), list("ruled out", report.ruledOut), list("open", report.cannotTell), list("notes", report.notes), JSON.stringify(report.failures)].join("; ");
}

/** The quoted lines of an answer, trimmed, in order. */
export function quotesOf(answer: { readonly evidence: readonly Citation[] }): readonly string[] {
  return answer.evidence.map((citation) => citation.quote.trim());
}

/** The characters an answer points at, in order. */
export function citedOf(answer: { readonly evidence: readonly Citation[] }): readonly string[] {
  return answer.evidence.map((citation) => citation.quote.slice(citation.from, citation.from + citation.length));
}

/** Commands that an open cause asks for, with the machine to run them on. */
export function commandsOf(answer: CannotTell): readonly string[] {
  return answer.missing.map((missing) => `${missing.on}: ${missing.command}`);
}
