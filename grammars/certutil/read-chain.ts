import type { ChainVerificationFact } from "../../src/model/fact.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import { readName } from "../shared/names/index.ts";
import type { Entry, Field, Line } from "./entry.ts";
import { isNameValue } from "./line-kind.ts";
import { wholeText } from "./read-extension.ts";
import { HRESULT } from "./read-key.ts";

type ElementEntry = Extract<Entry, { kind: "element" }>;

/** A chain verification while its lines are collected. */
export interface ChainDraft {
  readonly start: Span;
  end: Span;
  scope: "user" | "machine" | null;
  /** The line that shows that the status was printed, even when it holds no error. */
  status: Span | null;
  readonly errors: Located<string>[];
  result: Located<string> | null;
  readonly elements: ElementEntry[];
  /** Thumbprint of the certificate above, for outputs that print no elements. */
  leaf: Located<string> | null;
}

/** A verification that begins with this line; `scope` is what the typed command says. */
export function beginChain(start: Span, scope: ChainDraft["scope"]): ChainDraft {
  return { start, end: start, scope, status: null, errors: [], result: null, elements: [], leaf: null };
}

const CHAIN_STATUS = /^ChainContext\.dwErrorStatus$/i;
const CHAIN_INFO = /^(?:ChainContext|SimpleChain)\.dw(?:Info|Error)Status$/i;

/** True for a line that only the verification of a chain prints. */
export function isChainLine(line: Line): boolean {
  if (line.kind === "field") {
    return CHAIN_INFO.test(line.label.value) || /^(?:dwFlags|ChainFlags|CertGetCertificateChain\(\w{1,30}\))$/.test(line.label.value)
      || line.id === "exclude-leaf" || line.id === "full-chain" || line.id === "chain-hash" || line.id === "chain-line";
  }
  return /^(?:HCCE_\w|CERT_CHAIN_POLICY_|-{4,} ?CERT_CHAIN_CONTEXT|CERT_CHAIN_CONTEXT)/.test(line.text) || line.id === "chain-line" || line.id === "valid";
}

/** Adds a line that stands outside the elements. */
export function addChainLine(chain: ChainDraft, line: Line): void {
  chain.end = line.span;
  const text = wholeText(line);
  if (/^HCCE_CURRENT_USER/.test(text)) chain.scope = "user";
  if (/^HCCE_(?:LOCAL_MACHINE|SERIAL_LOCAL_MACHINE)/.test(text)) chain.scope = "machine";
  if (/CERT_CHAIN_CONTEXT/.test(text) || line.id === "valid") chain.status ??= line.span;
  if (line.kind === "field" && CHAIN_INFO.test(line.label.value)) {
    chain.status ??= line.span;
    if (CHAIN_STATUS.test(line.label.value)) chain.errors.push(...statusNames(line));
  }
  const code = HRESULT.exec(text);
  if (code && chain.result === null) chain.result = located(`0x${(code[1] as string).toLowerCase()}`, line.span);
}

/** Adds an element; the lines behind its thumbprint that are the chain's own are taken from it. */
export function addElement(chain: ChainDraft, entry: ElementEntry): void {
  chain.end = entry.span;
  const tail = tailOf(entry);
  chain.elements.push({ ...entry, lines: entry.lines.slice(0, tail) });
  for (const line of entry.lines.slice(tail)) addChainLine(chain, line);
}

/** The element ends where the summary of the chain begins: at a known heading, at a result, or where a second issuer is printed. */
function tailOf(entry: ElementEntry): number {
  let names = 0;
  for (const [index, line] of entry.lines.entries()) {
    if (line.kind === "field") {
      if (line.id === "exclude-leaf" || line.id === "full-chain" || line.id === "chain-hash") return index;
      if (isNamed(line) && ++names > 2) return index;
    }
    if (line.kind !== "field" || line.id === null) {
      const text = wholeText(line);
      if (HRESULT.test(text) && !/^[ \t]*(?:Error retrieving|Failed|Verified|Wrong|\[)/i.test(text)) return index;
    }
  }
  return entry.lines.length;
}

function isNamed(field: Field): boolean {
  return field.id === "issuer" || field.id === "subject" || (field.id === null && field.sign === ":" && field.value !== null && isNameValue(field.value.value) && !/^[<[`*]/.test(field.value.value));
}

/** `CERT_TRUST_IS_UNTRUSTED_ROOT (0x20)` */
function statusNames(field: Field): readonly Located<string>[] {
  const names = field.value?.value.match(/CERT_TRUST_[A-Z0-9_]{2,60}/g) ?? [];
  return field.value === null ? [] : names.map((name) => located(name, (field.value as Located<string>).span));
}

/** The fact of a collected verification. */
export function readChain(chain: ChainDraft): ChainVerificationFact {
  const elements = chain.elements.map(readElement);
  const errors = chain.errors.length > 0 ? located(chain.errors.map((error) => error.value), (chain.errors[0] as Located<string>).span)
    : chain.status !== null ? located([], chain.status) : null;
  return {
    kind: "chain-verification", format: "certutil", span: { ...chain.start, end: Math.max(chain.start.end, chain.end.end) },
    leaf: (chain.elements[0]?.index === 0 ? elements[0]?.sha1Thumbprint : null) ?? chain.leaf,
    scope: chain.scope, errors, result: chain.result, elements,
  };
}

/** Fields of an element as facts and for the certificate they belong to. */
export function elementFields(entry: ElementEntry): { readonly issuer: Field | null; readonly subject: Field | null; readonly serial: Field | null; readonly hash: Field | null } {
  const fields = entry.lines.filter((line) => line.kind === "field");
  const named = fields.filter(isNamed);
  return {
    issuer: fields.find((field) => field.id === "issuer" && field.value !== null) ?? named[0] ?? null,
    subject: fields.find((field) => field.id === "subject" && field.value !== null) ?? named[1] ?? null,
    serial: fields.find((field) => field.id === "element-serial" || field.id === "serial-number") ?? null,
    hash: fields.find((field) => field.id === "element-hash") ?? fields.find((field) => field.id === null && /^[0-9a-f]{40}$/i.test(field.value?.value ?? "")) ?? null,
  };
}

function readElement(entry: ElementEntry): ChainVerificationFact["elements"][number] {
  const { issuer, subject, hash } = elementFields(entry);
  const errors = entry.lines.filter((line): line is Field => line.kind === "field" && /^Element\.dwErrorStatus$/i.test(line.label.value)).flatMap(statusNames);
  const none = /dwErrorStatus=0\b/.exec(entry.heading);
  const digits = hash?.value?.value.replace(/[\s\u00A0]/g, "").toLowerCase() ?? "";
  return {
    subject: subject?.value ? located(readName(subject.value.value, "certutil"), subject.value.span) : null,
    issuer: issuer?.value ? located(readName(issuer.value.value, "certutil"), issuer.value.span) : null,
    sha1Thumbprint: hash?.value && /^[0-9a-fx*]{8,40}$/.test(digits) ? located(digits, hash.value.span) : null,
    errors: errors.length > 0 ? located(errors.map((error) => error.value), (errors[0] as Located<string>).span) : none ? located([], headingSpan(entry)) : null,
  };
}

function headingSpan(entry: ElementEntry): Span {
  return { ...entry.span, end: entry.span.start + entry.heading.length };
}
