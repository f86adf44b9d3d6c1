import type { Fact } from "../model/fact.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";

/** The moment that validity is judged at. */
export interface JudgedAt {
  /** ISO 8601 UTC. */
  readonly moment: string;
  readonly source: "option" | "evidence" | "clock";
  readonly evidence: Evidence | null;
}

/** The option wins; else the latest moment that a server's Date header or a session's start time prints; else the clock. */
export function judgedAt(facts: readonly Fact[], option: string | null, clock: string): JudgedAt {
  if (option !== null) return { moment: option, source: "option", evidence: null };
  let latest: { readonly moment: string; readonly evidence: Evidence } | null = null;
  for (const fact of facts) {
    const shown = printedMoment(fact);
    if (shown !== null && (latest === null || shown.moment > latest.moment)) latest = shown;
  }
  return latest === null ? { moment: clock, source: "clock", evidence: null } : { ...latest, source: "evidence" };
}

function printedMoment(fact: Fact): { readonly moment: string; readonly evidence: Evidence } | null {
  if (fact.kind === "http-status" && fact.date !== null) return { moment: fact.date.value, evidence: evidence(fact.date, "the server's clock at that moment") };
  if (fact.kind === "tls-session" && fact.startTime !== null) {
    const moment = new Date(fact.startTime.value * 1000);
    if (!Number.isNaN(moment.getTime())) return { moment: moment.toISOString(), evidence: evidence(fact.startTime, "start of the TLS session, in seconds since 1970") };
  }
  return null;
}
