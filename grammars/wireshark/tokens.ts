import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import * as p from "./patterns.ts";

export const EndOfLine = createToken({ name: "EndOfLine", pattern: lineEnd, line_breaks: true });
const EndOfValue = createToken({ name: "EndOfValue", pattern: lineEnd, line_breaks: true, pop_mode: true, categories: [EndOfLine] });
/** Indentation, and the marks of a quoted mail. */
export const Margin = createToken({ name: "Margin", pattern: /[ \t\u00A0>]{1,200}/, line_breaks: false, group: Lexer.SKIPPED });
/** The rest of a line behind a label. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });

function label(name: string, pattern: string): TokenType {
  return createToken({ name, pattern: new RegExp(pattern), line_breaks: false, push_mode: "value" });
}

/** A line of the packet list. */
export const Row = label("Row", p.row);
export const Frame = label("Frame", p.frame);
export const Network = label("Network", p.network);
export const Transport = label("Transport", p.transport);
export const Record = label("Record", p.record);
export const Handshake = label("Handshake", p.handshake);
export const ServerName = label("ServerName", p.serverName);
export const CertificateType = label("CertificateType", p.certificateType);
export const Scheme = label("Scheme", p.scheme);
export const NamesLength = label("NamesLength", p.namesLength);
export const Authority = label("Authority", p.authority);
export const Attribute = label("Attribute", p.attribute);
export const CertificatesLength = label("CertificatesLength", p.certificatesLength);
export const Certificate = label("Certificate", p.certificate);
export const SerialNumber = label("SerialNumber", p.serialNumber);
export const NameHead = label("NameHead", p.nameHead);
export const WholeName = label("WholeName", p.wholeName);
export const ValidityHead = label("ValidityHead", p.validityHead);
export const Time = label("Time", p.time);
export const AlertLevel = label("AlertLevel", p.alertLevel);
export const AlertDescription = label("AlertDescription", p.alertDescription);
/** Any other field of a packet. */
export const OtherText = createToken({ name: "OtherText", pattern: restOfLine, line_breaks: false });

const modes = {
  line: [
    EndOfLine, Margin, Row, Frame, Network, Transport, Record, Handshake, ServerName, CertificateType, Scheme, NamesLength, Authority, Attribute,
    CertificatesLength, Certificate, SerialNumber, NameHead, WholeName, ValidityHead, Time, AlertLevel, AlertDescription, OtherText,
  ],
  value: [EndOfValue, Value],
};

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
