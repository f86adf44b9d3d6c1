import type { Criterion, DamageFact, Printed } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { keyUsageOfValue, keyUsageOfWindowsName, selectionCriteria } from "../../src/model/selection.ts";
import { lineIndexAt, located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import { isCutName, readName } from "../shared/names/index.ts";
import { count, damage } from "./damage.ts";
import { numberOf, type Found, type Statement } from "./statements.ts";

/** The criteria of one call, with what stands among them. */
export interface CriteriaReading {
  readonly criteria: readonly Criterion[];
  /** Names of flags printed before the first criterion. */
  readonly flagNames: readonly Located<string>[];
  readonly damage: readonly DamageFact[];
  readonly notUnderstood: readonly Span[];
}

/** A criterion while its lines are read. */
interface Draft {
  /** Null until the lines of a section without heading show what it is. */
  type: string | null;
  readonly inferred: boolean;
  readonly start: Span;
  end: Span;
  declared: Printed<number>;
  /** Lines of names, each with the lines it is continued on. */
  readonly names: Span[][];
  readonly elisions: Span[];
  cutName: Span | null;
  readonly objectIds: Located<string>[];
  readonly texts: Located<string>[];
  readonly usages: string[];
  critical: Found | null;
  objectId: Found | null;
  value: Found | null;
  /** The labels of the triple that were met, printed with a value or not. */
  readonly labels: Set<string>;
}

/** Kinds whose values are names. */
const nameKinds: readonly (string | null)[] = [
  "CERT_SELECT_BY_ISSUER_NAME", "CERT_SELECT_BY_ISSUER_ATTR", "CERT_SELECT_BY_SUBJECT_ATTR", "CERT_SELECT_BY_ISSUER_DISPLAYNAME", "CERT_SELECT_BY_FRIENDLYNAME",
];
const objectIdKinds: readonly (string | null)[] = ["CERT_SELECT_BY_ENHKEY_USAGE", "CERT_SELECT_BY_POLICY_OID", "CERT_SELECT_BY_EXTENSION"];
const tripleKinds: readonly (string | null)[] = ["CERT_SELECT_BY_KEY_USAGE", "CERT_SELECT_BY_EXTENSION", null];

/** A name that fills this many characters may have been wrapped by a mail or a console. */
const wrapWidth = 50;

/**
 * Reads the criteria of a call. A section whose heading was lost is recognized by its lines and marked as inferred; nothing is
 * added that no line shows. `cutName` is a line of a name at which the text ends, so that it may be half of one.
 */
export function readCriteria(statements: readonly Statement[], cutName: Span | null): CriteriaReading {
  const drafts: Draft[] = [];
  const flagNames: Located<string>[] = [];
  const notUnderstood: Span[] = [];
  let isOver = false;

  const begin = (type: string | null, inferred: boolean, span: Span): Draft => {
    const draft: Draft = {
      type, inferred, start: span, end: span, declared: null, names: [], elisions: [], cutName: null, objectIds: [], texts: [], usages: [],
      critical: null, objectId: null, value: null, labels: new Set(),
    };
    drafts.push(draft);
    return draft;
  };
  /** The current section when it is of one of the kinds, else a new one without heading. */
  const within = (kinds: readonly (string | null)[], inferredType: string | null, span: Span): Draft => {
    const last = drafts.at(-1);
    const draft = last !== undefined && kinds.includes(last.type) ? last : begin(inferredType, true, span);
    draft.end = span;
    return draft;
  };

  for (const statement of statements) {
    const { span } = statement;
    const current = drafts.at(-1) ?? null;
    if (isOver && statement.kind !== "called" && statement.kind !== "exited") {
      if (statement.kind !== "labelled" && statement.kind !== "elision") notUnderstood.push(span);
      continue;
    }
    switch (statement.kind) {
      case "called":
      case "exited":
        break;
      case "heading":
        begin(statement.text.slice(statement.text.indexOf("CERT_SELECT_BY_")), false, span);
        break;
      case "unknown heading":
        // A bare row of `=` separates; it names no criterion.
        if (/[A-Za-z0-9]/.test(statement.text)) begin(kindOfUnknownHeading(statement.text), false, span);
        break;
      case "flag name":
        if (current === null) flagNames.push(located(statement.text, span));
        else current.texts.push(located(statement.text, span));
        break;
      case "usage name": {
        const usage = keyUsageOfWindowsName(statement.text);
        const draft = within(["CERT_SELECT_BY_KEY_USAGE", "CERT_SELECT_BY_EXTENSION", null], "CERT_SELECT_BY_KEY_USAGE", span);
        if (draft.type === null) draft.type = "CERT_SELECT_BY_KEY_USAGE";
        if (usage !== null) draft.usages.push(usage);
        draft.texts.push(located(statement.text, span));
        break;
      }
      case "object id": {
        const inferred = isKeyPurpose(statement.text) ? "CERT_SELECT_BY_ENHKEY_USAGE" : null;
        if ((current !== null && objectIdKinds.includes(current.type)) || inferred !== null) {
          within(objectIdKinds, inferred, span).objectIds.push(located(statement.text, span));
        } else {
          notUnderstood.push(span);
        }
        break;
      }
      case "name": {
        const draft = within(nameKinds, "CERT_SELECT_BY_ISSUER_NAME", span);
        const before = draft.names.at(-1);
        const text = withoutRemark(span);
        if (before !== undefined && continues(before, text)) before.push(text);
        else draft.names.push([text]);
        break;
      }
      case "elision":
        if (current !== null) current.elisions.push(span);
        break;
      case "labelled":
        if (statement.label === "MatchesLabel") isOver = true;
        else if (statement.label === "IssuersLabel") {
          const draft = within(["CERT_SELECT_BY_ISSUER_NAME"], "CERT_SELECT_BY_ISSUER_NAME", span);
          draft.declared ??= numberOf(statement.value, 10);
        } else if (statement.label === "FlagsLabel") {
          if (statement.value !== null) flagNames.push(...namesIn(statement.value, /CERT_SELECT_[A-Z_]{1,40}/g));
        } else if (statement.label !== "CriteriaLabel") {
          const isFree = current !== null && tripleKinds.includes(current.type) && !current.labels.has(statement.label);
          const draft = isFree ? current : begin(null, true, span);
          draft.end = span;
          draft.labels.add(statement.label);
          if (statement.label === "CriticalLabel") draft.critical = statement.value;
          if (statement.label === "ObjectIdLabel") draft.objectId = statement.value;
          if (statement.label === "ValueLabel") {
            draft.value = digitsOf(statement.value);
            for (const name of statement.value === null ? [] : namesIn(statement.value, /CERT_[A-Z_]{3,40}_KEY_USAGE/g)) {
              draft.usages.push(...[keyUsageOfWindowsName(name.value)].filter((usage) => usage !== null));
              draft.texts.push(name);
            }
          }
        }
        break;
      case "other":
        if (!takeOther(current, statement)) notUnderstood.push(span);
        break;
    }
  }
  if (cutName !== null) within(nameKinds, "CERT_SELECT_BY_ISSUER_NAME", cutName).cutName = cutName;
  const criteria = drafts.map(criterionOf);
  return { criteria: criteria.map((one) => one.criterion), flagNames, damage: criteria.flatMap((one) => one.damage), notUnderstood };
}

/** Names that stand behind a number, `00000088 (CERT_SELECT_HAS_PRIVATE_KEY | CERT_SELECT_ALLOW_DUPLICATES)`. */
function namesIn(value: Found, pattern: RegExp): readonly Located<string>[] {
  return [...value.text.matchAll(pattern)].map((match) => {
    const start = value.span.start + match.index;
    return located(match[0], { ...value.span, start, end: start + match[0].length });
  });
}

/** The hexadecimal digits a value begins with, without `0x`; the whole value where it begins otherwise. */
function digitsOf(value: Found | null): Found | null {
  const match = /^(0x)?((?:[0-9A-Fa-f]{2}(?:[ \u00A0-][0-9A-Fa-f]{2}){1,4000}|[0-9A-Fa-f]{1,8000})(?![0-9A-Za-z]))/i.exec(value?.text ?? "");
  if (value === null || match === null) return value;
  const start = value.span.start + (match[1]?.length ?? 0);
  return { text: match[2] as string, span: { ...value.span, start, end: value.span.start + match[0].length } };
}

/** A line of no known shape: the rest of a wrapped name, an object identifier with words around it, or text of the section. */
function takeOther(draft: Draft | null, statement: Found): boolean {
  if (draft === null) return false;
  if (draft.type === "CERT_SELECT_BY_ISSUER_NAME") {
    const before = draft.names.at(-1);
    if (before === undefined || !isWrapped(before, statement.span)) return false;
    before.push(statement.span);
    draft.end = statement.span;
    return true;
  }
  if (draft.inferred) return false;
  draft.end = statement.span;
  draft.texts.push(located(statement.text.trim(), statement.span));
  if (objectIdKinds.includes(draft.type)) {
    const match = /(?<![0-9.])[0-2](?:\.[0-9]{1,20}){2,30}(?![0-9.])/.exec(statement.text);
    if (match !== null) {
      const start = statement.span.start + match.index;
      draft.objectIds.push(located(match[0], { ...statement.span, start, end: start + match[0].length }));
    }
  }
  return true;
}

/** `===== dwType : 12`, `===== 12`, `===== Something`: by number where there is one, else as printed. */
function kindOfUnknownHeading(text: string): string {
  const words = text.replace(/^=+/, "").trim();
  const number = /^(?:dwType[ \t]{0,9}[:=]?[ \t]{0,9})?([0-9]{1,3})$/.exec(words)?.[1];
  const known = selectionCriteria.find((criterion) => criterion.number === Number(number));
  return known?.name ?? words;
}

/** Arcs under which key purposes are registered: PKIX, `any`, and Microsoft's. */
function isKeyPurpose(objectId: string): boolean {
  return /^(?:1\.3\.6\.1\.5\.5\.7\.3\.|2\.5\.29\.37(?:\.0)?$|1\.3\.6\.1\.4\.1\.311\.(?:10\.3|20\.2)\.)/.test(objectId);
}

/** A name line without an author's ` <- remark`; a name quotes `<`, so an unquoted one is none of it. */
function withoutRemark(span: Span): Span {
  const text = textOf(span);
  const remark = /[ \t\u00A0]{1,40}(?:<-|\u2190|&lt;-)/.exec(text);
  const kept = remark !== null && quotesIn(text.slice(0, remark.index)) % 2 === 0 ? text.slice(0, remark.index) : text;
  return { ...span, end: span.start + kept.trimEnd().length };
}

function quotesIn(text: string): number {
  return text.match(/["\u201C\u201D]/g)?.length ?? 0;
}

/** A line that begins like a name still belongs to the one before when that ends with a comma or inside quotes. */
function continues(before: readonly Span[], next: Span): boolean {
  const text = textOf(before.at(-1) as Span).trimEnd();
  const isOpen = text.endsWith(",") || text.endsWith("+") || quotesIn(before.map(textOf).join("")) % 2 === 1;
  return isOpen && isNear(before, next);
}

function isWrapped(before: readonly Span[], next: Span): boolean {
  const last = before.at(-1) as Span;
  return isNear(before, next) && (last.end - last.start >= wrapWidth || quotesIn(textOf(last)) % 2 === 1 || textOf(last).trimEnd().endsWith(","));
}

/** The very next line, or the one after a blank line that a page put in. */
function isNear(before: readonly Span[], next: Span): boolean {
  const last = before.at(-1) as Span;
  return lineIndexAt(next.source, next.start) - lineIndexAt(last.source, last.start) <= 2;
}

function criterionOf(draft: Draft): { readonly criterion: Criterion; readonly damage: readonly DamageFact[] } {
  const type = draft.type ?? kindOfTriple(draft);
  const span = { ...draft.start, end: draft.inferred ? Math.max(draft.start.end, draft.end.end) : draft.start.end };
  const found: DamageFact[] = [];
  const isIssuerList = type === "CERT_SELECT_BY_ISSUER_NAME";
  const issuers: Located<Name>[] = [];
  const unreadable: Span[] = [...draft.elisions];
  for (const lines of isIssuerList ? draft.names : []) {
    const first = lines[0] as Span;
    const whole = { ...first, end: (lines.at(-1) as Span).end };
    const name = nameOf(lines);
    if (name.rdns.length === 0 || isCutName(name.printed)) {
      unreadable.push(whole);
      found.push(damage("unreadable-name", whole, `this issuer cannot be read as one name: ${name.doubt ?? "it was cut"}`));
    } else {
      issuers.push(located(name, whole));
    }
  }
  if (isIssuerList && draft.cutName !== null) {
    unreadable.push(draft.cutName);
    found.push(damage("unreadable-name", draft.cutName, "this issuer cannot be read as one name: the text ends here, perhaps inside it"));
  }
  const listed = isIssuerList ? draft.names.length + (draft.cutName === null ? 0 : 1) : 0;
  if (draft.declared !== null && draft.declared.value !== listed) {
    const broken = listed - issuers.length;
    const says = `${count(draft.declared.value, "issuer", "issuers")} announced, ${listed} listed${broken > 0 ? ` (${broken} of them unreadable)` : ""}: the list was cut or edited`;
    found.push(damage("count-mismatch", draft.declared.span, says));
  } else if (isIssuerList && draft.declared === null && draft.elisions.length > 0) {
    found.push(damage("edited", draft.elisions[0] as Span, "lines of the list of issuers were left out here"));
  }
  const keyUsage = keyUsageOf(draft, type, found);
  const criterion: Criterion = {
    type, inferred: draft.inferred, span, declared: draft.declared,
    issuers: isIssuerList ? issuers : null,
    unreadable: unreadable.sort((a, b) => a.start - b.start),
    value: draft.value === null ? null : located(draft.value.text.toLowerCase(), draft.value.span),
    keyUsage,
    oids: objectIdKinds.includes(type) ? [...draft.objectIds, ...extensionId(draft)] : null,
    texts: [...draft.texts, ...(isIssuerList ? [] : draft.names.flat().map((name) => located(textOf(name), name)))],
  };
  return { criterion, damage: found };
}

/** A triple without heading: a null OID is Key Usage, an OID means some extension. */
function kindOfTriple(draft: Draft): string {
  if (draft.labels.has("ObjectIdLabel") && !isNull(draft.objectId)) return "CERT_SELECT_BY_EXTENSION";
  return "CERT_SELECT_BY_KEY_USAGE";
}

function isNull(objectId: Found | null): boolean {
  return objectId !== null && /^\(?null\)?$/i.test(objectId.text);
}

function extensionId(draft: Draft): readonly Located<string>[] {
  const text = /^[0-2](?:\.[0-9]{1,20}){2,30}/.exec(draft.objectId?.text ?? "")?.[0];
  return draft.objectId === null || text === undefined ? [] : [located(text, { ...draft.objectId.span, end: draft.objectId.span.start + text.length })];
}

function keyUsageOf(draft: Draft, type: string, found: DamageFact[]): readonly string[] | null {
  const ofKeyUsage = type === "CERT_SELECT_BY_KEY_USAGE" || draft.objectId?.text === "2.5.29.15";
  if (!ofKeyUsage) return null;
  const decoded = draft.value === null ? null : keyUsageOfValue(draft.value.text);
  if (decoded === null) return draft.usages.length > 0 ? [...draft.usages] : null;
  const extra = draft.usages.filter((usage) => !decoded.includes(usage));
  if (extra.length > 0 && draft.value !== null) {
    found.push(damage("contradiction", draft.value.span, `Value ${draft.value.text} does not contain ${extra.join(", ")}, which the log names; the number counts`));
  }
  return decoded;
}

/** A name on one line, or wrapped over several and joined with a blank where none is. */
function nameOf(lines: readonly Span[]): Name {
  if (lines.length === 1) return readName(textOf(lines[0] as Span), "x500");
  const joined = lines.map((line) => textOf(line).trim()).join(" ");
  const name = readName(joined, "x500");
  return name.doubt === null ? { ...name, doubt: "the name was wrapped over several lines and joined again" } : name;
}
