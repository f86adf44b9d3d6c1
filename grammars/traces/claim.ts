import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { meaningOf } from "./meaning.ts";
import { evidencePatterns, type EvidenceKind } from "./patterns.ts";
import { knownSentences } from "./sentences.ts";

// A sentence is found by its longest word: its blanks may be no-break spaces.
function longestWord(sentence: string): string {
  return sentence.split(/[ '-]/).reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

/** Strings, in the case in which programs print them, of which every claimed line holds at least one. */
export const landmarks: readonly string[] = [...new Set([
  "0x8", "0X8", "-214", "2147", "2148", "=\"800", "=800", "=\"00090320", "0x0009032",
  "SEC_", "NTE_", "CERT_E_", "CRYPT_E_", "SCARD_", "TRUST_E_", "X509_V_ERR_", "WSAECONNRESET", "WINHTTP_CLIENT", "WinHTTP",
  "403", "401", "413", "400", "495", "496", "500.0", "500 ", "HTTP/", "error:", "alert", "remote error", "3686", "3687", "3688",
  "sslFlags", "Negotiate", "Ctl", "Revocation", "SendTrustedIssuer", "ClientAuthTrustMode", "ClientMinKeyBitLength", "DisableRenegoOn", "uploadReadAheadSize",
  "ssl_verify_", "ssl_client_certificate", "ssl_trusted_certificate", "SSLVerify", "SSLRenegBufferSize", "SSLCA", "ClientSignatureAlgorithms", "Verification",
  ...knownSentences.map((known) => longestWord(known.sentence)),
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
