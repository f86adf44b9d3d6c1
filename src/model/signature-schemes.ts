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

/** Reads one name of `Requested Signature Algorithms`: `RSA+SHA256`, `RSA-PSS+SHA256`, `rsa_pss_rsae_sha256`, `ecdsa_secp256r1_sha256`, `Ed25519`, `0x04+0x08`, Java's old `SHA256withECDSA`, `PSS+SHA256` and `?ed25519` of OpenSSL's configuration. */
export function readSignatureScheme(printed: string): SignatureScheme {
  const name = printed.trim().toLowerCase().replace(/^(sha\d{1,3}|md5)with(rsa|ecdsa|dsa)$/, "$2+$1").replace(/^\??(?:rsa-)?pss\+/, "rsa-pss+").replace(/^\?/, "");
  const coded = CODE_POINTS[name];
  if (coded !== undefined) return { printed, key: coded[0], pss: coded[1], hash: coded[2] };
  const hash = /sha-?(1|224|256|384|512)\b|md5/.exec(name.replace("_sha", "-sha"))?.[0]?.toUpperCase().replace("-", "") ?? null;
  const key = name.startsWith("rsa") ? "RSA" : name.startsWith("ecdsa") ? "EC" : name.startsWith("dsa") ? "DSA" : name === "ed25519" ? "Ed25519" : name === "ed448" ? "Ed448" : "unknown";
  return { printed, key, pss: name.startsWith("rsa-pss") || name.startsWith("rsa_pss"), hash };
}
