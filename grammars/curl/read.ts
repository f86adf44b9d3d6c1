import { findAlertByName } from "../../src/model/alerts.ts";
import type { Fact } from "../../src/model/fact.ts";
import { lineIndexAt, located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { addAlert, addHeader, addStatus, answerOf, beginRun, type ClientRun, factsOfRun, requestOf } from "../shared/client-run.ts";
import { type LabelledLine, labelledLines, type LineReader, readByLine, wholeOf } from "../shared/labelled-lines.ts";
import type { Block } from "../shared/span.ts";
import { gitCertificate, readCommand } from "./command.ts";
import { grammar } from "./parser.ts";
import { readServerName } from "./server-name.ts";

/** One connection. */
interface Run extends ClientRun {
  handshake: boolean;
  /** The server's part of a handshake was printed to its end. */
  wholeHandshake: Span | null;
  renegotiates: boolean;
  requested: Span | null;
  when: "first-handshake" | "after-request" | null;
  /** The client's Certificate message, until what follows tells whether it holds one. */
  message: Span | null;
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

/** curl prints the level in the high octet: 2 is fatal, 1 a warning. */
const FATAL = 512;
const WARNING = 256;

const TOO_LARGE = 413;

class TranscriptReader implements LineReader {
  private readonly runs: Run[] = [];

  read(lines: readonly LabelledLine[]): void {
    for (const line of lines) this.take(line);
  }

  finish(): Reading {
    return { facts: this.runs.flatMap(factsOf), notUnderstood: [] };
  }

  private take(line: LabelledLine): void {
    switch (line.kind) {
      case "Command": {
        const { text, clientCertificate, options } = readCommand(line.label, line.value);
        Object.assign(this.begin(), { command: text, clientCertificate, options });
        return;
      }
      case "GitCommand": {
        const run = this.begin();
        if (line.value !== null) run.clientCertificate = gitCertificate(line.value);
        return;
      }
      case "Trying":
      case "ConnectedTo": {
        // Since version 8.16 the connection is reported when the handshake is over.
        const established = textOf(line.label).startsWith("Established");
        const run = this.current((one) => (established ? one.connect !== null : one.handshake || one.protocol !== null || one.alerts.size > 0));
        if (line.kind === "ConnectedTo" && line.value !== null) run.connect = connectOf(line.value);
        if (run.connect !== null) run.connected = located(true, run.connect.span);
        return;
      }
      case "Message": return this.message(this.current(), line);
      case "DataLine": return this.data(this.current(), line);
      case "ConnectionUsing": return this.using(this.current(), line);
      case "Schannel": return this.schannel(this.current(), line);
      case "ServerSubject":
        if (line.value !== null) this.current().serverSubject ??= readServerName(line.value);
        return;
      case "ServerIssuer":
        if (line.value !== null) this.current().serverIssuer ??= readServerName(line.value);
        return;
      case "RequestLine": return this.requestLine(this.current(), line);
      case "StatusLine": return this.statusLine(this.current(), line);
      case "Header":
        if (line.value !== null) addHeader(this.current(), /server: $/i.test(textOf(line.label)) ? "server" : "date", line.value);
        return;
      case "AlertError": return this.alertError(this.current(), line);
      default:
    }
  }

  private begin(): Run {
    const run: Run = {
      ...beginRun("curl", "curl", this.runs.length + 1), handshake: false, wholeHandshake: null, renegotiates: false, requested: null, when: null, message: null,
    };
    this.runs.push(run);
    return run;
  }

  private current(over: (run: Run) => boolean = () => false): Run {
    const last = this.runs.at(-1);
    return last === undefined || over(last) ? this.begin() : last;
  }

  private message(run: Run, line: LabelledLine): void {
    const text = textOf(line.label);
    const sent = text.includes("(OUT)");
    const number = Number(/\((\d{1,3})\):?$/.exec(text)?.[1] ?? Number.NaN);
    if (text.includes("TLS alert")) {
      addAlert(run, number >= FATAL ? number - FATAL : number - WARNING, sent ? "sent" : "received", line.label);
      return;
    }
    if (!text.includes("TLS handshake")) return;
    run.handshake = true;
    if (!sent && number === HELLO_REQUEST) run.renegotiates = true;
    if (!sent && number === CERTIFICATE_REQUEST) this.asked(run, line.label);
    if (!sent && number === SERVER_HELLO_DONE) run.wholeHandshake = line.label;
    if (sent && number === CERTIFICATE) run.message = line.label;
    if (sent && number === CERTIFICATE_VERIFY) this.answer(run, null);
    // Who has a certificate proves the key before it finishes.
    if (sent && number === FINISHED) this.answer(run, 0);
  }

  private asked(run: Run, span: Span): void {
    run.requested = span;
    run.when = run.renegotiates || run.httpRequest !== null ? "after-request" : "first-handshake";
  }

  private data(run: Run, line: LabelledLine): void {
    if (run.message === null || !/\}|=>/.test(textOf(line.label)) || line.value === null) return;
    if (lineIndexAt(line.label.source, line.label.start) !== lineIndexAt(run.message.source, run.message.start) + 1) return;
    const size = Number(/^\d{1,9}/.exec(textOf(line.value))?.[0]);
    if (size === (textOf(run.message).startsWith("TLSv1.3") ? EMPTY_MESSAGE.tls13 : EMPTY_MESSAGE.tls12)) this.answer(run, 0);
  }

  private answer(run: Run, count: 0 | null): void {
    if (run.message !== null) run.answer = answerOf(run, run.message, count);
    run.message = null;
  }

  private using(run: Run, line: LabelledLine): void {
    if (line.value === null) return;
    const match = /^(TLS|SSL)v?([0-9.]{1,4})(?: \/ ([A-Za-z0-9_-]{3,60}))?/.exec(textOf(line.value));
    if (match === null) return;
    const printed = /^[^ ]{1,10}/.exec(match[0])?.[0] ?? "";
    const end = line.value.start + printed.length;
    run.protocol = located(`${match[1]}v${match[2]}`, { ...line.value, end });
    if (match[3] !== undefined) run.cipher = located(match[3], { ...line.value, start: end + 3, end: end + 3 + match[3].length });
  }

  private schannel(run: Run, line: LabelledLine): void {
    const text = line.value === null ? "" : textOf(line.value);
    run.handshake = true;
    if (/^(?:remote party requests renegotiation|renegotiating)/.test(text)) run.renegotiates = true;
    if (text.startsWith("a client certificate has been requested")) this.asked(run, wholeOf(line));
  }

  private requestLine(run: Run, line: LabelledLine): void {
    if (line.value === null) return;
    const path = /^[^ \r\n]{1,2000}/.exec(textOf(line.value))?.[0] ?? "";
    const method = /[A-Z]{3,7} $/.exec(textOf(line.label))?.[0] ?? "";
    const span = { ...line.label, start: line.label.end - method.length, end: line.value.start + path.length };
    run.httpRequest ??= located(textOf(span), span);
  }

  private statusLine(run: Run, line: LabelledLine): void {
    const status = line.value === null ? null : /^\d{3}/.exec(textOf(line.value))?.[0];
    if (line.value === null || status == null) return;
    addStatus(run, Number(status), { ...line.label, start: line.label.start + textOf(line.label).indexOf("HTTP/"), end: line.value.start + 3 });
  }

  /** `error:0A000410:SSL routines::sslv3 alert handshake failure`, `gnutls_handshake() failed: Handshake failed`. */
  private alertError(run: Run, line: LabelledLine): void {
    if (line.value === null) return;
    const gnutls = textOf(line.label).endsWith("gnutls_handshake() failed: ");
    const match = (gnutls ? /()([A-Z][A-Za-z ]{3,40})\.?(?=[\r\n]| {0,4}$)/ : /( alert )([a-z ]{4,40}?)(?=,|:| *$)/).exec(textOf(line.value));
    const known = match?.[2] === undefined ? null : findAlertByName(match[2].trim());
    if (match === null || known === null) return;
    const start = line.value.start + match.index + (gnutls ? 0 : 1);
    addAlert(run, known.number, "received", { ...line.value, start, end: line.value.start + match.index + match[0].length });
  }
}

/** `gate.lab.example (192.0.2.80) port 443 (#0)` and `gate.lab.example (192.0.2.80 port 443) from …` are `gate.lab.example:443`. */
function connectOf(value: Span): Located<string> | null {
  const match = /^([^ \r\n]{1,253}) \([^() \r\n]{1,60}(?:\) port (\d{1,5})| port (\d{1,5})\))/.exec(textOf(value));
  return match === null ? null : located(`${match[1]}:${match[2] ?? match[3]}`, { ...value, end: value.start + match[0].length });
}

function factsOf(run: Run): readonly Fact[] {
  // A server that answers 413 may have meant to ask, and had no room to keep the body meanwhile.
  const unasked = run.requested === null && run.wholeHandshake !== null && run.statuses.some((status) => status.status !== TOO_LARGE);
  const deciding = run.requested ?? (unasked ? run.wholeHandshake : null);
  return factsOfRun(run, deciding === null ? null : requestOf(run, { span: deciding, requested: run.requested !== null, when: run.when, whole: unasked }));
}

function parse(block: Block): readonly LabelledLine[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(block.text).tokens;
  return labelledLines(parser.lines(), ["info", "exchange"], block);
}

/** Reads transcripts: what was asked and when, what the client answered, how it ended. */
export function read(passages: readonly Passage[]): Reading {
  return readByLine(passages, parse, () => new TranscriptReader());
}
