import type { Cause } from "./cause.ts";
import { clientCertificateTypeMismatch } from "./client-certificate-type-mismatch.ts";
import { clientChainUntrusted } from "./client-chain-untrusted.ts";
import { clientMissingIntermediate } from "./client-missing-intermediate.ts";
import { duplicateSuppressed } from "./duplicate-suppressed.ts";
import { ekuMissingClientauth } from "./eku-missing-clientauth.ts";
import { ekuStoreProperty } from "./eku-store-property.ts";
import { expiredOrNotYetValid } from "./expired-or-not-yet-valid.ts";
import { issuerListEmpty } from "./issuer-list-empty.ts";
import { issuerListTruncated16k } from "./issuer-list-truncated-16k.ts";
import { issuerNotInServerList } from "./issuer-not-in-server-list.ts";
import { keyDoesNotMatchCertificate } from "./key-does-not-match-certificate.ts";
import { keyspecMismatch } from "./keyspec-mismatch.ts";
import { keyspecSpelledDifferently } from "./keyspec-spelled-differently.ts";
import { kuMissingDigitalsignature } from "./ku-missing-digitalsignature.ts";
import { legacyCspCannotSignSha256 } from "./legacy-csp-cannot-sign-sha256.ts";
import { noPrivateKey } from "./no-private-key.ts";
import { orphanedKeyMissingKeyset } from "./orphaned-key-missing-keyset.ts";
import { publicCaClientauthEkuRemoved } from "./public-ca-clientauth-eku-removed.ts";
import { serverDoesNotRequest } from "./server-does-not-request.ts";
import { signatureAlgorithmMismatch } from "./signature-algorithm-mismatch.ts";
import { singleCertSilentSend } from "./single-cert-silent-send.ts";
import { sslflagsWebConfig } from "./sslflags-web-config.ts";
import { tlsTerminatingIntermediary } from "./tls-terminating-intermediary.ts";
import { tls13PostHandshakeAuthUnsupported } from "./tls13-post-handshake-auth-unsupported.ts";
import { weakKeyOrDigest } from "./weak-key-or-digest.ts";
import { wrongStoreMachineVsUser } from "./wrong-store-machine-vs-user.ts";

/** All causes, in the order in which findings of one weight are reported: what decides most comes first. */
export const causes: readonly Cause[] = [
  tlsTerminatingIntermediary, tls13PostHandshakeAuthUnsupported, serverDoesNotRequest, sslflagsWebConfig,
  wrongStoreMachineVsUser, noPrivateKey, expiredOrNotYetValid,
  issuerListTruncated16k, clientMissingIntermediate, issuerNotInServerList,
  publicCaClientauthEkuRemoved, ekuStoreProperty, ekuMissingClientauth, kuMissingDigitalsignature,
  clientChainUntrusted, keyspecMismatch, duplicateSuppressed,
  weakKeyOrDigest, keyDoesNotMatchCertificate, orphanedKeyMissingKeyset, legacyCspCannotSignSha256,
  signatureAlgorithmMismatch, clientCertificateTypeMismatch,
  singleCertSilentSend, issuerListEmpty, keyspecSpelledDifferently,
];

/** The cause with this id; undefined for an unknown id. */
export function causeById(id: string): Cause | undefined {
  return causes.find((cause) => cause.id === id);
}
