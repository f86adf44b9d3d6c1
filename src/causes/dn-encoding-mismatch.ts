import { evidence } from "../correlate/evidence.ts";
import { currentCandidates } from "../correlate/exclusions.ts";
import { evidenceOf, verdictOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

/** Text cannot show how a name was encoded, so this is never more than a possibility. */
export const dnEncodingMismatch: Cause = {
  id: "dn-encoding-mismatch",
  title: "The issuer's name may be encoded differently in the list and in the certificate",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certcomparecertificatename", "https://github.com/golang/go/issues/31440"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.emptyList !== null && situation.replay?.list === null) return ruledOut([situation.request.emptyList], "");
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    const reported = situation.replay?.reported ?? null;
    if (reported !== null && reported.value > 0) return ruledOut([evidence(reported, "a certificate was selected")], "");
    const fitting = currentCandidates(situation).filter((replayed) => replayed.selectable === "yes" && verdictOf(replayed, "ISSUER_NAME")?.verdict === "meets");
    const [first] = fitting;
    if (reported === null || first === undefined || situation.replay?.list === null) return doesNotApply("no certificate with a listed issuer was left out");
    return toldBy(evidenceOf(verdictOf(first, "ISSUER_NAME")?.evidence ?? [], [evidence(reported, "and yet nothing matched")]), {
      headline: "The issuer's name equals one in the list as text, every other criterion is met, and yet nothing matched.",
      why: "Windows compares names octet by octet. PrintableString in one and UTF8String in the other look the same when printed. Another filter that the trace does not show would give the same picture.",
      overturnedBy: "Text cannot tell: the raw octets of both names would (openssl asn1parse of the CA certificate, and the CertificateRequest from a capture or s_client -msg).",
      fix: [
        { text: "Compare how the names are encoded in the certificate and in the CA certificate that the server uses.", command: "openssl asn1parse -i -in client.pem", on: "client" },
        { text: "If they differ: install on the server the CA certificate with the encoding that the client's certificate has.", command: "openssl asn1parse -i -in ca.pem", on: "server" },
      ],
      weight: "possible", about: first.certificate,
    }) ?? doesNotApply("no certificate with a listed issuer was left out");
  },
};
