import type { CertificateFact, KeyAssociation, Printed } from "../../src/model/fact.ts";
import { KEY_USAGE_NAMES, keyUsageFromHex } from "../../src/model/key-usage.ts";
import type { Moment } from "../../src/model/moment.ts";
import type { Name } from "../../src/model/name.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { LabelledLine } from "../shared/labelled-lines.ts";
import { momentAt, nameAt, trimSpan, unquoted } from "./printed-values.ts";

/** Usages as Java names them, where that is not the name of RFC 5280 in other capitals. */
const KEY_USAGES: Readonly<Record<string, string>> = {
  digitalsignature: "digitalSignature", non_repudiation: "nonRepudiation", key_encipherment: "keyEncipherment", data_encipherment: "dataEncipherment", key_agreement: "keyAgreement",
  key_certsign: "keyCertSign", crl_sign: "cRLSign", encipher_only: "encipherOnly", decipher_only: "decipherOnly",
};
const EXTENDED_USAGES: Readonly<Record<string, string>> = {
  anyextendedkeyusage: EKU_OIDS.anyExtendedKeyUsage, serverauth: EKU_OIDS.serverAuth, clientauth: EKU_OIDS.clientAuth, codesigning: EKU_OIDS.codeSigning,
  emailprotection: EKU_OIDS.emailProtection, timestamping: EKU_OIDS.timeStamping, ocspsigning: EKU_OIDS.ocspSigning,
};

const NO_KEY_LINES: KeyAssociation = {
  linked: null, container: null, uniqueContainer: null, provider: null, providerType: null, flags: null, machineKeyset: null, keySpec: null, cngKeyUsage: null, tests: [], exportable: null,
  error: null, status: null,
};

/**
 * The certificate of the lines from its opening to its closing one.
 * @param linked the line that says that there is a key for it
 */
export function readCertificate(lines: readonly LabelledLine[], role: "server" | null, linked: Span | null): CertificateFact | null {
  const [first] = lines;
  if (first === undefined) return null;
  const field = (...names: readonly string[]): Span | null => {
    const line = lines.find((one) => one.kind === "CertificateField" && names.includes(labelOf(one)));
    return line?.value ?? null;
  };
  const issuer = name(field("issuer"));
  const subject = name(field("subject"));
  if (issuer === null && subject === null) return null;
  const oids = lines.filter((line) => line.kind === "CertificateExtension").flatMap((line) => oidOf(line));
  const closing = lines.find((line) => line.kind === "CertificateCloses");
  const counted = field("certificate extensions");
  const count = counted === null ? Number.NaN : Number(textOf(counted).trim());
  return {
    kind: "certificate", format: "java-debug", span: first.label, section: "dump", role,
    serialNumber: serial(field("serial number", "serialnumber")), issuer, subject,
    notBefore: dateOf(field("not before") ?? oldStart(field("validity"))), notAfter: dateOf(field("not after") ?? oldEnd(field("to"))),
    sha1Thumbprint: null, keyUsage: keyUsage(lines), extendedKeyUsage: extendedKeyUsage(lines), enhancedKeyUsageProperty: null, applicationPolicies: null,
    extensionsPrinted: oids.length > 0 || closing !== undefined || counted !== null,
    announcedExtensions: counted !== null && Number.isInteger(count) ? located(count, counted) : closing === undefined ? null : located(oids.length, closing.label),
    extensionOids: oids, publicKey: publicKey(field("subject public key", "key")), signatureAlgorithm: null, template: null, subjectAlternativeNames: null,
    subjectKeyIdentifier: null, authorityKeyIdentifier: null, isCa: isCa(lines), store: null,
    key: linked === null ? NO_KEY_LINES : { ...NO_KEY_LINES, linked: located(true, linked) },
  };
}

/** `"not  after"      :` is `not after`. */
function labelOf(line: LabelledLine): string {
  return textOf(line.label).replace(/["':]/g, " ").replace(/\s{1,40}/g, " ").trim().toLowerCase();
}

function name(value: Span | null): Printed<Name> {
  if (value === null) return null;
  const span = unquoted(value);
  return span.end > span.start ? nameAt(span) : null;
}

function serial(value: Span | null): Located<string> | null {
  if (value === null) return null;
  const span = trimSpan(value, /^[ \t"[]{0,40}/, /[\]", \t]{0,40}$/);
  const hex = textOf(span).replace(/[: ]/g, "").toLowerCase();
  return /^[0-9a-f]{1,64}$/.test(hex) ? located(hex.length % 2 === 1 ? `0${hex}` : hex, span) : null;
}

function dateOf(value: Span | null): Located<Moment> | null {
  return value === null ? null : momentAt(unquoted(value));
}

/** ` [From: Tue May 12 10:00:00 CEST 2020,`. */
function oldStart(value: Span | null): Span | null {
  return value === null ? null : trimSpan(value, /^[ \t]{0,8}\[From: /, /,?[ \t]{0,8}$/);
}

function oldEnd(value: Span | null): Span | null {
  return value === null ? null : trimSpan(value, /^[ \t]{0,8}/, /\]?[ \t]{0,8}$/);
}

function publicKey(value: Span | null): CertificateFact["publicKey"] {
  if (value === null) return null;
  const span = unquoted(value);
  const text = textOf(span);
  const algorithm = /\bRSA\b/i.test(text) ? "RSA" : /\bECDSA\b|\bEC\b/.test(text) ? "EC" : /\bEd25519\b/i.test(text) ? "Ed25519" : /\bEd448\b/i.test(text) ? "Ed448" : /\bDSA\b/.test(text) ? "DSA" : null;
  const bits = /(\d{3,5}) bits?\b/.exec(text)?.[1];
  return algorithm === null ? null : located({ algorithm, bits: bits === undefined ? null : Number(bits) }, span);
}

function oidOf(line: LabelledLine): readonly Located<string>[] {
  if (line.value === null) return [];
  const oid = /^\d(?:\.\d{1,20}){1,20}/.exec(textOf(line.value))?.[0];
  return oid === undefined ? [] : [located(oid, { ...line.value, end: line.value.start + oid.length })];
}

/** The words below an opening line, up to the first line that is no word. */
function usagesBelow(lines: readonly LabelledLine[], opening: string): readonly LabelledLine[] | null {
  const at = lines.findIndex((line) => line.kind === "UsageOpens" && textOf(line.label).startsWith(opening));
  if (at < 0) return null;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.kind !== "Word");
  return end < 0 ? null : rest.slice(0, end);
}

function keyUsage(lines: readonly LabelledLine[]): CertificateFact["keyUsage"] {
  const words = usagesBelow(lines, "KeyUsage");
  const [first] = words ?? [];
  if (words === null || first === undefined) return null;
  const names = new Set(words.map((word) => KEY_USAGES[textOf(word.label).toLowerCase()]));
  const octets = [0, 0];
  KEY_USAGE_NAMES.forEach((one, bit) => {
    if (names.has(one)) octets[bit >> 3] = (octets[bit >> 3] as number) | (0x80 >> (bit & 7));
  });
  const hex = (octets[1] === 0 ? octets.slice(0, 1) : octets).map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return located(keyUsageFromHex(hex), { ...first.label, end: (words.at(-1) as LabelledLine).label.end });
}

function extendedKeyUsage(lines: readonly LabelledLine[]): CertificateFact["extendedKeyUsage"] {
  const words = usagesBelow(lines, "ExtendedKeyUsages");
  const [first] = words ?? [];
  if (words === null || first === undefined) return null;
  const oids = words.map((word) => textOf(word.label)).map((word) => EXTENDED_USAGES[word.toLowerCase()] ?? word);
  return located(oids, { ...first.label, end: (words.at(-1) as LabelledLine).label.end });
}

function isCa(lines: readonly LabelledLine[]): Located<boolean> | null {
  const line = lines.find((one) => one.kind === "BasicConstraints");
  return line?.value == null ? null : located(/^true/i.test(textOf(line.value)), { ...line.label, end: line.value.end });
}
