import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { isMicrosoftSoftwareProvider, isSha1OnlyProvider } from "../model/providers.ts";
import { readSignatureScheme } from "../model/signature-schemes.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { transcript, storeProperties } from "./collect.ts";

/** Codes by which a client says that its provider could not make the demanded signature. */
const MISMATCH_CODES = ["SEC_E_ALGORITHM_MISMATCH", "CAPI_R_CANT_CREATE_HASH_OBJECT", "SSL_ERROR_SIGN_HASHES_FAILURE"];

export const legacyCspCannotSignSha256: Cause = {
  id: "legacy-csp-cannot-sign-sha256",
  title: "The key's old provider can only sign with SHA-1",
  sources: ["https://github.com/Azure/azure-c-shared-utility/pull/699", "https://github.com/dotnet/runtime/issues/111785"],
  refines: ["signature-algorithm-mismatch"],
  check(situation: Situation): Outcome {
    const requested = situation.request.signatureAlgorithms;
    const keyed = situation.candidates.filter((certificate) => certificate.key.provider !== null);
    if (keyed.length === 0) return situation.candidates.length > 0 && situation.candidates.every((one) => one.key.linked?.value === false) ? doesNotApply("no key is linked") : cannotTell(storeProperties);
    const suspects = keyed.filter(usesSha1OnlyProvider);
    if (suspects.length === 0) {
      return keyed.every((one) => one.key.providerType !== null || isKnownSafe(one))
        ? ruledOut(keyed.slice(0, 2).flatMap((one) => (one.key.provider === null ? [] : [evidence(one.key.provider, "this provider is not limited to SHA-1, or the key is not RSA")])), "")
        : cannotTell(storeProperties);
    }
    if (requested !== null && requested.value.map(readSignatureScheme).some((scheme) => scheme.key === "RSA" && scheme.hash === "SHA1")) {
      return ruledOut([evidence(requested, "RSA with SHA-1 is accepted")], "");
    }
    const errors = codeLines(situation, MISMATCH_CODES, "the client found no common algorithm");
    const [first, ...more] = suspects.flatMap((certificate) => discover(certificate, requested === null ? [] : [evidence(requested, "RSA with SHA-1 is not among the accepted algorithms")], errors));
    if (first !== undefined) return found(first, ...more);
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    return requested === null && suspects.some((one) => !isMicrosoftSoftwareProvider(one.key.provider?.value ?? "")) ? cannotTell(transcript(situation))
      : doesNotApply("Windows reaches keys of its own software providers through newer ones, and no error at signing is at hand");
  },
};

function usesSha1OnlyProvider(certificate: Certificate): boolean {
  if (certificate.publicKey !== null && certificate.publicKey.value.algorithm !== "RSA") return false;
  return isSha1OnlyProvider(certificate.key.provider?.value ?? "", certificate.key.providerType?.value ?? null);
}

function isKnownSafe(certificate: Certificate): boolean {
  const provider = certificate.key.provider?.value ?? "";
  return provider.includes("Key Storage Provider") || provider.includes("Platform Crypto") || provider.includes("RSA and AES");
}

function discover(certificate: Certificate, list: readonly Evidence[], errors: readonly Evidence[]): readonly Discovery[] {
  if (errors.length === 0) return [];
  const provider = certificate.key.provider;
  const [first, ...more] = evidenceOf(provider === null ? [] : [evidence(provider, "the key's provider")], certificate.key.providerType === null ? [] : [evidence(certificate.key.providerType, "a provider type limited to SHA-1")], list, errors);
  const software = isMicrosoftSoftwareProvider(provider?.value ?? "");
  const weight = list.length > 0 && !software ? "proved" : "likely";
  return first === undefined ? [] : [{
    headline: `The key is in ${provider?.value ?? "an old provider"}, which signs only with SHA-1, and the server accepts no RSA signature with SHA-1.`,
    why: "TLS 1.2 and later sign the handshake with an algorithm that the server lists. A CryptoAPI provider of this type ends at SHA-1, so the client finds no common algorithm although the certificate itself is fine.",
    overturnedBy: weight === "proved" ? null : software ? "Windows usually opens keys of its own software providers through newer ones; a success with the key in a key storage provider would confirm it." : "The server's list of signature algorithms (openssl s_client -prexit) would confirm it.",
    fix: [
      { text: "Software key: import the PFX into a key storage provider.", command: "certutil -user -csp \"Microsoft Software Key Storage Provider\" -importpfx client.pfx", on: "client" },
      { text: "Card or token: install the vendor's minidriver, so that the Microsoft Smart Card Key Storage Provider serves the key.", command: null, on: "client" },
    ],
    weight, evidence: [first, ...more], about: certificate,
  }];
}
