import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { nameKey } from "../model/name.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const rootPurposeDisabled: Cause = {
  id: "root-purpose-disabled",
  title: "Client Authentication is switched off for a root",
  sources: ["https://learn.microsoft.com/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview"],
  refines: ["issuer-not-in-server-list"],
  check(situation: Situation): Outcome {
    const tops = situation.candidates.flatMap((certificate) => situation.chainOf(certificate).reachable.flatMap((link) => (link.authority === null ? [] : [link.authority])));
    const list = situation.replay?.list ?? situation.serverList;
    const isListed = (authority: Certificate): boolean => authority.subject !== null && list !== null && list.byKey.has(nameKey(authority.subject.value));
    // The server lists a CA only while the purpose is enabled there.
    const disabled = tops.filter((authority) => authority.ekuProperty !== null && !authority.ekuProperty.value.includes(EKU_OIDS.clientAuth) && !isListed(authority));
    const [culprit] = disabled;
    const absent = culprit?.subject != null && list !== null && list.incomplete === null;
    const lines = disabled.flatMap((authority) => (authority.ekuProperty === null ? [] : [evidence(authority.ekuProperty, "the purposes enabled for this CA in this store: Client Authentication is not among them")]));
    return toldBy(lines, {
      headline: `Client Authentication is not among the purposes enabled for ${culprit?.subject?.value.printed ?? "a CA of the chain"}${absent ? ", and the server's list lacks that CA" : ""}.`,
      why: "On a server a root without that purpose is left out of the list of issuers; on a client the chain is then not valid for client authentication.",
      overturnedBy: absent ? "Whether this listing is of the failing server or client is not in the inputs." : "A list of issuers that names this CA would overturn it for the server.",
      fix: [{ text: "certlm.msc, the root, Properties: enable Client Authentication (or all purposes).", command: "certutil -v -store root", on: "server" }],
      weight: absent ? "likely" : "possible", about: culprit ?? null,
    }, absent && list !== null ? [evidence(list.span, "the list, without that CA")] : [])
      ?? (tops.length > 0 && tops.some(isListed)
        ? ruledOut(tops.flatMap((authority) => {
          const listed = authority.subject === null ? undefined : list?.byKey.get(nameKey(authority.subject.value));
          return listed === undefined ? [] : [evidence(listed, "a CA of the chain is in the list")];
        }).slice(0, 1), "")
        : doesNotApply("no purposes of a root are at hand"));
  },
};
