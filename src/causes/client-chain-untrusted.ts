import { evidence } from "../correlate/evidence.ts";
import { clearedBy, exclusionsBy } from "../correlate/exclusions.ts";
import { selectionFlagBit } from "../model/selection.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { chainVerification } from "./collect.ts";

export const clientChainUntrusted: Cause = {
  id: "client-chain-untrusted",
  title: "The client itself does not trust the chain of its certificate",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const flags = situation.replay?.call?.flags ?? null;
    if (flags === null) return doesNotApply("no flags of a selection call are at hand; the browser's known call does not examine trust");
    if ((flags.value & selectionFlagBit("CERT_SELECT_TRUSTED_ROOT")) === 0) return ruledOut([evidence(flags, "CERT_SELECT_TRUSTED_ROOT (0x2) is not set: trust on the client is no filter of this call")], "");
    const [first, ...more] = exclusionsBy(situation, "TRUSTED_ROOT").map((exclusion): Discovery => ({
      headline: `The call demands a trusted chain (flag 0x2), and on this client ${exclusion.verdict.because}.`,
      why: "With CERT_SELECT_TRUSTED_ROOT Windows drops certificates whose chain ends in an untrusted root, is incomplete, or contains an expired CA.",
      overturnedBy: exclusion.overturnedBy, weight: exclusion.weight, evidence: exclusion.evidence, about: exclusion.certificate,
      fix: [
        { text: "Install the root of the chain in the client's Trusted Root store (as the user, or for the computer in an elevated prompt).", command: "certutil -user -addstore root root.cer", on: "client" },
        { text: "Check the chain again.", command: "certutil -user -verify -urlfetch client.cer", on: "client" },
      ],
    }));
    if (first !== undefined) return found(first, ...more);
    const cleared = clearedBy(situation, "TRUSTED_ROOT");
    return cleared === null ? cannotTell(chainVerification) : ruledOut(cleared, "");
  },
};
