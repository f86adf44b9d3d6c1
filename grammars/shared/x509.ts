import type { CertificateFact, FormatId, KeyAssociation, Printed } from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import type { Moment } from "../../src/model/moment.ts";
import { canonicalType, makeName, type Name, type Rdn } from "../../src/model/name.ts";
import { CURVE_BITS, EXTENSION_OIDS, PUBLIC_KEY_OIDS, SIGNATURE_OIDS } from "../../src/model/oids.ts";
import { located, type Span } from "../../src/text/source-text.ts";
import { children, contentBits, contentOid, contentText, contentTime, hexOf, readDer, type DerNode } from "./der.ts";

/** A certificate in PEM as it stands in a text. */
export interface PemBlock {
  /** What stands between the first and the last line; line ends and blanks may be in it. */
  readonly base64: string;
  /** From `-----BEGIN` to the end of the last line. */
  readonly span: Span;
}

// Largest certificate that is decoded, in characters of base64: the TLS field holds 2^24 bytes, real ones a few thousand.
const MAX_BASE64 = 200_000;

/** DER of a base64 text; null when it is not well-formed base64. */
export function bytesOfBase64(base64: string): Uint8Array | null {
  const bare = base64.replace(/[ \t\r\n\u00A0]/g, "");
  if (bare.length === 0 || bare.length > MAX_BASE64 || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return null;
  const binary = atob(bare);
  return Uint8Array.from({ length: binary.length }, (_, index) => binary.charCodeAt(index));
}

/**
 * The certificates of PEM blocks, one fact for each distinct certificate, at the place where it stands first. A block that is no
 * well-formed X.509 certificate gives none. Total: never throws.
 */
export async function readCertificates(blocks: readonly PemBlock[], format: FormatId): Promise<readonly CertificateFact[]> {
  const facts: CertificateFact[] = [];
  const seen = new Set<string>();
  for (const block of blocks) {
    const bare = block.base64.replace(/[ \t\r\n\u00A0]/g, "");
    if (seen.has(bare)) continue;
    seen.add(bare);
    const der = bytesOfBase64(bare);
    const fact = der === null ? null : await certificateFromDer(der, block.span, format, "server");
    if (fact !== null) facts.push(fact);
  }
  return facts;
}

/** A certificate from its DER octets; null when they are not one well-formed certificate. */
export async function certificateFromDer(der: Uint8Array, span: Span, format: FormatId, role: "server" | null): Promise<CertificateFact | null> {
  const root = await readDer(der);
  if (root === null) return null;
  try {
    return decodeCertificate(root, await sha1(der), span, format, role);
  } catch {
    // A structure of another shape is no certificate.
    return null;
  }
}

/** The first DER element of some octets: a TRUSTED CERTIFICATE of OpenSSL has its trust settings behind the certificate. Null: not one whole element. */
export function firstElement(bytes: Uint8Array): Uint8Array | null {
  const first = bytes[1] ?? 0;
  const count = first < 0x80 ? 0 : first - 0x80;
  if (bytes[0] !== 0x30 || first === 0x80 || count > 3) return null;
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[2 + index] ?? 0);
  const end = 2 + count + length;
  return end <= bytes.length ? bytes.subarray(0, end) : null;
}

/** DER of the certificates in a PKCS #7 signedData (RFC 5652, section 5.1); none when it is something else. */
export async function certificatesOfPkcs7(der: Uint8Array): Promise<readonly Uint8Array[]> {
  const root = await readDer(der);
  // ContentInfo: contentType, [0] SignedData: version, digestAlgorithms, encapContentInfo, [0] certificates, …
  const signedData = children(children(root)[1])[0];
  const set = children(signedData).find((part) => part.tagClass === 3 && part.tag === 0 && part.constructed);
  return children(set).filter((part) => part.tagClass === 1 && part.tag === 16).map(sequenceOf);
}

/** A SEQUENCE with its header; DER has one form of it only. */
function sequenceOf({ content }: DerNode): Uint8Array {
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return Uint8Array.from([0x30, ...(content.length < 0x80 ? [content.length] : [0x80 + length.length, ...length]), ...content]);
}

async function sha1(der: Uint8Array): Promise<string | null> {
  // Browsers offer it in secure pages only.
  if (globalThis.crypto?.subtle === undefined) return null;
  return hexOf(new Uint8Array(await globalThis.crypto.subtle.digest("SHA-1", Uint8Array.from(der))));
}

function decodeCertificate(root: DerNode, thumbprint: string | null, span: Span, format: FormatId, role: "server" | null): CertificateFact | null {
  const [tbs, algorithm] = children(root);
  if (tbs === undefined || algorithm === undefined) return null;
  const fields = [...children(tbs)];
  // Certificate: [0] version OPTIONAL, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, …, [3] extensions
  if (fields[0]?.tagClass === 3 && fields[0].tag === 0) fields.shift();
  const [serial, , issuer, validity, subject, keyInfo] = fields;
  if (serial?.tag !== 2 || issuer === undefined || validity === undefined || subject === undefined || keyInfo === undefined) return null;
  const [notBefore, notAfter] = children(validity);
  const at = <T>(value: T | null): Printed<T> => (value === null ? null : located(value, span));
  const extensionField = fields.find((field) => field.tagClass === 3 && field.tag === 3);
  const extensions = readExtensions(extensionField);
  const usage = extensions.get(EXTENSION_OIDS.keyUsage);
  const purposes = extensions.get(EXTENSION_OIDS.extendedKeyUsage);
  const policies = extensions.get(EXTENSION_OIDS.applicationPolicies);
  const constraints = extensions.get(EXTENSION_OIDS.basicConstraints);
  const identifier = extensions.get(EXTENSION_OIDS.subjectKeyIdentifier);
  const authority = children(extensions.get(EXTENSION_OIDS.authorityKeyIdentifier)).find((part) => part.tagClass === 3 && part.tag === 0);
  const alternatives = extensions.get(EXTENSION_OIDS.subjectAltName);
  return {
    kind: "certificate", format, span, section: "pem", role,
    serialNumber: at(hexOf(serial.content).replace(/^00(?=[89a-f])/, "")),
    issuer: at(decodeName(issuer)), subject: at(decodeName(subject)),
    notBefore: at(momentOf(notBefore)), notAfter: at(momentOf(notAfter)),
    sha1Thumbprint: at(thumbprint),
    keyUsage: at(usage === undefined ? null : keyUsageFromHex(hexOf(contentBits(usage)))),
    extendedKeyUsage: at(purposes === undefined ? null : children(purposes).flatMap((oid) => contentOid(oid) ?? [])),
    enhancedKeyUsageProperty: null,
    applicationPolicies: at(policies === undefined ? null : children(policies).flatMap((policy) => contentOid(children(policy)[0]) ?? [])),
    extensionsPrinted: true, announcedExtensions: at(children(children(extensionField)[0]).length),
    extensionOids: [...extensions.keys()].map((oid) => located(oid, span)),
    publicKey: at(decodePublicKey(keyInfo)),
    signatureAlgorithm: at(signatureName(children(algorithm)[0])),
    template: null,
    subjectAlternativeNames: at(alternatives === undefined ? null : children(alternatives).flatMap((name) => alternativeName(name) ?? [])),
    subjectKeyIdentifier: at(identifier === undefined ? null : hexOf(identifier.content)),
    authorityKeyIdentifier: at(authority === undefined ? null : hexOf(authority.content)),
    isCa: at(constraints === undefined ? null : children(constraints)[0]?.tag === 1 && (children(constraints)[0]?.content[0] ?? 0) !== 0),
    store: null, key: NO_KEY,
  };
}

const NO_KEY: KeyAssociation = {
  linked: null, container: null, uniqueContainer: null, provider: null, providerType: null, flags: null, machineKeyset: null, keySpec: null, cngKeyUsage: null,
  tests: [], exportable: null, error: null, status: null,
};

/** Extensions by OID: the decoded contents of each value, first one wins. */
function readExtensions(field: DerNode | undefined): ReadonlyMap<string, DerNode> {
  const found = new Map<string, DerNode>();
  for (const extension of children(children(field)[0])) {
    const parts = children(extension);
    const oid = contentOid(parts[0]);
    const value = parts.at(-1)?.inner ?? null;
    if (oid !== null && value !== null && !found.has(oid)) found.set(oid, value);
  }
  return found;
}

/** A name from its DER octets; null when they are no well-formed sequence. */
export async function nameFromDer(der: Uint8Array): Promise<Name | null> {
  const root = await readDer(der);
  return root === null || root.tag !== 16 || root.tagClass !== 1 ? null : decodeName(root);
}

/** A name from its RDNSequence; `printed` is the RFC 4514 form, for nothing is printed. */
function decodeName(node: DerNode): Name {
  const rdns: Rdn[] = children(node).map((rdn) => children(rdn).flatMap((pair) => {
    const [type, value] = children(pair);
    const oid = contentOid(type);
    return oid === null || value === undefined ? [] : [{ type: canonicalType(oid), value: contentText(value) ?? `#${hexOf(value.content)}` }];
  }));
  const name = makeName("", rdns, null);
  return { ...name, printed: name.rfc4514 };
}

function momentOf(node: DerNode | undefined): Moment | null {
  const time = contentTime(node);
  return time === null ? null : { printed: time.printed, earliest: time.iso, latest: time.iso };
}

function decodePublicKey(info: DerNode): { readonly algorithm: string; readonly bits: number | null } | null {
  const [algorithm, key] = children(info);
  const [type, parameters] = children(algorithm);
  const oid = contentOid(type);
  if (oid === null || key === undefined) return null;
  const name = PUBLIC_KEY_OIDS[oid] ?? oid;
  if (name === "RSA") {
    const modulus = hexOf(children(key.inner)[0]?.content ?? new Uint8Array()).replace(/^(?:00){1,4}/, "");
    const top = Number.parseInt(modulus.slice(0, 2), 16);
    return { algorithm: name, bits: modulus === "" ? null : modulus.length * 4 - Math.clz32(top) + 24 };
  }
  if (name === "EC") return { algorithm: name, bits: CURVE_BITS[contentOid(parameters) ?? ""] ?? null };
  if (name === "DSA") {
    const prime = hexOf(children(parameters)[0]?.content ?? new Uint8Array()).replace(/^00/, "");
    return { algorithm: name, bits: prime === "" ? null : prime.length * 4 };
  }
  return { algorithm: name, bits: name === "Ed25519" || name === "X25519" ? 256 : name === "Ed448" || name === "X448" ? 456 : null };
}

function signatureName(node: DerNode | undefined): string | null {
  const oid = contentOid(node);
  return oid === null ? null : SIGNATURE_OIDS[oid] ?? oid;
}

/** RFC 5280 GeneralName, as `DNS:name`, `IP:10.0.0.1`, `email:a@b`, `URI:…`; other kinds are left out. */
function alternativeName(node: DerNode): string | null {
  if (node.tagClass !== 3) return null;
  const text = String.fromCharCode(...node.content.subarray(0, 2000));
  switch (node.tag) {
    case 1: return `email:${text}`;
    case 2: return `DNS:${text}`;
    case 6: return `URI:${text}`;
    case 7: return `IP:${node.content.length === 4 ? node.content.join(".") : hexOf(node.content).replace(/(.{4})(?=.)/g, "$1:")}`;
    default: return null;
  }
}
