import type { CertificateRequestFact, TlsRunFact } from "../../src/model/fact.ts";
import { messageFacts, quietFlight } from "./read-message.ts";
import type { Run } from "./run.ts";
import { damageOf, isWithoutHandshake, requestFact, sessionFact, showsRequest, type Summary, type SummaryContext } from "./summary.ts";
import { openSslSince, openSslUntil } from "./version.ts";

/** Writes the facts of the run and of its summaries; `before` complete summaries were counted so far. Returns the new count. */
export function writeFacts(run: Run, before: number): number {
  judgeNotations(run);
  let count = before;
  let shown = false;
  let quiet = false;
  let complete = 0;
  let firstWhen: CertificateRequestFact["when"] = null;
  for (const summary of run.summaries) {
    const full = summary.handshakeRead !== null;
    if (full) count++;
    const asks = showsRequest(summary);
    const isFirst = run.fromStart || complete > 0;
    const when: CertificateRequestFact["when"] = !asks ? null : quiet && !shown ? "after-request" : shown ? firstWhen
      : isFirst && !spokeBefore(run, summary) ? "first-handshake" : null;
    if (asks && !shown) firstWhen = when;
    const context: SummaryContext = {
      run: run.number, number: full ? count : null, tool: run.tool, command: run.command?.text ?? null, when,
      quietFlight: quietFlight(run, complete),
    };
    const request = requestFact(summary, context);
    const session = sessionFact(summary, context);
    if (session !== null) run.facts.push(session);
    if (request !== null) run.facts.push(request);
    // One by one: a hostile list gives more than a call takes arguments.
    for (const damage of damageOf(summary)) run.facts.push(damage);
    if (asks) shown = true;
    else if (full && !isWithoutHandshake(summary) && summary.reused?.value !== true) quiet = true;
    if (full) complete++;
  }
  for (const fact of messageFacts(run)) run.facts.push(fact);
  const fact = runFact(run);
  if (fact !== null) run.facts.push(fact);
  return count;
}

/** A request was typed or answered before the summary, so it may be the one of a later handshake. Only lines before its own start count. */
function spokeBefore(run: Run, summary: Summary): boolean {
  const { start } = summary.start;
  return run.spoke !== null && run.spoke < start && !run.summaries.some((other) => other !== summary && other.start.start < start);
}

function runFact(run: Run): TlsRunFact | null {
  const first = run.command?.text.span ?? run.connecting?.span ?? run.connected?.span ?? run.request?.span ?? run.summaries[0]?.start
    ?? run.facts[0]?.span ?? run.lines.find(({ kind }) => kind === "Depth" || kind === "State" || kind === "Message")?.span;
  if (first === undefined) return null;
  const { command } = run;
  return {
    kind: "tls-run", format: "s_client", span: first, run: run.number, command: command?.text ?? null,
    connect: command?.connect ?? run.connecting, serverName: command?.serverName ?? null, connected: run.connected,
    httpRequest: run.request, clientCertificate: command?.clientCertificate ?? null, options: command?.options ?? [],
    inputEnded: run.inputEnded ?? command?.inputEnded ?? null,
  };
}

/** What the notations of the names and the lines of the summaries together say about the program. */
function judgeNotations(run: Run): void {
  const { slash, spaced, comma } = run.notations;
  const usual = [slash, spaced, comma].filter(Boolean).length === 1 && run.command?.options.some(({ value }) => value === "-nameopt") !== true;
  if (usual && slash) openSslUntil(run.tool, "1.1.0");
  if (usual && spaced) {
    openSslSince(run.tool, "1.1.1");
    openSslUntil(run.tool, "3.1");
  }
  if (usual && comma) openSslSince(run.tool, "3.2");
  const libressl = run.summaries.some(({ sessionProtocol, version, tempKey, peerDigest, handshakeRead }) =>
    (sessionProtocol?.value === "TLSv1.3" && version?.value === "TLSv1/SSLv3")
    || (slash && tempKey && !peerDigest && handshakeRead !== null && sessionProtocol?.value === "TLSv1.2"));
  if (libressl) run.tool.libressl = true;
}
