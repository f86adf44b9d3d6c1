import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { describeOid } from "../correlate/replay.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { lacksClientAuth, purposeRefusals } from "./purposes.ts";
import { toldBy } from "./told-by-lines.ts";

export const ekuConstrainedIssuingCa: Cause = {
  id: "eku-constrained-issuing-ca",
  title: "A CA of the chain is itself restricted to other purposes",
  sources: ["https://github.com/openssl/openssl/issues/20090", "https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certgetenhancedkeyusage"],
  refines: ["eku-missing-clientauth"],
  check(situation: Situation): Outcome {
    const refusals = purposeRefusals(situation);
    const above = situation.candidates.filter((certificate) => !lacksClientAuth(certificate)).flatMap((certificate) => situation.chainOf(certificate).reachable.flatMap((link) => (link.authority === null ? [] : [link.authority])));
    const restricted = above.filter(lacksClientAuth);
    if (restricted.length > 0 && situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const [culprit] = restricted;
    const lines = restricted.flatMap((authority) => (authority.extendedKeyUsage.state === "present" ? [evidence(authority.extendedKeyUsage.span, `this CA allows only ${authority.extendedKeyUsage.value.map(describeOid).join(", ")}`)] : []));
    const told = toldBy(lines, {
      headline: `The issuing CA ${culprit?.subject?.value.printed ?? ""} carries an Enhanced Key Usage without Client Authentication.`,
      why: "The purposes of a certificate are what it and every CA above it allow. A CA for web servers cannot issue certificates for client authentication, whatever they say themselves.",
      overturnedBy: refusals.length > 0 ? null : "No refusal for the purpose is at hand (error 26, \"unsuitable certificate purpose\"): the server's log would show it.",
      fix: [
        { text: "Have the certificate issued by a CA without that restriction, or issue the CA's certificate again without Enhanced Key Usage or with Client Authentication.", command: null, on: "ca" },
        { text: "Check the whole chain.", command: "openssl verify -purpose sslclient -untrusted intermediate.pem -CAfile root.pem client.pem", on: "client" },
      ],
      weight: refusals.length > 0 ? "proved" : "possible", about: culprit ?? null,
    }, refusals);
    if (told !== null) return told;
    const open = situation.candidates.some((certificate) => certificate.extendedKeyUsage.state !== "unknown" && !lacksClientAuth(certificate));
    if (refusals.length > 0 && (open || situation.candidates.length === 0)) {
      return cannotTell({ what: "Enhanced Key Usage of the CAs above the certificate", command: "certutil -dump issuingca.cer", on: "ca", account: null });
    }
    const known = above.filter((authority) => authority.extendedKeyUsage.state !== "unknown");
    return known.length > 0 && known.length === above.length
      ? ruledOut(evidenceOf(known.slice(0, 2).map((authority) => (authority.extendedKeyUsage.state === "present" ? evidence(authority.extendedKeyUsage.span, "the CA allows client authentication")
        : evidence(authority.extendedKeyUsage.state === "absent" ? authority.extendedKeyUsage.proof : authority.span, "the CA has no Enhanced Key Usage")))), "")
      : doesNotApply("no CA with a restriction is at hand");
  },
};
