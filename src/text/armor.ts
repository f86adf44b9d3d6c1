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

/** A certificate or a PKCS #7 bundle in DER as PEM; null for anything else. Keys and PFX files are never turned into text. */
export function armorDer(bytes: Uint8Array): Armored | null {
  if (bytes.length > LARGEST) return null;
  const kind = kindOfDer(bytes);
  if (kind !== "certificate" && kind !== "pkcs7") return null;
  const label = kind === "pkcs7" ? "PKCS7" : "CERTIFICATE";
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 48) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 48))));
  return {
    text: `-----BEGIN ${label}-----\n${parts.join("\n")}\n-----END ${label}-----\n`,
    because: kind === "pkcs7" ? "certificates in binary form (PKCS #7), quoted in their text form (PEM)" : "a certificate in binary form (DER), quoted in its text form (PEM)",
  };
}
