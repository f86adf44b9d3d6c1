import type { Fact, FactKind, SelectionCallFact, StoreListingFact } from "../model/fact.ts";
import { joinCertificates } from "./certificates.ts";
import type { Certificate } from "./certificates.ts";
import { buildChain, findAuthorities } from "./chains.ts";
import type { Authorities, Chain } from "./chains.ts";
import { findClientFiles } from "./client-files.ts";
import type { Evidence } from "./evidence.ts";
import { listOfServer } from "./issuer-lists.ts";
import type { IssuerList } from "./issuer-lists.ts";
import { judgedAt } from "./judged-at.ts";
import type { JudgedAt } from "./judged-at.ts";
import { findLogClients } from "./log-clients.ts";
import type { UnknownClient } from "./log-clients.ts";
import { findOutcome } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { completeListing, personalListings, replayAll } from "./replay.ts";
import type { CertificateReplay, CriterionVerdict, Replay } from "./replay.ts";
import { findRuns, joinRequests } from "./requests.ts";
import type { Run, ServerRequest } from "./requests.ts";
import { findServerKind } from "./server-kind.ts";
import type { ServerKind } from "./server-kind.ts";
import { lineIndexAt } from "../text/source-text.ts";

type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;

/** What all inputs together say about one attempt. Causes look at this and at nothing else. */
export interface Situation {
  readonly at: JudgedAt;
  readonly facts: readonly Fact[];
  readonly certificates: readonly Certificate[];
  /** Certificates that may be the client's. */
  readonly candidates: readonly Certificate[];
  readonly authorities: Authorities;
  readonly runs: readonly Run[];
  readonly request: ServerRequest;
  /** Authorities that the server's request names; null when no list is known. */
  readonly serverList: IssuerList | null;
  readonly calls: readonly SelectionCallFact[];
  readonly replays: readonly Replay[];
  /** The replay that counts: of the last complete call, else of the default client; null without certificates and calls. */
  readonly replay: Replay | null;
  readonly outcome: Outcome;
  /** The kind of file that the failing client takes its certificate from, where that is known; null also for a Windows store. */
  readonly clientFiles: "pem" | "keystore" | null;
  /** The kind of program that answers; null: not known. */
  readonly serverKind: ServerKind | null;
  /** A finished, uncut listing of a personal store. */
  readonly completeListing: StoreListingFact | null;
  readonly personalListings: readonly StoreListingFact[];
  /** Of lines that may be about another client; null: there are none. */
  readonly doubt: Doubt | null;
  chainOf(certificate: Certificate): Chain;
  factsOf<K extends FactKind>(kind: K): readonly FactOf<K>[];
}

/** Lines of a server's log that may be about another client than the one in question. */
export interface Doubt extends UnknownClient {
  /** What the inputs say without these lines. */
  readonly without: Situation;
}

export interface CorrelateOptions {
  /** `--at`, ISO 8601 UTC; null: what the evidence says, else the clock. */
  readonly at: string | null;
  /** The present moment, ISO 8601 UTC. */
  readonly clock: string;
}

/** Joins facts into a situation. Time linear in the number of facts. */
export function correlate(facts: readonly Fact[], options: CorrelateOptions): Situation {
  const at = judgedAt(facts, options.at, options.clock);
  const whole = situationOf(facts, at);
  const { ofOthers, unknown } = findLogClients(facts, whole.candidates, whole.runs);
  const situation = ofOthers.size === 0 ? whole : situationOf(facts.filter((fact) => !ofOthers.has(fact)), at);
  if (unknown === null) return situation;
  return { ...situation, doubt: { ...unknown, without: situationOf(situation.facts.filter((fact) => !unknown.facts.has(fact)), at) } };
}

function situationOf(facts: readonly Fact[], at: JudgedAt): Situation {
  const byKind = new Map<FactKind, Fact[]>();
  for (const fact of facts) {
    const known = byKind.get(fact.kind);
    if (known === undefined) byKind.set(fact.kind, [fact]);
    else known.push(fact);
  }
  const factsOf = <K extends FactKind>(kind: K): readonly FactOf<K>[] => (byKind.get(kind) ?? []) as unknown as readonly FactOf<K>[];
  const certificates = joinCertificates(facts);
  const candidates = certificates.filter((certificate) => certificate.role === "candidate" && identifies(certificate));
  const authorities = findAuthorities(certificates, facts);
  const chains = new Map(candidates.map((certificate) => [certificate, buildChain(certificate, authorities)]));
  const runs = findRuns(facts);
  const request = joinRequests(runs);
  const serverList = listOfServer(request);
  const calls = factsOf("selection-call");
  const undatedAttempt = at.source === "clock" && (calls.length > 0 || runs.length > 0);
  const replays = replayAll(calls, { at: at.moment, undatedAttempt, candidates, chains, facts, serverList, emptyList: request.emptyList });
  return {
    at, facts, certificates, candidates, authorities, runs, request, serverList, calls, replays,
    replay: decidingReplay(replays),
    outcome: findOutcome(facts, runs),
    clientFiles: findClientFiles(facts, runs),
    serverKind: findServerKind(facts),
    completeListing: completeListing(facts),
    personalListings: personalListings(facts),
    doubt: null,
    chainOf: (certificate) => chains.get(certificate) ?? buildChain(certificate, authorities),
    factsOf,
  };
}

/** A key block without any field of a certificate is no candidate: nothing can be replayed with it. */
function identifies(certificate: Certificate): boolean {
  return certificate.subject !== null || certificate.issuer !== null || certificate.serialNumber !== null || certificate.sha1Thumbprint !== null;
}

function decidingReplay(replays: readonly Replay[]): Replay | null {
  return replays.filter((replay) => replay.call?.complete === true).at(-1) ?? replays.at(-1) ?? null;
}

/** The verdict of a certificate on one criterion in a replay; null when the criterion was not asked for. */
export function verdictOf(replayed: CertificateReplay, criterion: string): CriterionVerdict | null {
  return replayed.verdicts.find((one) => one.criterion === criterion) ?? null;
}

/** Evidence of several verdicts, each place once, and each thing that a line shows once. */
export function evidenceOf(...groups: readonly (readonly Evidence[])[]): readonly Evidence[] {
  const seen = new Set<string>();
  return groups.flat().filter(({ span, shows }) => {
    const place = `${span.source.name} ${span.source.firstLine} ${span.start} ${span.end}`;
    const line = `${span.source.name} ${span.source.firstLine + lineIndexAt(span.source, span.start)} ${shows}`;
    if (seen.has(place) || seen.has(line)) return false;
    seen.add(place).add(line);
    return true;
  });
}
