import { evidence } from "../correlate/evidence.ts";
import { exclusionsBy } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { selectionFlagBit } from "../model/selection.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { storeProperties } from "./collect.ts";

const KEYSPEC_FLAGS = selectionFlagBit("CERT_SELECT_HAS_KEY_FOR_SIGNATURE") | selectionFlagBit("CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE");

export const keyspecMismatch: Cause = {
  id: "keyspec-mismatch",
  title: "The call demands another KeySpec than the key has",
  sources: [
    "https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains",
    "https://learn.microsoft.com/windows-server/identity/ad-fs/technical-reference/ad-fs-and-keyspec-property",
  ],
  refines: [],
  check(situation: Situation): Outcome {
    const [flagged] = situation.calls.filter((call) => call.flags !== null && (call.flags.value & KEYSPEC_FLAGS) !== 0);
    if (flagged === undefined) {
      const shown = situation.calls.flatMap((call) => (call.flags === null ? [] : [evidence(call.flags, "neither 0x10 (AT_SIGNATURE) nor 0x20 (AT_KEYEXCHANGE) is set: the call does not examine KeySpec")]));
      return ruledOut(evidenceOf(shown).slice(0, 2), "no trace at hand shows a demand for a KeySpec, and browsers make none");
    }
    const discoveries = ["HAS_KEY_FOR_SIGNATURE", "HAS_KEY_FOR_KEY_EXCHANGE"].flatMap((criterion) => exclusionsBy(situation, criterion).map((exclusion): Discovery => {
      const wanted = criterion === "HAS_KEY_FOR_SIGNATURE" ? "AT_SIGNATURE" : "AT_KEYEXCHANGE";
      return {
        headline: `The call demands a key for ${wanted}, and the key's ${exclusion.verdict.because.charAt(0).toLowerCase() === "k" ? exclusion.verdict.because : `usage differs: ${exclusion.verdict.because}`}.`,
        why: "With this flag Windows compares the KeySpec stored with the key (for CNG keys the NCRYPT key usage) and drops every certificate whose key has another one.",
        overturnedBy: exclusion.overturnedBy, weight: exclusion.weight, evidence: exclusion.evidence, about: exclusion.certificate,
        fix: [{ text: `Import the PFX again with the KeySpec that the program demands.`, command: `certutil -user -importpfx client.pfx ${wanted}`, on: "client" }],
      };
    }));
    const [first, ...more] = discoveries;
    if (first !== undefined) return found(first, ...more);
    const verdicts = situation.replay?.certificates.flatMap((one) => one.verdicts.filter((verdict) => verdict.criterion.startsWith("HAS_KEY_FOR"))) ?? [];
    if (verdicts.length > 0 && verdicts.every((verdict) => verdict.verdict === "meets")) return ruledOut(evidenceOf(...verdicts.map((verdict) => verdict.evidence)).slice(0, 3), "");
    return verdicts.length === 0 && situation.candidates.length > 0 ? doesNotApply("the deciding call demands no KeySpec") : cannotTell(storeProperties);
  },
};
