import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import { type LabelledLine, wholeOf } from "../shared/labelled-lines.ts";

/** A handshake message or an alert, with the lines printed below it. */
export interface Message {
  /** As printed: `Certificate Request`, `Alert`. */
  readonly name: string;
  readonly span: Span;
  readonly lines: LabelledLine[];
  /** A field or a message follows the lines, so that none is cut off. */
  ended: boolean;
}

/** What is printed of one packet: a line of the list, or its fields. */
export interface Packet {
  readonly form: "row" | "fields";
  number: number | null;
  from: string | null;
  to: Located<string> | null;
  /** `TLSv1.2`, of the packet or of its last record. */
  protocol: Located<string> | null;
  readonly messages: Message[];
}

const GAP = "(?:[ \\t\\u00A0]{1,40}|\",\")";
const ROW = new RegExp(
  `^"?(\\d{1,8})[\\s\\S]*?(?:[ \\t\\u00A0]|",")([^\\s",]{1,100})${GAP}(?:(?:\\u2192|->)[ \\t\\u00A0]{1,4})?([^\\s",]{1,100})${GAP}`
  + `(TLSv1(?:\\.[0-3])?|SSLv[23]|TLS|SSL)${GAP}\\d{1,6}${GAP}$`,
);

/** Puts lines together to packets. */
export class PacketCollector {
  readonly packets: Packet[] = [];

  take(line: LabelledLine): void {
    switch (line.kind) {
      case "Row": return this.row(line);
      case "Frame":
        this.begin().number = Number(/\d{1,8}/.exec(textOf(line.label))?.[0]);
        return;
      case "Network": {
        const match = line.value === null ? null : /^Src: ([^,\r\n]{1,120}), Dst: ([^,\r\n]{1,120})/.exec(textOf(line.value));
        if (match?.[1] === undefined || match[2] === undefined || line.value === null) return;
        const packet = this.open("network");
        packet.from = bareAddress(match[1]);
        packet.to = located(bareAddress(match[2]), { ...line.value, end: line.value.start + match[0].length });
        return;
      }
      case "Transport": {
        const match = line.value === null ? null : /^Src Port: ([^,\r\n]{1,60}), Dst Port: ([^,\r\n]{1,60})/.exec(textOf(line.value));
        if (match?.[1] === undefined || match[2] === undefined || line.value === null) return;
        const packet = this.open("transport");
        packet.from = `${packet.from ?? ""}:${barePort(match[1])}`;
        packet.to = located(`${packet.to?.value ?? ""}:${barePort(match[2])}`, { ...line.value, end: line.value.start + match[0].length });
        return;
      }
      case "Record": return this.record(line);
      case "Handshake":
        if (line.value !== null) this.message(this.open("message"), nameOf(textOf(line.value)), wholeOf(line));
        return;
      default: {
        // The extension that names the server is printed by its label alone.
        this.packets.at(-1)?.messages.at(-1)?.lines.push(line);
      }
    }
  }

  private row(line: LabelledLine): void {
    const match = ROW.exec(textOf(line.label));
    if (match?.[4] === undefined || match[3] === undefined || line.value === null) return;
    const whole = textOf(line.label);
    const at = line.label.start + whole.lastIndexOf(match[4]);
    const to = line.label.start + whole.lastIndexOf(match[3], whole.lastIndexOf(match[4]) - 1);
    const packet: Packet = {
      form: "row", number: Number(match[1]), from: match[2] ?? null, to: located(match[3], { ...line.label, start: to, end: to + match[3].length }),
      protocol: located(match[4], { ...line.label, start: at, end: at + match[4].length }), messages: [],
    };
    this.packets.push(packet);
    // Commas part the messages, but for the one inside the brackets of an alert.
    for (const part of textOf(line.value).matchAll(/(?:\([^()\r\n]{0,200}\)|[^,()\r\n"]){1,200}/g)) {
      const start = line.value.start + part.index + (/^ {0,8}/.exec(part[0])?.[0].length ?? 0);
      const span = { ...line.value, start, end: line.value.start + part.index + part[0].trimEnd().length };
      if (span.end > span.start) packet.messages.push({ name: nameOf(textOf(span)), span, lines: [], ended: true });
    }
  }

  private record(line: LabelledLine): void {
    const packet = this.open("message");
    const version = /^[A-Za-z0-9.]{3,8}/.exec(textOf(line.label))?.[0] ?? "";
    const value = line.value === null ? "" : textOf(line.value);
    this.end(packet);
    const decides = /^TLSv1\.[0-3]$/.test(version) && !value.includes(" Hello");
    if (decides) packet.protocol = located(version, { ...line.label, end: line.label.start + version.length });
    if (value.startsWith("Alert")) this.message(packet, "Alert", wholeOf(line));
    else if (/Encrypted Handshake Message|Change Cipher Spec/.test(value)) this.message(packet, nameOf(value), wholeOf(line));
  }

  private message(packet: Packet, name: string, span: Span): void {
    this.end(packet);
    if (name !== "Multiple Handshake Messages") packet.messages.push({ name, span, lines: [], ended: false });
  }

  private end(packet: Packet): void {
    const last = packet.messages.at(-1);
    if (last !== undefined) last.ended = true;
  }

  private begin(): Packet {
    const packet: Packet = { form: "fields", number: null, from: null, to: null, protocol: null, messages: [] };
    this.packets.push(packet);
    return packet;
  }

  /** The packet that a line belongs to: its addresses come before its messages. */
  private open(part: "network" | "transport" | "message"): Packet {
    const last = this.packets.at(-1);
    if (last === undefined || last.form === "row" || (part !== "message" && last.messages.length > 0)) return this.begin();
    return last;
  }
}

/** `Client Hello (SNI=gate.lab.example)` of new versions, and what a packet continues, without their brackets. */
function nameOf(printed: string): string {
  return printed.replace(/^Alert \(.*$/, "Alert").replace(/ ?[([][^\r\n]*$/, "").replace(/^[^:\r\n]{1,60}: /, "").trim();
}

/** `gate.lab.example (192.0.2.14)` where names are resolved. */
function bareAddress(printed: string): string {
  return /\(([0-9A-Fa-f.:]{3,45})\)$/.exec(printed.trim())?.[1] ?? printed.trim();
}

/** `https (443)`. */
function barePort(printed: string): string {
  return /\d{1,5}(?=\)?$)/.exec(printed.trim())?.[0] ?? printed.trim();
}
