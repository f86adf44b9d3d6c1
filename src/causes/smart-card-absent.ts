import { codeLines, codeLinesOfOtherUse } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isCardProvider, isMicrosoftSoftwareProvider } from "../model/providers.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const FIX: readonly Step[] = [
  { text: "Insert the card and look at it.", command: "certutil -scinfo", on: "client" },
  { text: "If the card is in: the services SCardSvr and CertPropSvc must run.", command: "sc query CertPropSvc", on: "client" },
];

export const smartCardAbsent: Cause = {
  id: "smart-card-absent",
  title: "The smart card that holds the key is not there",
  sources: ["https://learn.microsoft.com/windows/security/identity-protection/smart-cards/smart-card-certificate-propagation-service"],
  refines: ["orphaned-key-missing-keyset"],
  check(situation: Situation): Outcome {
    const onCard = situation.candidates.filter((certificate) => isCardProvider(certificate.key.provider?.value ?? ""));
    const failing = situation.candidates.filter((certificate) => certificate.key.error?.value === "0x8010000c");
    const unusable = onCard.filter((certificate) => certificate.key.status?.value !== "usable");
    const card = failing[0] ?? unusable[0];
    const working = situation.candidates.some((certificate) => certificate !== card && certificate.key.status?.value === "usable");
    const software = situation.candidates.length > 0 && situation.candidates.every((certificate) => isMicrosoftSoftwareProvider(certificate.key.provider?.value ?? ""));
    const outside = codeLinesOfOtherUse(situation, "SCARD_E_NO_SMARTCARD", "no smart card was in a reader, in another use than TLS");
    const weight = working || software ? "possible" : card === undefined ? (onCard.length > 0 ? "possible" : "likely") : "proved";
    const errors = [
      ...failing.flatMap((certificate) => (certificate.key.error === null ? [] : [evidence(certificate.key.error, "no smart card")])),
      ...codeLines(situation, ["SCARD_E_NO_SMARTCARD"]),
    ];
    const outcome = toldBy(errors, {
      headline: "The key is on a smart card, and no card is in the reader.",
      why: "Windows copies the certificates of a card into the store and leaves them there. Such a certificate is selected although its key is not reachable.",
      overturnedBy: weight === "proved" ? null : working ? "Another certificate at hand has a key that works; this matters only if the one on the card is the certificate you mean."
        : "The Provider line of the certificate would show whether its key is on a card.",
      fix: FIX,
      weight, about: card ?? null,
    }, card?.key.provider == null ? [] : [evidence(card.key.provider, isCardProvider(card.key.provider.value) ? "the provider of smart cards" : "the provider of the key")]);
    if (outcome !== null) return outcome;
    const atLogon = toldBy(outside, {
      headline: card === undefined ? "No smart card was in the reader when somebody logged on or signed; whether the key of the client certificate is on one is not shown."
        : "The key is on a smart card, and no card was in the reader when somebody logged on or signed.",
      why: "Windows copies the certificates of a card into the store and leaves them there. Such a certificate is selected although its key is not reachable.",
      overturnedBy: "The line is about another use than TLS: the card may have been in the reader when the client failed. The Provider line of the certificate would show whether its key is on a card.",
      fix: FIX, weight: card === undefined || working || software ? "possible" : "likely", about: card ?? null,
    });
    if (atLogon !== null && !(software && card === undefined)) return atLogon;
    if (onCard.length === 0) {
      const known = situation.candidates.filter((certificate) => certificate.key.provider !== null);
      return known.length > 0 && known.length === situation.candidates.length
        ? ruledOut(known.slice(0, 2).flatMap((certificate) => (certificate.key.provider === null ? [] : [evidence(certificate.key.provider, "no provider of smart cards")])), "")
        : doesNotApply("no key on a card is at hand");
    }
    if (onCard.every((certificate) => certificate.key.status?.value === "usable")) {
      return ruledOut(onCard.slice(0, 2).flatMap((certificate) => (certificate.key.status === null ? [] : [evidence(certificate.key.status, "the key on the card could be used")])), "");
    }
    return cannotTell({ what: "whether the card is in the reader and its key can be used", command: "certutil -scinfo", on: "client", account: "the user whose client fails" });
  },
};
