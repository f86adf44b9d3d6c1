import { evidence } from "../correlate/evidence.ts";
import { selectionFlagBit } from "../model/selection.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { verdictOf } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { storeProperties } from "./collect.ts";

export const duplicateSuppressed: Cause = {
  id: "duplicate-suppressed",
  title: "A newer certificate with the same subject suppresses this one",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const bit = selectionFlagBit("CERT_SELECT_ALLOW_DUPLICATES");
    const flags = situation.replay?.call?.flags ?? null;
    if (flags === null) return doesNotApply("no flags of a selection call are at hand; the browser's known call allows duplicates");
    if ((flags.value & bit) !== 0) return ruledOut([evidence(flags, "CERT_SELECT_ALLOW_DUPLICATES (0x80) is set: duplicates are kept")], "");
    const replayed = situation.replay?.certificates ?? [];
    const [first, ...more] = replayed.flatMap((one): readonly Discovery[] => {
      const verdict = verdictOf(one, "NOT_DUPLICATE");
      if (verdict?.verdict !== "fails" || one.verdicts.some((other) => other !== verdict && other.verdict === "fails")) return [];
      const [head, ...tail] = evidenceOf(verdict.evidence, [evidence(flags, "CERT_SELECT_ALLOW_DUPLICATES (0x80) is not set")]);
      return head === undefined ? [] : [{
        headline: "Of two certificates with the same subject, alternative names and template only the newer one is offered.",
        why: "Without CERT_SELECT_ALLOW_DUPLICATES the call keeps only the most recent of them. If the newer one is the unusable one, nothing works.",
        overturnedBy: one.verdicts.every((other) => other === verdict || other.verdict === "meets") ? null : "Criteria that cannot be judged here may exclude it as well.",
        fix: [{ text: "Delete or archive the copy that is not wanted.", command: "certutil -user -delstore my SERIALNUMBER", on: "client" }],
        weight: one.verdicts.every((other) => other === verdict || other.verdict === "meets") ? "proved" : "likely", evidence: [head, ...tail], about: one.certificate,
      }];
    });
    if (first !== undefined) return found(first, ...more);
    const verdicts = replayed.map((one) => verdictOf(one, "NOT_DUPLICATE")).filter((verdict) => verdict !== null);
    if (verdicts.length > 0 && verdicts.every((verdict) => verdict.verdict === "meets") && situation.completeListing !== null) return ruledOut(evidenceOf(...verdicts.map((verdict) => verdict.evidence)).slice(0, 3), "");
    return cannotTell(storeProperties);
  },
};
