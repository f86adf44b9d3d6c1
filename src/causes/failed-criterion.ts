import { clearedBy, exclusionsBy } from "../correlate/exclusions.ts";
import type { Exclusion } from "../correlate/exclusions.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { AtLeastOne, Discovery, Missing, Outcome } from "./cause.ts";

/** How a cause that is one failed selection criterion words its answers. */
export interface FailedCriterion {
  /** Criterion code, e.g. `KEY_USAGE`. */
  readonly criterion: string;
  /** Which failures of the criterion belong to this cause and not to a sibling. */
  readonly covers: (exclusion: Exclusion) => boolean;
  readonly describe: (exclusion: Exclusion) => Pick<Discovery, "headline" | "why" | "fix">;
  readonly missing: AtLeastOne<Missing>;
}

/** The four answers of such a cause. A certificate that arrived at the server was selected: then the criterion is ruled out. */
export function judgeCriterion(situation: Situation, cause: FailedCriterion): Outcome {
  if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 2), "a certificate arrived at the server");
  const excluded = exclusionsBy(situation, cause.criterion).filter(cause.covers);
  const [first, ...more] = excluded.map((exclusion): Discovery => ({
    ...cause.describe(exclusion), weight: exclusion.weight, overturnedBy: exclusion.overturnedBy, evidence: exclusion.evidence, about: exclusion.certificate,
  }));
  if (first !== undefined) return found(first, ...more);
  const cleared = clearedBy(situation, cause.criterion);
  if (cleared !== null) return ruledOut(cleared, "every certificate at hand meets this criterion");
  const failing = exclusionsBy(situation, cause.criterion);
  const [shown] = failing;
  if (shown !== undefined) return doesNotApply(`${shown.verdict.because}: that is another cause`);
  // The page was served after a selection: nothing keeps the certificate from being selected.
  if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "the request was served");
  return cannotTell(...cause.missing);
}
