/** The library: `import { analyze } from "certwhy"`. No side effects; nothing here reads files, clocks or terminals. */
export { analyze, diff, readFacts } from "./analyze.ts";
export type { AnalyzeOptions, NamedInputs } from "./analyze.ts";
export type { DiffReport, DiffRow } from "./report/diff-report.ts";
export type { ReadOptions } from "./read-inputs.ts";
export type { FactJson, FactsDocument } from "./report/facts-json.ts";
export type { Report, Citation, Finding, RuledOut, CannotTell, Missing, Step, Selection, IssuerList, PathStation, InputSummary } from "./report/report.ts";
export type { Digest, Input } from "./text/intake.ts";
export { redactInputs, checkRedacted } from "./redact-inputs.ts";
export type { RedactedCopy, RedactedInputs } from "./redact-inputs.ts";
export type { PrivatePlace } from "./redact/redact.ts";
export type { Reversal } from "./redact/pseudonyms.ts";
export { version } from "./version.ts";
