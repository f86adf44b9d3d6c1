import { findAlert } from "../../src/model/alerts.ts";
import type {
  AlertFact, CertificateRequestFact, ClientCertificateSentFact, Fact, FormatId, HttpStatusFact, Printed, TlsRunFact, TlsSessionFact,
} from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";

/** What a client tells of one connection, whatever it prints besides. It is filled line by line, and its facts are made at the end. */
export interface ClientRun {
  readonly format: FormatId;
  /** From 1, counted over the input. */
  readonly number: number;
  /** The program, as a session names it. */
  readonly tool: string;
  /** Whose program prints it. */
  side: "client" | "server";
  command: Printed<string>;
  options: readonly Located<string>[];
  clientCertificate: Printed<string>;
  connect: Printed<string>;
  serverName: Printed<string>;
  connected: Printed<boolean>;
  /** `GET /path`. */
  httpRequest: Printed<string>;
  protocol: Printed<string>;
  cipher: Printed<string>;
  serverSubject: Printed<Name>;
  serverIssuer: Printed<Name>;
  /** The client's Certificate message. */
  answer: ClientCertificateSentFact | null;
  /** By number: a transcript repeats an alert in its error messages. */
  readonly alerts: Map<number, AlertFact>;
  readonly statuses: HttpStatusFact[];
}

/** A connection of which nothing is known yet. */
export function beginRun(format: FormatId, tool: string, number: number): ClientRun {
  return {
    format, number, tool, side: "client", command: null, options: [], clientCertificate: null, connect: null, serverName: null,
    connected: null, httpRequest: null, protocol: null, cipher: null, serverSubject: null,
    serverIssuer: null, answer: null, alerts: new Map(), statuses: [],
  };
}

/** Adds an alert, once for a connection; numbers that are no alert and `close_notify` say nothing. */
export function addAlert(run: ClientRun, number: number, direction: AlertFact["direction"], span: Span): AlertFact | null {
  const known = findAlert(number);
  if (known === null || number === 0 || run.alerts.has(number)) return null;
  const fact: AlertFact = { kind: "alert", format: run.format, span, run: run.number, number, name: known.name, direction, reportedBy: run.side };
  run.alerts.set(number, fact);
  return fact;
}

/** Adds the status of an answer. */
export function addStatus(run: ClientRun, status: number, span: Span): void {
  const { format, number } = run;
  run.statuses.push({ kind: "http-status", format, span, run: number, status, substatus: null, win32Status: null, date: null, server: null });
}

/** Adds a `Date` or `Server` header to the last status. */
export function addHeader(run: ClientRun, header: "date" | "server", value: Span): void {
  const status = run.statuses.at(-1);
  if (status === undefined) return;
  const printed = textOf(value).trimEnd();
  const span = { ...value, end: value.start + printed.length };
  if (header === "server") run.statuses[run.statuses.length - 1] = { ...status, server: located(printed, span) };
  else {
    const time = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(printed) ? Date.parse(printed) : Number.NaN;
    if (!Number.isNaN(time)) run.statuses[run.statuses.length - 1] = { ...status, date: located(new Date(time).toISOString(), span) };
  }
}

/** The client's answer to a request: with no certificate, or with some; `count` is null where their number is not printed. */
export function answerOf(run: ClientRun, span: Span, count: number | null): ClientCertificateSentFact {
  return { kind: "client-certificate-sent", format: run.format, span, run: run.number, sent: count !== 0, count };
}

/** What the server asked for, as far as it is printed. */
export function requestOf(
  run: ClientRun, given: Pick<CertificateRequestFact, "span" | "requested"> & Partial<CertificateRequestFact>,
): CertificateRequestFact {
  return {
    kind: "certificate-request", format: run.format, run: run.number, summary: null, because: located(textOf(given.span), given.span),
    authorities: null, authoritiesLine: null, certificateTypes: null, signatureAlgorithms: null, when: null, ...given,
  };
}

/** The session, at the place that shows it. */
export function sessionOf(run: ClientRun, span: Span): TlsSessionFact {
  return {
    kind: "tls-session", format: run.format, span, run: run.number, summary: null, tool: { name: run.tool, version: null }, command: null,
    protocol: run.protocol, cipher: run.cipher, verifyReturnCode: null, secureRenegotiation: null, reused: null, serverChain: [],
    serverSubject: run.serverSubject, serverIssuer: run.serverIssuer, startTime: null,
  };
}

function startOf(run: ClientRun): TlsRunFact | null {
  const span = run.command?.span ?? run.connect?.span;
  return span === undefined ? null : {
    kind: "tls-run", format: run.format, span, run: run.number, command: run.command, connect: run.connect, serverName: run.serverName,
    connected: run.connected, httpRequest: run.httpRequest, clientCertificate: run.clientCertificate, options: run.options, inputEnded: null,
  };
}

/** All facts of a connection: what was typed, what was agreed, what was asked and answered, how it ended. */
export function factsOfRun(run: ClientRun, request: CertificateRequestFact | null): readonly Fact[] {
  const shown = run.protocol?.span ?? run.serverSubject?.span;
  const session = shown === undefined ? null : sessionOf(run, shown);
  return [startOf(run), session, request, run.answer, ...run.alerts.values(), ...run.statuses].filter((fact) => fact !== null);
}
