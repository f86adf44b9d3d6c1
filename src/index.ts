/** The library: `import { analyze } from "certwhy"`. No side effects; nothing here reads files, clocks or terminals. */
export { analyze, diff, readFacts } from "./analyze.ts";
export type { AnalyzeOptions, NamedInputs } from "./analyze.ts";
export type { DiffReport, DiffRow } from "./report/diff-report.ts";
export type { ReadOptions } from "./read-inputs.ts";
export type { FactJson, FactsDocument } from "./report/facts-json.ts";
export type {
  CannotTell, CertificateLabel, Citation, CriterionVerdict, DamageReport, Finding, InputSummary, IssuerList, JsonName, Missing, Note, PathStation, Report, RuledOut,
  Selection, Station, Step, Weight,
} from "./report/report.ts";
export { encodingNames } from "./text/encoding-name.ts";
export type { EncodingName } from "./text/encoding-name.ts";
export type { Place } from "./text/source-text.ts";
export type { Digest, Input } from "./text/intake.ts";
export { redactInputs, checkRedacted } from "./redact-inputs.ts";
export type { RedactedCopy, RedactedInputs } from "./redact-inputs.ts";
export type { PrivatePlace } from "./redact/redact.ts";
export type { Reversal, WordKind } from "./redact/pseudonyms.ts";
export { version } from "./version.ts";
