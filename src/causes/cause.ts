import type { Evidence } from "../correlate/evidence.ts";
import type { Certificate } from "../correlate/certificates.ts";
import type { Situation } from "../correlate/situation.ts";

/** How sure a finding is; the meaning of each is fixed by the report's contract. */
export type Weight = "proved" | "likely" | "possible";

/** One step of a repair; `on` is the machine it is done on. */
export interface Step {
  readonly text: string;
  readonly command: string | null;
  readonly on: "client" | "server" | "ca" | null;
}

/** A fact that would decide, and the command that prints it. */
export interface Missing {
  readonly what: string;
  readonly command: string | null;
  readonly on: "client" | "server" | "ca";
  /** Account the command must run under; null: any. */
  readonly account: string | null;
}

export type AtLeastOne<T> = readonly [T, ...T[]];

/** One occurrence of a cause. */
export interface Discovery {
  /** One sentence that names the fault, with the values that matter. */
  readonly headline: string;
  /** Why this keeps the certificate from being offered, selected or accepted. */
  readonly why: string;
  /** What would overturn the finding; null only when it is proved. */
  readonly overturnedBy: string | null;
  readonly fix: readonly Step[];
  readonly weight: Weight;
  readonly evidence: AtLeastOne<Evidence>;
  readonly about: Certificate | null;
}

/** The four answers of a cause, and `explains`: true and worth saying, but no fault. */
export type Outcome =
  | { readonly status: "found"; readonly discoveries: AtLeastOne<Discovery> }
  | { readonly status: "ruled-out"; readonly evidence: AtLeastOne<Evidence> }
  | { readonly status: "cannot-tell"; readonly missing: AtLeastOne<Missing> }
  | { readonly status: "explains"; readonly says: string; readonly evidence: AtLeastOne<Evidence> }
  | { readonly status: "does-not-apply"; readonly because: string };

/** A root cause: one file `<id>.ts` with its page `<id>.md`. */
export interface Cause {
  /** A noun phrase in the failing state, equal to the file name. */
  readonly id: string;
  readonly title: string;
  /** Addresses or document names the judgement rests on. */
  readonly sources: AtLeastOne<string>;
  /** General causes that are not reported when this specific one is found. */
  readonly refines: readonly string[];
  check(situation: Situation): Outcome;
}

export function found(first: Discovery, ...more: readonly Discovery[]): Outcome {
  return { status: "found", discoveries: [first, ...more] };
}

/** `evidence` may be empty when nothing proves it: then the honest answer is that the cause does not apply. */
export function ruledOut(evidence: readonly Evidence[], otherwise: string): Outcome {
  const [first, ...more] = evidence;
  return first === undefined ? { status: "does-not-apply", because: otherwise } : { status: "ruled-out", evidence: [first, ...more] };
}

export function cannotTell(first: Missing, ...more: readonly Missing[]): Outcome {
  return { status: "cannot-tell", missing: [first, ...more] };
}

export function doesNotApply(because: string): Outcome {
  return { status: "does-not-apply", because };
}

export function explains(says: string, first: Evidence, ...more: readonly Evidence[]): Outcome {
  return { status: "explains", says, evidence: [first, ...more] };
}
