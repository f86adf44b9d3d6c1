import { createHash } from "node:crypto";
import type { KeyTest } from "../../src/model/fact.ts";

/** One attribute of a name as certutil spells it, `CN=alice`. */
export type Attribute = string;

/** What certutil knows of the private key of a certificate in a store. */
export interface KeySpecification {
  readonly container: string;
  /** The second name, printed only when the key was opened. */
  readonly uniqueContainer: string | null;
  readonly provider: string;
  readonly providerType: number;
  readonly keySpec: 0 | 1 | 2;
  readonly machineKeyset: boolean;
  /** The status lines under the key block; an error is an HRESULT as certutil prints it, `0x80090019 (-2146893799 NTE_KEYSET_NOT_DEF)`. */
  readonly outcome: "passed" | "missing" | "mismatch" | "untested" | { readonly error: string };
  readonly test: KeyTest["name"];
  /** NCRYPT flags of the CNG section. */
  readonly cngUsage: readonly string[] | null;
  /** `KeySpec = 1` without its name, as older versions print it. */
  readonly oldSpelling: boolean;
}

/** A certificate as a test thinks of it; renderers print it as the tools do. */
export interface CertificateSpec {
  /** Leaf first, as certutil prints names. */
  readonly subject: readonly Attribute[];
  readonly issuer: readonly Attribute[];
  readonly serial: string;
  /** Printed dates, US English: `1/15/2025 8:00 AM`. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly thumbprint: string;
  readonly algorithm: "RSA" | "EC";
  readonly bits: number;
  /** Octet of the Key Usage extension, `a0`; null: no such extension. */
  readonly keyUsage: string | null;
  /** OIDs of the Enhanced Key Usage extension; null: no such extension. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** OIDs of Microsoft's Application Policies extension; null: no such extension. */
  readonly applicationPolicies: readonly string[] | null;
  readonly subjectAlternativeNames: readonly string[] | null;
  readonly template: string | null;
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  readonly isCa: boolean;
  /** OIDs of the store property 9; null: not set. */
  readonly ekuProperty: readonly string[] | null;
  /** null: no key is linked. */
  readonly key: KeySpecification | null;
}

export const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
export const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
export const SMART_CARD_LOGON = "1.3.6.1.4.1.311.20.2.2";
export const ANY_PURPOSE = "2.5.29.37.0";
export const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

/** A key of Microsoft's software key storage provider that certutil could use. */
export const softwareKey: KeySpecification = {
  container: "te-ClientUser-5f0d2c34-8a4c-4d0a-9f3a-2c7d5b8e1a60", uniqueContainer: "7a3b9f0c2d4e6f8091a2b3c4d5e6f708_0c4e7d12-9a3b-4c5d-8e6f-7a8b9c0d1e2f",
  provider: "Microsoft Software Key Storage Provider", providerType: 0, keySpec: 0, machineKeyset: false,
  outcome: "passed", test: "encryption", cngUsage: null, oldSpelling: false,
};

/** A key of one of the old CryptoAPI providers. */
export const legacyKey: KeySpecification = {
  ...softwareKey, container: "{2F4C7A10-55D1-4B8E-9C36-A1B2C3D4E5F6}", uniqueContainer: "f1e2d3c4b5a69788796a5b4c3d2e1f00_0c4e7d12-9a3b-4c5d-8e6f-7a8b9c0d1e2f",
  provider: "Microsoft Enhanced Cryptographic Provider v1.0", providerType: 1, keySpec: 1,
};

/** Forty hexadecimal digits that belong to a text, the same in every run. */
export function digitsOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

export const ROOT_NAME: readonly Attribute[] = ["CN=Fabrik Root CA", "O=Fabrik, Inc.", "C=DE"];
export const ISSUING_NAME: readonly Attribute[] = ["CN=Fabrik Issuing CA 1", "O=Fabrik, Inc.", "C=DE"];

/** A good client certificate of `Fabrik Issuing CA 1`, but for what is given. Thumbprint and serial number follow from subject, issuer and dates. */
export function clientCertificate(given: Partial<CertificateSpec> = {}): CertificateSpec {
  const subject = given.subject ?? ["CN=alice", "OU=Users", "O=Fabrik, Inc.", "C=DE"];
  const issuer = given.issuer ?? ISSUING_NAME;
  const identity = `${subject.join()} ${issuer.join()} ${given.notBefore ?? ""} ${given.keyUsage ?? ""}`;
  return {
    subject, issuer, serial: digitsOf(`serial ${identity}`).slice(0, 30).replace(/^./, "6"), notBefore: "1/15/2025 8:00 AM", notAfter: "1/15/2029 8:00 AM",
    thumbprint: digitsOf(`certificate ${identity}`), algorithm: "RSA", bits: 2048, keyUsage: "a0", extendedKeyUsage: [CLIENT_AUTH],
    applicationPolicies: null, subjectAlternativeNames: null, template: null, subjectKeyIdentifier: digitsOf(`key ${identity}`), authorityKeyIdentifier: keyIdentifierOf(issuer),
    isCa: false, ekuProperty: null, key: softwareKey, ...given,
  };
}

/** The key identifier of the CA of that name; a CA with another key gives one of its own. */
export function keyIdentifierOf(name: readonly Attribute[]): string {
  return digitsOf(`authority key ${name.join()}`);
}

/** A CA certificate without a key on this machine. */
export function authority(subject: readonly Attribute[], issuer: readonly Attribute[], given: Partial<CertificateSpec> = {}): CertificateSpec {
  return clientCertificate({
    subject, issuer, notBefore: "3/20/2015 9:00 AM", notAfter: "3/20/2035 9:00 AM", keyUsage: "06", extendedKeyUsage: null, isCa: true, key: null,
    subjectKeyIdentifier: keyIdentifierOf(subject), ...given,
  });
}

export const rootCa = authority(ROOT_NAME, ROOT_NAME);
export const issuingCa = authority(ISSUING_NAME, ROOT_NAME);

/** The name as Windows prints it elsewhere: root first, values with special characters quoted. */
export function windowsName(name: readonly Attribute[]): string {
  return name.toReversed().map((attribute) => {
    const equals = attribute.indexOf("=");
    const value = attribute.slice(equals + 1);
    return `${attribute.slice(0, equals)}=${/[,+="<>#;]/.test(value) ? `"${value.replaceAll("\"", "\"\"")}"` : value}`;
  }).join(", ");
}

/** The name as openssl 3.2 and later print it: root first, nothing quoted. */
export function opensslName(name: readonly Attribute[]): string {
  return name.toReversed().map((attribute) => (attribute.startsWith("S=") ? `ST=${attribute.slice(2)}` : attribute)).join(", ");
}
