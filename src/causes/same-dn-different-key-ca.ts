import { evidence } from "../correlate/evidence.ts";
import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { nameKey } from "../model/name.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const sameDnDifferentKeyCa: Cause = {
  id: "same-dn-different-key-ca",
  title: "Two CAs share a name and have different keys",
  sources: ["https://github.com/haproxy/haproxy/issues/968", "https://github.com/openssl/openssl/issues/22591"],
  refines: ["issuer-not-trusted-by-server"],
  check(situation: Situation): Outcome {
    const failures = codeLines(situation, ["X509_V_ERR_CERT_SIGNATURE_FAILURE"], undefined, "server");
    for (const certificate of situation.candidates) {
      if (certificate.issuer === null || certificate.authorityKeyIdentifier === null || certificate.issuer.value.rdns.length === 0) continue;
      const wanted = certificate.authorityKeyIdentifier;
      const named = (situation.authorities.bySubject.get(nameKey(certificate.issuer.value)) ?? []).filter((one) => one.subjectKeyIdentifier !== null && one !== certificate);
      const other = named.find((one) => one.subjectKeyIdentifier?.value !== wanted.value);
      const matching = named.find((one) => one.subjectKeyIdentifier?.value === wanted.value);
      // Both at hand and no refusal: a CA that was given a new key, as CAs are.
      if (other?.subjectKeyIdentifier == null || (failures.length === 0 && (matching !== undefined || situation.outcome.accepted !== null))) {
        if (matching?.subjectKeyIdentifier != null) return ruledOut([evidence(matching.subjectKeyIdentifier, "the CA's key identifier"), evidence(wanted, "is the one the certificate names")], "");
        continue;
      }
      const told = toldBy([evidence(wanted, "the key that signed the certificate"), evidence(other.subjectKeyIdentifier, "a CA of the same name with another key"), ...failures], {
        headline: `A CA certificate named ${certificate.issuer.value.printed} is at hand whose key did not sign the certificate.`,
        why: "Programs find the issuer by its name. When a CA was given a new key, or a test CA copied the name of the real one, the wrong CA certificate is picked and the signature does not verify. The list of issuers looks perfect.",
        overturnedBy: failures.length > 0 ? null : "Which of the two CA certificates the server holds is not in the inputs: its key identifier would tell.",
        fix: [{ text: "Compare Authority Key Identifier of the certificate with Subject Key Identifier of the server's CA certificate; install the CA certificate whose identifier fits.", command: "certutil -dump ca.cer", on: "server" }],
        weight: failures.length > 0 ? "proved" : "possible", about: certificate,
      });
      if (told !== null) return told;
    }
    return toldBy(failures, {
      headline: "The signature of a certificate in the chain does not verify with the CA certificate of that name (error 7).",
      why: "A CA certificate with the right name and another key was found: the CA was given a new key, or another CA has the same name.",
      overturnedBy: "The key identifiers of the certificate and of the server's CA certificate would confirm it.",
      fix: [{ text: "Compare Authority Key Identifier of the certificate with Subject Key Identifier of the server's CA certificate.", command: "certutil -dump client.cer", on: "client" }],
      weight: "likely",
    }) ?? doesNotApply("no second CA of the same name is at hand");
  },
};
