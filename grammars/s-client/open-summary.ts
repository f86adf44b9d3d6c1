import type { Line } from "./lines.ts";
import { closeAnswer } from "./read-http.ts";
import type { Run } from "./run.ts";
import { newSummary, type Summary } from "./summary.ts";

/** The summary that a line of part `stage` belongs to; begins a new one where the line cannot follow. */
export function summaryFor(run: Run, stage: number, line: Line): Summary {
  const current = run.summary;
  const repeats = current !== null && stage === current.stage && (
    line.kind === "ChainHeading" || line.kind === "NoPeerCertificate" || (line.kind === "ServerCertificate" && current.serverSubject !== null)
    || (line.kind === "HandshakeRead" && current.handshakeRead !== null) || (line.kind === "NewSession" && current.version !== null)
    || (line.kind === "SslSession" && current.inSession));
  if (current === null || current.brief || stage < current.stage || repeats) {
    closeSummary(run);
    run.inTicket = false;
    closeAnswer(run);
    run.summary = newSummary(line.span, false);
    run.summaries.push(run.summary);
  }
  const summary = run.summary as Summary;
  summary.stage = stage;
  summary.end = line.span;
  return summary;
}

/** The line belongs to the summary that is open. */
export function extendSummary(run: Run, line: Line): void {
  if (run.summary !== null && !run.inTicket) run.summary.end = line.span;
}

/** No line after this one belongs to the summary. */
export function closeSummary(run: Run): void {
  run.summary = null;
}

/** Begins the block that -brief prints in place of a summary. */
export function beginBrief(run: Run, line: Line): Summary {
  closeSummary(run);
  const summary = newSummary(line.span, true);
  run.summary = summary;
  run.summaries.push(summary);
  return summary;
}
