import { EKU_OIDS, EXTENSION_OIDS } from "../../src/model/oids.ts";

/** OpenSSL's long names of extensions, and Microsoft's as newer versions print them. */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  "X509v3 Subject Key Identifier": EXTENSION_OIDS.subjectKeyIdentifier,
  "X509v3 Key Usage": EXTENSION_OIDS.keyUsage,
  "X509v3 Subject Alternative Name": EXTENSION_OIDS.subjectAltName,
  "X509v3 Issuer Alternative Name": EXTENSION_OIDS.issuerAltName,
  "X509v3 Basic Constraints": EXTENSION_OIDS.basicConstraints,
  "X509v3 Name Constraints": EXTENSION_OIDS.nameConstraints,
  "X509v3 CRL Distribution Points": EXTENSION_OIDS.cRLDistributionPoints,
  "X509v3 Certificate Policies": EXTENSION_OIDS.certificatePolicies,
  "X509v3 Authority Key Identifier": EXTENSION_OIDS.authorityKeyIdentifier,
  "X509v3 Extended Key Usage": EXTENSION_OIDS.extendedKeyUsage,
  "Authority Information Access": EXTENSION_OIDS.authorityInfoAccess,
  "Microsoft certificate template": EXTENSION_OIDS.certificateTemplate,
  "Microsoft Application Policies Extension": EXTENSION_OIDS.applicationPolicies,
  "Netscape Cert Type": "2.16.840.1.113730.1.1",
  "Netscape Comment": "2.16.840.1.113730.1.13",
  "CT Precertificate SCTs": "1.3.6.1.4.1.11129.2.4.2",
  "TLS Feature": "1.3.6.1.5.5.7.1.24",
};

/** OpenSSL's long names of purposes (its object table); what it has no name for is printed as an OID. */
export const PURPOSES: Readonly<Record<string, string>> = {
  "TLS Web Server Authentication": EKU_OIDS.serverAuth,
  "TLS Web Client Authentication": EKU_OIDS.clientAuth,
  "Code Signing": EKU_OIDS.codeSigning,
  "E-mail Protection": EKU_OIDS.emailProtection,
  "Time Stamping": EKU_OIDS.timeStamping,
  "OCSP Signing": EKU_OIDS.ocspSigning,
  "Any Extended Key Usage": EKU_OIDS.anyExtendedKeyUsage,
  "IPSec End System": "1.3.6.1.5.5.7.3.5",
  "IPSec Tunnel": "1.3.6.1.5.5.7.3.6",
  "IPSec User": "1.3.6.1.5.5.7.3.7",
  "ipsec Internet Key Exchange": EKU_OIDS.ipsecIke,
  "dvcs": "1.3.6.1.5.5.7.3.10",
  "SSH Client": "1.3.6.1.5.5.7.3.21",
  "SSH Server": "1.3.6.1.5.5.7.3.22",
  "Signing KDC Response": EKU_OIDS.kdcAuthentication,
  "PKINIT Client Auth": EKU_OIDS.kerberosClientAuthentication,
  "Microsoft Smartcard Login": EKU_OIDS.smartcardLogon,
  "Microsoft Smartcardlogin": EKU_OIDS.smartcardLogon,
  "Microsoft Encrypted File System": EKU_OIDS.encryptingFileSystem,
  "Microsoft Individual Code Signing": "1.3.6.1.4.1.311.2.1.21",
  "Microsoft Commercial Code Signing": "1.3.6.1.4.1.311.2.1.22",
  "Microsoft Trust List Signing": "1.3.6.1.4.1.311.10.3.1",
  "Microsoft Server Gated Crypto": "1.3.6.1.4.1.311.10.3.3",
  "Netscape Server Gated Crypto": "2.16.840.1.113730.4.1",
};

/** OpenSSL's names of the key usage bits, in the order of RFC 5280. */
export const USAGE_BITS: readonly string[] = [
  "Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement", "Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only",
];

/** Names of key algorithms, in lower case, to the names of `PublicKey`. */
export const KEY_ALGORITHMS: Readonly<Record<string, string>> = {
  rsaencryption: "RSA", rsassapss: "RSA", "id-ecpublickey": "EC", dsaencryption: "DSA", ed25519: "Ed25519", ed448: "Ed448", x25519: "X25519", x448: "X448",
};

/** The name used here for a signature algorithm as OpenSSL spells it: `sha256WithRSAEncryption` is `sha256RSA`. Others stay as printed. */
export function signatureName(printed: string): string {
  const rsa = /^(md[25]|sha[0-9]{1,3})WithRSAEncryption$/i.exec(printed);
  if (rsa) return `${(rsa[1] as string).toLowerCase()}RSA`;
  const ecdsa = /^ecdsa-with-SHA([0-9]{1,3})$/i.exec(printed);
  if (ecdsa) return `sha${ecdsa[1] as string}ECDSA`;
  const dsa = /^dsa_?with_?SHA([0-9]{1,3})$/i.exec(printed);
  if (dsa) return `sha${dsa[1] as string}DSA`;
  if (/^rsassaPss$/i.test(printed)) return "RSASSA-PSS";
  return /^ed25519$/i.test(printed) ? "Ed25519" : /^ed448$/i.test(printed) ? "Ed448" : printed;
}
