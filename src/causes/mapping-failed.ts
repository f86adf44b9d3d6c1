import { codeLines, statusLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const mappingFailed: Cause = {
  id: "mapping-failed",
  title: "The certificate arrived and is not mapped to an account",
  sources: ["https://learn.microsoft.com/iis/configuration/system.webserver/security/authentication/iisclientcertificatemappingauthentication/"],
  refines: [],
  check(situation: Situation): Outcome {
    const denied = statusLines(situation, 403, 12, "403.12: the mapper denied access");
    const events = codeLines(situation, ["SCHANNEL_EVENT_36878", "SCHANNEL_EVENT_36879"]);
    return toldBy([...denied, ...events], {
      headline: "TLS is fine and the certificate arrived; what failed is its mapping to an account.",
      why: "IIS or Active Directory looks for an account by mapping rule, by user principal name or by strong mapping. Without one the request is refused after the handshake.",
      overturnedBy: null,
      fix: [
        { text: "Check the mapping section of the site (mappings are read at site level only).", command: "%windir%\\system32\\inetsrv\\appcmd list config \"SITE\" -section:system.webServer/security/authentication/iisClientCertificateMappingAuthentication", on: "server" },
        { text: "For mapping by Active Directory: look for logon failures in the Security log of the domain controller (strong mapping, KB5014754).", command: null, on: "server" },
      ],
      weight: "proved",
    }) ?? (situation.outcome.arrived === false ? ruledOut(situation.outcome.evidence.slice(0, 1), "") : doesNotApply("no refusal of a mapping is at hand"));
  },
};
