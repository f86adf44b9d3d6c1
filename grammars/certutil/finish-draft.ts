import type { CertificateFact, DamageFact, Fact } from "../../src/model/fact.ts";
import { lineOfSpan, located, type Located, type Span } from "../../src/text/source-text.ts";
import type { Field, Line } from "./entry.ts";
import { isProviderName } from "./line-kind.ts";
import { elementFields, type ChainDraft } from "./read-chain.ts";
import { hasCertificate, hasKey, readCertificate, readLooseKey, type Draft } from "./read-certificate.ts";
import { isProvider } from "./read-key.ts";
import { wordsForNoKey } from "./words-for-no-key.ts";

/** What the lines of one certificate or key gave. The lines themselves are kept no longer: a large store prints a million of them. */
export interface FinishedDraft {
  readonly number: number | null;
  readonly nested: boolean;
  /** The long form: `X509 Certificate:`, one RDN a line. */
  readonly isLong: boolean;
  readonly hasExtensions: boolean;
  readonly start: Span;
  readonly end: Span;
  readonly elision: Span | null;
  /** The line that certutil prints before the thumbprint of the long form: whether it is a root certificate. */
  readonly saysRoot: boolean;
  /** null: the lines are those of a key alone, or of nothing that can be told. */
  readonly certificate: CertificateFact | null;
  /** Damage, and the key where no certificate is printed. */
  readonly others: readonly Fact[];
  /** Unknown labels within it whose meaning was taken from their place. */
  readonly placed: number;
  /** The first line within it that nothing understood. */
  readonly unread: Span | null;
  readonly strangers: readonly Stranger[];
}

/** A line without a known label. */
export interface StrangeLine {
  readonly line: Line;
  /** null: the line has no label at all. */
  readonly field: Field | null;
}

/** What became of a line without a known label. */
export interface Stranger {
  /** The whole line where nothing understood it; null: its meaning was taken from its place. */
  readonly notUnderstood: Span | null;
  /** The label that no table knows; null: there is nothing to say about it. */
  readonly label: Located<string> | null;
}

/**
 * Reads a draft that is complete. `chain` is the verification printed with it, `strange` the lines without a known label since the draft before
 * it, `until` where the next one or the command's final line begins.
 */
export function finishDraft(draft: Draft, chain: ChainDraft | null, strange: readonly StrangeLine[], until: Span | null): FinishedDraft {
  const details = new Set(strange.length === 0 ? [] : algorithmDetails(draft));
  const placed = new Set<Field>();
  let certificate: CertificateFact | null = null;
  const others: Fact[] = [];
  let withoutKey: ReturnType<typeof wordsForNoKey> = null;
  if (hasCertificate(draft)) {
    if (chain !== null && draft.section === "verify") completeFromElement(draft, chain);
    const read = readCertificate(draft);
    for (const field of read.placed) placed.add(field);
    withoutKey = read.fact.key.linked === null ? wordsForNoKey(draft, strange, until) : null;
    certificate = withoutKey === null ? read.fact : { ...read.fact, key: { ...read.fact.key, linked: located(false, withoutKey[0].span) } };
    others.push(...read.damage);
  } else if (hasKey(draft) || draft.lines.some((line) => line.id === "no-provider" || line.id === "missing-keyset" || line.id === "cannot-open")) {
    const key = readLooseKey(draft);
    // A request names the provider its key was made with; no certificate is linked to the key yet.
    others.push({ kind: "key-block", format: "certutil", span: { ...draft.start, end: draft.end.end }, key: draft.isRequest ? { ...key, linked: null, status: null } : key });
  }
  if (strange.length > 0) noteKeyFields(draft, placed);
  const isWithin = ({ span }: Line): boolean => span.start > draft.start.start && span.end <= draft.end.end;
  const isUnderstood = ({ line }: StrangeLine): boolean => withoutKey?.includes(line) === true;
  const unread = strange.find(({ line, field }) => isWithin(line) && !isUnderstood({ line, field }) && (field === null || (!placed.has(field) && !details.has(field))));
  return {
    number: draft.number, nested: draft.nested, isLong: draft.long, hasExtensions: draft.extensions.length > 0, start: draft.start, end: draft.end, elision: draft.elision,
    saysRoot: draft.lines.some((line) => line.id === "root" || line.id === "non-root"), certificate, others,
    placed: [...placed].filter(isWithin).length, unread: unread === undefined ? null : lineOfSpan(unread.line.span),
    strangers: strange.filter((one) => (one.field === null || !details.has(one.field)) && !isUnderstood(one)).map((one) => strangerOf(one, placed)),
  };
}

/** Says what became of a line without a known label; `placed` are those whose meaning was taken from their place. */
export function strangerOf({ line, field }: StrangeLine, placed: ReadonlySet<Field>): Stranger {
  const isPlaced = field !== null && placed.has(field);
  const notUnderstood = isPlaced ? null : lineOfSpan(line.span);
  if (field === null || isProviderName(field.label.value) || (!isPlaced && !looksLikeLabel(field))) return { notUnderstood, label: null };
  const label = field.label.value.replace(/[ \u00A0]?\([a-z0-9-]{3,14}\)$/, "").replace(/[\s\u00A0]+/g, " ");
  return { notUnderstood, label: located(label, field.label.span) };
}

/** The damage that an unknown label is. */
export function unknownLabel(label: Located<string>, isPlaced: boolean): DamageFact {
  return {
    kind: "damage", format: "certutil", span: label.span, what: "unknown-label",
    says: `The label "${label.value}" is in no table of labels; ${isPlaced ? "its meaning was taken from its place" : "its line was not read"}.`,
  };
}

/** Notes the unknown labels whose meaning follows from their place among the lines of a key, or that head other lines. */
function noteKeyFields(draft: Draft, placed: Set<Field>): void {
  const fields = draft.lines.filter((line) => line.kind === "field");
  const at = fields.findIndex(isProvider);
  for (const [index, field] of fields.entries()) {
    if (field.id !== null) continue;
    const nearKey = at >= 0 && index >= at - 2 && index <= at + 3 && (field.sign === "=" || (index < at && fields[index - 1]?.sign === "="));
    const isHeading = field.value === null && field.names.length === 0 && (draft.long || draft.extensions.length > 0);
    const isSmall = field.sign === ":" && /^[1-3]$|=[ \u00A0]?0$/.test(field.value?.value ?? "") && index < 40;
    // The long form prints the algorithm of the signature, and a verbose listing the provider, a second time.
    const isAlgorithm = draft.long && field.sign === ":" && /^\d{1,2}(?:\.\d{1,20}){3,24}[ \u00A0][A-Za-z]/.test(field.value?.value ?? "");
    if (nearKey || isHeading || isSmall || isAlgorithm || isProvider(field) || field.hash !== null || isProviderName(field.label.value)) placed.add(field);
  }
}

/** Fills dates and thumbprint of a verified certificate from the first element of its chain, which repeats it. */
function completeFromElement(draft: Draft, chain: ChainDraft): void {
  const element = chain.elements.find((entry) => entry.index === 0);
  if (element === undefined) return;
  const { serial } = elementFields(element);
  const own = draft.lines.find((line): line is Field => line.kind === "field" && (line.id === "cert-serial-number" || line.id === "serial-number"));
  const normal = (field: Field | null | undefined): string => (field?.value?.value ?? "").replace(/[\s\u00A0]/g, "").toLowerCase();
  if (own !== undefined && serial !== null && normal(own) !== normal(serial)) return;
  const has = (id: Field["id"]): boolean => draft.lines.some((line) => line.kind === "field" && line.id === id && (line.value !== null || line.names.length > 0));
  for (const line of element.lines) {
    if (line.kind !== "field") continue;
    if (line.id === "element-hash") draft.lines.push({ ...line, id: "cert-hash", hash: "sha1" });
    else if (line.id === "element-serial") { if (own === undefined) draft.lines.push({ ...line, id: "serial-number" }); }
    else if (line.id !== null && !has(line.id)) draft.lines.push(line);
  }
}

/** Lines between `Algorithm Parameters:` and the next known label: a curve, the hash and the salt of RSASSA-PSS. */
function algorithmDetails(draft: Draft): readonly Field[] {
  const details: Field[] = [];
  let inParameters = false;
  for (const line of draft.lines) {
    if (line.kind !== "field") continue;
    if (line.id !== null || line.names.length > 0) inParameters = line.id === "algorithm-parameters";
    else if (inParameters || /^\d{1,2}(?:\.\d{1,20}){2,24}/.test(line.label.value)) details.push(line);
  }
  return details;
}

/** A label of few words with a value; `However, this one does:` or `Note: it fails.` is prose around the output. */
function looksLikeLabel(field: Field): boolean {
  const label = field.label.value;
  if (field.value === null || label.length > 60 || label.split(/[\s\u00A0]+/).length > 6 || label.includes(",")) return false;
  const words = field.value.value.split(/[\s\u00A0]+/);
  return !(words.length >= 3 && /[.!?]$/.test(field.value.value) && words.every((word) => /^[\p{L}'\u2019.,!?()-]{1,40}$/u.test(word)));
}
