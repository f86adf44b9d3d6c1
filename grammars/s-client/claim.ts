import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

// Line starts that only s_client prints. Compared after the prefix of the line (blanks, `> `, ` * `) is taken off.
const STRONG: readonly string[] = [
  "CONNECTED(", "No client certificate CA names sent", "Acceptable client certificate CA names", "Client Certificate Types:",
  "Requested Signature Algorithms:", "Shared Requested Signature Algorithms:", "Peer signing digest:", "Peer signature type:", "Server Temp Key:", "Peer Temp Key:",
  "SSL handshake has read ", "SSL-Session:", "Verify return code:", "verify error:num=", "verify return:", "depth=", "no peer certificate available",
  "CONNECTION ESTABLISHED", "SSL_connect:", "SSL3 alert read:", "SSL3 alert write:", "Secure Renegotiation IS ", "Post-Handshake New Session Ticket arrived",
  "Verification: OK", "Verification error:", "Can't use SSL_get_servername", "This TLS version forbids renegotiation", "Negotiated TLS1.3 group:",
  "drop connection and then reconnect", "Server public key is ", "Early data was ", "Resumption PSK:", "TLS session ticket", "Session-ID-ctx:", "Extended master secret:",
];
const STRONG_PATTERN = /^(?:(?:New|Reused), [^\r\n]{1,40}Cipher is |(?:<<<|>>>|(?:&lt;){3}|(?:&gt;){3}) (?:TLS|SSL|DTLS|\?\?\?)[^\r\n]{0,30}(?:\[length|RecordHeader|Handshake)|(?:read from|write to) 0x[0-9a-f]{1,16} \[|(?:Sent|Received) Record(?![^\r\n])|Can[^a-z]{1,6}t use SSL_get_servername)/;
// Lines that belong to a transcript when they stand beside a strong one.
const WEAK: readonly string[] = [
  "Requested Signature", "Client Certificate Type", "Shared Requested",
  "Certificate chain", "Server certificate", "subject=", "issuer=", "i:", "a:PKEY:", "v:NotBefore:", "---", "\u2014", "\u2013", "Compression:", "Expansion:", "No ALPN negotiated", "ALPN protocol:",
  "Protocol", "Cipher", "Session-ID", "Master-Key:", "Key-Arg", "PSK identity", "SRP username", "Krb5 Principal", "Start Time:", "Timeout", "Max Early Data:", "Keying material",
  "closed", "DONE", "RENEGOTIATING", "RECONNECTING", "KEYUPDATE", "read R BLOCK", "read X BLOCK", "write W BLOCK", "read:errno=", "write:errno=", "connect:", "notAfter=", "notBefore=",
  "Connecting to ", "verify depth is ", "SCTs present", "OCSP response", "Verified peername", "Hash used:", "Signature type:", "Ciphersuite:", "Peer certificate:", "Protocol version:",
  "Supported Elliptic", "Header:", "Version = ", "Content Type = ", "Length = ", "CLIENT_RANDOM ", "WARNING: can't open config file", "Can't open config file", "Loading 'screen'",
  "unable to ", "error setting ", "error loading ", "Error ", "Could not ", "Can't open ", "gethostbyname failure", "getaddrinfo:", "s_client: ", "unknown option ", "OpenSSL ", "LibreSSL ", "Enter pass",
  "-----BEGIN", "-----END", "\u2014\u2013BEGIN", "\u2014\u2013END", "Length: ", "Label: ", "SRTP", "Next protocol", "DANE ", "220 ", "220-", "221 ", "250 ", "250-", "didn't f", "QUIT", "EHLO ", "Q", "R", "poll error",
];
const WHOLE_LINE = new Set(["Certificate chain", "Server certificate", "closed", "DONE", "RENEGOTIATING", "RECONNECTING", "KEYUPDATE", "Header:", "Q", "R", "QUIT"]);
const WEAK_PATTERN = /^(?:[0-9]{1,2} s:|[0-9A-Fa-f]{1,20}:error:|error:[0-9A-F]{8}:|[0-9a-fA-F]{4,8} - [0-9a-f<]|[0-9a-f]{2}(?: [0-9a-f]{2}){0,31} *(?![^\r\n])|[A-Za-z0-9+/]{40,80}={0,2} *(?![^\r\n])|[-\u2013\u2014]{2,7}(?:BEGIN|END) [A-Z ]{3,40}[-\u2013\u2014]|(?:CLIENT|SERVER|EXPORTER)_[A-Z_0-9]{5,40} [0-9a-f]{16}|(?:GET|POST|HEAD|PUT|OPTIONS|PROPFIND) +[/*h]|HTTP\/[0-9])/;
const NAME = /^(?:\u2026|\.{3})?\/?(?:[A-Za-z][A-Za-z0-9]{0,40}|[0-2](?:\.[0-9]{1,12}){2,20}) {0,26}= ?(?![=>])/;
const HEADING = "Acceptable client certificate CA names";
const ELISION = /^[[(<]{0,2} ?(?:\.{2,6}|\u2026|snip\w{0,4}|cut|truncated|omitted)[^=\r\n]{0,60}(?![^\r\n])|^[[<][^\]>\r\n]{1,80}[\]>] *(?![^\r\n])/i;

// Where the output of another tool or of the next command begins.
const FOREIGN = /^(?:={4,40} ?(?:Certificate|Zertifikat|Certificat|CERT_SELECT|Begin|Nesting)|(?:my|root|ca|trust) "|[A-Za-z]:\\[^>\r\n]{0,120}> ?(?!openssl)[a-z]|(?:PS )?[A-Za-z]:\\[^>\r\n]{0,120}> ?certutil|certutil(?:\.exe)?[ :]|CertUtil: |CertSelectCertificateChains|Cert(?:Get|Find|Open)[A-Z][A-Za-z]{5,40} |dwFlags ?:|Processed [0-9]{1,6} CA cert|- (?:Certificate|Status|Description|Peer's|Server's)|\|<[0-9]{1,2}>\||\* (?:TLSv|SSL conn|ALPN|Connected to|Trying|Server certificate:|  ?subject|  ?issuer)|curl (?:-|http)|gnutls-cli |[^\s@]{1,40}@[^\s:]{1,60}[:~][^\r\n$#]{0,80}[$#] ?(?!openssl)[a-z])/;
// A typed s_client, with or without a prompt.
const COMMAND = /openssl(?:\.exe)?["']? {1,4}s_client(?:["']|$| +[-\u2013\u2014|<>&2])/i;
// Lines that open a run; prose before them ends the previous passage.
const OPENING = /^(?:CONNECTED\(|Connecting to |depth=|Can[^a-z]{1,6}t use SSL_get_servername)/;

// How many lines that nobody knows may stand between two known ones, and inside the body of an answer.
const GAP = 30;
const BODY_GAP = 4000;

type Kind = "fence" | "strong" | "weak" | "name" | "blank" | "foreign" | "command" | "elision" | "other";

const PREFIX = /^(?:[ \t\u00A0\u2002-\u200B\u202F\u3000\uFEFF]|&nbsp;|[|]|>(?!>> ?(?:TLS|SSL|DTLS|\?))|&gt;(?!(?:&gt;){2} ?(?:TLS|SSL|DTLS|\?))|[*#](?=[ \t](?!(?:TLSv|SSL conn|ALPN|Connected to|Trying|Server certificate:)))|\/\/(?=[ \t])|<\/?(?:pre|code|p|li|div|samp|tt|b|span|blockquote)>|\x1B\[[0-9;]{0,12}[A-Za-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9:]{4,5})?(?=[ \t])){1,200}/;

const ODD_BLANKS = /[\u00A0\u2002-\u200B\u202F\u3000]|&nbsp;/g;

/** A line for comparison only: without its prefix, with plain blanks. */
function bareLine(source: SourceText, index: number): string {
  const { start, end } = lineSpan(source, index);
  // No landmark stands further right than this.
  const line = source.text.slice(start, Math.min(end, start + 700));
  return line.replace(PREFIX, "").replace(ODD_BLANKS, " ");
}

function kindOf(line: string): Kind {
  if (line === "" || /^[ \t\u00A0]*$/.test(line)) return "blank";
  if (/^(?:`{3,5}|~{3,5})/.test(line)) return "fence";
  if (COMMAND.test(line)) return isTyped(line) ? "command" : "other";
  if (FOREIGN.test(line)) return "foreign";
  if (STRONG.some((start) => line.startsWith(start)) && !isSentence(line)) return "strong";
  if (STRONG_PATTERN.test(line)) return "strong";
  if (WEAK.some((start) => line.startsWith(start) && (!WHOLE_LINE.has(start) || line.trimEnd() === start))) return "weak";
  if (WEAK_PATTERN.test(line) || /HTTP\/[0-9](?:\.[0-9])?[ \u00A0]{1,3}[1-5][0-9]{2}(?![0-9])/.test(line)) return "weak";
  if (NAME.test(line)) return "name";
  if (ELISION.test(line)) return "elision";
  return "other";
}

/** Prose that quotes a label at its start: `No client certificate CA names sent means that …`. */
function isSentence(line: string): boolean {
  return /^(?:No client certificate CA names sent|Acceptable client certificate CA names|no peer certificate available)["\u201D']? {1,2}(?:[a-z]|\()/.test(line);
}

function isTyped(line: string): boolean {
  const before = line.slice(0, line.search(COMMAND));
  const words = before.replace(/^.*&gt;/, "").replace(/.*[|$#>%\u276F\u279C]/, "").trim().split(/\s+/).filter((word) => word !== "");
  return words.length <= 1 || words.every((word) => /^(?:sudo|time|winpty|exec|timeout|[0-9]+s?|PS|[A-Z_]+=\S*|["'(`]?\S*[\\/]?)$/.test(word) && !/^[a-z]{3,}$/.test(word.replace(/^(?:sudo|time|winpty|exec|timeout)$/, "")));
}

/** A line of prose: several words and the end of a sentence, or many words. */
function isProse(line: string): boolean {
  const words = line.trim().split(/[ \u00A0]+/).filter((word) => /^[("'\u201C]?[\p{L}'\u2019-]{1,30}[)"'\u201D,.:;!?]{0,3}$/u.test(word)).length;
  return words >= 9 || (words >= 4 && /[.:?!)]["\u201D']?\s*$/.test(line));
}

/**
 * Finds the transcripts in a text, whole lines each. A passage holds at least one line that only s_client prints; typed requests, bodies of answers,
 * PEM and dumps between such lines belong to it; prose, a certutil listing and the output of other programs end it.
 */
export function claim(source: SourceText): readonly Passage[] {
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const kinds: Kind[] = [];
  let first = -1;
  let last = -1;
  let strong = false;
  let commands = 0;
  let hard = 0;
  let gap = 0;
  let prose = false;
  let complete = false;
  let connected = false;
  let body = false;
  let html = false;
  let tree = false;
  let list = false;

  const close = (): void => {
    if (first >= 0 && (strong || (commands > 0 && hard > 0))) {
      passages.push({
        format: "s_client", section: "transcript",
        span: { source, start: source.lineStarts[first] as number, end: lineSpan(source, last).end },
      });
    }
    first = last = -1;
    strong = body = html = tree = list = prose = complete = connected = false;
    commands = hard = gap = 0;
  };
  const take = (index: number): void => {
    if (first < 0) first = startAbove(kinds, index, source);
    last = index;
    gap = 0;
    prose = false;
  };

  for (let index = 0; index < count; index++) {
    const line = bareLine(source, index);
    const kind = kindOf(line);
    kinds.push(kind);
    if (kind === "blank") {
      if (tree) tree = false;
      continue;
    }
    if (kind === "foreign" && !html) {
      close();
      continue;
    }
    if (kind === "fence") {
      // The end of a quoted block ends the passage; a command may stand in a block of its own above its output.
      if (strong) close();
      continue;
    }
    if (kind === "command") {
      close();
      first = last = index;
      commands++;
      // The continuation lines of a long command: `\`, `^` or a backtick at the end.
      let at = index;
      while (at + 1 < count && at - index < 30 && /[\\^`][ \t]*$/.test(lineText(source, at))) {
        kinds.push("weak");
        at++;
      }
      last = at;
      index = at;
      continue;
    }
    if (html && !/^(?:SSL handshake has read|CONNECTED\(|Certificate chain)/.test(line)) {
      take(index);
      if (/(?:<|&lt;)\/html(?:>|&gt;)/i.test(line)) html = false;
      continue;
    }
    if (kind === "strong") {
      if (first >= 0 && prose && (gap > GAP || (OPENING.test(line) && (complete || (connected && line.startsWith("CONNECTED(")))))) close();
      if (first >= 0 && gap > (body ? BODY_GAP : GAP)) close();
      take(index);
      strong = true;
      if (line.startsWith("SSL handshake has read") || line.startsWith("Verify return code")) complete = true;
      if (line.startsWith("CONNECTED(")) connected = true;
      body = html = false;
      tree = /^(?:Sent|Received) Record/.test(line) || line.startsWith("SCTs present");
      list = line.startsWith(HEADING);
      continue;
    }
    if (first < 0) continue;
    if (kind === "weak") {
      if (prose && !body && /^(?:OpenSSL |LibreSSL |Error |Could not |unable to |220 |250 |Cipher|Protocol|Timeout)/.test(line)) {
        gap++;
        continue;
      }
      if (prose && !body) {
        if (gap > 3) continue;
      }
      take(index);
      hard++;
      if (/HTTP\/[0-9](?:\.[0-9])?[ \u00A0]{1,3}[1-5][0-9]{2}/.test(line)) body = true;
      if (/^(?:GET|POST|HEAD|PUT|OPTIONS|PROPFIND) /.test(line)) body = true;
      if (/^Header:/.test(line)) tree = true;
      continue;
    }
    if (/^(?:<|&lt;)(?:!DOCTYPE html|html)/i.test(line)) html = true;
    if (html || tree) {
      take(index);
      if (/(?:<|&lt;)\/html(?:>|&gt;)/i.test(line)) html = false;
      continue;
    }
    if (kind === "name" && (list || gap === 0)) {
      take(index);
      continue;
    }
    if (kind === "elision" && gap === 0) {
      take(index);
      continue;
    }
    if (body && !isProse(line)) {
      // Headers, a body in plain text, the rest of a dump that an answer was written into.
      if (gap === 0 && /^(?:[A-Za-z][\w-]{0,60}: |[<{[]|[0-9a-f -]{6,60} {2,4}|[^ ]{1,60}$)/.test(line)) take(index);
      else gap++;
      continue;
    }
    // The rest of a line that a mail or a terminal broke.
    if (gap === 0 && kinds[index - 1] !== "blank" && lineText(source, index - 1).length >= 50 && kinds[index - 1] !== "other" && !isProse(line)) {
      take(index);
      continue;
    }
    gap++;
    if (isProse(line)) prose = true;
    if (gap > (body ? BODY_GAP : GAP)) close();
  }
  close();
  return passages;
}

function lineText(source: SourceText, index: number): string {
  const { start, end } = lineSpan(source, index);
  return source.text.slice(start, end);
}

/** The first line of the known ones directly above line `index`: a transcript that begins inside PEM or a chain starts there. */
function startAbove(kinds: readonly Kind[], index: number, source: SourceText): number {
  let start = index;
  let blanks = 0;
  for (let at = index - 1; at >= 0; at--) {
    const kind = kinds[at];
    if (kind === "blank") {
      if (++blanks > 2) break;
      continue;
    }
    // The broken-off end of a long line.
    const above = kinds[at - 1];
    if (kind === "other" && (above === "weak" || above === "name") && lineText(source, at - 1).length >= 60 && !isProse(bareLine(source, at))) continue;
    if (kind !== "weak" && kind !== "name") break;
    if (kind === "name" && !/^(?:subject|issuer)/.test(bareLine(source, at)) && blanks > 0) break;
    start = at;
    blanks = 0;
  }
  return start;
}
