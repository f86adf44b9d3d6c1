import { findAlert } from "../model/alerts.ts";
import { findErrorByName } from "../model/error-codes.ts";
import type { AlertFact, ApiResultFact, ClientCertificateSentFact, ErrorCodeFact, Fact, HttpStatusFact, SelectionCallFact } from "../model/fact.ts";
import { findHttpStatus } from "../model/http-status.ts";
import { compareSpans } from "../text/source-text.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { Run } from "./requests.ts";

/** How the failing attempt ended, as far as lines about that attempt itself are at hand. */
export interface Outcome {
  /** Did any certificate of the client arrive at the server? null: no line says so, or lines disagree. */
  readonly arrived: boolean | null;
  /** The lines behind the answer. */
  readonly evidence: readonly Evidence[];
  /** The server took it: the page was served after the selection. */
  readonly accepted: Evidence | null;
  /** The server refused what arrived. */
  readonly refused: readonly Evidence[];
  /** The server, having asked, refused what arrived or got nothing: its answer does not say which. */
  readonly refusedOrNone: readonly Evidence[];
  /** The other side ended the handshake and does not say why: nothing was accepted, whatever the reason. */
  readonly ended: readonly Evidence[];
  /** The same of a probe that carried no certificate. */
  readonly endedProbe: readonly Evidence[];
  /** The client's security layer failed after the selection. */
  readonly clientError: readonly Evidence[];
  /** The server demands a certificate (seen by a client that sent none). */
  readonly demands: readonly Evidence[];
}

/**
 * A probe with s_client that carries no certificate says what the server demands, and nothing about the failing client;
 * a trace, a log line, or a probe with `-cert` says what became of a certificate.
 */
export function findOutcome(facts: readonly Fact[], runs: readonly Run[]): Outcome {
  const nothing: Evidence[] = [];
  const something: Evidence[] = [];
  const demands: Evidence[] = [];
  const refused: Evidence[] = [];
  const refusedOrNone: Evidence[] = [];
  const ended: Evidence[] = [];
  const endedProbe: Evidence[] = [];
  const clientError: Evidence[] = [];
  const runOf = new Map<Fact, Run>();
  for (const run of runs) for (const fact of [...run.alerts, ...run.statuses, ...run.answers]) runOf.set(fact, run);
  // Beside a trace of the failing client, what another program sent by its own means says nothing.
  const traced = facts.some((fact) => fact.kind === "selection-call");
  // "403.7" in a sentence names the symptom somebody has; beside a trace that did select it need not be of the same attempt.
  const selected = facts.some((fact) => fact.kind === "selection-call" && (fact.matches?.value ?? 0) > 0);
  // A server's log of all clients: that one of them sent none says nothing about the attempt in question when others were taken.
  const others = facts.some((fact) => fact.kind === "error-code" && fact.name === "CLIENT_VERIFY_SUCCESS");
  for (const fact of facts) {
    if (fact.kind === "alert" && isEndWithoutReason(fact)) {
      const probe = runOf.get(fact)?.probe === true;
      (probe ? endedProbe : ended).push(evidence(fact.span, `alert ${fact.number} (${fact.name}): the handshake ${probe ? "of a client without a certificate " : ""}was ended, and the reason is not given`));
      continue;
    }
    if (fact.kind === "alert" && isBadCertificate(fact)) {
      const run = runOf.get(fact);
      if (run?.probe === true) demands.push(evidence(fact.span, "alert 42: the server refuses a handshake without a certificate"));
      else if (run === undefined || !hasSent(run)) refusedOrNone.push(evidence(fact.span, "alert 42: the server refused a certificate, or got none"));
      else {
        const shown = evidence(fact.span, "alert 42: the certificate that was sent was refused");
        something.push(shown);
        refused.push(shown);
      }
      continue;
    }
    if (others && fact.kind === "error-code" && fact.name === "CLIENT_VERIFY_NONE") continue;
    const arrived = fact.kind === "client-certificate-sent" ? (traced ? null : arrivalOfAnswer(fact)) : arrivalOf(fact);
    if (arrived === null || (selected && !arrived.value && fact.kind === "http-status" && fact.inWords === true)) continue;
    const shown = evidence(fact.span, arrived.says);
    if (runOf.get(fact)?.probe === true) {
      if (!arrived.value) demands.push(shown);
      continue;
    }
    if (arrived.value) {
      something.push(shown);
      if (fact.kind !== "client-certificate-sent") refused.push(shown);
    } else nothing.push(shown);
  }
  for (const fact of facts) if (isClientFailure(fact)) clientError.push(evidence(fact.span, `the client's security layer failed: ${failureName(fact)}`));
  const accepted = findAcceptance(facts);
  const arrived = something.length > 0 && nothing.length > 0 ? null : something.length > 0 ? true : nothing.length > 0 ? false : null;
  return { arrived, evidence: arrived === false ? nothing : arrived === true ? something : [...something, ...nothing], accepted, refused, refusedOrNone, ended, endedProbe, clientError, demands };
}

interface Arrival {
  readonly value: boolean;
  readonly says: string;
}

function arrivalOfAnswer(fact: ClientCertificateSentFact): Arrival {
  return { value: fact.sent, says: fact.sent ? "the client sent its certificate" : "the client answered with an empty list of certificates" };
}

function arrivalOf(fact: Fact): Arrival | null {
  switch (fact.kind) {
    case "http-status": return arrivalOfStatus(fact);
    case "alert": return arrivalOfAlert(fact);
    case "error-code": return arrivalOfCode(fact);
    default: return null;
  }
}

function arrivalOfStatus(fact: HttpStatusFact): Arrival | null {
  const known = findHttpStatus(fact.status, fact.substatus);
  if (known === null || known.arrived === null) return null;
  const number = fact.substatus === null ? `${fact.status}` : `${fact.status}.${fact.substatus}`;
  return { value: known.arrived, says: known.arrived ? `${number}: a certificate arrived and was refused` : `${number}: no certificate arrived` };
}

/** RFC 8446, section 6.2. */
const CERTIFICATE_REQUIRED = 116;
const BAD_CERTIFICATE = 42;

/** A client received it. Without its printer an alert may be a client's about the server's certificate. */
function isReceived(fact: AlertFact): boolean {
  return fact.direction !== "sent" && fact.reportedBy !== "server" && (fact.run !== null || fact.reportedBy === "client");
}

function isBadCertificate(fact: AlertFact): boolean {
  return fact.number === BAD_CERTIFICATE && isReceived(fact);
}

/** Alerts that end a handshake and are sent for want of a certificate as well as for much else. */
const ENDING: ReadonlySet<number> = new Set([10, 40, 47, 49, 50, 71, 80]);

function isEndWithoutReason(fact: AlertFact): boolean {
  return fact.number !== null && ENDING.has(fact.number) && fact.direction !== "sent" && fact.reportedBy !== "server";
}

/** The client of the run was given a certificate, or printed that it sent one. */
function hasSent(run: Run): boolean {
  return run.answers.length > 0 ? run.answers.some(({ sent }) => sent) : run.offeredCertificate !== null;
}

function arrivalOfAlert(fact: AlertFact): Arrival | null {
  if (fact.number === null || fact.direction === "sent" || fact.reportedBy === "server") return null;
  // Only a server asks for a missing certificate, whoever printed it.
  if (!isReceived(fact) && fact.number !== CERTIFICATE_REQUIRED) return null;
  const known = findAlert(fact.number);
  if (known === null || known.arrived === null) return null;
  return { value: known.arrived, says: known.arrived ? `alert ${known.number}: a certificate arrived and was refused` : `alert ${known.number}: no certificate arrived` };
}

/** Results of a verification beside those of x509_vfy.h. */
const VERIFIED: ReadonlySet<string> = new Set(["SSL_R_CERTIFICATE_VERIFY_FAILED", "GO_UNKNOWN_AUTHORITY", "GO_CERTIFICATE_EXPIRED", "GO_INCOMPATIBLE_KEY_USAGE"]);

function arrivalOfCode(fact: ErrorCodeFact): Arrival | null {
  if (fact.otherUse === true) return null;
  const known = findErrorByName(fact.name);
  // What a server verifies is the certificate that its client sent.
  const verified = fact.reportedBy === "server" && ((known?.family === "x509" && known.decimal !== 0) || VERIFIED.has(fact.name));
  // What a server says of a certificate or key that it would use itself is no answer of a client.
  const itsOwn = known?.side === "client" && fact.reportedBy === "server";
  const arrived = verified ? true : itsOwn ? null : known?.arrived ?? null;
  return arrived === null ? null : { value: arrived, says: arrived ? "a certificate arrived and was refused" : "no certificate arrived" };
}

function isClientFailure(fact: Fact): fact is ApiResultFact | ErrorCodeFact {
  if (fact.kind === "api-result") return fact.api.startsWith("InitializeSecurityContext") || fact.api.startsWith("AcquireCredentialsHandle");
  return fact.kind === "error-code" && fact.otherUse !== true && fact.reportedBy !== "server" && findErrorByName(fact.name)?.side === "client" && fact.name.startsWith("SEC_E_");
}

function failureName(fact: ApiResultFact | ErrorCodeFact): string {
  return fact.kind === "api-result" ? `${fact.api} returned ${fact.code.value}` : fact.name;
}

/** A success status that follows the last selection call of the same trace. */
function findAcceptance(facts: readonly Fact[]): Evidence | null {
  const calls = facts.filter((fact): fact is SelectionCallFact => fact.kind === "selection-call" && (fact.matches?.value ?? 0) > 0);
  const last = calls.at(-1);
  if (last === undefined) return null;
  const after = facts.find((fact): fact is HttpStatusFact => fact.kind === "http-status" && fact.format === "strace"
    && fact.span.source.name === last.span.source.name && compareSpans(fact.span, last.span) > 0);
  return after !== undefined && after.status >= 200 && after.status < 400 ? evidence(after.span, `${after.status} after the selection: the request was served`) : null;
}
