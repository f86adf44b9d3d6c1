import { evidence } from "../correlate/evidence.ts";
import { currentCandidates } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { transcript, unprintedCertificate, verboseUserStore } from "./collect.ts";

/** ClientCertificateType names as OpenSSL prints them, by the key they allow (RFC 5246 7.4.4, RFC 8422 5.5). */
const TYPE_OF_KEY: Readonly<Record<string, string>> = { RSA: "RSA sign", EC: "ECDSA sign", DSA: "DSA sign", Ed25519: "ECDSA sign", Ed448: "ECDSA sign" };

export const clientCertificateTypeMismatch: Cause = {
  id: "client-certificate-type-mismatch",
  title: "The server does not accept certificates with this type of key",
  sources: ["https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4"],
  refines: ["signature-algorithm-mismatch"],
  check(situation: Situation): Outcome {
    const protocol = situation.request.run?.protocol ?? null;
    if (situation.request.requested === true && protocol?.value === "TLSv1.3" && situation.request.certificateTypes === null) {
      return ruledOut([evidence(protocol, "TLS 1.3 has no certificate types")], "");
    }
    const types = situation.request.certificateTypes;
    if (types === null) return situation.request.requested === false ? doesNotApply("the server did not ask") : cannotTell(transcript(situation), ...unprintedCertificate(situation));
    const keyed = currentCandidates(situation).map((one) => one.certificate).filter((certificate) => TYPE_OF_KEY[certificate.publicKey?.value.algorithm ?? ""] !== undefined);
    const fits = (algorithm: string): boolean => types.value.includes(TYPE_OF_KEY[algorithm] ?? "");
    const [first, ...more] = keyed.filter((certificate) => !fits(certificate.publicKey?.value.algorithm ?? "")).map((certificate): Discovery => {
      const others = keyed.some((other) => other !== certificate && fits(other.publicKey?.value.algorithm ?? ""));
      const [head, ...tail] = evidenceOf([evidence(types, "the certificate types that the server accepts")], certificate.publicKey === null ? [] : [evidence(certificate.publicKey, "the type of the certificate's key")]);
      return {
        headline: `The server accepts ${types.value.join(", ")}; the certificate has a key of type ${certificate.publicKey?.value.algorithm}.`,
        why: "Up to TLS 1.2 the request names the types of certificates it takes. A client with another type of key answers with an empty list.",
        overturnedBy: others ? "Another certificate at hand fits; this matters only if this one is the certificate you mean." : null,
        fix: [{ text: "Allow the type on the server, or use a certificate with a key of an accepted type.", command: null, on: "server" }],
        weight: others ? "possible" : "proved", evidence: [head ?? evidence(types, "the types"), ...tail], about: certificate,
      };
    });
    if (first !== undefined) return found(first, ...more);
    if (keyed.length > 0) return ruledOut([evidence(types, "the type of the key is accepted")], "");
    return cannotTell(verboseUserStore);
  },
};
