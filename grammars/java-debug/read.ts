import { findAlertByName } from "../../src/model/alerts.ts";
import { findCertificateTypeByName } from "../../src/model/certificate-types.ts";
import type { CertificateRequestFact, Fact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { addAlert, answerOf, beginRun, type ClientRun, requestOf, sessionOf } from "../shared/client-run.ts";
import { type LabelledLine, type LineReader, readByLine, wholeOf } from "../shared/labelled-lines.ts";
import { logLines } from "./log-lines.ts";
import { listItems, nameAt, splitNames, trimSpan, unquoted } from "./printed-values.ts";
import { readCertificate } from "./read-certificate.ts";

/** What the lines below a heading are part of. */
type MessageKind = "request" | "answer" | "server-chain" | "key" | "alert" | "other";

interface Message {
  readonly kind: MessageKind;
  readonly head: Span;
  readonly old: boolean;
  readonly lines: LabelledLine[];
}

/** One connection, as far as it is printed. */
interface Run extends ClientRun {
  hello: boolean;
  renegotiating: boolean;
  helloDone: boolean;
  requests: number;
  answers: number;
  /** Sentences that were told once already: the log repeats them level by level. */
  readonly told: Set<string>;
}

/** Sentences of the logger, with the name the catalogue of codes has for them. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^No X\.509 cert selected for|^No X\.509 certificate for client authentication/, "JAVA_NO_CERTIFICATE_SELECTED"],
  [/^No available (?:client )?authentication scheme/, "JAVA_NO_AUTHENTICATION_SCHEME"],
];

/** Reads the messages of one stretch in order, connection by connection: a thread is in one connection at a time. */
class LogReader implements LineReader {
  private readonly facts: Fact[] = [];
  private readonly notUnderstood: Span[] = [];
  private runs = 0;
  private readonly runOfThread = new Map<string, Run>();
  private run: Run | null = null;
  private message: Message | null = null;
  private sessions = new Map<Run, Span>();

  read(lines: readonly LabelledLine[]): void {
    for (const line of lines) this.take(line);
    this.close(false);
  }

  finish(): Reading {
    return { facts: [...this.facts, ...[...this.sessions].map(([run, span]) => sessionOf(run, span))], notUnderstood: this.notUnderstood };
  }

  private take(line: LabelledLine): void {
    switch (line.kind) {
      case "Prefix":
        this.close(true);
        this.statement(line);
        return;
      case "OldHeading":
        this.close(true);
        this.oldHeading(line);
        return;
      case "OldChain":
        this.close(true);
        this.open(this.current().helloDone ? "answer" : "server-chain", line, true);
        return;
      case "OldClosing":
        this.close(true);
        return;
      case "FoundKey":
        this.close(true);
        this.open("key", line, true);
        return;
      case "NoneSuitable":
        this.close(true);
        this.error("JAVA_NO_CERTIFICATE_SELECTED", wholeOf(line));
        return;
      case "OldAlert":
        this.close(true);
        if (line.value !== null && /^fatal/.test(textOf(line.value))) this.alert(trimSpan(line.value, /^fatal, {0,4}/, /[ \t]{0,4}$/), textOf(line.label).includes("RECV"));
        return;
      case "RequestOpens":
      case "CertificateTypes":
      case "Authorities":
        if (this.message === null) this.open("request", line, line.kind !== "RequestOpens");
        break;
      case "SignatureSchemes":
        if (this.message === null && textOf(line.label).startsWith("S")) this.open("request", line, true);
        break;
      case "AnswerOpens":
      case "CertificateList":
        if (this.message === null) this.open("answer", line, false);
        break;
      default:
    }
    this.message?.lines.push(line);
    // Only the parenthesis alone ends a message; braces and brackets are nested.
    if (line.kind === "Bracket" && textOf(line.label) === ")") this.close(true);
  }

  private current(): Run {
    this.run ??= this.newRun();
    return this.run;
  }

  private newRun(): Run {
    return { ...beginRun("java-debug", "java", ++this.runs), hello: false, renegotiating: false, helloDone: false, requests: 0, answers: 0, told: new Set() };
  }

  private open(kind: MessageKind, line: LabelledLine, old: boolean): void {
    this.message = { kind, head: wholeOf(line), old, lines: [] };
  }

  private statement(line: LabelledLine): void {
    const thread = /^[^|]{1,20}\|[^|]{1,10}\|([^|]{1,20})\|/.exec(textOf(line.label))?.[1] ?? "";
    const known = this.runOfThread.get(thread);
    if (known !== undefined) this.run = known;
    if (line.value === null) return;
    const text = textOf(line.value);
    if (/^(?:Produced|Consuming) ClientHello handshake/.test(text)) {
      this.hello(text.startsWith("Consuming"));
      this.runOfThread.set(thread, this.current());
      this.open("other", line, false);
      return;
    }
    this.runOfThread.set(thread, this.current());
    const code = SENTENCES.find(([pattern]) => pattern.test(text))?.[1];
    if (code !== undefined) this.error(code, line.value);
    const protocol = /^Negotiated protocol version: ((?:TLS|SSL)v[0-9.]{1,4})/.exec(text)?.[1];
    if (protocol !== undefined) this.protocol(protocol, { ...line.value, start: line.value.start + text.indexOf(protocol), end: line.value.start + text.indexOf(protocol) + protocol.length });
    const alert = /Received fatal alert: ([a-z_]{4,40})/.exec(text);
    if (alert !== null) {
      const start = line.value.start + alert.index + "Received fatal alert: ".length;
      this.alert({ ...line.value, start, end: start + (alert[1] as string).length }, true);
    }
    if (/^Consuming HelloRequest/.test(text)) this.current().renegotiating = true;
    if (/^(?:Consuming|Produced) CertificateRequest/.test(text)) this.open("request", line, false);
    else if (/^(?:Produced|Consuming) client Certificate (?:handshake )?message/.test(text)) this.open("answer", line, false);
    else if (/^(?:Produced|Consuming) server Certificate (?:handshake )?message/.test(text)) this.open("server-chain", line, false);
    else if (/^found key for : /.test(text)) this.open("key", line, false);
    else if (/^Received alert message/.test(text)) this.open("alert", line, false);
    else if (/\($/.test(text)) this.open("other", line, false);
  }

  private oldHeading(line: LabelledLine): void {
    const heading = textOf(line.label).slice("*** ".length);
    if (heading === "ClientHello") this.hello(false);
    const run = this.current();
    if (heading === "ServerHello" && line.value !== null) {
      const span = trimSpan(line.value, /^, /, /[ \t]{0,4}$/);
      if (/^(?:TLS|SSL)v[0-9.]{1,4}$/.test(textOf(span))) this.protocol(textOf(span), span);
    }
    if (heading === "ServerHelloDone") run.helloDone = true;
    if (heading === "HelloRequest") run.renegotiating = true;
    this.open(heading === "CertificateRequest" ? "request" : "other", line, true);
  }

  private hello(server: boolean): void {
    const run = this.current();
    if ((run.hello || run.requests > 0 || run.answers > 0) && !run.renegotiating) this.run = this.newRun();
    this.current().hello = true;
    this.current().helloDone = false;
    this.current().side = server ? "server" : "client";
  }

  private protocol(value: string, span: Span): void {
    const run = this.current();
    run.protocol = located(value, span);
    this.sessions.set(run, span);
  }

  private error(name: string, span: Span): void {
    const run = this.current();
    if (run.told.has(name)) return;
    run.told.add(name);
    this.facts.push({ kind: "error-code", format: "java-debug", span, name, code: null, reportedBy: "client" });
  }

  private alert(span: Span, received: boolean): void {
    const known = findAlertByName(textOf(span).replace(/ /g, "_"));
    // The log repeats an alert in the stack trace of its exception.
    if (known !== null) this.push(addAlert(this.current(), known.number, received ? "received" : "sent", span));
  }

  /** Ends the open message; `ended` is false where the text stops inside it. */
  private close(ended: boolean): void {
    const message = this.message;
    this.message = null;
    if (message === null) return;
    for (const line of message.lines) {
      if (line.kind === "SelectedVersion" && line.value !== null) {
        const span = trimSpan(line.value, /^\[/, /\]$/);
        if (/^(?:TLS|SSL)v[0-9.]{1,4}$/.test(textOf(span))) this.protocol(textOf(span), span);
      }
    }
    switch (message.kind) {
      case "request": return this.request(message, ended);
      case "answer": return this.answer(message);
      case "server-chain": return this.serverChain(message);
      case "key": return this.key(message);
      case "alert": return this.alertMessage(message);
      case "other":
    }
  }

  private request(message: Message, ended: boolean): void {
    const run = this.current();
    const found = readRequest(message, ended);
    if (found === null) return;
    run.requests++;
    this.facts.push(requestOf(run, { span: message.head, requested: true, ...found, when: run.renegotiating ? "after-request" : run.hello ? "first-handshake" : null }));
    for (const line of message.lines) if (line.kind === "OtherText") this.notUnderstood.push(line.label);
  }

  private answer(message: Message): void {
    const run = this.current();
    const certificates = certificateLines(message.lines);
    const empty = emptyList(message.lines);
    if (certificates.length === 0 && empty === null) return;
    // A message quoted without its heading may be either side's.
    const bare = message.lines[0]?.label.start === message.head.start && certificates.length > 0;
    if (bare) return;
    run.answers++;
    this.facts.push(answerOf(run, empty ?? message.head, certificates.length));
    for (const lines of certificates) this.push(readCertificate(lines, null, null));
  }

  private serverChain(message: Message): void {
    const run = this.current();
    certificateLines(message.lines).forEach((lines, index) => {
      const fact = readCertificate(lines, "server", null);
      if (fact === null) return;
      this.facts.push(fact);
      if (index > 0) return;
      run.serverSubject = fact.subject;
      run.serverIssuer = fact.issuer;
      if (!this.sessions.has(run)) this.sessions.set(run, message.head);
    });
  }

  private key(message: Message): void {
    const [leaf, ...chain] = certificateLines(message.lines);
    if (leaf !== undefined) this.push(readCertificate(leaf, null, message.head));
    for (const lines of chain) this.push(readCertificate(lines, null, null));
  }

  private alertMessage(message: Message): void {
    const field = (name: string): Span | null => message.lines.find((line) => line.kind === "AlertField" && textOf(line.label).includes(name))?.value ?? null;
    const level = field("level");
    const description = field("description");
    if (level !== null && description !== null && textOf(level).includes("fatal")) this.alert(unquoted(description), true);
  }

  private push(fact: Fact | null): void {
    if (fact !== null) this.facts.push(fact);
  }
}

/** The lines of each certificate of a message. */
function certificateLines(lines: readonly LabelledLine[]): readonly (readonly LabelledLine[])[] {
  const groups: LabelledLine[][] = [];
  let open: LabelledLine[] | null = null;
  for (const line of lines) {
    if (line.kind === "CertificateOpens") {
      open = [];
      groups.push(open);
    }
    open?.push(line);
    if (line.kind === "CertificateCloses") open = null;
  }
  return groups;
}

/** `"Certificates": <empty list>`, `"certificate_list": [` with `]` on the next line, `<Empty>` of the old form. */
function emptyList(lines: readonly LabelledLine[]): Span | null {
  for (const [index, line] of lines.entries()) {
    if (line.kind === "BracketedName" && line.value !== null && /^Empty>/i.test(textOf(line.value))) return wholeOf(line);
    if (line.kind !== "CertificateList" || line.value === null) continue;
    const value = textOf(line.value);
    if (value === "<empty list>" || value === "[]") return wholeOf(line);
    const next = lines[index + 1];
    if (value === "[" && next?.kind === "Bracket" && textOf(next.label).startsWith("]")) return wholeOf(line);
  }
  return null;
}

type RequestContents = Pick<CertificateRequestFact, "authorities" | "authoritiesLine" | "certificateTypes" | "signatureAlgorithms" | "whole">;

function readRequest(message: Message, ended: boolean): RequestContents | null {
  let certificateTypes: CertificateRequestFact["certificateTypes"] = null;
  let signatureAlgorithms: CertificateRequestFact["signatureAlgorithms"] = null;
  let heading: LabelledLine | null = null;
  const names: Located<Name>[] = [];
  let listed = false;
  let closed = false;
  let certain = true;
  let extension = "";
  for (const line of message.lines) {
    const inList = heading !== null && !closed;
    if (line.kind === "TlsExtension") extension = textOf(line.label);
    else if (line.kind === "CertificateTypes" && line.value !== null) {
      certificateTypes = located(listItems(line.value).map((item) => findCertificateTypeByName(item.value) ?? item.value), line.value);
    } else if (line.kind === "SignatureSchemes" && line.value !== null && !extension.startsWith("\"signature_algorithms_cert")) {
      signatureAlgorithms = located(listItems(line.value).map((item) => item.value), line.value);
    } else if (line.kind === "Authorities") {
      heading = line;
      const value = line.value === null ? "" : textOf(line.value);
      if (line.value !== null && value !== "[") {
        const joined = splitNames(line.value);
        names.push(...joined.names);
        certain = joined.certain;
        closed = value.endsWith("]");
        listed = closed || names.length > 0;
      }
    } else if (inList && line.kind === "NameLine") {
      const text = textOf(line.label).trimEnd();
      closed = text.endsWith("]");
      names.push(nameAt({ ...line.label, end: line.label.start + text.length - (closed ? 1 : 0) }));
      listed = true;
    } else if (inList && line.kind === "BracketedName" && line.value !== null) {
      const span = trimSpan(line.value, /^/, />[ \t]{0,8}$/);
      if (/^Empty$/i.test(textOf(span))) closed = true;
      else if (textOf(line.value).endsWith(">")) names.push(nameAt(span));
      listed = true;
    } else if (inList && line.kind === "Bracket" && textOf(line.label).startsWith("]")) {
      closed = true;
      listed = true;
    }
  }
  // In the old form the list ends where something else begins.
  if (message.old && heading !== null && ended) closed = true;
  if (heading === null && certificateTypes === null && signatureAlgorithms === null && !ended) return null;
  const known = listed || (heading === null && ended && !message.old);
  return {
    authorities: known ? names : null,
    authoritiesLine: known ? (heading === null ? message.head : wholeOf(heading)) : null,
    certificateTypes, signatureAlgorithms, whole: certain && (closed || (heading === null && ended)),
  };
}

/** Reads the messages of a Java log that bear on the client's certificate. */
export function read(passages: readonly Passage[]): Reading {
  return readByLine(passages, logLines, () => new LogReader());
}
