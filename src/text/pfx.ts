import { derElements, type DerElement } from "./der.ts";
import { copied } from "./octets.ts";

/** OBJECT IDENTIFIERs without header: contents of PKCS #7, the bag of a certificate, an X.509 certificate in it (RFC 7292, section 4.2.3). */
const DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
const CERTIFICATE_BAG = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03];
const X509_CERTIFICATE = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
/** PBES2 and PBKDF2 (RFC 8018, appendix A). */
const PBES2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
/** 1.2.840.113549.2.n, HMAC with the hash n; without one it is SHA-1. */
const HMAC = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02];
const HASHES: Readonly<Record<number, string>> = { 7: "SHA-1", 9: "SHA-256", 10: "SHA-384", 11: "SHA-512" };
/** 2.16.840.1.101.3.4.1.n, AES in CBC mode with a key of so many bits. */
const AES = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];
const KEY_BITS: Readonly<Record<number, number>> = { 2: 128, 22: 192, 42: 256 };

/** Rounds of key derivation in one file: tools write 2,000 to 10,000 for each part, and a hostile file shall not keep the machine busy. */
const MOST_ROUNDS = 100_000;

const nothing = new Uint8Array();

function isOid(element: DerElement | undefined, oid: readonly number[]): boolean {
  return element?.tag === 0x06 && element.content.length === oid.length && oid.every((byte, index) => element.content[index] === byte);
}

/** The last arc of an OBJECT IDENTIFIER below another one; null when it is not below. */
function arcBelow(element: DerElement | undefined, oid: readonly number[]): number | null {
  return element?.tag === 0x06 && element.content.length === oid.length + 1 && oid.every((byte, index) => element.content[index] === byte) ? element.content[oid.length] as number : null;
}

function inside(element: DerElement | undefined): readonly DerElement[] {
  return element?.tag === 0x30 ? derElements(element.content) : [];
}

/** Of `SEQUENCE { OID, [0] { value } … }` the value, if it has this OID; an OCTET STRING gives its octets. */
function valueOf(sequence: DerElement | undefined, oid: readonly number[]): Uint8Array {
  const [type, tagged] = inside(sequence);
  if (!isOid(type, oid) || tagged?.tag !== 0xa0) return nothing;
  const [value] = derElements(tagged.content);
  return value?.tag === 0x04 ? value.content : tagged.content;
}

/** The parts of a PFX file (RFC 7292, section 4): each in the clear, encrypted with a password, or with a key. */
function safesOf(bytes: Uint8Array): readonly DerElement[] {
  const [pfx] = derElements(bytes);
  const [, authenticated] = derElements(pfx?.content ?? nothing);
  const [safes] = derElements(valueOf(authenticated, DATA));
  return derElements(safes?.content ?? nothing);
}

function certificatesOf(contents: Uint8Array): readonly Uint8Array[] {
  return derElements(contents).flatMap((bags) => derElements(bags.content))
    .flatMap((bag) => derElements(valueOf(bag, CERTIFICATE_BAG))).map((bag) => valueOf(bag, X509_CERTIFICATE)).filter((der) => der.length > 0);
}

/** DER of the certificates of a PFX file that stand in it in the clear. Nothing else of it is looked at. */
export function certificatesInClear(bytes: Uint8Array): readonly Uint8Array[] {
  return safesOf(bytes).flatMap((safe) => certificatesOf(valueOf(safe, DATA)));
}

/** DER of the certificates of a PFX file that an empty password opens (PBES2 with AES; older ciphers are no part of the web's). Never a key. */
export async function certificatesWithoutPassword(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
  const certificates: Uint8Array[] = [];
  let rounds = 0;
  for (const safe of safesOf(bytes)) {
    const lock = lockOf(safe);
    if (lock === null) continue;
    rounds += lock.rounds;
    if (rounds > MOST_ROUNDS) break;
    certificates.push(...certificatesOf(await unlock(lock)));
  }
  return certificates;
}

interface Lock {
  readonly hash: string;
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly keyBits: number;
  readonly start: Uint8Array;
  readonly locked: Uint8Array;
}

/** How a part is encrypted; null when it is not, or in another way. */
function lockOf(safe: DerElement): Lock | null {
  const [data] = derElements(valueOf(safe, ENCRYPTED_DATA));
  const [, content] = inside(data);
  const [, algorithm, locked] = inside(content);
  const [scheme, parameters] = inside(algorithm);
  const [derivation, cipher] = inside(parameters);
  const [function_, settings] = inside(derivation);
  const [salt, rounds, ...others] = inside(settings);
  const [cipherName, start] = inside(cipher);
  if (!isOid(scheme, PBES2) || !isOid(function_, PBKDF2) || salt?.tag !== 0x04 || rounds?.tag !== 0x02 || start?.tag !== 0x04 || locked?.tag !== 0x80) return null;
  const [hashName] = inside(others.find((one) => one.tag === 0x30));
  const hash = hashName === undefined ? "SHA-1" : HASHES[arcBelow(hashName, HMAC) ?? -1];
  const keyBits = KEY_BITS[arcBelow(cipherName, AES) ?? -1];
  if (hash === undefined || keyBits === undefined || rounds.content.length > 4) return null;
  return { hash, salt: salt.content, rounds: rounds.content.reduce((sum, byte) => sum * 256 + byte, 0), keyBits, start: start.content, locked: locked.content };
}

/** What an empty password opens; nothing when it does not, or where there is no Web Crypto. */
async function unlock({ hash, salt, rounds, keyBits, start, locked }: Lock): Promise<Uint8Array> {
  try {
    const { subtle } = globalThis.crypto;
    const password = await subtle.importKey("raw", nothing, "PBKDF2", false, ["deriveKey"]);
    const key = await subtle.deriveKey({ name: "PBKDF2", hash, salt: copied(salt), iterations: rounds }, password, { name: "AES-CBC", length: keyBits }, false, ["decrypt"]);
    return new Uint8Array(await subtle.decrypt({ name: "AES-CBC", iv: copied(start) }, key, copied(locked)));
  } catch {
    // Another password: what comes out has no padding at its end.
    return nothing;
  }
}
