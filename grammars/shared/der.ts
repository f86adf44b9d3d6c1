import type { BaseBlock } from "asn1js";

/** One element of a DER encoding. */
export interface DerNode {
  /** 1 universal, 2 application, 3 context-specific, 4 private. */
  readonly tagClass: number;
  readonly tag: number;
  readonly constructed: boolean;
  /** Contents octets. */
  readonly content: Uint8Array;
  readonly parts: readonly DerNode[];
  /** What an OCTET STRING or a BIT STRING without unused bits holds, when that is well-formed DER itself. */
  readonly inner: DerNode | null;
}

// Deeper nesting than any certificate has; a guard against hostile input.
const MAX_DEPTH = 24;

/** Decodes one element that fills `bytes` to the last octet; null for anything else. The decoder is loaded on first use. */
export async function readDer(bytes: Uint8Array): Promise<DerNode | null> {
  const { fromBER } = await import("asn1js");
  const decode = (octets: Uint8Array, depth: number): DerNode | null => {
    // A copy: the decoder looks at the whole buffer behind a view.
    const own = Uint8Array.from(octets);
    const { offset, result } = fromBER(own);
    return offset === own.length && result.error === "" ? nodeOf(result, depth) : null;
  };
  const nodeOf = (block: BaseBlock, depth: number): DerNode | null => {
    if (depth > MAX_DEPTH || block.lenBlock.isIndefiniteForm) return null;
    const whole = block.valueBeforeDecodeView;
    const content = whole.subarray(whole.length - block.lenBlock.length);
    const value: unknown = (block.valueBlock as { readonly value?: unknown }).value;
    const parts: DerNode[] = [];
    if (block.idBlock.isConstructed && Array.isArray(value)) {
      for (const part of value as readonly BaseBlock[]) {
        const node = nodeOf(part, depth + 1);
        if (node === null) return null;
        parts.push(node);
      }
    }
    const { tagClass, tagNumber, isConstructed } = block.idBlock;
    const wraps = tagClass === 1 && !isConstructed && (tagNumber === 4 || (tagNumber === 3 && content[0] === 0));
    return { tagClass, tag: tagNumber, constructed: isConstructed, content, parts, inner: wraps ? guarded(() => decode(tagNumber === 3 ? content.subarray(1) : content, depth + 1)) : null };
  };
  return guarded(() => decode(bytes, 0));
}

function guarded(decode: () => DerNode | null): DerNode | null {
  try {
    return decode();
  } catch {
    // The decoder throws on some malformed encodings; for the caller they are all "not well-formed".
    return null;
  }
}

/** The elements of a constructed element; none for a missing or primitive one. */
export function children(node: DerNode | null | undefined): readonly DerNode[] {
  return node?.parts ?? [];
}

/** Lower-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Dotted form of an OBJECT IDENTIFIER; null for any other element. */
export function contentOid(node: DerNode | undefined): string | null {
  if (node === undefined || node.tagClass !== 1 || node.tag !== 6 || node.content.length === 0) return null;
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of node.content.subarray(0, 64)) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) {
      const first = arc < 80n ? arc / 40n : 2n;
      arcs.push(first, arc - first * 40n);
    } else arcs.push(arc);
    arc = 0n;
  }
  return arcs.join(".");
}

/** Octets of a BIT STRING behind the count of unused bits. */
export function contentBits(node: DerNode): Uint8Array {
  return node.tag === 3 ? node.content.subarray(1) : new Uint8Array();
}

const DECODERS: Readonly<Record<number, string>> = { 12: "utf-8", 18: "latin1", 19: "latin1", 20: "latin1", 22: "latin1", 26: "latin1", 30: "utf-16be" };

/** Text of a string type; null for other types. T61String is read as Latin-1, as it is used in practice. */
export function contentText(node: DerNode): string | null {
  if (node.tagClass !== 1) return null;
  if (node.tag === 28) {
    const view = new DataView(node.content.buffer, node.content.byteOffset, node.content.length - (node.content.length % 4));
    return Array.from({ length: view.byteLength / 4 }, (_, index) => view.getUint32(index * 4)).map((code) => String.fromCodePoint(Math.min(code, 0x10ffff))).join("");
  }
  const encoding = DECODERS[node.tag];
  return encoding === undefined ? null : new TextDecoder(encoding).decode(node.content);
}

/** UTCTime (years 1950 to 2049, RFC 5280) or GeneralizedTime in UTC; null for anything else. */
export function contentTime(node: DerNode | undefined): { readonly printed: string; readonly iso: string } | null {
  if (node === undefined || node.tagClass !== 1 || (node.tag !== 23 && node.tag !== 24)) return null;
  const printed = String.fromCharCode(...node.content.subarray(0, 32));
  const match = /^([0-9]{2}|[0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/.exec(printed);
  if (match === null || (node.tag === 23) !== ((match[1] as string).length === 2)) return null;
  const short = Number(match[1]);
  const year = node.tag === 24 ? short : short < 50 ? 2000 + short : 1900 + short;
  const [month, day, hour, minute, second] = match.slice(2).map(Number) as [number, number, number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return { printed, iso: date.toISOString() };
}
