/** One attribute of a name: type by its RFC 4514 short name (`ST`, never `S`; `E` for emailAddress) or dotted OID. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

/** A relative distinguished name: one attribute, or several when it is multi-valued. */
export type Rdn = readonly NameAttribute[];

/** A distinguished name as a tool printed it and as it is understood. */
export interface Name {
  /** The text as printed, blanks and quotes included. */
  readonly printed: string;
  /** Root first, whatever order was printed; empty when the text cannot be read as a name. */
  readonly rdns: readonly Rdn[];
  /** RFC 4514 form, leaf first, canonical: equal for equal names. */
  readonly rfc4514: string;
  /** Why another reading of the printed text is possible; null when there is only one. */
  readonly doubt: string | null;
}

/** An attribute type: the short name used here, its OID, and the other spellings that programs print. */
export interface AttributeType {
  readonly name: string;
  readonly oid: string;
  readonly spellings: readonly string[];
}

/**
 * Attribute types met in certificate names. Short names and OIDs: RFC 4519, RFC 4514 section 3, PKCS #9 (RFC 2985) and
 * OpenSSL's object table; `S`, `G`, `I`, `T`, `E` are the spellings of Windows (CertNameToStr), `EMAILADDRESS` of Java.
 */
export const attributeTypes: readonly AttributeType[] = [
  { name: "CN", oid: "2.5.4.3", spellings: ["commonName"] },
  { name: "SN", oid: "2.5.4.4", spellings: ["surname"] },
  { name: "serialNumber", oid: "2.5.4.5", spellings: [] },
  { name: "C", oid: "2.5.4.6", spellings: ["countryName"] },
  { name: "L", oid: "2.5.4.7", spellings: ["localityName"] },
  { name: "ST", oid: "2.5.4.8", spellings: ["S", "stateOrProvinceName"] },
  { name: "street", oid: "2.5.4.9", spellings: ["streetAddress"] },
  { name: "O", oid: "2.5.4.10", spellings: ["organizationName"] },
  { name: "OU", oid: "2.5.4.11", spellings: ["organizationalUnitName"] },
  { name: "title", oid: "2.5.4.12", spellings: ["T"] },
  { name: "description", oid: "2.5.4.13", spellings: [] },
  { name: "businessCategory", oid: "2.5.4.15", spellings: [] },
  { name: "postalAddress", oid: "2.5.4.16", spellings: [] },
  { name: "postalCode", oid: "2.5.4.17", spellings: [] },
  { name: "postOfficeBox", oid: "2.5.4.18", spellings: ["POBox"] },
  { name: "telephoneNumber", oid: "2.5.4.20", spellings: ["Phone"] },
  { name: "name", oid: "2.5.4.41", spellings: [] },
  { name: "GN", oid: "2.5.4.42", spellings: ["G", "givenName"] },
  { name: "initials", oid: "2.5.4.43", spellings: ["I"] },
  { name: "generationQualifier", oid: "2.5.4.44", spellings: [] },
  { name: "x500UniqueIdentifier", oid: "2.5.4.45", spellings: [] },
  { name: "dnQualifier", oid: "2.5.4.46", spellings: ["DNQ"] },
  { name: "pseudonym", oid: "2.5.4.65", spellings: [] },
  { name: "organizationIdentifier", oid: "2.5.4.97", spellings: [] },
  { name: "UID", oid: "0.9.2342.19200300.100.1.1", spellings: ["userId"] },
  { name: "mail", oid: "0.9.2342.19200300.100.1.3", spellings: ["rfc822Mailbox"] },
  { name: "DC", oid: "0.9.2342.19200300.100.1.25", spellings: ["domainComponent"] },
  { name: "E", oid: "1.2.840.113549.1.9.1", spellings: ["emailAddress", "Email"] },
  { name: "unstructuredName", oid: "1.2.840.113549.1.9.2", spellings: [] },
  { name: "unstructuredAddress", oid: "1.2.840.113549.1.9.8", spellings: [] },
  { name: "jurisdictionL", oid: "1.3.6.1.4.1.311.60.2.1.1", spellings: ["jurisdictionLocalityName"] },
  { name: "jurisdictionST", oid: "1.3.6.1.4.1.311.60.2.1.2", spellings: ["jurisdictionStateOrProvinceName"] },
  { name: "jurisdictionC", oid: "1.3.6.1.4.1.311.60.2.1.3", spellings: ["jurisdictionCountryName"] },
  { name: "INN", oid: "1.2.643.3.131.1.1", spellings: [] },
  { name: "OGRN", oid: "1.2.643.100.1", spellings: [] },
  { name: "SNILS", oid: "1.2.643.100.3", spellings: [] },
];

const canonicalBySpelling: ReadonlyMap<string, string> = new Map(
  attributeTypes.flatMap((type) => [type.name, type.oid, ...type.spellings].map((printed) => [printed.toUpperCase(), type.name] as const)),
);

/**
 * The one spelling of an attribute type: `S` and `stateOrProvinceName` become `ST`, `emailAddress` and its OID become
 * `E`, `OID.2.5.4.3` becomes `CN`. An unknown OID stays dotted, an unknown word is upper-cased.
 */
export function canonicalType(printedType: string): string {
  const upper = printedType.trim().toUpperCase();
  const bare = upper.startsWith("OID.") ? upper.slice(4) : upper;
  return canonicalBySpelling.get(bare) ?? bare;
}

/**
 * A name from its parts. `rdns` are root first, their types canonical; `printed` is kept as it is. `doubt` says in one
 * clause why another reading is possible, or is null.
 */
export function makeName(printed: string, rdns: readonly Rdn[], doubt: string | null): Name {
  return { printed, rdns, rfc4514: rfc4514Of(rdns), doubt };
}

/** True when the text was understood as a name with at least one attribute. */
export function isReadableName(name: Name): boolean {
  return name.rdns.length > 0;
}

/**
 * Equal as RFC 5280 section 7.1 compares: without case, with blanks folded, in Unicode normal form C. Programs print the
 * RDNs in either direction, and some cannot show which attributes share an RDN, so the multiset of attributes counts.
 * Texts that are no readable names are equal only when they are the same characters.
 */
export function sameName(a: Name, b: Name): boolean {
  return nameKey(a) === nameKey(b);
}

// Every stage looks names up; a name never changes.
const keys = new WeakMap<Name, string>();

/** A key for tables of names: two names have the same key exactly when `sameName` holds. Linear in the length of the name. */
export function nameKey(name: Name): string {
  if (!isReadableName(name)) return `?${name.printed}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = attributesOf(name).map(attributeKey).sort().join("\u0000");
  keys.set(name, key);
  return key;
}

/**
 * One clause that says how two names differ although they are close: the same CN with another O, one attribute more,
 * characters that an encoding destroyed. Null when they are equal or not close.
 */
export function describeDifference(a: Name, b: Name): string | null {
  if (!isReadableName(a) || !isReadableName(b) || sameName(a, b)) return null;
  const onlyA = withoutCommon(a, b);
  const onlyB = withoutCommon(b, a);
  if (onlyA.length === onlyB.length && onlyA.every((attribute, index) => differOnlyByLostCharacters(attribute, onlyB[index]))) {
    return `the same but for characters that an encoding destroyed: ${quote(onlyA)} here, ${quote(onlyB)} there`;
  }
  const common = attributesOf(a).length - onlyA.length;
  const leafA = leafOf(a);
  const leafB = leafOf(b);
  const sameLeaf = leafA !== null && leafB !== null && attributeKey(leafA) === attributeKey(leafB);
  if (sameLeaf) {
    if (onlyA.length === 0) return `same ${leafA.type}, but ${quote(onlyB)} is only in the other name`;
    if (onlyB.length === 0) return `same ${leafA.type}, but ${quote(onlyA)} is only in this name`;
    return `same ${leafA.type}, other ${typesOf([...onlyA, ...onlyB])}: ${quote(onlyA)} here, ${quote(onlyB)} there`;
  }
  if (leafA !== null && leafB !== null && common > 0 && onlyA.length === 1 && onlyB.length === 1) {
    return areClose(foldValue(leafA.value), foldValue(leafB.value))
      ? `all the same but the ${leafA.type}: ${quote(onlyA)} here, ${quote(onlyB)} there`
      : null;
  }
  return null;
}

/** Case, blanks and composition of letters do not count; `\s` holds the no-break blank that web pages put in. */
function foldValue(value: string): string {
  return value.normalize("NFC").trim().replace(/\s{1,2000}/g, " ").toLowerCase().normalize("NFC");
}

function attributeKey(attribute: NameAttribute): string {
  return `${attribute.type.toUpperCase()}=${foldValue(attribute.value)}`;
}

function attributesOf(name: Name): readonly NameAttribute[] {
  return name.rdns.flat();
}

/** Attributes of `a`, in order, that have no partner in `b`. */
function withoutCommon(a: Name, b: Name): readonly NameAttribute[] {
  const left = new Map<string, number>();
  for (const attribute of attributesOf(b)) left.set(attributeKey(attribute), (left.get(attributeKey(attribute)) ?? 0) + 1);
  return attributesOf(a).filter((attribute) => {
    const key = attributeKey(attribute);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
}

/** The attribute that people call the name by: the last CN, else the last OU or O. */
function leafOf(name: Name): NameAttribute | null {
  const attributes = attributesOf(name);
  for (const type of ["CN", "OU", "O"]) {
    const found = attributes.findLast((attribute) => attribute.type === type);
    if (found) return found;
  }
  return null;
}

/** `?` and U+FFFD stand for a character that a wrong encoding lost; one of them may stand for several bytes. */
function differOnlyByLostCharacters(a: NameAttribute, b: NameAttribute | undefined): boolean {
  if (b === undefined || a.type !== b.type) return false;
  const keep = (value: string): string => foldValue(value).replace(/[^\u0020-\u007E]|\?/g, "");
  const lossy = /[\uFFFD?\u00C3\u00C2]/;
  return (lossy.test(a.value) || lossy.test(b.value)) && keep(a.value).length > 0 && keep(a.value) === keep(b.value);
}

/** Two texts that share all but a short piece: the beginning and end in common cover at least three quarters. */
function areClose(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  const shortest = Math.min(a.length, b.length);
  let head = 0;
  while (head < shortest && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shortest - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return longest > 0 && head + tail >= longest * 0.75;
}

function typesOf(attributes: readonly NameAttribute[]): string {
  return [...new Set(attributes.map((attribute) => attribute.type))].join(" and ");
}

function quote(attributes: readonly NameAttribute[]): string {
  return attributes.map((attribute) => `${attribute.type}=${attribute.value}`).join(", ");
}

function rfc4514Of(rdns: readonly Rdn[]): string {
  return rdns
    .toReversed()
    .map((rdn) => rdn.map((attribute) => `${attribute.type}=${escapeValue(attribute)}`).sort(compareUpperCase).join("+"))
    .join(",");
}

function compareUpperCase(a: string, b: string): number {
  const left = a.toUpperCase();
  const right = b.toUpperCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * RFC 4514 section 2.4: special characters get a backslash, controls their hex digits. A value of a dotted type stands
 * as the hex digits of its encoding; printed text does not say which string type that was, so UTF8String is written,
 * always the same for the same text.
 */
function escapeValue(attribute: NameAttribute): string {
  const { type, value } = attribute;
  if (/^[0-9]/.test(type)) return /^#(?:[0-9A-Fa-f]{2})+$/.test(value) ? value.toUpperCase() : `#${hexOfUtf8String(value)}`;
  const escaped = value
    .replace(/["+,;<>\\]/g, "\\$&")
    .replace(/[\u0000-\u001F\u007F]/g, (control) => `\\${hexByte(control.charCodeAt(0))}`);
  const start = /^[ #]/.test(escaped) ? `\\${escaped}` : escaped;
  return value.length > 1 && start.endsWith(" ") ? `${start.slice(0, -1)}\\ ` : start;
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

/** Tag 0x0C, length in definite form, UTF-8 bytes, as hex digits. */
function hexOfUtf8String(value: string): string {
  const bytes = new TextEncoder().encode(value);
  const length =
    bytes.length < 0x80 ? hexByte(bytes.length)
    : bytes.length < 0x100 ? `81${hexByte(bytes.length)}`
    : bytes.length < 0x10000 ? `82${hexByte(bytes.length >> 8)}${hexByte(bytes.length & 0xff)}`
    : `83${hexByte((bytes.length >> 16) & 0xff)}${hexByte((bytes.length >> 8) & 0xff)}${hexByte(bytes.length & 0xff)}`;
  return `0C${length}${Array.from(bytes, hexByte).join("")}`;
}
