import { located, textOf } from "../../src/text/source-text.ts";
import { readLabelledName } from "./labelled-name.ts";
import type { Line } from "./lines.ts";
import { beginBrief, extendSummary, summaryFor } from "./open-summary.ts";
import type { Run } from "./run.ts";
import { STAGES, type Summary } from "./summary.ts";
import { openSslSince, openSslUntil } from "./version.ts";

/** `New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384` */
export function readNewSession(run: Run, line: Line): void {
  const summary = summaryFor(run, STAGES.agreed, line);
  const match = /^([^,]{1,60}), {1,2}Cipher is (.{1,120})$/.exec(line.value?.value ?? "");
  if (match === null || line.value === null) return;
  const { start } = line.value.span;
  const version = match[1] as string;
  const cipher = (match[2] as string).trim();
  summary.version = located(version, { ...line.value.span, end: start + version.length });
  summary.cipherAgreed = located(cipher, { ...line.value.span, start: start + (match[0].length - (match[2] as string).length) });
  summary.reused = located(line.label.startsWith("Reused"), line.span);
}

/** `Secure Renegotiation IS NOT supported` */
export function readRenegotiation(run: Run, line: Line): void {
  extendSummary(run, line);
  if (run.summary === null) return;
  if (line.label.startsWith("This")) {
    openSslSince(run.tool, "3.2");
    return;
  }
  run.summary.secureRenegotiation ??= located(!/^\s*NOT/.test(textOf(line.raw)), line.span);
}

/** A line of the block `SSL-Session:`, or one of those that newer programs print before it. */
export function readSession(run: Run, line: Line): void {
  if (run.inTicket) return;
  const { value } = line;
  if (line.kind === "Protocol" && run.summary?.stage === STAGES.agreed && !run.summary.inSession) {
    openSslSince(run.tool, "3.4");
    extendSummary(run, line);
    run.summary.protocolLine ??= value;
    return;
  }
  if (line.kind === "VerifyCode" && run.summary?.stage === STAGES.agreed) return readVerifyCode(run.summary, line);
  const summary = summaryFor(run, STAGES.session, line);
  switch (line.kind) {
    case "Protocol": summary.sessionProtocol ??= value; break;
    case "Cipher": summary.sessionCipher ??= value; break;
    case "StartTime":
      if (value !== null && /^[0-9]{1,12}$/.test(value.value)) summary.startTime ??= located(Number(value.value), value.span);
      break;
    case "VerifyCode": readVerifyCode(summary, line); break;
    case "SessionDetail":
      if (line.label.startsWith("Extended")) openSslSince(run.tool, "1.1.0");
      else if (line.label.startsWith("Max")) openSslSince(run.tool, "1.1.1");
      break;
    default:
      if (line.label.startsWith("Key-Arg")) openSslUntil(run.tool, "1.0.2");
  }
}

function readVerifyCode(summary: Summary, line: Line): void {
  summary.end = line.span;
  const match = /^([0-9]{1,5})(?: {1,2}\((.{0,200})\)?)?/.exec(line.value?.value ?? "");
  if (match === null || line.value === null) return;
  summary.verifyReturnCode ??= located({ code: Number(match[1]), text: (match[2] ?? "").replace(/\)$/, "") }, line.value.span);
}

/** A line of the block that -brief prints in place of a summary. */
export function readBrief(run: Run, line: Line): void {
  if (run.summary?.brief !== true) {
    if (line.kind === "BriefDetail") return;
    beginBrief(run, line);
  }
  const summary = run.summary as Summary;
  summary.end = line.span;
  if (line.kind === "ProtocolVersion") summary.sessionProtocol ??= line.value;
  else if (line.kind === "CipherSuite") summary.sessionCipher ??= line.value;
  else if (line.kind === "PeerCertificate") summary.serverSubject ??= readLabelledName(run, line);
}
