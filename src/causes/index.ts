import { applicationPoliciesMismatch } from "./application-policies-mismatch.ts";
import type { Cause } from "./cause.ts";
import { clientAuthIssuersStoreMisconfigured } from "./client-auth-issuers-store-misconfigured.ts";
import { clientAuthTrustMode } from "./client-auth-trust-mode.ts";
import { clientCertReferenceFormat } from "./client-cert-reference-format.ts";
import { clientCertificateNotLoaded } from "./client-certificate-not-loaded.ts";
import { clientCertificateTypeMismatch } from "./client-certificate-type-mismatch.ts";
import { clientChainIncompleteOnTheWire } from "./client-chain-incomplete-on-the-wire.ts";
import { clientChainUntrusted } from "./client-chain-untrusted.ts";
import { clientLibraryDefect } from "./client-library-defect.ts";
import { clientMissingIntermediate } from "./client-missing-intermediate.ts";
import { clientNotConfigured } from "./client-not-configured.ts";
import { clientauthcertfilterRegistry } from "./clientauthcertfilter-registry.ts";
import { customCtlOnlyAdds } from "./custom-ctl-only-adds.ts";
import { dnEncodingMismatch } from "./dn-encoding-mismatch.ts";
import { duplicateSuppressed } from "./duplicate-suppressed.ts";
import { ekuConstrainedIssuingCa } from "./eku-constrained-issuing-ca.ts";
import { ekuMissingClientauth } from "./eku-missing-clientauth.ts";
import { ekuStoreProperty } from "./eku-store-property.ts";
import { ephemeralKeySchannel } from "./ephemeral-key-schannel.ts";
import { expiredOrNotYetValid } from "./expired-or-not-yet-valid.ts";
import { handshakeMessageSizeLimit } from "./handshake-message-size-limit.ts";
import { http2CannotRenegotiate } from "./http2-cannot-renegotiate.ts";
import { issuerListEmpty } from "./issuer-list-empty.ts";
import { issuerListTruncated16k } from "./issuer-list-truncated-16k.ts";
import { issuerNotInServerList } from "./issuer-not-in-server-list.ts";
import { issuerNotTrustedByServer } from "./issuer-not-trusted-by-server.ts";
import { keyDoesNotMatchCertificate } from "./key-does-not-match-certificate.ts";
import { keyNoPermission } from "./key-no-permission.ts";
import { keyProviderCannotDoRsaPss } from "./key-provider-cannot-do-rsa-pss.ts";
import { keyProviderMissing } from "./key-provider-missing.ts";
import { keyspecMismatch } from "./keyspec-mismatch.ts";
import { keyspecSpelledDifferently } from "./keyspec-spelled-differently.ts";
import { kuMissingDigitalsignature } from "./ku-missing-digitalsignature.ts";
import { legacyCspCannotSignSha256 } from "./legacy-csp-cannot-sign-sha256.ts";
import { listingOfAnotherStore } from "./listing-of-another-store.ts";
import { mappingFailed } from "./mapping-failed.ts";
import { netshNegotiateDisabled } from "./netsh-negotiate-disabled.ts";
import { noPrivateKey } from "./no-private-key.ts";
import { nonSelfSignedInTrustedRoot } from "./non-self-signed-in-trusted-root.ts";
import { orphanedKeyMissingKeyset } from "./orphaned-key-missing-keyset.ts";
import { publicCaClientauthEkuRemoved } from "./public-ca-clientauth-eku-removed.ts";
import { renegotiationRefusedOrDisabled } from "./renegotiation-refused-or-disabled.ts";
import { requestBodyTooLargeBeforeRenegotiation } from "./request-body-too-large-before-renegotiation.ts";
import { revocationFailed } from "./revocation-failed.ts";
import { rootPurposeDisabled } from "./root-purpose-disabled.ts";
import { sameDnDifferentKeyCa } from "./same-dn-different-key-ca.ts";
import { selectionFilterUnknown } from "./selection-filter-unknown.ts";
import { serverDoesNotRequest } from "./server-does-not-request.ts";
import { serverVerifyDepthOrMissingCa } from "./server-verify-depth-or-missing-ca.ts";
import { sessionResumptionWithClientAuth } from "./session-resumption-with-client-auth.ts";
import { signatureAlgorithmMismatch } from "./signature-algorithm-mismatch.ts";
import { singleCertSilentSend } from "./single-cert-silent-send.ts";
import { smartCardAbsent } from "./smart-card-absent.ts";
import { sslcertBindingSettingsLost } from "./sslcert-binding-settings-lost.ts";
import { sslflagsWebConfig } from "./sslflags-web-config.ts";
import { strongKeyProtection } from "./strong-key-protection.ts";
import { tlsTerminatingIntermediary } from "./tls-terminating-intermediary.ts";
import { tls13PostHandshakeAuthUnsupported } from "./tls13-post-handshake-auth-unsupported.ts";
import { weakKeyOrDigest } from "./weak-key-or-digest.ts";
import { wrongBindingOrSni } from "./wrong-binding-or-sni.ts";
import { wrongCertificateAutoSelected } from "./wrong-certificate-auto-selected.ts";
import { wrongStoreMachineVsUser } from "./wrong-store-machine-vs-user.ts";

/** All causes, in the order in which findings of one weight are reported: what decides most comes first. */
export const causes: readonly Cause[] = [
  tlsTerminatingIntermediary, tls13PostHandshakeAuthUnsupported, serverDoesNotRequest, sslflagsWebConfig, wrongBindingOrSni, netshNegotiateDisabled,
  renegotiationRefusedOrDisabled, http2CannotRenegotiate, requestBodyTooLargeBeforeRenegotiation, sslcertBindingSettingsLost,
  wrongStoreMachineVsUser, noPrivateKey, expiredOrNotYetValid,
  rootPurposeDisabled, issuerListTruncated16k, clientMissingIntermediate, issuerNotInServerList, dnEncodingMismatch, handshakeMessageSizeLimit,
  clientAuthIssuersStoreMisconfigured, customCtlOnlyAdds,
  publicCaClientauthEkuRemoved, ekuStoreProperty, ekuConstrainedIssuingCa, ekuMissingClientauth, kuMissingDigitalsignature, applicationPoliciesMismatch,
  clientChainUntrusted, keyspecMismatch, duplicateSuppressed,
  weakKeyOrDigest, keyDoesNotMatchCertificate, keyProviderMissing, smartCardAbsent, strongKeyProtection, ephemeralKeySchannel, keyNoPermission,
  orphanedKeyMissingKeyset, keyProviderCannotDoRsaPss, legacyCspCannotSignSha256, signatureAlgorithmMismatch, clientCertificateTypeMismatch,
  clientCertReferenceFormat, clientCertificateNotLoaded, clientNotConfigured, clientLibraryDefect,
  revocationFailed, mappingFailed, serverVerifyDepthOrMissingCa, sameDnDifferentKeyCa, nonSelfSignedInTrustedRoot, clientAuthTrustMode,
  clientChainIncompleteOnTheWire, issuerNotTrustedByServer, wrongCertificateAutoSelected, sessionResumptionWithClientAuth,
  listingOfAnotherStore, selectionFilterUnknown,
  singleCertSilentSend, issuerListEmpty, keyspecSpelledDifferently, clientauthcertfilterRegistry,
];
