import { errorCodes, signedDecimal } from "../../src/model/error-codes.ts";
import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { meaningOf } from "./meaning.ts";
import { evidencePatterns, type EvidenceKind } from "./patterns.ts";
import { knownSentences } from "./sentences.ts";

// Blanks of a sentence may be no-break spaces, so its longest word stands for it, if that is long enough to be rare.
function landmarkOf(sentence: string): string {
  const longest = sentence.split(/[ '-]/).reduce((best, word) => (word.length > best.length ? word : best), "");
  return longest.length < 9 ? sentence : longest;
}

// The first five characters tell these numbers from nearly all others.
const numbers = errorCodes.filter((code) => code.family === "hresult" && (code.decimal as number) > 0x7fffffff)
  .flatMap((code) => [String(code.decimal).slice(0, 5), String(signedDecimal(code)).slice(0, 5)]);
const eventIds = errorCodes.filter((code) => code.family === "schannel-event").map((code) => String(code.decimal));

/**
 * Strings, in the case in which programs print them, of which every claimed line holds at least one. Large inputs are searched for them and
 * kept around them, so they must be rare in logs of other things: no bare `403`, which is also a time and a length.
 */
export const landmarks: readonly string[] = [...new Set([
  "0x8009", "0X800", "0x800b", "0x800B", "0x8010", "0x8007", "0x0009032", "=\"800", "=800", "=\"00090320", ...numbers, ...eventIds,
  "SEC_E_", "SEC_I_INCOMPLETE", "NTE_", "CERT_E_", "CRYPT_E_", "SCARD_", "TRUST_E_", "X509_V_ERR_", "WSAECONNRESET", "WINHTTP_CLIENT", "WinHTTP",
  "403.", "401.", "413.1", "500.0", "substatus", "subcode", "sub-status", "sub-code", "sub status", "sub code", " 403 ", " 401 ", " 413 ", " 500 ", "HTTP/",
  "Forbidden", "Unauthorized", "Too Large", "Bad Request", "SSL certificate", "SSL Certificate",
  "error:0", "error:1", "SSL alert", "v3 alert", "v1 alert", "v13 alert", ".1 alert", ".2 alert", ".3 alert", "tls alert", "TLS alert,", "eceived alert", "fatal ", "remote error: tls",
  "sslFlags", "Negotiate Client", "Ctl Store", "Ctl Identifier", "Client Certificate Revocation",
  "SendTrustedIssuer", "ClientAuthTrustMode", "ClientMinKeyBitLength", "DisableRenegoOn", "uploadReadAheadSize",
  "ssl_verify_", "ssl_client_certificate", "ssl_trusted_certificate", "SSLVerify", "SSLRenegBufferSize", "SSLCA", "SignatureAlgorithms", "Certificate Verification",
  ...knownSentences.map((known) => landmarkOf(known.sentence)),
])];

const mayCarry = new RegExp(landmarks.map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|"), "g");
const patterns = (Object.entries(evidencePatterns) as [EvidenceKind, string][]).map(([kind, source]) => ({ kind, pattern: new RegExp(source, "gi") }));

// Lines that certutil, s_client and STRACE print themselves: their own formats read them, with more around them.
const OF_ANOTHER_FORMAT = /^[> \t]{0,8}(?:CertUtil: |verify error:num=)| test FAILED: | exited with value : |WSAGetLastError = /;

function carriesEvidence(line: string): boolean {
  if (OF_ANOTHER_FORMAT.test(line)) return false;
  for (const { kind, pattern } of patterns) {
    for (const match of line.matchAll(pattern)) if (meaningOf(kind, match[0], line) !== null) return true;
  }
  return false;
}

/** Claims the lines that carry a code, a status, an alert, an event or a setting; neighbouring lines make one passage. */
export function claim(source: SourceText): readonly Passage[] {
  const passages: Passage[] = [];
  const { text, lineStarts } = source;
  let line = 0;
  let last = -2;
  mayCarry.lastIndex = 0;
  for (let hit = mayCarry.exec(text); hit !== null; hit = mayCarry.exec(text)) {
    while (line + 1 < lineStarts.length && (lineStarts[line + 1] as number) <= hit.index) line++;
    const span = lineSpan(source, line);
    if (carriesEvidence(text.slice(span.start, span.end))) {
      const before = passages.at(-1);
      if (last === line - 1 && before !== undefined) passages[passages.length - 1] = { ...before, span: { ...before.span, end: span.end } };
      else passages.push({ format: "traces", section: "evidence", span });
      last = line;
    }
    mayCarry.lastIndex = Math.max(span.end, hit.index + 1);
  }
  return passages;
}
