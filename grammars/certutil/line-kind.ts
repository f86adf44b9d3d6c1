import { isPrintedDate } from "../shared/dates.ts";
import { looksLikeName } from "../shared/names/index.ts";
import { remembering } from "../shared/remembering.ts";
import { type LabelId, labelOf } from "./labels/index.ts";

export const lineKinds = ["blank", "command", "final", "start", "strong", "known", "member", "elision", "foreign", "other"] as const;

/**
 * What one line is, seen by itself. `command`, `final`, `start` and `strong` are printed by no other tool; `known` and
 * `member` lines occur elsewhere too and belong to certutil only beside those; `foreign` lines begin another tool's text.
 */
export type LineKind = (typeof lineKinds)[number];

/** Only the beginning of a line is looked at, so that a line of a megabyte costs no more than a short one. */
const HEAD = 480;

const BLANK = "[ \\t\\u00A0\\u202F\\u3000\\uFEFF]";
export const LEADING = new RegExp(`^${BLANK}{0,200}(?:[>|%]${BLANK}{0,8}){0,6}`);

/** `================ Certificate 0 ================`; blogs and wikis may shorten the run of signs. */
export const BANNER = /^\W{0,3}={6,}[ \t\u00A0]{0,4}([^=\r\n]{0,80}?)[ \t\u00A0]{0,4}(\d{1,6})[ \t\u00A0]{0,4}={4,}/;
/** `----------------  End Nesting Level 1  ----------------` */
export const NESTING_END = /^\W{0,3}-{6,}[ \t\u00A0]{1,4}([^-\r\n]{1,80}?)[ \t\u00A0]{0,4}(\d{1,6})[ \t\u00A0]{1,4}-{4,}/;
/** `  CERT_KEY_PROV_INFO_PROP_ID(2):` */
export const PROPERTY = /^([A-Z][A-Z0-9_\\]{3,70}PROP\\?_ID)\((\d{1,6})\)/;
/** `    2.5.29.15: Flags = 1(Critical), Length = 4`, `2.5.29.15 : indicateurs = 1(Critique), longueur = 4` */
export const EXTENSION = /^(\d{1,2}(?:\.\d{1,20}){2,24})[ \u00A0]?[:\uFF1A][ \u00A0]{0,4}[^\s=:,]{1,40}[ \u00A0]?=[ \u00A0]?[0-9a-fA-F]{1,8}(?:[ \u00A0]?\([^)\r\n]{0,60}\))?[ \u00A0]?[,\uFF0C\u3001][ \u00A0]{0,2}[^\s=:,]{1,40}[ \u00A0]?=[ \u00A0]?[0-9a-fA-F]{1,8}/;
/** `Cert Hash(sha1):`, `Key Id Hash(pin-sha256-hex):` */
export const HASH_LABEL = /^([^:=\r\n(]{1,60}?)[ \u00A0\uFFFD]?\((md5|sha1|sha256|sha384|sha512|rfc-sha1|bcrypt-sha1|bcrypt-sha256|pin-sha256|pin-sha256-hex)\)[ \u00A0\uFFFD]{0,2}[:\uFF1A]/i;
/** `CertContext[0][0]: dwInfoStatus=102 dwErrorStatus=0` */
export const CONTEXT = /^CertContext\[(\d{1,4})\]\[(\d{1,4})\]/;
/** `CertUtil: -store command completed successfully.`, `CertUtil: - Esecuzione comando dump riuscita.` */
const FINAL = /^CertUtil: {0,3}[-\u2013\u2014]/i;
/** `    CRYPT_MACHINE_KEYSET -- 20 (32)` */
const CONSTANT = /^([A-Z][A-Z0-9]{1,30}\\?_[A-Z0-9_\\]{2,70})[ \u00A0]{1,4}(?:-{1,2}|[\u2013\u2014])[ \u00A0]{1,4}([0-9a-fA-F]{1,8})\b/;
/** `KeySpec = 1 -- AT_KEYEXCHANGE` */
const KEYSPEC_CONSTANT = /(?:-{1,2}|[\u2013\u2014])[ \u00A0]{0,4}(?:AT\\?_KEYEXCHANGE|AT\\?_SIGNATURE|XCN\\?_AT\\?_NONE)\b/;
/** `    0000  30 82 01 0a 02 82 01 01  00 cf …`, and NT 4's lines without an offset. */
const HEX_DUMP = /^(?:[0-9a-f]{4,8}[ \u00A0]{1,4})?[0-9a-f]{2}(?:[ \u00A0]{1,2}[0-9a-f]{2}){0,31}(?![0-9A-Za-z])/;
/** `0000: 30 3f   ; SEQUENCE (3f Bytes)`, `0002: |  06 08` */
const ASN1_TREE = /^[0-9a-f]{4,8}:[ \u00A0]{1,2}[|0-9a-f \u00A0]{2}/;
const SDDL = /^(?:[DOGS]:[A-Z0-9():;]{0,200})|^(?:Allow|Deny)[ \u00A0][^:=]{1,60}[\t ]/;
export const ELISION = /^(?:\.{3,12}|\u2026{1,4}|[[(<{*_]{1,3}(?:\.{2,6}|\u2026|snip(?:ped)?|cut|omitted|truncated|gek\u00FCrzt|\u2026 ?snip ?\u2026)[\])>}*_]{1,3}|-{2,12} ?(?:snip(?:ped)?|cut|schnipp|omitted|8<) ?-{2,12}|snip)[ \t\u00A0]*$/i;
const MARKED = /^[-=]{4,}[ \u00A0]{1,4}\S[^\r\n]{0,80}[ \u00A0]{1,4}[-=]{4,}[ \t\u00A0]*$/;
const RULER = /^[-=]{8,}[ \t\u00A0]*$/;
const CHAIN_WORD = /^(?:ChainContext\.|SimpleChain\.|Element\.|HCCE_|CERT_CHAIN_POLICY_|dwFlags = CA_VERIFY|ChainFlags = |-{4,} CERT_CHAIN_CONTEXT|CERT_CHAIN_CONTEXT\b)/;
/** `my "Personal"`, `Root "受信任的根证书颁发机构"` */
const STORE_HEADING = /^([A-Za-z][\w.\\-]{0,100})[ \u00A0]{1,3}["\u201C\u201D\u201E\u00AB][^"\r\n:=]{1,120}["\u201D\u201C\u00BB][ \t\u00A0]*$/;
/** A store name alone on its line heads the listing of older versions. */
export const BARE_STORE = /^(?:my|root|ca|trust|disallowed|authroot|trustedpeople|trustedpublisher|clientauthissuer|smartcardroot|request|addressbook|ntauth|trusteddevices|webhosting)[ \t\u00A0]*$/i;
const DRIVE_PROMPT = /^[^\w\r\n]{0,4}(?:\([\w.-]{1,40}\) ?)?(?:\*[\w-]{1,30}\* ?)?(?:PS ?)?(?:[A-Za-z]:[\\/]|HKLM:|Cert:\\)[^>\r\n]{0,200}>/;
const SHELL_PROMPT = /^[^\w\r\n]{0,4}(?:PS ?>|[\w.-]{1,40}@[\w.-]{1,60}[:~ ][^\r\n$#]{0,100}[$#] )/;
const COMMAND = /^(?:[^\r\n]{0,200}?[>#$%\]`\u2192][ \t\u00A0]{0,4}|[A-Za-z]:\\[^\r\n ]{0,100}\\|&[ ]{0,2}["']?|[$>%#]\s?)?["'`]?certutil(?:\.exe)?["']?[ \t\u00A0]{1,4}(?:[-/\u2013\u2014][A-Za-z?]|["\w.\\:]{1,60}\.(?:cer|crt|pfx|p12|p7b|der|pem|req|csr)\b)/i;
/** `Output of certutil -v -user -store my:` closes a sentence with the command. */
const COMMAND_IN_PROSE = /^[^\r\n]{1,80}?[ "'`\u201C]certutil(?:\.exe)?(?:[ \u00A0][-/\u2013\u2014][A-Za-z]{1,20}){1,4}(?:[ \u00A0]["\w.\\{}-]{1,80}){0,2}(?:[ \u00A0][-/\u2013\u2014][A-Za-z]{1,20}){0,2}["'`\u201D]?[:.]{0,2}[ \t\u00A0]*$/i;
const DISTINGUISHED = /^(?:[A-Za-z]{1,24}|OID\.[0-9.]{3,40}|[0-9]{1,3}(?:\.[0-9]{1,12}){2,16})=/;

const FOREIGN = new RegExp([
  "-----BEGIN ", "-----END ", "CONNECTED\\(", "depth=\\d", "verify (?:error|return)[: ]", "Certificate chain\\b", "\\d+ s:", "i:[/A-Z]", "SSL-Session:",
  "New, (?:TLS|SSL|\\(NONE)", "subject=", "issuer=", "Acceptable client certificate", "No client certificate CA", "HTTP/1\\.", "(?:GET|POST|HEAD) /",
  "CertSelectCertificateChains", "CERT_SELECT_", "cCriteria", "dwFlags : ", "=====? ?CERT_SELECT", "Data:$", "X509v3 ", "Version: \\d+ \\(0x", "Validity$", "Not (?:Before|After ?): ",
  "Subject Public Key Info", "Signature Algorithm: [a-z]", "Owner: ", "Valid from: ", "Fingerprint", "openssl ", "curl ", "(?:From|To|Cc|Sent|Date|Von|An|Gesendet|Betreff|De|Para|Enviado|Asunto|Received|Message-ID|Content-Type): ",
  "Subject: (?:RE|AW|FW|WG|Fwd): ", "\\[(?:NewRequest|Version|Extensions|RequestAttributes|EnhancedKeyUsageExtension)\\]", "ProviderName ?=", "<\\?xml", "<!DOCTYPE", "<html",
].map((word) => `(?:${word})`).join("|"), "");
const FOREIGN_START = new RegExp(`^(?:${FOREIGN.source})`);

/** Text that ends with the name of a cryptographic provider, as providers are named on Windows. */
export function isProviderName(text: string): boolean {
  const name = text.trim();
  return name.length <= 120 && /(?:\bProvider(?: v\d{1,2}\.\d{1,2})?|\bCSP(?: v\d{1,2}\.\d{1,2})?|\bKSP)$/.test(name) && /^[\p{L}\p{N}]/u.test(name);
}

/** A value put there by a person in place of the printed one: `<hidden>`, `` `cert-hash` ``, `***`, `[redacted]`. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  return /^(?:<[^<>\r\n]{0,120}>|`[^`\r\n]{0,120}`|_<[^\r\n]{0,120}>_|\[[^\]\r\n]{0,120}\]|[*#\u2588\u25A0.\u2026_-]{3,}|\((?:redacted|removed|hidden|masked)\)|redacted|removed|hidden|masked)$/i.test(text);
}

/** A distinguished name on one line, certutil's `EMPTY`, or a mask in its place. */
export function isNameValue(value: string): boolean {
  return DISTINGUISHED.test(value) || looksLikeName(value) !== null || /^EMPTY\b/.test(value) || isPlaceholder(value);
}

/** Hexadecimal digits, in pairs or not, some of them perhaps masked with `X` or `*`. */
export function isHexValue(value: string): boolean {
  return /^(?:[0-9a-fA-FxX*]{1,4}[ \u00A0:]{1,4})*[0-9a-fA-FxX*]{1,200}$/.test(value.slice(0, 400)) && /[0-9a-fA-F*xX]{2}|^[0-9a-fA-F]$/.test(value);
}

/** Label, separator and value of a line; null when it has none. The value's blanks and trailing remarks are still in it. */
export function splitLabel(line: string): { readonly label: string; readonly value: string } | null {
  const found = /^([^:=\uFF1A\r\n]{1,100})([:=\uFF1A])/.exec(line);
  if (!found) return null;
  return { label: `${(found[1] as string).replace(/^---[ \t\u00A0]{1,3}/, "")}${found[2] === "\uFF1A" ? ":" : found[2]}`, value: line.slice(found[0].length).trim() };
}

/** Labels whose line is printed by no other tool, whatever its value. */
const OWN: readonly LabelId[] = ["key-container", "unique-container", "simple-container", "template-type", "ca-version", "extensions", "x509", "request",
  "public-key-length", "algorithm-id", "key-permissions", "key-storage", "cert-serial-number", "no-card-key", "cannot-open", "analyzing", "reader-status",
  "matching-test", "chain-verification", "missing-keyset", "no-provider", "not-exportable", "not-plain-exportable", "encryption-passed",
  "signature-passed", "encryption-failed", "signature-failed", "key-mismatch", "missing-association", "not-found", "matching-passed", "matching-failed", "manager-running"];

const kindOfHead = remembering(8192, findKind);

/** The kind of one line; `line` is without its line end. */
export function kindOfLine(line: string): LineKind {
  return kindOfHead(line.length > HEAD ? line.slice(0, HEAD) : line);
}

function findKind(line: string): LineKind {
  const head = line.replace(/^[\s\u00A0\uFEFF]{0,200}/, "").trimEnd();
  if (head === "") return "blank";
  if (COMMAND.test(head) || COMMAND_IN_PROSE.test(head)) return "command";
  const text = head.replace(LEADING, "");
  if (text === "") return "blank";
  if (ELISION.test(text)) return "elision";
  if (FINAL.test(text)) return "final";
  if (DRIVE_PROMPT.test(head) || SHELL_PROMPT.test(head) || FOREIGN_START.test(text)) return "foreign";
  if (BANNER.test(text) || STORE_HEADING.test(text)) return "start";
  if (PROPERTY.test(text) || EXTENSION.test(text) || CONTEXT.test(text) || CHAIN_WORD.test(text) || NESTING_END.test(text)) return "strong";
  if (/^-{6,}={6,}-{6,}/.test(text)) return "strong";
  if (CONSTANT.test(text) || /^CertUtil:/i.test(text)) return "strong";
  if (BARE_STORE.test(text)) return "known";
  if (ASN1_TREE.test(text) || HEX_DUMP.test(text)) return "member";
  const hash = HASH_LABEL.exec(text);
  if (hash) {
    const value = text.slice(hash[0].length).trim();
    if (value !== "" && !isHexValue(value) && !isPlaceholder(value) && !/^[A-Za-z0-9+/=]{8,100}$/.test(value)) return "other";
    return labelOf(hash[1] as string) !== null ? "strong" : "member";
  }
  const status = labelOf(text);
  if (status === "x509" || status === "request") return "start";
  if (status !== null) return OWN.includes(status) ? "strong" : "known";
  if (/\btest (?:passed|FAILED)\b/.test(text) && text.length < 200) return "known";
  if (/^EMPTY\b/.test(text)) return "member";
  const split = splitLabel(text);
  if (split) return kindOfField(split.label, split.value, text);
  if (SDDL.test(text) || MARKED.test(text) || RULER.test(text)) return "member";
  if (/\((?:\d{1,2}(?:\.\d{1,20}){2,24})\)$/.test(text) || /\([0-9a-fA-F]{2}(?: [0-9a-fA-F]{2})?\)$/.test(text)) return "member";
  if (/^[0-9a-fA-F]{8,200}$/.test(text)) return "member";
  return "other";
}

/** A line `label: value` or `label = value`: known labels count only with a value that fits them. */
function kindOfField(label: string, value: string, text: string): LineKind {
  const id = labelOf(label);
  if (id !== null && OWN.includes(id)) return "strong";
  switch (id) {
    case "serial-number": return value === "" || isHexValue(firstWords(value)) || isPlaceholder(value) ? "known" : "other";
    case "issuer": case "subject": return value === "" || isNameValue(value) ? "known" : "other";
    case "not-before": case "not-after":
      return isPrintedDate(withoutRemark(value)) ? "strong" : value === "" || isPlaceholder(value) || /\d{1,4}[./-]/.test(value) ? "known" : "other";
    case "provider": return isProviderName(withoutRemark(value)) ? "strong" : "known";
    case "key-spec": return KEYSPEC_CONSTANT.test(value) ? "strong" : "known";
    case "provider-type": case "flags": return /^[0-9a-fA-F]{1,8}\b/.test(value) ? "known" : "other";
    case null: break;
    default: return "known";
  }
  if (label.endsWith("=") && isProviderName(withoutRemark(value))) return "strong";
  if (DISTINGUISHED.test(text)) return "member";
  if (isNameValue(value) || isPrintedDate(withoutRemark(value)) || /^[0-9a-fA-F]{6,64}$/.test(value)) return "member";
  if (label.endsWith("=") && /^[0-9a-fA-F]{1,8}(?:[ \u00A0]\(\d{1,10}\))?(?:[ \u00A0](?:-{1,2}|[\u2013\u2014])[ \u00A0][A-Z0-9_\\]{4,60})?$/.test(value)) return "member";
  return "other";
}

function firstWords(value: string): string {
  return withoutRemark(value).slice(0, 200);
}

/** A value without the arrow and note a person wrote behind it: `… <------ this one`. */
export function withoutRemark(value: string): string {
  const cut = /(?:^|[\s\u00A0])(?:<[-=]{1,40}>?|<={1,40}|\u2190|\u21D0|<\u2013|<\u2014)(?:[\s\u00A0]|$)|[\s\u00A0]<[-=]{2,40}/.exec(value);
  const kept = cut === null ? value : value.slice(0, cut.index);
  return kept.replace(/^[\s\u00A0\u200B\u200E\u200F]{1,200}|[\s\u00A0\u200B\u200E\u200F\uFEFF]{1,400}$/g, "");
}
