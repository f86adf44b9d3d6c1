import type { CstNode, IToken } from "chevrotain";
import { findAlert, findAlertByName } from "../../src/model/alerts.ts";
import type { Fact, HttpStatusFact } from "../../src/model/fact.ts";
import { lineIndexAt, lineSpan, located, type Located, type SourceText, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { type Block, joinLines, nodesOf, spanOfToken } from "../shared/span.ts";
import { type Command, readCommand } from "./command.ts";
import { grammar } from "./parser.ts";

interface Line {
  readonly kind: string;
  readonly label: Span;
  readonly value: Span | null;
}

/** One connection. */
interface Run {
  readonly number: number;
  readonly first: Span;
  command: Command | null;
  connect: Located<string> | null;
  protocol: Located<string> | null;
  cipher: Located<string> | null;
  httpRequest: Located<string> | null;
  handshake: boolean;
  /** The server's part of a handshake was printed to its end. */
  wholeHandshake: Span | null;
  renegotiates: boolean;
  requested: Span | null;
  when: "first-handshake" | "after-request" | null;
  /** The client's Certificate message, until what follows tells whether it holds one. */
  answer: Span | null;
  answered: { readonly span: Span; readonly sent: boolean } | null;
  readonly statuses: HttpStatusFact[];
  readonly alerts: Map<number, Fact>;
}

/** Octets of a Certificate message without certificate: header of 4, list length of 3, in TLS 1.3 also the length of the context (RFC 8446 4.4.2, RFC 5246 7.4.2). */
const EMPTY_MESSAGE = { tls12: 7, tls13: 8 };

/** Handshake messages by number (RFC 8446, appendix B.3). */
const HELLO_REQUEST = 0;
const CERTIFICATE = 11;
const CERTIFICATE_REQUEST = 13;
const SERVER_HELLO_DONE = 14;
const CERTIFICATE_VERIFY = 15;
const FINISHED = 20;

class TranscriptReader {
  private readonly runs: Run[] = [];

  take(line: Line): void {
    switch (line.kind) {
      case "Command":
        this.begin(line).command = readCommand(line.label, line.value);
        return;
      case "Trying":
      case "ConnectedTo": {
        const run = this.current(line, (one) => one.handshake);
        if (line.kind === "ConnectedTo" && line.value !== null) run.connect = connectOf(line.value);
        return;
      }
      case "Message": return this.message(this.current(line), line);
      case "DataLine": return this.data(this.current(line), line);
      case "ConnectionUsing": return this.using(this.current(line), line);
      case "Schannel": return this.schannel(this.current(line), line);
      case "RequestLine":
        if (line.value !== null) {
          const run = this.current(line);
          const path = /^[^ \r\n]{1,2000}/.exec(textOf(line.value))?.[0] ?? "";
          const span = { ...line.label, start: line.label.start + 2, end: line.value.start + path.length };
          run.httpRequest ??= located(textOf(span), span);
        }
        return;
      case "StatusLine": {
        const status = line.value === null ? null : /^\d{3}/.exec(textOf(line.value))?.[0];
        if (line.value === null || status == null) return;
        const run = this.current(line);
        run.statuses.push({
          kind: "http-status", format: "curl", span: { ...line.label, start: line.label.start + 2, end: line.value.start + 3 }, run: run.number, status: Number(status), substatus: null, win32Status: null, date: null, server: null,
        });
        return;
      }
      case "Header": return this.header(this.current(line), line);
      case "AlertError": {
        const alert = line.value === null ? null : / alert ([a-z ]{4,40}?)(?=,|:| *$)/.exec(textOf(line.value));
        const known = alert?.[1] === undefined ? null : findAlertByName(alert[1].trim());
        if (known !== null && line.value !== null && alert !== null) {
          const start = line.value.start + alert.index + 1;
          this.alert(this.current(line), known.number, "received", { ...line.value, start, end: start + alert[0].length - 1 });
        }
        return;
      }
      default:
    }
  }

  facts(): readonly Fact[] {
    return this.runs.flatMap((run) => factsOfRun(run));
  }

  private begin(line: Line): Run {
    const run: Run = {
      number: this.runs.length + 1, first: line.label, command: null, connect: null, protocol: null, cipher: null, httpRequest: null, handshake: false, wholeHandshake: null, renegotiates: false,
      requested: null, when: null, answer: null, answered: null, statuses: [], alerts: new Map(),
    };
    this.runs.push(run);
    return run;
  }

  private current(line: Line, over: (run: Run) => boolean = () => false): Run {
    const last = this.runs.at(-1);
    return last === undefined || over(last) ? this.begin(line) : last;
  }

  private message(run: Run, line: Line): void {
    const text = textOf(line.label);
    const sent = text.includes("(OUT)");
    const number = Number(/\((\d{1,3})\):?$/.exec(text)?.[1] ?? Number.NaN);
    if (text.includes("TLS alert")) {
      const alert = number >= FATAL ? number - FATAL : number - WARNING;
      if (alert > 0) this.alert(run, alert, sent ? "sent" : "received", line.label);
      return;
    }
    if (!text.includes("TLS handshake")) return;
    run.handshake = true;
    if (!sent && number === HELLO_REQUEST) run.renegotiates = true;
    if (!sent && number === CERTIFICATE_REQUEST) {
      run.requested = line.label;
      run.when = run.renegotiates || run.httpRequest !== null ? "after-request" : "first-handshake";
    }
    if (!sent && number === SERVER_HELLO_DONE) run.wholeHandshake = line.label;
    if (sent && number === CERTIFICATE) run.answer = line.label;
    if (run.answer !== null && sent && number === CERTIFICATE_VERIFY) this.answer(run, true);
    // Who has a certificate proves the key before it finishes.
    if (run.answer !== null && sent && number === FINISHED) this.answer(run, false);
  }

  private data(run: Run, line: Line): void {
    if (run.answer === null || !textOf(line.label).startsWith("}") || line.value === null) return;
    if (lineIndexAt(line.label.source, line.label.start) !== lineIndexAt(run.answer.source, run.answer.start) + 1) return;
    const size = Number(/^\d{1,9}/.exec(textOf(line.value))?.[0]);
    if (size === (textOf(run.answer).startsWith("TLSv1.3") ? EMPTY_MESSAGE.tls13 : EMPTY_MESSAGE.tls12)) this.answer(run, false);
  }

  private answer(run: Run, sent: boolean): void {
    if (run.answer !== null) run.answered = { span: run.answer, sent };
    run.answer = null;
  }

  private using(run: Run, line: Line): void {
    if (line.value === null) return;
    const match = /^((?:TLS|SSL)v?[0-9.]{1,4})(?: \/ ([A-Za-z0-9_-]{3,60}))?/.exec(textOf(line.value));
    if (match?.[1] === undefined) return;
    const end = line.value.start + match[1].length;
    run.protocol = located(match[1], { ...line.value, end });
    if (match[2] !== undefined) run.cipher = located(match[2], { ...line.value, start: end + 3, end: end + 3 + match[2].length });
  }

  private schannel(run: Run, line: Line): void {
    const text = line.value === null ? "" : textOf(line.value);
    run.handshake = true;
    if (/^(?:remote party requests renegotiation|renegotiating)/.test(text)) run.renegotiates = true;
    if (line.value !== null && text.startsWith("a client certificate has been requested")) {
      run.requested = { ...line.label, end: line.value.end };
      run.when = run.renegotiates || run.httpRequest !== null ? "after-request" : "first-handshake";
    }
  }

  private header(run: Run, line: Line): void {
    const status = run.statuses.at(-1);
    if (status === undefined || line.value === null) return;
    const printed = textOf(line.value).trimEnd();
    const span = { ...line.value, end: line.value.start + printed.length };
    if (textOf(line.label).toLowerCase().startsWith("< server")) run.statuses[run.statuses.length - 1] = { ...status, server: located(printed, span) };
    else {
      const time = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(printed) ? Date.parse(printed) : Number.NaN;
      if (!Number.isNaN(time)) run.statuses[run.statuses.length - 1] = { ...status, date: located(new Date(time).toISOString(), span) };
    }
  }

  private alert(run: Run, number: number, direction: "received" | "sent", span: Span): void {
    const known = findAlert(number);
    if (known === null || number === 0 || run.alerts.has(number)) return;
    run.alerts.set(number, { kind: "alert", format: "curl", span, run: run.number, number, name: known.name, direction, reportedBy: "client" });
  }
}

/** curl prints the level in the high octet: 2 is fatal, 1 a warning. */
const FATAL = 512;
const WARNING = 256;

const TOO_LARGE = 413;

/** `gate.lab.example (192.0.2.80) port 443 (#0)` is `gate.lab.example:443`. */
function connectOf(value: Span): Located<string> | null {
  const match = /^([^ \r\n]{1,253}) \([^()\r\n]{1,60}\) port (\d{1,5})/.exec(textOf(value));
  return match === null ? null : located(`${match[1]}:${match[2]}`, { ...value, end: value.start + match[0].length });
}

function factsOfRun(run: Run): readonly Fact[] {
  const base = { format: "curl", run: run.number } as const;
  const facts: Fact[] = [];
  if (run.command !== null || run.connect !== null) {
    facts.push({
      ...base, kind: "tls-run", span: run.command?.text.span ?? run.connect?.span ?? run.first, command: run.command?.text ?? null, connect: run.connect, serverName: null,
      connected: run.connect === null ? null : located(true, run.connect.span), httpRequest: run.httpRequest, clientCertificate: run.command?.clientCertificate ?? null,
      options: run.command?.options ?? [], inputEnded: null,
    });
  }
  if (run.protocol !== null) {
    facts.push({
      ...base, kind: "tls-session", span: run.protocol.span, summary: null, tool: { name: "curl", version: null }, command: null, protocol: run.protocol, cipher: run.cipher, verifyReturnCode: null,
      secureRenegotiation: null, reused: null, serverChain: [], serverSubject: null, serverIssuer: null, startTime: null,
    });
  }
  // A server that answers 413 may have meant to ask, and had no room to keep the body meanwhile.
  const unasked = run.requested === null && run.wholeHandshake !== null && run.statuses.some((status) => status.status !== TOO_LARGE);
  const deciding = run.requested ?? (unasked ? run.wholeHandshake : null);
  if (deciding !== null) {
    facts.push({
      ...base, kind: "certificate-request", span: deciding, summary: null, requested: run.requested !== null, because: located(textOf(deciding), deciding), authorities: null, authoritiesLine: null,
      certificateTypes: null, signatureAlgorithms: null, when: run.when, whole: unasked,
    });
  }
  if (run.answered !== null) facts.push({ ...base, kind: "client-certificate-sent", span: run.answered.span, sent: run.answered.sent, count: run.answered.sent ? null : 0 });
  return [...facts, ...run.alerts.values(), ...run.statuses];
}

const RULES = ["info", "exchange"] as const;

function linesOf(root: CstNode, block: Block): readonly Line[] {
  return RULES.flatMap((rule) => nodesOf(root, rule)).flatMap((node): readonly Line[] => {
    const tokens = Object.values(node.children).flat().filter((child): child is IToken => "image" in child);
    const label = tokens.find((token) => token.tokenType.name !== "InfoMark" && token.tokenType.name !== "Value");
    const value = tokens.find((token) => token.tokenType.name === "Value");
    const span = label === undefined ? null : spanOfToken(block, label);
    return label === undefined || span === null ? [] : [{ kind: label.tokenType.name, label: span, value: value === undefined ? null : spanOfToken(block, value) }];
  }).sort((a, b) => a.label.start - b.label.start);
}

/** Reads transcripts: what was asked and when, what the client answered, how it ended. */
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
