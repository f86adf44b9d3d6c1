import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { nameKey } from "../model/name.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { cannotTell, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const rootPurposeDisabled: Cause = {
  id: "root-purpose-disabled",
  title: "Client Authentication is switched off for a root",
  sources: ["https://learn.microsoft.com/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview"],
  refines: ["issuer-not-in-server-list"],
  check(situation: Situation): Outcome {
    const list = situation.replay?.list ?? situation.serverList;
    const chains = situation.candidates.map((certificate) => situation.chainOf(certificate).reachable);
    const listed = list === null ? [] : chains.flat().flatMap((link) => (link.authority === null ? [] : list.byKey.get(nameKey(link.name.value)) ?? []));
    // One listed CA of the chain is enough, and the server lists a CA only while the purpose is enabled there.
    const unlisted = list === null ? chains : chains.filter((links) => !links.some((link) => list.byKey.has(nameKey(link.name.value))));
    const disabled = unlisted.flat().flatMap((link) => (link.authority?.ekuProperty != null && !link.authority.ekuProperty.value.includes(EKU_OIDS.clientAuth) ? [link.authority] : []));
    if (disabled.length > 0 && situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const [culprit] = disabled;
    const absent = culprit?.subject != null && list !== null && list.incomplete === null;
    const lines = disabled.flatMap((authority) => (authority.ekuProperty === null ? [] : [evidence(authority.ekuProperty, "the purposes enabled for this CA in this store: Client Authentication is not among them")]));
    if (absent && lines.length > 0 && !disabled.some(isOfComputer)) {
      return cannotTell({ what: `the purposes enabled for ${culprit.subject.value.printed} on the server (the listing at hand is of a user's store, which decides nothing there)`, command: "certutil -v -store root", on: "server", account: "an administrator" });
    }
    return toldBy(lines, {
      headline: `Client Authentication is not among the purposes enabled for ${culprit?.subject?.value.printed ?? "a CA of the chain"}${absent ? ", and the server's list lacks that CA" : ""}.`,
      why: "On a server a root without that purpose is left out of the list of issuers; on a client the chain is then not valid for client authentication.",
      overturnedBy: absent ? "Whether this listing is of the failing server or client is not in the inputs." : "A list of issuers that names this CA would overturn it for the server.",
      fix: [{ text: "certlm.msc, the root, Properties: enable Client Authentication (or all purposes).", command: "certutil -v -store root", on: "server" }],
      weight: absent ? "likely" : "possible", about: culprit ?? null,
    }, absent && list !== null ? [evidence(list.span, "the list, without that CA")] : [])
      ?? ruledOut(listed.slice(0, 1).map((name) => evidence(name, "a CA of the chain is in the list")), "no purposes of a root are at hand");
  },
};

/** Servers make their list from the stores of the computer; purposes set in a user's store bear on that user only. */
function isOfComputer(authority: Certificate): boolean {
  return authority.listings.some((listing) => listing.store.value.scope !== "user");
}
