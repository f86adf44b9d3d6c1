import type { KeyAssociation } from "../model/fact.ts";
import { nameKey, sameName } from "../model/name.ts";
import type { Name } from "../model/name.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { isSha1OnlyProvider } from "../model/providers.ts";
import { selectionFlagBit, selectionFlagNames } from "../model/selection.ts";
import { textOf } from "../text/source-text.ts";
import type { Located, Span } from "../text/source-text.ts";
import type { Certificate, Extension } from "./certificates.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import { listOfCriterion } from "./issuer-lists.ts";
import type { IssuerList } from "./issuer-lists.ts";
import { codeOf, describeOid } from "./replay.ts";
import type { Situation } from "./situation.ts";
import { validityAt } from "./validity.ts";

/** What one side prints of a field; null: it does not print it. */
export interface Side {
  readonly text: string;
  readonly evidence: Evidence;
}

export type Bearing =
  /** The difference can be why one works and the other does not. */
  | "can-matter"
  /** It differs, or is only printed differently, and cannot be the reason. */
  | "cannot-matter"
  /** One side or both do not print it, and it could decide. */
  | "not-comparable";

/** One field in which two captures differ, or which at least one of them does not show. */
export interface Difference {
  /** What the field belongs to, e.g. a certificate's subject. */
  readonly about: string;
  readonly field: string;
  readonly a: Side | null;
  readonly b: Side | null;
  readonly bearing: Bearing;
  readonly because: string;
}

/** Compares two captures field by field. Equal fields are left out; decisive fields that one side lacks are kept. */
export function compare(a: Situation, b: Situation): readonly Difference[] {
  const examined = examinesKeySpec(a) || examinesKeySpec(b);
  return [...compareCertificates(a, b), ...compareKeyBlocks(a, b), ...compareCalls(a, b), ...compareRequests(a, b)].map((difference) => (
    examined && difference.field === "KeySpec" && difference.a?.text !== difference.b?.text ? { ...difference, bearing: "can-matter", because: "A call at hand examines KeySpec (flag 0x10 or 0x20)." } : difference));
}

// --- certificates ---------------------------------------------------------------------------------------------------

function compareCertificates(a: Situation, b: Situation): readonly Difference[] {
  const pairs: (readonly [Certificate, Certificate])[] = [];
  const aloneInB = new Set(b.candidates);
  const aloneInA = a.candidates.filter((certificate) => {
    const twin = [...aloneInB].find((other) => isTwin(certificate, other));
    if (twin === undefined) return true;
    aloneInB.delete(twin);
    pairs.push([certificate, twin]);
    return false;
  });
  const [left, secondLeft] = aloneInA;
  const [right, secondRight] = [...aloneInB];
  const compared = pairs.flatMap(([one, other]) => compareCertificate(one, other, a, b));
  // What is left over, one here and one there, is what the reader wants to have compared.
  if (left !== undefined && right !== undefined && secondLeft === undefined && secondRight === undefined) return [...compared, ...compareCertificate(left, right, a, b)];
  const silent = a.candidates.length === 0 || b.candidates.length === 0;
  return [...compared, ...aloneInA.map((certificate) => only("a", certificate, silent)), ...[...aloneInB].map((certificate) => only("b", certificate, silent))];
}

function isTwin(one: Certificate, other: Certificate): boolean {
  if (one.sha1Thumbprint !== null && other.sha1Thumbprint !== null && one.sha1Thumbprint.value === other.sha1Thumbprint.value) return true;
  return one.subject !== null && other.subject !== null && one.subject.value.rdns.length > 0 && sameName(one.subject.value, other.subject.value);
}

function nameOf(certificate: Certificate): string {
  return certificate.subject?.value.printed ?? certificate.serialNumber?.value ?? "certificate";
}

/** A certificate of one capture. Where the other prints no client certificate at all, nothing says that it is not there. */
function only(where: "a" | "b", certificate: Certificate, silent: boolean): Difference {
  const side = { text: nameOf(certificate), evidence: evidence(certificate.subject ?? certificate.span, "only here") };
  return {
    about: nameOf(certificate), field: "certificate", a: where === "a" ? side : null, b: where === "b" ? side : null,
    ...(silent ? { bearing: "not-comparable", because: "Only one capture prints client certificates." } : can("This certificate is in one capture only.")),
  };
}

/** How one field of a certificate is shown and judged. */
interface Field {
  readonly field: string;
  readonly decisive: boolean;
  readonly show: (certificate: Certificate, situation: Situation) => Side | null;
  readonly judge: (a: string, b: string) => { readonly bearing: "can-matter" | "cannot-matter"; readonly because: string };
}

const FIELDS: readonly Field[] = [
  { field: "Key Usage", decisive: true, show: (one) => extension(one.keyUsage, (usage) => `${usage.names.join(", ")} (${usage.hex})`),
    judge: (x, y) => (allowsSigning(x) === allowsSigning(y) ? cannot("Both agree on digitalSignature, the only bit that is demanded.") : can("Only one allows digitalSignature, which selection demands.")) },
  { field: "Enhanced Key Usage", decisive: true, show: (one) => extension(one.extendedKeyUsage, (oids) => oids.map(describeOid).join(", ")),
    judge: (x, y) => (allowsClient(x) === allowsClient(y) ? cannot("Both agree on Client Authentication.") : can("Only one allows Client Authentication.")) },
  { field: "purposes enabled in the store", decisive: false, show: (one) => shown(one.ekuProperty, (oids) => oids.map(describeOid).join(", ")),
    judge: (x, y) => (allowsClient(x) === allowsClient(y) ? cannot("Both agree on Client Authentication.") : can("Only one store copy allows Client Authentication.")) },
  { field: "issuer", decisive: true, show: (one) => shown(one.issuer, (name) => name.rfc4514 === "" ? name.printed : name.rfc4514), judge: () => can("The server may accept the one issuer and not the other.") },
  { field: "validity", decisive: true, show: (one, situation) => {
    const validity = validityAt(one, situation.at.moment);
    const [first] = validity.evidence;
    return first === undefined ? null : { text: `${validity.state} (${one.notBefore?.value.printed ?? "?"} to ${one.notAfter?.value.printed ?? "?"})`, evidence: first };
  }, judge: (x, y) => (stateOf(x) === stateOf(y) ? cannot("Other dates, the same state at the moment judged.") : can("Only one was valid at the moment judged.")) },
  { field: "private key", decisive: true, show: (one) => shown(one.key.linked, (linked) => (linked ? "linked" : "none")), judge: () => can("Without a linked key a certificate is not selected.") },
  { field: "key test", decisive: true, show: (one) => keyTest(one.key), judge: () => can("A key that cannot be used breaks the handshake after the selection.") },
  { field: "provider", decisive: false, show: (one) => shown(one.key.provider, (provider) => `${provider}${one.key.providerType === null ? "" : ` (type ${one.key.providerType.value})`}`),
    judge: (x, y) => (sha1Only(x) === sha1Only(y) ? cannot("Both providers make the same kinds of signatures.") : can("The documented hashes of one provider end at SHA-1, and TLS 1.2 servers may not accept that.")) },
  { field: "KeySpec", decisive: false, show: (one) => shown(one.key.keySpec, keySpecText), judge: () => cannot("KeySpec is examined only when the call has flag 0x10 or 0x20; both kinds of key can sign.") },
  { field: "key set", decisive: false, show: (one) => shown(one.key.machineKeyset, (machine) => (machine ? "of the computer" : "of the user")), judge: () => can("Rights on a key of the computer differ from those on a key of the user.") },
  { field: "store", decisive: false, show: (one) => shown(one.prints[0].store, (store) => `${store.name}${store.scope === null ? "" : ` of the ${store.scope}`}`), judge: () => can("Browsers search the user's own store only.") },
  { field: "public key", decisive: false, show: (one) => shown(one.publicKey, (key) => `${key.algorithm}${key.bits === null ? "" : ` ${key.bits} bits`}`), judge: () => can("Type and size of the key must suit the server's algorithms.") },
  { field: "template", decisive: false, show: (one) => shown(one.template, (template) => template), judge: () => cannot("The template matters only through Key Usage, Enhanced Key Usage and validity.") },
  { field: "thumbprint", decisive: false, show: (one) => shown(one.sha1Thumbprint, (sha1) => sha1), judge: () => cannot("Two certificates always differ in it.") },
  { field: "key container", decisive: false, show: (one) => shown(one.key.container, (container) => container), judge: () => cannot("Two key pairs always have two names.") },
];

function compareCertificate(a: Certificate, b: Certificate, inA: Situation, inB: Situation): readonly Difference[] {
  const about = isTwin(a, b) ? nameOf(a) : `${nameOf(a)} / ${nameOf(b)}`;
  return FIELDS.flatMap((field) => compareField(about, field.field, field.show(a, inA), field.show(b, inB), field.decisive, field.judge));
}

function compareField(about: string, field: string, a: Side | null, b: Side | null, decisive: boolean, judge: Field["judge"]): readonly Difference[] {
  if (a === null && b === null) return decisive ? [{ about, field, a, b, bearing: "not-comparable", because: "Neither capture prints it, and it could decide." }] : [];
  if (a === null || b === null) return decisive ? [{ about, field, a, b, bearing: "not-comparable", because: "Only one capture prints it." }] : [];
  if (a.text === b.text) {
    return textOf(a.evidence.span) === textOf(b.evidence.span) || field !== "KeySpec" ? []
      : [{ about, field, a: asPrinted(a), b: asPrinted(b), ...cannot("The same value; versions of certutil print it differently.") }];
  }
  return [{ about, field, a, b, ...judge(a.text, b.text) }];
}

function asPrinted(side: Side): Side {
  return { ...side, text: textOf(side.evidence.span) };
}

function can(because: string): { readonly bearing: "can-matter"; readonly because: string } {
  return { bearing: "can-matter", because };
}

function cannot(because: string): { readonly bearing: "cannot-matter"; readonly because: string } {
  return { bearing: "cannot-matter", because };
}

function shown<T>(value: Located<T> | null, say: (value: T) => string): Side | null {
  return value === null ? null : { text: say(value.value), evidence: evidence(value, "") };
}

/** Null where the key was not tried: that says nothing of it. */
function keyTest(key: KeyAssociation): Side | null {
  return key.status?.value === "untested" ? null : shown(key.status, (status) => status);
}

function extension<T>(value: Extension<T>, say: (value: T) => string): Side | null {
  if (value.state === "unknown") return null;
  return value.state === "absent" ? { text: ABSENT, evidence: evidence(value.proof, "") } : { text: say(value.value), evidence: evidence(value.span, "") };
}

const ABSENT = "no such extension";

function allowsSigning(text: string): boolean {
  return text === ABSENT || text.includes("digitalSignature");
}

function allowsClient(text: string): boolean {
  return text === ABSENT || text.includes(EKU_OIDS.clientAuth);
}

function stateOf(text: string): string {
  return text.slice(0, text.indexOf(" ("));
}

function sha1Only(text: string): boolean {
  const at = text.lastIndexOf(" (type ");
  return at < 0 ? isSha1OnlyProvider(text, null) : isSha1OnlyProvider(text.slice(0, at), Number(text.slice(at + " (type ".length, -1)));
}

function keySpecText(keySpec: 0 | 1 | 2): string {
  return ["0 (CNG)", "1 (AT_KEYEXCHANGE)", "2 (AT_SIGNATURE)"][keySpec] ?? String(keySpec);
}

// --- key lines without their certificate -----------------------------------------------------------------------------

function compareKeyBlocks(a: Situation, b: Situation): readonly Difference[] {
  const first = loneKey(a);
  const second = loneKey(b);
  // Keys of certificates on both sides are compared with them.
  if (first === null || second === null || (a.factsOf("key-block").length === 0 && b.factsOf("key-block").length === 0)) return [];
  const about = "key";
  const field = (name: string, pick: (key: KeyAssociation) => Side | null, decisive: boolean, judge: Field["judge"]): readonly Difference[] => compareField(about, name, pick(first), pick(second), decisive, judge);
  const notPrinted = ["Key Usage", "Enhanced Key Usage", "issuer", "validity"].map((name): Difference => ({ about, field: name, a: null, b: null, bearing: "not-comparable", because: "Neither capture prints it, and it could decide." }));
  return [
    ...field("provider", (one) => shown(one.provider, (provider) => `${provider}${one.providerType === null ? "" : ` (type ${one.providerType.value})`}`), false, (x, y) => (sha1Only(x) === sha1Only(y) ? cannot("Both providers make the same kinds of signatures.") : can("The documented hashes of one provider end at SHA-1, and TLS 1.2 servers may not accept that."))),
    ...field("KeySpec", (one) => shown(one.keySpec, keySpecText), false, () => cannot("KeySpec is examined only when the call has flag 0x10 or 0x20.")),
    ...field("key set", (one) => shown(one.machineKeyset, (machine) => (machine ? "of the computer" : "of the user")), false, () => can("Rights on a key of the computer differ from those on a key of the user.")),
    ...field("key test", keyTest, false, () => can("A key that cannot be used breaks the handshake after the selection.")),
    ...field("key container", (one) => shown(one.container, (container) => container), false, () => cannot("Two key pairs always have two names.")),
    ...(a.candidates.length === 0 && b.candidates.length === 0 ? notPrinted : []),
  ];
}

/** The key lines that stand alone, else the key of the only certificate. */
function loneKey(situation: Situation): KeyAssociation | null {
  const [block] = situation.factsOf("key-block");
  const [certificate, second] = situation.candidates;
  return block?.key ?? (second === undefined ? certificate?.key ?? null : null);
}

// --- calls and requests ----------------------------------------------------------------------------------------------

function compareCalls(a: Situation, b: Situation): readonly Difference[] {
  const left = a.replay?.call ?? null;
  const right = b.replay?.call ?? null;
  const about = "selection call";
  if (left === null || right === null) return oneSided(about, left?.span ?? null, right?.span ?? null);
  const flags = compareField(about, "flags", shown(left.flags, flagText), shown(right.flags, flagText), true, () => can("Other flags let other certificates through."));
  const matches = compareField(about, "matches", shown(left.matches, String), shown(right.matches, String), true, () => can("This is the symptom itself: one call finds a certificate, the other does not, or finds others."));
  const types = new Set([...left.criteria, ...right.criteria].map((criterion) => criterion.type));
  const criteria = [...types].flatMap((type): readonly Difference[] => {
    const x = left.criteria.find((criterion) => criterion.type === type);
    const y = right.criteria.find((criterion) => criterion.type === type);
    if (x !== undefined && y !== undefined) {
      return type === "CERT_SELECT_BY_ISSUER_NAME" ? compareLists(about, listOfCriterion(x), listOfCriterion(y))
        : compareField(about, codeOf(type), { text: valueText(x), evidence: evidence(x.value ?? x.span, "") }, { text: valueText(y), evidence: evidence(y.value ?? y.span, "") }, false, () => can("The call demands something else."));
    }
    const one = x ?? y;
    if (one === undefined) return [];
    const side = { text: "demanded", evidence: evidence(one.span, "") };
    return [{ about, field: codeOf(type), a: x === undefined ? null : side, b: y === undefined ? null : side, ...can("Only one call demands it.") }];
  });
  return [...flags, ...criteria, ...matches];
}

function flagText(flags: number): string {
  return `0x${flags.toString(16).padStart(8, "0")} ${selectionFlagNames(flags).join(", ")}`;
}

function valueText(criterion: { readonly value: Located<string> | null; readonly oids: readonly Located<string>[] | null }): string {
  return criterion.value?.value ?? (criterion.oids ?? []).map((oid) => oid.value).join(", ");
}

/** Something only one capture holds, a trace or a transcript. */
function oneSided(about: string, a: Span | null, b: Span | null): readonly Difference[] {
  if (a === null && b === null) return [];
  const side = (span: Span | null): Side | null => (span === null ? null : { text: "recorded", evidence: evidence(span, "") });
  return [{ about, field: about, a: side(a), b: side(b), bearing: "not-comparable", because: "Only one capture holds it." }];
}

/** Most names of one side that a comparison of lists repeats. */
const NAMES_SHOWN = 10;

function compareLists(about: string, a: IssuerList | null, b: IssuerList | null): readonly Difference[] {
  if (a === null || b === null) return [];
  const onlyA = a.names.filter((name) => !b.byKey.has(nameKey(name.value)));
  const onlyB = b.names.filter((name) => !a.byKey.has(nameKey(name.value)));
  const row = (name: Located<Name>, where: "a" | "b"): Difference => {
    const side = { text: name.value.printed, evidence: evidence(name, "") };
    const lacking = where === "a" ? b : a;
    return {
      about, field: "issuer in the list", a: where === "a" ? side : null, b: where === "b" ? side : null,
      ...(lacking.incomplete === null ? can("Only one list names this CA.") : { bearing: "not-comparable", because: "The list that lacks this CA is not complete here." }),
    };
  };
  const size = (list: IssuerList): Side => ({ text: `${list.names.length} names`, evidence: evidence(list.span, "") });
  const counted = onlyA.length > NAMES_SHOWN || onlyB.length > NAMES_SHOWN
    ? compareField(about, "number of issuers", size(a), size(b), false, () => can(`${onlyA.length} names are in A only, ${onlyB.length} in B only; the first ${NAMES_SHOWN} of each are shown.`)) : [];
  return [...counted, ...onlyA.slice(0, NAMES_SHOWN).map((name) => row(name, "a")), ...onlyB.slice(0, NAMES_SHOWN).map((name) => row(name, "b"))];
}

/** Where the first run of openssl stands; null without one. */
function runSpan(situation: Situation): Span | null {
  const [run] = situation.runs;
  return run?.fact?.span ?? run?.requests[0]?.span ?? null;
}

function compareRequests(a: Situation, b: Situation): readonly Difference[] {
  const about = "server's request";
  if (a.runs.length === 0 || b.runs.length === 0) return oneSided(about, runSpan(a), runSpan(b));
  const asked = (situation: Situation): Side | null => {
    const [first] = situation.request.evidence;
    return first === undefined || situation.request.requested === null ? null : { text: situation.request.requested ? `asked${situation.request.when === "after-request" ? " after the request" : " in the first handshake"}` : "not asked", evidence: first };
  };
  const list = (situation: Situation): Side | null => {
    const { emptyList } = situation.request;
    if (emptyList !== null) return { text: "empty", evidence: emptyList };
    return situation.serverList === null ? null : { text: "names CAs", evidence: evidence(situation.serverList.span, "") };
  };
  const protocol = (situation: Situation): Side | null => shown((situation.request.run ?? situation.runs.at(-1))?.protocol ?? null, (version) => version);
  const joined = (values: readonly string[]): string => values.join(", ");
  return [
    ...compareField(about, "asked", asked(a), asked(b), true, () => can("A client sends a certificate only when it is asked for one.")),
    ...compareField(about, "protocol", protocol(a), protocol(b), false, () => can("When and how a server can ask depends on the version.")),
    ...compareField(about, "certificate types", shown(a.request.certificateTypes, joined), shown(b.request.certificateTypes, joined), false, () => can("The type of the key must be accepted.")),
    ...compareField(about, "signature algorithms", shown(a.request.signatureAlgorithms, joined), shown(b.request.signatureAlgorithms, joined), false, () => can("The key must be able to sign with one of them.")),
    ...(a.request.requested !== true || b.request.requested !== true ? [] : [
      ...compareField(about, "issuer list", list(a), list(b), false, () => can("An empty list accepts every issuer, a list only the CAs it names.")),
      ...compareLists(about, a.serverList, b.serverList),
    ]),
  ];
}

/** KeySpec can matter after all when a call at hand examines it. */
function examinesKeySpec(situation: Situation): boolean {
  const bits = selectionFlagBit("CERT_SELECT_HAS_KEY_FOR_SIGNATURE") | selectionFlagBit("CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE");
  return situation.calls.some((call) => call.flags !== null && (call.flags.value & bits) !== 0);
}
