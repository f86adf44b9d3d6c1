import { alerts, findAlert, findAlertByName, type Alert } from "../model/alerts.ts";
import { errorCodes, findErrorCode, findSchannelEvent, findVerifyError, signedDecimal, type ErrorCode } from "../model/error-codes.ts";
import { findHttpStatus, httpStatuses, type HttpStatusMeaning } from "../model/http-status.ts";
import { KEY_USAGE_NAMES, keyUsageFromHex } from "../model/key-usage.ts";
import { EKU_OIDS, EXTENSION_OIDS, oidName } from "../model/oids.ts";
import { selectionCriteria, selectionFlagNames, selectionFlags, unknownSelectionFlags, type SelectionCriterion, type SelectionFlag } from "../model/selection.ts";
import { phrase, words, type Block, type Phrase, type Words } from "../report/document.ts";
import { closest } from "./closest.ts";
import { printedFields, type PrintedField } from "./printed-fields.ts";

/** The blocks that explain a flag, code, status, alert, OID or field; null when `what` is none that is known. Causes have pages instead. */
export function explainTopic(what: string): readonly Block[] | null {
  const typed = what.trim();
  const parts = [
    ...explainFlags(typed), ...explainCriterion(typed), ...explainStatus(typed), ...explainError(typed), ...explainAlert(typed), ...explainOid(typed),
    ...explainKeyUsage(typed), ...explainKeySpec(typed), ...explainProviderType(typed), ...explainField(typed),
  ];
  return parts.length === 0 ? null : parts;
}

/** What is said here of a cause: its checks, with all that they need, are loaded only where they are used. */
interface TitledCause {
  readonly id: string;
  readonly title: string;
}

/** All causes with their titles, for `explain` without argument. */
export function listCauses(causes: readonly TitledCause[]): readonly Block[] {
  return [
    { kind: "heading", level: 1, text: words("Causes") },
    { kind: "list", items: causes.map(({ id, title }) => words(phrase("code", id), `  ${title}`)) },
    { kind: "paragraph", text: words("Explain one: ", phrase("code", "certwhy explain ID"), ". Flags (0x88), statuses (403.7), error codes (0x80090016), alerts, OIDs and fields (KeySpec) are explained, too.") },
  ];
}

/** The known word most like `what`, or null. */
export function suggestTopic(what: string, causes: readonly TitledCause[]): string | null {
  return closest(what, [
    ...causes.map(({ id }) => id), ...selectionFlags.map(({ name }) => name), ...selectionCriteria.map(({ name }) => name), ...errorCodes.map(({ name }) => name),
    ...alerts.map(({ name }) => name), ...providerTypes.map(({ name }) => name), ...keySpecs.map(({ name }) => name), ...printedFields.map(({ name }) => name), ...KEY_USAGE_NAMES, ...Object.keys(EKU_OIDS), ...Object.keys(EXTENSION_OIDS),
    ...httpStatuses.map(({ status, substatus }) => (substatus === null ? `${status}` : `${status}.${substatus}`)),
  ]);
}

function heading(text: string): Block {
  return { kind: "heading", level: 1, text: words(text) };
}

function paragraph(...parts: readonly (string | Phrase)[]): Block {
  return { kind: "paragraph", text: words(...parts) };
}

function arrival(arrived: boolean | null): readonly Block[] {
  if (arrived === null) return [];
  return [paragraph(arrived ? "A client certificate did reach the server." : "No client certificate reached the server.")];
}

// --- CertSelectCertificateChains ---

/** As typed alone or with the name before it, `dwFlags : 00000088`. */
const typedHex = /^(dwFlags\s{0,9}[:=]?\s{0,9})?(0x)?([0-9a-f]{1,8})h?$/i;
const allFlags = selectionFlags.reduce((sum, flag) => sum | flag.bit, 0);

function explainFlags(typed: string): readonly Block[] {
  const named = selectionFlags.find(({ name }) => sameWord(name, typed, "CERT_SELECT_"));
  if (named !== undefined) {
    return [heading(`${named.name} (${hex(named.bit)})`), paragraph("A flag of CertSelectCertificateChains."), { kind: "list", items: meanings(named) }];
  }
  const [, label, prefix, digits] = typedHex.exec(typed) ?? [];
  // Decimal codes, statuses and events are no flags: a number without a name or 0x must have the width in which flags are printed.
  if (digits === undefined || (label === undefined && prefix === undefined && digits.length !== 8)) return [];
  const value = Number.parseInt(digits, 16);
  if (value === 0 || value > allFlags) return [];
  const names = selectionFlagNames(value);
  const unknown = unknownSelectionFlags(value);
  const set = selectionFlags.filter(({ name }) => names.includes(name));
  const clear = selectionFlags.filter(({ name, documented }) => documented && !names.includes(name));
  return [
    heading(`${hex(value)} as flags of CertSelectCertificateChains`),
    { kind: "list", items: set.map((flag) => words(phrase("code", `${hex(flag.bit)} ${flag.name}`), `: ${flag.whenSet}`)) },
    ...(unknown === 0 ? [] : [paragraph(`Bits without a known name: ${hex(unknown)}.`)]),
    paragraph("Not set:"),
    { kind: "list", items: clear.map((flag) => words(phrase("code", `${hex(flag.bit)} ${flag.name}`), `: ${flag.whenClear}`)) },
    ...asOtherBits(value),
  ];
}

/** The same digits in other lines of the tools: key usage and the flags of a key. */
function asOtherBits(value: number): readonly Block[] {
  const usage = value <= 0xff ? keyUsageFromHex(value.toString(16).padStart(2, "0")).names : [];
  return [
    ...(usage.length === 0 ? [] : [paragraph(`As Key Usage (certutil prints the octets in parentheses): ${usage.join(", ")}.`)]),
    ...(value === 0x20 ? [paragraph("As Flags of a key in certutil output: CRYPT_MACHINE_KEYSET, the key belongs to the machine.")] : []),
  ];
}

function meanings(flag: SelectionFlag): readonly Words[] {
  return [words("Set: ", flag.whenSet), words("Not set: ", flag.whenClear), ...(flag.documented ? [] : [words("It stands in SDK headers only.")])];
}

function explainCriterion(typed: string): readonly Block[] {
  const criterion = selectionCriteria.find(({ name }) => sameWord(name, typed, "CERT_SELECT_BY_"));
  return criterion === undefined ? [] : criterionBlocks(criterion);
}

function criterionBlocks(criterion: SelectionCriterion): readonly Block[] {
  return [
    heading(`${criterion.name} (${criterion.number})`),
    paragraph("A criterion of CertSelectCertificateChains: every criterion must be met, by one of its values."),
    {
      kind: "list", items: [
        words(`A value is: ${criterion.value}`),
        ...(criterion.evaluatedOn === null ? [] : [words(`It is compared with: the ${criterion.evaluatedOn}`)]),
        ...(criterion.mayFetch ? [words("Missing intermediate certificates may be fetched from the network for it")] : []),
        ...(criterion.documented ? [] : [words("It stands in SDK headers only")]),
      ],
    },
  ];
}

// --- statuses, codes, alerts ---

function explainStatus(typed: string): readonly Block[] {
  const parts = /^(?:HTTP\s*)?(\d{3})(?:[.\s](\d{1,2}))?$/i.exec(typed);
  if (parts === null) return [];
  const status = Number(parts[1]);
  const substatus = parts[2] === undefined ? null : Number(parts[2]);
  const found = findHttpStatus(status, substatus);
  if (found === null) return [];
  const siblings = substatus === null ? httpStatuses.filter((row) => row.status === status && row.substatus !== null) : [];
  return [
    heading(`HTTP status ${statusName(found)}`),
    ...(found.substatus === substatus ? [] : [paragraph(`The sub-status ${substatus} says nothing known about client certificates.`)]),
    paragraph(found.meaning), ...arrival(found.arrived),
    ...(siblings.length === 0 ? [] : [paragraph("With a sub-status of IIS:"), { kind: "list" as const, items: siblings.map((row) => words(phrase("code", statusName(row)), `: ${row.meaning}`)) }]),
  ];
}

function statusName({ status, substatus }: HttpStatusMeaning): string {
  return substatus === null ? `${status}` : `${status}.${substatus}`;
}

/** curl's own number for it: `curl: (58)`, `curl 58`. */
const CURL_CERTIFICATE_PROBLEM = /^(?:curl(?:\s{0,3}error)?[:\s]{0,3}\(?58\)?|CURLE_SSL_CERTPROBLEM)$/i;

function explainError(typed: string): readonly Block[] {
  const verify = /^(?:verify\s{0,3}(?:error|return code)?[:\s]{0,3}(?:num=)?|X509_V_ERR\s?)?(\d{1,2})(?:\s?[(:].{0,100})?$/i.exec(typed)?.[1];
  const event = /^(?:schannel\s{0,3})?(?:event\s{0,3}(?:id\s{0,3})?)?(\d{5})$/i.exec(typed)?.[1];
  const win32 = /^0x[0-9a-f]{1,3}$/i.test(typed);
  const found = [
    // Small hexadecimal numbers are flags; 0x5 as an error is asked for as 0x80070005 or 5.
    win32 ? null : findErrorCode(CURL_CERTIFICATE_PROBLEM.test(typed) ? "CLIENT_CERTIFICATE_NOT_LOADED" : typed),
    verify === undefined ? null : findVerifyError(Number(verify)),
    event === undefined ? null : findSchannelEvent(Number(event)),
  ].filter((code): code is ErrorCode => code !== null);
  return [...new Set(found)].flatMap(errorBlocks);
}

const families: Readonly<Record<ErrorCode["family"], string>> = {
  hresult: "Windows error code", win32: "Windows error number", x509: "OpenSSL verification result", openssl: "OpenSSL error", "schannel-event": "Schannel event of the System log",
  sentence: "message of a program",
};

function errorBlocks(code: ErrorCode): readonly Block[] {
  const signed = signedDecimal(code);
  const numbers = code.hex !== null ? ` (${code.hex}, ${signed ?? code.decimal})` : code.decimal !== null ? ` (${code.decimal})` : "";
  const side = code.side === "either" ? "client or the server" : code.side;
  return [
    heading(`${code.name}${numbers}`), paragraph(`${families[code.family]}, seen on the ${side}.`), paragraph(code.meaning),
    ...(code.arrived === null ? [paragraph("It does not say whether a client certificate reached the server.")] : arrival(code.arrived)),
  ];
}

function explainAlert(typed: string): readonly Block[] {
  const number = /^(?:(?:tls\s{1,3})?alert\s{1,3}(?:number\s{1,3})?)?(\d{1,3})$/i.exec(typed)?.[1];
  // OpenSSL puts the protocol before the name: SSLV3_ALERT_CERTIFICATE_EXPIRED, "tlsv1 alert unknown ca".
  const name = typed.replace(/^(?:SSL_R_)?(?:(?:tls|tlsv1|tlsv13|sslv3)[\s_]{1,3})?alert[\s_]{1,3}/i, "");
  const alert: Alert | null = findAlertByName(name) ?? (number === undefined ? null : findAlert(Number(number)));
  if (alert === null) return [];
  const versions = alert.versions === "all" ? "" : ` It belongs to ${alert.versions}.`;
  return [heading(`TLS alert ${alert.number} ${alert.name}`), paragraph(`${alert.meaning}${versions}`), ...(alert.name === "bad_certificate" ? [paragraph("So a client certificate did mostly, but not always, reach the server.")] : arrival(alert.arrived))];
}

// --- names and fields ---

const oidsByName = new Map([...Object.entries(EKU_OIDS), ...Object.entries(EXTENSION_OIDS)].map(([name, oid]) => [name.toLowerCase(), { name, oid }]));
const ekus: ReadonlySet<string> = new Set(Object.values(EKU_OIDS));
const extensions: ReadonlySet<string> = new Set(Object.values(EXTENSION_OIDS));

function explainOid(typed: string): readonly Block[] {
  const named = oidsByName.get(typed.toLowerCase());
  const oid = named?.oid ?? (/^\d(?:\.\d{1,20}){1,30}$/.test(typed) ? typed : null);
  const name = named?.name ?? (oid === null ? null : oidName(oid));
  if (oid === null || name === null) return [];
  const kind = ekus.has(oid) ? "an extended key usage" : extensions.has(oid) ? "a certificate extension" : "an algorithm";
  const client = oid === EKU_OIDS.clientAuth ? " A TLS client certificate needs it, unless it has no extended key usage at all." : "";
  return [heading(`${name} (${oid})`), paragraph(`The object identifier of ${kind}.${client}`)];
}

function explainKeyUsage(typed: string): readonly Block[] {
  return [...explainUsageOctets(typed), ...explainUsageName(typed)];
}

/** The octets as certutil prints them in parentheses: `a0`, `(a0)`, `(c0, 80)`, `Key Usage (30)`. A number of two digits may be much else, too. */
function explainUsageOctets(typed: string): readonly Block[] {
  const [, label, octets] = /^(key\s?usage\s{0,3}[:=]?\s{0,3})?\(?((?:[0-9a-f]{2}[\s,]{0,2}){1,2})\)?$/i.exec(typed) ?? [];
  if (octets === undefined) return [];
  const usage = keyUsageFromHex(octets);
  if (usage.names.length === 0 && label === undefined) return [];
  const printed = usage.hex.replace(/^(..)(?=.)/, "$1, ");
  return [
    heading(`Key Usage (${printed})`),
    usage.names.length === 0 ? paragraph("No bit is set.") : { kind: "list", items: usage.names.map((name) => words(phrase("code", name))) },
    paragraph(usage.names.includes("digitalSignature")
      ? "It holds digitalSignature (80), so Key Usage does not keep the certificate from being selected."
      : "It lacks digitalSignature (80): Windows does not select such a certificate for a TLS client. See ", ...(usage.names.includes("digitalSignature") ? [] : [phrase("code", "certwhy explain ku-missing-digitalsignature"), "."])),
  ];
}

function explainUsageName(typed: string): readonly Block[] {
  const index = KEY_USAGE_NAMES.findIndex((name) => name.toLowerCase() === typed.toLowerCase());
  const name = KEY_USAGE_NAMES[index];
  if (name === undefined) return [];
  const octets = index < 8 ? hex(0x80 >> index).slice(2).padStart(2, "0") : "00 80";
  return [
    heading(`${name} (Key Usage ${octets})`),
    paragraph(name === "digitalSignature"
      ? "The key may sign. A TLS client signs the handshake: a client certificate with a Key Usage extension needs this bit."
      : "A bit of the Key Usage extension. It does not make a certificate usable as a TLS client certificate: digitalSignature (80) does."),
  ];
}

/** Values of KeySpec by wincrypt.h; 0 is what certutil prints for keys of CNG. */
const keySpecs = [
  { value: 0, name: "XCN_AT_NONE", says: "The key belongs to a key storage provider (CNG), which has no KeySpec. It can sign if its CNG key usage allows it." },
  { value: 1, name: "AT_KEYEXCHANGE", says: "The key may be used to decrypt and to sign. It suits a TLS client." },
  { value: 2, name: "AT_SIGNATURE", says: "The key may be used to sign only. That is enough for a TLS client; a TLS server needs AT_KEYEXCHANGE." },
] as const;

function explainKeySpec(typed: string): readonly Block[] {
  const value = /^key\s?spec\s{0,9}[:=]?\s{0,9}([0-2])(?:\s.{0,60})?$/i.exec(typed)?.[1] ?? /^[0-2]$/.exec(typed)?.[0];
  return keySpecs.filter((one) => one.name === typed.toUpperCase() || `XCN_${one.name}` === typed.toUpperCase() || String(one.value) === value).flatMap(({ value: number, name, says }) => [
    heading(`KeySpec ${number} (${name})`), paragraph(says),
    paragraph("A selection call looks at KeySpec only if it sets ", phrase("code", "0x10 CERT_SELECT_HAS_KEY_FOR_SIGNATURE"), " or ", phrase("code", "0x20 CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE"), "."),
  ]);
}

/** Types of cryptographic providers, PROV_* of wincrypt.h, that hold keys of certificates. */
const providerTypes = [
  { type: 0, name: "CNG", says: "A key storage provider (CNG), not a CSP. It signs with SHA-2; whether it can do RSA-PSS depends on the provider." },
  { type: 1, name: "PROV_RSA_FULL", says: "An old CSP for RSA. Its documented hashes end at SHA-1, so it may be unable to sign a TLS 1.2 handshake with SHA-256." },
  { type: 2, name: "PROV_RSA_SIG", says: "An old CSP for RSA signatures only. Its documented hashes end at SHA-1." },
  { type: 3, name: "PROV_DSS", says: "A CSP for DSA signatures. TLS 1.3 has none of them, and servers rarely accept them." },
  { type: 12, name: "PROV_RSA_SCHANNEL", says: "The CSP for RSA keys of Schannel, meant for servers. Its documented hashes end at SHA-1." },
  { type: 13, name: "PROV_DSS_DH", says: "A CSP for DSA signatures and Diffie-Hellman." },
  { type: 18, name: "PROV_DH_SCHANNEL", says: "The CSP of Schannel for Diffie-Hellman and DSA." },
  { type: 24, name: "PROV_RSA_AES", says: "The CSP for RSA that knows SHA-256 and AES; among the CSPs of Microsoft the one that suits TLS 1.2." },
] as const;

function explainProviderType(typed: string): readonly Block[] {
  const type = /^(?:provider\s?)?(?:type\s{0,9})?[:=]?\s{0,9}(\d{1,2})$/i.exec(typed)?.[1];
  // 0 alone says too little; with its label it is the type of CNG keys.
  return providerTypes.filter((one) => one.name === typed.toUpperCase() || (type !== undefined && Number(type) === one.type && typed !== "0")).flatMap((one) => [
    heading(`ProviderType ${one.type} (${one.name})`), paragraph(one.says),
  ]);
}

function explainField(typed: string): readonly Block[] {
  const wanted = plain(typed);
  return printedFields.filter(({ name }) => plain(name) === wanted).flatMap((field: PrintedField) => [
    heading(field.name), paragraph(`Printed by ${field.printedBy}.`), ...field.says.map((sentence) => paragraph(sentence)),
  ]);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s:=()_-]/g, "");
}

function sameWord(name: string, typed: string, prefix: string): boolean {
  const wanted = typed.toUpperCase();
  return name === wanted || name === prefix + wanted;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
