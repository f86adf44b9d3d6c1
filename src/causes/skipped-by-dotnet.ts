import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";
import type { Told } from "./told-by-lines.ts";

/**
 * .NET's own event source names the check that made it pass over a certificate. Likely where it found no other one, else possible.
 * `judged` stands where the certificate itself shows the fault, or where another tool chose.
 */
export function orSkippedByDotnet(situation: Situation, judged: Outcome, code: string, told: Pick<Told, "headline" | "why" | "fix">): Outcome {
  if (judged.status === "found" || situation.calls.length > 0 || situation.outcome.arrived === true) return judged;
  const none = codeLines(situation, ["DOTNET_NO_ELIGIBLE_CERTIFICATE"]);
  return toldBy(codeLines(situation, [code]), {
    ...told, weight: none.length > 0 ? "likely" : "possible",
    overturnedBy: none.length > 0
      ? "The certificate that was passed over may not be the one you mean: compare the subject in the line."
      : "No line says that none was left: another certificate may have been used.",
  }, none) ?? judged;
}
