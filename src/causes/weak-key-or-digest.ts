import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import type { ErrorCodeFact, PublicKey } from "../model/fact.ts";
import { lineIndexAt, lineSpan } from "../text/source-text.ts";
import type { Located, Span } from "../text/source-text.ts";
import { doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

const WEAKNESS_CODES: Readonly<Record<string, string>> = {
  SSL_R_EE_KEY_TOO_SMALL: "the key of the certificate is too small",
  SSL_R_CA_KEY_TOO_SMALL: "the key of a CA is too small",
  SSL_R_CA_MD_TOO_WEAK: "the digest in a CA certificate is too weak",
  X509_V_ERR_EE_KEY_TOO_SMALL: "the key of the certificate is too small",
  X509_V_ERR_CA_KEY_TOO_SMALL: "the key of a CA is too small",
  X509_V_ERR_CA_MD_TOO_WEAK: "the digest in a CA certificate is too weak",
};

/** What only a client prints that was given a certificate. */
const CLIENT_CERTIFICATE_GIVEN = ["CLIENT_CERTIFICATE_NOT_LOADED", "CLIENT_KEY_NOT_LOADED", "S_CLIENT_ERROR_SETTING_CERTIFICATE", "S_CLIENT_ERROR_SETTING_PRIVATE_KEY"];

/** OpenSSL security level 2, the default of Debian since 10: RSA keys of at least 2048 bits, curves of at least 224. */
const LEAST_RSA_BITS = 2048;
const LEAST_EC_BITS = 224;

export const weakKeyOrDigest: Cause = {
  id: "weak-key-or-digest",
  title: "The key or a digest is too weak for one side",
  sources: ["https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/", "https://github.com/openssl/openssl/issues/11702"],
  refines: ["client-certificate-not-loaded"],
  check(situation: Situation): Outcome {
    const refusals = situation.factsOf("error-code").filter((fact) => WEAKNESS_CODES[fact.name] !== undefined && !isOfServersCertificate(fact));
    const weak = situation.candidates.filter((certificate) => isWeak(certificate.publicKey?.value.algorithm, certificate.publicKey?.value.bits ?? null));
    const [refusal] = refusals;
    if (refusal !== undefined) {
      const [culprit] = weak;
      const certain = culprit !== undefined || refusals.some((fact) => fact.reportedBy != null) || codeLines(situation, CLIENT_CERTIFICATE_GIVEN).length > 0;
      const [first, ...more] = evidenceOf([evidence(refusal.span, WEAKNESS_CODES[refusal.name] ?? refusal.name)], culprit === undefined || culprit.publicKey === null ? [] : [evidence(lengthPlace(culprit.publicKey), `${culprit.publicKey.value.bits} bits`)]);
      return found({
        headline: `A TLS library refuses the certificate: ${WEAKNESS_CODES[refusal.name] ?? refusal.name}${culprit === undefined || culprit.publicKey === null ? "" : ` (${culprit.publicKey.value.bits} bits)`}.`,
        why: "Since security level 2 became the default (Debian 10 and others), OpenSSL takes no RSA key below 2048 bits and no SHA-1 or MD5 signature. The library that loads the certificate refuses it before anything is sent.",
        overturnedBy: !certain ? "Which certificate the library refused is not in the inputs, nor whether a client or a server loaded it: its key length (openssl x509 -text) would confirm it." : null,
        fix: [
          { text: "Have the certificate issued again with RSA 2048 or more, or an elliptic curve, signed with SHA-256.", command: null, on: "ca" },
          { text: "As a stop-gap on that machine only, lower the level in openssl.cnf: CipherString = DEFAULT@SECLEVEL=1.", command: "openssl version -d", on: "client" },
        ],
        weight: certain ? "proved" : "likely", evidence: [first ?? evidence(refusal.span, "refused"), ...more], about: culprit ?? null,
      });
    }
    const keyed = situation.candidates.filter((certificate) => certificate.publicKey?.value.bits != null);
    if (weak.length === 0 && keyed.length > 0 && keyed.length === situation.candidates.length) {
      return ruledOut(keyed.slice(0, 3).flatMap((certificate) => (certificate.publicKey === null ? [] : [evidence(lengthPlace(certificate.publicKey), `${certificate.publicKey.value.algorithm}, ${certificate.publicKey.value.bits} bits`)])), "");
    }
    const [one, ...others] = weak;
    if (one === undefined || one.publicKey === null) return doesNotApply("no refusal and no weak key is at hand");
    return found({
      headline: `The certificate's ${one.publicKey.value.algorithm} key has only ${one.publicKey.value.bits} bits.`,
      why: "Libraries with OpenSSL's security level 2 refuse such keys, and Windows refuses RSA below 1024 bits; whether that happened here is not in the inputs.",
      overturnedBy: "No refusal is at hand: the error text of the client or server (\"ee key too small\") would confirm it.",
      fix: [{ text: "Have the certificate issued again with RSA 2048 or more, or an elliptic curve.", command: null, on: "ca" }],
      weight: "possible", evidence: [evidence(lengthPlace(one.publicKey), `${one.publicKey.value.bits} bits`), ...others.flatMap((other) => (other.publicKey === null ? [] : [evidence(lengthPlace(other.publicKey), `${other.publicKey.value.bits} bits`)]))], about: one,
    });
  },
};

/** Reasons of the SSL library are given when a program loads its own certificate; results of a verification are about a peer's. */
function isOfServersCertificate(fact: ErrorCodeFact): boolean {
  return fact.reportedBy === (fact.name.startsWith("SSL_R_") ? "server" : "client");
}

function isWeak(algorithm: string | undefined, bits: number | null): boolean {
  if (bits === null) return false;
  return algorithm === "EC" ? bits < LEAST_EC_BITS : algorithm === "RSA" || algorithm === "DSA" ? bits < LEAST_RSA_BITS : false;
}

/** A dump prints the length in a line below the algorithm: the last line of the span. */
function lengthPlace({ span }: Located<PublicKey>): Span {
  const first = lineIndexAt(span.source, span.start);
  const last = lineIndexAt(span.source, Math.max(span.start, span.end - 1));
  return last === first ? span : { ...lineSpan(span.source, last), end: span.end };
}
