import { findAlertByName } from "../../src/model/alerts.ts";
import { findCertificateType } from "../../src/model/certificate-types.ts";
import type { CertificateFact, CertificateRequestFact, Fact } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { schemeName } from "../../src/model/signature-schemes.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import { bareCertificate } from "../shared/bare-certificate.ts";
import { addAlert, answerOf, beginRun, type ClientRun, factsOfRun, requestOf } from "../shared/client-run.ts";
import { readMoment } from "../shared/dates.ts";
import { type LabelledLine, wholeOf } from "../shared/labelled-lines.ts";
import type { Message, Packet } from "./packets.ts";
import { readDissectedName } from "./printed-names.ts";

type Side = "client" | "server";

interface Run extends ClientRun {
  /** Address of the side that said hello first. */
  client: string | null;
  hello: boolean;
  retried: boolean;
  /** The server's part of the handshake is over: a certificate that follows is the client's. */
  serverDone: boolean;
  request: CertificateRequestFact | null;
  /** The client's Certificate message in the packet list, until the end of its handshake tells whether it holds a certificate. */
  message: Span | null;
  readonly more: Fact[];
}

/** Messages that only one side sends (RFC 5246, section 7.3; RFC 8446, section 4). */
const SENDER: Readonly<Record<string, Side>> = {
  "Client Hello": "client", "Client Key Exchange": "client", "Server Hello": "server", "Hello Retry Request": "server",
  "Server Key Exchange": "server", "Server Hello Done": "server", "Certificate Request": "server", "Encrypted Extensions": "server",
  "New Session Ticket": "server", "Hello Request": "server", "Certificate Status": "server",
};

/** Facts of all connections of a capture. A line of the packet list with the fields of the packet below it is read there. */
export function factsOfPackets(packets: readonly Packet[]): readonly Fact[] {
  const capture = new Capture();
  packets.forEach((packet, index) => {
    const next = packets[index + 1];
    const unfolded = packet.form === "row" && next?.form === "fields" && next.number === packet.number && next.messages.length > 0;
    if (!unfolded) capture.take(packet);
  });
  return capture.facts();
}

class Capture {
  private readonly runs: Run[] = [];
  private readonly byAddresses = new Map<string, Run>();

  take(packet: Packet): void {
    if (packet.messages.length === 0) return;
    const run = this.runOf(packet);
    const side = sideOf(packet, run);
    const to = packet.to?.value ?? null;
    if (side !== null && run.client === null && packet.from !== to) run.client = side === "client" ? packet.from : to;
    // Up to the server's choice a record carries the version of the first.
    const chosen = packet.messages.some((message) => message.name !== "Client Hello");
    if (chosen && /^TLSv1\.[0-3]$/.test(packet.protocol?.value ?? "")) run.protocol ??= packet.protocol;
    if (packet.messages.some((message) => message.name === "Client Hello")) {
      run.connect ??= packet.to;
      if (run.connect !== null) run.connected ??= located(true, run.connect.span);
    }
    for (const message of packet.messages) this.message(run, message, side);
    run.serverDone ||= side === "server" && packet.messages.some((message) => message.name === "Server Hello Done" || message.name === "Finished");
  }

  facts(): readonly Fact[] {
    return this.runs.flatMap((run) => [...factsOfRun(run, run.request), ...run.more]);
  }

  private runOf(packet: Packet): Run {
    const key = [packet.from ?? "", packet.to?.value ?? ""].sort().join(" ");
    const known = this.byAddresses.get(key);
    const hello = packet.messages.some((message) => message.name === "Client Hello");
    // The packet list names no ports, so a further hello is that of a further connection.
    if (known !== undefined && !(hello && known.hello && !known.retried && packet.form === "row")) return known;
    const run: Run = {
      ...beginRun("wireshark", "wireshark", this.runs.length + 1),
      client: null, hello: false, retried: false, serverDone: false, request: null, message: null, more: [],
    };
    this.runs.push(run);
    this.byAddresses.set(key, run);
    return run;
  }

  private message(run: Run, message: Message, side: Side | null): void {
    switch (message.name) {
      case "Client Hello": {
        run.hello = true;
        run.retried = false;
        run.serverName ??= trimmedValue(message.lines.find((line) => line.kind === "ServerName"));
        return;
      }
      case "Hello Retry Request":
        run.retried = true;
        return;
      case "Certificate Request":
        run.request = requestIn(run, message);
        return;
      case "Certificate": return this.certificate(run, message, side);
      case "Certificate Verify":
        if (side !== "server") this.answer(run, null);
        return;
      case "Change Cipher Spec":
      case "Encrypted Handshake Message":
      case "Finished":
        // Who has a certificate proves the key before it finishes. In TLS 1.3 the change of ciphers comes first and means nothing.
        if (side === "client" && !(message.name === "Change Cipher Spec" && run.protocol?.value === "TLSv1.3")) this.answer(run, 0);
        return;
      case "Alert": return this.alert(run, message, side);
      default:
    }
  }

  private certificate(run: Run, message: Message, side: Side | null): void {
    const length = numberIn(message.lines.find((line) => line.kind === "CertificatesLength"));
    const certificates = splitAt(message.lines, "Certificate");
    // A server without a certificate does not get this far.
    const sender = length === 0 ? "client" : side;
    if (sender === "client") {
      const counted = certificates.length > 0 && message.ended ? certificates.length : null;
      if (message.lines.length === 0) run.message = message.span;
      else if (length !== null) run.answer = answerOf(run, message.span, length === 0 ? 0 : counted);
      for (const lines of certificates) run.more.push(certificateOf(lines, null));
    }
    if (sender !== "server") return;
    const facts = certificates.map((lines) => certificateOf(lines, "server"));
    for (const fact of facts) run.more.push(fact);
    run.serverSubject ??= facts[0]?.subject ?? null;
    run.serverIssuer ??= facts[0]?.issuer ?? null;
  }

  private answer(run: Run, count: 0 | null): void {
    if (run.message !== null) run.answer = answerOf(run, run.message, count);
    run.message = null;
  }

  private alert(run: Run, message: Message, side: Side | null): void {
    const field = message.lines.find((line) => line.kind === "AlertDescription");
    const inRow = /Description: ([A-Za-z _]{3,40})/.exec(textOf(message.span))?.[1];
    const number = field?.value == null ? findAlertByName(inRow ?? "")?.number ?? 0
      : Number(/\((\d{1,3})\)/.exec(textOf(field.value))?.[1]);
    if (side !== null) addAlert(run, number, side === "server" ? "received" : "sent", field === undefined ? message.span : wholeOf(field));
  }
}

/** The side that sent a packet: by a message that only one side sends, else by the address that said hello. */
function sideOf(packet: Packet, run: Run): Side | null {
  const told = packet.messages.map((message) => SENDER[message.name]).find((side) => side !== undefined);
  if (told !== undefined) return told;
  if (run.serverDone && packet.messages.some((message) => message.name.startsWith("Certificate"))) return "client";
  if (run.client === null || packet.from === packet.to?.value) return null;
  return packet.from === run.client ? "client" : packet.to?.value === run.client ? "server" : null;
}

function requestIn(run: Run, message: Message): CertificateRequestFact {
  const types = message.lines.filter((line) => line.kind === "CertificateType");
  const schemes = message.lines.filter((line) => line.kind === "Scheme");
  const length = message.lines.find((line) => line.kind === "NamesLength");
  const unfolded = types.length > 0 || schemes.length > 0 || length !== undefined;
  const authorities = splitAt(message.lines, "Authority")
    .flatMap(([head, ...below]) => (head?.value == null ? [] : [readDissectedName(head.value, below)]));
  // Names are announced by their octets; a list of which nothing is unfolded is not known. TLS 1.3 leaves out a list without names.
  const known = authorities.length > 0 || (length === undefined ? unfolded && types.length === 0 && message.ended : numberIn(length) === 0);
  return requestOf(run, {
    span: message.span, requested: true, when: run.hello || run.protocol !== null ? "first-handshake" : null,
    authorities: known ? authorities : null, authoritiesLine: known ? (length === undefined ? message.span : wholeOf(length)) : null,
    certificateTypes: valuesOf(types, (printed) => findCertificateType(Number(/\((\d{1,3})\)/.exec(printed)?.[1])) ?? printed),
    signatureAlgorithms: valuesOf(schemes, (printed) => schemeName(Number.parseInt(/0x([0-9a-f]{4})/.exec(printed)?.[1] ?? "0", 16))),
    whole: known && message.ended,
  });
}

function valuesOf(lines: readonly LabelledLine[], name: (printed: string) => string): Located<readonly string[]> | null {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = wholeOf(first);
  return located(lines.flatMap((line) => (line.value === null ? [] : [name(textOf(line.value).trim())])), { ...span, end: wholeOf(last).end });
}

function certificateOf(lines: readonly LabelledLine[], role: "server" | null): CertificateFact {
  const head = lines[0] as LabelledLine;
  const serial = lines.find((line) => line.kind === "SerialNumber")?.value ?? null;
  const digits = serial === null ? null : /^(?:0x)?([0-9a-f]{1,64})/.exec(textOf(serial));
  return bareCertificate({
    format: "wireshark", section: "fragment", span: head.label, role,
    serialNumber: serial === null || digits?.[1] === undefined ? null : located(digits[1], { ...serial, end: serial.start + digits[0].length }),
    issuer: nameBelow(lines, "issuer"), subject: nameBelow(lines, "subject"),
    notBefore: momentBelow(lines, "notBefore"), notAfter: momentBelow(lines, "notAfter"),
  });
}

/** Lines from each that is of a kind up to the next of it. */
function splitAt(lines: readonly LabelledLine[], kind: string): readonly (readonly LabelledLine[])[] {
  const groups: LabelledLine[][] = [];
  for (const line of lines) {
    if (line.kind === kind) groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups;
}

function nameBelow(lines: readonly LabelledLine[], which: "issuer" | "subject"): Located<Name> | null {
  const at = lines.findIndex((line) => line.kind === "NameHead" && textOf(line.label).startsWith(which));
  const whole = lines[at + 1];
  if (at < 0 || whole?.kind !== "WholeName" || whole.value === null) return null;
  const rest = lines.slice(at + 2);
  const end = rest.findIndex((line) => line.kind !== "Attribute" && line.kind !== "OtherText");
  return readDissectedName(whole.value, end < 0 ? rest : rest.slice(0, end));
}

function momentBelow(lines: readonly LabelledLine[], which: "notBefore" | "notAfter"): CertificateFact["notBefore"] {
  const at = lines.findIndex((line) => line.kind === "ValidityHead" && textOf(line.label).startsWith(which));
  const value = at < 0 || lines[at + 1]?.kind !== "Time" ? null : lines[at + 1]?.value ?? null;
  const match = value === null ? null : /^(\d{2,4}-\d\d-\d\d \d\d:\d\d:\d\d) \(UTC\)/.exec(textOf(value));
  if (value === null || match?.[1] === undefined) return null;
  // Older versions print two digits of the year, as the certificate holds it (RFC 5280, section 4.1.2.5.1).
  const day = /^\d\d-/.test(match[1]) ? `${Number(match[1].slice(0, 2)) < 50 ? "20" : "19"}${match[1]}` : match[1];
  const moment = readMoment(`${day} UTC`, "unsettled");
  return moment === null ? null : located({ ...moment, printed: match[1] }, { ...value, end: value.start + match[1].length });
}

function trimmedValue(line: LabelledLine | undefined): Located<string> | null {
  if (line?.value == null) return null;
  const printed = textOf(line.value).trimEnd();
  return located(printed, { ...line.value, end: line.value.start + printed.length });
}

function numberIn(line: LabelledLine | undefined): number | null {
  const digits = line?.value == null ? undefined : /^\d{1,8}/.exec(textOf(line.value))?.[0];
  return digits === undefined ? null : Number(digits);
}
