import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, explains, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

/** Context: for Windows and OpenSSL an empty list is no reason to withhold a certificate. */
export const issuerListEmpty: Cause = {
  id: "issuer-list-empty",
  title: "The server asks with an empty list of issuers",
  sources: ["https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4", "https://learn.microsoft.com/en-us/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.emptyList !== null) {
      return explains("The server asked for a certificate and named no issuers. That is the default of Windows servers since 2012 and means any issuer is acceptable; it is no reason for Windows or OpenSSL clients to withhold a certificate. Only clients that choose by issuer may send none.",
        situation.request.emptyList, ...situation.request.evidence.slice(0, 1));
    }
    if (situation.serverList !== null) return ruledOut([evidence(situation.serverList.span, `${situation.serverList.names.length} names are listed`)], "");
    const list = situation.replay?.list ?? null;
    if (list !== null && list.names.length > 0) return ruledOut([evidence(list.announced ?? list.span, "the list is not empty")], "");
    return doesNotApply("no request with a list is at hand");
  },
};
