import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { selectionTrace } from "./collect.ts";
import { toldBy } from "./told-by-lines.ts";

/** The count check, second half: fewer certificates were selected than meet every printed criterion. */
export const selectionFilterUnknown: Cause = {
  id: "selection-filter-unknown",
  title: "Something filters that the trace does not show",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const replay = situation.replay;
    if (replay !== null && replay.call === null && everythingMeets(situation)) return cannotTell(selectionTrace);
    if (replay === null || replay.reported === null || replay.countCheck === null) return doesNotApply("reported and predicted number of matches cannot be compared");
    const reported = evidence(replay.reported, `${replay.reported.value} matched; the certificates listed here give ${replay.predicted}`);
    if (replay.countCheck !== "unknown-filter") return ruledOut([reported], "");
    const [fitting] = replay.certificates.filter((one) => one.selectable === "yes");
    return toldBy(evidenceOf([reported], fitting === undefined ? [] : [evidence(fitting.certificate.subject ?? fitting.certificate.span, "this certificate meets every printed criterion")]), {
      headline: `${replay.predicted === 1 ? "A certificate meets" : `${replay.predicted} certificates meet`} every criterion that is printed, and the call reports only ${replay.reported.value}.`,
      why: "Chain trust, signature algorithms of the handshake, names that differ in their encoding, or a listing of another account would give this picture.",
      overturnedBy: "Which filter it is cannot be seen here: the commands below narrow it down.",
      fix: [
        { text: "Check the chain that the client builds.", command: "certutil -user -verify -urlfetch client.cer", on: "client" },
        { text: "Make sure that the listing was made by the user whose client made the trace.", command: "whoami & certutil -v -user -store my", on: "client" },
      ],
      weight: "possible", about: fitting?.certificate ?? null,
    }) ?? doesNotApply("reported and predicted number of matches cannot be compared");
  },
};

/** A certificate at hand meets whatever is known, the server demands one, and no line shows what became of it: only the client's own call can tell. */
function everythingMeets({ replay, outcome, request }: Situation): boolean {
  return request.requested === true && (outcome.demands.length > 0 || outcome.arrived === false) && outcome.arrived !== true && outcome.clientError.length === 0 && outcome.accepted === null
    && replay?.certificates.some((one) => one.selectable === "yes") === true;
}
