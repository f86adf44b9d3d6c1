import { nameKey } from "../model/name.ts";
import { EKU_OIDS } from "../model/oids.ts";
import type { Certificate } from "./certificates.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import { codeOf } from "./replay.ts";
import type { CertificateReplay, CriterionVerdict } from "./replay.ts";
import { evidenceOf, verdictOf } from "./situation.ts";
import type { Situation } from "./situation.ts";

/** A candidate that fails one criterion, and how much that explains. */
export interface Exclusion {
  readonly certificate: Certificate;
  readonly verdict: CriterionVerdict;
  readonly weight: "proved" | "likely" | "possible";
  /** What would overturn the explanation; null when it is proved. */
  readonly overturnedBy: string | null;
  /** The failing value, what demanded it, and what shows that nothing was selected. */
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** Every candidate that fails the criterion, with the weight of that explanation. A certificate replaced by a newer one is left out. */
export function exclusionsBy(situation: Situation, criterion: string): readonly Exclusion[] {
  const replay = situation.replay;
  if (replay === null) return [];
  const rivals = rivalsAmong(currentCandidates(situation));
  return currentCandidates(situation).flatMap((replayed) => {
    const verdict = verdictOf(replayed, criterion);
    if (verdict === null || verdict.verdict !== "fails") return [];
    const { weight, overturnedBy } = weigh(situation, replayed, rivals);
    const [first, ...more] = evidenceOf(verdict.evidence, demandOf(situation, criterion), symptomOf(situation));
    return first === undefined ? [] : [{ certificate: replayed.certificate, verdict, weight, overturnedBy, evidence: [first, ...more] }];
  });
}

/** Lines that show every candidate meeting the criterion; null when one fails it, or one is open, or there is none. */
export function clearedBy(situation: Situation, criterion: string): readonly Evidence[] | null {
  const verdicts = currentCandidates(situation).map((replayed) => verdictOf(replayed, criterion)).filter((verdict) => verdict !== null);
  if (verdicts.length === 0 || verdicts.some((verdict) => verdict.verdict !== "meets")) return null;
  return evidenceOf(...verdicts.slice(0, CLEARED_SHOWN).map((verdict) => verdict.evidence));
}

/** Most certificates cited for one "this is not it". */
const CLEARED_SHOWN = 3;

// Every cause about a candidate asks for them.
const current = new WeakMap<Situation, readonly CertificateReplay[]>();

/** The candidates of the deciding replay without those that a newer certificate of the same subject replaces. */
export function currentCandidates(situation: Situation): readonly CertificateReplay[] {
  const known = current.get(situation);
  if (known !== undefined) return known;
  const found = findCurrent(situation);
  current.set(situation, found);
  return found;
}

function findCurrent(situation: Situation): readonly CertificateReplay[] {
  const all = situation.replay?.certificates ?? [];
  const newest = new Map<string, string>();
  for (const { certificate } of all) {
    if (certificate.subject === null || certificate.subject.value.rdns.length === 0 || certificate.notBefore === null) continue;
    const key = nameKey(certificate.subject.value);
    const known = newest.get(key);
    if (known === undefined || known < certificate.notBefore.value.earliest) newest.set(key, certificate.notBefore.value.earliest);
  }
  return all.filter(({ certificate, selectable }) => {
    if (selectable === "yes" || certificate.subject === null || certificate.notBefore === null) return true;
    const latest = newest.get(nameKey(certificate.subject.value));
    return latest === undefined || certificate.notBefore.value.latest >= latest;
  });
}

function failures(replayed: CertificateReplay): number {
  return replayed.verdicts.filter((verdict) => verdict.verdict === "fails").length;
}

/** What weighing one candidate needs of all others, found once for all of them. */
interface Rivals {
  readonly selectable: number;
  /** Fewest failed criteria of a candidate that is not selectable. */
  readonly fewestFailures: number;
}

function rivalsAmong(candidates: readonly CertificateReplay[]): Rivals {
  let selectable = 0;
  let fewestFailures = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.selectable === "yes") selectable++;
    else fewestFailures = Math.min(fewestFailures, failures(candidate));
  }
  return { selectable, fewestFailures };
}

function weigh(situation: Situation, replayed: CertificateReplay, rivals: Rivals): Pick<Exclusion, "weight" | "overturnedBy"> {
  if (rivals.selectable > (replayed.selectable === "yes" ? 1 : 0)) return { weight: "possible", overturnedBy: "Another certificate at hand meets every criterion; this matters only if this one is the certificate you mean." };
  // The fewest failures are another's where they are fewer than its own.
  if (rivals.fewestFailures < failures(replayed)) {
    return { weight: "possible", overturnedBy: "Another certificate at hand comes closer to being selected; this matters only if this one is the certificate you mean." };
  }
  const replay = situation.replay;
  if (replay !== null && replay.call !== null) {
    if (replay.reported === null) return { weight: "likely", overturnedBy: "The number of matches is not printed: the part of the trace that shows it would confirm or overturn this." };
    if (replay.countCheck === "other-store" || replay.reported.value > 0) {
      return { weight: "possible", overturnedBy: `The call reports ${replay.reported.value} matching certificates: this certificate is not the one that was selected, and the listing may be of another store.` };
    }
    if (verdictOf(replayed, "STORE")?.verdict === "unknown" && isOfComputerOnly(replayed.certificate)) {
      return { weight: "likely", overturnedBy: "Only the computer's store is listed, and a browser searches the user's: `certutil -v -user -store my` would confirm or overturn this." };
    }
    return { weight: "proved", overturnedBy: null };
  }
  if (isOfComputerOnly(replayed.certificate) && isForServersOnly(replayed.certificate)) {
    return { weight: "likely", overturnedBy: "A certificate for servers in the computer's store may be the server's own and not the client's: a listing of the store that the client uses would tell." };
  }
  if (situation.request.requested === true || situation.outcome.arrived === false) return { weight: "proved", overturnedBy: null };
  if (situation.request.requested === false) return { weight: "possible", overturnedBy: "No line shows that the server asked for a certificate at all." };
  return { weight: "likely", overturnedBy: "No line shows the server's request: a transcript of openssl s_client -prexit would confirm that a certificate is asked for." };
}

/** Listed in the computer's store, and nowhere else. */
function isOfComputerOnly(certificate: Certificate): boolean {
  return certificate.listings.length > 0 && certificate.listings.every((listing) => listing.store.value.scope === "machine");
}

function isForServersOnly({ extendedKeyUsage }: Certificate): boolean {
  return extendedKeyUsage.state === "present" && extendedKeyUsage.value.includes(EKU_OIDS.serverAuth) && !extendedKeyUsage.value.includes(EKU_OIDS.clientAuth);
}

/** What demands the criterion: the criterion of the call, its flags, or the server's request. */
function demandOf(situation: Situation, criterion: string): readonly Evidence[] {
  const call = situation.replay?.call ?? null;
  if (call === null) return situation.request.requested === true ? situation.request.evidence.slice(0, 1) : [];
  const printed = call.criteria.find((one) => codeOf(one.type) === criterion);
  if (printed !== undefined) return [evidence(printed.value ?? printed.declared ?? printed.oids?.[0] ?? printed.span, `the call demands ${criterion}`)];
  return call.flags === null ? [] : [evidence(call.flags, `flags of the call: ${criterion}`)];
}

/** The line that shows that nothing was selected, or that nothing arrived. */
export function symptomOf(situation: Situation): readonly Evidence[] {
  const reported = situation.replay?.reported ?? null;
  if (reported !== null) return [evidence(reported, `${reported.value} certificate${reported.value === 1 ? "" : "s"} matched`)];
  return situation.outcome.arrived === false ? situation.outcome.evidence.slice(0, 1) : [];
}
