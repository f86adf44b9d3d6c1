/** A primitive value inside DER that can say who is concerned. */
export interface DerValue {
  /** Half-open range of the content octets. */
  readonly start: number;
  readonly end: number;
  readonly what: "text" | "wide-text" | "serial" | "identifier" | "address" | "number" | "octets";
  /** OID of the attribute or extension it stands in; empty outside of any. */
  readonly oid: string;
  /** It belongs to a distinguished name. */
  readonly name: readonly { readonly type: string; readonly value: string }[] | null;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const TEXTS: ReadonlySet<number> = new Set([0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1b]);
const AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
/** Extensions that say what a certificate may be used for: they stay as they are. */
const JUDGED: ReadonlySet<string> = new Set(["2.5.29.15", "2.5.29.37", "2.5.29.19", "1.3.6.1.4.1.311.21.10", "1.3.6.1.4.1.311.21.7", "2.5.29.36", "2.5.29.54"]);
const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "E", "2.5.4.5": "serialNumber", "2.5.4.4": "SN", "2.5.4.42": "GN", "0.9.2342.19200300.100.1.1": "UID", "2.5.4.97": "organizationIdentifier",
};

interface Node {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** Nesting of certificates stays below 20; deeper octets are no certificate. */
const deepest = 40;

/**
 * The private values of DER octets (a certificate, a request, a list, an extension), in order of place. Null when the octets from
 * `start` to their end are not well-formed. `oid` is the extension they belong to. Never throws.
 */
export function derValues(bytes: Uint8Array, oid = ""): readonly DerValue[] | null {
  const found: DerValue[] = [];
  // A trusted certificate of OpenSSL is followed by what it is trusted for.
  for (let at = 0; at < bytes.length;) {
    const root = nodeAt(bytes, at, bytes.length);
    if (root === null || !visit(bytes, root, { oid, name: null, serial: serialOf(bytes, root), depth: 0 }, found)) return null;
    at = root.end;
  }
  return found;
}

interface Context {
  readonly oid: string;
  readonly name: DerValue["name"];
  /** Where the content of the serial number begins; -1: nowhere. */
  readonly serial: number;
  readonly depth: number;
}

function visit(bytes: Uint8Array, node: Node, context: Context, found: DerValue[]): boolean {
  if (context.depth > deepest || JUDGED.has(context.oid)) return true;
  const { tag, contentStart: start, end } = node;
  const add = (what: DerValue["what"], from = start): true => {
    if (end > from) found.push({ start: from, end, what, oid: context.oid, name: context.name });
    return true;
  };
  if ((tag & 0x20) !== 0) return visitChildren(bytes, node, context, found);
  if (TEXTS.has(tag)) return add("text");
  switch (tag) {
    case 0x1e: return add("wide-text");
    case 0x02: return start === context.serial ? add("serial") : end - start >= 16 ? add("number", start + 2) : true;
    case 0x03: case 0x04: return visitOctets(bytes, node, context, found);
    case 0x80: return context.oid === AUTHORITY_KEY_IDENTIFIER ? add("identifier") : true;
    case 0x82: return add(context.oid === AUTHORITY_KEY_IDENTIFIER ? "serial" : "text");
    case 0x81: case 0x86: return add("text");
    case 0x87: return add("address");
    default: return true;
  }
}

function visitOctets(bytes: Uint8Array, node: Node, context: Context, found: DerValue[]): boolean {
  const from = node.tag === 0x03 ? node.contentStart + 1 : node.contentStart;
  if (context.oid === SUBJECT_KEY_IDENTIFIER) {
    const inner = nodeAt(bytes, from, node.end);
    const isWrapped = inner !== null && inner.tag === 0x04 && inner.end === node.end;
    found.push({ start: isWrapped ? inner.contentStart : from, end: node.end, what: "identifier", oid: context.oid, name: null });
    return true;
  }
  const inner = nodeAt(bytes, from, node.end);
  if (inner !== null && inner.end === node.end && (inner.tag === SEQUENCE || node.tag === 0x04)) {
    const own: DerValue[] = [];
    if (visit(bytes, inner, { ...context, depth: context.depth + 1 }, own)) {
      for (const value of own) found.push(value);
      return true;
    }
  }
  // A point of an elliptic curve begins with how it is written.
  if (node.end - from >= 8) found.push({ start: node.tag === 0x03 ? from + 1 : from, end: node.end, what: "octets", oid: context.oid, name: null });
  return true;
}

function visitChildren(bytes: Uint8Array, node: Node, context: Context, found: DerValue[]): boolean {
  const children = childrenOf(bytes, node);
  if (children === null) return false;
  const name = context.name ?? nameOf(bytes, node, children);
  const first = children[0];
  const oid = node.tag === SEQUENCE && first?.tag === 0x06 ? readOid(bytes, first) : context.oid;
  return children.every((child) => visit(bytes, child, { ...context, oid, name, depth: context.depth + 1 }, found));
}

/** The attributes of an RDNSequence, whose children are all SETs; null for anything else. */
function nameOf(bytes: Uint8Array, node: Node, children: readonly Node[]): DerValue["name"] {
  if (node.tag !== SEQUENCE || children.length === 0 || !children.every((child) => child.tag === SET)) return null;
  return children.flatMap((rdn) => childrenOf(bytes, rdn) ?? []).flatMap((pair) => {
    const [type, value] = childrenOf(bytes, pair) ?? [];
    if (type?.tag !== 0x06 || value === undefined) return [];
    const oid = readOid(bytes, type);
    return [{ type: ATTRIBUTE_NAMES[oid] ?? oid, value: new TextDecoder().decode(bytes.subarray(value.contentStart, value.end)) }];
  });
}

/** `Certificate` → `tbsCertificate` → first INTEGER. */
function serialOf(bytes: Uint8Array, root: Node): number {
  const tbs = (childrenOf(bytes, root) ?? [])[0];
  if (tbs === undefined || tbs.tag !== SEQUENCE) return -1;
  const fields = childrenOf(bytes, tbs) ?? [];
  const serial = fields[fields[0]?.tag === 0xa0 ? 1 : 0];
  return serial?.tag === 0x02 && serial.end - serial.contentStart > 1 ? serial.contentStart : -1;
}

function childrenOf(bytes: Uint8Array, node: Node): readonly Node[] | null {
  if ((node.tag & 0x20) === 0) return null;
  const children: Node[] = [];
  for (let at = node.contentStart; at < node.end;) {
    const child = nodeAt(bytes, at, node.end);
    if (child === null) return null;
    children.push(child);
    at = child.end;
  }
  return children;
}

function nodeAt(bytes: Uint8Array, at: number, limit: number): Node | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit || (tag & 0x1f) === 0x1f) return null;
  let contentStart = at + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 4 || contentStart + size > limit) return null;
    length = 0;
    for (let index = 0; index < size; index++) length = length * 256 + (bytes[contentStart + index] as number);
    contentStart += size;
  }
  const end = contentStart + length;
  return end > limit ? null : { tag, start: at, contentStart, end };
}

function readOid(bytes: Uint8Array, node: Node): string {
  const parts: number[] = [];
  let value = 0;
  for (let at = node.contentStart; at < node.end; at++) {
    const octet = bytes[at] as number;
    value = value * 128 + (octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    if (parts.length === 0) {
      const top = Math.min(2, Math.floor(value / 40));
      parts.push(top, value - top * 40);
    } else parts.push(value);
    value = 0;
  }
  return parts.join(".");
}
