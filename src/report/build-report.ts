import type { Discovery } from "../causes/cause.ts";
import type { Verdict } from "../causes/judge.ts";
import type { Certificate } from "../correlate/certificates.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { listOfCriterion, listOfRequest, membershipOf } from "../correlate/issuer-lists.ts";
import type { IssuerList as KnownList } from "../correlate/issuer-lists.ts";
import type { CountCheck, Replay } from "../correlate/replay.ts";
import type { Situation } from "../correlate/situation.ts";
import type { DamageFact } from "../model/fact.ts";
import type { Name } from "../model/name.ts";
import { selectionFlagNames } from "../model/selection.ts";
import { withoutSecrets } from "../redact/secrets.ts";
import { compareSpans, placeOf } from "../text/source-text.ts";
import type { Span } from "../text/source-text.ts";
import { cite, citeAll, quoteOf } from "./cite.ts";
import { followPath } from "./follow-path.ts";
import type { CannotTell, CertificateLabel, Finding, InputSummary, IssuerList, JsonName, Note, Report, RuledOut, Selection, Weight } from "./report.ts";
import { sayVerdict } from "./say-verdict.ts";

/** Lines not understood that a report quotes. */
const NOT_UNDERSTOOD_SHOWN = 20;
/** Names of a list that a report repeats. */
const NAMES_SHOWN = 500;

const STRENGTH: Readonly<Record<Weight, number>> = { proved: 0, likely: 1, possible: 2 };

export interface ReportGround {
  readonly version: string;
  readonly inputs: readonly InputSummary[];
  readonly situation: Situation;
  /** In the order of the causes. */
  readonly verdicts: readonly Verdict[];
  readonly notUnderstood: readonly Span[];
}

/** Turns verdicts into plain data: strongest findings first, general causes left out where a specific one is found. */
export function buildReport({ version, inputs, situation, verdicts, notUnderstood }: ReportGround): Report {
  const specific = verdicts.flatMap(({ cause, outcome }) => (outcome.status === "found" ? outcome.discoveries.map((discovery) => ({ discovery, refines: cause.refines })) : []));
  const isRefined = (id: string, general: Discovery): boolean => specific.some(({ discovery, refines }) => refines.includes(id)
    && (discovery.about === null || discovery.about.role !== "candidate" || general.about === null || discovery.about === general.about) && (discovery.weight !== "possible" || general.weight === "possible"));
  const findings = findingsOf(verdicts, isRefined);
  const refined = new Set(specific.flatMap(({ refines }) => refines));
  const ruledOut = verdicts.flatMap(({ cause, outcome }): readonly RuledOut[] =>
    (outcome.status === "ruled-out" ? [{ cause: cause.id, title: cause.title, evidence: citeAll(outcome.evidence) }] : []));
  const cannotTell = verdicts.flatMap(({ cause, outcome }): readonly CannotTell[] =>
    (outcome.status === "cannot-tell" && !refined.has(cause.id) ? [{ cause: cause.id, title: cause.title, missing: outcome.missing }] : []));
  const notes = verdicts.flatMap(({ cause, outcome }): readonly Note[] =>
    (outcome.status === "explains" ? [{ cause: cause.id, title: cause.title, says: outcome.says, evidence: citeAll(outcome.evidence) }] : []));
  const selections = situation.replays.map(selectionOf);
  const path = followPath(situation.doubt === null || situation.doubt.alike ? situation : situation.doubt.without, findings);
  return withoutSecrets<Report>({
    schema: "certwhy/report/1",
    tool: { name: "certwhy", version },
    at: situation.at.moment,
    atFrom: { source: situation.at.source, evidence: situation.at.evidence === null ? null : cite(situation.at.evidence) },
    inputs,
    verdict: sayVerdict({ situation, findings, notes, cannotTell, path }),
    path, findings, ruledOut, cannotTell, selections,
    issuerLists: issuerListsOf(situation),
    notes,
    damage: situation.factsOf("damage").map((fact: DamageFact) => ({ kind: "damage", place: placeOf(fact.span), what: fact.what, says: fact.says, quote: quoteOf(fact.span) })),
    notUnderstood: [...notUnderstood].sort(compareSpans).slice(0, NOT_UNDERSTOOD_SHOWN).map((span) => cite({ span, shows: "not understood" })),
    failures: verdicts.flatMap(({ cause, outcome }) => (outcome.status === "failed" ? [{ cause: cause.id, error: outcome.error }] : [])),
  });
}

/** `isRefined`: a finding of a more specific cause says the same of the same certificate, and is not a mere possibility beside it. */
function findingsOf(verdicts: readonly Verdict[], isRefined: (id: string, general: Discovery) => boolean): readonly Finding[] {
  const findings = verdicts.flatMap(({ cause, outcome }): readonly Finding[] => (outcome.status !== "found" ? [] : outcome.discoveries.filter((discovery) => !isRefined(cause.id, discovery)).map((discovery) => ({
    cause: cause.id, title: cause.title, headline: discovery.headline, why: discovery.why, overturnedBy: discovery.overturnedBy,
    fix: discovery.fix, weight: discovery.weight, evidence: citeAll(discovery.evidence), about: discovery.about === null ? null : labelOf(discovery.about),
  }))));
  return findings.map((finding, at) => ({ finding, at })).sort((a, b) => STRENGTH[a.finding.weight] - STRENGTH[b.finding.weight] || a.at - b.at).map(({ finding }) => finding);
}

function labelOf(certificate: Certificate): CertificateLabel {
  return { certificate: certificate.sha1Thumbprint?.value ?? certificate.serialNumber?.value ?? null, subject: certificate.subject?.value.printed ?? null, place: placeOf(certificate.span) };
}

function nameOf(name: Name): JsonName {
  return { printed: name.printed, rdns: name.rdns, rfc4514: name.rfc4514 };
}

function selectionOf(replay: Replay): Selection {
  const flags = replay.call?.flags ?? null;
  return {
    call: replay.call === null ? null : placeOf(replay.call.span),
    flags: flags === null ? null : { hex: flags.value.toString(16).padStart(8, "0"), names: selectionFlagNames(flags.value) },
    reportedMatches: replay.reported?.value ?? null,
    predictedMatches: replay.predicted,
    countCheck: replay.countCheck === null ? null : meaningOf(replay.countCheck, replay.reported?.value ?? 0, replay.predicted ?? 0),
    sameCalls: replay.sameCalls,
    certificates: replay.certificates.map(({ certificate, selectable, verdicts }) => ({
      certificate: {
        subject: certificate.subject === null ? null : nameOf(certificate.subject.value),
        sha1Thumbprint: certificate.sha1Thumbprint?.value ?? null, serialNumber: certificate.serialNumber?.value ?? null, place: placeOf(certificate.span),
      },
      selectable,
      criteria: verdicts.map((verdict) => ({ criterion: verdict.criterion, verdict: verdict.verdict, because: verdict.because, evidence: citeAll(verdict.evidence) })),
    })),
  };
}

function meaningOf(check: CountCheck, reported: number, predicted: number): string {
  switch (check) {
    case "complete": return `The call reports ${reported}, and ${predicted} is what these certificates and criteria give: the explanation is complete.`;
    case "other-store": return `The call reports ${reported}, but of the certificates listed here only ${predicted} would match: the listing is not of the store that was searched, or not of the same moment.`;
    case "unknown-filter": return `The call reports ${reported}, although ${predicted} of the certificates listed here meet every criterion that is printed: something else filters, for example chain trust or signature algorithms.`;
  }
}

function issuerListsOf(situation: Situation): readonly IssuerList[] {
  const ofCalls = situation.replays.flatMap((replay) => (replay.call === null ? [] : replay.call.criteria.map(listOfCriterion).filter((list) => list !== null)));
  const [decided] = situation.request.deciding === null ? [] : [listOfRequest(situation.request.deciding)];
  const lists = [...ofCalls, ...(decided === null || decided === undefined ? [] : [decided])];
  return lists.map((list) => describeList(list, situation));
}

function describeList(list: KnownList, situation: Situation): IssuerList {
  const matches: Evidence[] = [];
  const nearMisses: Evidence[] = [];
  for (const certificate of situation.candidates) {
    const membership = membershipOf(situation.chainOf(certificate), list);
    if (membership.state === "listed") matches.push(...membership.evidence.slice(0, 1));
    else if (membership.state !== "behind-missing-intermediate") nearMisses.push(...membership.nearMisses);
  }
  return {
    from: list.from, place: placeOf(list.span), announced: list.announced?.value ?? null, listed: list.names.length, complete: list.incomplete === null,
    names: list.names.slice(0, NAMES_SHOWN).map((name) => ({ printed: name.value.printed, place: placeOf(name.span) })),
    matches: citeAll(matches), nearMisses: citeAll(nearMisses),
  };
}
