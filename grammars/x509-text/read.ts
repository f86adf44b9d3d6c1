import type { CstNode, IToken } from "chevrotain";
import type { CertificateFact, KeyUsage, Printed } from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import type { Name } from "../../src/model/name.ts";
import { makeName } from "../../src/model/name.ts";
import { EXTENSION_OIDS } from "../../src/model/oids.ts";
import { lineOfSpan, located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { bareCertificate } from "../shared/bare-certificate.ts";
import { readMonthDate } from "../shared/months.ts";
import { looksLikeName, readName } from "../shared/names/index.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { EXTENSIONS, KEY_ALGORITHMS, PURPOSES, signatureName, USAGE_BITS } from "./names.ts";
import { grammar } from "./parser.ts";

/** One line, as far as the grammar knows it. */
interface Line {
  readonly kind: "label" | "text" | "elision";
  /** Name of the label's token; empty for other lines. */
  readonly label: string;
  readonly labelSpan: Span;
  /** What follows the label, or the text of the line, without blanks around it. */
  readonly value: Located<string>;
}

/** A labelled line with the lines below it that have no label of their own. */
interface Field {
  readonly line: Line;
  readonly below: Located<string>[];
}

/** The fields of one certificate. */
interface Draft {
  readonly fields: Map<string, Field>;
  readonly extensions: Field[];
  heading: boolean;
  other: boolean;
  /** Lines were taken out between its first and its last one. */
  cut: boolean;
  /** The line that ends the block of extensions. */
  ended: Span | null;
  start: number;
  end: number;
}

function trimmed(source: Span["source"], start: number, text: string): Located<string> {
  const value = text.replace(/^[ \t\u00A0\u202F]{1,400}/, "");
  const from = start + text.length - value.length;
  const bare = value.replace(/[ \t\u00A0\u202F]{1,400}$/, "");
  return located(bare, { source, start: from, end: from + bare.length });
}

function linesOf(passage: Passage): readonly Line[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const spanOf = (token: IToken): Span => ({ source, start: start + token.startOffset, end: start + token.startOffset + token.image.length });
  return nodesOf(parser.output(), "line").flatMap((node): readonly Line[] => {
    const labelled = nodesOf(node, "labelledLine")[0];
    const label = labelled === undefined ? undefined : tokensOf(labelled, "Label")[0];
    if (labelled !== undefined && label !== undefined) {
      const value = tokensOf(labelled, "Value")[0];
      const at = spanOf(label);
      return [{ kind: "label", label: label.tokenType.name, labelSpan: at, value: value === undefined ? located("", { ...at, start: at.end }) : trimmed(source, start + value.startOffset, value.image) }];
    }
    return [textLine(nodesOf(node, "textLine")[0], "Text", "text"), textLine(nodesOf(node, "elisionLine")[0], "Elision", "elision")].filter((line) => line !== null);

    function textLine(below: CstNode | undefined, name: string, kind: "text" | "elision"): Line | null {
      const token = below === undefined ? undefined : tokensOf(below, name)[0];
      return token === undefined ? null : { kind, label: "", labelSpan: spanOf(token), value: trimmed(source, start + token.startOffset, token.image) };
    }
  });
}

const SINGLE = new Set(["SerialLabel", "IssuerLabel", "SubjectLabel", "NotBeforeLabel", "NotAfterLabel", "KeyAlgorithmLabel", "KeySizeLabel", "VersionLabel"]);

/** Lines to certificates: a heading begins one, and so does a field that would say something else than the one before it. */
function draftsOf(lines: readonly Line[]): readonly Draft[] {
  const drafts: Draft[] = [];
  let now = null as Draft | null;
  let field = null as Field | null;
  const open = (line: Line): Draft => {
    now = { fields: new Map(), extensions: [], heading: false, other: false, cut: false, ended: null, start: line.labelSpan.start, end: line.value.span.end };
    drafts.push(now);
    return now;
  };
  for (const line of lines) {
    if (line.kind === "elision") {
      if (now !== null) now.cut = true;
      field = null;
      continue;
    }
    if (line.kind === "text") {
      if (field === null || now === null) continue;
      field.below.push(line.value);
      now.end = line.value.span.end;
      continue;
    }
    const isHeading = line.label === "CertificateHeading" || line.label === "OtherHeading";
    const draft: Draft = now === null || beginsAnother(now, line) ? open(line) : now;
    if (isHeading) draft.heading = true;
    if (line.label === "OtherHeading") draft.other = true;
    draft.end = Math.max(line.labelSpan.end, line.value.span.end);
    field = { line, below: [] };
    if (line.label === "ExtensionHeading") draft.extensions.push(field);
    else if (line.label === "SignatureLabel" && draft.fields.has("ExtensionsHeading")) draft.ended ??= line.labelSpan;
    else if (line.label === "FingerprintLabel") draft.fields.set(`Fingerprint ${line.value.value.length}`, field);
    else if (!draft.fields.has(line.label)) draft.fields.set(line.label, field);
  }
  return drafts;
}

function beginsAnother(draft: Draft, line: Line): boolean {
  if (line.label === "CertificateHeading" || line.label === "OtherHeading") return draft.heading || draft.extensions.length > 0;
  if (line.label === "ExtensionHeading") return draft.extensions.some((known) => oidOfHeading(known.line) === oidOfHeading(line)) || (draft.ended !== null && draft.heading);
  if (!SINGLE.has(line.label)) return line.label === "ExtensionsHeading" && draft.fields.has("ExtensionsHeading");
  const known = draft.fields.get(line.label);
  return known !== undefined && line.value.value !== known.line.value.value && !sameField(line, known);
}

/** The serial number is printed in two forms: `Serial Number: 5 (0x5)` and `serial=05`, and the long form may stand on the next line. */
function sameField(line: Line, known: Field): boolean {
  if (line.label === "SerialLabel") return serialOf({ line, below: [] })?.value === serialOf(known)?.value;
  if (line.label === "NotBeforeLabel" || line.label === "NotAfterLabel") return readMonthDate(line.value.value)?.earliest === readMonthDate(known.line.value.value)?.earliest;
  return line.label === "IssuerLabel" || line.label === "SubjectLabel" ? nameOf({ line, below: [] })?.value.rfc4514 === nameOf(known)?.value.rfc4514 : false;
}

function around(first: Span, last: Span): Span {
  return { ...first, end: Math.max(first.end, last.end) };
}

function serialOf(field: Field | undefined): Printed<string> {
  if (field === undefined) return null;
  const short = /\(0x([0-9a-f]{1,32})\)/i.exec(field.line.value.value);
  if (short) return located(even((short[1] as string).toLowerCase()), field.line.value.span);
  const lines = field.line.value.value === "" ? field.below.slice(0, 2) : [field.line.value];
  const digits = lines.map((line) => line.value.replace(/:/g, "")).join("").toLowerCase();
  const [first] = lines;
  return first === undefined || !/^[0-9a-f]{1,80}$/.test(digits) ? null : located(even(digits), around(first.span, (lines.at(-1) as Located<string>).span));
}

function even(digits: string): string {
  return digits.length % 2 === 1 ? `0${digits}` : digits;
}

function nameOf(field: Field | undefined): Printed<Name> {
  if (field === undefined) return null;
  const { value, span } = field.line.value;
  if (value !== "") {
    const notation = looksLikeName(value);
    return notation === null ? null : located(readName(value, notation), span);
  }
  // `-nameopt multiline`: one attribute a line below the label.
  const rows = field.below.filter((line) => /^[A-Za-z0-9.]{1,60} {0,40}= ?\S/.test(line.value));
  const [first] = rows;
  if (first === undefined) return located(makeName("", [], "the name is empty"), field.line.labelSpan);
  const whole = around(first.span, (rows.at(-1) as Located<string>).span);
  return located(readName(rows.map((row) => row.value).join("\n"), "lines"), whole);
}

function momentOf(field: Field | undefined): CertificateFact["notBefore"] {
  const moment = field === undefined ? null : readMonthDate(field.line.value.value);
  return field === undefined || moment === null ? null : located(moment, field.line.value.span);
}

function oidOfHeading(line: Line): string | null {
  const heading = textOf(line.labelSpan).replace(/:[^:]{0,100}$/, "").replace(/\u00A0/g, " ");
  return EXTENSIONS[heading] ?? (/^[0-9.]{3,80}$/.test(heading) ? heading : null);
}

function listOf(field: Field | undefined): Printed<readonly string[]> {
  const lines = field?.below.filter((line) => line.value !== "") ?? [];
  const [first] = lines;
  if (first === undefined) return null;
  // OpenSSL prints a list on one line; a mail may have broken it behind a comma.
  const more = lines.slice(1).filter((_, index) => /,$/.test((lines[index] as Located<string>).value));
  const all = [first, ...more];
  return located(all.flatMap((line) => line.value.split(/,[ \u00A0]?/)).map((part) => part.trim()).filter((part) => part !== ""), around(first.span, (all.at(-1) as Located<string>).span));
}

function usageOf(field: Field | undefined): Printed<KeyUsage> {
  const list = listOf(field);
  if (list === null) return null;
  const bits = list.value.map((name) => USAGE_BITS.indexOf(name));
  if (bits.some((bit) => bit < 0)) return null;
  const word = bits.reduce((sum, bit) => sum | (0x8000 >> bit), 0).toString(16).padStart(4, "0");
  return located(keyUsageFromHex(word.endsWith("00") ? word.slice(0, 2) : word), list.span);
}

function octetsOf(field: Field | undefined): Printed<string> {
  const line = field?.below.find((one) => /^(?:keyid:)?[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){3,70}$/.test(one.value));
  return line === undefined ? null : located(line.value.replace(/^keyid:/, "").replace(/:/g, "").toLowerCase(), line.span);
}

/** The kinds that are read from DER as well, in the same words. */
function alternativesOf(field: Field | undefined): Printed<readonly string[]> {
  const list = listOf(field);
  return list === null ? null : located(list.value.map((name) => name.replace(/^IP Address:/, "IP:")).filter((name) => /^(?:email|DNS|URI|IP):/.test(name)), list.span);
}

function certificateOf(draft: Draft, source: Span["source"]): CertificateFact | null {
  if (draft.other) return null;
  const { fields } = draft;
  const extensions = new Map(draft.extensions.map((field) => [oidOfHeading(field.line), field]));
  const oids = draft.extensions.flatMap((field) => {
    const oid = oidOfHeading(field.line);
    return oid === null ? [] : [located(oid, field.line.labelSpan)];
  });
  const purposes = listOf(extensions.get(EXTENSION_OIDS.extendedKeyUsage));
  const constraint = extensions.get(EXTENSION_OIDS.basicConstraints)?.below.find((line) => /^CA:(?:TRUE|FALSE)/.test(line.value));
  const algorithm = fields.get("KeyAlgorithmLabel")?.line.value;
  const size = fields.get("KeySizeLabel")?.line.value;
  const bits = size === undefined ? null : /\((\d{1,5}) bit/.exec(size.value);
  const keyName = algorithm === undefined ? null : KEY_ALGORITHMS[algorithm.value.toLowerCase()] ?? algorithm.value;
  const signature = fields.get("SignatureLabel")?.line.value;
  const sha1 = fields.get("Fingerprint 59")?.line.value;
  const version = fields.get("VersionLabel");
  const heading = fields.get("ExtensionsHeading");
  // Versions 1 and 2 have no extensions; a block is whole when it has its heading and the line that always follows it.
  const announced = version !== undefined && /^[12] \(/.test(version.line.value.value) && draft.extensions.length === 0 ? located(0, around(version.line.labelSpan, version.line.value.span))
    : heading !== undefined && draft.ended !== null && !draft.cut ? located(oids.length, heading.line.labelSpan) : null;
  const fact = bareCertificate({
    format: "x509-text", section: draft.heading ? "dump" : "fragment", span: { source, start: draft.start, end: draft.end },
    serialNumber: serialOf(fields.get("SerialLabel")), issuer: nameOf(fields.get("IssuerLabel")), subject: nameOf(fields.get("SubjectLabel")),
    notBefore: momentOf(fields.get("NotBeforeLabel")), notAfter: momentOf(fields.get("NotAfterLabel")),
    sha1Thumbprint: sha1 === undefined || !/^(?:[0-9A-F]{2}:){19}[0-9A-F]{2}$/i.test(sha1.value) ? null : located(sha1.value.replace(/:/g, "").toLowerCase(), sha1.span),
    keyUsage: usageOf(extensions.get(EXTENSION_OIDS.keyUsage)),
    extendedKeyUsage: purposes === null ? null : located(purposes.value.map((name) => PURPOSES[name] ?? name), purposes.span),
    extensionsPrinted: draft.extensions.length > 0 || announced !== null, announcedExtensions: announced, extensionOids: oids,
    publicKey: algorithm === undefined || keyName === null ? null
      : located({ algorithm: keyName, bits: bits !== null ? Number(bits[1]) : keyName === "Ed25519" ? 256 : keyName === "Ed448" ? 456 : null }, size !== undefined && bits !== null ? size.span : algorithm.span),
    signatureAlgorithm: signature === undefined || signature.value === "" ? null : located(signatureName(signature.value), signature.span),
    subjectAlternativeNames: alternativesOf(extensions.get(EXTENSION_OIDS.subjectAltName)),
    subjectKeyIdentifier: octetsOf(extensions.get(EXTENSION_OIDS.subjectKeyIdentifier)),
    authorityKeyIdentifier: octetsOf(extensions.get(EXTENSION_OIDS.authorityKeyIdentifier)),
    isCa: constraint === undefined ? null : located(constraint.value.startsWith("CA:TRUE"), constraint.span),
  });
  const says = fact.subject ?? fact.issuer ?? fact.serialNumber ?? fact.notBefore ?? fact.notAfter ?? fact.sha1Thumbprint ?? fact.publicKey ?? fact.extensionOids[0];
  return says === undefined || says === null ? null : fact;
}

function readPassage(passage: Passage): Reading {
  const { source } = passage.span;
  const lines = linesOf(passage);
  const facts = draftsOf(lines).map((draft) => certificateOf(draft, source)).filter((fact) => fact !== null);
  // Lines below a label belong to it; a line before the first label is not understood.
  const first = lines.findIndex((line) => line.kind === "label");
  const notUnderstood = lines.slice(0, Math.max(0, first)).map((line) => lineOfSpan(line.labelSpan));
  return { facts, notUnderstood };
}

/** Reads claimed passages: one fact a certificate, or a piece of one. */
export function read(passages: readonly Passage[]): Reading {
  const readings = passages.map(readPassage);
  return { facts: readings.flatMap((reading) => reading.facts), notUnderstood: readings.flatMap((reading) => reading.notUnderstood) };
}
