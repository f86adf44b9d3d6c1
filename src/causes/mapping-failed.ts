import { codeLines, statusLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Missing, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const MAPPING: Missing = {
  what: "whether the request that ended in 401 carried a certificate, and to which account the site maps it",
  command: "%windir%\\system32\\inetsrv\\appcmd list config \"SITE\" -section:system.webServer/security/authentication/iisClientCertificateMappingAuthentication",
  on: "server", account: "an administrator",
};

export const mappingFailed: Cause = {
  id: "mapping-failed",
  title: "The certificate arrived and is not mapped to an account",
  sources: ["https://learn.microsoft.com/iis/configuration/system.webserver/security/authentication/iisclientcertificatemappingauthentication/", "https://learn.microsoft.com/windows/win32/secauthn/mapping-certificates"],
  refines: [],
  check(situation: Situation): Outcome {
    const denied = statusLines(situation, 403, 12, "403.12: the mapper denied access");
    // Whoever speaks of 403.12 need not mean this request.
    const printed = situation.factsOf("http-status").some((fact) => fact.status === 403 && fact.substatus === 12 && fact.inWords !== true);
    const events = codeLines(situation, ["SCHANNEL_EVENT_36878", "SCHANNEL_EVENT_36879"]);
    const unauthorized = statusLines(situation, 401, null, "401: not authorized");
    return toldBy([...denied, ...events], {
      headline: denied.length > 0 || unauthorized.length > 0 ? "TLS is fine and the certificate arrived; what failed is its mapping to an account."
        : "The certificate arrived, and Windows found no account for it; that matters only if the application wants one.",
      why: "IIS or Active Directory looks for an account by mapping rule, by user principal name or by strong mapping. Without one the request is refused after the handshake.",
      overturnedBy: printed ? null : denied.length > 0 ? "The status stands in a sentence: the server's log line of the failing request would confirm it." : "Schannel tries the mapping for every client certificate and writes these events also where nobody needs an account: the status of the failing request (403.12, 401.1) would tell.",
      fix: [
        { text: "Check the mapping section of the site (mappings are read at site level only).", command: "%windir%\\system32\\inetsrv\\appcmd list config \"SITE\" -section:system.webServer/security/authentication/iisClientCertificateMappingAuthentication", on: "server" },
        { text: "For mapping by Active Directory: look for logon failures in the Security log of the domain controller (strong mapping, KB5014754).", command: null, on: "server" },
      ],
      weight: printed ? "proved" : denied.length > 0 || unauthorized.length > 0 ? "likely" : "possible",
    }, unauthorized.slice(0, 1)) ?? (logonFailed(situation) ? cannotTell(MAPPING) : situation.outcome.arrived === false ? ruledOut(situation.outcome.evidence.slice(0, 1), "") : doesNotApply("no refusal of a mapping is at hand"));
  },
};

/** 401.1 or 401.2 in the log of a server: also what every first request of a Windows logon gets. */
function logonFailed(situation: Situation): boolean {
  return situation.outcome.arrived !== false && situation.factsOf("http-status").some((fact) => fact.status === 401 && (fact.substatus === 1 || fact.substatus === 2) && fact.format === "w3c-log");
}
