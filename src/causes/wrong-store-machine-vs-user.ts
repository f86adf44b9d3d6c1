import { evidence } from "../correlate/evidence.ts";
import { currentCandidates, symptomOf } from "../correlate/exclusions.ts";
import { evidenceOf, verdictOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { bothStores } from "./collect.ts";

export const wrongStoreMachineVsUser: Cause = {
  id: "wrong-store-machine-vs-user",
  title: "The certificate is in another store than the one that is searched",
  sources: ["https://learn.microsoft.com/windows/win32/seccrypto/system-store-locations"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 2), "");
    const current = currentCandidates(situation);
    const selectable = current.some((replayed) => replayed.selectable === "yes");
    const [first, ...more] = situation.outcome.accepted !== null ? [] : current.flatMap((replayed): readonly Discovery[] => {
      const store = verdictOf(replayed, "STORE");
      if (store === null || store.verdict === "meets" || replayed.certificate.listings.length === 0) return [];
      const rest = replayed.verdicts.filter((verdict) => verdict !== store);
      if (rest.some((verdict) => verdict.verdict === "fails")) return [];
      if (store.verdict === "unknown" && (situation.replay?.reported?.value !== 0 || rest.some((verdict) => verdict.verdict === "unknown"))) return [];
      const proved = store.verdict === "fails" && rest.every((verdict) => verdict.verdict === "meets") && situation.replay?.countCheck === "complete";
      const [head, ...tail] = evidenceOf(store.evidence, symptomOf(situation));
      return head === undefined ? [] : [{
        headline: "A certificate that meets every criterion is in the computer's store; the browser searches the user's.",
        why: "Browsers look in Current User\\Personal. That store inherits nothing from Local Computer\\Personal. (A service looks in its own account's store or in the computer's.)",
        overturnedBy: selectable ? "Another certificate, in the user's own store, meets every criterion; this matters only if the one of the computer is the certificate you mean." : proved ? null : store.verdict === "unknown" ? "A listing of the user's own store (certutil -user -store my) would confirm or overturn it." : "What of the certificate is not printed could exclude it as well: the verbose listing (certutil -v -store my) would show it.",
        fix: [
          { text: "Import the certificate with its key into the user's own store, as that user.", command: "certutil -user -importpfx client.pfx", on: "client" },
          { text: "Check that it is there now.", command: "certutil -user -store my", on: "client" },
        ],
        weight: selectable ? "possible" : proved ? "proved" : "likely", evidence: [head, ...tail], about: replayed.certificate,
      }];
    });
    if (first !== undefined) return found(first, ...more);
    const inUserStore = situation.candidates.flatMap((certificate) => certificate.listings.filter((listing) => listing.store.value.scope === "user"));
    const [listing] = inUserStore;
    if (listing !== undefined && situation.candidates.every((certificate) => certificate.listings.some((one) => one.store.value.scope === "user"))) {
      return ruledOut([evidence(listing.store, "the certificate is in the user's own store")], "");
    }
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    if (situation.request.requested === false) return doesNotApply("the server did not ask");
    return cannotTell(bothStores);
  },
};
