/** What a signature algorithm of a CertificateRequest demands of the key, as far as its printed name tells. */
export interface SignatureScheme {
  readonly printed: string;
  readonly key: "RSA" | "EC" | "DSA" | "Ed25519" | "Ed448" | "unknown";
  /** RSASSA-PSS instead of PKCS#1 v1.5. */
  readonly pss: boolean;
  /** `SHA1`, `SHA256`, …; null where the name has none. */
  readonly hash: string | null;
}

/** TLS 1.2 SignatureAlgorithm and HashAlgorithm numbers (RFC 5246 7.4.1.4.1) and the TLS 1.3 code points printed as pairs by OpenSSL 1.0.2. */
const CODE_POINTS: Readonly<Record<string, readonly [SignatureScheme["key"], boolean, string | null]>> = {
  "0x04+0x08": ["RSA", true, "SHA256"], "0x05+0x08": ["RSA", true, "SHA384"], "0x06+0x08": ["RSA", true, "SHA512"],
  "0x09+0x08": ["RSA", true, "SHA256"], "0x0a+0x08": ["RSA", true, "SHA384"], "0x0b+0x08": ["RSA", true, "SHA512"],
  "0x07+0x08": ["Ed25519", false, null], "0x08+0x08": ["Ed448", false, null],
};

/** SignatureScheme code points of RFC 8446 4.2.3 that bear on client certificates; TLS 1.2 writes the older ones as a hash and a signature (RFC 5246 7.4.1.4.1). */
const SCHEME_NAMES: Readonly<Record<number, string>> = {
  0x0201: "rsa_pkcs1_sha1", 0x0203: "ecdsa_sha1", 0x0202: "dsa_sha1", 0x0301: "rsa_sha224", 0x0302: "dsa_sha224", 0x0303: "ecdsa_sha224", 0x0401: "rsa_pkcs1_sha256", 0x0402: "dsa_sha256", 0x0403: "ecdsa_secp256r1_sha256",
  0x0501: "rsa_pkcs1_sha384", 0x0502: "dsa_sha384", 0x0503: "ecdsa_secp384r1_sha384", 0x0601: "rsa_pkcs1_sha512", 0x0602: "dsa_sha512", 0x0603: "ecdsa_secp521r1_sha512",
  0x0804: "rsa_pss_rsae_sha256", 0x0805: "rsa_pss_rsae_sha384", 0x0806: "rsa_pss_rsae_sha512", 0x0807: "ed25519", 0x0808: "ed448", 0x0809: "rsa_pss_pss_sha256", 0x080a: "rsa_pss_pss_sha384", 0x080b: "rsa_pss_pss_sha512",
};

/** Name of a signature scheme by its code point; one that is not known by its number, `0x081a`. */
export function schemeName(codePoint: number): string {
  return SCHEME_NAMES[codePoint] ?? `0x${codePoint.toString(16).padStart(4, "0")}`;
}

/** Reads one name of `Requested Signature Algorithms`: `RSA+SHA256`, `RSA-PSS+SHA256`, `rsa_pss_rsae_sha256`, `ecdsa_secp256r1_sha256`, `Ed25519`, `0x04+0x08`, Java's old `SHA256withECDSA`, `PSS+SHA256` and `?ed25519` of OpenSSL's configuration. */
export function readSignatureScheme(printed: string): SignatureScheme {
  const name = printed.trim().toLowerCase().replace(/^(sha\d{1,3}|md5)with(rsa|ecdsa|dsa)$/, "$2+$1").replace(/^\??(?:rsa-)?pss\+/, "rsa-pss+").replace(/^\?/, "");
  const coded = CODE_POINTS[name];
  if (coded !== undefined) return { printed, key: coded[0], pss: coded[1], hash: coded[2] };
  const hash = /sha-?(1|224|256|384|512)\b|md5/.exec(name.replace("_sha", "-sha"))?.[0]?.toUpperCase().replace("-", "") ?? null;
  const key = name.startsWith("rsa") ? "RSA" : name.startsWith("ecdsa") ? "EC" : name.startsWith("dsa") ? "DSA" : name === "ed25519" ? "Ed25519" : name === "ed448" ? "Ed448" : "unknown";
  return { printed, key, pss: name.startsWith("rsa-pss") || name.startsWith("rsa_pss"), hash };
}
