import type { Situation } from "../correlate/situation.ts";
import type { CannotTell, Finding, Note, PathStation } from "./report.ts";

export interface VerdictGround {
  readonly situation: Situation;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly cannotTell: readonly CannotTell[];
  readonly path: readonly PathStation[];
}

/** One sentence that a manager could read. */
export function sayVerdict({ situation, findings, notes, cannotTell }: VerdictGround): string {
  const proved = independent(findings.filter((finding) => finding.weight === "proved"));
  const [first] = proved;
  if (proved.length > 1) return `${NUMBERS[proved.length] ?? proved.length} faults, and ${proved.length === 2 ? "both" : "all"} must be mended: ${proved.map((finding) => uncapitalized(finding.title)).join("; ")}.`;
  if (first !== undefined) return `Proved: ${first.headline}`;
  const [likely] = findings.filter((finding) => finding.weight === "likely");
  if (likely !== undefined) return `Likely, not proved: ${likely.headline}`;
  if (situation.facts.every((fact) => fact.kind === "damage")) return "Nothing in the input is of a kind this tool reads.";
  const accepted = situation.outcome.accepted;
  if (accepted !== null && findings.length === 0) return "Nothing is wrong here: a certificate was selected and the request was served.";
  const [possible] = findings;
  if (possible !== undefined) return `The cause is not proved by this input. One possibility: ${possible.headline}`;
  if (situation.outcome.clientError.length > 0) return "The client's security layer failed when it was to use the certificate, and this input does not show why; what to collect next is listed below.";
  const reported = situation.replay?.reported?.value ?? null;
  if (reported === 0) return "The client found no suitable certificate, and this input does not show why: the certificates themselves are needed.";
  const commands = new Set(cannotTell.flatMap((one) => one.missing.map((missing) => missing.command)).filter((command) => command !== null));
  if (situation.outcome.refused.length > 0 && situation.outcome.arrived === true) return "A certificate arrived and the server refused it; this input does not show why: what to collect next is listed below.";
  if (situation.candidates.length > 0 && situation.replay !== null && situation.replay.certificates.some((one) => one.selectable === "yes") && commands.size === 0) return "No fault can be seen: a certificate at hand meets every criterion.";
  if (notes.length > 0 && commands.size === 0) return notes[0]?.says ?? "No fault can be seen in this input.";
  return reported !== null && reported > 0
    ? `The selection itself worked (${reported} matching certificate${reported === 1 ? "" : "s"}); this input does not show a fault after it.`
    : "This input does not decide the cause; what to collect next is listed below.";
}

const NUMBERS: readonly string[] = ["No", "One", "Two", "Three", "Four", "Five", "Six"];

/** Findings about one certificate with different causes, or about different things, count as separate faults. */
function independent(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => !seen.has(finding.cause) && seen.add(finding.cause));
}

/** Names such as "Key Usage" and "TLS" keep their capital. */
function uncapitalized(title: string): string {
  const [word = "", next = ""] = title.split(" ");
  const isName = word.slice(1) !== word.slice(1).toLowerCase() || next.charAt(0) !== next.charAt(0).toLowerCase();
  return isName ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
