import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import { currentCandidates } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { readSignatureScheme } from "../model/signature-schemes.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { transcript, verboseUserStore } from "./collect.ts";

export const signatureAlgorithmMismatch: Cause = {
  id: "signature-algorithm-mismatch",
  title: "The server accepts no signature algorithm that this key can make",
  sources: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    const requested = situation.request.signatureAlgorithms;
    const current = currentCandidates(situation).map((one) => one.certificate);
    const keyed = current.filter((certificate) => certificate.publicKey !== null);
    if (requested === null) return situation.request.requested === false ? doesNotApply("the server did not ask") : cannotTell(transcript(situation), verboseUserStore);
    const [first, ...more] = keyed.filter((certificate) => !canSign(certificate, situation)).map((certificate): Discovery => {
      const others = current.some((other) => other !== certificate && (other.publicKey === null || canSign(other, situation)));
      const [head, ...tail] = evidenceOf([evidence(requested, "the signature algorithms that the server accepts")], certificate.publicKey === null ? [] : [evidence(certificate.publicKey, `the certificate's key: ${certificate.publicKey.value.algorithm}`)]);
      return {
        headline: `The certificate has ${article(certificate.publicKey?.value.algorithm)} key, and the server accepts only ${kinds(requested.value)} signatures.`,
        why: "The client must sign the handshake with one of the algorithms that the server names in its request. None of them fits this type of key.",
        overturnedBy: others ? "Another certificate at hand has a fitting key; this matters only if this one is the certificate you mean." : null,
        fix: [
          { text: "Let the server accept signatures of that key type (OpenSSL: SignatureAlgorithms or ClientSignatureAlgorithms; Windows: cipher suite and signature policy).", command: null, on: "server" },
          { text: "Or use a certificate with a key of an accepted type.", command: null, on: "ca" },
        ],
        weight: others ? "possible" : "proved", evidence: [head ?? evidence(requested, "the request"), ...tail], about: certificate,
      };
    });
    if (first !== undefined) return found(first, ...more);
    if (keyed.length > 0 && keyed.length === current.length) return ruledOut(evidenceOf([evidence(requested, "an algorithm for this type of key is listed")], keyed.slice(0, 2).flatMap((certificate) => (certificate.publicKey === null ? [] : [evidence(certificate.publicKey, "the type of the key")]))), "");
    return current.length === 0 && situation.candidates.length === 0 ? cannotTell(verboseUserStore) : cannotTell(verboseUserStore);
  },
};

/** A key can sign if some requested scheme is for its type; unknown names and types count as fitting. TLS 1.3 demands PSS of RSA keys. */
function canSign(certificate: Certificate, situation: Situation): boolean {
  const key = certificate.publicKey?.value.algorithm;
  const schemes = (situation.request.signatureAlgorithms?.value ?? []).map(readSignatureScheme);
  if (key === undefined || !["RSA", "EC", "DSA", "Ed25519", "Ed448"].includes(key)) return true;
  const tls13 = situation.request.run?.protocol?.value === "TLSv1.3";
  return schemes.some((scheme) => scheme.key === "unknown" || (scheme.key === key && (key !== "RSA" || !tls13 || scheme.pss)));
}

function kinds(printed: readonly string[]): string {
  return [...new Set(printed.map((one) => readSignatureScheme(one)).map((scheme) => (scheme.pss ? "RSA-PSS" : scheme.key === "EC" ? "ECDSA" : scheme.key)))].join(", ");
}

function article(algorithm: string | undefined): string {
  return algorithm === "RSA" || algorithm === "EC" || algorithm?.startsWith("Ed") === true ? `an ${algorithm}` : `a ${algorithm ?? "different"}`;
}
