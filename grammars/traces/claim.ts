import { errorCodes, signedDecimal } from "../../src/model/error-codes.ts";
import { lineSpan, type SourceText, type Span } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { remembering } from "../shared/remembering.ts";
import { isOtherNumber } from "./event-number.ts";
import { meaningOf } from "./meaning.ts";
import { evidencePatterns, nssNumbers, oneSentence, type EvidenceKind } from "./patterns.ts";
import { knownSentences } from "./sentences.ts";
import { isToldAsSolved } from "./solved.ts";

// Blanks of a sentence may be no-break spaces, so its longest word stands for it, if that is long enough to be rare.
function landmarkOf(sentence: string): string {
  const longest = sentence.split(/[ '-]/).reduce((best, word) => (word.length > best.length ? word : best), "");
  return longest.length < 9 ? sentence : longest;
}

// The first five characters tell these numbers from nearly all others.
const numbers = errorCodes.filter((code) => code.family === "hresult" && (code.decimal as number) > 0x7fffffff)
  .flatMap((code) => [String(code.decimal).slice(0, 5), String(signedDecimal(code)).slice(0, 5)]);
const eventIds = errorCodes.filter((code) => code.family === "schannel-event").map((code) => String(code.decimal));

/** For every kind of evidence the strings, in the case in which programs print them, of which each piece of it holds at least one or has one in its line. */
const landmarksOf: Readonly<Record<EvidenceKind, readonly string[]>> = {
  Sentence: knownSentences.map((known) => landmarkOf(known.sentence)),
  HexCode: ["0x8009", "0X800", "0x800b", "0x800B", "0x8010", "0X8010", "0x8007", "0x0009032", "0X0009032"],
  BareHexCode: ["=\"800", "='800", "=800", "=\"00090320"],
  DecimalCode: numbers,
  SymbolicName: ["SEC_E_", "SEC_I_INCOMPLETE", "NTE_", "CERT_E_", "CRYPT_E_", "SCARD_", "TRUST_E_", "X509_V_ERR_", "WSAECONNRESET", "WINHTTP_CLIENT"],
  WinHttpNumber: ["12044", "12185", "12186"],
  ServerVerifyResult: ["certificate verify error", "Certificate Verification"],
  ClientVerifyWords: ["FAILED:", "lient certificate verification failed at"],
  ClientVerify: ["verify=", "lient-Verify", "lient_verify", "LIENT_VERIFY", "lient-verify"],
  HaproxyLeafResult: ["/00000000"],
  HaproxyCaResult: ["/00000000"],
  HaproxyFailure: [": SSL handshake failure"],
  AccessLogStatus: ["\" 495 ", "\" 496 "],
  VerifyLookup: ["depth lookup"],
  SubstatusInWords: ["substatus", "subcode", "sub-status", "sub-code", "sub status", "sub code", "Substatus", "SubStatus", "Subcode"],
  CertificateSubstatus: ["403.7", "403.1"],
  OtherSubstatus: ["401.", "403.", "413.1", "500.0"],
  StatusLine: ["HTTP/"],
  PageStatus: ["Forbidden", "Unauthorized", "Too Large", "Bad Request", "SSL certificate", "SSL Certificate", "ssl certificate"],
  LogTail: [" 403 ", " 401 ", " 413 ", " 500 "],
  OpensslErrorCode: ["error:0", "error:1"],
  AlertNumber: ["SSL alert"],
  OpensslAlertName: ["v3 alert", "v1 alert", "v13 alert", ".1 alert", ".2 alert", ".3 alert", "tls alert", "ERR_SSL_"],
  CurlAlert: ["TLS alert,"],
  GnutlsAlert: ["eceived alert"],
  NssAlert: ["SSL_ERROR_"],
  NssNumber: Object.keys(nssNumbers),
  NamedAlert: ["fatal alert", "remote error: tls", "sent a TLS alert"],
  EventAlert: ["fatal alert", "fatal error"],
  EventId: eventIds,
  FlagsSetting: ["sslFlags"],
  NetshSetting: ["Negotiate Client", "Ctl Store", "Ctl Identifier", "Client Certificate Revocation"],
  NumberSetting: ["EventLogging", "CertificateMapping", "1A04", "SendTrustedIssuer", "ClientAuthTrustMode", "ClientMinKeyBitLength", "DisableRenegoOn", "uploadReadAheadSize"],
  DirectiveSetting: ["ssl_verify_", "ssl_client_certificate", "ssl_trusted_certificate", "SSLVerify", "SSLRenegBufferSize", "SSLCA", "SignatureAlgorithms"],
  FeatureSetting: ["FEATURE_CLIENTAUTH"],
};

/**
 * Every landmark once. Large inputs are searched for them and kept around them, so they must be rare in logs of other things: no bare `403`,
 * which is also a time and a length.
 */
export const landmarks: readonly string[] = [...new Set(Object.values(landmarksOf).flat())];

/** How one kind of evidence looks, and the strings that lead to it. */
interface Look {
  readonly kind: EvidenceKind;
  readonly source: string;
  readonly landmarks: readonly string[];
  /** Lower-case words that each line with it holds: looking for them is cheaper than compiling the pattern. */
  readonly words: readonly string[];
}

function wordsOf(sentence: string): readonly string[] {
  return sentence.toLowerCase().match(/[a-z]{4,}/g) ?? [];
}

// Each sentence is looked for alone: compiling the pattern of all takes longer than everything else that is done to a small input.
const looks: readonly Look[] = (Object.keys(evidencePatterns) as readonly EvidenceKind[]).flatMap((kind): readonly Look[] => (kind === "Sentence"
  ? knownSentences.map(({ sentence }) => ({ kind, source: oneSentence(sentence), landmarks: [landmarkOf(sentence)], words: wordsOf(sentence) }))
  : [{ kind, source: evidencePatterns[kind], landmarks: landmarksOf[kind], words: [] }]));
/**
 * The looks that a landmark leads to, asked for when it is found: an input holds few of them. At one place the longest landmark is found, so it
 * stands for those that it begins with.
 */
const looksOf = remembering(landmarks.length, (found) => looks.filter((look) => look.landmarks.some((landmark) => found.startsWith(landmark))));

const patterns = new Map<Look, RegExp>();
const mayCarry = new RegExp([...landmarks].sort((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|"), "g");

// Lines that certutil, s_client and STRACE print themselves: their own formats read them, with more around them.
const OF_ANOTHER_FORMAT = /^[> \t]{0,8}(?:CertUtil: |verify error:num=)| test FAILED: | exited with value : |WSAGetLastError = /;

// Lines of a program's source: they name what may happen. People begin lines with `if`, `case` and `raise` too, and Python prints bytes as b'…'.
const OF_SOURCE_CODE = new RegExp([
  "^[ \\t]{0,40}(?:#[ \\t]?define\\b",
  "case [\\w:.]{1,80}:[ \\t]{0,8}(?:$|[{\"'/]|(?:return|break|throw|goto|continue)\\b|[\\w.>-]{1,60}[ \\t]?[=(])",
  "(?:\\}[ \\t]?)?(?:else )?(?:if|elif|while)\\b.{1,200}(?:==|!=|\\.(?:includes|contains|startsWith|match)\\(|[\"')\\]] in [\\w.]{1,40}| in (?:[([{]|[\\w.]{1,40}(?=:$|\\)))).{0,200}[:{;)][ \\t]*$",
  "(?:throw new|raise) [\\w.:]{1,80}(?:\\(|\\{|$)", "\\+[ \\t]{1,40}.{0,200}(?:\\bthrow[ \\t]{1,4}[\"'($]|[ \\t]-(?:eq|ne|match|like|contains)[ \\t])", "(?:ap|ngx)_log_\\w{1,20}\\(", "[fru]{1,2}[\"']",
  "[A-Z][A-Z0-9_]{5,60}[ \\t]{0,40}=[ \\t]{0,40}(?:[\"'].{0,80}[\"']|[\\w.()|<-]{1,80}(?:[ \\t](?:[|+]|<<)[ \\t][\\w.()]{1,60}){0,3}),[ \\t]{0,8}(?:\\/[/*].*)?$|[A-Z][A-Z0-9_]{5,60}[ \\t]{0,40}=[ \\t]{0,4}\\d{1,3}[ \\t]{0,8}(?:\\/[/*].*)?$)",
  "\\bassert[A-Z]\\w{1,40}\\(", "\\bAPLOGNO\\(", "\\{[a-z_]\\w{0,40}(?:\\.[a-z_]\\w{0,40}){1,4}\\}", ":(?:exc|class|func|meth|ref|data|http:statuscode):`",
].join("|"));
const GENERAL_SPEECH = /\bmeans\b|\bfor example\b|\b(?:can|may|might) (?:also )?(?:occur|happen|appear)\b|\bif (?:you|your)\b|\breturns?\b[^.\r\n]{1,80}\b(?:when|if)\b|\bbedeutet\b/i;
// What somebody reports of his own, or a program printed with the time, is no general speech.
const OF_AN_ATTEMPT = /\b(?:I|I'm|we|We|my|My|our|Our|us|me|ich|Ich|wir|Wir|unser\w{0,2}|mein\w{0,2})\b|\d\d:\d\d:\d\d|\b(?:today|yesterday|this morning|since (?:(?:last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|last|this|the)|heute|gestern|seit)\b/;
/** A longer line is no sentence of a text, but a page or a record in one line. */
const LONGEST_SENTENCE = 400;

/** Code and guides tell what may be printed, not what was. */
function tellsOfNoAttempt(line: string): boolean {
  return line.length <= LONGEST_SENTENCE && (OF_SOURCE_CODE.test(line) || (GENERAL_SPEECH.test(line) && !OF_AN_ATTEMPT.test(line)));
}

/** The piece of evidence may stand anywhere in the line: before the landmark too. */
function carries(line: string, look: Look, span: Span): boolean {
  if (look.words.length > 0) {
    const lower = line.toLowerCase();
    if (!look.words.every((word) => lower.includes(word))) return false;
  }
  const pattern = patterns.get(look) ?? new RegExp(look.source, "gi");
  patterns.set(look, pattern);
  for (const match of line.matchAll(pattern)) {
    const at = span.start + match.index;
    if (meaningOf(look.kind, match[0], line) !== null && !isToldAsSolved(span.source, at) && !(look.kind === "EventId" && isOtherNumber(span.source, at))) return true;
  }
  return false;
}

/** Claims the lines that carry a code, a status, an alert, an event or a setting; neighbouring lines make one passage. */
export function claim(source: SourceText): readonly Passage[] {
  const passages: Passage[] = [];
  const { text, lineStarts } = source;
  let index = 0;
  let last = -2;
  mayCarry.lastIndex = 0;
  for (let hit = mayCarry.exec(text); hit !== null;) {
    while (index + 1 < lineStarts.length && (lineStarts[index + 1] as number) <= hit.index) index++;
    const span = lineSpan(source, index);
    const line = text.slice(span.start, span.end);
    const tried = new Set<Look>();
    let carried = false;
    let claimable = !OF_ANOTHER_FORMAT.test(line) && !tellsOfNoAttempt(line);
    while (hit !== null && hit.index < span.end) {
      for (const look of claimable ? looksOf(hit[0]) : []) {
        if (tried.has(look)) continue;
        tried.add(look);
        carried ||= carries(line, look, span);
      }
      claimable &&= !carried;
      mayCarry.lastIndex = claimable ? hit.index + 1 : span.end;
      hit = mayCarry.exec(text);
    }
    if (!carried) continue;
    const before = passages.at(-1);
    if (last === index - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end: span.end } };
    else passages.push({ format: "traces", section: "evidence", span });
    last = index;
  }
  return passages;
}
