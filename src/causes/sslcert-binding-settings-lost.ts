import { askedBy } from "../correlate/asked-by.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { bindings } from "./collect.ts";

/** What only nginx and Apache print: they have no binding of http.sys. */
const OF_OTHER_SERVERS = ["NGINX_NO_CLIENT_CERTIFICATE", "NGINX_CLIENT_CERTIFICATE_REFUSED", "AH02008", "AH02018", "AH02039", "AH02276", "AH02261", "HAPROXY_HANDSHAKE_FAILURE", "AH10158", "APACHE_NO_POST_HANDSHAKE_AUTHENTICATION"];

/** Only a comparison of the binding before and after shows it, so a single ticket can at most ask for it. */
export const sslcertBindingSettingsLost: Cause = {
  id: "sslcert-binding-settings-lost",
  title: "Renewing the server certificate reset the binding",
  sources: ["https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http"],
  refines: [],
  check(situation: Situation): Outcome {
    const asked = askedBy(situation);
    if (asked.length > 0) return ruledOut(asked, "");
    if (situation.factsOf("error-code").some((fact) => OF_OTHER_SERVERS.includes(fact.name))) return doesNotApply("the server is not one of Windows");
    return situation.outcome.arrived === false || situation.request.requested === false
      ? cannotTell({ ...bindings, what: "the binding as it is now, and as it was before the server certificate was renewed (from a backup or another node): client certificate negotiation, revocation check, CTL store name" })
      : doesNotApply("nothing suggests that the server stopped asking");
  },
};
