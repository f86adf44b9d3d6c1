import type { Evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import { found } from "./cause.ts";
import type { Discovery, Outcome } from "./cause.ts";

/** A discovery whose evidence is still to be gathered. */
export type Told = Omit<Discovery, "evidence" | "about"> & { readonly about?: Discovery["about"] };

/** Found, when at least one of the lines that tell it is there; `context` is cited after them. Null: no such line. */
export function toldBy(lines: readonly Evidence[], told: Told, context: readonly Evidence[] = []): Outcome | null {
  if (lines.length === 0) return null;
  const [first, ...more] = evidenceOf(lines.slice(0, LINES_SHOWN), context);
  return first === undefined ? null : found({ about: null, ...told, evidence: [first, ...more] });
}

/** Lines of one kind that a finding cites. */
const LINES_SHOWN = 4;
