import { findCertificateType } from "../../src/model/certificate-types.ts";
import type { Name } from "../../src/model/name.ts";
import { schemeName } from "../../src/model/signature-schemes.ts";
import { nameFromDer } from "../shared/x509.ts";

/** Contents of a CertificateRequest message. */
export interface RequestContents {
  /** Empty: the server named nobody. */
  readonly authorities: readonly Name[];
  /** null: TLS 1.3, which has none. */
  readonly certificateTypes: readonly string[] | null;
  readonly signatureAlgorithms: readonly string[] | null;
}

const CERTIFICATE_REQUEST = 13;
const SIGNATURE_ALGORITHMS = 13;
const CERTIFICATE_AUTHORITIES = 47;

/** Decodes a handshake message with its header; null when it is no whole CertificateRequest of TLS 1.2 or 1.3. Names that are not well-formed make it none. */
export async function decodeCertificateRequest(message: Uint8Array): Promise<RequestContents | null> {
  if (message[0] !== CERTIFICATE_REQUEST || message.length < 5 || number(message, 1, 3) !== message.length - 4) return null;
  const body = message.subarray(4);
  return (await decodeTls12(body)) ?? (await decodeTls13(body));
}

async function decodeTls12(body: Uint8Array): Promise<RequestContents | null> {
  const types = vector(body, 0, 1);
  const algorithms = types === null ? null : vector(body, types.end, 2);
  const names = algorithms === null ? null : vector(body, algorithms.end, 2);
  if (types === null || algorithms === null || names === null || names.end !== body.length || types.content.length === 0) return null;
  const authorities = await decodeNames(names.content);
  const schemes = decodeSchemes(algorithms.content);
  if (authorities === null || schemes === null) return null;
  const certificateTypes = [...types.content].map((type) => findCertificateType(type) ?? `type ${type}`);
  return { authorities, certificateTypes, signatureAlgorithms: schemes };
}

async function decodeTls13(body: Uint8Array): Promise<RequestContents | null> {
  const context = vector(body, 0, 1);
  const extensions = context === null ? null : vector(body, context.end, 2);
  if (extensions === null || extensions.end !== body.length) return null;
  let authorities: readonly Name[] = [];
  let signatureAlgorithms: readonly string[] | null = null;
  for (let at = 0; at < extensions.content.length;) {
    const type = number(extensions.content, at, 2);
    const extension = vector(extensions.content, at + 2, 2);
    if (extension === null) return null;
    at = extension.end;
    const list = type === SIGNATURE_ALGORITHMS || type === CERTIFICATE_AUTHORITIES ? vector(extension.content, 0, 2) : null;
    if (type === SIGNATURE_ALGORITHMS && list !== null) signatureAlgorithms = decodeSchemes(list.content);
    if (type === CERTIFICATE_AUTHORITIES) {
      const names = list === null ? null : await decodeNames(list.content);
      if (names === null) return null;
      authorities = names;
    }
  }
  return { authorities, certificateTypes: null, signatureAlgorithms };
}

function decodeSchemes(octets: Uint8Array): readonly string[] | null {
  return octets.length % 2 === 1 ? null : Array.from({ length: octets.length / 2 }, (_, index) => schemeName(number(octets, index * 2, 2)));
}

async function decodeNames(octets: Uint8Array): Promise<readonly Name[] | null> {
  const names: Name[] = [];
  for (let at = 0; at < octets.length;) {
    const entry = vector(octets, at, 2);
    const name = entry === null ? null : await nameFromDer(entry.content);
    if (entry === null || name === null) return null;
    names.push(name);
    at = entry.end;
  }
  return names;
}

function number(octets: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = at; index < at + size; index++) value = value * 256 + (octets[index] ?? 0);
  return value;
}

/** A vector with a length of `size` octets before it; null when it does not fit. */
function vector(octets: Uint8Array, at: number, size: number): { readonly content: Uint8Array; readonly end: number } | null {
  const start = at + size;
  const end = start + number(octets, at, size);
  return start > octets.length || end > octets.length ? null : { content: octets.subarray(start, end), end };
}
