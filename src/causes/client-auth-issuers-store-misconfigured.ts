import { evidence } from "../correlate/evidence.ts";
import { exclusionsBy } from "../correlate/exclusions.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientAuthIssuersStoreMisconfigured: Cause = {
  id: "client-auth-issuers-store-misconfigured",
  title: "The list of issuers comes from another store than intended",
  sources: ["https://learn.microsoft.com/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview"],
  refines: [],
  check(situation: Situation): Outcome {
    const settings = situation.factsOf("setting");
    const mistyped = settings.filter((fact) => fact.setting === "SendTrustedIssuers");
    const { emptyList } = situation.request;
    // Somebody who set a name that Windows does not read wanted a list, and an empty one is what comes of it.
    if (emptyList !== null && mistyped.length === 0) return ruledOut([emptyList], "");
    const stores = settings.filter((fact) => fact.setting === "Ctl Store Name");
    const excluded = exclusionsBy(situation, "ISSUER_NAME");
    const named = stores.filter((fact) => fact.value.value.toLowerCase() !== "(null)");
    const lines = [
      ...mistyped.map((fact) => evidence(fact.value, "the documented name is SendTrustedIssuerList; Windows does not read this one")),
      ...(excluded.length > 0 ? named.map((fact) => evidence(fact.value, "the list of issuers comes from this store")) : []),
    ];
    return toldBy(lines, {
      headline: mistyped.length > 0 ? "The value SendTrustedIssuers is set; Windows knows only SendTrustedIssuerList." : `The list of issuers comes from the store ${named[0]?.value.value ?? ""}, and the client's CA is not in the list.`,
      why: "From Server 2012 on the list comes from the store named in the binding (sslctlstorename), else from Client Authentication Issuers, else from the Trusted Roots. A certificate installed elsewhere is not listed.",
      overturnedBy: "The content of that store would confirm or overturn it.",
      fix: [
        { text: "List the store and add the client's CA.", command: "certutil -store ClientAuthIssuer", on: "server" },
        { text: "See which store each binding names.", command: "netsh http show sslcert", on: "server" },
      ],
      weight: "possible",
    }, emptyList === null ? excluded[0]?.evidence.slice(0, 1) ?? [] : [emptyList]) ?? doesNotApply("no setting of the binding that bears on the list is at hand");
  },
};
