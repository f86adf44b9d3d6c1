import { derHeader } from "./der.ts";
import { certificatesInClear, certificatesWithoutPassword } from "./pfx.ts";

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
  const header = derHeader(bytes, 0);
  if (bytes[0] !== 0x30 || header === null || bytes.length < 64 || header.end !== bytes.length) return null;
  const at = header.start;
  if (SIGNED_DATA.every((byte, index) => bytes[at + index] === byte)) return "pkcs7";
  if (bytes[at] === 0x02 && bytes[at + 1] === 1) return bytes[at + 2] === 3 ? "pkcs12" : "key";
  return bytes[at] === 0x30 ? "certificate" : null;
}

/**
 * A certificate, a PKCS #7 bundle or the certificates of a PFX file that are not encrypted, in DER, as PEM; null for anything else. Keys are
 * never turned into text.
 */
export function armorDer(bytes: Uint8Array): Armored | null {
  if (bytes.length > LARGEST) return null;
  const kind = kindOfDer(bytes);
  if (kind === "pkcs12") return quoted(certificatesInClear(bytes), "a PFX (PKCS #12) file whose certificates are not encrypted, quoted in their text form (PEM)");
  if (kind !== "certificate" && kind !== "pkcs7") return null;
  return {
    text: pem(kind === "pkcs7" ? "PKCS7" : "CERTIFICATE", bytes),
    because: kind === "pkcs7" ? "certificates in binary form (PKCS #7), quoted in their text form (PEM)" : "a certificate in binary form (DER), quoted in its text form (PEM)",
  };
}

/** The certificates of a PFX file that are encrypted with an empty password, as PEM; null for anything else. */
export async function armorPfx(bytes: Uint8Array): Promise<Armored | null> {
  if (bytes.length > LARGEST || kindOfDer(bytes) !== "pkcs12") return null;
  return quoted(await certificatesWithoutPassword(bytes), "a PFX (PKCS #12) file whose password is empty; its certificates, quoted in their text form (PEM)");
}

function quoted(certificates: readonly Uint8Array[], because: string): Armored | null {
  return certificates.length === 0 ? null : { text: certificates.map((certificate) => pem("CERTIFICATE", certificate)).join(""), because };
}

function pem(label: string, bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 48) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 48))));
  return `-----BEGIN ${label}-----\n${parts.join("\n")}\n-----END ${label}-----\n`;
}
