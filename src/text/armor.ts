/** A DER file in the form in which it can be quoted: base64 between two lines, as PEM writes it. */
export interface Armored {
  readonly text: string;
  /** What the file is, for people. */
  readonly because: string;
}

/** OBJECT IDENTIFIER 1.2.840.113549.1.7.2, signedData of PKCS #7, with its header. */
const SIGNED_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/** Largest DER file that is taken for certificates: bundles of all public CAs stay below. */
const LARGEST = 1 << 20;

/** What kind of DER structure the bytes are, by its first element; null: none, or not the whole of one. */
export function kindOfDer(bytes: Uint8Array): "certificate" | "pkcs7" | "pkcs12" | "key" | null {
  const header = headerOf(bytes, 0);
  if (bytes[0] !== 0x30 || header === null || bytes.length < 64 || header.end !== bytes.length) return null;
  const at = header.start;
  if (SIGNED_DATA.every((byte, index) => bytes[at + index] === byte)) return "pkcs7";
  if (bytes[at] === 0x02 && bytes[at + 1] === 1) return bytes[at + 2] === 3 ? "pkcs12" : "key";
  return bytes[at] === 0x30 ? "certificate" : null;
}

/** First and last octet of the contents of the element at `at`; null for an element of indefinite or absurd length. */
function headerOf(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | null {
  const first = bytes[at + 1];
  if (first === undefined || first === 0x80) return null;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first - 0x80;
  if (count > 3) return null;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  return { start: at + 2 + count, end: at + 2 + count + length };
}

/**
 * A certificate, a PKCS #7 bundle or the certificates of a PFX file that are not encrypted, in DER, as PEM; null for anything else. Keys are
 * never turned into text.
 */
export function armorDer(bytes: Uint8Array): Armored | null {
  if (bytes.length > LARGEST) return null;
  const kind = kindOfDer(bytes);
  if (kind === "pkcs12") {
    const certificates = certificatesOfPfx(bytes);
    return certificates.length === 0 ? null : {
      text: certificates.map((certificate) => pem("CERTIFICATE", certificate)).join(""),
      because: "a PFX (PKCS #12) file whose certificates are not encrypted, quoted in their text form (PEM)",
    };
  }
  if (kind !== "certificate" && kind !== "pkcs7") return null;
  return {
    text: pem(kind === "pkcs7" ? "PKCS7" : "CERTIFICATE", bytes),
    because: kind === "pkcs7" ? "certificates in binary form (PKCS #7), quoted in their text form (PEM)" : "a certificate in binary form (DER), quoted in its text form (PEM)",
  };
}

function pem(label: string, bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 48) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 48))));
  return `-----BEGIN ${label}-----\n${parts.join("\n")}\n-----END ${label}-----\n`;
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Elements of definite length, one behind the other; what cannot be read so ends the list. */
function elementsOf(bytes: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at + 1 < bytes.length;) {
    const header = headerOf(bytes, at);
    if (header === null || header.end > bytes.length) break;
    elements.push({ tag: bytes[at] as number, content: bytes.subarray(header.start, header.end) });
    at = header.end;
  }
  return elements;
}

/** OBJECT IDENTIFIERs without header: data of PKCS #7, the bag of a certificate, an X.509 certificate in it (RFC 7292, section 4.2.3). */
const DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const CERTIFICATE_BAG = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03];
const X509_CERTIFICATE = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];

/** Of `SEQUENCE { OID, [0] { value } … }` the value, if it has this OID; an OCTET STRING gives its octets. */
function valueOf(sequence: Element | undefined, oid: readonly number[]): Uint8Array {
  const [type, tagged] = sequence?.tag === 0x30 ? elementsOf(sequence.content) : [];
  if (type?.tag !== 0x06 || type.content.length !== oid.length || !oid.every((byte, index) => type.content[index] === byte) || tagged?.tag !== 0xa0) return new Uint8Array();
  const [value] = elementsOf(tagged.content);
  return value?.tag === 0x04 ? value.content : tagged.content;
}

/** DER of the certificates of a PFX file (RFC 7292) that stand in it in the clear. Nothing else of it is looked at. */
function certificatesOfPfx(bytes: Uint8Array): readonly Uint8Array[] {
  const [pfx] = elementsOf(bytes);
  const [, authenticated] = elementsOf(pfx?.content ?? new Uint8Array());
  const [safes] = elementsOf(valueOf(authenticated, DATA));
  return elementsOf(safes?.content ?? new Uint8Array())
    .flatMap((safe) => elementsOf(valueOf(safe, DATA))).flatMap((contents) => elementsOf(contents.content))
    .flatMap((bag) => elementsOf(valueOf(bag, CERTIFICATE_BAG))).map((bag) => valueOf(bag, X509_CERTIFICATE)).filter((der) => der.length > 0);
}
