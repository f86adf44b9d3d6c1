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
