import { evidence } from "../correlate/evidence.ts";
import { countNames } from "../correlate/issuer-lists.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, explains, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { verboseUserStore } from "./collect.ts";

/** Context: for Windows and OpenSSL an empty list is no reason to withhold a certificate. */
export const issuerListEmpty: Cause = {
  id: "issuer-list-empty",
  title: "The server asks with an empty list of issuers",
  sources: ["https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4", "https://learn.microsoft.com/en-us/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.emptyList !== null) {
      if (situation.candidates.length === 0 && situation.calls.length === 0 && situation.outcome.arrived !== true) {
        return found({
          headline: "The server asks for a certificate and names no issuers; clients that choose by issuer may then send none.",
          why: "An empty list means that any issuer is acceptable, and Windows and OpenSSL clients take it so. Some programs pick a certificate by the names in the list and find none to pick.",
          overturnedBy: "Which client fails, and what certificates it has, is not in the inputs.",
          fix: [
            { text: "Look at the client's certificates first.", command: verboseUserStore.command, on: "client" },
            { text: "If the client needs names: let the server send its list (Windows: SendTrustedIssuerList = 1; nginx: ssl_client_certificate instead of ssl_trusted_certificate; Apache: SSLCADNRequestFile; syslog-ng 4.0 and later send it from ca-dir).", command: null, on: "server" },
          ],
          weight: "possible", evidence: [situation.request.emptyList, ...situation.request.evidence.slice(0, 1)], about: null,
        });
      }
      return explains("The server asked for a certificate and named no issuers. That is the default of Windows servers since 2012 and means any issuer is acceptable; it is no reason for Windows or OpenSSL clients to withhold a certificate. Only clients that choose by issuer may send none.",
        situation.request.emptyList, ...situation.request.evidence.slice(0, 1));
    }
    if (situation.serverList !== null) return ruledOut([evidence(situation.serverList.span, `the list holds ${countNames(situation.serverList)}`)], "");
    const list = situation.replay?.list ?? null;
    if (list !== null && list.names.length > 0) return ruledOut([evidence(list.announced ?? list.span, "the list is not empty")], "");
    return doesNotApply("no request with a list is at hand");
  },
};
