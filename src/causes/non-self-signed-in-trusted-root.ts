import { isSelfIssued, isWhole } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { codeLines, statusLines } from "../correlate/code-lines.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const nonSelfSignedInTrustedRoot: Cause = {
  id: "non-self-signed-in-trusted-root",
  title: "A certificate that is no root lies in the server's Trusted Root store",
  sources: ["https://learn.microsoft.com/troubleshoot/developer/webapps/iis/site-behavior-performance/http-403-forbidden-open-webpage"],
  refines: ["issuer-not-trusted-by-server"],
  check(situation: Situation): Outcome {
    const roots = situation.factsOf("store-listing").filter((listing) => listing.store.value.name.toLowerCase() === "root" && listing.store.value.scope !== "user");
    const inRoot = situation.certificates.filter((certificate) => certificate.listings.some((listing) => roots.includes(listing)) && certificate.subject !== null && certificate.issuer !== null);
    const strangers = inRoot.filter((certificate) => !isSelfIssued(certificate));
    const refusals = [...statusLines(situation, 403, 16, "403.16: the certificate arrived and is untrusted or invalid"), ...codeLines(situation, ["CERT_E_UNTRUSTEDROOT"], undefined, "server")];
    if (strangers.length > 0 && situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const [culprit] = strangers;
    const told = toldBy(strangers.slice(0, 3).flatMap((certificate) => (certificate.issuer === null ? [] : [evidence(certificate.issuer, "in the Root store, and issued by another CA")])), {
      headline: `${strangers.length === 1 ? "A certificate" : `${strangers.length} certificates`} in the computer's Trusted Root store ${strangers.length === 1 ? "is" : "are"} not self-signed.`,
      why: "From Windows 8 and Server 2012 on, one such certificate confuses the judgement of client certificates: 403.16 although the root is installed, or 403.7 when the list of issuers is sent (KB 2802568).",
      overturnedBy: refusals.length > 0 ? "The listing must be of the failing server, with Windows Server 2012 or later; a refusal that goes on after the certificates were moved would overturn it." : "No refusal (403.16) is at hand.",
      fix: [{ text: "Move everything that is not self-signed to Intermediate Certification Authorities, and mend the group policy that put it there.", command: "powershell -Command \"Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object { $_.Issuer -ne $_.Subject } | Move-Item -Destination Cert:\\LocalMachine\\CA\"", on: "server" }],
      weight: refusals.length > 0 ? "likely" : "possible", about: culprit ?? null,
    }, refusals.slice(0, 2));
    if (told !== null) return told;
    const [complete] = roots.filter((listing) => isWhole(listing));
    if (complete !== undefined && inRoot.length > 0) return ruledOut([evidence(complete.store, "every certificate of this listing is self-issued")], "");
    return refusals.length > 0
      ? cannotTell({ what: "whether the Root store holds certificates that are not self-signed", command: "powershell -Command \"Get-ChildItem Cert:\\LocalMachine\\Root | Where-Object { $_.Issuer -ne $_.Subject }\"", on: "server", account: "an administrator" })
      : doesNotApply("no refusal for trust is at hand");
  },
};
