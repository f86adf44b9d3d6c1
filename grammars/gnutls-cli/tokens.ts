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

export const Command = label("Command", p.command);
export const Resolving = label("Resolving", p.resolving);
export const AuthoritiesHeading = label("AuthoritiesHeading", p.authoritiesHeading);
export const NoAuthorities = label("NoAuthorities", p.noAuthorities);
/** `[0]: C=US,O=Lab\, Inc.,CN=Lab Root CA`. */
export const Authority = label("Authority", "\\[\\d{1,5}\\]: (?=[A-Za-z0-9.]{1,60}=)");
export const Sent = label("Sent", p.sent);
export const Requested = label("Requested", p.requested);
export const NotSent = label("NotSent", p.notSent);
export const Rehandshake = label("Rehandshake", p.rehandshake);
export const CertificateInfo = label("CertificateInfo", p.certificateInfo);
/** `- subject `CN=…', issuer `CN=…', …`; with -V `Subject: …` and `Issuer: …` on lines of their own. */
export const ShortInfo = label("ShortInfo", "- subject `(?=[A-Za-z0-9.]{1,60}=)");
export const Subject = label("Subject", "Subject: (?=[A-Za-z0-9.]{1,60}=)");
export const Issuer = label("Issuer", "Issuer: (?=[A-Za-z0-9.]{1,60}=)");
export const Status = label("Status", p.status);
export const Version = label("Version", p.version);
export const Description = label("Description", p.description);
export const Completed = label("Completed", p.completed);
export const Received = label("Received", p.received);
export const StatusLine = label("StatusLine", "HTTP\\/[0-9](?:\\.[0-9])? (?=[1-5]\\d\\d)");
export const Alert = label("Alert", p.alert);
export const PeerRequested = label("PeerRequested", p.peerRequested);
export const DebugLine = label("DebugLine", p.debugLine);
export const OtherNotes = label("OtherNotes", p.otherNotes);
export const OtherText = createToken({ name: "OtherText", pattern: restOfLine, line_breaks: false });

const modes = {
  line: [
    EndOfLine, Margin, Command, Resolving, AuthoritiesHeading, NoAuthorities, Authority, Sent, Requested, NotSent, Rehandshake, CertificateInfo, ShortInfo, Subject, Issuer, Status, Version, Description, Completed,
    Received, StatusLine, Alert, PeerRequested, DebugLine, OtherNotes, OtherText,
  ],
  value: [EndOfValue, Value],
};

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
