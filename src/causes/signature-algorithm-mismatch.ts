import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { currentCandidates } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { readSignatureScheme } from "../model/signature-schemes.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { transcript, unprintedCertificate, verboseUserStore } from "./collect.ts";

export const signatureAlgorithmMismatch: Cause = {
  id: "signature-algorithm-mismatch",
  title: "The server accepts no signature algorithm that this key can make",
  sources: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.3.2", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.4"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    const configured = byConfiguration(situation);
    if (configured !== null) return found(configured);
    const requested = situation.request.signatureAlgorithms;
    const current = currentCandidates(situation).map((one) => one.certificate);
    const keyed = current.filter((certificate) => certificate.publicKey !== null);
    if (requested === null) return situation.request.requested === false ? doesNotApply("the server did not ask") : cannotTell(transcript(situation), ...unprintedCertificate(situation));
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
    return cannotTell(verboseUserStore);
  },
};

/** TLS 1.3 as a session prints it, or by the alert that only TLS 1.3 has (RFC 8446 6.2). */
function tls13Evidence(situation: Situation): readonly Evidence[] {
  const protocol = situation.runs.map((run) => run.protocol).find((one) => one?.value === "TLSv1.3") ?? null;
  const alert = situation.factsOf("alert").find((fact) => fact.number === CERTIFICATE_REQUIRED);
  return [...(protocol === null ? [] : [evidence(protocol, "TLS 1.3")]), ...(alert === undefined ? [] : [evidence(alert.span, "no certificate arrived; this alert exists in TLS 1.3 only")])].slice(0, 1);
}

/** Number of the alert certificate_required. */
const CERTIFICATE_REQUIRED = 116;

/**
 * OpenSSL's own setting leaves no signature for the key. At a client it limits what the certificate may sign with, at a server what its request
 * asks for; ClientSignatureAlgorithms goes before SignatureAlgorithms. TLS 1.3 demands PSS of RSA keys, whatever else is allowed.
 */
function byConfiguration(situation: Situation): Discovery | null {
  const settings = situation.factsOf("setting");
  const setting = settings.filter((fact) => fact.setting === "ClientSignatureAlgorithms").at(-1) ?? settings.filter((fact) => fact.setting === "SignatureAlgorithms").at(-1);
  if (setting === undefined || situation.outcome.accepted !== null) return null;
  const tls13 = tls13Evidence(situation);
  const keys = situation.candidates.map((certificate) => certificate.publicKey?.value.algorithm).filter((key) => key !== undefined);
  const about = situation.candidates.length === 1 ? situation.candidates[0] ?? null : null;
  const symptom = situation.outcome.arrived === false ? situation.outcome.evidence.slice(0, 1) : [];
  const common = {
    why: "The client must sign the handshake with an algorithm that this setting leaves. In TLS 1.3 an RSA key may sign with RSA-PSS only; without it the client passes over its certificate and sends none.",
    fix: [{ text: "Add the RSA-PSS schemes for RSA keys, and an ECDSA scheme for EC keys: ClientSignatureAlgorithms = rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:ECDSA+SHA256:ECDSA+SHA384:RSA+SHA256.", command: null, on: null }],
    about,
  };
  if (setting.value.value === "") {
    const [first, ...more] = evidenceOf([evidence(setting.value, "the setting is made; what to, is cut off here")], tls13, symptom);
    if (first === undefined || symptom.length === 0) return null;
    return {
      ...common, headline: "OpenSSL is told which signatures a client certificate may make, and no certificate arrived.", weight: "possible", evidence: [first, ...more],
      overturnedBy: "The value of the setting is not in the inputs: if it names a scheme that fits the key (for RSA in TLS 1.3 one with pss), it is not the cause.",
    };
  }
  const schemes = setting.value.value.split(":").filter((one) => one !== "").map(readSignatureScheme);
  if (schemes.length === 0 || schemes.some((scheme) => scheme.key === "unknown")) return null;
  const rsaFits = schemes.some((scheme) => scheme.key === "RSA" && (tls13.length === 0 || scheme.pss));
  const fits = (key: string): boolean => (key === "RSA" ? rsaFits : schemes.some((scheme) => scheme.key === key));
  // Without a certificate at hand only the one combination that looks right and is not counts: RSA is allowed, and TLS 1.3 needs it as PSS.
  if (keys.length > 0 ? keys.some(fits) : rsaFits || !schemes.some((scheme) => scheme.key === "RSA")) return null;
  const key = about?.publicKey ?? null;
  const [first, ...more] = evidenceOf([evidence(setting.value, "the signatures that are allowed")], tls13, key === null ? [] : [evidence(key, "the certificate's key")], symptom);
  if (first === undefined) return null;
  return {
    ...common,
    headline: rsaFits || keys.some((one) => one !== "RSA")
      ? "OpenSSL's setting allows no signature that the certificate's key can make."
      : "OpenSSL's setting allows RSA signatures without RSA-PSS, and in TLS 1.3 an RSA key can sign in no other way.",
    weight: symptom.length > 0 ? "likely" : "possible", evidence: [first, ...more],
    overturnedBy: keys.length > 0 ? "The setting must be that of the program that fails; another configuration file may be in use." : "The type of the certificate's key is not printed: an EC key can sign if the setting has an ECDSA scheme.",
  };
}

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
