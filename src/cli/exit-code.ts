import type { Report } from "../report/report.ts";

/** Exit codes of the command; other programs rely on them. */
export const exitCode = {
  /** Analysed; no cause at or above `--fail-on`. */
  fine: 0,
  /** A cause at or above `--fail-on` was found. */
  causeFound: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Nothing recognizable in the input, or an input could not be read. */
  unreadable: 3,
  /** A fault of certwhy's own. */
  ownFault: 70,
} as const;

/** A mistake in the command line: one line on standard error, exit code 2, no stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Causes of a weight or a stronger one make the command fail; `never`: none does. */
export const weights = ["proved", "likely", "possible"] as const;
export type FailOn = (typeof weights)[number] | "never";

/** The exit code of a report; `isWhole`: everything that was named could be read. */
export function exitCodeOf(report: Report, isWhole: boolean, failOn: FailOn): number {
  if (!isWhole || !isRecognized(report)) return exitCode.unreadable;
  const enough: readonly string[] = failOn === "never" ? [] : weights.slice(0, weights.indexOf(failOn) + 1);
  return report.findings.some((finding) => enough.includes(finding.weight)) ? exitCode.causeFound : exitCode.fine;
}

/** Whether any format claimed something in any input. */
export function isRecognized({ inputs }: { readonly inputs: readonly { readonly formats: readonly string[] }[] }): boolean {
  return inputs.some(({ formats }) => formats.length > 0);
}
