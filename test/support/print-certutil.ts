import type { LabelId, LabelTable } from "../../grammars/certutil/labels/index.ts";
import { en } from "../../grammars/certutil/labels/en.ts";

/** The words of one language; what its table lacks is printed in English, as real output mixes them. */
export type Words = (id: LabelId) => string;

/** The words of a table of labels. */
export function wordsOf(table: LabelTable): Words {
  return (id) => table.labels[id]?.[0] ?? en.labels[id]?.[0] ?? id;
}

/** A language nobody has a table for: every label is an invented word, its separator kept. */
export const inventedWords: Words = (id) => {
  const english = en.labels[id]?.[0] ?? id;
  const separator = /[:=]$/.exec(english)?.[0] ?? "";
  const word = id.split("-").map((part) => `${part.slice(0, 4)}oita`).join(" ");
  return `V${word}${separator === "=" ? " =" : separator}`;
};

export interface PrintedKey {
  readonly container: string;
  readonly uniqueContainer: string | null;
  readonly provider: string;
  readonly providerType: number;
  readonly flags: number;
  readonly keySpec: 0 | 1 | 2;
  readonly outcome: "encryption" | "signature" | "missing" | "mismatch" | "none";
}

/** One certificate as the test thinks of it. Names are lists of `TYPE=value`, leaf first. */
export interface PrintedCertificate {
  readonly serial: string;
  readonly issuer: readonly string[];
  readonly subject: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha1: string;
  readonly template: string | null;
  readonly keyUsage: string | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyIdentifier: string | null;
  readonly bits: number;
  /** null: certutil says that there is none. */
  readonly key: PrintedKey | null;
}

export interface PrintedStyle {
  readonly words: Words;
  readonly long: boolean;
  /** Before Windows 10: bare numbers, spaced hashes, no store name in words. */
  readonly old: boolean;
}

const CONSTANTS = ["XCN_AT_NONE", "AT_KEYEXCHANGE", "AT_SIGNATURE"] as const;

/** A number as old and new versions print it: hexadecimal, new ones with the decimal where it differs. */
function number(value: number, style: PrintedStyle): string {
  return style.old || value < 10 ? value.toString(16) : `${value.toString(16)} (${value})`;
}

function hash(hex: string, style: PrintedStyle): string {
  return style.old ? (hex.match(/../g) ?? []).join(" ") : hex;
}

/** The lines of a store listing, without line ends. */
export function printStore(certificates: readonly PrintedCertificate[], style: PrintedStyle): readonly string[] {
  return [
    style.old ? "my" : 'my "Personal"',
    ...certificates.flatMap((certificate, index) => [
      `================ ${style.words("certificate-banner")} ${index} ================`,
      ...(style.long ? printLong(certificate, style) : printShort(certificate, style)),
      ...printStatus(certificate.key, style),
      "",
    ]),
    "CertUtil: -store command completed successfully.",
  ];
}

function printShort(certificate: PrintedCertificate, style: PrintedStyle): readonly string[] {
  const { words } = style;
  return [
    `${words("serial-number")} ${certificate.serial}`,
    `${words("issuer")} ${certificate.issuer.join(", ")}`,
    ` ${words("not-before")} ${certificate.notBefore}`,
    ` ${words("not-after")} ${certificate.notAfter}`,
    `${words("subject")} ${certificate.subject.join(", ")}`,
    words("non-root"),
    ...(certificate.template === null ? [] : [`${words("template")} ${certificate.template}`]),
    `${words("cert-hash")}(sha1): ${hash(certificate.sha1, style)}`,
    ...printKey(certificate.key, style, false),
  ];
}

function printLong(certificate: PrintedCertificate, style: PrintedStyle): readonly string[] {
  const { words } = style;
  const extensions = [
    ...(certificate.keyUsage === null ? [] : [["    2.5.29.15: Flags = 1(Critical), Length = 4", `    ${words("key-usage")}`, `        Digital Signature, Key Encipherment (${certificate.keyUsage})`]]),
    ...(certificate.extendedKeyUsage === null ? [] : [["    2.5.29.37: Flags = 0, Length = c", `    ${words("enhanced-key-usage")}`, ...certificate.extendedKeyUsage.map((oid) => `        Some Purpose (${oid})`)]]),
    ...(certificate.subjectKeyIdentifier === null ? [] : [["    2.5.29.14: Flags = 0, Length = 16", "    Subject Key Identifier", `        ${certificate.subjectKeyIdentifier}`]]),
  ];
  const algorithm = (oid: string): readonly string[] => [`    ${words("algorithm-id")} ${oid}`, `    ${words("algorithm-parameters")}`, "    05 00"];
  const name = (parts: readonly string[]): readonly string[] => [
    ...parts.map((part) => `    ${part}`), `  ${words("name-hash")}(sha1): 00112233445566778899aabbccddeeff00112233`, `  ${words("name-hash")}(md5): 00112233445566778899aabbccddeeff`,
  ];
  return [
    words("x509"), `${words("version")} 3`, `${words("serial-number")} ${certificate.serial}`,
    words("signature-algorithm"), ...algorithm("1.2.840.113549.1.1.11 sha256RSA"),
    words("issuer"), ...name(certificate.issuer), "",
    ` ${words("not-before")} ${certificate.notBefore}`, ` ${words("not-after")} ${certificate.notAfter}`, "",
    words("subject"), ...name(certificate.subject), "",
    words("public-key-algorithm"), ...algorithm("1.2.840.113549.1.1.1 RSA"),
    `${words("public-key-length")} ${certificate.bits} bits`, `${words("public-key")} UnusedBits = 0`,
    "    0000  30 82 01 0a 02 82 01 01  00 99 4d 17 77 1d 23 b9", "    0010  de 08 3e 7c",
    `${words("extensions")} ${extensions.length}`, ...extensions.flatMap((lines) => [...lines, ""]),
    words("signature-algorithm"), ...algorithm("1.2.840.113549.1.1.11 sha256RSA"),
    `${words("signature")} UnusedBits=0`, "    0000  70 56 36 4e b3 54 f9 c8  00 ca 9c 81 40 b3 0b 4a",
    words("non-root"), ...(certificate.template === null ? [] : [`${words("template")} ${certificate.template}`]),
    `${words("key-id-hash")}(rfc-sha1): 1111111111111111111111111111111111111111`, `${words("key-id-hash")}(sha1): 2222222222222222222222222222222222222222`,
    `${words("cert-hash")}(md5): 33333333333333333333333333333333`, `${words("cert-hash")}(sha1): ${hash(certificate.sha1, style)}`, "",
    ...(certificate.key === null ? [] : ["  CERT_KEY_PROV_INFO_PROP_ID(2):", ...printKey(certificate.key, style, true), ""]),
    "  CERT_SHA1_HASH_PROP_ID(3):", `    ${certificate.sha1}`, "",
  ];
}

function printKey(key: PrintedKey | null, style: PrintedStyle, long: boolean): readonly string[] {
  if (key === null) return [];
  const { words } = style;
  return [
    `    ${words("key-container")} ${key.container}`,
    ...(key.uniqueContainer === null ? [] : [`  ${words("unique-container")} ${key.uniqueContainer}`]),
    `    ${words("provider")} ${key.provider}`,
    ...(long ? [
      `    ${words("provider-type")} ${number(key.providerType, style)}`,
      `  ${words("flags")} ${number(key.flags, style)}`,
      ...((key.flags & 0x20) !== 0 && !style.old ? ["    CRYPT_MACHINE_KEYSET -- 20 (32)"] : []),
      `    ${words("key-spec")} ${key.keySpec}${style.old ? "" : ` -- ${CONSTANTS[key.keySpec]}`}`,
    ] : []),
  ];
}

function printStatus(key: PrintedKey | null, style: PrintedStyle): readonly string[] {
  const { words } = style;
  if (key === null) return [words("no-provider"), words("not-found")];
  switch (key.outcome) {
    case "encryption": return [words("not-exportable"), words("encryption-passed")];
    case "signature": return [words("not-exportable"), words("signature-passed")];
    case "missing": return [words("missing-keyset")];
    case "mismatch": return [`${words("error")} ${words("key-mismatch")}`];
    case "none": return [];
  }
}

/** What happens to text on its way into a mail or onto a page; each takes and gives lines. */
export const damages: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
  none: (lines) => lines,
  "a blank line after every line": (lines) => lines.flatMap((line) => [line, ""]),
  "indentation lost": (lines) => lines.map((line) => line.trimStart()),
  "shifted to the right": (lines) => lines.map((line) => `      ${line}`),
  "no-break spaces for indentation": (lines) => lines.map((line) => line.replace(/^ +/, (blanks) => "\u00A0".repeat(blanks.length))),
  "quoted in a mail": (lines) => lines.map((line) => `> ${line}`),
  "long dashes": (lines) => lines.map((line) => line.replace(/ -- /, " \u2014 ")),
  "escaped underscores": (lines) => lines.map((line) => (/^ +(?:CERT_|CRYPT_)|AT_\w+$/.test(line) ? line.replace(/_/g, "\\_") : line)),
  "html line ends": (lines) => [lines.map((line) => line.replace(/^ +/, "")).join("<br/>")],
  "a remark behind a line": (lines) => lines.map((line) => (/^ +.* = /.test(line) ? `${line}   <------ look` : line)),
  "wrapped at column 80": (lines) => lines.flatMap((line) => line.match(/.{1,80}/gsu) ?? [line]),
  "wrapped at column 80, then shifted": (lines) => lines.flatMap((line) => line.match(/.{1,80}/gsu) ?? [line]).map((line) => `    ${line}`),
  "wrapped at column 80, blank lines between": (lines) => lines.flatMap((line) => line.match(/.{1,80}/gsu) ?? [line]).flatMap((line) => [line, ""]),
  "blanks behind every line": (lines) => lines.map((line) => `${line}   `),
};
