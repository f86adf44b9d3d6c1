import type { Situation } from "../correlate/situation.ts";
import type { Cause, Outcome } from "./cause.ts";

/** The answer of one cause. One that throws fails alone, and is named. */
export interface Verdict {
  readonly cause: Cause;
  readonly outcome: Outcome | { readonly status: "failed"; readonly error: string };
}

export function judge(cause: Cause, situation: Situation): Verdict {
  try {
    return { cause, outcome: cause.check(situation) };
  } catch (error) {
    return { cause, outcome: { status: "failed", error: error instanceof Error ? error.message : String(error) } };
  }
}
