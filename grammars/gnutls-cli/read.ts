import type { CstNode, IToken } from "chevrotain";
import { findAlert } from "../../src/model/alerts.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { lineIndexAt, lineSpan, located, type Located, type SourceText, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { readName, type Notation } from "../shared/names/index.ts";
import { type Block, joinLines, nodesOf, spanOfToken, tokensOf } from "../shared/span.ts";
import { grammar } from "./parser.ts";

interface Line {
  readonly kind: string;
  readonly label: Span;
  readonly value: Span | null;
}

interface Run {
  readonly number: number;
  readonly first: Span;
  command: Span | null;
  certificateFile: Located<string> | null;
  httpRequest: Located<string> | null;
  connect: Located<string> | null;
  protocol: Located<string> | null;
  subject: Located<Name> | null;
  issuer: Located<Name> | null;
  authorities: Located<Name>[] | null;
  authoritiesLine: Span | null;
  /** The list of authorities ended with a line of its own, and no line of it was spliced with another. */
  listEnded: boolean;
  listSpoiled: boolean;
  /** Names of the debug log, leaf first; they stand in for the list where it is not printed. */
  readonly debugNames: Located<Name>[];
  debugLine: Span | null;
  requested: Span | null;
  notAsked: Span | null;
  completed: Span | null;
  rehandshake: boolean;
  sent: { readonly span: Span; readonly count: number } | null;
  readonly endings: Fact[];
}

class TranscriptReader {
  private readonly runs: Run[] = [];
  private inList = false;

  take(line: Line): void {
    if (this.inList && line.kind !== "Authority") {
      this.current(line).listEnded = true;
      this.inList = false;
    }
    switch (line.kind) {
      case "Command": {
        const run = this.begin(line);
        run.command = { ...line.label, start: line.label.start + textOf(line.label).lastIndexOf("gnutls-cli"), end: line.label.start + textOf(line.label).trimEnd().length };
        if (line.value !== null) run.certificateFile = optionOf(line.value);
        run.httpRequest = requestOf(line.label);
        return;
      }
      case "Resolving": {
        const last = this.runs.at(-1);
        const run = last === undefined || last.connect !== null || last.completed !== null ? this.begin(line) : last;
        const host = line.value === null ? null : /^[^'\r\n]{1,260}/.exec(textOf(line.value))?.[0];
        if (line.value !== null && host != null) run.connect = located(host, { ...line.value, end: line.value.start + host.length });
        return;
      }
      case "AuthoritiesHeading": {
        const run = this.current(line);
        run.authorities = [];
        run.authoritiesLine = line.label;
        run.requested ??= line.label;
        run.listEnded = false;
        this.inList = true;
        return;
      }
      case "Authority": {
        const run = this.current(line);
        if (run.authorities === null || line.value === null) return;
        const text = textOf(line.value);
        // Errors go to another stream, which may cut into the line.
        const cut = text.indexOf("*** ");
        if (cut >= 0) run.listSpoiled = true;
        const end = line.value.start + (cut < 0 ? text.trimEnd().length : cut);
        if (Number(/\d{1,5}/.exec(textOf(line.label))?.[0]) !== run.authorities.length) run.listSpoiled = true;
        run.authorities.push(nameAt({ ...line.value, end }, "x500"));
        return;
      }
      case "NoAuthorities": {
        const run = this.current(line);
        run.authorities = [];
        run.authoritiesLine = line.label;
        run.listEnded = true;
        run.requested ??= line.label;
        return;
      }
      case "PeerRequested":
        if (line.value !== null) {
          const run = this.current(line);
          run.debugNames.push(nameAt({ ...line.value, end: line.value.start + textOf(line.value).trimEnd().length }, "rfc4514"));
          run.debugLine ??= line.label;
          run.requested ??= line.label;
        }
        return;
      case "Requested":
        this.current(line).requested = line.label;
        return;
      case "NotSent":
        this.current(line).notAsked = line.label;
        return;
      case "Rehandshake":
        this.current(line).rehandshake = true;
        return;
      case "Sent": {
        const run = this.current(line);
        const count = line.value === null ? Number.NaN : Number(/^\d{1,4}/.exec(textOf(line.value))?.[0]);
        if (line.value !== null && !Number.isNaN(count)) run.sent = { span: { ...line.label, end: line.value.start + textOf(line.value).trimEnd().length }, count };
        run.requested ??= line.label;
        return;
      }
      case "ShortInfo": return this.shortInfo(this.current(line), line);
      case "Subject":
      case "Issuer": {
        const run = this.current(line);
        if (line.value === null) return;
        const name = nameAt({ ...line.value, end: line.value.start + textOf(line.value).trimEnd().length }, "rfc4514");
        if (line.kind === "Subject") run.subject ??= name;
        else run.issuer ??= name;
        return;
      }
      case "Version":
      case "Description": {
        const match = line.value === null ? null : /^\(?(TLS|SSL)(\d(?:\.\d)?)/.exec(textOf(line.value));
        if (line.value === null || match === null) return;
        const start = line.value.start + match[0].length - (match[1] as string).length - (match[2] as string).length;
        this.current(line).protocol = located(`${match[1]}v${match[2]}`, { ...line.value, start, end: line.value.start + match[0].length });
        return;
      }
      case "Completed":
        this.current(line).completed = line.label;
        return;
      case "Received":
      case "StatusLine": return this.status(this.current(line), line);
      case "Alert": return this.alert(this.current(line), line);
      default:
    }
  }

  facts(): readonly Fact[] {
    return this.runs.flatMap(factsOfRun);
  }

  private begin(line: Line): Run {
    const run: Run = {
      number: this.runs.length + 1, first: line.label, command: null, certificateFile: null, httpRequest: null, connect: null, protocol: null, subject: null, issuer: null, authorities: null, authoritiesLine: null,
      listEnded: false, listSpoiled: false, debugNames: [], debugLine: null, requested: null, notAsked: null, completed: null, rehandshake: false, sent: null, endings: [],
    };
    this.runs.push(run);
    return run;
  }

  private current(line: Line): Run {
    return this.runs.at(-1) ?? this.begin(line);
  }

  private shortInfo(run: Run, line: Line): void {
    if (line.value === null || run.subject !== null) return;
    const match = /^(.{1,1000}?)', issuer `(.{1,1000}?)', /.exec(textOf(line.value));
    if (match?.[1] === undefined || match[2] === undefined) return;
    const start = line.value.start;
    run.subject = nameAt({ ...line.value, end: start + match[1].length }, "rfc4514");
    const issuer = start + match[1].length + "', issuer `".length;
    run.issuer = nameAt({ ...line.value, start: issuer, end: issuer + match[2].length }, "rfc4514");
  }

  private status(run: Run, line: Line): void {
    const whole: Span = { ...line.label, end: line.value?.end ?? line.label.end };
    const match = /HTTP\/[0-9](?:\.[0-9])? ([1-5]\d\d)/.exec(textOf(whole));
    if (match?.[1] === undefined) return;
    const start = whole.start + match.index;
    run.endings.push({
      kind: "http-status", format: "gnutls-cli", span: { ...whole, start, end: start + match[0].length }, run: run.number, status: Number(match[1]), substatus: null, win32Status: null, date: null, server: null,
    });
  }

  private alert(run: Run, line: Line): void {
    const known = line.value === null ? null : findAlert(Number(/^\d{1,3}/.exec(textOf(line.value))?.[0]));
    if (known === null || known.number === 0) return;
    run.endings.push({ kind: "alert", format: "gnutls-cli", span: { ...line.label, end: line.value?.end ?? line.label.end }, run: run.number, number: known.number, name: known.name, direction: "received", reportedBy: "client" });
  }
}

function nameAt(span: Span, notation: Notation): Located<Name> {
  return located(readName(textOf(span), notation), span);
}

/** `--x509certfile=robot.pem`, `--x509certfile robot.pem`. */
function optionOf(words: Span): Located<string> | null {
  const match = /(?:^| )(?:--|[\u2010-\u2015])x509certfile[= ]{1,3}(["']?)([^\s"']{1,1000})/.exec(textOf(words));
  if (match?.[2] === undefined) return null;
  const start = words.start + match.index + match[0].length - match[2].length;
  return located(match[2], { ...words, start, end: start + match[2].length });
}

/** The request piped in: `printf 'GET /path HTTP/1.1…' | gnutls-cli`. */
function requestOf(label: Span): Located<string> | null {
  const match = /(GET|HEAD|POST|PUT) \/[^\s"'\\]{0,1000}/.exec(textOf(label));
  if (match === null) return null;
  const start = label.start + match.index;
  return located(match[0], { ...label, start, end: start + match[0].length });
}

function factsOfRun(run: Run): readonly Fact[] {
  const base = { format: "gnutls-cli", run: run.number } as const;
  const facts: Fact[] = [];
  if (run.command !== null || run.connect !== null) {
    facts.push({
      ...base, kind: "tls-run", span: run.command ?? run.connect?.span ?? run.first, command: run.command === null ? null : located("gnutls-cli", run.command), connect: run.connect, serverName: null,
      connected: run.protocol === null ? null : located(true, run.protocol.span), httpRequest: run.httpRequest, clientCertificate: run.certificateFile, options: [], inputEnded: null,
    });
  }
  const shown = run.protocol?.span ?? run.subject?.span;
  if (shown !== undefined) {
    facts.push({
      ...base, kind: "tls-session", span: shown, summary: null, tool: { name: "gnutls-cli", version: null }, command: null, protocol: run.protocol, cipher: null, verifyReturnCode: null,
      secureRenegotiation: null, reused: null, serverChain: [], serverSubject: run.subject, serverIssuer: run.issuer, startTime: null,
    });
  }
  // A handshake that was completed prints what was sent whenever it was asked for.
  const silent = run.requested === null ? run.notAsked ?? run.completed : null;
  const deciding = run.requested ?? silent;
  if (deciding !== null) {
    const fromDebug = run.authorities === null && run.debugNames.length > 0;
    facts.push({
      ...base, kind: "certificate-request", span: deciding, summary: null, requested: run.requested !== null, because: located(textOf(deciding), deciding),
      authorities: fromDebug ? run.debugNames : run.authorities, authoritiesLine: fromDebug ? run.debugLine : run.authoritiesLine, certificateTypes: null, signatureAlgorithms: null,
      when: run.requested === null ? null : run.rehandshake ? "after-request" : "first-handshake",
      whole: run.requested === null ? run.completed !== null : fromDebug ? run.completed !== null : run.listEnded && !run.listSpoiled,
    });
  }
  if (run.sent !== null) facts.push({ ...base, kind: "client-certificate-sent", span: run.sent.span, sent: run.sent.count > 0, count: run.sent.count });
  return [...facts, ...run.endings];
}

const RULES = ["request", "connection", "certificate", "ending"] as const;

function linesOf(root: CstNode, block: Block): readonly Line[] {
  return nodesOf(root, "line").flatMap((node): readonly Line[] => {
    const label = RULES.flatMap((rule) => nodesOf(node, rule)).flatMap((one) => Object.values(one.children).flat()).find((child): child is IToken => "image" in child) ?? tokensOf(node, "OtherText")[0];
    const [value] = tokensOf(node, "Value");
    const span = label === undefined ? null : spanOfToken(block, label);
    return label === undefined || span === null ? [] : [{ kind: label.tokenType.name, label: span, value: value === undefined ? null : spanOfToken(block, value) }];
  });
}

/** Reads transcripts: what was asked with which list, what was sent, how it ended. */
export function read(passages: readonly Passage[]): Reading {
  const readers = new Map<SourceText, TranscriptReader>();
  for (const { span } of passages) {
    const { source, start, end } = span;
    const first = lineIndexAt(source, start);
    const last = lineIndexAt(source, Math.max(start, end - 1));
    const block = joinLines(source, Array.from({ length: last - first + 1 }, (_, index) => lineSpan(source, first + index)));
    const { lexer, parser } = grammar();
    parser.input = lexer.tokenize(block.text).tokens;
    const reader = readers.get(source) ?? new TranscriptReader();
    readers.set(source, reader);
    for (const line of linesOf(parser.lines(), block)) reader.take(line);
  }
  return { facts: [...readers.values()].flatMap((reader) => reader.facts()), notUnderstood: [] };
}
