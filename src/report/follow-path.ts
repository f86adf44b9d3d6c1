import { askedBy } from "../correlate/asked-by.ts";
import { currentCandidates } from "../correlate/exclusions.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { evidenceOf, verdictOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { citeAll } from "./cite.ts";
import type { Finding, PathStation, Station } from "./report.ts";

interface Seen {
  readonly state: "ok" | "broken" | "unknown";
  readonly evidence: readonly Evidence[];
}

const UNKNOWN: Seen = { state: "unknown", evidence: [] };
/** Places cited for one station. */
const SHOWN = 2;

/** The way of a certificate from the server's question to its acceptance, and where it broke. */
export function followPath(situation: Situation, findings: readonly Finding[]): readonly PathStation[] {
  const stations: readonly (readonly [Station, Seen])[] = [
    ["asked", asked(situation)], ["listed", listed(situation)], ["candidates", candidates(situation)], ["selected", selected(situation)],
    ["usable", usable(situation, findings)], ["sent", sent(situation)], ["accepted", accepted(situation)],
  ];
  const unasked = situation.calls.length === 0 ? findings.find((finding) => ASKING_CAUSES.has(finding.cause) && finding.weight !== "possible") : undefined;
  const broken = unasked === undefined ? stations.findIndex(([, seen]) => seen.state === "broken") : 0;
  return stations.map(([station, seen], at) => {
    if (station === "asked" && unasked !== undefined) return { station, state: "broken", evidence: unasked.evidence.slice(0, SHOWN) };
    // Some clients send a certificate that no list or criterion admits: then it did arrive, and what the server said of it stands.
    const unreached = broken >= 0 && at > broken && (FOLLOWING.has(station) ? situation.outcome.arrived !== true : seen.state === "unknown");
    return { station, state: unreached ? "not-reached" : seen.state, evidence: unreached ? [] : citeAll(seen.evidence.slice(0, SHOWN)) };
  });
}

/** Causes by which the question does not reach the client that fails, although another run may show it. */
const ASKING_CAUSES: ReadonlySet<string> = new Set(["server-does-not-request", "sslflags-web-config", "renegotiation-refused-or-disabled", "tls13-post-handshake-auth-unsupported", "http2-cannot-renegotiate",
  "request-body-too-large-before-renegotiation", "tls-terminating-intermediary"]);

/** What happens after a break only follows from it; what is known of the certificate and its key holds all the same. */
const FOLLOWING: ReadonlySet<Station> = new Set(["sent", "accepted"]);

function asked(situation: Situation): Seen {
  const { request, calls, outcome } = situation;
  if (request.requested === true) return { state: "ok", evidence: request.evidence };
  const [call] = calls;
  if (call !== undefined) return { state: "ok", evidence: [evidence(call.span, "the client looked for a certificate, so it was asked for one")] };
  if (outcome.arrived === true) return { state: "ok", evidence: outcome.evidence };
  const told = askedBy(situation);
  if (told.length > 0) return { state: "ok", evidence: told };
  if (request.requested === false) return { state: "broken", evidence: request.evidence };
  return UNKNOWN;
}

function byCriterion(situation: Situation, criterion: string): Seen {
  const verdicts = currentCandidates(situation).map((replayed) => verdictOf(replayed, criterion)).filter((verdict) => verdict !== null);
  const meets = verdicts.find((verdict) => verdict.verdict === "meets");
  if (meets !== undefined) return { state: "ok", evidence: meets.evidence };
  if (verdicts.length > 0 && verdicts.every((verdict) => verdict.verdict === "fails")) return { state: "broken", evidence: evidenceOf(...verdicts.map((verdict) => verdict.evidence)) };
  return UNKNOWN;
}

function listed(situation: Situation): Seen {
  if (situation.replay?.list === null && situation.request.emptyList !== null) return { state: "ok", evidence: [situation.request.emptyList] };
  if (situation.outcome.accepted !== null && situation.replay?.list !== null) return { state: "ok", evidence: byCriterion(situation, "ISSUER_NAME").evidence };
  return byCriterion(situation, "ISSUER_NAME");
}

function candidates(situation: Situation): Seen {
  const store = byCriterion(situation, "STORE");
  if (store.state === "broken") return store;
  return byCriterion(situation, "HAS_PRIVATE_KEY");
}

function selected(situation: Situation): Seen {
  const reported = situation.replay?.reported ?? null;
  if (reported !== null) return { state: reported.value > 0 ? "ok" : "broken", evidence: [evidence(reported, `${reported.value} certificates matched`)] };
  if (situation.outcome.arrived === true) return { state: "ok", evidence: situation.outcome.evidence };
  const current = currentCandidates(situation);
  if (current.length > 0 && current.every((replayed) => replayed.selectable === "no")) {
    return { state: "broken", evidence: evidenceOf(...current.map((replayed) => replayed.verdicts.filter((verdict) => verdict.verdict === "fails").flatMap((verdict) => verdict.evidence))) };
  }
  const fits = current.find((replayed) => replayed.selectable === "yes");
  return fits === undefined ? UNKNOWN : { state: "ok", evidence: fits.verdicts.flatMap((verdict) => verdict.evidence).slice(0, 1) };
}

/** Causes that break the use of a key that was selected. */
const KEY_CAUSES = new Set(["orphaned-key-missing-keyset", "key-does-not-match-certificate", "legacy-csp-cannot-sign-sha256", "signature-algorithm-mismatch", "client-certificate-type-mismatch", "weak-key-or-digest",
  "key-no-permission", "key-provider-missing", "strong-key-protection", "smart-card-absent", "ephemeral-key-schannel", "key-provider-cannot-do-rsa-pss"]);

function usable(situation: Situation, findings: readonly Finding[]): Seen {
  const broken = findings.some((finding) => KEY_CAUSES.has(finding.cause) && finding.weight !== "possible");
  if (broken || situation.outcome.clientError.length > 0) {
    const bad = situation.candidates.map((certificate) => certificate.key.status).filter((status) => status !== null && (status.value === "missing" || status.value === "unusable"));
    return { state: "broken", evidence: [...situation.outcome.clientError, ...bad.flatMap((status) => (status === null ? [] : [evidence(status, "the key cannot be used")]))] };
  }
  const good = situation.candidates.map((certificate) => certificate.key.status).find((status) => status?.value === "usable");
  return good == null ? UNKNOWN : { state: "ok", evidence: [evidence(good, "a test with the key passed")] };
}

function sent(situation: Situation): Seen {
  if (situation.outcome.arrived === true) return { state: "ok", evidence: situation.outcome.evidence };
  if (situation.outcome.arrived === false) return { state: "broken", evidence: situation.outcome.evidence };
  return situation.outcome.accepted === null ? UNKNOWN : { state: "ok", evidence: [situation.outcome.accepted] };
}

function accepted(situation: Situation): Seen {
  const refused = [...situation.outcome.refused, ...situation.outcome.refusedOrNone];
  if (refused.length > 0) return { state: "broken", evidence: refused };
  const { accepted: taken, ended, endedProbe } = situation.outcome;
  if (taken !== null) return { state: "ok", evidence: [taken] };
  return ended.length > 0 ? { state: "broken", evidence: ended } : { state: "unknown", evidence: endedProbe };
}
