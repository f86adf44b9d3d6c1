import type { ChainVerificationFact, Criterion, Fact, SelectionCallFact, StoreListingFact } from "../model/fact.ts";
import { nameKey } from "../model/name.ts";
import { EKU_OIDS, oidName } from "../model/oids.ts";
import { keyUsageOfValue, selectionFlagBit } from "../model/selection.ts";
import type { SelectionFlagName } from "../model/selection.ts";
import type { Located } from "../text/source-text.ts";
import { isPersonalStore, isWhole } from "./certificates.ts";
import type { Certificate } from "./certificates.ts";
import type { Chain } from "./chains.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import { completeFrom, issuerCriterion, listOfCriterion, membershipOf } from "./issuer-lists.ts";
import type { IssuerList, Membership } from "./issuer-lists.ts";
import { validityAt } from "./validity.ts";

export type Verdict = "meets" | "fails" | "unknown";

/** How a certificate fares against one flag or criterion. */
export interface CriterionVerdict {
  /** Code of the report's contract: HAS_PRIVATE_KEY, NOT_EXPIRED, KEY_USAGE, ENHKEY_USAGE, ISSUER_NAME, … */
  readonly criterion: string;
  readonly verdict: Verdict;
  readonly because: string;
  readonly evidence: readonly Evidence[];
}

export interface CertificateReplay {
  readonly certificate: Certificate;
  readonly selectable: "yes" | "no" | "unknown";
  readonly verdicts: readonly CriterionVerdict[];
}

/** What the reported number of matches says about the explanation. */
export type CountCheck =
  /** As many reported as predicted: the explanation is complete. */
  | "complete"
  /** More reported than predicted: the listing is not of the store that was searched. */
  | "other-store"
  /** Fewer reported than predicted: something filters that the inputs do not show. */
  | "unknown-filter";

/** A selection call replayed over the certificates at hand. */
export interface Replay {
  /** null: the criteria of a default Windows client, no trace at hand. */
  readonly call: SelectionCallFact | null;
  readonly sameCalls: number;
  readonly list: IssuerList | null;
  readonly certificates: readonly CertificateReplay[];
  readonly reported: Located<number> | null;
  /** null when a verdict is open or the searched store is not listed completely. */
  readonly predicted: number | null;
  readonly countCheck: CountCheck | null;
}

/** What the replay needs to know beside the call. */
export interface ReplayGround {
  readonly at: string;
  /** The attempt is printed without its date: then the clock says nothing about it. */
  readonly undatedAttempt: boolean;
  readonly candidates: readonly Certificate[];
  readonly chains: ReadonlyMap<Certificate, Chain>;
  readonly facts: readonly Fact[];
  readonly serverList: IssuerList | null;
  readonly emptyList: Evidence | null;
}

/** dwFlags of the one known trace of a browser: HAS_PRIVATE_KEY and ALLOW_DUPLICATES. */
const DEFAULT_FLAGS = selectionFlagBit("CERT_SELECT_HAS_PRIVATE_KEY") | selectionFlagBit("CERT_SELECT_ALLOW_DUPLICATES");

/** Key usage value that WinINET and .NET pass: digitalSignature (Microsoft reference source, _SafeNetHandles.cs). */
const DIGITAL_SIGNATURE = "00000080";

/** Replays every distinct call; without a call, the criteria of a default client. */
export function replayAll(calls: readonly SelectionCallFact[], ground: ReplayGround): readonly Replay[] {
  if (calls.length === 0) return ground.candidates.length === 0 ? [] : [replayDefault(ground)];
  const groups = new Map<string, SelectionCallFact[]>();
  for (const call of calls) {
    const key = signatureOf(call);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [call]);
    else known.push(call);
  }
  return [...groups.values()].map((group) => replayCall(group.at(-1) as SelectionCallFact, group.length - 1, ground));
}

/** Two calls with one signature ask for the same and found the same. */
function signatureOf(call: SelectionCallFact): string {
  return [
    call.flags?.value, call.declaredCriteria?.value, call.matches?.value, call.result?.value, call.complete,
    ...call.criteria.map((criterion) => [
      criterion.type, criterion.value?.value, criterion.declared?.value, ...(criterion.oids ?? []).map((oid) => oid.value),
      ...(criterion.issuers ?? []).map((issuer) => issuer.value.rfc4514), ...criterion.texts.map((text) => text.value),
    ].join("\u0001")),
  ].join("\u0000");
}

function replayDefault(ground: ReplayGround): Replay {
  const certificates = ground.candidates.map((certificate) => replayCertificate(certificate, [
    ...flagVerdicts(certificate, DEFAULT_FLAGS, ground),
    keyUsageVerdict(certificate, DIGITAL_SIGNATURE),
    enhancedKeyUsageVerdict(certificate, [EKU_OIDS.clientAuth]),
    issuerVerdict(certificate, ground.serverList, ground),
    ...storeVerdicts(certificate, null, ground),
  ]));
  return { call: null, sameCalls: 0, list: ground.serverList, certificates, reported: null, predicted: predict(certificates, ground), countCheck: null };
}

function replayCall(call: SelectionCallFact, sameCalls: number, ground: ReplayGround): Replay {
  const criterion = issuerCriterion(call);
  const printed = criterion === null ? null : listOfCriterion(criterion);
  const list = printed === null ? null : completeFrom(printed, ground.serverList);
  const replayed = ground.candidates.map((certificate) => replayCertificate(certificate, [
    ...(call.flags === null ? openVerdicts(flagVerdicts(certificate, DEFAULT_FLAGS, ground), "the dwFlags line is missing") : flagVerdicts(certificate, call.flags.value, ground)),
    ...call.criteria.map((one) => criterionVerdict(certificate, one, list, ground)),
    ...lostCriteria(call).map((lost) => assumedVerdict(certificate, lost)),
    ...storeVerdicts(certificate, call, ground),
  ]));
  const reported = call.result?.value === false ? null : call.matches;
  const certificates = settleStore(replayed, reported);
  const predicted = predict(certificates, ground);
  return { call, sameCalls, list, certificates, reported, predicted, countCheck: compareCounts(reported, predicted) };
}

/**
 * Which store was searched is not printed. Where only the computer's store is listed, and exactly as many of its certificates meet
 * everything else as the call reports, it is the searched one (a service, or a program that looks there).
 */
function settleStore(certificates: readonly CertificateReplay[], reported: Located<number> | null): readonly CertificateReplay[] {
  const open = (one: CertificateReplay): boolean => one.verdicts.some((verdict) => verdict.criterion === "STORE" && verdict.verdict === "unknown");
  const fitting = certificates.filter((one) => one.verdicts.every((verdict) => verdict.verdict === "meets" || verdict.criterion === "STORE"));
  if (reported === null || reported.value === 0 || fitting.length !== reported.value || !fitting.every(open)) return certificates;
  return certificates.map((one) => replayCertificate(one.certificate, one.verdicts.map((verdict) => (verdict.criterion !== "STORE" || verdict.verdict !== "unknown" ? verdict
    : { ...verdict, verdict: "meets", because: "the number of matches fits the computer's store", evidence: [...verdict.evidence, evidence(reported, "as many as fit here")] }))));
}

function compareCounts(reported: Located<number> | null, predicted: number | null): CountCheck | null {
  if (reported === null || predicted === null) return null;
  return reported.value === predicted ? "complete" : reported.value > predicted ? "other-store" : "unknown-filter";
}

function replayCertificate(certificate: Certificate, verdicts: readonly CriterionVerdict[]): CertificateReplay {
  const selectable = verdicts.some((one) => one.verdict === "fails") ? "no" : verdicts.every((one) => one.verdict === "meets") ? "yes" : "unknown";
  return { certificate, selectable, verdicts };
}

function predict(certificates: readonly CertificateReplay[], ground: ReplayGround): number | null {
  if (certificates.some((one) => one.selectable === "unknown") || completeListing(ground.facts) === null) return null;
  return certificates.filter((one) => one.selectable === "yes").length;
}

/** A finished, uncut listing of a personal store; the user's own before any other. */
export function completeListing(facts: readonly Fact[]): StoreListingFact | null {
  const listings = personalListings(facts).filter(isWhole);
  return listings.find((listing) => listing.store.value.scope === "user") ?? listings[0] ?? null;
}

export function personalListings(facts: readonly Fact[]): readonly StoreListingFact[] {
  return facts.filter((fact): fact is StoreListingFact => fact.kind === "store-listing" && isPersonalStore(fact.store.value.name));
}

/** A fault against a criterion that the trace does not show cannot be called one. */
function openVerdicts(verdicts: readonly CriterionVerdict[], because: string): readonly CriterionVerdict[] {
  return verdicts.map((one) => (one.verdict === "fails" ? { ...one, verdict: "unknown", because: `${one.because}; ${because}` } : one));
}

// --- flags -------------------------------------------------------------------------------------------------------------

function flagVerdicts(certificate: Certificate, flags: number, ground: ReplayGround): readonly CriterionVerdict[] {
  const has = (name: SelectionFlagName): boolean => (flags & selectionFlagBit(name)) !== 0;
  return [
    ...(has("CERT_SELECT_HAS_PRIVATE_KEY") ? [privateKeyVerdict(certificate)] : []),
    ...(has("CERT_SELECT_ALLOW_EXPIRED") ? [] : [notExpiredVerdict(certificate, ground)]),
    ...(has("CERT_SELECT_TRUSTED_ROOT") ? [trustedRootVerdict(certificate, ground.facts)] : []),
    ...(has("CERT_SELECT_DISALLOW_SELFSIGNED") ? [notSelfSignedVerdict(certificate)] : []),
    ...(has("CERT_SELECT_HAS_KEY_FOR_SIGNATURE") ? [keySpecVerdict(certificate, "HAS_KEY_FOR_SIGNATURE")] : []),
    ...(has("CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE") ? [keySpecVerdict(certificate, "HAS_KEY_FOR_KEY_EXCHANGE")] : []),
    ...(has("CERT_SELECT_HARDWARE_ONLY") ? [hardwareVerdict(certificate)] : []),
    ...(has("CERT_SELECT_ALLOW_DUPLICATES") ? [] : [notDuplicateVerdict(certificate, ground.candidates)]),
  ];
}

/** "A value set for the CERT_KEY_PROV_INFO_PROP_ID property": a link to a key, which nothing opens. */
function privateKeyVerdict(certificate: Certificate): CriterionVerdict {
  const criterion = "HAS_PRIVATE_KEY";
  const { linked, container, provider } = certificate.key;
  if (linked?.value === true) return { criterion, verdict: "meets", because: "provider information is stored with the certificate", evidence: [evidence(container ?? provider ?? linked, "a key is linked")] };
  if (linked?.value === false) return { criterion, verdict: "fails", because: "no key is linked to the certificate", evidence: [evidence(linked, "no key provider information")] };
  return { criterion, verdict: "unknown", because: "this form of output prints no key lines", evidence: [] };
}

function notExpiredVerdict(certificate: Certificate, ground: ReplayGround): CriterionVerdict {
  const criterion = "NOT_EXPIRED";
  const validity = validityAt(certificate, ground.at);
  if (validity.state === "expired" && ground.undatedAttempt) {
    return { criterion, verdict: "unknown", because: `${validity.because}, and the moment of the attempt is not in the inputs (give it with --at)`, evidence: validity.evidence };
  }
  return { criterion, verdict: validity.state === "valid" ? "meets" : validity.state === "unknown" ? "unknown" : "fails", because: validity.because, evidence: validity.evidence };
}

/** Chain errors that CERT_SELECT_TRUSTED_ROOT rejects, by the API's documentation. */
const UNTRUSTED = [
  "CERT_TRUST_IS_UNTRUSTED_ROOT", "CERT_TRUST_IS_PARTIAL_CHAIN", "CERT_TRUST_IS_NOT_TIME_VALID",
  "CERT_TRUST_INVALID_POLICY_CONSTRAINTS", "CERT_TRUST_INVALID_BASIC_CONSTRAINTS", "CERT_TRUST_INVALID_NAME_CONSTRAINTS",
];

function trustedRootVerdict(certificate: Certificate, facts: readonly Fact[]): CriterionVerdict {
  const criterion = "TRUSTED_ROOT";
  for (const verification of verificationsOf(certificate, facts)) {
    const [error] = (verification.errors?.value ?? []).filter((name) => UNTRUSTED.includes(name));
    if (error !== undefined && verification.errors !== null) return { criterion, verdict: "fails", because: `${verification.format === "certutil" ? "certutil" : "the event log"} reports ${error}`, evidence: [evidence(verification.errors, error)] };
    if (verification.errors !== null) return { criterion, verdict: "meets", because: `${verification.format === "certutil" ? "certutil" : "CAPI2"} verified the chain up to a trusted root`, evidence: [evidence(verification.errors, "no chain error that this flag rejects")] };
  }
  return { criterion, verdict: "unknown", because: "no chain verification of this certificate is at hand", evidence: [] };
}

/** Chain verifications whose leaf is the certificate. */
function verificationsOf(certificate: Certificate, facts: readonly Fact[]): readonly ChainVerificationFact[] {
  const sha1 = certificate.sha1Thumbprint?.value;
  const subject = certificate.subject?.value;
  return facts.filter((fact): fact is ChainVerificationFact => {
    // OpenSSL verifies with the files it is given, not with the stores of Windows.
    if (fact.kind !== "chain-verification" || fact.format === "openssl-verify") return false;
    const leaf = fact.leaf?.value ?? fact.elements[0]?.sha1Thumbprint?.value;
    if (leaf !== undefined && sha1 !== undefined) return leaf === sha1;
    const name = fact.elements[0]?.subject?.value;
    return name !== undefined && subject !== undefined && nameKey(name) === nameKey(subject);
  });
}

function notSelfSignedVerdict(certificate: Certificate): CriterionVerdict {
  const criterion = "NOT_SELF_SIGNED";
  if (certificate.subject === null || certificate.issuer === null) return { criterion, verdict: "unknown", because: "subject or issuer is not printed", evidence: [] };
  const same = nameKey(certificate.subject.value) === nameKey(certificate.issuer.value);
  return { criterion, verdict: same ? "fails" : "meets", because: same ? "subject and issuer are one name" : "subject and issuer differ", evidence: [evidence(certificate.issuer, "the issuer")] };
}

/** KeySpec 2 is AT_SIGNATURE, 1 AT_KEYEXCHANGE; CNG keys (0) are judged by NCRYPT_KEY_USAGE_PROPERTY. */
function keySpecVerdict(certificate: Certificate, criterion: "HAS_KEY_FOR_SIGNATURE" | "HAS_KEY_FOR_KEY_EXCHANGE"): CriterionVerdict {
  const { keySpec, cngKeyUsage } = certificate.key;
  if (keySpec === null) return { criterion, verdict: "unknown", because: "KeySpec is not printed", evidence: [] };
  if (keySpec.value !== 0) {
    const wanted = criterion === "HAS_KEY_FOR_SIGNATURE" ? 2 : 1;
    const name = keySpec.value === 2 ? "AT_SIGNATURE" : "AT_KEYEXCHANGE";
    return { criterion, verdict: keySpec.value === wanted ? "meets" : "fails", because: `KeySpec is ${keySpec.value} (${name})`, evidence: [evidence(keySpec, `KeySpec ${keySpec.value}`)] };
  }
  if (cngKeyUsage === null) return { criterion, verdict: "unknown", because: "a CNG key whose NCRYPT key usage is not printed", evidence: [evidence(keySpec, "KeySpec 0: a CNG key")] };
  const wanted = criterion === "HAS_KEY_FOR_SIGNATURE" ? ["NCRYPT_ALLOW_SIGNING_FLAG"] : ["NCRYPT_ALLOW_DECRYPT_FLAG", "NCRYPT_ALLOW_KEY_AGREEMENT_FLAG"];
  const allowed = wanted.some((flag) => cngKeyUsage.value.includes(flag)) || cngKeyUsage.value.includes("NCRYPT_ALLOW_ALL_USAGES");
  return { criterion, verdict: allowed ? "meets" : "fails", because: `NCRYPT key usage is ${cngKeyUsage.value.join(", ")}`, evidence: [evidence(cngKeyUsage, "the key's NCRYPT usage")] };
}

const HARDWARE_PROVIDERS = ["Smart Card", "Platform Crypto"];
const SOFTWARE_PROVIDERS = ["Microsoft Software Key Storage", "Microsoft Strong", "Microsoft Enhanced", "Microsoft Base Cryptographic", "Microsoft RSA SChannel"];

function hardwareVerdict(certificate: Certificate): CriterionVerdict {
  const criterion = "HARDWARE_ONLY";
  const provider = certificate.key.provider;
  if (provider === null) return { criterion, verdict: "unknown", because: "the provider is not printed", evidence: [] };
  const verdict = HARDWARE_PROVIDERS.some((part) => provider.value.includes(part)) ? "meets" : SOFTWARE_PROVIDERS.some((part) => provider.value.includes(part)) ? "fails" : "unknown";
  return { criterion, verdict, because: `the provider is ${provider.value}`, evidence: [evidence(provider, "the key's provider")] };
}

// One list of candidates is replayed certificate by certificate, call by call.
const subjectTables = new WeakMap<readonly Certificate[], ReadonlyMap<string, readonly Certificate[]>>();

function bySubjectOf(candidates: readonly Certificate[]): ReadonlyMap<string, readonly Certificate[]> {
  const known = subjectTables.get(candidates);
  if (known !== undefined) return known;
  const table = new Map<string, Certificate[]>();
  for (const candidate of candidates) {
    if (candidate.subject === null) continue;
    const key = nameKey(candidate.subject.value);
    const same = table.get(key);
    if (same === undefined) table.set(key, [candidate]);
    else same.push(candidate);
  }
  subjectTables.set(candidates, table);
  return table;
}

/** Same Subject, SubjectAltName and template: only the most recent one is kept. */
function notDuplicateVerdict(certificate: Certificate, candidates: readonly Certificate[]): CriterionVerdict {
  const criterion = "NOT_DUPLICATE";
  const subject = certificate.subject;
  if (subject === null || subject.value.rdns.length === 0) return { criterion, verdict: "unknown", because: "the subject is not printed", evidence: [] };
  const twins = (bySubjectOf(candidates).get(nameKey(subject.value)) ?? []).filter((other) => other !== certificate);
  let open: CriterionVerdict | null = null;
  for (const twin of twins) {
    const same = sameSet(certificate.subjectAlternativeNames?.value, twin.subjectAlternativeNames?.value) && certificate.template?.value === twin.template?.value;
    const known = [certificate, twin].every((one) => one.prints.some((print) => print.extensionsPrinted));
    const mine = certificate.notBefore?.value;
    const its = twin.notBefore?.value;
    if (mine === undefined || its === undefined) return { criterion, verdict: "unknown", because: "another certificate has the same subject, and a date is not printed", evidence: [evidence(twin.subject ?? twin.span, "the same subject")] };
    if (its.printed === mine.printed || its.latest < mine.earliest) continue;
    if (its.earliest <= mine.latest) {
      open ??= { criterion, verdict: "unknown", because: "another certificate has the same subject, and which of the two is newer the dates do not settle", evidence: [evidence(twin.subject ?? twin.span, "the same subject"), ...(twin.notBefore === null ? [] : [evidence(twin.notBefore, "day and month, or the zone, are open")])] };
      continue;
    }
    const shown = [evidence(twin.subject ?? twin.span, "a newer certificate with the same subject"), ...(twin.notBefore === null ? [] : [evidence(twin.notBefore, "issued later")])];
    if (!known) return { criterion, verdict: "unknown", because: "a newer certificate has the same subject; their alternative names and templates are not printed", evidence: shown };
    if (same) return { criterion, verdict: "fails", because: "a newer certificate with the same subject, alternative names and template suppresses this one", evidence: shown };
  }
  return open ?? { criterion, verdict: "meets", because: twins.length === 0 ? "no other certificate has this subject" : "no newer twin of this certificate", evidence: [evidence(subject, "its subject")] };
}

function sameSet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  const left = [...(a ?? [])].sort();
  const right = [...(b ?? [])].sort();
  return left.length === right.length && left.every((value, at) => value === right[at]);
}

// --- criteria ----------------------------------------------------------------------------------------------------------

function criterionVerdict(certificate: Certificate, criterion: Criterion, list: IssuerList | null, ground: ReplayGround): CriterionVerdict {
  switch (criterion.type) {
    case "CERT_SELECT_BY_KEY_USAGE": return criterion.value === null ? openCriterion(criterion) : keyUsageVerdict(certificate, criterion.value.value);
    case "CERT_SELECT_BY_ENHKEY_USAGE": return (criterion.oids ?? []).length === 0 ? enhancedWithoutOids(certificate, criterion) : enhancedKeyUsageVerdict(certificate, (criterion.oids ?? []).map((oid) => oid.value));
    case "CERT_SELECT_BY_ISSUER_NAME": return issuerVerdict(certificate, list, ground);
    case "CERT_SELECT_BY_PROV_NAME": return providerVerdict(certificate, criterion);
    default: return openCriterion(criterion);
  }
}

function openCriterion(criterion: Criterion): CriterionVerdict {
  return { criterion: codeOf(criterion.type), verdict: "unknown", because: "this criterion cannot be replayed from what is printed", evidence: [evidence(criterion.span, "the criterion")] };
}

/** Criterion code of a CERT_SELECT_BY_* name. */
export function codeOf(type: string): string {
  return type.startsWith("CERT_SELECT_BY_") ? type.slice("CERT_SELECT_BY_".length) : type;
}

/** "No Key Usage extension is present or is present and contains the Digital Signature bit" (Microsoft reference source). */
function keyUsageVerdict(certificate: Certificate, value: string): CriterionVerdict {
  const criterion = "KEY_USAGE";
  const wanted = keyUsageOfValue(value) ?? [];
  const usage = certificate.keyUsage;
  if (wanted.length === 0) return { criterion, verdict: "unknown", because: "the demanded value names no key usage", evidence: [] };
  if (usage.state === "absent") return { criterion, verdict: "meets", because: "the certificate has no Key Usage extension", evidence: [evidence(usage.proof, "all extensions are listed, and Key Usage is not among them")] };
  if (usage.state === "unknown") return { criterion, verdict: "unknown", because: "Key Usage is not printed", evidence: [] };
  const missing = wanted.filter((name) => !usage.value.names.includes(name));
  const shown = [evidence(usage.span, `Key Usage ${usage.value.hex}: ${usage.value.names.join(", ")}`)];
  if (missing.length === 0) return { criterion, verdict: "meets", because: `Key Usage has ${wanted.join(", ")}`, evidence: shown };
  if (missing.length < wanted.length) return { criterion, verdict: "unknown", because: `Key Usage has some of the demanded bits and lacks ${missing.join(", ")}`, evidence: shown };
  return { criterion, verdict: "fails", because: `Key Usage lacks ${missing.join(", ")}`, evidence: shown };
}

/** "No Extended Key Usage extension is present or is present and contains the Client Auth OID" (Microsoft reference source). */
function enhancedKeyUsageVerdict(certificate: Certificate, wanted: readonly string[]): CriterionVerdict {
  const criterion = "ENHKEY_USAGE";
  const usage = certificate.extendedKeyUsage;
  const property = certificate.ekuProperty;
  const names = wanted.map(describeOid).join(" or ");
  if (property !== null && !wanted.some((oid) => property.value.includes(oid))) {
    return { criterion, verdict: "fails", because: `the store copy is restricted to other purposes than ${names}`, evidence: [evidence(property, "purposes enabled for the copy in this store")] };
  }
  if (usage.state === "absent") return { criterion, verdict: "meets", because: "the certificate has no Enhanced Key Usage extension", evidence: [evidence(usage.proof, "all extensions are listed, and Enhanced Key Usage is not among them")] };
  if (usage.state === "unknown") return { criterion, verdict: "unknown", because: "Enhanced Key Usage is not printed", evidence: [] };
  const shown = [evidence(usage.span, usage.value.map(describeOid).join(", "))];
  if (wanted.some((oid) => usage.value.includes(oid))) return { criterion, verdict: "meets", because: `${names} is listed`, evidence: shown };
  if (usage.value.includes(EKU_OIDS.anyExtendedKeyUsage)) return { criterion, verdict: "unknown", because: `${names} is not listed explicitly, only any purpose`, evidence: shown };
  return { criterion, verdict: "fails", because: `Enhanced Key Usage lacks ${names}`, evidence: shown };
}

/** `Client Authentication (1.3.6.1.5.5.7.3.2)`, or the bare OID. */
export function describeOid(oid: string): string {
  const name = oidName(oid);
  return name === null ? oid : `${name} (${oid})`;
}

function enhancedWithoutOids(certificate: Certificate, criterion: Criterion): CriterionVerdict {
  const assumed = enhancedKeyUsageVerdict(certificate, [EKU_OIDS.clientAuth]);
  return assumed.verdict === "fails"
    ? { ...assumed, verdict: "unknown", because: `${assumed.because}; which OID the call demands is not printed`, evidence: [...assumed.evidence, evidence(criterion.span, "the criterion, without its OID")] }
    : assumed;
}

function issuerVerdict(certificate: Certificate, list: IssuerList | null, ground: ReplayGround): CriterionVerdict {
  const criterion = "ISSUER_NAME";
  if (list === null) {
    return ground.emptyList === null
      ? { criterion, verdict: "unknown", because: "no list of acceptable issuers is at hand", evidence: [] }
      : { criterion, verdict: "meets", because: "the server's list is empty: any issuer is acceptable", evidence: [ground.emptyList] };
  }
  if (list.names.length === 0 && list.announced?.value === 0) return { criterion, verdict: "meets", because: "the list is empty: any issuer is acceptable", evidence: [evidence(list.span, "no issuers announced")] };
  const chain = ground.chains.get(certificate);
  if (chain === undefined) return { criterion, verdict: "unknown", because: "the issuer is not printed", evidence: [] };
  const membership = membershipOf(chain, list);
  return { criterion, ...issuerWords(membership), evidence: membership.evidence };
}

function issuerWords(membership: Membership): { readonly verdict: Verdict; readonly because: string } {
  switch (membership.state) {
    case "listed": return { verdict: "meets", because: "a CA of its chain is in the list" };
    case "not-listed": return { verdict: "fails", because: "no CA of its chain is in the list" };
    case "behind-missing-intermediate": return { verdict: "fails", because: "the listed CA cannot be reached: an intermediate is missing on the client" };
    case "unknown": return { verdict: "unknown", because: membership.because };
  }
}

function providerVerdict(certificate: Certificate, criterion: Criterion): CriterionVerdict {
  const wanted = criterion.texts.map((text) => text.value.trim()).filter((text) => text !== "");
  const provider = certificate.key.provider;
  if (provider === null || wanted.length === 0) return openCriterion(criterion);
  const meets = wanted.some((name) => name.toLowerCase().includes(provider.value.toLowerCase()));
  return { criterion: "PROV_NAME", verdict: meets ? "meets" : "fails", because: `the provider is ${provider.value}`, evidence: [evidence(provider, "the key's provider"), evidence(criterion.span, "the demanded provider")] };
}

/** Criteria that were announced but lost from the text, and that every known caller passes. */
function lostCriteria(call: SelectionCallFact): readonly ("KEY_USAGE" | "ENHKEY_USAGE")[] {
  const announced = call.declaredCriteria?.value ?? call.criteria.length;
  const lost = announced - call.criteria.length;
  if (lost <= 0) return [];
  const present = new Set(call.criteria.map((criterion) => codeOf(criterion.type)));
  return (["ENHKEY_USAGE", "KEY_USAGE"] as const).filter((code) => !present.has(code)).slice(0, lost);
}

function assumedVerdict(certificate: Certificate, lost: "KEY_USAGE" | "ENHKEY_USAGE"): CriterionVerdict {
  const assumed = lost === "KEY_USAGE" ? keyUsageVerdict(certificate, DIGITAL_SIGNATURE) : enhancedKeyUsageVerdict(certificate, [EKU_OIDS.clientAuth]);
  return assumed.verdict === "fails" ? { ...assumed, verdict: "unknown", because: `${assumed.because}; that the call demands it is assumed, its lines are missing from the trace` } : assumed;
}

// --- the searched store -------------------------------------------------------------------------------------------------

/** Browsers search the user's own store; a copy elsewhere does not help them. */
function storeVerdicts(certificate: Certificate, call: SelectionCallFact | null, ground: ReplayGround): readonly CriterionVerdict[] {
  const criterion = "STORE";
  const scopes = certificate.listings.filter((listing) => isPersonalStore(listing.store.value.name)).map((listing) => listing.store.value.scope);
  if (scopes.includes("user") || scopes.includes(null)) return [];
  const userListing = personalListings(ground.facts).find((listing) => listing.store.value.scope === "user" && isWhole(listing));
  if (userListing !== undefined) {
    const where = certificate.listings[0];
    if (where === undefined && certificate.sha1Thumbprint === null) return [{ criterion, verdict: "unknown", because: "whether this file is in the user's store cannot be told without its thumbprint", evidence: [] }];
    return [{
      criterion, verdict: "fails", because: where === undefined ? "it is not in the user's store" : "it is in the computer's store, not in the user's",
      evidence: [...(where === undefined ? [] : [evidence(where.store, "the store that holds it")]), evidence(userListing.store, "the user's store, listed completely, without it")],
    }];
  }
  if (call === null || scopes.length === 0) return [];
  return [{ criterion, verdict: "unknown", because: "only the computer's store is listed; a browser searches the user's", evidence: storePlace(certificate) }];
}

function storePlace(certificate: Certificate): readonly Evidence[] {
  const [listing] = certificate.listings;
  return listing === undefined ? [] : [evidence(listing.store, "listed from the computer's store")];
}
