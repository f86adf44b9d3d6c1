import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

/** The count check, first half: more certificates were selected than the listing can give. */
export const listingOfAnotherStore: Cause = {
  id: "listing-of-another-store",
  title: "The listing is not of the store that was searched",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const replay = situation.replay;
    if (replay === null || replay.reported === null || replay.countCheck === null) return doesNotApply("reported and predicted number of matches cannot be compared");
    const reported = evidence(replay.reported, `${replay.reported.value} matched; the certificates listed here give ${replay.predicted}`);
    if (replay.countCheck !== "other-store") return ruledOut([reported], "");
    return toldBy(evidenceOf([reported], situation.completeListing === null ? [] : [evidence(situation.completeListing.store, "the listing at hand")]), {
      headline: `The call reports ${replay.reported.value} matching certificates, and of those listed here only ${replay.predicted} can match.`,
      why: "The listing was made under another account, of another store or at another time than the selection, so it cannot explain what was selected.",
      overturnedBy: "A listing made on that machine, as the user of the failing program, would show the certificates that matched.",
      fix: [{ text: "List the store as the user whose client made the trace.", command: "whoami & certutil -v -user -store my", on: "client" }],
      weight: "possible",
    }) ?? doesNotApply("reported and predicted number of matches cannot be compared");
  },
};
