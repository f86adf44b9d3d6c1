import { clearedBy, exclusionsBy } from "../correlate/exclusions.ts";
import { membershipOf } from "../correlate/issuer-lists.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome, Step } from "./cause.ts";
import { caStore, chainVerification } from "./collect.ts";

const IN_STORE: readonly Step[] = [
  { text: "Install the intermediate on the client.", command: "certutil -user -addstore CA intermediate.cer", on: "client" },
  { text: "Check the chain the client builds, and whether its AIA address can be reached.", command: "certutil -user -verify -urlfetch client.cer", on: "client" },
];

const IN_KEYSTORE: readonly Step[] = [
  { text: "Import the whole chain, the certificate first, into the entry of the key.", command: "keytool -importcert -alias ALIAS -file chain.p7b -keystore client.p12", on: "client" },
  { text: "Check the length of its chain.", command: "keytool -list -v -keystore client.p12", on: "client" },
];

export const clientMissingIntermediate: Cause = {
  id: "client-missing-intermediate",
  title: "The client lacks the intermediate CA between its certificate and the listed CA",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: ["issuer-not-in-server-list"],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 2), "");
    const list = situation.replay?.list ?? null;
    if (list === null) return situation.request.emptyList === null ? doesNotApply("no list of issuers is known") : ruledOut([situation.request.emptyList], "");
    const [first, ...more] = exclusionsBy(situation, "ISSUER_NAME").flatMap((exclusion): readonly Discovery[] => {
      const chain = situation.chainOf(exclusion.certificate);
      if (membershipOf(chain, list).state !== "behind-missing-intermediate" || chain.missing === null) return [];
      return [{
        headline: `The server lists a CA above ${chain.missing.link.name.value.printed}, and the client does not hold that intermediate.`,
        why: "The client compares the list with the chain it can build itself. Without the intermediate it sees only the direct issuer, which is not listed. Windows may fetch the intermediate from the address in the certificate (AIA); Chromium uses only what is stored.",
        overturnedBy: exclusion.overturnedBy, weight: exclusion.weight, evidence: exclusion.evidence, about: exclusion.certificate,
        fix: exclusion.certificate.prints.some((print) => print.format === "keytool") ? IN_KEYSTORE : IN_STORE,
      }];
    });
    if (first !== undefined) return found(first, ...more);
    const cleared = clearedBy(situation, "ISSUER_NAME");
    if (cleared !== null) return ruledOut(cleared, "");
    if (situation.candidates.length === 0) return doesNotApply("no client certificate is at hand");
    if (exclusionsBy(situation, "ISSUER_NAME").length > 0) return doesNotApply("no CA above the certificate is in the list either");
    return cannotTell(caStore, chainVerification);
  },
};
