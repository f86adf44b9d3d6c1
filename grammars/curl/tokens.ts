import { createToken, Lexer, type TokenType } from "chevrotain";
import { lineEnd, restOfLine } from "../shared/tokens.ts";
import * as p from "./patterns.ts";

export const EndOfLine = createToken({ name: "EndOfLine", pattern: lineEnd, line_breaks: true });
const EndOfValue = createToken({ name: "EndOfValue", pattern: lineEnd, line_breaks: true, pop_mode: true, categories: [EndOfLine] });
export const Margin = createToken({ name: "Margin", pattern: /[>| \t\u00A0]{1,12}(?=[*<>{}=]|\d\d:|curl|git|GIT_|fatal:|[0-9a-f]{4}: )/, line_breaks: false, group: Lexer.SKIPPED });
/** Time and line of git's source, before what its curl says. */
export const GitMark = createToken({ name: "GitMark", pattern: new RegExp(p.gitMark), line_breaks: false, group: Lexer.SKIPPED });
/** The progress meter before the star that follows it on the same line. */
export const Meter = createToken({ name: "Meter", pattern: /[ \d][-:. \dkMGT]{20,120}(?=\* )/, line_breaks: false, group: Lexer.SKIPPED });
/** `* `, with time and connection. */
export const InfoMark = createToken({ name: "InfoMark", pattern: new RegExp(p.infoMark), line_breaks: false });
/** The rest of a line behind a label. */
export const Value = createToken({ name: "Value", pattern: restOfLine, line_breaks: false });

function label(name: string, pattern: string): TokenType {
  return createToken({ name, pattern: new RegExp(pattern), line_breaks: false, push_mode: "value" });
}

export const Message = label("Message", p.message);
export const ConnectionUsing = label("ConnectionUsing", p.connectionUsing);
export const Schannel = label("Schannel", p.schannel);
export const Trying = label("Trying", p.trying);
export const ConnectedTo = label("ConnectedTo", p.connectedTo);
export const ServerSubject = label("ServerSubject", p.serverSubject);
export const ServerIssuer = label("ServerIssuer", p.serverIssuer);
export const AlertError = label("AlertError", p.alertError);
export const OtherInfo = label("OtherInfo", p.otherInfo);
export const RequestLine = label("RequestLine", p.requestLine);
export const StatusLine = label("StatusLine", p.statusLine);
export const Header = label("Header", p.header);
export const OtherHeader = label("OtherHeader", p.otherHeader);
export const DataLine = label("DataLine", p.dataLine);
export const Command = label("Command", p.command);
export const GitCommand = label("GitCommand", p.gitCommand);
export const OtherText = createToken({ name: "OtherText", pattern: restOfLine, line_breaks: false });

const modes = {
  line: [
    EndOfLine, RequestLine, StatusLine, Header, GitCommand, Command, GitMark, Margin, Meter, DataLine, InfoMark, Message, ConnectionUsing, Schannel, Trying, ConnectedTo, ServerSubject, ServerIssuer, AlertError,
    OtherInfo, OtherHeader, OtherText,
  ],
  value: [EndOfValue, Value],
};

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [...new Set(Object.values(modes).flat())];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer({ modes, defaultMode: "line" }, { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
