import { KEY_USAGE_NAMES } from "./key-usage.ts";

/** A name of a flag of CertSelectCertificateChains. */
export type SelectionFlagName =
  | "CERT_SELECT_ALLOW_EXPIRED" | "CERT_SELECT_TRUSTED_ROOT" | "CERT_SELECT_DISALLOW_SELFSIGNED" | "CERT_SELECT_HAS_PRIVATE_KEY"
  | "CERT_SELECT_HAS_KEY_FOR_SIGNATURE" | "CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE" | "CERT_SELECT_HARDWARE_ONLY"
  | "CERT_SELECT_ALLOW_DUPLICATES" | "CERT_SELECT_IGNORE_AUTOSELECT";

/** One bit of the dwFlags of CertSelectCertificateChains. */
export interface SelectionFlag {
  readonly bit: number;
  readonly name: SelectionFlagName;
  /** What the call does when the bit is set, and when it is not. */
  readonly whenSet: string;
  readonly whenClear: string;
  /** false: the name stands in SDK headers only. */
  readonly documented: boolean;
}

/**
 * Flags of CertSelectCertificateChains. Meaning:
 * https://learn.microsoft.com/en-us/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains ; values: wincrypt.h as
 * published at https://docs.rs/windows-sys/latest/windows_sys/Win32/Security/Cryptography/ .
 */
export const selectionFlags: readonly SelectionFlag[] = [
  {
    bit: 0x001, name: "CERT_SELECT_ALLOW_EXPIRED", documented: true,
    whenSet: "expired certificates are candidates",
    whenClear: "expired certificates are rejected",
  },
  {
    bit: 0x002, name: "CERT_SELECT_TRUSTED_ROOT", documented: true,
    whenSet: "only chains without the trust errors untrusted root, partial chain, not time valid, invalid policy, basic or name constraints",
    whenClear: "untrusted and partial chains are not rejected by this call",
  },
  {
    bit: 0x004, name: "CERT_SELECT_DISALLOW_SELFSIGNED", documented: true,
    whenSet: "self-signed certificates are rejected",
    whenClear: "self-signed certificates are candidates",
  },
  {
    bit: 0x008, name: "CERT_SELECT_HAS_PRIVATE_KEY", documented: true,
    whenSet: "the certificate needs the property CERT_KEY_PROV_INFO_PROP_ID, a link to a key; the key is not opened",
    whenClear: "certificates without a link to a key are candidates",
  },
  {
    bit: 0x010, name: "CERT_SELECT_HAS_KEY_FOR_SIGNATURE", documented: true,
    whenSet: "the linked key must be AT_SIGNATURE (KeySpec 2); a CNG key must allow signing",
    whenClear: "KeySpec is not looked at",
  },
  {
    bit: 0x020, name: "CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE", documented: true,
    whenSet: "the linked key must be AT_KEYEXCHANGE (KeySpec 1); a CNG key must allow decryption or key agreement",
    whenClear: "KeySpec is not looked at",
  },
  {
    bit: 0x040, name: "CERT_SELECT_HARDWARE_ONLY", documented: true,
    whenSet: "the provider of the key must be hardware or a removable device",
    whenClear: "software keys are candidates",
  },
  {
    bit: 0x080, name: "CERT_SELECT_ALLOW_DUPLICATES", documented: true,
    whenSet: "certificates with the same subject, alternative name and template are all kept",
    whenClear: "of certificates with the same subject, alternative name and template only the most recent is kept",
  },
  {
    bit: 0x100, name: "CERT_SELECT_IGNORE_AUTOSELECT", documented: false,
    whenSet: "not documented in public",
    whenClear: "not documented in public",
  },
];

/** A kind of criterion a caller of CertSelectCertificateChains may pass. */
export interface SelectionCriterion {
  /** dwType of CERT_SELECT_CRITERIA. */
  readonly number: number;
  readonly name: string;
  /** What one value of it is. */
  readonly value: string;
  /** What it is evaluated on; null: not documented. */
  readonly evaluatedOn: "certificate" | "chain" | "private key" | null;
  /** Missing intermediates are fetched from the network for it. */
  readonly mayFetch: boolean;
  readonly documented: boolean;
}

/**
 * Kinds of criteria; criteria are AND-ed, the values of one are OR-ed. Types 1 to 11:
 * https://learn.microsoft.com/en-us/windows/win32/api/wincrypt/ns-wincrypt-cert_select_criteria ; 12 to 14 stand in SDK headers only.
 */
export const selectionCriteria: readonly SelectionCriterion[] = [
  { number: 1, name: "CERT_SELECT_BY_ENHKEY_USAGE", value: "OID of an extended key usage", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 2, name: "CERT_SELECT_BY_KEY_USAGE", value: "key usage bits", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 3, name: "CERT_SELECT_BY_POLICY_OID", value: "OID of an issuance policy", evaluatedOn: "chain", mayFetch: true, documented: true },
  { number: 4, name: "CERT_SELECT_BY_PROV_NAME", value: "name of the provider of the key", evaluatedOn: "private key", mayFetch: false, documented: true },
  { number: 5, name: "CERT_SELECT_BY_EXTENSION", value: "OID of an extension and its content", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 6, name: "CERT_SELECT_BY_SUBJECT_HOST_NAME", value: "host name", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 7, name: "CERT_SELECT_BY_ISSUER_ATTR", value: "attributes of an issuer's name", evaluatedOn: "chain", mayFetch: true, documented: true },
  { number: 8, name: "CERT_SELECT_BY_SUBJECT_ATTR", value: "attributes of the subject's name", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 9, name: "CERT_SELECT_BY_ISSUER_NAME", value: "name of a certification authority of the chain", evaluatedOn: "chain", mayFetch: true, documented: true },
  { number: 10, name: "CERT_SELECT_BY_PUBLIC_KEY", value: "public key", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 11, name: "CERT_SELECT_BY_TLS_SIGNATURES", value: "signature algorithms of the handshake", evaluatedOn: "certificate", mayFetch: false, documented: true },
  { number: 12, name: "CERT_SELECT_BY_ISSUER_DISPLAYNAME", value: "not documented", evaluatedOn: null, mayFetch: false, documented: false },
  { number: 13, name: "CERT_SELECT_BY_FRIENDLYNAME", value: "not documented", evaluatedOn: null, mayFetch: false, documented: false },
  { number: 14, name: "CERT_SELECT_BY_THUMBPRINT", value: "not documented", evaluatedOn: null, mayFetch: false, documented: false },
];

const bitByName: Readonly<Record<string, number>> = Object.fromEntries(selectionFlags.map((flag) => [flag.name, flag.bit]));

/** The bit of a flag. */
export function selectionFlagBit(name: SelectionFlagName): number {
  return bitByName[name] ?? 0;
}

/** Names of the bits that are set, lowest bit first; bits without a name are left out. */
export function selectionFlagNames(flags: number): readonly SelectionFlagName[] {
  return selectionFlags.filter((flag) => (flags & flag.bit) !== 0).map((flag) => flag.name);
}

/** The bits of `flags`, as an unsigned number, that have no name. */
export function unknownSelectionFlags(flags: number): number {
  return selectionFlags.reduce((left, flag) => left & ~flag.bit, flags) >>> 0;
}

/** wincrypt.h's names, without `CERT_` and `_KEY_USAGE`, and the RFC 5280 names they stand for. */
const windowsKeyUsageNames: ReadonlyMap<string, string> = new Map([
  ["DIGITAL_SIGNATURE", "digitalSignature"], ["NON_REPUDIATION", "nonRepudiation"], ["KEY_ENCIPHERMENT", "keyEncipherment"],
  ["DATA_ENCIPHERMENT", "dataEncipherment"], ["KEY_AGREEMENT", "keyAgreement"], ["KEY_CERT_SIGN", "keyCertSign"],
  ["CRL_SIGN", "cRLSign"], ["OFFLINE_CRL_SIGN", "cRLSign"], ["ENCIPHER_ONLY", "encipherOnly"], ["DECIPHER_ONLY", "decipherOnly"],
]);

/** `CERT_DIGITAL_SIGNATURE_KEY_USAGE` as RFC 5280 calls it; null for another word. */
export function keyUsageOfWindowsName(name: string): string | null {
  const middle = /^CERT_([A-Z_]{3,40})_KEY_USAGE$/.exec(name)?.[1];
  return (middle === undefined ? undefined : windowsKeyUsageNames.get(middle)) ?? null;
}

/**
 * Key usage names of the printed `Value` of a criterion: `00000080` is a number whose low byte is the first octet of the bits,
 * `80 00` are the octets in their order, `03 02 07 80` is the DER BIT STRING. Null when it is longer than a number of 32 bits
 * and no BIT STRING, or no hexadecimal digits.
 */
export function keyUsageOfValue(printed: string): readonly string[] | null {
  const text = printed.trim();
  const octets = octetsOf(text);
  if (octets === null) return null;
  return KEY_USAGE_NAMES.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function octetsOf(text: string): readonly number[] | null {
  const bytes = text.split(/[\s,-]{1,3}/);
  if (bytes.length > 1) {
    if (bytes.length > 8 || !bytes.every((byte) => /^[0-9A-Fa-f]{2}$/.test(byte))) return null;
    const values = bytes.map((byte) => Number.parseInt(byte, 16));
    if (values[0] === 0x03 && values[1] === values.length - 2 && values.length >= 4) return values.slice(3);
    return values.length <= 4 ? values : null;
  }
  const digits = text.replace(/^0x/i, "");
  if (/^0302[0-9A-Fa-f]{4}$/.test(digits) || /^0303[0-9A-Fa-f]{6}$/.test(digits)) {
    return octetsOf((digits.match(/../g) ?? []).join(" "));
  }
  if (!/^[0-9A-Fa-f]{1,8}$/.test(digits)) return null;
  const value = Number.parseInt(digits, 16);
  return [value & 0xff, (value >>> 8) & 0xff];
}
