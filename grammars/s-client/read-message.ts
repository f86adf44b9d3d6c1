import type { CertificateRequestFact } from "../../src/model/fact.ts";
import { located, textOf, type Span } from "../../src/text/source-text.ts";
import type { Line } from "./lines.ts";
import { addAlert } from "./read-error.ts";
import type { HandshakeMessage, Run } from "./run.ts";

/** A state that -state printed (`SSL_connect:SSLv3 read server certificate request A`). */
export function readState(run: Run, line: Line): void {
  const text = line.value?.value ?? "";
  if (/read server certificate request|read certificate request|server certificate request A/i.test(text)) noteMessage(run, "request", line.span);
  else if (/read server done|read server hello done/i.test(text)) noteMessage(run, "flight-end", line.span);
  else if (/read hello request|read HelloRequest/i.test(text)) noteMessage(run, "hello-request", line.span);
  else if (/read finished|negotiation finished/i.test(text)) noteMessage(run, "finished", line.span);
}

/** A message that -msg printed (`<<< TLS 1.2, Handshake [length 0085], CertificateRequest`). */
export function readMessage(run: Run, line: Line): void {
  const text = line.value?.value ?? "";
  const received = /^(?:<|&lt;)/.test(line.label);
  const alert = /Alert \[length [0-9a-f]{1,6}\], (fatal|warning) ([a-z_ ]{2,40})/i.exec(text);
  if (alert !== null) return addAlert(run, null, alert[2] as string, received ? "received" : "sent", line.span);
  if (!received) return;
  if (/, CertificateRequest/.test(text)) noteMessage(run, "request", line.span);
  else if (/, ServerHelloDone/.test(text)) noteMessage(run, "flight-end", line.span);
  else if (/, HelloRequest/.test(text)) noteMessage(run, "hello-request", line.span);
  else if (/, Finished/.test(text)) noteMessage(run, "finished", line.span);
}

/** A message in the tree of -trace. */
export function readTraceMessage(run: Run, line: Line): void {
  if (line.label.startsWith("CertificateRequest")) noteMessage(run, "request", line.span);
  else if (line.label.startsWith("HelloRequest")) noteMessage(run, "hello-request", line.span);
  else if (line.label.startsWith("ServerHelloDone")) noteMessage(run, "flight-end", line.span);
}

function noteMessage(run: Run, what: HandshakeMessage["what"], span: Span): void {
  run.messages.push({ what, span, summaries: run.summaries.filter(({ handshakeRead }) => handshakeRead !== null).length });
}

/** The end of the server's messages of the handshake before summary `number`, when no request is among them. */
export function quietFlight(run: Run, number: number): Span | null {
  const own = run.messages.filter(({ summaries }) => summaries === number);
  const end = own.find(({ what }) => what === "flight-end") ?? null;
  const early = run.messages.filter(({ summaries }) => summaries <= number);
  return end !== null && !early.some(({ what }) => what === "request") ? end.span : null;
}

/** Each request among the printed messages, with what came before it. */
export function messageFacts(run: Run): readonly CertificateRequestFact[] {
  return run.messages.filter(({ what }) => what === "request").map((request) => {
    const later = request.summaries > 0
      || run.messages.some(({ what, span }) => (what === "finished" || what === "hello-request") && span.start < request.span.start);
    return {
      kind: "certificate-request", format: "s_client", span: request.span, run: run.number, summary: null, requested: true,
      because: located(textOf(request.span).trim().slice(0, 160), request.span), authorities: null, authoritiesLine: null,
      certificateTypes: null, signatureAlgorithms: null, when: later ? "after-request" : "first-handshake",
    };
  });
}
