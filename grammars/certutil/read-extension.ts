import type { KeyUsage } from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import type { Line } from "./entry.ts";

const OID = /\d{1,2}(?:\.\d{1,20}){2,24}/;
/** `Client Authentication (1.3.6.1.5.5.7.3.2)`; NT 4 prints no blank before the bracket. */
const OID_IN_BRACKETS = /\((\d{1,2}(?:\.\d{1,20}){2,24})\)/g;
/** `Digital Signature, Key Encipherment (a0)`, `…(B8)`, `(06 80)` */
const BITS_IN_BRACKETS = /\(([0-9a-fA-F]{2}(?:[ \u00A0]?[0-9a-fA-F]{2})?)\)[ \t\u00A0]*$/;

/** English names under which certutil prints an application policy that has no OID beside it. */
const POLICY_NAMES: Readonly<Record<string, string>> = {
  "client authentication": EKU_OIDS.clientAuth,
  "server authentication": EKU_OIDS.serverAuth,
  "secure email": EKU_OIDS.emailProtection,
  "code signing": EKU_OIDS.codeSigning,
  "smart card logon": EKU_OIDS.smartcardLogon,
  "encrypting file system": EKU_OIDS.encryptingFileSystem,
  "file recovery": EKU_OIDS.fileRecovery,
  "certificate request agent": EKU_OIDS.certificateRequestAgent,
  "document signing": EKU_OIDS.documentSigning,
  "kdc authentication": EKU_OIDS.kdcAuthentication,
  "remote desktop authentication": EKU_OIDS.remoteDesktopAuthentication,
  "ocsp signing": EKU_OIDS.ocspSigning,
  "time stamping": EKU_OIDS.timeStamping,
  "any purpose": EKU_OIDS.anyExtendedKeyUsage,
  "all application policies": EKU_OIDS.anyApplicationPolicy,
  "ip security ike intermediate": EKU_OIDS.ipsecIkeIntermediate,
};

/** The text of a line with its label, as printed. */
export function wholeText(line: Line): string {
  if (line.kind !== "field") return line.text;
  return line.span.source.text.slice(line.span.start, line.span.end);
}

/** The span from the first to the last of some lines. */
function around(first: Span, last: Span): Span {
  return { ...first, end: last.end };
}

/** The octets of a hex dump among the lines (`0000  03 02 05 a0   ....`); empty when there is none. */
function dumpedOctets(lines: readonly Line[]): { readonly octets: readonly number[]; readonly span: Span } | null {
  const octets: number[] = [];
  let first: Span | null = null;
  let last: Span | null = null;
  for (const line of lines) {
    if (line.kind !== "dump") continue;
    const found = /^(?:([0-9a-f]{4,8})[ \u00A0]{1,4})?([0-9a-f]{2}(?:[ \u00A0]{1,2}[0-9a-f]{2}){0,15})(?:[ \u00A0]{3}|[ \u00A0]{0,3};|[ \u00A0]*$)/.exec(line.text);
    if (!found || /^[0-9a-f]{4,8}:/.test(line.text)) continue;
    if (found[1] !== undefined && Number.parseInt(found[1], 16) !== octets.length) continue;
    octets.push(...(found[2] as string).split(/[ \u00A0]+/).map((pair) => Number.parseInt(pair, 16)));
    first ??= line.span;
    last = line.span;
  }
  return first !== null && last !== null ? { octets, span: around(first, last) } : null;
}

/** Contents of a DER value with this tag; null when the octets are no such value. Lengths up to 65535. */
function derContents(octets: readonly number[], tag: number): readonly number[] | null {
  if (octets[0] !== tag || octets[1] === undefined) return null;
  let length = octets[1];
  let start = 2;
  if (length === 0x81) { length = octets[2] ?? 0; start = 3; }
  else if (length === 0x82) { length = ((octets[2] ?? 0) << 8) | (octets[3] ?? 0); start = 4; }
  else if (length > 0x7f) return null;
  return octets.length >= start + length ? octets.slice(start, start + length) : null;
}

function hexOf(octets: readonly number[]): string {
  return octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Dotted form of the contents of an OBJECT IDENTIFIER. */
function oidOf(octets: readonly number[]): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of octets) {
    arc = arc * 128 + (octet & 0x7f);
    if ((octet & 0x80) === 0) { arcs.push(arc); arc = 0; }
  }
  const first = arcs[0] ?? 0;
  const root = first < 40 ? 0 : first < 80 ? 1 : 2;
  return [root, first - root * 40, ...arcs.slice(1)].join(".");
}

/**
 * Key usage (2.5.29.15). The octets in brackets, or a hex dump of the extension, decide; the words before them are translated and
 * may be damaged. null: neither is printed.
 */
export function readKeyUsage(lines: readonly Line[]): Located<KeyUsage> | null {
  const dump = dumpedOctets(lines);
  const bits = dump === null ? null : derContents(dump.octets, 0x03);
  if (dump !== null && bits !== null && bits.length > 1) return located(keyUsageFromHex(hexOf(bits.slice(1))), dump.span);
  for (const line of lines) {
    const found = BITS_IN_BRACKETS.exec(wholeText(line));
    if (found) return located(keyUsageFromHex(found[1] as string), line.span);
  }
  // A narrow window may have broken the list of words in the middle of the bracket.
  const texts = lines.filter((line) => line.kind === "text" || line.kind === "field");
  const joined = BITS_IN_BRACKETS.exec(texts.map(wholeText).join(""));
  const [first, last] = [texts[0], texts.at(-1)];
  return joined && first && last ? located(keyUsageFromHex(joined[1] as string), around(first.span, last.span)) : null;
}

/** OIDs of an extended key usage extension or property, in printed order; null when none is printed. */
export function readUsageOids(lines: readonly Line[]): Located<readonly string[]> | null {
  const dump = dumpedOctets(lines);
  const sequence = dump === null ? null : derContents(dump.octets, 0x30);
  if (dump !== null && sequence !== null) {
    const oids = oidsOf(sequence);
    if (oids.length > 0) return located(oids, dump.span);
  }
  const found: Located<string>[] = [];
  for (const line of lines) {
    const text = wholeText(line);
    const bracketed = [...text.matchAll(OID_IN_BRACKETS)].at(-1)?.[1];
    const bare = bracketed ?? (line.kind === "text" || line.kind === "detail" ? new RegExp(`^${OID.source}(?=[\\s\\u00A0]|$)`).exec(text)?.[0] : undefined);
    if (bare !== undefined) found.push(located(bare, line.span));
  }
  const [first, last] = [found[0], found.at(-1)];
  return first && last ? located(found.map((oid) => oid.value), around(first.span, last.span)) : null;
}

function oidsOf(sequence: readonly number[]): readonly string[] {
  const oids: string[] = [];
  for (let at = 0; at + 1 < sequence.length;) {
    const contents = derContents(sequence.slice(at), 0x06);
    if (contents === null) return [];
    oids.push(oidOf(contents));
    at += 2 + contents.length;
  }
  return oids;
}

/**
 * Application policies (1.3.6.1.4.1.311.21.10): `[1]Application Certificate Policy:`, `     Policy Identifier=Client Authentication`.
 * Policies stand there by name; null when a name is not known, because half a list would mislead.
 */
export function readApplicationPolicies(lines: readonly Line[]): Located<readonly string[]> | null {
  const policies: Located<string>[] = [];
  for (const line of lines) {
    if (line.kind !== "field" || line.sign !== "=" || line.value === null) continue;
    const oid = OID.exec(line.value.value)?.[0] ?? POLICY_NAMES[line.value.value.toLowerCase()];
    if (oid === undefined) return null;
    policies.push(located(oid, line.span));
  }
  const [first, last] = [policies[0], policies.at(-1)];
  return first && last ? located(policies.map((policy) => policy.value), around(first.span, last.span)) : null;
}

/** Kinds of alternative names as certutil labels them, and their short names. */
const NAME_KINDS: Readonly<Record<string, string>> = {
  "dns name": "DNS", "dns-name": "DNS", "nom dns": "DNS", "rfc822 name": "email", "rfc822-name": "email", "principal name": "UPN",
  "prinzipalname": "UPN", "ip address": "IP", "ip-adresse": "IP", "url": "URI",
};

/**
 * Subject alternative names (2.5.29.17): `DNS:host`, `email:a@b`, `UPN:a@b`, `IP:192.0.2.1`, `URI:…`, `dirName:CN=…, O=…`; a name of another kind
 * stands as printed (`label=value`).
 */
export function readAlternativeNames(lines: readonly Line[]): Located<readonly string[]> | null {
  const names: Located<string>[] = [];
  for (const line of lines) {
    // `Directory Address:` heads a name that is printed one RDN a line.
    if (line.kind === "field" && line.names.length > 0) names.push(located(`dirName:${line.names.map((part) => part.value).join(", ")}`, line.span));
    if (line.kind !== "field" || line.value === null || line.sign !== "=") continue;
    const kind = NAME_KINDS[line.label.value.toLowerCase().replace(/[\s\u00A0]+/g, " ")];
    names.push(located(kind === undefined ? `${line.label.value}=${line.value.value}` : `${kind}:${line.value.value}`, line.span));
  }
  const [first, last] = [names[0], names.at(-1)];
  return first && last ? located(names.map((name) => name.value), around(first.span, last.span)) : null;
}

/** Hexadecimal without blanks, lower case; null for anything else or for fewer than eight digits. */
function plainHex(text: string): string | null {
  const digits = text.replace(/[\s\u00A0:]/g, "").toLowerCase();
  return /^[0-9a-f]{8,200}$/.test(digits) ? digits : null;
}

/** Subject key identifier (2.5.29.14), from `    4f8142f5…` or from a hex dump. */
export function readSubjectKeyIdentifier(lines: readonly Line[]): Located<string> | null {
  const dump = dumpedOctets(lines);
  const key = dump === null ? null : derContents(dump.octets, 0x04);
  if (dump !== null && key !== null) return located(hexOf(key), dump.span);
  for (const line of lines) {
    if (line.kind === "field" || line.kind === "elision" || /^[0-9a-f]{4}[ \u00A0]{2}/.test(line.text)) continue;
    const hex = plainHex(line.text);
    if (hex !== null) return located(hex, line.span);
  }
  return null;
}

/** Authority key identifier (2.5.29.35), from `    KeyID=c2f300d8…`: the first labelled value that is hexadecimal. */
export function readAuthorityKeyIdentifier(lines: readonly Line[]): Located<string> | null {
  for (const line of lines) {
    if (line.kind !== "field" || line.sign !== "=" || line.value === null) continue;
    const hex = plainHex(line.value.value);
    return hex === null ? null : located(hex, line.value.span);
  }
  const dump = dumpedOctets(lines);
  const sequence = dump === null ? null : derContents(dump.octets, 0x30);
  const key = sequence === null ? null : derContents(sequence, 0x80);
  return dump !== null && key !== null ? located(hexOf(key), dump.span) : null;
}

/** Basic constraints (2.5.29.19): `Subject Type=CA` or `Subject Type=End Entity`; null for words of another language. */
export function readIsCa(lines: readonly Line[]): Located<boolean> | null {
  const dump = dumpedOctets(lines);
  const sequence = dump === null ? null : derContents(dump.octets, 0x30);
  if (dump !== null && sequence !== null) return located(sequence[0] === 0x01 && sequence[1] === 1 && sequence[2] !== 0, dump.span);
  for (const line of lines) {
    if (line.kind !== "field" || line.value === null) continue;
    const value = /^(CA|End Entity)\b/i.exec(line.value.value)?.[1]?.toLowerCase();
    if (value !== undefined) return located(value === "ca", line.value.span);
  }
  return null;
}

/** The template from 1.3.6.1.4.1.311.20.2 (a name on its line) or 1.3.6.1.4.1.311.21.7 (`Template=Name(1.3.6…)`). */
export function readTemplate(lines: readonly Line[]): Located<string> | null {
  for (const line of lines) {
    if (line.kind === "field" && line.sign === "=" && line.value !== null) {
      const name = line.value.value.replace(/[\s\u00A0]?\(\d[\d.]{4,200}\)?$/, "");
      return located(name, { ...line.value.span, end: line.value.span.start + name.length });
    }
  }
  const texts = lines.filter((line) => line.kind === "text" || line.kind === "status");
  const last = texts.at(-1);
  return texts.length >= 2 && last !== undefined && last.kind !== "field" ? located(last.text, last.span) : null;
}
