import { askedBy } from "../correlate/asked-by.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import type { SettingFact } from "../model/fact.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { bindings } from "./collect.ts";
import { toldBy } from "./told-by-lines.ts";

/** What only nginx and Apache print: they have no binding of http.sys. */
const OF_OTHER_SERVERS = ["NGINX_NO_CLIENT_CERTIFICATE", "NGINX_CLIENT_CERTIFICATE_REFUSED", "AH02008", "AH02018", "AH02039", "AH02276", "AH02261", "HAPROXY_HANDSHAKE_FAILURE", "AH10158", "APACHE_NO_POST_HANDSHAKE_AUTHENTICATION"];

/** Only a comparison of the binding before and after shows it; a single listing can at most ask for it. */
export const sslcertBindingSettingsLost: Cause = {
  id: "sslcert-binding-settings-lost",
  title: "Renewing the server certificate reset the binding",
  sources: ["https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http"],
  refines: [],
  check(situation: Situation): Outcome {
    const asked = askedBy(situation);
    if (asked.length > 0) return ruledOut(asked, "");
    if (situation.factsOf("error-code").some((fact) => OF_OTHER_SERVERS.includes(fact.name))) return doesNotApply("the server is not one of Windows");
    const told = toldBy(lostSettings(situation), {
      headline: "Of two listings of one binding, with different server certificates, one has settings for client certificates that the other lacks.",
      why: "IIS Manager deletes and creates the entry of http.sys when the server certificate is replaced, and what had been set with netsh (negotiation, CTL store, revocation check) returns to its defaults.",
      overturnedBy: "Listings of two servers look the same, and which of the two is the older one they do not show: the day of the renewal and of the first failure would confirm it.",
      fix: [
        { text: "Delete the entry and add it again with the new hash and all former parameters; keep them in a script.", command: "netsh http add sslcert ipport=0.0.0.0:443 certhash=HASH appid={APPID} clientcertnegotiation=enable", on: "server" },
        { text: "See what is set now.", command: bindings.command, on: "server" },
      ],
      weight: situation.outcome.arrived === false || situation.request.requested === false || situation.outcome.refused.length > 0 ? "likely" : "possible",
    });
    if (told !== null) return told;
    return situation.outcome.arrived === false || situation.request.requested === false
      ? cannotTell({ ...bindings, what: "the binding as it is now, and as it was before the server certificate was renewed (from a backup or another node): client certificate negotiation, revocation check, CTL store name" })
      : doesNotApply("nothing suggests that the server stopped asking");
  },
};

/** What IIS Manager resets, and the value that it resets to. */
const RESET_TO: Readonly<Record<string, string>> = { "Negotiate Client Certificate": "disabled", "Ctl Store Name": "(null)", "Ctl Identifier": "(null)", "Verify Client Certificate Revocation": "enabled" };

/** Settings that differ between two listings of one binding whose server certificates differ, too. */
function lostSettings(situation: Situation): readonly Evidence[] {
  const listings = new Map<string, Map<string, SettingFact>[]>();
  for (const fact of situation.factsOf("setting")) {
    const address = fact.binding?.value.toLowerCase() ?? null;
    if (address === null) continue;
    const known = listings.get(address) ?? [];
    listings.set(address, known);
    const last = known.at(-1);
    if (last === undefined || last.has(fact.setting) || [...last.values()].some(({ span }) => span.source.name !== fact.span.source.name)) known.push(new Map([[fact.setting, fact]]));
    else last.set(fact.setting, fact);
  }
  return [...listings.values()].flatMap((known): readonly Evidence[] => {
    const last = known.at(-1);
    const hash = last?.get("Certificate Hash");
    const other = known.find((one) => hash !== undefined && one.has("Certificate Hash") && one.get("Certificate Hash")?.value.value.toLowerCase() !== hash.value.value.toLowerCase());
    if (last === undefined || other === undefined) return [];
    return Object.entries(RESET_TO).flatMap(([setting, reset]) => {
      const pair = [last.get(setting), other.get(setting)];
      const kept = pair.find((fact) => fact !== undefined && fact.value.value.toLowerCase() !== reset);
      const lost = pair.find((fact) => fact !== undefined && fact.value.value.toLowerCase() === reset);
      return kept === undefined || lost === undefined ? [] : [evidence(kept.span, "set in this listing"), evidence(lost.span, "and at its default in the other, beside another server certificate")];
    });
  });
}
