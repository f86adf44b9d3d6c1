import { createToken, Lexer, type IToken, type TokenType } from "chevrotain";

// Blanks as consoles, mail programs and web pages leave them. `&nbsp;` is a blank of a page that was copied as HTML source.
const BLANK = "(?:[ \\t\\u00A0\\u2002-\\u200B\\u202F\\u3000\\uFEFF]|&nbsp;)";
// A quotation mark of `Can't`, as printed, curled by a word processor, or escaped by a web page.
const APOSTROPHE = "(?:['\\u2018\\u2019\\u00B4`]|&#0?39;|&#x27;|&apos;)";
// `-----` of PEM after a blog has turned pairs of hyphens into dashes.
const DASHES = "[-\\u2013\\u2014]{2,7}";
const LINE_STOP = `${BLANK}{0,200}(?![^\\r\\n])`;

// Where the line ends and where "HTTP/" stands next, as found last in `text`: each stretch of a text is searched once, however many tokens begin in it.
const found = { text: "", line: { from: 0, end: -1 }, http: { from: 0, at: -1 } };

function remember(text: string): typeof found {
  if (found.text !== text) Object.assign(found, { text, line: { from: 0, end: -1 }, http: { from: 0, at: -1 } });
  return found;
}

/** End of the line that holds `from`. */
function lineEnd(text: string, from: number): number {
  const { line } = remember(text);
  if (from >= line.from && from <= line.end) return line.end;
  let end = from;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  found.line = { from, end };
  return end;
}

const STATUS = /HTTP\/[0-9](?:\.[0-9])?[ \u00A0]{1,3}[1-5][0-9]{2}(?![0-9])/y;

/** Where an HTTP status line begins between `from` and `end`; `end` when there is none. The body of an answer is written past s_client's buffer and can start anywhere in a line. */
function statusStart(text: string, from: number, end: number): number {
  for (let at = nextHttp(text, from); at < end; at = nextHttp(text, at + 5)) {
    STATUS.lastIndex = at;
    if (STATUS.test(text) && STATUS.lastIndex <= end) return at;
  }
  return end;
}

function nextHttp(text: string, from: number): number {
  const { http } = remember(text);
  if (from >= http.from && from <= http.at) return http.at;
  const at = text.indexOf("HTTP/", from);
  found.http = { from, at: at < 0 ? text.length : at };
  return found.http.at;
}

/** Every character that can begin a printed text: all but the line ends. */
const ANY_START = [
  ...Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 10 && code !== 13),
  // chevrotain groups higher codes by 255: one of each group stands for all.
  ...Array.from({ length: 257 }, (_, group) => Math.min(0xffff, 256 + group * 255)),
];

function restOfLine(text: string, offset: number): [string] | null {
  const cut = statusStart(text, offset, lineEnd(text, offset));
  return cut > offset ? [text.slice(offset, cut)] : null;
}

// Words that may stand between a prompt and `openssl`.
const BEFORE_OPENSSL = /^(?:sudo|time|winpty|exec|nohup|timeout|[0-9]{1,4}s?|PS|cmd|\/c|call|&|[A-Za-z]{1,20}:|[A-Z_]{2,20}=[^ ]{0,100}|[('"`]{1,2}|\*{1,2}|<[a-z]{1,6}>)$/;

/** May `before` stand in front of `openssl` on a typed line: a prompt, a pipe, a path, `sudo`? A sentence may not. */
function endsLikePrompt(before: string): boolean {
  const tail = before.slice(Math.max(...["|", "$", "#", ">", "%", "\u276F", "\u279C"].map((mark) => before.lastIndexOf(mark))) + 1);
  const words = tail.replace(/^.*&gt;/, "").split(/[ \t\u00A0]/).filter((word) => word !== "");
  const path = /[ \t\u00A0]$/.test(tail) ? null : words.pop();
  return words.every((word) => BEFORE_OPENSSL.test(word)) && (path == null || /^(?:["'(`]{0,2}(?:[^ ]{0,120}[\\/])?)$/.test(path));
}

/** Offset behind a typed `openssl s_client …`, with its continuation lines; -1 when the line at `offset` is none. */
export function commandEnd(text: string, offset: number): number {
  let end = lineEnd(text, offset);
  const line = text.slice(offset, Math.min(end, offset + 2000));
  const at = line.search(/openssl(?:\.exe)?["']? {1,4}s_client(?![\w.(])/i);
  if (at < 0) return -1;
  const before = line.slice(0, at);
  if (before.length > 600 || !endsLikePrompt(before)) return -1;
  if (!/ s_client(?:["']|$| +[-\u2013\u2014|<>&2])/i.test(line)) return -1;
  for (let lines = 0; lines < 30 && /[\\^`]$/.test(text.slice(Math.max(offset, end - 1), end)); lines++) {
    let next = end;
    if (text.charCodeAt(next) === 13) next++;
    if (text.charCodeAt(next) === 10) next++;
    if (next === end || next >= text.length) break;
    end = lineEnd(text, next);
  }
  return end;
}

// The page looked at last: offsets of one text between `from` and `to` need no second search.
const lastPage = { text: "", from: 0, to: -1 };

/** A page of HTML, from its first tag to `</html>`; it may hold text that looks like a summary of a session. */
function htmlPage(text: string, offset: number): [string] | null {
  HTML_START.lastIndex = offset;
  if (!HTML_START.test(text)) return null;
  if (lastPage.text === text && offset >= lastPage.from && offset < lastPage.to) return null;
  HTML_STOP.lastIndex = offset;
  const stop = HTML_STOP.exec(text);
  const end = stop === null ? text.length : stop.index + stop[0].length;
  const page = text.slice(offset, end);
  // A page whose end was cut must not swallow the next summary.
  if (stop !== null && page.length < 400_000 && !page.includes("SSL handshake has read") && !page.includes("CONNECTED(")) return [page];
  Object.assign(lastPage, { text, from: offset, to: end });
  return null;
}
const HTML_START = /(?:<|&lt;)(?:!DOCTYPE[ \u00A0]html|html)(?:[ >\r\n\u00A0]|&gt;)/iy;
const HTML_STOP = /(?:<|&lt;)\/html(?:>|&gt;)/gi;

const all: TokenType[] = [];
type LineGroup = "value" | "line";

function token(name: string, pattern: RegExp | ((text: string, offset: number) => [string] | null), options: {
  readonly categories?: readonly TokenType[]; readonly hint?: readonly number[]; readonly then?: LineGroup; readonly breaks?: boolean;
} = {}): TokenType {
  const made = createToken({
    name,
    pattern: pattern instanceof RegExp ? pattern : (pattern as unknown as RegExp),
    line_breaks: options.breaks ?? false,
    ...(options.categories === undefined ? {} : { categories: [...options.categories] }),
    ...(options.hint === undefined ? {} : { start_chars_hint: [...options.hint] }),
    ...(options.then === "value" ? { push_mode: "value" } : {}),
  });
  all.push(made);
  return made;
}

function category(name: string): TokenType {
  const made = createToken({ name, pattern: Lexer.NA });
  all.push(made);
  return made;
}

/** A known line: its label opens the value that follows on the same line. A blank or `~` in `pattern` stands for any blank, as pages and consoles leave them. */
function label(group: TokenType, name: string, pattern: string, ignoreCase = false): TokenType {
  const blanks = pattern.replace(/\[[^\]]*\]|[~ ]/g, (part) => (part.startsWith("[") ? part : BLANK));
  return token(name, new RegExp(blanks, ignoreCase ? "i" : ""), { categories: [group], then: "value" });
}

// The groups of lines: one grammar rule reads each of them.
export const RunLine = category("RunLine");
export const VerificationLine = category("VerificationLine");
export const ProgressLine = category("ProgressLine");
export const ChainLine = category("ChainLine");
export const PemLine = category("PemLine");
export const CertificateLine = category("CertificateLine");
export const RequestLine = category("RequestLine");
export const ExtraLine = category("ExtraLine");
export const HandshakeLine = category("HandshakeLine");
export const SessionLine = category("SessionLine");
export const BriefLine = category("BriefLine");
export const DumpLine = category("DumpLine");
export const HttpLine = category("HttpLine");
export const LooseLine = category("LooseLine");

// The start of a line.
export const BlankLine = token("BlankLine", new RegExp(`(?:${BLANK}|[>|]|&gt;){0,120}(?:\\r\\n|\\n|\\r)`), { breaks: true });
export const Message = label(DumpLine, "Message", "(?:>>>|<<<|(?:&gt;){3}|(?:&lt;){3})~(?=TLS|SSL|DTLS|\\?\\?\\?|Not)");
export const Prefix = createToken({
  name: "Prefix",
  pattern: new RegExp(
    `(?:[ \\t\\u00A0\\u2002-\\u200B\\u202F\\u3000\\uFEFF]|&nbsp;|[>|](?!>> ?(?:TLS|SSL|DTLS|\\?))|&gt;(?!(?:&gt;){2} ?(?:TLS|SSL|DTLS|\\?))`
    + `|[*#](?=[ \\t])|//(?=[ \\t])|</?(?:pre|code|p|li|div|samp|tt|b|span|blockquote)>|\\x1B\\[[0-9;]{0,12}[A-Za-z]`
    + `|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9:]{4,5})?(?=[ \\t\\]])){1,200}`,
  ),
  group: Lexer.SKIPPED,
  line_breaks: false,
});
all.push(Prefix);

// What was typed, and how the connection began and ended.
export const CommandLine = token("CommandLine", (text, offset) => {
  const end = commandEnd(text, offset);
  return end < 0 ? null : [text.slice(offset, end)];
}, { categories: [RunLine], hint: ANY_START, then: "value", breaks: true });
export const ConnectingTo = label(RunLine, "ConnectingTo", "Connecting to ");
export const Connected = label(RunLine, "Connected", "CONNECTED~{0,2}\\(");
export const ConnectFailure = label(RunLine, "ConnectFailure", "(?:connect:~?|gethostbyname failure|getaddrinfo:|socket: |connect: |BIO_lookup|getservbyname failure)");
export const VersionLine = label(RunLine, "VersionLine", "(?:OpenSSL|LibreSSL)~(?=[0-9]\\.[0-9])");
export const OpensslError = label(RunLine, "OpensslError", "(?:[0-9A-Fa-f]{1,20}:)?error:(?=[0-9A-Fa-f]{6,10}:)");
export const ClientError = label(RunLine, "ClientError",
  "(?:unable to (?:load|write|read|get|use) |error (?:setting|loading|opening|reading|getting) |Error (?:loading|opening|reading|setting|getting) |Could not (?:read|find|open|use|load) |Can't open |Error getting (?:passwords|passphrase)|No certificate matches|private key does not match)");
export const UsageLine = label(RunLine, "UsageLine", "(?:s_client: |usage: s_client|unknown option |Extra (?:arguments|option)|Usage: s_client)", true);
export const WarningLine = label(RunLine, "WarningLine", "(?:WARNING: |Loading '|Using configuration from |Enter (?:pass phrase|PEM pass)|Auto configuration failed)");
export const Farewell = label(RunLine, "Farewell",
  `(?:DONE|closed|RENEGOTIATING|RECONNECTING|KEYUPDATE|HEARTBEATING|CONNECTION CLOSED BY SERVER|shutting down SSL|poll error|SSL_connect returned|drop connection and then reconnect|\\^[CD]|Terminated|Q|R|B|K|k|C)${LINE_STOP}`);
export const ReadWriteEnd = label(RunLine, "ReadWriteEnd", "(?:(?:read|write):errno=|(?:read|write) [RXW] BLOCK|write:|SSL_read|SSL_write)");
export const Starttls = label(RunLine, "Starttls", `(?:[Dd]idn${APOSTROPHE}?t f(?:ind|ound) (?:starttls|STARTTLS)|(?:2[0-9]{2}|334|354|4[0-9]{2}|5[0-9]{2})[ -](?=[A-Za-z0-9<*])|\\* OK |(?:EHLO|HELO|AUTH|MAIL FROM:|RCPT TO:) |(?:QUIT|NOOP|STARTTLS|DATA)${LINE_STOP})`);
export const KeyLog = label(RunLine, "KeyLog", "(?:# SSL/TLS secrets log file|(?:CLIENT_RANDOM|(?:CLIENT|SERVER)_(?:EARLY|HANDSHAKE)_TRAFFIC_SECRET|(?:CLIENT|SERVER)_TRAFFIC_SECRET_[0-9]{1,3}|(?:EARLY_)?EXPORTER_SECRET|ECH_SECRET|RSA)~(?=[0-9A-Fa-f]{16}))");
export const Fence = label(RunLine, "Fence", "(?:```|\\u007E{3})");

// What is said about the server's certificate while the handshake runs.
export const VerifyDepth = label(VerificationLine, "VerifyDepth", "verify depth is ");
export const CantServerName = label(VerificationLine, "CantServerName", `Can${APOSTROPHE}?t use SSL_get_servername`);
export const Depth = label(VerificationLine, "Depth", "depth~?=~?(?=[0-9]{1,3}(?![0-9]))");
export const VerifyError = label(VerificationLine, "VerifyError", "verify error:~?num=");
export const VerifyResult = label(VerificationLine, "VerifyResult", "verify return:");
export const ValidityEnd = label(VerificationLine, "ValidityEnd", "not(?:After|Before)=");

// -state
export const State = label(ProgressLine, "State", "SSL_(?:connect|accept):");
export const StateAlert = label(ProgressLine, "StateAlert", "SSL(?:3|3/TLS|/TLS)? alert (?=(?:read|write):)");
// -msg, -debug, -trace
export const DebugTransfer = label(DumpLine, "DebugTransfer", "(?:read from|write to) (?=0x|[0-9A-F]{8}|\\(nil)");
export const HexDump = label(DumpLine, "HexDump", "[0-9a-fA-F]{4,8}~-~(?=[0-9a-fA-F]{2}|(?:<|&lt;)SPACES)");
export const ByteLine = label(DumpLine, "ByteLine", `[0-9a-f]{2}(?:[ :-][0-9a-f]{2}){0,63}:?${LINE_STOP}`);
export const TraceRecord = label(DumpLine, "TraceRecord", "(?:Sent|Received) (?:TLS |DTLS )?(?:Record|Frame|Packet|Datagram|TLS RecordHeader)");
export const TraceMessage = label(DumpLine, "TraceMessage", "(?:ClientHello|ServerHello|HelloRequest|HelloVerifyRequest|EncryptedExtensions|Certificate|CompressedCertificate|ServerKeyExchange|CertificateRequest|ServerHelloDone|CertificateVerify|ClientKeyExchange|Finished|NewSessionTicket|CertificateStatus|KeyUpdate|NextProto|MessageHash|EndOfEarlyData),~Length=");
export const TraceDetail = label(DumpLine, "TraceDetail", "(?:Header:|Version = |Content Type = |Length = |Inner Content Type = |Level=|extension_type=|DistinguishedName \\(len=|certificate_types \\(len=|signature_algorithms \\(len=|certificate_authorities \\(len=)");

// The summary: the chain that was sent.
export const ChainHeading = label(ChainLine, "ChainHeading", `Certificate chain${LINE_STOP}`);
export const ChainSubject = label(ChainLine, "ChainSubject", "[0-9]{1,2}~{1,3}s:");
export const ChainIssuer = label(ChainLine, "ChainIssuer", "i:(?!//)");
export const ChainKey = label(ChainLine, "ChainKey", "a:PKEY:");
export const ChainValidity = label(ChainLine, "ChainValidity", "v:NotBefore:");
export const PemBegin = label(PemLine, "PemBegin", `${DASHES}BEGIN (?=[A-Z0-9 ]{3,40}[-\\u2013\\u2014])`);
export const PemEnd = label(PemLine, "PemEnd", `${DASHES}END (?=[A-Z0-9 ]{3,40}[-\\u2013\\u2014])`);
export const Base64 = label(PemLine, "Base64", `[A-Za-z0-9+/]{20,100}={0,2}(?![A-Za-z0-9+/=])${LINE_STOP}`);

// The summary: the server's certificate.
export const ServerCertificate = label(CertificateLine, "ServerCertificate", `Server certificate${LINE_STOP}`);
export const NoPeerCertificate = label(CertificateLine, "NoPeerCertificate", "no peer certificate available");
export const Subject = label(CertificateLine, "Subject", "subject~?=");
export const Issuer = label(CertificateLine, "Issuer", "issuer~?=");

// The summary: what the server said when it asked for a certificate.
export const NamesHeading = label(RequestLine, "NamesHeading", "Acceptable client certificate CA names(?![A-Za-z\"\\u201D])");
export const NoNames = label(RequestLine, "NoNames", "No client certificate CA names sent(?![A-Za-z\"\\u201D])");
export const CertificateTypes = label(RequestLine, "CertificateTypes", "Client Certificate Types~?:~?");
export const RequestedAlgorithms = label(RequestLine, "RequestedAlgorithms", "Requested Signature Algorithms~?:~?");
export const SharedAlgorithms = label(RequestLine, "SharedAlgorithms", "Shared Requested Signature Algorithms~?:~?");
// The text was cut in the middle of one of these labels.
export const CutLabel = label(RequestLine, "CutLabel", "(?:Client Certificate Type|(?:Shared )?Requested Signature)(?![a-z])");
export const PeerDigest = label(RequestLine, "PeerDigest", "Peer signing digest~?:");
export const PeerSignature = label(RequestLine, "PeerSignature", "Peer signature type~?:");
export const TempKey = label(RequestLine, "TempKey", "(?:Server|Peer) Temp Key~?:");
export const NegotiatedGroup = label(RequestLine, "NegotiatedGroup", "Negotiated TLS1\\.3 group~?:");
export const PeerSignLine = label(RequestLine, "PeerSignLine", "Peer sign");

// The summary: extensions that few servers send.
export const ExtraHeading = label(ExtraLine, "ExtraHeading",
  "(?:SCTs present|SCT |Signed Certificate Timestamp|OCSP response|OCSP Response|======|Warning: CT validation|Log ID|DANE |Verified peername|Supported (?:Elliptic|Groups)|Shared (?:Elliptic|groups)|CertificateStatus|TLS server extension|TLS client extension|SRTP Extension|Next protocol)");

// The summary: the handshake in figures.
export const HandshakeRead = label(HandshakeLine, "HandshakeRead", "SSL handshake has read ");
export const Verification = label(HandshakeLine, "Verification", "Verification(?= error:|: )");
export const Separator = label(HandshakeLine, "Separator", `(?:-{3,5}|[\\u2013\\u2014]-?|-[\\u2013\\u2014])${LINE_STOP}`);
export const NewSession = label(HandshakeLine, "NewSession", "(?:New|Reused),~(?=[^\\r\\n]{1,40}Cipher is)");
export const PublicKeyBits = label(HandshakeLine, "PublicKeyBits", "(?:Server|Peer) public key is ");
export const SecureRenegotiation = label(HandshakeLine, "SecureRenegotiation", "(?:Secure Renegotiation IS |This TLS version forbids renegotiation)");
export const HandshakeDetail = label(HandshakeLine, "HandshakeDetail",
  "(?:Compression(?: |):|Expansion:|No ALPN negotiated|ALPN protocol:|Early data was |Keying material|Label:|Length: |Maximum fragment|Max send fragment|Server public key|Connection verification)");

// The summary: the session. The lines that hold secrets are read by name, never by value.
export const SslSession = label(SessionLine, "SslSession", "SSL-Session:");
export const TicketArrived = label(SessionLine, "TicketArrived", "Post-Handshake New Session Ticket arrived");
export const ProtocolVersion = label(BriefLine, "ProtocolVersion", "Protocol version~?:~?");
export const Protocol = label(SessionLine, "Protocol", "Protocol~{0,4}:~?");
export const Cipher = label(SessionLine, "Cipher", "Cipher~{0,6}:~?");
export const Secret = label(SessionLine, "Secret", "(?:Session-ID-ctx|Session-ID|Master-Key|Resumption PSK|PSK identity hint|PSK identity|SRP username|Krb5 Principal|Key-Arg~{0,4}|TLS session ticket lifetime hint|TLS session ticket)~?:");
export const StartTime = label(SessionLine, "StartTime", "Start Time:~?");
export const VerifyCode = label(SessionLine, "VerifyCode", "Verify return code:~?");
export const SessionDetail = label(SessionLine, "SessionDetail", "(?:Timeout~{0,4}:|Extended master secret:|Max Early Data:|Ticket Appdata)");

// -brief
export const BriefEstablished = label(BriefLine, "BriefEstablished", "CONNECTION ESTABLISHED");
export const CipherSuite = label(BriefLine, "CipherSuite", "Ciphersuite~?:~?");
export const PeerCertificate = label(BriefLine, "PeerCertificate", "Peer certificate:~?");
export const BriefDetail = label(BriefLine, "BriefDetail", "(?:Hash used:|Signature type:|Peer used|No peer certificate)");

// The request that was typed and the answer.
export const HttpStatus = token("HttpStatus", /HTTP\/[0-9](?:\.[0-9])?[ \u00A0]{1,3}[1-5][0-9]{2}(?![0-9])/, { then: "value", categories: [HttpLine] });
export const HttpRequest = label(HttpLine, "HttpRequest", "(?:GET|POST|HEAD|PUT|OPTIONS|PROPFIND|DELETE|CONNECT|PATCH)~{1,3}(?=[/*]|https?:|[\\w.-]+:[0-9])");
export const HtmlPage = token("HtmlPage", htmlPage, { categories: [HttpLine], hint: [0x3c, 0x26], then: "value", breaks: true });
export const NameLine = label(LooseLine, "NameLine",
  "(?:(?:\\u2026|\\.{3})?/?(?:CN|OU|O|C|DC|ST|S|L|E|UID|emailAddress|serialNumber|SERIALNUMBER|SN|GN|title|street|streetAddress|postalCode|description|dnQualifier|initials|name|pseudonym|organizationIdentifier|businessCategory|jurisdiction[A-Za-z]{1,40}|unstructuredName|unstructuredAddress|T|STREET|countryName|stateOrProvinceName|localityName|organizationName|organizationalUnitName|commonName|domainComponent|userId|givenName|surname|postalAddress|telephoneNumber|x500UniqueIdentifier|(?:OID\\.)?[0-2](?:\\.[0-9]{1,12}){2,20})(?:~{0,26}=))");
export const HttpHeader = label(HttpLine, "HttpHeader", "[A-Za-z][A-Za-z0-9]{0,30}(?:-[A-Za-z0-9]{1,30}){0,6}:(?=[ \\t\\u00A0]|[\\r\\n])");
export const OtherText = token("OtherText", restOfLine, { categories: [LooseLine], hint: ANY_START, then: "value" });

// The rest of a known line.
export const HttpStatusInLine = createToken({
  name: "HttpStatusInLine", pattern: /HTTP\/[0-9](?:\.[0-9])?[ \u00A0]{1,3}[1-5][0-9]{2}(?![0-9])/, line_breaks: false,
});
export const Value = createToken({ name: "Value", pattern: restOfLine as unknown as RegExp, start_chars_hint: ANY_START, line_breaks: false });
export const LineEnd = createToken({ name: "LineEnd", pattern: /\r\n|\n|\r/, line_breaks: true, pop_mode: true });

/** All token types, for the generated diagram. */
export const TOKENS: readonly TokenType[] = [...all, HttpStatusInLine, Value, LineEnd];

let lexer: Lexer | null = null;

/** Tokens of a passage: each line is a label and its value. Every character belongs to a token or to the prefix of a line. */
export function tokenize(text: string): IToken[] {
  lexer ??= new Lexer(
    { modes: { line: all, value: [HttpStatusInLine, Value, LineEnd] }, defaultMode: "line" },
    { ensureOptimizations: true, positionTracking: "onlyOffset" },
  );
  return lexer.tokenize(text).tokens;
}

