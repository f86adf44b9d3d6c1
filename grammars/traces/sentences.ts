/** A fixed sentence or log id, as its program prints it, and the name the catalogue of codes has for it. */
export interface KnownSentence {
  /** One blank stands for any run of one to three blanks; case does not matter. */
  readonly sentence: string;
  readonly code: string;
}

/** OpenSSL's reasons, at the client and at the server: `error:0A00018F:SSL routines::ee key too small`. */
const OPENSSL: readonly KnownSentence[] = [
  { sentence: "ee key too small", code: "SSL_R_EE_KEY_TOO_SMALL" },
  { sentence: "EE certificate key too weak", code: "X509_V_ERR_EE_KEY_TOO_SMALL" },
  { sentence: "ca key too small", code: "SSL_R_CA_KEY_TOO_SMALL" },
  { sentence: "CA certificate key too weak", code: "X509_V_ERR_CA_KEY_TOO_SMALL" },
  { sentence: "ca md too weak", code: "SSL_R_CA_MD_TOO_WEAK" },
  { sentence: "md too weak", code: "SSL_R_CA_MD_TOO_WEAK" },
  { sentence: "CA signature digest algorithm too weak", code: "X509_V_ERR_CA_MD_TOO_WEAK" },
  { sentence: "no suitable signature algorithm", code: "SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM" },
  { sentence: "key values mismatch", code: "X509_R_KEY_VALUES_MISMATCH" },
  { sentence: "ERR_OSSL_X509_KEY_VALUES_MISMATCH", code: "X509_R_KEY_VALUES_MISMATCH" },
  { sentence: "PKCS12 routines::mac verify failure", code: "PKCS12_R_MAC_VERIFY_FAILURE" },
  { sentence: "PKCS12_parse:mac verify failure", code: "PKCS12_R_MAC_VERIFY_FAILURE" },
  { sentence: "Provider routines::bad decrypt", code: "EVP_R_BAD_DECRYPT" },
  { sentence: "EVP_DecryptFinal_ex:bad decrypt", code: "EVP_R_BAD_DECRYPT" },
  { sentence: "ERR_OSSL_BAD_DECRYPT", code: "EVP_R_BAD_DECRYPT" },
  { sentence: "unsafe legacy renegotiation disabled", code: "SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED" },
  { sentence: "session id context uninitialized", code: "SSL_R_SESSION_ID_CONTEXT_UNINITIALIZED" },
  { sentence: "peer did not return a certificate", code: "SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE" },
  { sentence: "SSL_verify_client_post_handshake:extension not received", code: "SSL_R_EXTENSION_NOT_RECEIVED" },
  { sentence: "certificate verify failed", code: "SSL_R_CERTIFICATE_VERIFY_FAILED" },
  { sentence: "CAPI_RSA_SIGN:cant create hash object", code: "CAPI_R_CANT_CREATE_HASH_OBJECT" },
  { sentence: "capi_rsa_priv_enc:function not supported", code: "CAPI_R_FUNCTION_NOT_SUPPORTED" },
  { sentence: "error setting certificate verify locations", code: "CURL_CA_FILE_NOT_LOADED" },
  { sentence: "error setting certificate file", code: "CURL_CA_FILE_NOT_LOADED" },
  { sentence: "error setting certificate", code: "S_CLIENT_ERROR_SETTING_CERTIFICATE" },
  { sentence: "error setting private key", code: "S_CLIENT_ERROR_SETTING_PRIVATE_KEY" },
];

/** Error logs and error pages of servers. */
const SERVERS: readonly KnownSentence[] = [
  { sentence: "client sent no required SSL certificate", code: "NGINX_NO_CLIENT_CERTIFICATE" },
  { sentence: "No required SSL certificate was sent", code: "NGINX_NO_CLIENT_CERTIFICATE" },
  { sentence: "client SSL certificate verify error", code: "NGINX_CLIENT_CERTIFICATE_REFUSED" },
  { sentence: "The SSL certificate error", code: "NGINX_CLIENT_CERTIFICATE_REFUSED" },
  { sentence: "AH02008", code: "AH02008" },
  { sentence: "AH02009", code: "AH02009" },
  { sentence: "AH02018", code: "AH02018" },
  { sentence: "AH02039", code: "AH02039" },
  { sentence: "AH02040", code: "AH02040" },
  { sentence: "Certificate Verification: Certificate Chain too long", code: "X509_V_ERR_CERT_CHAIN_TOO_LONG" },
  { sentence: "AH02221", code: "AH02221" },
  { sentence: "AH02226", code: "AH02226" },
  { sentence: "AH02261", code: "AH02261" },
  { sentence: "AH02263", code: "AH02263" },
  { sentence: "AH02276", code: "AH02276" },
  { sentence: "AH10158", code: "AH10158" },
  { sentence: "Cannot perform Post-Handshake Authentication", code: "APACHE_NO_POST_HANDSHAKE_AUTHENTICATION" },
  { sentence: "SSL client certificate not trusted", code: "HAPROXY_CLIENT_CERTIFICATE_REFUSED" },
  { sentence: "SSL client CA chain cannot be verified", code: "HAPROXY_CLIENT_CHAIN_REFUSED" },
  { sentence: "client didn't provide a certificate", code: "GO_NO_CLIENT_CERTIFICATE" },
  { sentence: "extended key usage doesn't permit it to be used for client authentication", code: "GO_INCOMPATIBLE_KEY_USAGE" },
  { sentence: "tls: failed to verify client's certificate", code: "GO_CLIENT_CERTIFICATE_REFUSED" },
  { sentence: "tls: failed to verify client certificate", code: "GO_CLIENT_CERTIFICATE_REFUSED" },
  { sentence: "Empty client certificate chain", code: "JAVA_EMPTY_CLIENT_CHAIN" },
  { sentence: "SSLHandshakeException: null cert chain", code: "JAVA_EMPTY_CLIENT_CHAIN" },
  { sentence: "connection requires a valid client certificate", code: "POSTGRESQL_NO_CLIENT_CERTIFICATE" },
  { sentence: "no SSL certificate provided by peer; connection rejected", code: "MONGODB_NO_CLIENT_CERTIFICATE" },
  { sentence: "OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE", code: "SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE" },
  { sentence: "OPENSSL_internal:CERTIFICATE_VERIFY_FAILED", code: "SSL_R_CERTIFICATE_VERIFY_FAILED" },
  { sentence: "certificate specifies an incompatible key usage", code: "GO_INCOMPATIBLE_KEY_USAGE" },
  { sentence: "certificate has expired or is not yet valid", code: "GO_CERTIFICATE_EXPIRED" },
  { sentence: "certificate signed by unknown authority", code: "GO_UNKNOWN_AUTHORITY" },
];

/** Clients: Schannel in its own words, .NET, curl, Java, Go, browsers. */
const CLIENTS: readonly KnownSentence[] = [
  { sentence: "credentials supplied to the package were not recognized", code: "SEC_E_UNKNOWN_CREDENTIALS" },
  { sentence: "No credentials are available in the security package", code: "SEC_E_NO_CREDENTIALS" },
  { sentence: "platform does not support ephemeral keys", code: "DOTNET_EPHEMERAL_KEY" },
  { sentence: "Looking for certificates that match any of the issuers", code: "DOTNET_ISSUERS_LISTED" },
  { sentence: "The server has not specified any issuers", code: "DOTNET_NO_ISSUERS_LISTED" },
  { sentence: "Cannot find the certificate in either the LocalMachine store or the CurrentUser store", code: "DOTNET_CERTIFICATE_NOT_IN_STORE" },
  { sentence: "Left with 0 client certificates to choose from", code: "DOTNET_LEFT_WITH_NO_CERTIFICATES" },
  { sentence: "No eligible client certificate found", code: "DOTNET_NO_ELIGIBLE_CERTIFICATE" },
  { sentence: "since it doesn't have private key", code: "DOTNET_SKIPPED_WITHOUT_PRIVATE_KEY" },
  { sentence: "is not valid for Client Authentication", code: "DOTNET_SKIPPED_EXTENDED_KEY_USAGE" },
  { sentence: "is not valid for Digital Signature", code: "DOTNET_SKIPPED_KEY_USAGE" },
  { sentence: "returned code=CredentialsNeeded", code: "DOTNET_CREDENTIALS_NEEDED" },
  { sentence: "Failed to get certificate location for", code: "CURL_CERTIFICATE_LOCATION" },
  { sentence: "Failed to get certificate location or file for", code: "CURL_CERTIFICATE_LOCATION" },
  { sentence: "schannel: Failed to open cert store", code: "CURL_STORE_NOT_OPENED" },
  { sentence: "schannel: Failed to import cert file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "schannel: Failed to read cert file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "schannel: Failed to get certificate from file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "could not load PEM client certificate", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "could not load ASN1 client certificate", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "could not open PKCS12 file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "unable to use client certificate", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "error reading X.509 key or certificate file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "Could not find the TLS certificate file", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "failed to find any PEM data in certificate input", code: "GO_NO_PEM_DATA" },
  { sentence: "failed to find certificate PEM data in certificate input", code: "GO_NO_PEM_DATA" },
  { sentence: "unable to set private key file", code: "CLIENT_KEY_NOT_LOADED" },
  { sentence: "Could not find the TLS key file", code: "CLIENT_KEY_NOT_LOADED" },
  { sentence: "failed to find any PEM data in key input", code: "GO_NO_PEM_DATA" },
  { sentence: "could not parse PKCS12 file, check password", code: "CLIENT_KEY_PASSWORD_WRONG" },
  { sentence: "keystore password was incorrect", code: "CLIENT_KEY_PASSWORD_WRONG" },
  { sentence: "UnrecoverableKeyException: Cannot recover key", code: "CLIENT_KEY_PASSWORD_WRONG" },
  { sentence: "Get Key failed: Given final block not properly padded", code: "CLIENT_KEY_PASSWORD_WRONG" },
  { sentence: "unsupported PKCS12 PFX data", code: "CLIENT_CERTIFICATE_NOT_LOADED" },
  { sentence: "Private key does not match the certificate public key", code: "X509_R_KEY_VALUES_MISMATCH" },
  { sentence: "tls: private key does not match public key", code: "X509_R_KEY_VALUES_MISMATCH" },
  { sentence: "NSS: client certificate not found", code: "NSS_CLIENT_CERTIFICATE_NOT_FOUND" },
  { sentence: "A TLS fatal alert has been received", code: "GNUTLS_E_FATAL_ALERT_RECEIVED" },
  { sentence: "certificate format compatibility error", code: "CURL_CERTIFICATE_FORMAT" },
  { sentence: "No X.509 certificate for client authentication", code: "JAVA_NO_CERTIFICATE_SELECTED" },
  { sentence: "no suitable certificate found - continuing without client authentication", code: "JAVA_NO_CERTIFICATE_SELECTED" },
  { sentence: "Certificates\": <empty list", code: "JAVA_EMPTY_CERTIFICATE_LIST" },
  { sentence: "Successfully sent 0 certificate(s) to server", code: "GNUTLS_SENT_NO_CERTIFICATE" },
  { sentence: "No available authentication scheme", code: "JAVA_NO_AUTHENTICATION_SCHEME" },
  { sentence: "tls: no renegotiation", code: "GO_NO_RENEGOTIATION" },
  { sentence: "HTTP_1_1_REQUIRED", code: "HTTP2_HTTP_1_1_REQUIRED" },
  { sentence: "ERR_HTTP_1_1_REQUIRED", code: "HTTP2_HTTP_1_1_REQUIRED" },
  { sentence: "NO_RENEGOTIATION", code: "BORINGSSL_NO_RENEGOTIATION" },
  { sentence: "ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED", code: "ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED" },
  { sentence: "A certificate is required to complete client authentication", code: "ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED" },
  { sentence: "didn't accept your login certificate, or one may not have been provided", code: "ERR_BAD_SSL_CLIENT_AUTH_CERT" },
  { sentence: "ERR_SSL_CLIENT_AUTH_CERT_NEEDED", code: "ERR_SSL_CLIENT_AUTH_CERT_NEEDED" },
  { sentence: "ERR_BAD_SSL_CLIENT_AUTH_CERT", code: "ERR_BAD_SSL_CLIENT_AUTH_CERT" },
  { sentence: "ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED", code: "ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED" },
  { sentence: "ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY", code: "ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY" },
  { sentence: "ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT", code: "ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT" },
  { sentence: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", code: "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED" },
  { sentence: "SSL_ERROR_NO_CERTIFICATE", code: "SSL_ERROR_NO_CERTIFICATE" },
  { sentence: "SSL_ERROR_SIGN_HASHES_FAILURE", code: "SSL_ERROR_SIGN_HASHES_FAILURE" },
];

/** Descriptions of Schannel events, for those who paste the text without the id. */
const EVENTS: readonly KnownSentence[] = [
  { sentence: "attempting to access the SSL client credential private key", code: "SCHANNEL_EVENT_36870" },
  { sentence: "attempting to access the TLS client credential private key", code: "SCHANNEL_EVENT_36870" },
  { sentence: "has requested SSL client authentication, but no suitable", code: "SCHANNEL_EVENT_36875" },
  { sentence: "has requested TLS client authentication, but no suitable", code: "SCHANNEL_EVENT_36875" },
  { sentence: "certificate received from the remote client has not validated", code: "SCHANNEL_EVENT_36877" },
  { sentence: "this server trusts so many certificate authorities", code: "SCHANNEL_EVENT_36885" },
  { sentence: "this server sends a list of trusted certificate authorities", code: "SCHANNEL_EVENT_36885" },
  { sentence: "This list has thus been truncated", code: "SCHANNEL_EVENT_36885" },
];

/** Every sentence, longer ones before those they contain. */
export const knownSentences: readonly KnownSentence[] = [...OPENSSL, ...SERVERS, ...CLIENTS, ...EVENTS]
  .sort((a, b) => b.sentence.length - a.sentence.length);

/** X509_verify_cert_error_string of OpenSSL: what servers print instead of the number. Versions before 3.0 spell some of them otherwise. */
export const verifyWords: Readonly<Record<string, string>> = {
  "unable to get issuer certificate": "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT",
  "unable to get certificate CRL": "X509_V_ERR_UNABLE_TO_GET_CRL",
  "certificate signature failure": "X509_V_ERR_CERT_SIGNATURE_FAILURE",
  "CRL signature failure": "X509_V_ERR_CRL_SIGNATURE_FAILURE",
  "certificate is not yet valid": "X509_V_ERR_CERT_NOT_YET_VALID",
  "certificate has expired": "X509_V_ERR_CERT_HAS_EXPIRED",
  "CRL is not yet valid": "X509_V_ERR_CRL_NOT_YET_VALID",
  "CRL has expired": "X509_V_ERR_CRL_HAS_EXPIRED",
  "self-signed certificate in certificate chain": "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN",
  "self signed certificate in certificate chain": "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN",
  "self-signed certificate": "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT",
  "self signed certificate": "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT",
  "unable to get local issuer certificate": "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "unable to verify the first certificate": "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "certificate chain too long": "X509_V_ERR_CERT_CHAIN_TOO_LONG",
  "certificate revoked": "X509_V_ERR_CERT_REVOKED",
  "invalid CA certificate": "X509_V_ERR_INVALID_CA",
  "path length constraint exceeded": "X509_V_ERR_PATH_LENGTH_EXCEEDED",
  "unsuitable certificate purpose": "X509_V_ERR_INVALID_PURPOSE",
  "unsupported certificate purpose": "X509_V_ERR_INVALID_PURPOSE",
  "certificate not trusted": "X509_V_ERR_CERT_UNTRUSTED",
  "certificate rejected": "X509_V_ERR_CERT_REJECTED",
  "EE certificate key too weak": "X509_V_ERR_EE_KEY_TOO_SMALL",
  "CA certificate key too weak": "X509_V_ERR_CA_KEY_TOO_SMALL",
  "CA signature digest algorithm too weak": "X509_V_ERR_CA_MD_TOO_WEAK",
};

const byVerifyWords = new Map(Object.entries(verifyWords).map(([words, code]) => [words.toLowerCase(), code]));

/** Name of the verification result with these words; null for any other text. */
export function codeOfVerifyWords(printed: string): string | null {
  return byVerifyWords.get(printed.toLowerCase()) ?? null;
}

const bySentence = new Map(knownSentences.map((known) => [known.sentence.toLowerCase(), known.code]));

/** Name of the code a printed sentence stands for; null for any other text. */
export function codeOfSentence(printed: string): string | null {
  return bySentence.get(printed.replace(/[ \t\u00A0]{1,3}/g, " ").replace(/\u2019/g, "'").replace(/[\u2013\u2014]/g, "-").toLowerCase()) ?? null;
}
