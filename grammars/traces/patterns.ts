import { alerts } from "../../src/model/alerts.ts";
import { errorCodes, signedDecimal } from "../../src/model/error-codes.ts";
import { knownSentences, verifyWords as wordsOfResults } from "./sentences.ts";

/**
 * How the pieces of evidence look, as sources of regular expressions (to be used with the `i` flag). Lexer and claim share them, so that a
 * line is claimed exactly when something in it is read. Every repetition is bounded; nothing here is nested.
 */

const B = "[ \\t\\u00A0]";
const WORD_BEFORE = "(?<![A-Za-z0-9_])";
const WORD_AFTER = "(?![A-Za-z0-9_])";

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/ /g, `${B}{1,3}`).replace(/'/g, "['\\u2019]").replace(/(?<!\w)-(?!\w)/g, "[-\\u2013\\u2014]");
}

const windowsCodes = errorCodes.filter((code) => code.family === "hresult");
const hexDigits = windowsCodes.map((code) => (code.hex as string).slice(2)).join("|");
// Small Windows numbers as HRESULTs; as bare numbers they count only beside a word.
const win32Hex = errorCodes.filter((code) => code.family === "win32" && (code.decimal as number) > 10_000).map((code) => `8007${(code.decimal as number).toString(16).padStart(4, "0")}`).join("|");
const decimals = windowsCodes.filter((code) => (code.decimal as number) > 0x7fffffff).flatMap((code) => [String(code.decimal), String(signedDecimal(code))]).join("|");

/** `0x80090331`; codes of the facilities SSPI, certificates and smart cards even when the catalogue does not know them. */
export const hexCode = `(?<![\\w.-])0x(?:8009[0-9a-f]{4}|800b[0-9a-f]{4}|8010[0-9a-f]{4}|${hexDigits}|${win32Hex})${WORD_AFTER}`;

/** `value="800B0109"` of an event in XML, `hr=80090331`: a known code without 0x. */
export const bareHexCode = `(?<=(?:value|hr|hresult|error|result)=["']?)(?:${hexDigits}|${win32Hex})(?=["',;)/>\\s])`;

/** `-2146893802`, `2148204809`: a known code as a decimal. */
export const decimalCode = `(?<![\\w.-])(?:${decimals})(?!\\w|[.,]\\d)`;

/** `SEC_E_ALGORITHM_MISMATCH`, `X509_V_ERR_INVALID_PURPOSE`: names of the Windows and OpenSSL headers. */
export const symbolicName =
  `${WORD_BEFORE}(?:(?:SEC_E|NTE|CERT_E|CRYPT_E|SCARD_E|SCARD_F|SCARD_W|TRUST_E|X509_V_ERR|ERROR_WINHTTP_CLIENT)_[A-Z0-9_]{3,48}|SEC_I_INCOMPLETE_CREDENTIALS|WSAECONNRESET)${WORD_AFTER}`;

/** `WinHTTP error 12186`, `HttpSendRequest failed: 12044`: small numbers count only beside the word. */
export const winHttpNumber = `(?<=(?:WinHTTP|WinINet|HttpSendRequest|HttpEndRequest)[^\\d\\r\\n]{0,40})${WORD_BEFORE}(?:12044|12185|12186)${WORD_AFTER}`;

// What may not stand before a sub-status (a longer number, money, a path, the word of another kind of number) …
const NOT_BEFORE_STATUS =
  `(?<![\\w.,\\\\$\\u20AC\\u00A3\\u00A7+@#~%]|\\d[-:]|(?<!40[13]\\.\\d{1,2})\\/|(?<![A-Za-z])(?:version|ver|v|release|build|section|chapter|rule|page|CFR|port|line)[.:]?${B}{1,3})`;
// … and after it (more digits, a unit).
const NOT_AFTER_STATUS =
  `(?!\\w|[.,]\\w|[%\\u00B0\\u20AC$]|-\\d|${B}{0,2}(?:%|ms|s|secs?|seconds?|min|minutes?|h|hours?|[kMGT]?i?B|bytes|px|EUR|USD|km|kg|mm|cm|m|MHz|GHz|ppm)${WORD_AFTER})`;

/** `403.7`, `HTTP Error 403.16`: the sub-statuses of client certificates wherever they stand. */
export const certificateSubstatus = `${NOT_BEFORE_STATUS}403\\.(?:7|12|13|16|17)${NOT_AFTER_STATUS}`;

/** `HTTP Error 401.2`, `status 500.0`: other sub-statuses only after a word that says what the number is. */
export const otherSubstatus =
  `(?<=(?<![A-Za-z])(?:HTTP|error|fehler|status|code|IIS)[^\\d\\r\\n]{0,24})${NOT_BEFORE_STATUS}(?:401\\.[1-7]|403\\.\\d{1,2}|413\\.1|500\\.0)${NOT_AFTER_STATUS}`;

/** `403, substatus 7`, `403 (subcode 16)`. */
export const substatusInWords = `${NOT_BEFORE_STATUS}403[^\\d\\r\\n]{1,30}sub-?${B}?(?:status|code)${B}?(?:code)?["' \\t:=is]{0,6}(?:7|12|13|16|17)${NOT_AFTER_STATUS}`;

/** `HTTP/1.1 403 Forbidden`, `< HTTP/2 403` at the start of a line. */
export const statusLine = `(?<![^\\r\\n<*>| \\t][<*>| \\t]{0,4})HTTP\\/[0-9](?:\\.[0-9])?${B}{1,3}[1-5][0-9]{2}${WORD_AFTER}`;

/** `<title>413 Request Entity Too Large`, `400 No required SSL certificate was sent`, `403 - Forbidden`: the heading of an error page. */
export const pageStatus = `(?<![\\w.,:$/\\\\-])(?:400(?=${B}(?:No required SSL|The SSL certificate error|Bad Request))|401(?=${B}{1,3}(?:[-\\u2013]${B})?Unauthorized)` +
  `|403(?=${B}{1,3}(?:[-\\u2013]${B})?Forbidden)|413(?=${B}(?:Request Entity|Payload|Content) Too Large)|49[56](?=${B}SSL Certificate))`;

/** The end of a line of a W3C log: `403 7 5 19` is status, sub-status, Win32 status, time taken. */
export const logTail = "(?<=[ \\t])(?<![ \\t]\\d{1,10}[ \\t])(?:401|403|413|500)[ \\t]\\d{1,3}[ \\t]\\d{1,10}(?:[ \\t]\\d{1,10}){0,3}(?=[ \\t]{0,4}(?![^\\r\\n]))";

/** The number in `client SSL certificate verify error: (26:…)` and `Certificate Verification: Error (26)`: OpenSSL's result at a server. */
export const serverVerifyResult = "(?<=(?:client SSL certificate verify error|Certificate Verification): {0,2}(?:Error )?\\()\\d{1,3}(?=[:)])";

/** The number in `error 26 at 0 depth lookup: unsuitable certificate purpose` of openssl verify. */
export const verifyLookup = "(?<=(?<![A-Za-z0-9_])error )\\d{1,3}(?= at \\d{1,3} depth lookup)";

const resultWords = Object.keys(wordsOfResults).sort((a, b) => b.length - a.length).map(literal).join("|");

/** The words in `verify=FAILED:certificate has expired` of an access log: $ssl_client_verify of nginx, SSL_CLIENT_VERIFY of Apache;
 * `Client certificate verification failed at depth 0: certificate has expired` of PostgreSQL. */
export const clientVerifyWords = `(?<=${WORD_BEFORE}FAILED:|Client certificate verification failed at depth \\d{1,3}: )(?:${resultWords})${WORD_AFTER}`;

const CLIENT_VERIFY = "client[_-]verify|verify";

/** `ssl_client_verify=NONE`, `"verify": "SUCCESS"`, `X-SSL-Client-Verify: FAILED`: the whole answer of a server's log or header. */
export const clientVerify = `(?<=${WORD_BEFORE}(?:[A-Z0-9]{1,12}[_-]){0,3}(?:${CLIENT_VERIFY})["']?${B}{0,4}[=:]${B}{0,4}["']?)(?:NONE|SUCCESS|FAILED)${WORD_AFTER}`;

const HAPROXY_ERRORS = "(?<![\\w/])\\d{1,3}\\/[0-9A-F]{16}\\/";

/** The third number in `34/000000000A000086/26/0/0` of HAProxy: after the errors of connection and TLS library, the result for the certificate … */
export const haproxyLeafResult = `(?<=${HAPROXY_ERRORS})\\d{1,3}(?=\\/\\d{1,3}\\/[01](?![\\w/]))`;

/** … and the fourth: the result for a CA of its chain. */
export const haproxyCaResult = `(?<=${HAPROXY_ERRORS}\\d{1,3}\\/)\\d{1,3}(?=\\/[01](?![\\w/]))`;

/** `[22/Nov/2026:18:36:09.491] till/1: SSL handshake failure` of HAProxy. */
export const haproxyFailure = `(?<=:\\d\\d\\.\\d{3}\\] [^\\s:]{1,100}: )SSL handshake failure${WORD_AFTER}`;

/** `"GET /stock HTTP/1.1" 496 0`: statuses of an access log that only nginx has, and only for client certificates. */
export const accessLogStatus = `(?<=HTTP\\/[0-9](?:\\.[0-9])?" )49[56](?= \\d)`;

/** `error:0A00045C:`; accepted where its reason is an alert. */
export const opensslErrorCode = `${WORD_BEFORE}error:[0-9A-F]{8}(?=:)`;

/** `SSL alert number 42`. */
export const alertNumber = `${WORD_BEFORE}SSL alert number \\d{1,3}${WORD_AFTER}`;

const alertNames = [...alerts].filter((alert) => alert.number !== 0).map((alert) => alert.name.replace(/_/g, " ")).sort((a, b) => b.length - a.length);

/** `tlsv13 alert certificate required`, and `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED` of Node.js. */
export const opensslAlertName = `${WORD_BEFORE}(?:(?:sslv3|tlsv1|tlsv13|tlsv1\\.[123]|ssl\\/tls) alert (?:${alertNames.join("|")})`
  + `|ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(?:${alertNames.map((name) => name.replace(/ /g, "_")).join("|")}))${WORD_AFTER}`;

/** `TLSv1.2 (IN), TLS alert, handshake failure (552):` of curl; 512 + number is a fatal alert, 256 + number a warning. */
export const curlAlert = "\\((?:IN|OUT)\\), TLS alert, [^()\\r\\n]{1,40}\\(\\d{1,3}\\)";

/** `*** Received alert [40]` of gnutls-cli. */
export const gnutlsAlert = `${WORD_BEFORE}Received alert \\[\\d{1,3}\\]`;

/** Alerts by the names of NSS, which Firefox and Thunderbird show, each with its offset from the first of NSS's numbers (sslerr.h). */
const NSS_ALERTS: readonly (readonly [name: string, alert: number, offset: number])[] = [
  ["HANDSHAKE_FAILURE", 40, 61], ["BAD_CERT", 42, 17], ["UNSUPPORTED_CERT", 43, 63], ["REVOKED_CERT", 44, 18], ["EXPIRED_CERT", 45, 19], ["CERTIFICATE_UNKNOWN", 46, 64],
  ["ILLEGAL_PARAMETER", 47, 62], ["UNKNOWN_CA", 48, 93], ["ACCESS_DENIED", 49, 94], ["DECODE_ERROR", 50, 95], ["DECRYPT_ERROR", 51, 96], ["INSUFFICIENT_SECURITY", 71, 99],
  ["INTERNAL_ERROR", 80, 100], ["RX_CERTIFICATE_REQUIRED", 116, 181],
];

/** The number of an alert by its name in NSS. */
export const nssAlerts: Readonly<Record<string, number>> = Object.fromEntries(NSS_ALERTS.map(([name, alert]) => [name, alert]));

/** SSL_ERROR_BASE of NSS. */
const NSS_BASE = -0x3000;

/** What NSS's numbers stand for, by the number as printed: an alert, or the name of an error. */
export const nssNumbers: Readonly<Record<string, number | string>> = {
  ...Object.fromEntries(NSS_ALERTS.map(([, alert, offset]) => [String(NSS_BASE + offset), alert])),
  [String(NSS_BASE + 3)]: "SSL_ERROR_NO_CERTIFICATE", [String(NSS_BASE + 66)]: "SSL_ERROR_SIGN_HASHES_FAILURE",
};

/** `NSS error -12271`, `SSL Library Error: -12195`, `(Error code: -12227)`: a number of NSS beside a word that says what it is. */
export const nssNumber = `(?<=(?:error|nss|nspr|ssl|code|fehler|handshake)[^\\d\\r\\n]{0,40})(?<![\\w.])(?:${Object.keys(nssNumbers).join("|")})(?!\\w|[.,]\\d)`;

/** `SSL_ERROR_BAD_CERT_ALERT`. */
export const nssAlert = `${WORD_BEFORE}SSL_ERROR_(?:${Object.keys(nssAlerts).join("|")})_ALERT${WORD_AFTER}`;

/** `Received fatal alert: bad_certificate` of Java, `received fatal alert: CertificateRequired` of rustls, `remote error: tls: bad certificate` of Go, `the remote party sent a TLS alert: 'HandshakeFailure'` of .NET. */
export const namedAlert = `${WORD_BEFORE}(?:(?:received fatal alert|remote error: tls): [A-Za-z_ ]{4,40}|remote party sent a TLS alert: ['"\\u2018\\u201C]?[A-Za-z]{4,40})`;

/** The number in the text of Schannel's events 36887 (received) and 36888 (generated). */
export const eventAlert = `${WORD_BEFORE}(?:fatal alert was received|fatal alert was generated|protocol defined fatal alert code is|protocol defined fatal error code is):? {0,2}\\d{1,3}${WORD_AFTER}`;

const eventIds = errorCodes.filter((code) => code.family === "schannel-event").map((code) => code.decimal).join("|");

/** The word for an event in the languages of Windows' event viewer and in the names of fields. */
const EVENT = "(?:\\bevents?|ereignis|\\beventos?|[ée]v[ée]nements?|gebeurtenis|zdarzeni[ae]|событи[ея]|事件|イベント|이벤트)";
/** What stands between that word, or the id of a list or record, and the number. */
const IS = "[ \\t\\u00A0:=#>('\"\\[\\uFF1A]{0,20}";
/** Other numbers before it: `36887, 36888`, `36885 und 36870`. */
const OTHERS = "(?:\\d{4,5}(?:[,/&]|[ \\t](?:and|or|und|oder|et|ou|y|e|en|i))[ \\t]{0,2}){0,6}";
/** The source as the event log names it. */
const SCHANNEL = "(?:Microsoft-Windows-)?schannel";
const EVENT_NUMBER = `(?<![\\w.]|\\d,)(?:${eventIds})(?![\\d]|[.,]\\d)`;

/**
 * `Event ID: 36885`, `Ereignis-ID: 36885`, `<EventID>36887</EventID>`, `EventCode=36887`, `Schannel 36870`, `36870 (Schannel)`, `Schannel,36885` of a list of
 * values, `Id : 36887` on a line of its own, `"Id": 36887` in a record that names Schannel. Other ids, of processes or orders, are as long.
 */
export const namedEventId = `(?=\\d{5})(?<=schannel[^\\d\\r\\n]{0,24}${OTHERS}|${EVENT}[ \\t\\u00A0._-]{0,2}(?:ids?|kennung|codes?|number|nummer|num[ée]ro|no|nr)?[.]?(?:>| [A-Za-z]{1,12}=['"][^'"\\r\\n]{0,12}['"]>)?${IS}${OTHERS}`
  + `|(?<![^\\r\\n])[ \\t]{0,8}(?:instance)?id[ \\t]{1,30}:[ \\t]{1,4}|schannel[^\\r\\n]{0,400}\\b(?:instance)?id${IS}|\\b(?:instance)?id${IS}(?=\\d{5}[^\\r\\n]{0,400}schannel)`
  + `|["',;\\t]${SCHANNEL}["',;\\t][^\\r\\n]{0,400}[,;]["']?(?=\\d{5}["',;])|(?<=[,;\\t]["']?|(?<![^\\r\\n])["']?)(?=\\d{5}["']?[,;\\t][^\\r\\n]{0,400}[,;\\t]["']?${SCHANNEL}(?:["',;\\t]|(?![^\\r\\n])))`
  + `|(?<!(?:process|thread|pid|tid)[ \\t:=#]{1,3})(?=\\d{5}[ \\t,;|("']{1,12}(?:(?:from|of|by|von|vom|de|di|van) )?["']?${SCHANNEL}(?![a-z])))${EVENT_NUMBER}`;

/** The number behind the name of a field, and nothing else in the line: `"Id":  36885,`, `Händelse-ID:   36885`. */
const EVENT_FIELD = `(?<=(?<![^\\r\\n])[> \\t]{0,16}["']?(?![^:=\\r\\n]{0,40}(?:process|thread|record|index|pid|tid|port|time|size|count|line|order))[^\\d\\r\\n:=,;|]{2,40}[:=\\uFF1A][ \\t\\u00A0]{0,20}["']?)${EVENT_NUMBER}(?=["']?,?[ \\t]{0,8}(?![^\\r\\n]))`;
/** The number behind the time in a row of a table: `20.11.2026 09:11:12          36885 Warning          When asking …`. */
const EVENT_ROW = `(?<=\\d:\\d\\d(?:[ \\t][AP]\\.?M\\.?)?[ \\t]{2,40})${EVENT_NUMBER}(?=[ \\t]{1,20}[^\\s\\d])`;

/** The id of an event: what is not named as one counts where its record or table names Schannel. */
export const eventId = `${namedEventId}|(?=\\d{5})(?:${EVENT_FIELD}|${EVENT_ROW})`;

// Apache prints a colon behind a number of its log; without one somebody speaks of it.
function sentenceBody(known: string): string {
  return /^AH\d{5}$/.test(known) ? `${known}(?=:)` : literal(known);
}

/** One fixed sentence. */
export function oneSentence(known: string): string {
  return `${WORD_BEFORE}${sentenceBody(known)}${WORD_AFTER}`;
}

/** Any of the fixed sentences. */
export const sentence = `${WORD_BEFORE}(?:${knownSentences.map((known) => sentenceBody(known.sentence)).join("|")})${WORD_AFTER}`;

// A separator and the first character of a value must follow a setting's name; otherwise the name is just a word of the text.
const ASSIGN = `${B}{0,8}[=:]${B}{0,4}["'\\u201C\\u201D\\u201E]?`;

/** Comma list of IIS's SSL flags. */
export const flagsValue = `(?:Ssl[A-Za-z0-9]{0,20}|None|Deny)(?:${B}{0,2}[,|]${B}{0,2}(?:Ssl[A-Za-z0-9]{0,20}|None|Deny)){0,8}`;

/** `sslFlags="Ssl, SslRequireCert"`. */
export const flagsSetting = `${WORD_BEFORE}sslFlags(?=${ASSIGN}(?:Ssl|None|Deny))`;

/** `Negotiate Client Certificate : Disabled` of netsh: the value is the rest of the line. */
export const netshSetting = `${WORD_BEFORE}(?:Negotiate Client Certificate|Ctl Store Name|Ctl Identifier|Verify Client Certificate Revocation)(?=${B}{0,60}:${B}{0,4}[!-9;<>-~\\u00A1-\\uFFFF])`;

const REGISTRY_VALUES = "EventLogging|CertificateMappingMethods|SendTrustedIssuerList|SendTrustedIssuers|ClientAuthTrustMode|ClientMinKeyBitLength|DisableRenegoOnServer|DisableRenegoOnClient|uploadReadAheadSize";
const NUMBER_ASSIGN = `(?:${ASSIGN}|${B}{1,8}REG_[A-Z]{2,12}${B}{1,8})`;

/**
 * `SendTrustedIssuerList    REG_DWORD    0x1`, `SendTrustedIssuerList = 0`, `"SendTrustedIssuerList"=dword:00000001`; 1A04 is the number of a
 * setting of the zones of Windows, and a word of the registry only.
 */
export const numberSetting = `${WORD_BEFORE}(?:(?:${REGISTRY_VALUES})(?=${NUMBER_ASSIGN}(?:0x[0-9a-f]|\\d))|(?:${REGISTRY_VALUES}|1A04)"?(?==dword:[0-9a-f]{8}${WORD_AFTER})|1A04(?=${B}{1,8}REG_DWORD${B}{1,8}0x[0-9a-f]))`;

const DIRECTIVES = "ssl_verify_client|ssl_verify_depth|ssl_client_certificate|ssl_trusted_certificate|SSLVerifyClient|SSLVerifyDepth" +
  "|SSLRenegBufferSize|SSLCACertificateFile|SSLCADNRequestFile|ClientSignatureAlgorithms|SignatureAlgorithms";

/** `ssl_verify_client on;`, `SSLVerifyClient require`, `ClientSignatureAlgorithms = …`: directives stand at the start of a line. */
export const directiveSetting = `(?<![^\\r\\n \\t>|][ \\t>|]{0,40})(?:${DIRECTIVES})(?=${B}{1,8}(?:=${B}{0,4})?["']?[!#-&(-9<>-~\\u00A1-\\uFFFF])`;

/** `…\\FeatureControl\\FEATURE_CLIENTAUTHCERTFILTER`: a key of the registry; its values stand below it. */
export const featureSetting = `${WORD_BEFORE}FEATURE_CLIENTAUTHCERTFILTER${WORD_AFTER}`;

/** Between a setting's name and its value: `=`, `:`, `REG_DWORD`, or blanks alone. */
export const settingSeparator = `=dword:|${B}{0,60}(?:[=:]${B}{0,4}|REG_[A-Z]{2,12}${B}{1,8})|${B}{1,8}`;

const settingNames = new Map([
  "sslFlags", "Negotiate Client Certificate", "Ctl Store Name", "Ctl Identifier", "Verify Client Certificate Revocation", "1A04", "FEATURE_CLIENTAUTHCERTFILTER", ...REGISTRY_VALUES.split("|"), ...DIRECTIVES.split("|"),
].map((name) => [name.toLowerCase(), name]));

/** A setting's name in its own spelling, however it is printed: `SSLFLAGS` is `sslFlags`. */
export function settingName(printed: string): string {
  const name = printed.replace(/"$/, "");
  return settingNames.get(name.toLowerCase()) ?? name;
}

/** All pieces of evidence in order of priority, by the name of their token. */
export const evidencePatterns = {
  ServerVerifyResult: serverVerifyResult,
  ClientVerifyWords: clientVerifyWords,
  ClientVerify: clientVerify,
  HaproxyLeafResult: haproxyLeafResult,
  HaproxyCaResult: haproxyCaResult,
  HaproxyFailure: haproxyFailure,
  VerifyLookup: verifyLookup,
  Sentence: sentence,
  HexCode: hexCode,
  BareHexCode: bareHexCode,
  DecimalCode: decimalCode,
  SymbolicName: symbolicName,
  WinHttpNumber: winHttpNumber,
  SubstatusInWords: substatusInWords,
  CertificateSubstatus: certificateSubstatus,
  OtherSubstatus: otherSubstatus,
  StatusLine: statusLine,
  PageStatus: pageStatus,
  LogTail: logTail,
  AccessLogStatus: accessLogStatus,
  OpensslErrorCode: opensslErrorCode,
  AlertNumber: alertNumber,
  OpensslAlertName: opensslAlertName,
  CurlAlert: curlAlert,
  GnutlsAlert: gnutlsAlert,
  NssAlert: nssAlert,
  NssNumber: nssNumber,
  NamedAlert: namedAlert,
  EventAlert: eventAlert,
  EventId: eventId,
  FlagsSetting: flagsSetting,
  NetshSetting: netshSetting,
  NumberSetting: numberSetting,
  DirectiveSetting: directiveSetting,
  FeatureSetting: featureSetting,
} as const;

export type EvidenceKind = keyof typeof evidencePatterns;
