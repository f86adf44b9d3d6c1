/** The library: `import { analyze } from "certwhy"`. No side effects; nothing here reads files, clocks or terminals. */
export { analyze, readFacts } from "./analyze.ts";
export type { AnalyzeOptions } from "./analyze.ts";
export type { ReadOptions } from "./read-inputs.ts";
export type { FactJson, FactsDocument } from "./report/facts-json.ts";
export type { Report, Citation, Finding, RuledOut, CannotTell, Missing, Step, Selection, IssuerList, PathStation, InputSummary } from "./report/report.ts";
export type { Digest, Input } from "./text/intake.ts";
export { version } from "./version.ts";
