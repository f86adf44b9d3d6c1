import { located } from "../../src/text/source-text.ts";
import { readCommand } from "./command.ts";
import { readLabelledName } from "./labelled-name.ts";
import type { Line } from "./lines.ts";
import { beginBrief, closeSummary, extendSummary, summaryFor } from "./open-summary.ts";
import { readDepth, readError, readStateAlert, readVerifyError } from "./read-error.ts";
import { closeAnswer, readHttpRequest, readPage, readStatus } from "./read-http.ts";
import { readLoose } from "./read-loose.ts";
import { readMessage, readState, readTraceMessage } from "./read-message.ts";
import { beginPem, readPemLine } from "./read-pem.ts";
import { readRequest } from "./read-request.ts";
import { readBrief, readNewSession, readRenegotiation, readSession } from "./read-session.ts";
import type { Run } from "./run.ts";
import { STAGES } from "./summary.ts";
import { nameTool, openSslSince } from "./version.ts";
import { writeFacts } from "./write-facts.ts";

/** Kinds that appear inside the tree of -trace. */
const TRACE_KINDS = new Set([
  "TraceMessage", "TraceDetail", "HexDump", "ByteLine", "PemBegin", "PemEnd", "CantServerName", "Depth", "VerifyError", "VerifyResult",
]);

/** Reads all lines of a run; `before` complete summaries were counted so far. Returns the new count. */
export function readRun(run: Run, before: number): number {
  for (run.index = 0; run.index < run.lines.length; run.index++) {
    const line = run.lines[run.index] as Line;
    if (run.pemLines !== null && readPemLine(run, line)) continue;
    readLine(run, line);
    if (line.status !== null) readStatus(run, line.status);
  }
  closeAnswer(run);
  closeSummary(run);
  return writeFacts(run, before);
}

function readLine(run: Run, line: Line): void {
  const wasIn = run.region;
  if (line.kind === "BlankLine") {
    if (wasIn === "headers") run.region = "body";
    else if (wasIn === "typed" || wasIn === "trace") run.region = "none";
    return;
  }
  // A page may print labels of a summary; inside it only a line that no page has ends it.
  if (line.kind === "OtherText" || line.kind === "NameLine" || line.kind === "HttpHeader" || line.kind === "ByteLine" || line.kind === "Base64") {
    readLoose(run, line);
    return;
  }
  if (wasIn !== "trace" || !TRACE_KINDS.has(line.kind)) run.region = "none";
  readKnown(run, line);
}

function readKnown(run: Run, line: Line): void {
  const { value } = line;
  switch (line.kind) {
    case "CommandLine":
      run.command ??= readCommand(line.span);
      if (run.command.httpRequest !== null) run.request ??= run.command.httpRequest;
      return;
    case "ConnectingTo": openSslSince(run.tool, "3.2"); run.connecting ??= value; return;
    case "Connected": run.connected ??= located(true, line.span); return;
    case "ConnectFailure":
      if (run.connected === null) run.connected = located(false, line.span);
      return;
    case "VersionLine": nameTool(run.tool, line.label, value?.value ?? ""); return;
    case "OpensslError": readError(run, line); return;
    case "ClientError": return;
    case "UsageLine": run.region = "usage"; return;
    case "Farewell":
      closeAnswer(run);
      if (line.label.trim() === "DONE") run.inputEnded ??= located(true, line.span);
      return;
    case "Depth": readDepth(run, line); return;
    case "VerifyError": readVerifyError(run, line); return;
    case "CantServerName": openSslSince(run.tool, "1.1.1"); return;
    case "State": readState(run, line); return;
    case "StateAlert": readStateAlert(run, line); return;
    case "Message": run.region = "debug"; readMessage(run, line); return;
    case "TraceRecord": run.region = "trace"; run.traced = true; return;
    case "TraceMessage": run.region = "trace"; readTraceMessage(run, line); return;
    case "TraceDetail": run.region = "trace"; return;
    case "PemBegin": beginPem(run, line); return;
    case "ChainHeading": summaryFor(run, STAGES.chain, line); return;
    case "ChainSubject": {
      const summary = summaryFor(run, STAGES.chain, line);
      summary.chain.push({ subject: readLabelledName(run, line), issuer: null });
      return;
    }
    case "ChainIssuer": {
      const summary = summaryFor(run, STAGES.chain, line);
      const last = summary.chain.at(-1);
      const issuer = readLabelledName(run, line);
      if (last !== undefined && last.issuer === null) last.issuer = issuer;
      return;
    }
    case "ChainKey": case "ChainValidity": openSslSince(run.tool, "3.0"); extendSummary(run, line); return;
    case "ServerCertificate": summaryFor(run, STAGES.certificate, line); return;
    case "NoPeerCertificate": summaryFor(run, STAGES.certificate, line).noPeerCertificate = true; return;
    case "Subject": summaryFor(run, STAGES.certificate, line).serverSubject ??= readLabelledName(run, line); return;
    case "Issuer":
      if (run.depth !== null && run.lines[run.index - 1]?.kind === "VerifyError") return void readLabelledName(run, line);
      summaryFor(run, STAGES.certificate, line).serverIssuer ??= readLabelledName(run, line);
      return;
    case "NamesHeading": case "NoNames": case "CertificateTypes": case "RequestedAlgorithms": case "SharedAlgorithms": case "CutLabel":
    case "PeerDigest": case "PeerSignature": case "TempKey": case "NegotiatedGroup": case "PeerSignLine":
      readRequest(run, line);
      return;
    case "ExtraHeading": run.region = "extra"; return;
    case "HandshakeRead": {
      const summary = summaryFor(run, STAGES.handshake, line);
      summary.handshakeRead = line.span;
      return;
    }
    case "Verification":
      if (run.summary?.brief === true) return extendSummary(run, line);
      openSslSince(run.tool, "1.1.0");
      if (run.summary === null || run.summary.stage > STAGES.handshake) summaryFor(run, STAGES.handshake, line);
      return;
    case "Separator": run.inTicket = false; return;
    case "NewSession": readNewSession(run, line); return;
    case "SecureRenegotiation": readRenegotiation(run, line); return;
    case "PublicKeyBits": case "HandshakeDetail": extendSummary(run, line); return;
    case "TicketArrived": run.inTicket = true; openSslSince(run.tool, "1.1.1"); return;
    case "SslSession":
      if (!run.inTicket) summaryFor(run, STAGES.session, line).inSession = true;
      return;
    case "Protocol": case "Cipher": case "StartTime": case "VerifyCode": case "SessionDetail": case "Secret":
      readSession(run, line);
      return;
    case "BriefEstablished": beginBrief(run, line); return;
    case "ProtocolVersion": case "CipherSuite": case "PeerCertificate": case "BriefDetail": readBrief(run, line); return;
    case "HttpStatus": return;
    case "HttpRequest": readHttpRequest(run, line); return;
    case "HtmlPage": readPage(run, line); return;
    default: return;
  }
}
