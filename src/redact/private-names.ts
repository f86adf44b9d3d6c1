import { accountKey } from "../model/accounts.ts";
import type { Fact } from "../model/fact.ts";
import { canonicalType, type Name } from "../model/name.ts";
import { nextLineEnd, type SourceText, type Span } from "../text/source-text.ts";
import { isPublicName, isTopLevel, typeSpellings } from "./kept-words.ts";
import type { WordKind } from "./pseudonyms.ts";
import { isPlainWord, takeHex, takeHost, takeWord, takeWords, type PrivateText } from "./private-text.ts";

const kinds: Readonly<Record<string, WordKind | null>> = {
  C: null, jurisdictionC: null, CN: "name", O: "org", OU: "unit", L: "place", ST: "place", street: "place", postalAddress: "place", postalCode: "place", postOfficeBox: "place",
  jurisdictionL: "place", jurisdictionST: "place", DC: "host", E: "user", mail: "user", UID: "user", SN: "user", GN: "user", name: "user", pseudonym: "user", initials: "user",
  businessCategory: null,
};

function kindOf(type: string, ofAuthority: boolean): WordKind | null {
  const kind = type in kinds ? kinds[type] : "id";
  return kind === "name" && ofAuthority ? "ca" : kind ?? null;
}

/** Fields of facts whose names are those of authorities. */
const authorityFields: ReadonlySet<string> = new Set(["issuer", "issuers", "authorities", "serverIssuer"]);

/** Finds what the facts know to be private: names, also where a line is broken inside a word; numbers; containers; hosts. */
export function takeFacts(found: PrivateText, source: SourceText, facts: readonly Fact[]): void {
  const fields: Field[] = [];
  // What stands in PEM is exchanged inside of it.
  for (const fact of facts) if (fact.kind !== "certificate" || fact.section !== "pem") collectFields(fact, "", fact.kind === "certificate" && fact.isCa?.value === true, fields);
  for (const field of fields) if (field.span.source === source) takeField(found, field);
}

interface Field {
  readonly name: string;
  readonly value: unknown;
  readonly span: Span;
  readonly ofAuthority: boolean;
}

function collectFields(value: unknown, name: string, ofAuthority: boolean, fields: Field[]): void {
  if (Array.isArray(value)) {
    for (const one of value) collectFields(one, name, ofAuthority, fields);
    return;
  }
  if (typeof value !== "object" || value === null || "lineStarts" in value) return;
  if ("span" in value && "value" in value) {
    fields.push({ name, value: value.value, span: value.span as Span, ofAuthority: ofAuthority || authorityFields.has(name) });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    // A listing repeats its certificates, which are facts of their own.
    if (key !== "certificates" && key !== "span") collectFields(inner, key, ofAuthority, fields);
  }
}

function takeField(found: PrivateText, { name, value, span, ofAuthority }: Field): void {
  if (typeof value === "object" && value !== null && "rdns" in value) {
    takeName(found, span, value as Name, ofAuthority);
    return;
  }
  if (typeof value === "object" && value !== null && "account" in value && typeof value.account === "string") {
    takeAccount(found, { ...span, end: span.start + value.account.length }, value.account);
    return;
  }
  const notVocabulary = (word: string): boolean => !found.ground.vocabulary.has(word.toLowerCase());
  switch (name) {
    case "serialNumber": case "sha1Thumbprint": case "subjectKeyIdentifier": case "authorityKeyIdentifier": case "leaf":
      if (typeof value === "string" && isDigitsOf(found.text.slice(span.start, span.end), value)) takeHex(found, span.start, span.end, name);
      return;
    case "container": case "uniqueContainer":
      for (const match of found.text.slice(span.start, span.end).matchAll(/(?<![0-9A-Za-z])[0-9A-Fa-f](?:[0-9A-Fa-f-]|\r?\n[>|\s]{0,40}){14,80}[0-9A-Fa-f](?![0-9A-Za-z])/g)) {
        takeHex(found, span.start + match.index, span.start + match.index + match[0].length, "key container");
      }
      takeWords(found, span.start, span.end, "key", notVocabulary);
      return;
    case "name": if (typeof value === "string") takeAccount(found, span, value); return;
    case "template": takeWords(found, span.start, span.end, "name", notVocabulary); return;
    case "connect": case "serverName": takeHostField(found, span); return;
    case "clientCertificate": takeWords(found, span.start, span.end, "file", notVocabulary); return;
    case "subjectAlternativeNames":
      if (Array.isArray(value)) takeAlternativeNames(found, span, value.filter((one) => typeof one === "string"));
      return;
    default: return;
  }
}

/** `BIRKENFELD\svc-upload`; built-in accounts keep their names, an application pool its kind. */
function takeAccount(found: PrivateText, span: Span, account: string): void {
  if (/^S-1-(?!5-21-)/.test(accountKey(account))) return;
  const kept = /^(?:IIS APPPOOL|NT SERVICE|BUILTIN|NT AUTHORITY)\\/i.exec(account)?.[0].length ?? 0;
  found.keep(span.start, span.start + kept);
  takeWords(found, span.start + kept, span.end, "user", (word) => !/^\d{1,12}$/.test(word) && !found.ground.vocabulary.has(word.toLowerCase()));
}

function takeHostField(found: PrivateText, span: Span): void {
  const printed = found.text.slice(span.start, span.end);
  const host = /^(?:\S{0,200}\s)?([A-Za-z0-9\u00C0-\u024F.*_-]{1,253}?)(?::[0-9]{1,5})?$/.exec(printed)?.[1];
  if (host !== undefined && !/^[0-9.]{7,15}$/.test(host)) takeHost(found, span.start + printed.lastIndexOf(host), host);
}

function takeAlternativeNames(found: PrivateText, span: Span, values: readonly string[]): void {
  const kindByWord = new Map<string, WordKind>();
  for (const value of values) {
    const bare = value.slice(Math.max(value.lastIndexOf("="), value.lastIndexOf(":")) + 1);
    for (const [word] of bare.matchAll(/[^\s.@,;:=\/\\()"'*-]{1,200}/g)) kindByWord.set(word.toLowerCase(), bare.includes("@") ? "user" : "host");
  }
  takeWords(found, span.start, span.end, (word) => kindByWord.get(word.toLowerCase()) ?? null, (word) => !isTopLevel(word) && !found.ground.vocabulary.has(word.toLowerCase()));
}

/** The digits of a value and nothing else but blanks, separators and line beginnings stand there. */
function isDigitsOf(printed: string, value: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, "");
  return bare(printed) === bare(value) && bare(value) !== "";
}

/** Letters and digits of every script, escapes of characters, lost characters. */
const edgeWord = /[^\s,;+="\/\\<>|.:()&@'-]{1,400}/;

function takeName(found: PrivateText, span: Span, name: Name, ofAuthority: boolean): void {
  const attributes = name.rdns.flat();
  if (attributes.length === 0) return;
  if (isPublicName(attributes)) {
    found.keep(span.start, span.end);
    return;
  }
  const kindByWord = new Map<string, WordKind | null>();
  for (const { type, value } of attributes) {
    const kind = kindOf(type, ofAuthority);
    for (const [word] of value.matchAll(new RegExp(edgeWord, "g"))) {
      const folded = word.toLowerCase();
      if ((type === "DC" && isTopLevel(value)) || kind === null) { if (!kindByWord.has(folded)) kindByWord.set(folded, null); }
      else kindByWord.set(folded, kind);
    }
  }
  takeBrokenWords(found, span, kindByWord);
  takeHostsIn(found, span, attributes.map(({ value }) => value));
  const fallback = kindOf("CN", ofAuthority) ?? "name";
  // A word that the value does not hold, such as one with escapes, is private all the same unless it is a type.
  takeWords(found, span.start, span.end, (word) => {
    const folded = word.toLowerCase();
    return kindByWord.has(folded) ? kindByWord.get(folded) ?? null : isTypeWord(folded) ? null : fallback;
  });
}

/** `CN=www.contoso.example`: the top-level name stays. */
function takeHostsIn(found: PrivateText, span: Span, values: readonly string[]): void {
  for (const value of values) {
    if (!/^[A-Za-z0-9*_\u00C0-\u024F-]{1,63}(?:\.[A-Za-z0-9_\u00C0-\u024F-]{1,63}){1,10}$/.test(value) || !isTopLevel(value.slice(value.lastIndexOf(".") + 1))) continue;
    const at = found.text.slice(span.start, span.end).indexOf(value);
    if (at >= 0 && found.isFree(span.start + at, span.start + at + value.length)) takeHost(found, span.start + at, value);
  }
}

const typeWords: ReadonlySet<string> = new Set([...typeSpellings.map((spelling) => spelling.toLowerCase()), "oid"]);

function isTypeWord(folded: string): boolean {
  return typeWords.has(folded) || /^[0-9]{1,10}$/.test(folded);
}

/** A word that a line break cut in two is one word, whatever stands at the beginning of the next line. */
function takeBrokenWords(found: PrivateText, span: Span, kindByWord: ReadonlyMap<string, WordKind | null>): void {
  const printed = found.text.slice(span.start, span.end);
  for (const match of printed.matchAll(/([^\s,;+="\/\\<>|.:()&@'-]{1,200})(\r?\n[>|\s]{0,40})([^\s,;+="\/\\<>|.:()&@'-]{1,200})/g)) {
    const [whole, head = "", gap = "", tail = ""] = match;
    const word = head + tail;
    const kind = kindByWord.get(word.toLowerCase());
    if (kind === undefined || kind === null) continue;
    if (kindByWord.has(head.toLowerCase()) && kindByWord.has(tail.toLowerCase())) continue;
    const start = span.start + match.index;
    if (isPlainWord(word)) {
      keepFree(found, start, start + head.length);
      keepFree(found, start + head.length + gap.length, start + whole.length);
      continue;
    }
    takeWord(found, [[start, start + head.length], [start + head.length + gap.length, start + whole.length]], word, kind);
  }
}

// --- names that no fact holds -------------------------------------------------------------------------------------------

const marker = new RegExp(`(?<![A-Za-z0-9_.%\\\\-])(${typeSpellings.join("|")}|OID\\.[0-9.]{3,60}|(?:[0-9]{1,6}\\.){3,12}[0-9]{1,6})[ \\t\\u00A0]{0,30}=[ \\t\\u00A0]{0,4}`, "gi");
const strong: ReadonlySet<string> = new Set(["CN", "OU", "DC", "UID", "E", "serialNumber", "street", "organizationIdentifier"]);
const common: ReadonlySet<string> = new Set(["O", "L", "ST", "C", "CN", "OU", "DC", "E"]);

interface Marked {
  readonly type: string;
  readonly spelling: string;
  readonly start: number;
  readonly valueStart: number;
}

/** Finds names in lines that were read by nothing: prose, certificates of other programs, addresses of directories. */
export function takeLooseNames(found: PrivateText): void {
  let line: Marked[] = [];
  let lineEnd = -1;
  const search = new RegExp(marker);
  for (let match = search.exec(found.text); match !== null; match = search.exec(found.text)) {
    if (match.index >= lineEnd) {
      takeLine(found, line, lineEnd);
      line = [];
      lineEnd = nextLineEnd(found.text, match.index);
    }
    line.push({ type: canonicalType(match[1] ?? ""), spelling: match[1] ?? "", start: match.index, valueStart: match.index + match[0].length });
  }
  takeLine(found, line, lineEnd);
}


function takeLine(found: PrivateText, markers: readonly Marked[], lineEnd: number): void {
  const [first] = markers;
  if (first === undefined) return;
  const before = beforeOnLine(found.text, first.start);
  const isName = markers.some(({ type, spelling }) => strong.has(type) && (spelling.length > 1 || type !== "E") || spelling.length > 4)
    || markers.filter(({ type }) => common.has(type)).length > 1 || (/^[>|\s"(]{0,80}$/.test(before) && common.has(first.type) && first.spelling === first.spelling.toUpperCase());
  if (!isName) return;
  const isProse = (before.match(/(?:^|\s)[a-z\u00E0-\u00FF]{2,30}(?=\s|$)/g) ?? []).length >= 2 || /^[>\s]{0,40}[A-Z]?[a-z]{1,20} [a-z]{2,20} /.test(before);
  const inDirectory = /ldaps?:/i.test(before);
  const values = markers.map((one, index) => ({ ...one, end: valueEnd(found.text, one, markers[index + 1], lineEnd, isProse, inDirectory) }));
  if (isPublicName(values.map(({ type, valueStart, end }) => ({ type, value: found.text.slice(valueStart, end).replace(/^["\u201C]|[",;\/+\s\u201D]{1,8}$/g, "") })))) {
    for (const { start, end } of values) keepFree(found, start, end);
    return;
  }
  for (const { type, valueStart, end } of values) {
    const kind = kindOf(type, /issuer|CA\b|authorit|i:/i.test(before));
    const text = found.text.slice(valueStart, end);
    if (kind === null || (type === "DC" && isTopLevel(text.replace(/[^A-Za-z0-9-]{1,40}$/, "")))) continue;
    for (const match of text.matchAll(/%[0-9A-Fa-f]{2}/g)) keepFree(found, valueStart + match.index, valueStart + match.index + 3);
    takePieces(found, valueStart, end, kind);
  }
}

/** What stands on the line before an offset, as far as it matters. */
function beforeOnLine(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 400), offset);
  return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
}

function keepFree(found: PrivateText, start: number, end: number): void {
  if (found.isFree(start, end)) found.keep(start, end);
}

/** `%20` is no part of a word. */
function takePieces(found: PrivateText, start: number, end: number, kind: WordKind): void {
  let from = start;
  // Where nothing was read, labels may stand behind a value.
  const filter = (word: string): boolean => !found.ground.vocabulary.has(word.toLowerCase());
  for (const match of found.text.slice(start, end).matchAll(/%[0-9A-Fa-f]{2}/g)) {
    takeWords(found, from, start + match.index, kind, filter);
    from = start + match.index + 3;
  }
  takeWords(found, from, end, kind, filter);
}

function valueEnd(text: string, one: Marked, next: Marked | undefined, lineEnd: number, isProse: boolean, inDirectory: boolean): number {
  const end = next?.start ?? lineEnd;
  const value = text.slice(one.valueStart, end);
  const quote = value.charAt(0);
  if (quote === '"' || quote === "\u201C") {
    const closing = value.slice(1).search(/["\u201D](?!")/);
    return closing < 0 ? end : one.valueStart + closing + 2;
  }
  if (next !== undefined) {
    const stop = value.search(inDirectory ? /[?"<>]/ : /[<>]|\s{3,}/);
    return stop < 0 ? end : one.valueStart + stop;
  }
  const stop = value.search(inDirectory ? /[?\s"<>]/ : isProse ? /["<>;\u201D)]|[.,:!?](?:\s|$)|\s{2,}|\s(?=[a-z])/ : /["<>\u201D]|\s{3,}|\t/);
  return stop < 0 ? end : one.valueStart + stop;
}
