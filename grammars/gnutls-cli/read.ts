import type { CertificateRequestFact, Fact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { addAlert, addStatus, answerOf, beginRun, type ClientRun, factsOfRun, requestOf } from "../shared/client-run.ts";
import { type LabelledLine, labelledLines, type LineReader, readByLine, wholeOf } from "../shared/labelled-lines.ts";
import { readName, type Notation } from "../shared/names/index.ts";
import type { Block } from "../shared/span.ts";
import { grammar } from "./parser.ts";

interface Run extends ClientRun {
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
}

class TranscriptReader implements LineReader {
  private readonly runs: Run[] = [];
  private inList = false;

  read(lines: readonly LabelledLine[]): void {
    for (const line of lines) this.take(line);
  }

  finish(): Reading {
    return { facts: this.runs.flatMap(factsOf), notUnderstood: [] };
  }

  private take(line: LabelledLine): void {
    if (this.inList && line.kind !== "Authority") {
      this.current().listEnded = true;
      this.inList = false;
    }
    switch (line.kind) {
      case "Command": {
        const run = this.begin();
        const start = line.label.start + textOf(line.label).lastIndexOf("gnutls-cli");
        run.command = located("gnutls-cli", { ...line.label, start, end: line.label.start + textOf(line.label).trimEnd().length });
        if (line.value !== null) run.clientCertificate = certificateOf(line.value);
        run.httpRequest = pipedRequest(line.label);
        return;
      }
      case "Resolving": {
        const last = this.runs.at(-1);
        const run = last === undefined || last.connect !== null || last.completed !== null ? this.begin() : last;
        const host = line.value === null ? null : /^[^'\r\n]{1,260}/.exec(textOf(line.value))?.[0];
        if (line.value !== null && host != null) run.connect = located(host, { ...line.value, end: line.value.start + host.length });
        return;
      }
      case "AuthoritiesHeading": {
        const run = this.current();
        run.authorities = [];
        run.authoritiesLine = line.label;
        run.requested ??= line.label;
        run.listEnded = false;
        this.inList = true;
        return;
      }
      case "Authority": {
        const run = this.current();
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
        const run = this.current();
        run.authorities = [];
        run.authoritiesLine = line.label;
        run.listEnded = true;
        run.requested ??= line.label;
        return;
      }
      case "PeerRequested":
        if (line.value !== null) {
          const run = this.current();
          run.debugNames.push(nameAt({ ...line.value, end: line.value.start + textOf(line.value).trimEnd().length }, "rfc4514"));
          run.debugLine ??= line.label;
          run.requested ??= line.label;
        }
        return;
      case "Requested":
        this.current().requested = line.label;
        return;
      case "NotSent":
        this.current().notAsked = line.label;
        return;
      case "Rehandshake":
        this.current().rehandshake = true;
        return;
      case "Sent": {
        const run = this.current();
        const count = line.value === null ? Number.NaN : Number(/^\d{1,4}/.exec(textOf(line.value))?.[0]);
        if (line.value !== null && !Number.isNaN(count)) {
          run.answer = answerOf(run, { ...line.label, end: line.value.start + textOf(line.value).trimEnd().length }, count);
        }
        run.requested ??= line.label;
        return;
      }
      case "ShortInfo": return this.shortInfo(this.current(), line);
      case "Subject":
      case "Issuer": {
        const run = this.current();
        if (line.value === null) return;
        const name = nameAt({ ...line.value, end: line.value.start + textOf(line.value).trimEnd().length }, "rfc4514");
        if (line.kind === "Subject") run.serverSubject ??= name;
        else run.serverIssuer ??= name;
        return;
      }
      case "Version":
      case "Description": {
        const match = line.value === null ? null : /^\(?(TLS|SSL)(\d(?:\.\d)?)/.exec(textOf(line.value));
        if (line.value === null || match === null) return;
        const start = line.value.start + match[0].length - (match[1] as string).length - (match[2] as string).length;
        const run = this.current();
        run.protocol = located(`${match[1]}v${match[2]}`, { ...line.value, start, end: line.value.start + match[0].length });
        run.connected = located(true, run.protocol.span);
        return;
      }
      case "Completed":
        this.current().completed = line.label;
        return;
      case "Received":
      case "StatusLine": return this.status(this.current(), line);
      case "Alert":
        if (line.value !== null) addAlert(this.current(), Number(/^\d{1,3}/.exec(textOf(line.value))?.[0]), "received", wholeOf(line));
        return;
      default:
    }
  }

  private begin(): Run {
    const run: Run = {
      ...beginRun("gnutls-cli", "gnutls-cli", this.runs.length + 1),
      authorities: null, authoritiesLine: null, listEnded: false, listSpoiled: false, debugNames: [], debugLine: null, requested: null,
      notAsked: null, completed: null, rehandshake: false,
    };
    this.runs.push(run);
    return run;
  }

  private current(): Run {
    return this.runs.at(-1) ?? this.begin();
  }

  private shortInfo(run: Run, line: LabelledLine): void {
    if (line.value === null || run.serverSubject !== null) return;
    const match = /^(.{1,1000}?)', issuer `(.{1,1000}?)', /.exec(textOf(line.value));
    if (match?.[1] === undefined || match[2] === undefined) return;
    const start = line.value.start;
    run.serverSubject = nameAt({ ...line.value, end: start + match[1].length }, "rfc4514");
    const issuer = start + match[1].length + "', issuer `".length;
    run.serverIssuer = nameAt({ ...line.value, start: issuer, end: issuer + match[2].length }, "rfc4514");
  }

  private status(run: Run, line: LabelledLine): void {
    const whole = wholeOf(line);
    const match = /HTTP\/[0-9](?:\.[0-9])? ([1-5]\d\d)/.exec(textOf(whole));
    if (match === null) return;
    const start = whole.start + match.index;
    addStatus(run, Number(match[1]), { ...whole, start, end: start + match[0].length });
  }
}

function nameAt(span: Span, notation: Notation): Located<Name> {
  return located(readName(textOf(span), notation), span);
}

/** `--x509certfile=robot.pem`, `--x509certfile robot.pem`. */
function certificateOf(words: Span): Located<string> | null {
  const match = /(?:^| )(?:--|[\u2010-\u2015])x509certfile[= ]{1,3}(["']?)([^\s"']{1,1000})/.exec(textOf(words));
  if (match?.[2] === undefined) return null;
  const start = words.start + match.index + match[0].length - match[2].length;
  return located(match[2], { ...words, start, end: start + match[2].length });
}

/** The request piped in: `printf 'GET /path HTTP/1.1…' | gnutls-cli`. */
function pipedRequest(label: Span): Located<string> | null {
  const match = /(GET|HEAD|POST|PUT) \/[^\s"'\\]{0,1000}/.exec(textOf(label));
  if (match === null) return null;
  const start = label.start + match.index;
  return located(match[0], { ...label, start, end: start + match[0].length });
}

function factsOf(run: Run): readonly Fact[] {
  return factsOfRun(run, requestIn(run));
}

/** A handshake that was completed prints what was sent whenever it was asked for. */
function requestIn(run: Run): CertificateRequestFact | null {
  const deciding = run.requested ?? run.notAsked ?? run.completed;
  if (deciding === null) return null;
  const { authorities, authoritiesLine } = run;
  if (run.requested === null) {
    return requestOf(run, { span: deciding, requested: false, authorities, authoritiesLine, whole: run.completed !== null });
  }
  const when = run.rehandshake ? "after-request" : "first-handshake";
  // Names of the debug log are complete when the handshake is: nothing marks their end.
  if (run.authorities === null && run.debugNames.length > 0) {
    const whole = run.completed !== null;
    return requestOf(run, { span: deciding, requested: true, authorities: run.debugNames, authoritiesLine: run.debugLine, when, whole });
  }
  return requestOf(run, { span: deciding, requested: true, authorities, authoritiesLine, when, whole: run.listEnded && !run.listSpoiled });
}

function parse(block: Block): readonly LabelledLine[] {
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(block.text).tokens;
  return labelledLines(parser.lines(), ["line"], block);
}

/** Reads transcripts: what was asked with which list, what was sent, how it ended. */
export function read(passages: readonly Passage[]): Reading {
  return readByLine(passages, parse, () => new TranscriptReader());
}
