import type { CertificateFact, DamageFact, Printed, PublicKey, StoreName } from "../../src/model/fact.ts";
import type { Moment } from "../../src/model/moment.ts";
import { makeName, type Name } from "../../src/model/name.ts";
import { EXTENSION_OIDS, PUBLIC_KEY_OIDS } from "../../src/model/oids.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import { type DayOrder, isPrintedDate, readMoment } from "../shared/dates.ts";
import { readName } from "../shared/names/index.ts";
import type { Entry, Field, Line, Plain } from "./entry.ts";
import { isCutName } from "../shared/names/notation.ts";
import { isHexValue, isNameValue, isPlaceholder } from "./line-kind.ts";
import * as extension from "./read-extension.ts";
import { isProvider, readKey } from "./read-key.ts";

type ExtensionEntry = Extract<Entry, { kind: "extension" }>;
type PropertyEntry = Extract<Entry, { kind: "property" }>;
type Ending = Extract<Entry, { kind: "ending" }>;

/** The lines of one certificate, or of a key block, collected before they are read. */
export interface Draft {
  section: CertificateFact["section"];
  /** Number of the banner; null: none is printed. */
  readonly number: number | null;
  start: Span;
  end: Span;
  /** A nesting banner, as in PFX files and PKCS #7 messages. */
  nested: boolean;
  /** The long form: `X509 Certificate:`, one RDN a line. */
  long: boolean;
  /** Labelled lines outside extensions and properties, and the status lines, in order. */
  readonly lines: (Field | Plain)[];
  readonly extensions: ExtensionEntry[];
  readonly properties: PropertyEntry[];
  /** Index in `lines` at which the first extension stood. */
  extensionsAt: number | null;
  elision: Span | null;
  ending: Ending | null;
  store: Located<StoreName> | null;
  card: boolean;
  /** The lines are those of a certificate request. */
  isRequest: boolean;
}

/** A draft that begins with this line. */
export function beginDraft(section: Draft["section"], number: number | null, start: Span): Draft {
  return {
    section, number, start, end: start, nested: false, long: false, lines: [], extensions: [], properties: [], extensionsAt: null,
    elision: null, ending: null, store: null, card: false, isRequest: false,
  };
}

const CERTIFICATE_IDS = ["serial-number", "issuer", "subject", "not-before", "not-after", "cert-hash", "cert-serial-number"];

/** True once the draft holds something only a certificate has. */
export function hasCertificate(draft: Draft): boolean {
  return draft.extensions.length > 0 || draft.lines.some((line) => line.kind === "field" && isCertificateField(line));
}

function isCertificateField(field: Field): boolean {
  if (field.names.length > 0) return true;
  if (field.id !== null) return CERTIFICATE_IDS.includes(field.id) && (field.id === "cert-hash" ? field.hash === "sha1" : field.value !== null);
  return field.sign === ":" && field.value !== null && (isDistinguished(field.value.value) || isPrintedDate(field.value.value));
}

function isDistinguished(value: string): boolean {
  return isNameValue(value) && !isPlaceholder(value);
}

/** True once the draft holds lines about a private key. */
export function hasKey(draft: Draft): boolean {
  return draft.lines.some((line) => line.kind === "field" && (isProvider(line) || line.id === "key-container" || line.id === "key-spec")) || draft.properties.some((property) => property.number === 2 && property.lines.length > 0);
}

/** Fields of a certificate found by label or, in a language nobody has seen, by the order in which certutil always prints them. */
interface Places {
  serial: Field | null;
  issuer: Field | null;
  subject: Field | null;
  notBefore: Field | null;
  notAfter: Field | null;
  thumbprint: Field | null;
  signature: Field | null;
  publicKey: Field | null;
  keyLength: Field | null;
  extensions: Field | null;
}

function place(draft: Draft): Places {
  const fields = draft.lines.filter((line) => line.kind === "field");
  const first = (id: Field["id"], fits: (field: Field) => boolean = () => true): Field | null => fields.find((field) => field.id === id && fits(field)) ?? null;
  const filled = (field: Field): boolean => field.value !== null || field.names.length > 0;
  const places: Places = {
    serial: first("serial-number", filled) ?? first("cert-serial-number", filled),
    issuer: first("issuer", filled),
    subject: first("subject", filled),
    notBefore: first("not-before", filled),
    notAfter: first("not-after", filled),
    thumbprint: fields.find((field) => field.hash === "sha1" && field.id === "cert-hash") ?? null,
    signature: null,
    publicKey: null,
    keyLength: first("public-key-length", filled),
    extensions: first("extensions", filled),
  };
  const beforeExtensions = draft.extensionsAt === null ? undefined : draft.lines[draft.extensionsAt - 1];
  if (beforeExtensions?.kind === "field" && beforeExtensions.id === null && /^\d{1,3}$/.test(beforeExtensions.value?.value ?? "")) places.extensions ??= beforeExtensions;
  placeUnknown(fields, places);
  placeAlgorithms(fields, places);
  return places;
}

/** Order of certutil in every language: serial number, issuer, the two dates, subject, thumbprint, then the key. */
function placeUnknown(fields: readonly Field[], places: Places): void {
  const keyAt = fields.findIndex((field) => isProvider(field));
  const before = fields.filter((field, index) => field.id === null && field.sign === ":" && (keyAt < 0 || index < keyAt || field.names.length > 0));
  places.serial ??= before.find((field) => field.hash === null && field.names.length === 0 && /^[0-9a-fA-F]{2,64}$/.test(field.value?.value ?? "")
    && (places.issuer === null || fields.indexOf(field) < fields.indexOf(places.issuer))) ?? null;
  const names = before.filter((field) => field.names.length > 0 || (field.value !== null && isDistinguished(field.value.value)));
  const dates = before.filter((field) => field.value !== null && isPrintedDate(field.value.value));
  const [first, second] = names;
  if (places.issuer === null && places.subject === null) {
    if (second !== undefined) [places.issuer, places.subject] = [first as Field, second];
    else if (first !== undefined && dates[0] !== undefined) {
      // One name was cut off; the issuer stands before the dates, the subject behind them.
      if (fields.indexOf(first) < fields.indexOf(dates[0])) places.issuer = first;
      else places.subject = first;
    }
  } else if (places.issuer === null) {
    const subject = fields.indexOf(places.subject as Field);
    places.issuer = names.findLast((field) => fields.indexOf(field) < subject) ?? null;
  } else if (places.subject === null) {
    const issuer = fields.indexOf(places.issuer);
    places.subject = names.find((field) => fields.indexOf(field) > issuer) ?? null;
  }
  if (places.notBefore === null && places.notAfter === null) {
    // Which of the two a single date is, nobody can tell.
    if (dates[1] !== undefined) [places.notBefore, places.notAfter] = [dates[0] as Field, dates[1]];
  } else if (places.notBefore === null) {
    places.notBefore = dates.find((field) => fields.indexOf(field) < fields.indexOf(places.notAfter as Field)) ?? null;
  } else if (places.notAfter === null) {
    places.notAfter = dates.find((field) => fields.indexOf(field) > fields.indexOf(places.notBefore as Field)) ?? null;
  }
  places.thumbprint ??= unknownThumbprint(fields);
}

/**
 * `…(sha1):` under a label no table knows. The hash of a name follows the name's RDNs, the hash of a key is also printed as
 * `(rfc-sha1)`; the certificate's comes last of all.
 */
function unknownThumbprint(fields: readonly Field[]): Field | null {
  const keyLabels = fields.filter((field) => field.hash === "rfc-sha1").map(stem);
  const candidates = fields.filter((field, index) =>
    field.hash === "sha1" && field.id === null && !keyLabels.includes(stem(field)) && (fields[index - 1]?.names.length ?? 0) === 0);
  return candidates.at(-1) ?? null;
}

function stem(field: Field): string {
  return field.label.value.replace(/[ \u00A0]?\([^)]*\)$/, "");
}

/** `Algorithm ObjectId: 1.2.840.113549.1.1.11 sha256RSA`: the first stands before the issuer, the one after the subject is the key's. */
function placeAlgorithms(fields: readonly Field[], places: Places): void {
  const algorithms = fields.filter((field) => (field.id === "algorithm-id" || field.id === null) && /^\d{1,2}(?:\.\d{1,20}){3,24}(?=[ \u00A0]|$)/.test(field.value?.value ?? ""));
  const index = (field: Field | null): number => (field === null ? -1 : fields.indexOf(field));
  const heading = fields.findIndex((field) => field.id === "signature-algorithm");
  const issuer = index(places.issuer);
  places.signature = algorithms.find((field) => (heading >= 0 && index(field) === heading + 1) || (issuer >= 0 && index(field) < issuer)) ?? null;
  const keyHeading = fields.findIndex((field) => field.id === "public-key-algorithm");
  const subject = index(places.subject);
  places.publicKey = (keyHeading >= 0 ? algorithms.find((field) => index(field) > keyHeading) : subject >= 0 ? algorithms.find((field) => index(field) > subject) : undefined) ?? null;
  if (places.publicKey === places.signature) places.publicKey = null;
  const publicKeyAt = index(places.publicKey);
  places.keyLength ??= publicKeyAt < 0 ? null : fields.slice(publicKeyAt + 1, publicKeyAt + 4).find((field) => field.id === null && field.sign === ":" && /^\d{3,5}[ \u00A0]\S/.test(field.value?.value ?? "")) ?? null;
}

/** What a finished draft gives. */
export interface ReadCertificate {
  readonly fact: CertificateFact;
  readonly damage: readonly DamageFact[];
  /** Labels no table knows, whose meaning followed from their place. */
  readonly placed: readonly Field[];
}

/** Reads the collected lines of a certificate; its dates as long as nothing settles the order of day and month. */
export function readCertificate(draft: Draft): ReadCertificate {
  const places = place(draft);
  const span: Span = { ...draft.start, end: Math.max(draft.start.end, draft.end.end) };
  const damage: DamageFact[] = [];
  const report = (what: DamageFact["what"], says: string, at: Span): void => void damage.push({ kind: "damage", format: "certutil", span: at, what, says });
  const body = (oid: string): readonly Line[] => draft.extensions.find((entry) => entry.oid.value === oid)?.lines ?? [];
  const property = (number: number): readonly Line[] => draft.properties.find((entry) => entry.number === number)?.lines ?? [];

  const serialNumber = readHex(places.serial, "serial number");
  const sha1Thumbprint = readHex(places.thumbprint, "thumbprint") ?? hexOfProperty(property(3));
  if (sha1Thumbprint !== null && sha1Thumbprint.value.length !== 40) {
    report("edited", `The thumbprint has ${sha1Thumbprint.value.length} characters instead of 40: it was cut or retyped.`, sha1Thumbprint.span);
  }
  if (serialNumber !== null && serialNumber.value.length % 2 === 1 && serialNumber.value.length > 4) {
    report("edited", "The serial number has an odd number of digits: it was retyped or cut.", serialNumber.span);
  }
  const repeated = hexOfProperty(property(3));
  if (sha1Thumbprint !== null && repeated !== null && /^[0-9a-f]{40}$/.test(sha1Thumbprint.value) && repeated.value !== sha1Thumbprint.value) {
    report("contradiction", "The thumbprint and the property CERT_SHA1_HASH_PROP_ID(3) of the same certificate differ.", repeated.span);
  }
  const announcedExtensions = announced(places.extensions);
  const extensionOids = draft.extensions.map((entry) => entry.oid);
  if (announcedExtensions !== null && announcedExtensions.value !== extensionOids.length) {
    report("count-mismatch", `${announcedExtensions.value} extensions are announced, ${extensionOids.length} are printed.`, announcedExtensions.span);
  }
  const notBefore = readDate(places.notBefore);
  const notAfter = readDate(places.notAfter);
  const key = readKey(draft.lines, draft.ending, draft.card);
  checkNumbers(draft, report);

  const fact: CertificateFact = {
    kind: "certificate", format: "certutil", span, section: draft.section, role: null,
    serialNumber, issuer: readNameOf(places.issuer), subject: readNameOf(places.subject), notBefore, notAfter, sha1Thumbprint,
    keyUsage: extension.readKeyUsage(body(EXTENSION_OIDS.keyUsage)),
    extendedKeyUsage: extension.readUsageOids(body(EXTENSION_OIDS.extendedKeyUsage)),
    enhancedKeyUsageProperty: extension.readUsageOids(property(9)),
    applicationPolicies: extension.readApplicationPolicies(body(EXTENSION_OIDS.applicationPolicies)),
    extensionsPrinted: draft.extensions.length > 0 || announcedExtensions !== null,
    announcedExtensions, extensionOids,
    publicKey: readPublicKey(places),
    signatureAlgorithm: readAlgorithm(places.signature),
    template: templateOf(draft, body),
    subjectAlternativeNames: extension.readAlternativeNames(body(EXTENSION_OIDS.subjectAltName)),
    subjectKeyIdentifier: extension.readSubjectKeyIdentifier(body(EXTENSION_OIDS.subjectKeyIdentifier)),
    authorityKeyIdentifier: extension.readAuthorityKeyIdentifier(body(EXTENSION_OIDS.authorityKeyIdentifier)),
    isCa: extension.readIsCa(body(EXTENSION_OIDS.basicConstraints)) ?? caOf(draft),
    store: draft.store,
    key,
  };
  return { fact, damage, placed: Object.values(places).filter((field): field is Field => field !== null && field.id === null) };

  function readHex(field: Field | null, what: string): Located<string> | null {
    if (field?.value == null) return null;
    const printed = field.value.value.replace(/^"(.{1,130})"$/, "$1");
    const digits = printed.replace(/[\s\u00A0\u200E\u200F:]/g, "").toLowerCase();
    if (isHexValue(printed) && digits.length <= 128) {
      if (/[x*]/.test(digits)) report("edited", `Characters of the ${what} are masked.`, field.value.span);
      return located(digits, field.value.span);
    }
    report("edited", `The ${what} was replaced by other text.`, field.value.span);
    return null;
  }

  function readDate(field: Field | null): Printed<Moment> {
    if (field?.value == null) return null;
    const moment = readMoment(field.value.value, "unsettled");
    if (moment === null) report("edited", "A date was replaced by other text, or it cannot be read as one.", field.value.span);
    return moment && located(moment, field.value.span);
  }

  /** What is left of a cut name would be another name. */
  function cutName(at: Span): null {
    report("truncated", "This name is cut: the part at the dots is missing.", at);
    return null;
  }

  function readNameOf(field: Field | null): Printed<Name> {
    if (field === null) return null;
    if (field.value !== null) {
      const { value, span: at } = field.value;
      if (isPlaceholder(value)) {
        report("edited", "A name was replaced by other text.", at);
        return null;
      }
      if (/^EMPTY\b/.test(value)) return located(makeName(value, [], null), at);
      if (isCutName(value)) return cutName(at);
      return located(readName(value, "certutil"), at);
    }
    const [first, last] = [field.names[0], field.names.at(-1)];
    if (first === undefined || last === undefined) return null;
    const at = { ...first.span, end: last.span.end };
    if (/^EMPTY\b/.test(first.value)) return located(makeName(first.value, [], null), first.span);
    if (field.names.some((part) => isCutName(part.value))) return cutName(at);
    const name = readName(field.names.map((part) => part.value).join("\n"), "lines");
    return located({ ...name, printed: field.names.map((part) => part.value).join(", ") }, at);
  }
}

/** The certificate with its dates as the order of day and month says that all dates of the text settle. */
export function withDayOrder(certificate: CertificateFact, order: DayOrder): CertificateFact {
  if (order === "unsettled") return certificate;
  const settled = (date: Printed<Moment>): Printed<Moment> => date && located(readMoment(date.value.printed, order) ?? date.value, date.span);
  return { ...certificate, notBefore: settled(certificate.notBefore), notAfter: settled(certificate.notAfter) };
}

/** What a block that prints no certificate says about a key. */
export function readLooseKey(draft: Draft): CertificateFact["key"] {
  return readKey(draft.lines, draft.ending, draft.card);
}

function hexOfProperty(lines: readonly Line[]): Located<string> | null {
  for (const line of lines) {
    const text = line.kind === "field" ? "" : line.text.replace(/[\s\u00A0]/g, "").toLowerCase();
    if (/^[0-9a-f]{40}$/.test(text)) return located(text, line.span);
  }
  return null;
}

function announced(field: Field | null): Located<number> | null {
  const number = /^\d{1,3}$/.exec(field?.value?.value ?? "");
  return field?.value && number ? located(Number(number[0]), field.value.span) : null;
}

function readPublicKey(places: Places): Located<PublicKey> | null {
  const oid = /^[\d.]+/.exec(places.publicKey?.value?.value ?? "")?.[0];
  const bits = /^\d{2,6}/.exec(places.keyLength?.value?.value ?? "")?.[0];
  const field = places.publicKey?.value ?? places.keyLength?.value;
  // The length alone does not say what kind of key it is.
  if (!field || oid === undefined) return null;
  // From the algorithm to the length below it: who cites the length cites the last line.
  const end = bits === undefined ? field.span.end : Math.max(field.span.end, places.keyLength?.value?.span.end ?? 0);
  return located({ algorithm: PUBLIC_KEY_OIDS[oid] ?? oid, bits: bits === undefined ? null : Number(bits) }, { ...field.span, end });
}

function readAlgorithm(field: Field | null): Located<string> | null {
  const found = /^([\d.]+)(?:[ \u00A0]+([^\s\u00A0]{1,60}))?/.exec(field?.value?.value ?? "");
  return field?.value && found ? located(found[2] ?? (found[1] as string), field.value.span) : null;
}

function templateOf(draft: Draft, body: (oid: string) => readonly Line[]): Located<string> | null {
  const fields = draft.lines.filter((line) => line.kind === "field");
  const short = fields.find((field) => field.id === "template" && field.value !== null) ?? fields.find((field) => field.id === "template-type" && field.value !== null);
  return short?.value ?? extension.readTemplate(body(EXTENSION_OIDS.certificateTemplate)) ?? extension.readTemplate(body(EXTENSION_OIDS.certificateTemplateName));
}

/** `CA Version: V0.0` is printed for certificates of certification authorities only. */
function caOf(draft: Draft): Located<boolean> | null {
  const field = draft.lines.find((line) => line.kind === "field" && line.id === "ca-version");
  const entry = draft.extensions.find((other) => other.oid.value === "1.3.6.1.4.1.311.21.1");
  const span = field?.span ?? entry?.oid.span;
  return span ? located(true, span) : null;
}

/** A number printed twice on one line, in hexadecimal and in words or decimals, must be the same number. */
function checkNumbers(draft: Draft, report: (what: DamageFact["what"], says: string, at: Span) => void): void {
  for (const line of draft.lines) {
    if (line.kind !== "field" || line.value === null) continue;
    const twice = /^([0-9a-f]{1,8})[ \u00A0]\((\d{1,10})\)$/i.exec(line.value.value);
    if (twice && Number.parseInt(twice[1] as string, 16) !== Number(twice[2])) {
      report("contradiction", `${twice[1]} in hexadecimal is ${Number.parseInt(twice[1] as string, 16)}, but the line says ${twice[2]}.`, line.span);
    }
    const spec = /^([012])[ \u00A0]{0,4}(?:-{1,2}|[\u2013\u2014])[ \u00A0]{0,4}((?:XCN\\?_)?AT\\?_(?:KEYEXCHANGE|SIGNATURE|NONE))\b/.exec(line.value.value);
    const meant = spec && { KEYEXCHANGE: "1", SIGNATURE: "2", NONE: "0" }[/[A-Z]+$/.exec(spec[2] as string)?.[0] ?? ""];
    if (spec && meant !== undefined && meant !== spec[1]) report("contradiction", `KeySpec ${spec[1]} is not ${spec[2]}.`, line.span);
  }
}
