import type { CstNode, IToken } from "chevrotain";
import type { CertificateFact, KeyUsage, Printed } from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import { EKU_OIDS, EXTENSION_OIDS } from "../../src/model/oids.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { bareCertificate, noKey } from "../shared/bare-certificate.ts";
import { readMonthDate } from "../shared/months.ts";
import { readName } from "../shared/names/index.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { UNTIL } from "./labels.ts";
import { grammar } from "./parser.ts";

/** Java's names of the key usage bits, in the order of RFC 5280. */
const USAGE_BITS = ["DigitalSignature", "Non_repudiation", "Key_Encipherment", "Data_Encipherment", "Key_Agreement", "Key_CertSign", "Crl_Sign", "Encipher_Only", "Decipher_Only"];
/** Java's names of purposes; others are printed as OIDs. */
const PURPOSES: Readonly<Record<string, string>> = {
  anyExtendedKeyUsage: EKU_OIDS.anyExtendedKeyUsage, serverAuth: EKU_OIDS.serverAuth, clientAuth: EKU_OIDS.clientAuth, codeSigning: EKU_OIDS.codeSigning,
  emailProtection: EKU_OIDS.emailProtection, ipsecEndSystem: "1.3.6.1.5.5.7.3.5", ipsecTunnel: "1.3.6.1.5.5.7.3.6", ipsecUser: "1.3.6.1.5.5.7.3.7",
  timeStamping: EKU_OIDS.timeStamping, OCSPSigning: EKU_OIDS.ocspSigning,
};

/** A line: the name of its token, its text without label and blanks, and the place of that text. */
interface Line {
  readonly kind: string;
  readonly at: Span;
  readonly value: Located<string>;
}

interface Extension {
  readonly oid: Located<string>;
  readonly number: number;
  readonly lines: Located<string>[];
}

interface Draft {
  readonly fields: Map<string, Line>;
  readonly extensions: Extension[];
  readonly start: number;
  end: number;
  entry: Line | null;
  /** `Certificate chain length: 2` of the entry. */
  readonly length: Line | null;
  /** Something follows that comes only after the last extension. */
  ended: boolean;
}

function linesOf(passage: Passage): readonly Line[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const bare = (token: IToken): Located<string> => {
    const trimmed = token.image.trim();
    const from = start + token.startOffset + token.image.indexOf(trimmed);
    return located(trimmed, { source, start: from, end: from + trimmed.length });
  };
  return nodesOf(parser.output(), "line").flatMap((line): readonly Line[] => {
    const labelledLine: CstNode | undefined = nodesOf(line, "labelledLine")[0];
    const label = labelledLine === undefined ? undefined : tokensOf(labelledLine, "Label")[0];
    if (labelledLine !== undefined && label !== undefined) {
      const value = tokensOf(labelledLine, "Value")[0];
      const at = bare(label).span;
      return [{ kind: label.tokenType.name, at, value: value === undefined ? located("", { ...at, start: at.end }) : bare(value) }];
    }
    const tokens = [...nodesOf(line, "markedLine"), ...nodesOf(line, "textLine")].flatMap((node) => Object.values(node.children).flat()).filter((child): child is IToken => "image" in child);
    return tokens.map((token) => ({ kind: token.tokenType.name, at: bare(token).span, value: bare(token) }));
  });
}

function draftsOf(lines: readonly Line[]): readonly Draft[] {
  const drafts: Draft[] = [];
  let entry: Line | null = null;
  let length: Line | null = null;
  let now = null as Draft | null;
  for (const line of lines) {
    if (line.kind === "EntryType") {
      entry = line;
      length = null;
    }
    if (line.kind === "ChainLength") length = line;
    const isOutside = line.kind === "EntryType" || line.kind === "Alias" || line.kind === "CertificateNumber" || line.kind === "Rule" || line.kind === "ChainLength";
    if (isOutside || line.kind === "Owner") {
      if (now !== null) now.ended = true;
      now = null;
    }
    if (line.kind === "Owner") {
      now = { fields: new Map([["Owner", line]]), extensions: [], start: line.at.start, end: line.value.span.end, entry, length, ended: false };
      // Only the first certificate of a chain is the one that the key belongs to.
      entry = null;
      length = null;
      drafts.push(now);
    } else if (now !== null) {
      now.end = line.value.span.end;
      if (line.kind === "ExtensionHeading") {
        const [, number, oid] = /^#(\d{1,3}): ObjectId: ([0-9.]{3,80})/.exec(line.value.value) ?? [];
        const from = line.value.span.start + line.value.value.length - (oid ?? "").length;
        now.extensions.push({ oid: located(oid ?? "", { ...line.value.span, start: from }), number: Number(number), lines: [] });
      } else if (line.kind === "Text" || line.kind === "Octets") now.extensions.at(-1)?.lines.push(line.value);
      else if (line.kind === "Fingerprint") now.fields.set(/^SHA-?1:/.test(line.value.value) ? "Sha1" : "OtherFingerprint", line);
      else if (!now.fields.has(line.kind)) now.fields.set(line.kind, line);
    }
  }
  return drafts;
}

function around(first: Located<unknown>, last: Located<unknown>): Span {
  return { ...first.span, end: last.span.end };
}

/** The lines between `ExtendedKeyUsages [` and `]`. */
function listOf(extension: Extension | undefined): Printed<readonly string[]> {
  const lines = extension?.lines.filter((line) => /^[A-Za-z0-9_.]{2,80}$/.test(line.value)) ?? [];
  const [first] = lines;
  return first === undefined ? null : located(lines.map((line) => line.value), around(first, lines.at(-1) as Located<string>));
}

function usageOf(extension: Extension | undefined): Printed<KeyUsage> {
  const list = listOf(extension);
  const bits = list?.value.map((name) => USAGE_BITS.indexOf(name)) ?? [];
  if (list === null || bits.some((bit) => bit < 0)) return null;
  const word = bits.reduce((sum, bit) => sum | (0x8000 >> bit), 0).toString(16).padStart(4, "0");
  return located(keyUsageFromHex(word.endsWith("00") ? word.slice(0, 2) : word), list.span);
}

function octetsOf(extension: Extension | undefined): Printed<string> {
  const rows = extension?.lines.filter((line) => /^[0-9A-F]{4}: /.test(line.value)) ?? [];
  const [first] = rows;
  return first === undefined ? null : located(rows.map((row) => row.value.slice(6).replace(/[^0-9A-F]/g, "")).join("").toLowerCase(), around(first, rows.at(-1) as Located<string>));
}

/** `RFC822Name: …`, `DNSName: …` in the words used for decoded certificates. */
function alternativesOf(extension: Extension | undefined): Printed<readonly string[]> {
  const kinds: Readonly<Record<string, string>> = { RFC822Name: "email", DNSName: "DNS", URIName: "URI", IPAddress: "IP" };
  const lines = extension?.lines.flatMap((line) => {
    const [, kind, value] = /^([A-Za-z0-9]{3,20}): (\S{1,2000})$/.exec(line.value) ?? [];
    const known = kinds[kind ?? ""];
    return known === undefined ? [] : [located(`${known}:${value ?? ""}`, line.span)];
  }) ?? [];
  const [first] = lines;
  return first === undefined ? null : located(lines.map((line) => line.value), around(first, lines.at(-1) as Located<string>));
}

function datesOf(line: Line | undefined): readonly [CertificateFact["notBefore"], CertificateFact["notAfter"]] {
  const until = line === undefined ? null : UNTIL.exec(line.value.value);
  if (line === undefined || until === null) return [null, null];
  const { value, span } = line.value;
  const [from, to] = [value.slice(0, until.index).trim(), value.slice(until.index + until[0].length)];
  const [begin, end] = [readMonthDate(from), readMonthDate(to)];
  return [
    begin === null ? null : located(begin, { ...span, end: span.start + from.length }),
    end === null ? null : located(end, { ...span, start: span.end - to.length }),
  ];
}

/** `SHA256withRSA` is `sha256RSA`. */
function signatureName(printed: string): string {
  const known = /^(MD[25]|SHA-?[0-9]{1,3})with(RSA|ECDSA|DSA)$/i.exec(printed.split(/[ (]/)[0] ?? "");
  return known === null ? printed : `${(known[1] as string).toLowerCase().replace("-", "")}${(known[2] as string).toUpperCase()}`;
}

function keyOf(line: Line | undefined): CertificateFact["publicKey"] {
  const [, bits, name] = /^(\d{2,5})[ -][A-Za-z]{3} ?-?(RSA|EC|DSA|EdDSA|Ed25519|Ed448)\b/i.exec(line?.value.value.replace(/^(\d{2,5}-Bit)-/i, "$1 ") ?? "") ?? [];
  return line === undefined || name === undefined ? null : located({ algorithm: name.toUpperCase() === "EDDSA" ? "Ed25519" : name, bits: Number(bits) }, line.value.span);
}

function certificateOf(draft: Draft, source: Span["source"]): CertificateFact {
  const { fields, extensions } = draft;
  const valueOf = (name: string): Located<string> | null => fields.get(name)?.value ?? null;
  const extension = (oid: string): Extension | undefined => extensions.find((one) => one.oid.value === oid);
  const nameOf = (name: string): CertificateFact["subject"] => {
    const value = valueOf(name);
    return value === null ? null : located(readName(value.value, "rfc4514"), value.span);
  };
  const [notBefore, notAfter] = datesOf(fields.get("ValidFrom"));
  const serial = valueOf("Serial");
  const sha1 = valueOf("Sha1");
  const purposes = listOf(extension(EXTENSION_OIDS.extendedKeyUsage));
  const constraint = extension(EXTENSION_OIDS.basicConstraints)?.lines.find((line) => /^CA: ?(?:true|false)/i.test(line.value));
  const signature = valueOf("Signature");
  const heading = fields.get("Extensions");
  const version = fields.get("Version");
  const whole = draft.ended && extensions.every((one, index) => one.number === index + 1);
  const announced = heading !== undefined && whole && extensions.length > 0 ? located(extensions.length, heading.at)
    : version?.value.value === "1" ? located(0, around({ value: null, span: version.at }, version.value)) : null;
  return bareCertificate({
    format: "keytool", section: "dump", span: { source, start: draft.start, end: draft.end },
    subject: nameOf("Owner"), issuer: nameOf("Issuer"), notBefore, notAfter,
    serialNumber: serial === null || !/^[0-9a-f]{1,80}$/i.test(serial.value) ? null : located(`${serial.value.length % 2 === 1 ? "0" : ""}${serial.value.toLowerCase()}`, serial.span),
    sha1Thumbprint: sha1 === null ? null : located(sha1.value.replace(/^SHA-?1:[ \t]*/, "").replace(/:/g, "").toLowerCase(), { ...sha1.span, start: sha1.span.end - 59 }),
    keyUsage: usageOf(extension(EXTENSION_OIDS.keyUsage)),
    extendedKeyUsage: purposes === null ? null : located(purposes.value.map((name) => PURPOSES[name] ?? name), purposes.span),
    extensionsPrinted: extensions.length > 0 || announced !== null, announcedExtensions: announced, extensionOids: extensions.map((one) => one.oid),
    publicKey: keyOf(fields.get("PublicKey")), signatureAlgorithm: signature === null ? null : located(signatureName(signature.value), signature.span),
    subjectAlternativeNames: alternativesOf(extension(EXTENSION_OIDS.subjectAltName)),
    subjectKeyIdentifier: octetsOf(extension(EXTENSION_OIDS.subjectKeyIdentifier)), authorityKeyIdentifier: octetsOf(extension(EXTENSION_OIDS.authorityKeyIdentifier)),
    isCa: constraint === undefined ? null : located(/true/i.test(constraint.value), constraint.span),
    chainLength: draft.length !== null && /^[1-9]\d?$/.test(draft.length.value.value) ? located(Number(draft.length.value.value), around({ value: null, span: draft.length.at }, draft.length.value)) : null,
    key: draft.entry === null ? noKey : { ...noKey, linked: linkOf(draft.entry.value) },
  });
}

/** A PrivateKeyEntry holds the key of its first certificate; a trustedCertEntry holds none. */
function linkOf(entry: Located<string>): Printed<boolean> {
  return entry.value === "PrivateKeyEntry" ? located(true, entry.span) : entry.value === "trustedCertEntry" ? located(false, entry.span) : null;
}

/** Reads claimed passages: one fact a certificate. */
export function read(passages: readonly Passage[]): Reading {
  return { facts: passages.flatMap((passage) => draftsOf(linesOf(passage)).map((draft) => certificateOf(draft, passage.span.source))), notUnderstood: [] };
}
