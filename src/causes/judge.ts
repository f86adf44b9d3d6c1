import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { askedOfFiles } from "./collect.ts";

/** The answer of one cause. One that throws fails alone, and is named. */
export interface Verdict {
  readonly cause: Cause;
  readonly outcome: Outcome | { readonly status: "failed"; readonly error: string };
}

export function judge(cause: Cause, situation: Situation): Verdict {
  try {
    return { cause, outcome: asOfThisClient(cause.check(situation), situation) };
  } catch (error) {
    return { cause, outcome: { status: "failed", error: error instanceof Error ? error.message : String(error) } };
  }
}

/** A client with its certificate in a file is not asked for listings of a Windows store; what only such a store can have is none of its faults. */
function asOfThisClient(outcome: Outcome, { clientFiles: files }: Situation): Outcome {
  if (outcome.status !== "cannot-tell" || files === null) return outcome;
  const [first, ...more] = outcome.missing.map((missing) => askedOfFiles(missing, files)).filter((missing) => missing !== null);
  return first === undefined ? doesNotApply("the client takes its certificate from a file, not from a Windows store") : cannotTell(first, ...more);
}
