import type { CstNode, IToken } from "chevrotain";
import type { AlertFact, ErrorCodeFact, Fact, HttpStatusFact, LogClient, SettingFact } from "../../src/model/fact.ts";
import { compareSpans, lineIndexAt, lineSpan, type Located, located, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { logClientIn, logClientsOf } from "../shared/log-clients.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { isOtherNumber } from "./event-number.ts";
import { meaningOf, OF_PROXY } from "./meaning.ts";
import { tellsOfOtherUse } from "./other-use.ts";
import { grammar } from "./parser.ts";
import { type EvidenceKind, settingName } from "./patterns.ts";
import { isToldAsSolved } from "./solved.ts";

/** A piece of evidence: what kind of token, where, and for settings the token of the value. */
interface Piece {
  readonly kind: EvidenceKind;
  readonly token: IToken;
  readonly value: IToken | null;
}

const VALUES = ["FlagsValue", "LineValue", "DwordValue", "NumberValue", "DirectiveValue"] as const;
const SETTINGS = ["FlagsSetting", "NetshSetting", "NumberSetting", "DirectiveSetting"] as const;

function piecesOf(lines: CstNode): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const piece of nodesOf(lines, "piece")) {
    for (const rule of ["errorCode", "httpStatus", "alert"]) {
      for (const node of nodesOf(piece, rule)) {
        for (const kind of Object.keys(node.children)) {
          for (const token of tokensOf(node, kind)) pieces.push({ kind: kind as EvidenceKind, token, value: null });
        }
      }
    }
    for (const node of nodesOf(piece, "setting")) {
      for (const token of tokensOf(node, "FeatureSetting")) pieces.push({ kind: "FeatureSetting", token, value: null });
      const kind = SETTINGS.find((name) => tokensOf(node, name).length > 0);
      const name = kind === undefined ? undefined : tokensOf(node, kind)[0];
      const value = VALUES.flatMap((valueName) => tokensOf(node, valueName))[0];
      if (kind !== undefined && name !== undefined && value !== undefined) pieces.push({ kind, token: name, value });
    }
  }
  return pieces;
}

// Error logs of nginx, Apache, HAProxy and Postfix, IIS's log, and the programs that run at a client, by what only they print.
const OF_SERVER = new RegExp([
  "\\bAH\\d{5}\\b", "\\[ssl:(?:emerg|error|warn|notice|info|crit|debug|trace\\d?)\\]", "\\[(?:info|notice|warn|error|crit)\\] \\d{1,10}#\\d",
  "(?<![\\w./@-])nginx(?![\\w-]*\\.[\\w-]{1,60})\\b",
  "\\bsc-(?:status|win32)", "TLS handshake error from ", "\\bhaproxy(?:\\[|-)",
  "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\] ", "\\bpostfix/(?:smtpd|submission|smtps)",
  "tls_process_client_certificate", "ssl3_get_client_certificate", "tls_process_cert_verify", "\\bSSL_accept",
  "No CAs known to server", "could not accept SSL connection", "(?:SSL|TLS) server credential",
  "\\bListenAndServe", "\"rejected connection\"", "\\bAspNetCore\\.Server\\.", "null cert chain",
  "tls: failed to verify client", "Empty client certificate chain", "SSL Library Error: -12\\d{3}",
].join("|"), "i");
const OF_CLIENT = /\bcurl\b|^[> \t]{0,4}\* |\bschannel: |InitializeSecurityContext|AcquireCredentialsHandle|(?<![A-Za-z])s_client|SSL_connect|\b(?:Get|Post|Put|Patch|Head|Delete) \\?"https:[^"\r\n]{1,400}": |\bpostfix\/smtp\[|unable to access 'http|== Info: /i;
// What a command prints of itself, whatever the address that it was given holds.
const OF_COMMAND = /^[> \t]{0,8}(?:curl: \(\d|fatal: unable to access ')/;
// A server that opens a connection to another one is the client there: nginx, Apache and HAProxy as proxies.
const AS_CLIENT = /SSL handshaking to upstream|\bupstream SSL|\bupstream: "https|\bServer [^ \r\n]{1,100}\/[^ \r\n]{1,100} is (?:DOWN|UP)\b|\bHealth check for (?:backup )?server /i;

function reporterOf(text: string): "client" | "server" | null {
  if (OF_COMMAND.test(text) || AS_CLIENT.test(text) || OF_PROXY.test(text)) return "client";
  return OF_SERVER.test(text) ? "server" : OF_CLIENT.test(text) ? "client" : null;
}

// Java and .NET throw the same exceptions on both sides: the frames below tell who called, the first of them that belongs to one side only.
const FRAME = /^[> \t]{0,12}(?:at [\w$./<>@`,[\]-]{1,300}\(|--- End of |\.\.\. \d{1,5} (?:more|common)|Caused by: |Suppressed: )/;
const SERVER_FRAME = /\bServerHandshake|\bAcquireServerCredentials|AuthenticateAsServer|\bAspNetCore\.Server\.|\.apache\.(?:tomcat|catalina|coyote)\.|\.eclipse\.jetty\.server\.|\.undertow\.|\bServerSocket|\.netty\.handler\.ssl\.SniHandler|\.httpserver\./;
const CLIENT_FRAME = /\bClientHandshake|\bAcquireClientCredentials|AuthenticateAsClient|\bHttpWebRequest\b|URLConnection|HttpClient|\.apache\.(?:http\.(?:impl\.(?:client|execchain|conn)|conn)|hc\.client5)\.|\bokhttp3?\.internal\.|\bjdbc\b|\.ldap\.|\bsun\.net\.www\.protocol\./;
/** Frames that are looked at. */
const FRAMES = 80;

function callerBelow(source: Span["source"], index: number): "client" | "server" | null {
  for (let at = index + 1; at <= index + FRAMES && at < source.lineStarts.length; at++) {
    const text = textOf(lineSpan(source, at)).slice(0, 400);
    if (!FRAME.test(text)) return null;
    if (SERVER_FRAME.test(text)) return "server";
    if (CLIENT_FRAME.test(text)) return "client";
  }
  return null;
}

// Results that only the verifier of a client's certificate prints, whatever else the line shows.
const BY_SERVER: ReadonlySet<EvidenceKind> = new Set([
  "ServerVerifyResult", "ClientVerifyWords", "ClientVerify", "HaproxyLeafResult", "HaproxyCaResult", "HaproxyFailure",
]);

/** Codes of the security layer, of keys, certificates and cards, which Windows prints in a logon too. */
const OF_KEYS = /^(?:SCARD|NTE|CERT|CRYPT|TRUST|SEC)_[A-Z]{1,5}_|^0x80(?:09|0b|10)/;

/** One line of a passage: its text, who printed it, and what it said so far. */
interface Line {
  readonly index: number;
  readonly end: number;
  readonly text: string;
  readonly reportedBy: "client" | "server" | null;
  /** Of a line of a server's log the client that it is about. */
  readonly client: LogClient | null;
  /** By what makes two facts of a line the same: it says a thing once, however many of its pieces repeat it. */
  readonly facts: Map<string, Fact>;
  /** Statuses of the line that were printed with a sub-status. */
  readonly detailed: Set<number>;
}

function lineAt(span: Span): Line {
  const index = lineIndexAt(span.source, span.start);
  const whole = lineSpan(span.source, index);
  const text = textOf(whole);
  return {
    index, end: whole.end, text, reportedBy: reporterOf(text) ?? (text.includes("Exception") ? callerBelow(span.source, index) : null),
    client: OF_PROXY.test(text) || AS_CLIENT.test(text) ? null : logClientIn(whole) ?? clientNextTo(whole, index, text), facts: new Map(), detailed: new Set(),
  };
}

/** Apache prints what OpenSSL says below the line that names the client, HAProxy above it. */
const BELOW_CLIENT = /(\[pid \d{1,10}(?::tid \d{1,20})?\]) SSL Library Error: /;
const ABOVE_CLIENT = /^[> \t]{0,8}fd\[0x[0-9a-f]{1,8}\] OpenSSL error/;
/** Lines in between, of other connections. */
const LINES_BETWEEN = 10;

function clientNextTo(line: Span, index: number, text: string): LogClient | null {
  const thread = BELOW_CLIENT.exec(text)?.[1];
  if (thread === undefined && !ABOVE_CLIENT.test(text)) return null;
  for (let away = 1; away <= LINES_BETWEEN; away++) {
    const at = thread === undefined ? index + away : index - away;
    if (at < 0 || at >= line.source.lineStarts.length) return null;
    const other = lineSpan(line.source, at);
    const client = thread === undefined || textOf(other).includes(thread) ? logClientIn(other) : null;
    if (client !== null) return client;
  }
  return null;
}

function addOnce(line: Line, fact: Fact): void {
  const { facts } = line;
  if (fact.kind === "http-status") {
    // `403 - Forbidden … 403.7`: the one that says more stays; two different sub-statuses are two facts.
    if (fact.substatus === null && line.detailed.has(fact.status)) return;
    if (fact.substatus !== null) {
      line.detailed.add(fact.status);
      facts.delete(`status ${fact.status}.null`);
    }
  }
  const key = fact.kind === "error-code" ? `error ${fact.name}`
    : fact.kind === "alert" ? `alert ${fact.number} ${fact.direction}`
    : fact.kind === "http-status" ? `status ${fact.status}.${fact.substatus}`
    : `at ${fact.span.start}`;
  if (!facts.has(key)) facts.set(key, fact);
}

/** `HTTP Error 403.7`, `403.7 - Forbidden`, `Status: 403.7`: a program's page or log; a bare `403.7` is the word of whoever wrote the text. */
function isPrinted(line: string, image: string): boolean {
  const at = line.indexOf(image);
  return /(?:HTTP|error|status)[ \t:=-]{0,4}$/i.test(line.slice(Math.max(0, at - 24), at))
    || /^[ \t\u00A0]{1,3}[-\u2013\u2014][ \t\u00A0]/.test(line.slice(at + image.length));
}

/** `no 403.13`, `we never see 403.7 or 403.16`: what somebody did not see. */
function isNegated(line: string, image: string): boolean {
  const before = line.slice(0, line.indexOf(image)).slice(-60);
  return /\b(?:no|not an?|never|neither|nor|without|instead of|rather than|keine?n?|nie)(?: [^.,;:!?\r\n\d]{0,16})?(?: 40[13]\.\d{1,2}(?:,| or| and| nor| oder| und|\/)){0,6} ?$/i.test(before);
}

function factsOfPiece(piece: Piece, span: Span, line: Line): readonly (ErrorCodeFact | AlertFact | HttpStatusFact | SettingFact)[] {
  const base = { format: "traces", span } as const;
  const { reportedBy, client } = line;
  const meaning = meaningOf(piece.kind, piece.token.image, line.text);
  if (meaning === null || isToldAsSolved(span.source, span.start) || (piece.kind === "EventId" && isOtherNumber(span.source, span.start))) return [];
  switch (meaning.kind) {
    case "error-code":
      return [{
        ...base, kind: "error-code", name: meaning.name, code: meaning.code,
        reportedBy: BY_SERVER.has(piece.kind) && !OF_PROXY.test(line.text) ? "server" : reportedBy, client,
        otherUse: OF_KEYS.test(meaning.name) && tellsOfOtherUse(span.source, line.index),
      }];
    case "http-status":
      if (piece.kind === "CertificateSubstatus" && isNegated(line.text, piece.token.image)) return [];
      return [{
        ...base, kind: "http-status", run: null, status: meaning.status, substatus: meaning.substatus, win32Status: meaning.win32Status,
        date: null, server: null, inWords: piece.kind === "CertificateSubstatus" && !isPrinted(line.text, piece.token.image), client,
      }];
    case "alert": {
      const fact: AlertFact = { ...base, kind: "alert", run: null, number: meaning.number, name: meaning.name, direction: meaning.direction, reportedBy, client, ofEvent: meaning.event !== null };
      return meaning.event === null ? [fact] : [{ ...base, kind: "error-code", name: meaning.event, code: null, reportedBy }, fact];
    }
    case "setting": {
      if (piece.kind === "FeatureSetting") {
        return [{ ...base, kind: "setting", setting: settingName(piece.token.image), value: featureValue(span, line) ?? located(piece.token.image, span) }];
      }
      if (piece.value === null) return [];
      const printed = piece.value.image.replace(/[ \t\u00A0]{1,400}$/, "");
      const start = span.start + piece.value.startOffset - piece.token.startOffset;
      const value = { source: span.source, start, end: start + printed.length };
      const shown = piece.value.tokenType.name === "DwordValue" ? `0x${printed}` : printed;
      return [{ ...base, kind: "setting", setting: settingName(piece.token.image), value: located(shown, value), span: { ...span, end: value.end } }];
    }
  }
}

// `    iexplore.exe    REG_DWORD    0x1`, `"*"=dword:00000001`, `/v iexplore.exe /t REG_DWORD /d 1`, `= 1`
const VALUE_BELOW = /^[> \t]{0,12}(?:"?[\w.*-]{1,80}"?=dword:[0-9a-f]{8}|[\w.*-]{1,80}[ \t]{1,20}REG_DWORD[ \t]{1,20}0x[0-9a-f]{1,8})(?=[ \t]{0,20}$)/i;
const VALUE_BEHIND = /(?:\/d[ \t]{1,4}|-Value[ \t]{1,4}|^["']?[ \t]{0,4}=[ \t]{0,4}|^["']?[ \t]{1,20}REG_DWORD[ \t]{1,20})((?:0x[0-9a-f]{1,8}|\d{1,10}))(?!\w)/i;

/** Characters behind the name in which its value stands. */
const VALUE_WITHIN = 200;

/** The first value of a key of the registry: behind its name, or on the next line. */
function featureValue(span: Span, line: Line): Located<string> | null {
  const behind = VALUE_BEHIND.exec(span.source.text.slice(span.end, Math.min(line.end, span.end + VALUE_WITHIN)));
  const { source } = span;
  if (behind?.[1] !== undefined) {
    const start = span.end + behind.index + behind[0].length - behind[1].length;
    return located(behind[1], { source, start, end: start + behind[1].length });
  }
  if (line.index + 1 >= source.lineStarts.length) return null;
  const below = lineSpan(source, line.index + 1);
  const value = VALUE_BELOW.exec(textOf(below))?.[0];
  if (value === undefined) return null;
  const start = below.start + value.length - value.replace(/^[> \t]{1,12}/, "").length;
  return located(value.replace(/^[> \t]{1,12}/, ""), { source, start, end: below.start + value.length });
}

/** Neighbouring sentences that go through so many sub-statuses of client certificates explain them; none of them was met. */
const LIST_OF_STATUSES = 4;

function listOfStatuses(facts: readonly Fact[]): ReadonlySet<Fact> {
  const named = facts.filter((fact): fact is HttpStatusFact => fact.kind === "http-status" && fact.status === 403 && fact.substatus !== null && fact.win32Status === null);
  return new Set(new Set(named.map((fact) => fact.substatus)).size >= LIST_OF_STATUSES ? named : []);
}

/** Characters after which a passage is parsed in another piece: the tokens of a log in which every line tells take forty times its memory. */
const pieceLength = 1 << 14;

/** Whole lines of a passage, so many that they are worth a call of the parser. */
function* linesTogether({ source, start, end }: Span): Generator<Span> {
  for (let from = start; from < end;) {
    const last = lineIndexAt(source, Math.min(end, from + pieceLength) - 1);
    const to = Math.min(end, source.lineStarts[last + 1] ?? end);
    yield { source, start: from, end: to };
    from = to;
  }
}

function readPassage(passage: Passage): Reading {
  const { lexer, parser } = grammar();
  const { source, start } = passage.span;
  const lines: Line[] = [];
  for (const together of linesTogether(passage.span)) {
    parser.input = lexer.tokenize(textOf(together)).tokens;
    for (const piece of [...piecesOf(parser.lines())].sort((a, b) => a.token.startOffset - b.token.startOffset)) {
      const from = together.start + piece.token.startOffset;
      const span: Span = { source, start: from, end: from + piece.token.image.length };
      let line = lines.at(-1);
      if (line === undefined || from >= line.end) {
        line = lineAt(span);
        lines.push(line);
      }
      for (const fact of factsOfPiece(piece, span, line)) addOnce(line, fact);
    }
  }
  const events = new Set<string>();
  const all = lines.flatMap((line) => [...line.facts.values()]);
  const listed = listOfStatuses(all);
  const facts = all.filter((fact) => {
    if (listed.has(fact)) return false;
    // An event is printed over several lines, with its id and its sentences: one fact.
    if (fact.kind !== "error-code" || !fact.name.startsWith("SCHANNEL_EVENT_")) return true;
    const first = !events.has(fact.name);
    events.add(fact.name);
    return first;
  });
  const read = new Set(lines.filter((line) => line.facts.size > 0).map((line) => line.index));
  const notUnderstood: Span[] = [];
  for (let index = lineIndexAt(source, start); index <= lineIndexAt(source, Math.max(start, passage.span.end - 1)); index++) {
    if (!read.has(index)) notUnderstood.push(lineSpan(source, index));
  }
  return { facts, notUnderstood };
}

/** Reads claimed lines: codes, statuses, alerts, events and settings, each with the characters that print it. */
export function read(passages: readonly Passage[]): Reading {
  const readings = passages.map(readPassage);
  const facts = readings.flatMap((reading) => reading.facts);
  const [ofLog] = facts.flatMap((fact) => ("client" in fact && fact.client != null ? [fact.client.address] : []));
  const clients = ofLog === undefined ? null : logClientsOf(ofLog.span.source, "traces", []);
  return { facts: clients === null ? facts : [...facts, clients].sort((a, b) => compareSpans(a.span, b.span)), notUnderstood: readings.flatMap((reading) => reading.notUnderstood) };
}
