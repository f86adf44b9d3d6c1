import { lineIndexAt, lineSpan, nextLineEnd, type SourceText, type Span } from "../text/source-text.ts";

/** What no output may repeat, redacted or not. */
export type SecretKind = "session" | "traffic" | "key" | "header" | "password" | "form";

export interface Secret {
  /** Half-open range of the text. */
  readonly start: number;
  readonly end: number;
  readonly kind: SecretKind;
}

// One look at a line decides whether the patterns below are worth trying.
const trigger = /master|psk|session|srp|krb5|key-arg|keying|ticket|cookie|authori|authentic|pass|pwd|\bpin\b|\botp\b|secret|token|csrf|assertion|saml|private|_random|\brsa |pfx|p12|certutil|curl|wget|:\/\/|bearer|ntlm|negotiate|kerberos|basic|viewstate|validation|api-?key|-key:|-cert:|kennwort|mot_de|credential|proxy|[?&]/i;
/** How keys, PFX files and web tokens begin in base64. */
const base64Trigger = /MI[A-P][A-Za-z0-9+\/]{3}IBA|MIG|MHcC|MHQC|MC4C|MFMC|MI[HI]|eyJ/;

interface Pattern {
  readonly kind: SecretKind;
  /** Group 1 is what stands before the secret, group 2 the secret. */
  readonly pattern: RegExp;
}

const nothing = "(?!\\s{0,4}(?:None|\\(null\\)|not\\b)\\s{0,8}$)";
const named = "(?:pass(?:word|wd|phrase|code)?|pwd|passwort|kennwort|mot_de_passe|secret|client_?secret|token|access_?token|id_?token|refresh_?token|csrf_?token|api_?key|session_?(?:id|key)|jsessionid|phpsessid|asp\\.net_sessionid|assertion|client_assertion|samlre(?:sponse|quest)|credentials?|__viewstate|__eventvalidation|__requestverificationtoken|_csrf|j_password|otp)";

const patterns: readonly Pattern[] = [
  // s_client: `    Master-Key: 4A…`, `    Resumption PSK: …`, `Session-ID: …`, `    Keying material: …`
  { kind: "session", pattern: new RegExp(`((?:Master-Key|Resumption PSK|Session-ID-ctx|Session-ID|PSK identity(?: hint)?|SRP username|Krb5 Principal|Key-Arg|Keying material|Master Secret|Pre-?Master Secret|Session Ticket)[ \\t\\u00A0]{0,8}[:=]${nothing}[ \\t\\u00A0]{0,40})(\\S.{0,8000})`, "gi") },
  // -keylogfile: `CLIENT_RANDOM 52ce… 9f…`
  { kind: "traffic", pattern: /(\b(?:CLIENT_RANDOM|(?:CLIENT|SERVER)_(?:EARLY_|HANDSHAKE_)?TRAFFIC_SECRET(?:_[0-9]{1,3})?|(?:EARLY_)?EXPORTER_SECRET|ECH_(?:SECRET|CONFIG)|QUIC_[A-Z_0-9]{3,60}|RSA)[ \t\u00A0]{1,8})([0-9A-Fa-f]{8,200}[ \t\u00A0]{1,8}[0-9A-Fa-f]{8,4000})/g },
  // Cookie, Authorization and the like, wherever a log's prefix lets them begin; a token may follow a curl `-H "`.
  { kind: "header", pattern: /(\b(?:Set-Cookie2?|Cookie|(?:Proxy-)?Authorization|(?:WWW|Proxy)-Authenticate|Authentication-Info|X-(?:[A-Za-z]{1,20}-){0,4}(?:Key|Token|Cert|ClientCert|Secret|Assertion)|Ocp-Apim-Subscription-Key|Api-Key)[ \t\u00A0]{0,4}:[ \t\u00A0]{0,8})(\S[^"\r\n]{0,16000})/gi },
  { kind: "header", pattern: /(\b(?:Bearer|Negotiate|NTLM|Kerberos)[ \t\u00A0]{1,4})([A-Za-z0-9._~+\/-]{20,16000}={0,2})/g },
  { kind: "header", pattern: /(\bBasic[ \t\u00A0]{1,4})((?=[A-Za-z+\/]{0,60}[0-9=])[A-Za-z0-9+\/]{8,4000}={0,2})/g },
  // JSON web tokens
  { kind: "header", pattern: /()(\beyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{4,16000}(?:\.[A-Za-z0-9_-]{0,4000})?)/g },
  // `password=…`, `"client_secret": "…"`, `Password: …`
  { kind: "form", pattern: new RegExp(`((?:^|[?&;,\\s"'{(])["']?${named}["']?(?:=|[ \\t]{0,3}:[ \\t]{0,3}(?=["'])))(["'][^"'\\r\\n]{1,8000}["']|[^\\s&"';]{1,16000})`, "gi") },
  { kind: "password", pattern: /(\b(?:pass(?:word|phrase|wd)?|pwd|pin|passwort|kennwort)[ \t\u00A0]{0,4}:[ \t\u00A0]{1,8})((?![\w.-]{0,40}(?:=|:))\S{3,400})[ \t]{0,8}$/gi },
  { kind: "form", pattern: /([?&](?:code|sid|sig|signature|key|auth|ticket|state|nonce|user(?:name)?|login|SAMLart)=)([^\s&"'#]{1,16000})/gi },
  // Command lines: openssl, certutil, curl, wget, signtool, PowerShell
  { kind: "password", pattern: /(\s-{1,2}(?:pass|passin|passout|password|passwd|kpass|dpass|srppass|proxy_pass|pwd|storepass|keypass|srcstorepass|deststorepass|psk|psk_identity|srpuser|proxy_user|proxy-user)[ \t\u00A0=]{1,4})(?!-)("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'|\u201C[^\u201D\r\n]{1,400}\u201D|[^\s"']{1,400})/gi },
  { kind: "password", pattern: /(\bpass:)([^\s"']{1,400})/gi },
  { kind: "password", pattern: /((?:certutil|pfx|p12|signtool|winhttpcertcfg)[^\r\n]{0,400}?\s[-\/]p[ \t\u00A0]{1,4})("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'|[^\s"']{1,400})/gi },
  { kind: "password", pattern: /(\b(?:curl|wget|Invoke-WebRequest)\b[^\r\n]{0,400}?\s(?:-[uU]|--user)[ \t\u00A0=]{0,4})("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'|[^\s"']{1,400})/gi },
  { kind: "password", pattern: /(\bcurl\b[^\r\n]{0,400}?\s(?:-E|--cert)[ \t\u00A0]{1,4}["']?(?:[A-Za-z]:)?[^\s:"']{1,400}:)([^\s"']{1,400})/gi },
  { kind: "password", pattern: /(\s--?(?:proxy|x)[ \t\u00A0=]{1,4}["']?(?:[a-z0-9]{2,8}:\/\/)?)([^\s\/@"':]{1,200}:[^\s\/@"']{1,200})(?=@)/gi },
  { kind: "password", pattern: /(\b[a-z][a-z0-9+.-]{1,12}:\/\/)([^\s\/@"'<>:]{1,200}:[^\s\/@"'<>]{1,200})(?=@)/gi },
  { kind: "password", pattern: /(\b(?:ConvertTo-SecureString|-AsPlainText|-String)[ \t\u00A0]{1,8}(?:-[A-Za-z]{2,20}[ \t\u00A0]{1,8}){0,3})("[^"\r\n]{1,400}"|'[^'\r\n]{1,400}')/gi },
  // A private key, a PFX or an OpenSSL session in one run of base64: their DER begins with the same octets.
  { kind: "key", pattern: /()((?<![A-Za-z0-9+\/])MI[A-P][A-Za-z0-9+\/]{3}IBA[A-Za-z][A-Za-z0-9+\/]{20,200000}={0,2})/g },
  { kind: "key", pattern: /()((?<![A-Za-z0-9+\/])(?:MIG[A-Za-z0-9+\/]Ag(?:EA|EB)|MHcCAQEE|MHQCAQEE|MIG[km]AgEB|MC4CAQAw|MFMCAQEw|MI[GHI][A-Za-z0-9+\/]{1,3}AgEA)[A-Za-z0-9+\/]{20,200000}={0,2})/g },
];

/** `a=b&c=d` as a body or a query: every value is hidden. */
const formBody = /(?<![^\s?"'\[(])[\w.%+$:[\]-]{1,200}=[^\s&"']{0,8000}(?:&[\w.%+$:[\]-]{1,200}=[^\s&"']{0,8000}){1,200}/g;

/** BIO_dump of OpenSSL (tickets, `-debug`) and the payload dumps of network logs: `0000 - 5a 5b …   text`, `00000000  17 03 …  text`. */
const dumpLine = /(?:^|[\s>|\]])(?:[0-9A-Fa-f]{4,8} {1,2}- |[0-9A-Fa-f]{8} {2})(?=[0-9A-Fa-f]{2}(?:[ -]|$))/;

const dumpedOctets = /^(?:[0-9A-Fa-f]{2}[ -]{1,2}){0,15}(?:[0-9A-Fa-f]{2}[ -]?)?/;
/** The rest of such a line after something was printed into it: the dash stands behind the eighth octet. */
const brokenDump = /(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{1,2} ){2,8}[0-9A-Fa-f]{2}-(?:[0-9A-Fa-f]{2} ){2,8}[^\r\n]{0,40}/;

const beginSecret = /-----BEGIN (?:[A-Z0-9 ]{0,30}PRIVATE KEY|SSL SESSION PARAMETERS|PKCS12|PFX|OPENSSH PRIVATE KEY)-----/;
const endAny = /-----END [A-Z0-9 ]{3,40}-----/;
/** `privateExponent:`, `prime1:`, `priv:` of `openssl … -text`. */
const keyNumbers = /(?:^|[\s>])(?:privateExponent|prime[12]|exponent[12]|coefficient|priv):[ \t]{0,4}$/;
const colonHex = /^[>|\s]{0,80}(?:[0-9A-Fa-f]{2}:){0,40}[0-9A-Fa-f]{2}:?\s{0,80}$/;
const hexOnly = /^[>|\s\u00A0]{0,80}[0-9A-Fa-f][0-9A-Fa-f ]{0,4000}$/;
const base64Only = /^[>|\s\u00A0]{0,80}[A-Za-z0-9+\/]{1,200000}={0,2}[\s\u00A0]{0,80}$/;
const lineLead = /^[>|\s\u00A0]{0,80}/;
const alreadyHidden = /^[x0*.\u00B7\u2039\u203AhidenA\s"'=:;,&?\/+-]*$/;

type State = "none" | "pem" | "numbers" | "session-hex" | "base64";

/**
 * Every secret of a text, in order of place, not overlapping: session secrets and tickets, key log lines, traffic dumps, private keys,
 * cookies and authorization, passwords, form values. Total; linear in the length of the text.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found: Secret[] = [];
  let state: State = "none";
  for (let start = 0; start < text.length;) {
    const end = nextLineEnd(text, start);
    const next = end + (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
    const line = text.slice(start, end);
    state = readLine(line, start, state, found);
    start = next;
  }
  return found;
}

function readLine(line: string, at: number, before: State, found: Secret[]): State {
  const body = lineLead.exec(line)?.[0].length ?? 0;
  const whole = (kind: SecretKind): void => add(found, at + body, at + line.trimEnd().length, kind, line.slice(body));
  switch (before) {
    case "pem": {
      const end = endAny.exec(line);
      if (end !== null) {
        if (end.index > body) add(found, at + body, at + end.index, "key", line.slice(body, end.index));
        return "none";
      }
      // A block without its last line ends where other text begins.
      if (line.trim() === "" || base64Only.test(line) || /^[>|\s]{0,80}(?:Proc-Type|DEK-Info|Comment):/.test(line)) {
        if (!/:/.test(line)) whole("key");
        return "pem";
      }
      break;
    }
    case "numbers":
      if (colonHex.test(line)) { whole("key"); return "numbers"; }
      break;
    case "session-hex":
      if (hexOnly.test(line) && line.trim().length > 0) { whole("session"); return "session-hex"; }
      break;
    case "base64":
      if (base64Only.test(line) && line.trim().length > 0) { whole("key"); return line.trim().endsWith("=") ? "none" : "base64"; }
      break;
    case "none": break;
  }
  const begin = beginSecret.exec(line);
  if (begin !== null) {
    const from = begin.index + begin[0].length;
    const end = endAny.exec(line.slice(from));
    const to = end === null ? line.length : from + end.index;
    if (to > from) add(found, at + from, at + to, "key", line.slice(from, to));
    return end === null ? "pem" : "none";
  }
  if (keyNumbers.test(line)) return "numbers";
  const dump = dumpLine.exec(line);
  if (dump !== null) {
    const from = dump.index + dump[0].length;
    const octets = dumpedOctets.exec(line.slice(from))?.[0].length ?? 0;
    // Where something else was printed into a dump, the secret ends.
    const to = /^(?:\s{2,60}[^\r\n]{0,80})?\s{0,60}$/.test(line.slice(from + octets)) ? line.length : from + octets;
    add(found, at + from, at + to, "traffic", line.slice(from, to));
    return "none";
  }
  const broken = line.includes("-") ? brokenDump.exec(line) : null;
  if (broken !== null) {
    add(found, at + broken.index, at + broken.index + broken[0].length, "traffic", broken[0]);
    return "none";
  }
  if (!trigger.test(line) && !base64Trigger.test(line)) return "none";
  return readPatterns(line, at, found);
}

function readPatterns(line: string, at: number, found: Secret[]): State {
  const own: Secret[] = [];
  let state: State = "none";
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
      const secret = match[2] ?? "";
      const start = match.index + (match[1] ?? "").length;
      if (secret !== "") own.push({ start: at + start, end: at + start + secret.trimEnd().length, kind });
      if (start + secret.length >= line.trimEnd().length) {
        if (kind === "session" && /[0-9A-Fa-f]{16}$/.test(line.trimEnd())) state = "session-hex";
        if (kind === "key" && !line.trimEnd().endsWith("=")) state = "base64";
      }
      if (match[0] === "") pattern.lastIndex++;
    }
  }
  formBody.lastIndex = 0;
  for (let match = formBody.exec(line); match !== null; match = formBody.exec(line)) {
    const pair = /=([^&]{1,8000})/g;
    for (let value = pair.exec(match[0]); value !== null; value = pair.exec(match[0])) {
      const start = at + match.index + value.index + 1;
      own.push({ start, end: start + (value[1] ?? "").length, kind: "form" });
    }
  }
  own.sort((a, b) => a.start - b.start || b.end - a.end);
  for (const { start, end, kind } of own) add(found, start, end, kind, line.slice(start - at, end - at));
  return state;
}

function add(found: Secret[], start: number, end: number, kind: SecretKind, text: string): void {
  const last = found.at(-1);
  const from = last !== undefined && last.end > start ? last.end : start;
  if (end > from && !alreadyHidden.test(text)) found.push({ start: from, end, kind });
}

/** The text with every secret replaced by `‹hidden›`, drawn to the same length, so that columns stay true. */
export function hideSecrets(text: string): string {
  const secrets = findSecrets(text);
  if (secrets.length === 0) return text;
  let shown = "";
  let at = 0;
  for (const { start, end } of secrets) {
    shown += text.slice(at, start) + hiddenMark(end - start);
    at = end;
  }
  return shown + text.slice(at);
}

/** `‹hidden····›` of that many characters; asterisks where it has no room. */
export function hiddenMark(length: number): string {
  return length < 8 ? "*".repeat(length) : `\u2039hidden${"\u00B7".repeat(length - 8)}\u203A`;
}

/** Texts up to this length are searched once and remembered; of longer ones the lines before a quoted one are searched. */
const searchedWhole = 1 << 20;
/** How far before a line the beginning of a secret of several lines is looked for, in characters. */
const lookBack = 1 << 14;

const searched = new WeakMap<SourceText, readonly Secret[]>();

/** The secrets of a stretch, in order of place, found once. Where the text was unpacked, the lines of the input count as well. */
export function secretsOf(source: SourceText): readonly Secret[] {
  let secrets = searched.get(source);
  if (secrets === undefined) {
    const own = findSecrets(source.text);
    secrets = source.carried ? merged([...own, ...carriedSecrets(source.text, source.carried)]) : own;
    searched.set(source, secrets);
  }
  return secrets;
}

/** Secrets of the input, by the characters they became. */
function carriedSecrets(text: string, { original, offsets }: NonNullable<SourceText["carried"]>): readonly Secret[] {
  const at = (offset: number): number => {
    let low = 0;
    let high = offsets.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low);
  };
  // What ends with the line in the input ends with the first of the lines that were packed into it.
  return findSecrets(original.text).map(({ start, end, kind }) => {
    const [from, to] = [at(start), at(end)];
    return { start: from, end: /[\r\n]/.test(original.text.slice(start, end)) ? to : Math.min(to, nextLineEnd(text, from)), kind };
  }).filter(({ start, end }) => end > start);
}

function merged(secrets: readonly Secret[]): readonly Secret[] {
  const result: Secret[] = [];
  for (const { start, end, kind } of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const from = Math.max(start, result.at(-1)?.end ?? 0);
    if (end > from) result.push({ start: from, end, kind });
  }
  return result;
}

/** The secrets of a stretch that touch a span, in order of place. */
export function secretsWithin({ source, start, end }: Span): readonly Secret[] {
  const secrets = secretsOf(source);
  const found: Secret[] = [];
  for (let index = firstEndingAfter(secrets, start); index < secrets.length; index++) {
    const secret = secrets[index] as Secret;
    if (secret.start >= end) break;
    found.push(secret);
  }
  return found;
}

/** Line `index` (from 0) of a stretch without its line end, its secrets hidden; secrets that began on lines before are known. */
export function lineWithoutSecrets(source: SourceText, index: number): string {
  const { start, end } = lineSpan(source, index);
  const whole = source.text.length <= searchedWhole || searched.has(source) || source.carried != null;
  const from = whole ? 0 : (source.lineStarts[lineIndexAt(source, Math.max(0, start - lookBack))] ?? 0);
  const secrets = whole ? secretsOf(source) : findSecrets(source.text.slice(from, end));
  let shown = "";
  let at = start;
  for (let i = firstEndingAfter(secrets, start - from); i < secrets.length; i++) {
    const secret = secrets[i] as Secret;
    const hideFrom = Math.max(start, secret.start + from);
    const hideTo = Math.min(end, secret.end + from);
    if (secret.start + from >= end) break;
    shown += source.text.slice(at, hideFrom) + hiddenMark(hideTo - hideFrom);
    at = hideTo;
  }
  return shown + source.text.slice(at, end);
}

function firstEndingAfter(secrets: readonly Secret[], offset: number): number {
  let low = 0;
  let high = secrets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((secrets[middle] as Secret).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Plain data in which secrets in strings are hidden, for fields that repeat what was typed: commands, requests, names. */
export function withoutSecrets<T>(value: T): T {
  return hideWithin(value) as T;
}

function hideWithin(value: unknown): unknown {
  if (typeof value === "string") return hideSecrets(value);
  if (typeof value !== "object" || value === null) return value;
  // Copied only from where something changes: nearly nothing does, and there can be much of it.
  let changed: Record<string, unknown> | unknown[] | null = null;
  for (const name of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    const hidden = hideWithin(inner);
    if (hidden === inner) continue;
    changed ??= Array.isArray(value) ? [...value as readonly unknown[]] : { ...value };
    (changed as Record<string, unknown>)[name] = hidden;
  }
  return changed ?? value;
}
