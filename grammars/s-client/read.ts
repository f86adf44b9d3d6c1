import { findAlert, findAlertByName } from "../../src/model/alerts.ts";
import type { AlertFact, CertificateRequestFact, ErrorCodeFact, Fact, TlsRunFact, VerifyErrorFact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { compareSpans, located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { readCertificates, type PemBlock } from "../shared/x509.ts";
import { readCommand, type Command } from "./command.ts";
import { answerFrom, answerFromBody, httpFact, readBody, readHeader, type Answer } from "./http.ts";
import { linesOf, type Line } from "./lines.ts";
import { clientErrorName } from "./openssl-errors.ts";
import { beginsName, continues, findWrapWidth, isElision, joinBroken, nameFrom, notationOf, plainText, restOfBroken, textOfLine, type PrintedName } from "./printed-names.ts";
import { runStarts } from "./runs.ts";
import {
  damageOf, isWithoutHandshake, newSummary, requestFact, sessionFact, showsRequest, STAGES, type Summary, type SummaryContext,
} from "./summary.ts";
import { noEvidence, openSslSince, openSslUntil, type ToolEvidence } from "./version.ts";

/** Reads the passages of one stretch of text. Total: it never throws, whatever the text holds. */
export async function readPassages(passages: readonly Passage[]): Promise<Reading> {
  const facts: Fact[] = [];
  const notUnderstood: Span[] = [];
  const pem: PemBlock[] = [];
  const count = { runs: 0, summaries: 0 };
  for (const passage of passages) {
    const lines = linesOf(passage.span);
    const wrapWidth = findWrapWidth(lines);
    const starts = runStarts(lines);
    starts.forEach((start, index) => {
      const reader = new RunReader(lines.slice(start, starts[index + 1] ?? lines.length), ++count.runs, wrapWidth, index > 0 || beginsHere(lines));
      count.summaries = reader.read(count.summaries);
      // One by one: a hostile text gives more than a call takes arguments.
      for (const fact of reader.facts) facts.push(fact);
      for (const span of reader.unread) notUnderstood.push(span);
      for (const block of reader.pem) pem.push(block);
    });
  }
  if (pem.length > 0) facts.push(...await readCertificates(pem, "s_client"));
  return { facts: facts.sort((a, b) => compareSpans(a.span, b.span)), notUnderstood };
}

/** Does the passage show the beginning of a run, so that its first summary is the first of all? */
function beginsHere(lines: readonly Line[]): boolean {
  for (const { kind } of lines) {
    if (kind === "CommandLine" || kind === "Connected" || kind === "ConnectingTo" || kind === "ChainHeading" || kind === "Depth" || kind === "NoPeerCertificate") return true;
    if (kind === "HttpRequest" || kind === "HttpStatus" || kind === "HandshakeRead" || kind === "NamesHeading" || kind === "NoNames") return false;
  }
  return false;
}

/** What the lines between known ones belong to. */
type Region = "none" | "body" | "headers" | "typed" | "pem" | "trace" | "debug" | "extra" | "ticket" | "usage";

/** A message of the handshake that -state, -msg or -trace printed. */
interface Progress {
  readonly what: "request" | "flight-end" | "finished" | "hello-request";
  readonly span: Span;
  /** Number of complete summaries printed before it. */
  readonly summaries: number;
}

/** Reads the lines of one run. Holds what is known so far; every line is either understood or in `unread`. */
class RunReader {
  readonly facts: Fact[] = [];
  readonly unread: Span[] = [];
  readonly pem: PemBlock[] = [];
  private readonly lines: readonly Line[];
  private readonly run: number;
  private readonly wrapWidth: number | null;
  private readonly fromStart: boolean;
  private readonly tool: ToolEvidence = noEvidence();
  private readonly summaries: Summary[] = [];
  private readonly progress: Progress[] = [];
  private summary: Summary | null = null;
  private region: Region = "none";
  private inTicket = false;
  private traced = false;
  private depth: number | null = null;
  private answer: Answer | null = null;
  private command: Command | null = null;
  private connecting: Located<string> | null = null;
  private connected: Located<boolean> | null = null;
  private request: Located<string> | null = null;
  private inputEnded: Located<boolean> | null = null;
  /** Offset of the first request or answer of HTTP; a summary behind it is not that of the first handshake alone. */
  private spoke: number | null = null;
  private pemLines: string[] | null = null;
  private pemStart: Span | null = null;
  private styles = { slash: false, spaced: false, comma: false };
  private index = 0;

  constructor(lines: readonly Line[], run: number, wrapWidth: number | null, fromStart: boolean) {
    this.lines = lines;
    this.run = run;
    this.wrapWidth = wrapWidth;
    this.fromStart = fromStart;
  }

  /** Reads all lines; `before` complete summaries were counted so far. Returns the new count. */
  read(before: number): number {
    for (this.index = 0; this.index < this.lines.length; this.index++) {
      const line = this.lines[this.index] as Line;
      if (this.pemLines !== null && this.readPem(line)) continue;
      this.readLine(line);
      if (line.status !== null) this.readStatus(line.status);
    }
    this.closeAnswer();
    this.closeSummary();
    return this.finish(before);
  }

  private readLine(line: Line): void {
    const wasIn = this.region;
    if (line.kind === "BlankLine") {
      if (wasIn === "headers") this.region = "body";
      else if (wasIn === "typed" || wasIn === "trace") this.region = "none";
      return;
    }
    // A page may print labels of a summary; inside it only a line that no page has ends it.
    if (line.kind === "OtherText" || line.kind === "NameLine" || line.kind === "HttpHeader" || line.kind === "ByteLine" || line.kind === "Base64") {
      this.readLoose(line);
      return;
    }
    if (wasIn !== "trace" || !TRACE_KINDS.has(line.kind)) this.region = "none";
    this.readKnown(line);
  }

  private readKnown(line: Line): void {
    const { value } = line;
    switch (line.kind) {
      case "CommandLine":
        this.command ??= readCommand({ ...line.span, end: line.span.end });
        if (this.command.httpRequest !== null) this.request ??= this.command.httpRequest;
        return;
      case "ConnectingTo": openSslSince(this.tool, "3.2"); this.connecting ??= value; return;
      case "Connected": this.connected ??= located(true, line.span); return;
      case "ConnectFailure":
        if (this.connected === null) this.connected = located(false, line.span);
        return;
      case "VersionLine": this.readVersion(line); return;
      case "OpensslError": this.readError(line); return;
      case "ClientError": return;
      case "UsageLine": this.region = "usage"; return;
      case "Farewell":
        this.closeAnswer();
        if (line.label.trim() === "DONE") this.inputEnded ??= located(true, line.span);
        return;
      case "Depth": this.readDepth(line); return;
      case "VerifyError": this.readVerifyError(line); return;
      case "CantServerName": openSslSince(this.tool, "1.1.1"); return;
      case "State": this.readState(line); return;
      case "StateAlert": this.readStateAlert(line); return;
      case "Message": this.region = "debug"; this.readMessage(line); return;
      case "TraceRecord": this.region = "trace"; this.traced = true; return;
      case "TraceMessage":
        this.region = "trace";
        if (line.label.startsWith("CertificateRequest")) this.note("request", line.span);
        else if (line.label.startsWith("HelloRequest")) this.note("hello-request", line.span);
        else if (line.label.startsWith("ServerHelloDone")) this.note("flight-end", line.span);
        return;
      case "TraceDetail": this.region = "trace"; return;
      case "PemBegin":
        this.pemLines = [];
        this.pemStart = /^\s*(?:TRUSTED |X509 )?CERTIFICATE\s*[-\u2013\u2014]/.test(value?.value ?? "") ? line.span : null;
        if (this.inTrace()) this.pemStart = null;
        return;
      case "ChainHeading": this.stage(STAGES.chain, line); return;
      case "ChainSubject": {
        const summary = this.stage(STAGES.chain, line);
        summary.chain.push({ subject: this.readName(line), issuer: null });
        return;
      }
      case "ChainIssuer": {
        const summary = this.stage(STAGES.chain, line);
        const last = summary.chain.at(-1);
        const issuer = this.readName(line);
        if (last !== undefined && last.issuer === null) last.issuer = issuer;
        return;
      }
      case "ChainKey": case "ChainValidity": openSslSince(this.tool, "3.0"); this.touch(line); return;
      case "ServerCertificate": this.stage(STAGES.certificate, line); return;
      case "NoPeerCertificate": this.stage(STAGES.certificate, line).noPeerCertificate = true; return;
      case "Subject": this.stage(STAGES.certificate, line).serverSubject ??= this.readName(line); return;
      case "Issuer":
        if (this.depth !== null && this.lines[this.index - 1]?.kind === "VerifyError") return void this.readName(line);
        this.stage(STAGES.certificate, line).serverIssuer ??= this.readName(line);
        return;
      case "NamesHeading": case "NoNames": case "CertificateTypes": case "RequestedAlgorithms": case "SharedAlgorithms": case "CutLabel": case "PeerDigest": case "PeerSignature":
      case "TempKey": case "NegotiatedGroup": case "PeerSignLine":
        this.readRequest(line);
        return;
      case "ExtraHeading": this.region = "extra"; return;
      case "HandshakeRead": {
        const summary = this.stage(STAGES.handshake, line);
        summary.handshakeRead = line.span;
        return;
      }
      case "Verification":
        if (this.summary?.brief === true) return this.touch(line);
        openSslSince(this.tool, "1.1.0");
        if (this.summary === null || this.summary.stage > STAGES.handshake) this.stage(STAGES.handshake, line);
        return;
      case "Separator": this.inTicket = false; return;
      case "NewSession": this.readNewSession(line); return;
      case "SecureRenegotiation": this.readRenegotiation(line); return;
      case "PublicKeyBits": case "HandshakeDetail": this.touch(line); return;
      case "TicketArrived": this.inTicket = true; openSslSince(this.tool, "1.1.1"); return;
      case "SslSession":
        if (!this.inTicket) this.stage(STAGES.session, line).inSession = true;
        return;
      case "Protocol": case "Cipher": case "StartTime": case "VerifyCode": case "SessionDetail": case "Secret":
        this.readSession(line);
        return;
      case "BriefEstablished":
        this.closeSummary();
        this.summary = newSummary(line.span, true);
        this.summaries.push(this.summary);
        return;
      case "ProtocolVersion": case "CipherSuite": case "PeerCertificate": case "BriefDetail": this.readBrief(line); return;
      case "HttpStatus": return;
      case "HttpRequest": this.readHttpRequest(line); return;
      case "HtmlPage": this.readPage(line); return;
      default: return;
    }
  }

  /** Lines that mean something only where they stand. */
  private readLoose(line: Line): void {
    const text = plainText(line);
    switch (this.region) {
      case "headers":
        if (line.kind === "HttpHeader") {
          if (this.answer !== null && line.value !== null) readHeader(this.answer, line.label.replace(/:$/, ""), line.value);
          return;
        }
        this.region = "body";
        this.readLoose(line);
        return;
      case "body":
        if (this.answer !== null) readBody(this.answer, text);
        return;
      case "typed":
        if (line.kind === "HttpHeader" || /^(?:Host|Connection)/i.test(text)) return;
        break;
      case "trace": case "extra": case "usage": return;
      case "debug":
        if (line.kind === "ByteLine") return;
        break;
      default: break;
    }
    if (line.kind === "ByteLine" || line.kind === "Base64" || isElision(text)) return;
    // The rest of a hex dump or of a label that a body was written into.
    if (this.answer !== null && /^[ -]?[0-9a-f]{1,2}(?:[ -][0-9a-f]{2}){0,16}(?: {2,4}|$)/.test(text)) return;
    if (/^[0-9a-f ]{0,3}[ -][0-9a-f]{2}(?:[ -][0-9a-f]{2}){2,16}/.test(text)) return;
    // A broken line of a dump: the text beside the bytes.
    const above = this.lines[this.index - 1];
    // The rest of a secret that was broken off: understood, never kept.
    if (above !== undefined && (above.kind === "Secret" || above.kind === "KeyLog") && /^[0-9A-Fa-f ]{1,512}$/.test(text)) return;
    if (above !== undefined && (above.kind === "HexDump" || above.kind === "ByteLine") && text.length <= 48) return;
    if (line.kind === "HttpHeader" && this.spoke !== null) return;
    // The rest of any other known line that a mail or a terminal broke.
    if (above !== undefined && above.kind !== "BlankLine" && above.kind !== "OtherText" && continues("", above.width, line, this.wrapWidth)) return;
    this.unread.push(line.span);
  }

  /** Is the PEM part of a -trace tree? It may be a certificate that the client sent, so it is not taken for one of the server. */
  private inTrace(): boolean {
    return this.traced && this.summary?.stage !== STAGES.chain && this.summary?.stage !== STAGES.certificate;
  }

  /** A line inside PEM; false when the block has ended without its last line. */
  private readPem(line: Line): boolean {
    if (line.kind === "PemEnd") {
      if (this.pemStart !== null && this.pemLines !== null) {
        this.pem.push({ base64: this.pemLines.join(""), span: { ...this.pemStart, end: line.span.end } });
      }
      this.pemLines = null;
      return true;
    }
    const text = textOfLine(line);
    if (line.kind === "BlankLine" || /^[A-Za-z0-9+/=]{1,100}$/.test(text)) {
      this.pemLines?.push(text);
      return true;
    }
    // `...` for lines taken out, and the headers of a key (`Proc-Type: 4,ENCRYPTED`): nothing to decode, but known.
    if (isElision(text) || line.kind === "HttpHeader") {
      this.pemStart = null;
      return true;
    }
    if (line.status !== null) this.pemStart = null;
    this.pemLines = null;
    return false;
  }

  /** The summary that a line of part `stage` belongs to; begins a new one where the line cannot follow. */
  private stage(stage: number, line: Line): Summary {
    const current = this.summary;
    const repeats = current !== null && stage === current.stage && (
      (line.kind === "ChainHeading") || (line.kind === "ServerCertificate" && current.serverSubject !== null) || (line.kind === "HandshakeRead" && current.handshakeRead !== null)
      || (line.kind === "NewSession" && current.version !== null) || (line.kind === "SslSession" && current.inSession) || line.kind === "NoPeerCertificate");
    if (current === null || current.brief || stage < current.stage || repeats) {
      this.closeSummary();
      this.inTicket = false;
      this.closeAnswer();
      this.summary = newSummary(line.span, false);
      this.summaries.push(this.summary);
    }
    const summary = this.summary as Summary;
    summary.stage = stage;
    summary.end = line.span;
    return summary;
  }

  private touch(line: Line): void {
    if (this.summary !== null && !this.inTicket) this.summary.end = line.span;
  }

  private closeSummary(): void {
    this.summary = null;
  }

  /** The name behind a label, with the lines it goes on in. An empty value is an empty name, unless the lines below hold one attribute each. */
  private readName(line: Line): Located<Name> {
    // A line of full width ends in the middle of the name, so its last blank counts.
    const full = line.width === this.wrapWidth && line.value !== null ? { ...line.value.span, end: line.raw.end } : line.value?.span;
    const own: PrintedName = { text: full === undefined ? "" : textOf(full), span: full ?? { ...line.raw, start: line.raw.end } };
    if (own.text !== "") this.noteStyle(line.kind, own.text);
    const below: Line[] = [];
    while (this.lines[this.index + 1 + below.length]?.kind === "NameLine" && this.isOneAttribute(own.text) && below.length < 40) {
      below.push(this.lines[this.index + 1 + below.length] as Line);
    }
    if (below.length > 0) {
      this.index += below.length;
      const parts = [...(own.text === "" ? [] : [own.text]), ...below.map(textOfLine)];
      const span = { ...own.span, end: (below.at(-1) as Line).span.end };
      const name = nameFrom({ text: parts.map((part) => part.trim().replace(/ {2,26}= /, " = ")).join("\n"), span }, "lines");
      return located({ ...name.value, printed: own.text === "" ? parts.join("\n") : own.text }, span);
    }
    const whole = this.withContinuations(own, line);
    return nameFrom(whole, notationOf(whole.text));
  }

  private isOneAttribute(text: string): boolean {
    return !text.startsWith("/") && !/[,;+] ?(?:[A-Za-z]{1,30}|[0-9.]{3,40}) ?=/.test(text);
  }

  /** Takes up the lines that a mail or a terminal broke off. */
  private withContinuations(own: PrintedName, line: Line): PrintedName {
    let { text } = own;
    let { end } = own.span;
    let width = line.width;
    for (let taken = 0; taken < 60; taken++) {
      const next = this.lines[this.index + 1];
      if (next === undefined || text === "" || !continues(text, width, next, this.wrapWidth)) break;
      const more = width === this.wrapWidth ? restOfBroken(next, line) : textOfLine(next);
      text = joinBroken(text, width, more, this.wrapWidth);
      end = next.span.end;
      width = next.width;
      this.index++;
    }
    return { text, span: { ...own.span, end } };
  }

  private noteStyle(kind: string, text: string): void {
    if (kind === "Depth") return;
    if (/^\/[A-Za-z]/.test(text)) this.styles.slash = true;
    else if (/^[A-Za-z]{1,25} = /.test(text)) this.styles.spaced = true;
    else if (/^[A-Za-z]{1,25}=[^,]*, [A-Z]{1,2}=/.test(text)) this.styles.comma = true;
  }

  private readRequest(line: Line): void {
    if (this.summary?.brief !== true) {
      const current = this.summary;
      const second = current !== null && current.stage === STAGES.request && current.heading !== null && line.kind === "NamesHeading";
      if (second && current.handshakeRead === null && this.looksForged(current)) {
        current.foreign.push(line.span);
        return;
      }
      if (second || (current !== null && current.noNames !== null && line.kind === "NoNames" && current.stage === STAGES.request)) this.closeSummary();
      this.stage(STAGES.request, line);
    }
    const summary = this.summary as Summary;
    summary.end = line.span;
    summary.requestEnd = line.span;
    switch (line.kind) {
      case "NamesHeading": summary.heading = line.span; break;
      case "NoNames": summary.noNames = line.span; return;
      case "CertificateTypes": {
        summary.askedBy ??= line.span;
        openSslSince(this.tool, "1.0.2");
        const list = this.readList(line, /, ?/);
        if (list !== null) summary.certificateTypes.push(list);
        break;
      }
      case "RequestedAlgorithms": {
        summary.askedBy ??= line.span;
        openSslSince(this.tool, "1.0.2");
        const list = this.readList(line, /:/);
        if (list !== null) summary.signatureAlgorithms.push(list);
        return;
      }
      case "CutLabel": summary.askedBy ??= line.span; return;
      case "SharedAlgorithms": summary.askedBy ??= line.span; openSslSince(this.tool, "1.0.2"); this.readList(line, /:/); return;
      case "PeerDigest": openSslSince(this.tool, "1.0.2"); summary.peerDigest = true; return;
      case "PeerSignature": openSslSince(this.tool, "1.1.1"); return;
      case "TempKey":
        summary.tempKey = true;
        if (line.label.startsWith("Peer")) openSslSince(this.tool, "3.5");
        else openSslUntil(this.tool, "3.4");
        return;
      case "NegotiatedGroup": openSslSince(this.tool, "3.5"); return;
      default: return;
    }
    if (summary.heading !== null) this.readNames(summary, line.kind === "CertificateTypes");
  }

  private looksForged(summary: Summary): boolean {
    return summary.names.length > 0 && beginsNameAt(this.lines, this.index + 1);
  }

  /** A list behind a label, with the lines it goes on in; empty members do not count. */
  private readList(line: Line, separator: RegExp): Located<readonly string[]> | null {
    let text = line.value?.value ?? "";
    let span = line.value?.span ?? null;
    let width = line.value === null ? 80 : line.width;
    for (let taken = 0; taken < 40; taken++) {
      const next = this.lines[this.index + 1];
      if (next === undefined || (next.kind !== "OtherText" && (width !== this.wrapWidth || next.kind === "NameLine")) || width < 40) break;
      const more = textOfLine(next).trim();
      const fits = separator.test(":") ? /^[A-Za-z0-9+_:.-]{1,4000}$/.test(more) && (width === this.wrapWidth || /[:+]/.test(more))
        : /^[A-Za-z0-9 ,()-]{2,200}$/.test(more) && (text === "" || text.endsWith(",") || width === this.wrapWidth);
      if (!fits) break;
      text = separator.test(":") || width === this.wrapWidth || text === "" ? text + more : `${text} ${more}`;
      span = { ...(span ?? next.span), end: next.span.end };
      width = next.width;
      this.index++;
    }
    if (span === null) return null;
    const members = text.split(separator).map((member) => member.trim()).filter((member) => member !== "");
    return members.length === 0 ? null : located(members, span);
  }

  /** The names below the heading: up to the first line that only a summary has, past lines that a line feed in a name makes. */
  private readNames(summary: Summary, afterTypes: boolean): void {
    const pending: Line[] = [];
    let blanks = 0;
    let last: Line | null = afterTypes ? (this.lines[this.index] ?? null) : null;
    let at = this.index + 1;
    for (; at < this.lines.length; at++) {
      const line = this.lines[at] as Line;
      if (line.kind === "BlankLine") {
        if (++blanks > 2) break;
        last = null;
        continue;
      }
      if (beginsName(line)) {
        for (const odd of pending) summary.foreign.push(odd.span);
        pending.length = 0;
        this.index = at;
        const raw = { ...line.span };
        const whole = this.withContinuations({ text: textOf(raw), span: raw }, line);
        summary.names.push(tidy(whole));
        summary.end = { ...whole.span };
        summary.requestEnd = { ...whole.span };
        at = this.index;
        last = this.lines[at] as Line;
        blanks = 0;
        if (line.status !== null) break;
      } else if (line.kind === "OtherText" && isElision(textOfLine(line))) {
        summary.cut ??= line.span;
        this.index = at;
      } else if (line.kind === "OtherText" && last !== null && pending.length < 8 && !afterTypes) {
        pending.push(line);
      } else if (line.kind === "Separator" && last !== null && beginsNameAt(this.lines, at + 1)) {
        pending.push(line);
      } else break;
    }
    // Lines that follow the last name directly: `---`, prose, or the rest of a forged name that only a label of the summary can settle.
    const next = this.lines[at];
    if (pending.length > 0 && next !== undefined && REQUEST_KINDS.has(next.kind)) {
      for (const odd of pending) summary.foreign.push(odd.span);
      this.index = at - 1;
    }
  }

  private readNewSession(line: Line): void {
    const summary = this.stage(STAGES.agreed, line);
    const match = /^([^,]{1,60}), {1,2}Cipher is (.{1,120})$/.exec(line.value?.value ?? "");
    if (match === null || line.value === null) return;
    const { start } = line.value.span;
    const version = match[1] as string;
    const cipher = (match[2] as string).trim();
    summary.version = located(version, { ...line.value.span, end: start + version.length });
    summary.cipherAgreed = located(cipher, { ...line.value.span, start: start + (match[0].length - (match[2] as string).length) });
    summary.reused = located(line.label.startsWith("Reused"), line.span);
  }

  private readRenegotiation(line: Line): void {
    this.touch(line);
    if (this.summary === null) return;
    if (line.label.startsWith("This")) {
      openSslSince(this.tool, "3.2");
      return;
    }
    this.summary.secureRenegotiation ??= located(!/^\s*NOT/.test(textOf(line.raw)), line.span);
  }

  private readSession(line: Line): void {
    if (this.inTicket) return;
    const { value } = line;
    if (line.kind === "Protocol" && this.summary?.stage === STAGES.agreed && !this.summary.inSession) {
      openSslSince(this.tool, "3.4");
      this.touch(line);
      this.summary.protocolLine ??= value;
      return;
    }
    if (line.kind === "VerifyCode" && this.summary?.stage === STAGES.agreed) return this.readVerifyCode(this.summary, line);
    const summary = this.stage(STAGES.session, line);
    switch (line.kind) {
      case "Protocol": summary.sessionProtocol ??= value; break;
      case "Cipher": summary.sessionCipher ??= value; break;
      case "StartTime":
        if (value !== null && /^[0-9]{1,12}$/.test(value.value)) summary.startTime ??= located(Number(value.value), value.span);
        break;
      case "VerifyCode": this.readVerifyCode(summary, line); break;
      case "SessionDetail":
        if (line.label.startsWith("Extended")) openSslSince(this.tool, "1.1.0");
        else if (line.label.startsWith("Max")) openSslSince(this.tool, "1.1.1");
        break;
      default:
        if (line.label.startsWith("Key-Arg")) openSslUntil(this.tool, "1.0.2");
    }
  }

  private readVerifyCode(summary: Summary, line: Line): void {
    summary.end = line.span;
    const match = /^([0-9]{1,5})(?: {1,2}\((.{0,200})\)?)?/.exec(line.value?.value ?? "");
    if (match === null || line.value === null) return;
    summary.verifyReturnCode ??= located({ code: Number(match[1]), text: (match[2] ?? "").replace(/\)$/, "") }, line.value.span);
  }

  private readBrief(line: Line): void {
    if (this.summary?.brief !== true) {
      if (line.kind === "BriefDetail") return;
      this.closeSummary();
      this.summary = newSummary(line.span, true);
      this.summaries.push(this.summary);
    }
    const summary = this.summary as Summary;
    summary.end = line.span;
    if (line.kind === "ProtocolVersion") summary.sessionProtocol ??= line.value;
    else if (line.kind === "CipherSuite") summary.sessionCipher ??= line.value;
    else if (line.kind === "PeerCertificate") summary.serverSubject ??= this.readName(line);
  }

  private readVersion(line: Line): void {
    const match = /^([0-9][0-9.]{1,8}[0-9a-z]*)/.exec(line.value?.value ?? "");
    if (match?.[1] !== undefined) this.tool.named = { name: line.label.startsWith("Libre") ? "libressl" : "openssl", version: match[1] };
  }

  private readDepth(line: Line): void {
    this.depth = Number(/[0-9]{1,3}/.exec(line.value?.value ?? "")?.[0] ?? "0");
    const own = line.value;
    if (own === null) return;
    const name = own.value.replace(/^[0-9]{1,3} ?/, "");
    const start = own.span.end - name.length;
    this.readName({ ...line, value: name === "" ? null : located(name, { ...own.span, start }), raw: { ...line.raw, start } });
  }

  private readVerifyError(line: Line): void {
    const match = /^([0-9]{1,5}):(.{1,300})$/.exec(line.value?.value ?? "");
    if (match === null) return;
    const fact: VerifyErrorFact = {
      kind: "verify-error", format: "s_client", span: line.span, run: this.run, depth: this.depth, code: Number(match[1]), text: (match[2] as string).trim(),
    };
    this.facts.push(fact);
  }

  private readError(line: Line): void {
    let text = plainText(line);
    let before = line;
    // A broken error line goes on until its last field, "SSL alert number 40" or empty.
    for (let taken = 0; taken < 8 && !/alert number [0-9]{1,3}/.test(text); taken++) {
      const next = this.lines[this.index + 1];
      if (next === undefined || !continues(text, before.width, next, this.wrapWidth)) break;
      const full = before.width === this.wrapWidth;
      if (!full && !/[:_.]|alert|number/.test(plainText(next))) break;
      text += full ? restOfBroken(next, line) : ` ${plainText(next)}`;
      before = next;
      this.index++;
    }
    const number = /SSL alert {1,2}number {1,2}([0-9]{1,3})/.exec(text)?.[1];
    if (number !== undefined) {
      this.alert(Number(number), /(?:alert )([a-z ]{3,40}):/.exec(text)?.[1] ?? "", "received", line.span);
      return;
    }
    if (/:connect error:|Connection refused|:connect:/.test(text) && this.connected === null) this.connected = located(false, line.span);
    const name = clientErrorName(text);
    if (name !== null) {
      const fact: ErrorCodeFact = { kind: "error-code", format: "s_client", span: line.span, name, code: null };
      this.facts.push(fact);
    }
  }

  private alert(number: number | null, printed: string, direction: "received" | "sent", span: Span): void {
    const known = number === null ? findAlertByName(printed) : findAlert(number);
    if (known?.number === 0) return;
    const fact: AlertFact = {
      kind: "alert", format: "s_client", span, run: this.run, number: number ?? known?.number ?? null,
      name: known?.name ?? (printed.trim().replace(/[ -]/g, "_") || `alert_${number ?? "unknown"}`), direction,
    };
    this.facts.push(fact);
  }

  private readState(line: Line): void {
    const text = line.value?.value ?? "";
    if (/read server certificate request|read certificate request|server certificate request A/i.test(text)) this.note("request", line.span);
    else if (/read server done|read server hello done/i.test(text)) this.note("flight-end", line.span);
    else if (/read hello request|read HelloRequest/i.test(text)) this.note("hello-request", line.span);
    else if (/read finished|negotiation finished/i.test(text)) this.note("finished", line.span);
  }

  private readStateAlert(line: Line): void {
    const match = /^(read|write):(fatal|warning|[a-z]{1,12}):(.{1,60})$/.exec(line.value?.value ?? "");
    if (match !== null) this.alert(null, match[3] as string, match[1] === "read" ? "received" : "sent", line.span);
  }

  private readMessage(line: Line): void {
    const text = line.value?.value ?? "";
    const received = /^(?:<|&lt;)/.test(line.label);
    const alert = /Alert \[length [0-9a-f]{1,6}\], (fatal|warning) ([a-z_ ]{2,40})/i.exec(text);
    if (alert !== null) return this.alert(null, alert[2] as string, received ? "received" : "sent", line.span);
    if (!received) return;
    if (/, CertificateRequest/.test(text)) this.note("request", line.span);
    else if (/, ServerHelloDone/.test(text)) this.note("flight-end", line.span);
    else if (/, HelloRequest/.test(text)) this.note("hello-request", line.span);
    else if (/, Finished/.test(text)) this.note("finished", line.span);
  }

  private note(what: Progress["what"], span: Span): void {
    this.progress.push({ what, span, summaries: this.summaries.filter(({ handshakeRead }) => handshakeRead !== null).length });
  }

  private readHttpRequest(line: Line): void {
    this.closeAnswer();
    this.region = "typed";
    this.spoke ??= line.span.start;
    if (line.value === null) return;
    const path = /^[^\s?]{1,2000}/.exec(line.value.value)?.[0] ?? "";
    const method = line.label.trim();
    this.request ??= located(`${method} ${path}`, { ...line.span, end: line.value.span.start + path.length });
  }

  private readStatus(span: Span): void {
    this.closeAnswer();
    this.answer = answerFrom(span);
    this.region = "headers";
    this.spoke ??= span.start;
  }

  private readPage(line: Line): void {
    const page = plainText(line);
    this.region = "body";
    if (this.answer !== null) return readBody(this.answer, page);
    this.spoke ??= line.span.start;
    const answer = answerFromBody(page, line.span);
    if (answer !== null) this.facts.push(httpFact(answer, this.run));
  }

  private closeAnswer(): void {
    if (this.answer !== null) this.facts.push(httpFact(this.answer, this.run));
    this.answer = null;
  }

  /** Writes the facts of the run and of its summaries. */
  private finish(before: number): number {
    const { slash, spaced, comma } = this.styles;
    const usual = [slash, spaced, comma].filter(Boolean).length === 1 && this.command?.options.some(({ value }) => value === "-nameopt") !== true;
    if (usual && slash) openSslUntil(this.tool, "1.1.0");
    if (usual && spaced) {
      openSslSince(this.tool, "1.1.1");
      openSslUntil(this.tool, "3.1");
    }
    if (usual && comma) openSslSince(this.tool, "3.2");
    if (this.summaries.some((summary) => /^TLSv1\.3$/.test(summary.sessionProtocol?.value ?? "") && summary.version?.value === "TLSv1/SSLv3")) this.tool.libressl = true;
    if (slash && this.summaries.some((summary) => summary.tempKey && !summary.peerDigest && summary.handshakeRead !== null && /^TLSv1\.2$/.test(summary.sessionProtocol?.value ?? ""))) {
      this.tool.libressl = true;
    }
    let count = before;
    let shown = false;
    let quiet = false;
    let complete = 0;
    for (const summary of this.summaries) {
      const full = summary.handshakeRead !== null;
      if (full) count++;
      const asks = showsRequest(summary);
      const isFirst = this.fromStart || complete > 0;
      const when = !asks ? null : quiet && !shown ? "after-request" : shown ? this.firstWhen : isFirst && !this.spokeBefore(summary) ? "first-handshake" : null;
      if (asks && !shown) this.firstWhen = when;
      const context: SummaryContext = {
        run: this.run, number: full ? count : null, tool: this.tool, command: this.command?.text ?? null, when,
        quietFlight: this.quietFlight(complete),
      };
      const request = requestFact(summary, context);
      const session = sessionFact(summary, context);
      if (session !== null) this.facts.push(session);
      if (request !== null) this.facts.push(request);
      this.facts.push(...damageOf(summary));
      if (asks) shown = true;
      else if (full && !isWithoutHandshake(summary) && summary.reused?.value !== true) quiet = true;
      if (full) complete++;
    }
    for (const fact of this.progressFacts()) this.facts.push(fact);
    const run = this.runFact();
    if (run !== null) this.facts.push(run);
    return count;
  }

  private firstWhen: CertificateRequestFact["when"] = null;

  /** A request was typed or answered before the summary, so it may be the one of a later handshake. Only lines before its own start count. */
  private spokeBefore(summary: Summary): boolean {
    return this.spoke !== null && this.spoke < summary.start.start && !this.summaries.some((other) => other !== summary && other.start.start < summary.start.start);
  }

  /** The end of the server's messages of the handshake before summary `number`, when no request is among them. */
  private quietFlight(number: number): Span | null {
    const own = this.progress.filter(({ summaries }) => summaries === number);
    const end = own.find(({ what }) => what === "flight-end") ?? null;
    const early = this.progress.filter(({ summaries }) => summaries <= number);
    return end !== null && !early.some(({ what }) => what === "request") ? end.span : null;
  }

  /** Each request among the printed messages, with what came before it. */
  private progressFacts(): readonly CertificateRequestFact[] {
    return this.progress.filter(({ what }) => what === "request").map((request) => {
      const later = request.summaries > 0 || this.progress.some(({ what, span }) => (what === "finished" || what === "hello-request") && span.start < request.span.start);
      return {
        kind: "certificate-request", format: "s_client", span: request.span, run: this.run, summary: null, requested: true,
        because: located(textOf(request.span).trim().slice(0, 160), request.span), authorities: null, authoritiesLine: null,
        certificateTypes: null, signatureAlgorithms: null, when: later ? "after-request" : "first-handshake",
      };
    });
  }

  private runFact(): TlsRunFact | null {
    const first = this.command?.text.span ?? this.connecting?.span ?? this.connected?.span ?? this.request?.span ?? this.summaries[0]?.start
      ?? this.facts[0]?.span ?? this.lines.find(({ kind }) => kind === "Depth" || kind === "State" || kind === "Message")?.span;
    if (first === undefined) return null;
    const { command } = this;
    return {
      kind: "tls-run", format: "s_client", span: first, run: this.run, command: command?.text ?? null,
      connect: command?.connect ?? this.connecting, serverName: command?.serverName ?? null, connected: this.connected,
      httpRequest: this.request, clientCertificate: command?.clientCertificate ?? null, options: command?.options ?? [],
      inputEnded: this.inputEnded ?? command?.inputEnded ?? null,
    };
  }
}

/** Kinds that appear inside the tree of -trace. */
const TRACE_KINDS = new Set(["TraceMessage", "TraceDetail", "HexDump", "ByteLine", "PemBegin", "PemEnd", "CantServerName", "Depth", "VerifyError", "VerifyResult"]);
/** Kinds that show that the list of names has ended inside a summary. */
const REQUEST_KINDS = new Set(["CertificateTypes", "RequestedAlgorithms", "SharedAlgorithms", "PeerDigest", "PeerSignature", "TempKey", "NegotiatedGroup", "HandshakeRead", "Separator"]);

function beginsNameAt(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  return line !== undefined && beginsName(line);
}

/** Removes what a page or a padded terminal left behind a name: tags, and more than one blank. */
function tidy(name: PrintedName): PrintedName {
  const text = name.text.replace(/(?:<br ?\/?>|<\/(?:p|pre|code|li|div|span)>){1,3}[ \t\u00A0]{0,200}$/i, "").replace(/[ \t\u00A0]{2,4000}$/, "");
  return text === name.text ? name : { text, span: { ...name.span, end: name.span.end - (name.text.length - text.length) } };
}
