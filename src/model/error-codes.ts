/** Who prints the code: the machine that holds the client certificate, the one that asks for it, or either of them. */
export type CodeSide = "client" | "server" | "either";

/**
 * Where a code comes from. `hresult`: a 32-bit Windows code with the top bit set, or an SSPI status; `win32`: a small Windows number;
 * `x509`: a verification result of OpenSSL; `openssl`: a reason in OpenSSL's error queue; `schannel-event`: an event of the Windows
 * System log; `sentence`: a fixed sentence or log id of a program that has no number of this kind.
 */
export type CodeFamily = "hresult" | "win32" | "x509" | "openssl" | "schannel-event" | "sentence";

export interface ErrorCode {
  /** The name of the header file where there is one, otherwise a name in the same style. Unique in the catalogue. */
  readonly name: string;
  readonly family: CodeFamily;
  /** `0x80090331`, lower case, eight digits; null for codes that are not printed as hexadecimal. */
  readonly hex: string | null;
  /** The unsigned number (32 bits for `hresult`), the event id or the number of the verification result; null where there is none. */
  readonly decimal: number | null;
  /** What it says about a client certificate, in one sentence. */
  readonly meaning: string;
  readonly side: CodeSide;
  /** Does the code say that a certificate reached the server? null: it says neither. */
  readonly arrived: boolean | null;
}

type Row = readonly [name: string, number: number, side: CodeSide, arrived: boolean | null, meaning: string];
type SentenceRow = readonly [name: string, side: CodeSide, arrived: boolean | null, meaning: string];

// winerror.h. Codes that certutil prints on a client as well as IIS on a server say nothing about arrival: `arrived` is null for them.
const HRESULTS: readonly Row[] = [
  ["SEC_I_INCOMPLETE_CREDENTIALS", 0x00090320, "client", null, "The server asked for a client certificate and the program had supplied none so far."],
  ["ERROR_ACCESS_DENIED", 0x80070005, "either", null, "Access was denied to the caller; IIS logs it, as Win32 status 5, beside 403.7."],
  ["ERROR_FILE_NOT_FOUND", 0x80070002, "either", null, "The store, container or file that was named does not exist."],
  ["ERROR_NOT_SUPPORTED", 0x80070032, "server", null,
    "The request is not supported; IIS answers so (500.0) when a path wants a certificate and the connection uses TLS 1.3."],
  ["ERROR_INVALID_PASSWORD", 0x80070056, "either", null, "The password of the PFX file is wrong."],
  ["NTE_NO_KEY", 0x8009000d, "either", null, "No key; seen together with a cryptographic provider that is not installed."],
  ["NTE_NOT_FOUND", 0x80090011, "either", null, "The key or object that was named was not found."],
  ["NTE_BAD_KEYSET", 0x80090016, "either", null, "The key container named by the certificate does not exist for this caller: it is gone, or the caller has no right to it."],
  ["NTE_KEYSET_NOT_DEF", 0x80090019, "either", null, "The cryptographic provider named by the certificate is not registered on this machine."],
  ["NTE_PROV_DLL_NOT_FOUND", 0x8009001e, "either", null, "The library of the cryptographic provider is missing on this machine."],
  ["NTE_SILENT_CONTEXT", 0x80090022, "client", null, "The key wants to ask its user (strong protection, PIN), and the caller may not show a window."],
  ["NTE_INVALID_PARAMETER", 0x80090027, "either", null, "A parameter was refused by the cryptographic provider."],
  ["NTE_NOT_SUPPORTED", 0x80090029, "either", null, "The cryptographic provider cannot do what was asked, for example RSA-PSS on a TPM."],
  ["SEC_E_INTERNAL_ERROR", 0x80090304, "client", null, "Schannel failed internally; curl built on Schannel reports it with some PKCS#12 client certificates."],
  ["SEC_E_UNKNOWN_CREDENTIALS", 0x8009030d, "client", null,
    "Schannel cannot use the private key: no right to it, not there, or kept in memory only. The code alone does not say which."],
  ["SEC_E_NO_CREDENTIALS", 0x8009030e, "client", null, "The certificate has no private key that Schannel can reach: no key property, or a key kept in memory only."],
  ["SEC_E_CONTEXT_EXPIRED", 0x80090317, "client", null, "The security context ended; one release of curl on Schannel reports it when a server renegotiates for a store certificate."],
  ["SEC_E_ILLEGAL_MESSAGE", 0x80090326, "client", null, "The peer's message was not what Schannel expected; a fatal alert of the server is often reported so."],
  ["SEC_E_CERT_UNKNOWN", 0x80090327, "either", null, "An unspecified error happened while a certificate was processed, for example one that was chosen automatically."],
  ["SEC_E_ALGORITHM_MISMATCH", 0x80090331, "client", null, "Client and server have no common algorithm, for a client certificate usually no common signature algorithm."],
  ["CRYPT_E_BAD_ENCODE", 0x80092002, "either", null, "The data could not be decoded; curl on Schannel reports it for a PEM file where it wants PKCS#12."],
  ["CRYPT_E_NOT_FOUND", 0x80092004, "either", null, "The certificate, property or object was not found."],
  ["CRYPT_E_REVOKED", 0x80092010, "either", null, "The certificate is revoked."],
  ["CRYPT_E_NO_REVOCATION_CHECK", 0x80092012, "either", null, "Whether the certificate is revoked could not be checked."],
  ["CRYPT_E_REVOCATION_OFFLINE", 0x80092013, "either", null, "Whether the certificate is revoked could not be checked: the revocation server is offline."],
  ["CERT_E_EXPIRED", 0x800b0101, "either", null, "The certificate is outside its period of validity."],
  ["CERT_E_UNTRUSTEDROOT", 0x800b0109, "either", null, "The chain ends in a root that this machine does not trust."],
  ["CERT_E_CHAINING", 0x800b010a, "either", null, "The chain could not be built up to a root."],
  ["CERT_E_REVOKED", 0x800b010c, "either", null, "The certificate was revoked by its issuer."],
  ["CERT_E_WRONG_USAGE", 0x800b0110, "either", null, "The certificate is not valid for the requested usage."],
  ["SCARD_F_INTERNAL_ERROR", 0x80100001, "client", null, "The smart card key could not be tested: internal error of the smart card service."],
  ["SCARD_E_NO_SMARTCARD", 0x8010000c, "client", null, "The smart card that holds the key is not in a reader."],
];

const WIN32: readonly Row[] = [
  ["ERROR_NETNAME_DELETED", 64, "server", null, "The peer closed the connection."],
  ["WSAECONNRESET", 10054, "either", null, "The peer closed the connection."],
  ["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED", 12044, "client", false, "The server asked for a client certificate and WinHTTP was given none."],
  ["ERROR_WINHTTP_CLIENT_CERT_NO_PRIVATE_KEY", 12185, "client", false, "The client certificate given to WinHTTP has no private key."],
  ["ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY", 12186, "client", false, "The caller may not use the private key of the client certificate given to WinHTTP."],
];

// x509_vfy.h of OpenSSL. Whose certificate was verified depends on who prints it, so none of them says that one arrived.
const X509: readonly Row[] = [
  ["X509_V_OK", 0, "either", null, "The verified chain is good."],
  ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT", 2, "either", null, "The issuer of a CA of the chain is not known to the verifier."],
  ["X509_V_ERR_UNABLE_TO_GET_CRL", 3, "either", null, "A revocation list is required and was not found."],
  ["X509_V_ERR_CERT_SIGNATURE_FAILURE", 7, "either", null, "The signature of a certificate does not verify with the key of the issuer that was found, for example because two CAs share a name."],
  ["X509_V_ERR_CRL_SIGNATURE_FAILURE", 8, "either", null, "The signature of the revocation list does not verify."],
  ["X509_V_ERR_CERT_NOT_YET_VALID", 9, "either", null, "A certificate of the chain is not valid yet."],
  ["X509_V_ERR_CERT_HAS_EXPIRED", 10, "either", null, "A certificate of the chain has expired."],
  ["X509_V_ERR_CRL_NOT_YET_VALID", 11, "either", null, "The revocation list is not valid yet."],
  ["X509_V_ERR_CRL_HAS_EXPIRED", 12, "either", null, "The revocation list has expired."],
  ["X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", 18, "either", null, "The certificate is self-signed and not trusted itself."],
  ["X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN", 19, "either", null, "The chain ends in a self-signed certificate that is not trusted."],
  ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 20, "either", null, "The issuer of a certificate of the chain is not known to the verifier."],
  ["X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE", 21, "either", null, "Only the leaf is known and its issuer is not: the chain is incomplete."],
  ["X509_V_ERR_CERT_CHAIN_TOO_LONG", 22, "either", null, "The chain is longer than the configured depth."],
  ["X509_V_ERR_CERT_REVOKED", 23, "either", null, "A certificate of the chain is revoked."],
  ["X509_V_ERR_INVALID_CA", 24, "either", null, "A certificate that issued another of the chain is no CA certificate."],
  ["X509_V_ERR_PATH_LENGTH_EXCEEDED", 25, "either", null, "More CAs stand below a CA of the chain than its path length allows."],
  ["X509_V_ERR_INVALID_PURPOSE", 26, "either", null, "A certificate of the chain may not be used for this purpose; which one, and why, is not printed."],
  ["X509_V_ERR_CERT_UNTRUSTED", 27, "either", null, "The root of the chain is not trusted for this purpose."],
  ["X509_V_ERR_CERT_REJECTED", 28, "either", null, "The root of the chain is marked to be rejected for this purpose."],
  ["X509_V_ERR_EE_KEY_TOO_SMALL", 66, "either", null, "The key of the certificate is too short for the security level of the verifier."],
  ["X509_V_ERR_CA_KEY_TOO_SMALL", 67, "either", null, "The key of a CA of the chain is too short for the security level of the verifier."],
  ["X509_V_ERR_CA_MD_TOO_WEAK", 68, "either", null, "A certificate of the chain is signed with a digest too weak for the security level of the verifier."],
];

const OPENSSL: readonly SentenceRow[] = [
  ["SSL_R_EE_KEY_TOO_SMALL", "either", null, "The program refuses to load its own certificate: the key is too short for its security level."],
  ["SSL_R_CA_KEY_TOO_SMALL", "either", null, "The program refuses a chain: the key of a CA is too short for its security level."],
  ["SSL_R_CA_MD_TOO_WEAK", "either", null, "The program refuses a certificate: it is signed with a digest too weak for its security level."],
  ["SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM", "either", null, "No signature algorithm suits the key and is accepted by both sides."],
  ["PKCS12_R_MAC_VERIFY_FAILURE", "either", null, "The PKCS#12 file could not be checked with the password that was given: the password is wrong, or the file is damaged."],
  ["EVP_R_BAD_DECRYPT", "either", null, "A private key could not be decrypted with the password that was given."],
  ["X509_R_KEY_VALUES_MISMATCH", "either", null, "The private key that was loaded does not belong to the certificate."],
  ["SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "either", null, "The peer does not support secure renegotiation (RFC 5746) and the program insists on it."],
  ["SSL_R_NO_RENEGOTIATION", "either", null, "A renegotiation was asked for and refused."],
  ["SSL_R_SESSION_ID_CONTEXT_UNINITIALIZED", "server", null, "The server resumes sessions while it asks for certificates and has no session id context."],
  ["SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE", "server", false, "The server requires a client certificate and got none."],
  ["SSL_R_CERTIFICATE_VERIFY_FAILED", "either", null, "The program did not accept the certificate of its peer; whose certificate that is depends on who prints it."],
  ["SSL_R_EXTENSION_NOT_RECEIVED", "server", false, "The server wanted to ask after the TLS 1.3 handshake and the client does not offer post-handshake authentication."],
  ["CAPI_R_CANT_CREATE_HASH_OBJECT", "client", null, "The key's legacy provider cannot create the hash that the signature needs, such as SHA-256."],
  ["CAPI_R_FUNCTION_NOT_SUPPORTED", "client", null, "The key's legacy provider cannot do the RSA operation that was asked, such as RSA-PSS."],
];

const SCHANNEL_EVENTS: readonly Row[] = [
  ["SCHANNEL_EVENT_36869", 36869, "either", null, "The certificate has no private key information property."],
  ["SCHANNEL_EVENT_36870", 36870, "either", null, "Schannel could not open the private key of the credential; the event does not say why."],
  ["SCHANNEL_EVENT_36871", 36871, "either", null, "A TLS credential could not be created."],
  ["SCHANNEL_EVENT_36872", 36872, "either", null, "The certificate chain of the credential could not be retrieved."],
  ["SCHANNEL_EVENT_36875", 36875, "client", false, "The server asked for a client certificate and no suitable one was found on this client."],
  ["SCHANNEL_EVENT_36877", 36877, "server", true, "A client certificate arrived and did not validate."],
  ["SCHANNEL_EVENT_36878", 36878, "server", true, "A client certificate arrived and is not suitable for mapping to an account."],
  ["SCHANNEL_EVENT_36879", 36879, "server", true, "A client certificate arrived and was not mapped to an account."],
  ["SCHANNEL_EVENT_36885", 36885, "server", null, "The server trusts so many CAs that the list it sends to clients was cut."],
  ["SCHANNEL_EVENT_36887", 36887, "either", null, "A fatal alert was received from the peer; its number is in the event."],
  ["SCHANNEL_EVENT_36888", 36888, "either", null, "A fatal alert was generated; its number is in the event."],
];

const SENTENCES: readonly SentenceRow[] = [
  ["S_CLIENT_ERROR_SETTING_CERTIFICATE", "client", false, "s_client refused to load the certificate it was given, so it never connected with it."],
  ["S_CLIENT_ERROR_SETTING_PRIVATE_KEY", "client", false, "s_client refused to load the private key it was given, so it never connected with it."],
  ["NGINX_NO_CLIENT_CERTIFICATE", "server", false, "nginx asked for a client certificate, the handshake was fine, and none was sent."],
  ["NGINX_CLIENT_CERTIFICATE_REFUSED", "server", true, "A client certificate arrived at nginx and did not verify."],
  ["AH02008", "server", null, "The TLS handshake with a client failed at Apache."],
  ["AH02009", "server", null, "A client certificate arrived at Apache and did not verify; optional_no_ca lets the request pass all the same."],
  ["AH02018", "server", null, "Apache cannot buffer the request body while it renegotiates for a certificate: the body exceeds SSLRenegBufferSize."],
  ["AH02039", "server", true, "A client certificate arrived at Apache and did not verify; the number beside it says why."],
  ["AH02040", "server", true, "A client certificate arrived at Apache and its chain is longer than SSLVerifyDepth allows."],
  ["AH02221", "server", null, "Apache asks for a certificate in a second handshake, after it has seen the path of the request."],
  ["AH02226", "server", null, "Apache waits for the second handshake, in which it asks for a certificate."],
  ["AH02261", "server", null, "The second handshake, in which Apache asked for a certificate, failed; the lines around this one say why."],
  ["AH02263", "server", false, "Apache asked for a certificate in a second handshake and got none."],
  ["AH02276", "server", true, "A client certificate arrived at Apache and did not verify; the number beside it says why."],
  ["AH10158", "server", false, "Apache wanted to ask after the TLS 1.3 handshake and the client does not offer post-handshake authentication."],
  ["APACHE_NO_POST_HANDSHAKE_AUTHENTICATION", "server", false, "Apache's page says that it could not ask for a certificate after the TLS 1.3 handshake."],
  ["HAPROXY_CLIENT_CERTIFICATE_REFUSED", "server", true, "A client certificate arrived at HAProxy and did not verify."],
  ["HAPROXY_CLIENT_CHAIN_REFUSED", "server", true, "A client certificate arrived at HAProxy, and a CA of its chain did not verify."],
  ["HAPROXY_HANDSHAKE_FAILURE", "server", null, "The TLS handshake with a client failed at HAProxy; with `verify required` also when no certificate was sent."],
  ["CLIENT_VERIFY_NONE", "server", false, "The server's own log says that the client sent no certificate."],
  ["CLIENT_VERIFY_FAILED", "server", null, "The server's own log says that the client's certificate arrived and did not verify; with optional verification the request may pass all the same."],
  ["CLIENT_VERIFY_SUCCESS", "server", null, "The server's own log says that the client's certificate arrived and verified."],
  ["GO_INCOMPATIBLE_KEY_USAGE", "either", null, "Go refused a certificate whose extended key usage does not fit, of the leaf or of a CA above it."],
  ["GO_UNKNOWN_AUTHORITY", "either", null, "Go refused a certificate whose root it does not know."],
  ["GO_CERTIFICATE_EXPIRED", "either", null, "Go refused a certificate that is outside its period of validity."],
  ["GO_CLIENT_CERTIFICATE_REFUSED", "server", true, "A client certificate arrived at a server written in Go and did not verify; the words behind say why."],
  ["JAVA_EMPTY_CLIENT_CHAIN", "server", false, "A Java server requires a client certificate and got none."],
  ["POSTGRESQL_NO_CLIENT_CERTIFICATE", "server", false, "PostgreSQL requires a client certificate for this connection and got none."],
  ["MONGODB_NO_CLIENT_CERTIFICATE", "server", false, "MongoDB requires a client certificate and got none."],
  ["GO_NO_RENEGOTIATION", "client", false, "A Go client refused the renegotiation by which the server wanted to ask for a certificate."],
  ["HTTP2_HTTP_1_1_REQUIRED", "either", null, "The server wants this request over HTTP/1.1: over HTTP/2 it may not ask for a certificate (nor for a Windows logon) after the request."],
  ["BORINGSSL_NO_RENEGOTIATION", "either", false, "BoringSSL refused the renegotiation by which the server wanted to ask for a certificate."],
  ["DOTNET_EPHEMERAL_KEY", "client", false, "Schannel cannot use a key that is kept in memory only; it must be stored."],
  ["DOTNET_ISSUERS_LISTED", "client", null, "The server asked with a list of issuers, and .NET looked for certificates that chain to one of them."],
  ["DOTNET_NO_ISSUERS_LISTED", "client", null, "The server asked without naming issuers, so .NET tried all certificates of the program."],
  ["DOTNET_CERTIFICATE_NOT_IN_STORE", "client", null, ".NET looked in the stores for a certificate with a key that belongs to the one the program supplied, and found none."],
  ["DOTNET_LEFT_WITH_NO_CERTIFICATES", "client", false, ".NET found no certificate among those supplied that chains to an issuer the server listed, or none with a key."],
  ["DOTNET_NO_ELIGIBLE_CERTIFICATE", "client", false, ".NET found no certificate that passes its checks of key, key usage and extended key usage."],
  ["DOTNET_SKIPPED_WITHOUT_PRIVATE_KEY", "client", null, ".NET passed over a certificate because it has no private key."],
  ["DOTNET_SKIPPED_EXTENDED_KEY_USAGE", "client", null, ".NET passed over a certificate because its extended key usage lacks client authentication."],
  ["DOTNET_SKIPPED_KEY_USAGE", "client", null, ".NET passed over a certificate because its key usage lacks digital signature."],
  ["DOTNET_CREDENTIALS_NEEDED", "client", null, "The server asked for a client certificate and the program had supplied none so far."],
  ["CURL_CERTIFICATE_LOCATION", "client", false, "curl on Schannel wants a path into a certificate store and was given something else, such as a PEM file."],
  ["CURL_STORE_NOT_OPENED", "client", false, "curl on Schannel could not open the certificate store that the path of the certificate names."],
  ["CURL_CERTIFICATE_FORMAT", "client", false, "curl on Schannel cannot read the form of client certificate it was given."],
  ["CURL_CA_FILE_NOT_LOADED", "client", null, "curl could not load its list of trusted CAs; the client's certificate has no part in it."],
  ["CLIENT_CERTIFICATE_NOT_LOADED", "client", false, "The program could not load the client certificate it was given, so it never connected with it."],
  ["CLIENT_KEY_NOT_LOADED", "client", false, "The program could not load the private key it was given, so it never connected with the certificate."],
  ["CLIENT_KEY_PASSWORD_WRONG", "either", null, "The program could not open the file of its certificate or key with the password it was given."],
  ["GO_NO_PEM_DATA", "either", null, "A program written in Go found no certificate or no key in the file of its own that it was given."],
  ["NSS_CLIENT_CERTIFICATE_NOT_FOUND", "client", false, "The program found no client certificate of that name in its NSS database."],
  ["GNUTLS_E_FATAL_ALERT_RECEIVED", "client", null, "The peer ended the connection with a fatal alert; which one is not printed."],
  ["GO_NO_CLIENT_CERTIFICATE", "server", false, "A Go server requires a client certificate and got none."],
  ["JAVA_NO_CERTIFICATE_SELECTED", "client", false, "Java found no suitable certificate in its key store and answers with an empty certificate list."],
  ["JAVA_EMPTY_CERTIFICATE_LIST", "client", false, "Java answered the request with an empty certificate list."],
  ["GNUTLS_SENT_NO_CERTIFICATE", "client", false, "gnutls-cli sent no certificate."],
  ["JAVA_NO_AUTHENTICATION_SCHEME", "client", false, "Java found no signature scheme that both its keys and the server support."],
  ["ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "client", false, "The server asked for a client certificate and the browser sent none."],
  ["ERR_BAD_SSL_CLIENT_AUTH_CERT", "client", null, "The server refused the browser's client certificate, or that none was sent."],
  ["ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED", "client", false, "The browser was not allowed to use the key of the client certificate."],
  ["ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY", "client", false, "The client certificate that the browser was given has no private key."],
  ["ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT", "client", false, "The browser could not read the client certificate."],
  ["ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", "client", null, "The browser could not sign with the key of the client certificate."],
  ["SSL_ERROR_NO_CERTIFICATE", "either", null, "The program found no certificate or key of its own to authenticate with."],
  ["SSL_ERROR_SIGN_HASHES_FAILURE", "client", null, "Firefox could not sign with the key of the client certificate."],
];

function hexOf(number: number): string {
  return `0x${(number >>> 0).toString(16).padStart(8, "0")}`;
}

function withNumber(family: CodeFamily, printsHex: boolean): (row: Row) => ErrorCode {
  return ([name, number, side, arrived, meaning]) => ({ name, family, hex: printsHex ? hexOf(number) : null, decimal: number, meaning, side, arrived });
}

function withoutNumber(family: CodeFamily): (row: SentenceRow) => ErrorCode {
  return ([name, side, arrived, meaning]) => ({ name, family, hex: null, decimal: null, meaning, side, arrived });
}

/** Every code the project knows, by family. */
export const errorCodes: readonly ErrorCode[] = [
  ...HRESULTS.map(withNumber("hresult", true)),
  ...WIN32.map(withNumber("win32", true)),
  ...X509.map(withNumber("x509", false)),
  ...OPENSSL.map(withoutNumber("openssl")),
  ...SCHANNEL_EVENTS.map(withNumber("schannel-event", false)),
  ...SENTENCES.map(withoutNumber("sentence")),
];

/** HRESULT_FROM_WIN32 of winerror.h: severity 1, facility 7. */
const FACILITY_WIN32 = 0x80070000;

const byName = new Map(errorCodes.map((code) => [code.name, code]));
const windowsByNumber = new Map(errorCodes.filter((code) => code.hex !== null).map((code) => [code.decimal, code]));
const verifyByNumber = new Map(errorCodes.filter((code) => code.family === "x509").map((code) => [code.decimal, code]));
const eventByNumber = new Map(errorCodes.filter((code) => code.family === "schannel-event").map((code) => [code.decimal, code]));

/** The code with this name, in any case; null when it is not in the catalogue. */
export function findErrorByName(name: string): ErrorCode | null {
  return byName.get(name.toUpperCase()) ?? null;
}

/** The Windows code with this unsigned 32-bit number. A Win32 error is found as itself (5) and as the HRESULT made of it (0x80070005). */
function findWindowsCode(number: number): ErrorCode | null {
  const direct = windowsByNumber.get(number);
  if (direct !== undefined) return direct;
  if (number < 0x10000) return windowsByNumber.get(FACILITY_WIN32 + number) ?? null;
  return number - FACILITY_WIN32 < 0x10000 ? windowsByNumber.get(number - FACILITY_WIN32) ?? null : null;
}

/** The Windows code printed as hexadecimal digits, in any case, with or without `0x`; null for anything else. */
export function findErrorByHex(hex: string): ErrorCode | null {
  const digits = /^(?:0x)?0{0,8}([0-9a-f]{1,8})$/i.exec(hex.trim())?.[1];
  return digits === undefined ? null : findWindowsCode(Number.parseInt(digits, 16));
}

/** The Windows code printed as a signed or unsigned 32-bit decimal; null for anything else. */
export function findErrorByDecimal(decimal: number): ErrorCode | null {
  if (!Number.isInteger(decimal) || decimal < -0x80000000 || decimal > 0xffffffff) return null;
  return findWindowsCode(decimal >>> 0);
}

/** The verification result of OpenSSL with this number (`verify error:num=20`, `(26:…)`); null when it is not in the catalogue. */
export function findVerifyError(number: number): ErrorCode | null {
  return verifyByNumber.get(number) ?? null;
}

/** The Schannel event with this id; null when it says nothing about client certificates. */
export function findSchannelEvent(id: number): ErrorCode | null {
  return eventByNumber.get(id) ?? null;
}

/** What a code typed by a person means, whatever its form: name, hexadecimal, signed or unsigned decimal, event id. */
export function findErrorCode(text: string): ErrorCode | null {
  const typed = text.trim();
  const named = findErrorByName(typed);
  if (named !== null) return named;
  if (/^-?\d{1,10}$/.test(typed)) return findErrorByDecimal(Number(typed)) ?? findSchannelEvent(Number(typed)) ?? findErrorByHex(typed);
  return findErrorByHex(typed);
}

/** The signed decimal of a Windows code, as certutil prints it beside the hexadecimal; null for codes of other families. */
export function signedDecimal(code: ErrorCode): number | null {
  return code.hex === null || code.decimal === null ? null : code.decimal | 0;
}
