import { evidence } from "../correlate/evidence.ts";
import { exclusionsBy } from "../correlate/exclusions.ts";
import type { Certificate } from "../correlate/certificates.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { nameKey } from "../model/name.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { findPublicCa } from "../model/public-cas.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { extensionFails } from "./eku-missing-clientauth.ts";

export const publicCaClientauthEkuRemoved: Cause = {
  id: "public-ca-clientauth-eku-removed",
  title: "A public CA no longer issues Client Authentication",
  sources: ["https://letsencrypt.org/2025/05/14/ending-tls-client-authentication", "https://eurossl.eu/2025/06/14/chrome-will-drop-client-authentication-support-in-new-ssl-certificates/"],
  refines: ["eku-missing-clientauth"],
  check(situation: Situation): Outcome {
    const discoveries = exclusionsBy(situation, "ENHKEY_USAGE").filter(extensionFails).flatMap((exclusion): readonly Discovery[] => {
      const { certificate } = exclusion;
      const ca = certificate.issuer === null ? null : findPublicCa(certificate.issuer.value);
      if (ca === null || certificate.issuer === null || certificate.notBefore === null) return [];
      if (certificate.notBefore.value.latest.slice(0, 10) < ca.withoutClientAuthFrom) return [];
      const predecessor = earlierWithClientAuth(certificate, situation);
      const [first, ...more] = evidenceOf(
        exclusion.evidence.slice(0, 1),
        [evidence(certificate.issuer, "the issuer belongs to a public web PKI"), evidence(certificate.notBefore, `issued after ${ca.withoutClientAuthFrom}, when that CA had stopped`)],
        predecessor, exclusion.evidence.slice(1),
      );
      if (first === undefined) return [];
      const proved = predecessor.length > 0 && exclusion.weight === "proved";
      return [{
        headline: `The certificate was issued by a public CA after it had stopped including Client Authentication (${ca.withoutClientAuthFrom}).`,
        why: "Public CAs remove Client Authentication from their TLS certificates to meet the browsers' root programs. A renewal with unchanged configuration therefore yields a certificate that no longer works for mutual TLS.",
        overturnedBy: proved ? null : exclusion.overturnedBy ?? "The previous certificate of the same subject would show whether it still had Client Authentication.",
        fix: [
          { text: "Issue client certificates from a private CA, or from a CA's dedicated client hierarchy, and make the server trust it.", command: null, on: "ca" },
          { text: "Until then: if the previous certificate is still valid, use it.", command: "certutil -dump old.cer", on: "client" },
        ],
        weight: proved ? "proved" : exclusion.weight === "possible" ? "possible" : "likely",
        evidence: [first, ...more], about: certificate,
      }];
    });
    const [first, ...more] = discoveries;
    if (first !== undefined) return found(first, ...more);
    const authenticating = situation.candidates.filter((one) => one.extendedKeyUsage.state === "present" && one.extendedKeyUsage.value.includes(EKU_OIDS.clientAuth));
    if (authenticating.length > 0 && authenticating.length === situation.candidates.length) {
      return ruledOut(authenticating.flatMap((one) => (one.extendedKeyUsage.state === "present" ? [evidence(one.extendedKeyUsage.span, "Client Authentication is listed")] : [])).slice(0, 3), "");
    }
    const unclear = situation.candidates.find((one) => one.extendedKeyUsage.state === "unknown" && one.issuer !== null && findPublicCa(one.issuer.value) !== null);
    if (unclear !== undefined) return cannotTell({ what: "Enhanced Key Usage of this certificate and of the one it replaced", command: "certutil -dump client.cer", on: "client", account: null });
    return doesNotApply("no certificate at hand comes from a public CA");
  },
};

/** The EKU of an earlier certificate of the same subject that still had clientAuth. */
function earlierWithClientAuth(certificate: Certificate, situation: Situation): ReturnType<typeof evidenceOf> {
  if (certificate.subject === null || certificate.notBefore === null) return [];
  const key = nameKey(certificate.subject.value);
  for (const other of situation.candidates) {
    if (other === certificate || other.subject === null || other.notBefore === null || nameKey(other.subject.value) !== key) continue;
    if (other.notBefore.value.earliest >= certificate.notBefore.value.earliest) continue;
    if (other.extendedKeyUsage.state === "present" && other.extendedKeyUsage.value.includes(EKU_OIDS.clientAuth)) {
      return [evidence(other.extendedKeyUsage.span, "the previous certificate of the same subject had Client Authentication")];
    }
  }
  return [];
}
