/** Extended key usages that bear on TLS client authentication, by the name used for them in this project. */
export const EKU_OIDS = {
  anyExtendedKeyUsage: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
  ipsecIke: "1.3.6.1.5.5.7.3.17",
  ipsecIkeIntermediate: "1.3.6.1.5.5.8.2.2",
  smartcardLogon: "1.3.6.1.4.1.311.20.2.2",
  certificateRequestAgent: "1.3.6.1.4.1.311.20.2.1",
  encryptingFileSystem: "1.3.6.1.4.1.311.10.3.4",
  fileRecovery: "1.3.6.1.4.1.311.10.3.4.1",
  documentSigning: "1.3.6.1.4.1.311.10.3.12",
  keyRecoveryAgent: "1.3.6.1.4.1.311.21.6",
  anyApplicationPolicy: "1.3.6.1.4.1.311.10.12.1",
  kdcAuthentication: "1.3.6.1.5.2.3.5",
  kerberosClientAuthentication: "1.3.6.1.5.2.3.4",
  remoteDesktopAuthentication: "1.3.6.1.4.1.311.54.1.2",
} as const;

/** Certificate extensions by their RFC 5280 name, or Microsoft's where there is none. */
export const EXTENSION_OIDS = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  certificateTemplateName: "1.3.6.1.4.1.311.20.2",
  certificateTemplate: "1.3.6.1.4.1.311.21.7",
  applicationPolicies: "1.3.6.1.4.1.311.21.10",
  ntdsCaSecurity: "1.3.6.1.4.1.311.25.2",
} as const;

/** Public key algorithms; the names are those of `PublicKey.algorithm`. */
export const PUBLIC_KEY_OIDS: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.1": "RSA",
  "1.2.840.113549.1.1.10": "RSA",
  "1.2.840.113549.1.1.7": "RSA",
  "1.2.840.10045.2.1": "EC",
  "1.2.840.10040.4.1": "DSA",
  "1.3.101.110": "X25519",
  "1.3.101.111": "X448",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
};

/** Signature algorithms, named as OpenSSL and certutil most often print them. */
export const SIGNATURE_OIDS: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.2": "md2RSA",
  "1.2.840.113549.1.1.4": "md5RSA",
  "1.2.840.113549.1.1.5": "sha1RSA",
  "1.3.14.3.2.29": "sha1RSA",
  "1.2.840.113549.1.1.10": "RSASSA-PSS",
  "1.2.840.113549.1.1.11": "sha256RSA",
  "1.2.840.113549.1.1.12": "sha384RSA",
  "1.2.840.113549.1.1.13": "sha512RSA",
  "1.2.840.113549.1.1.14": "sha224RSA",
  "1.2.840.10040.4.3": "sha1DSA",
  "2.16.840.1.101.3.4.3.2": "sha256DSA",
  "1.2.840.10045.4.1": "sha1ECDSA",
  "1.2.840.10045.4.3.1": "sha224ECDSA",
  "1.2.840.10045.4.3.2": "sha256ECDSA",
  "1.2.840.10045.4.3.3": "sha384ECDSA",
  "1.2.840.10045.4.3.4": "sha512ECDSA",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
};

/** Size in bits of the named curves an EC key can name in its parameters (RFC 5480, RFC 5639). */
export const CURVE_BITS: Readonly<Record<string, number>> = {
  "1.2.840.10045.3.1.1": 192,
  "1.3.132.0.33": 224,
  "1.2.840.10045.3.1.7": 256,
  "1.3.132.0.10": 256,
  "1.3.132.0.34": 384,
  "1.3.132.0.35": 521,
  "1.3.36.3.3.2.8.1.1.7": 256,
  "1.3.36.3.3.2.8.1.1.11": 384,
  "1.3.36.3.3.2.8.1.1.13": 512,
};

const names: ReadonlyMap<string, string> = new Map([
  ...Object.entries(EKU_OIDS).map(([name, oid]) => [oid, name] as const),
  ...Object.entries(EXTENSION_OIDS).map(([name, oid]) => [oid, name] as const),
  ...Object.entries(SIGNATURE_OIDS),
  ...Object.entries(PUBLIC_KEY_OIDS),
]);

/** The name of a well-known OID (`1.3.6.1.5.5.7.3.2` is `clientAuth`); null for every other. */
export function oidName(oid: string): string | null {
  return names.get(oid) ?? null;
}
