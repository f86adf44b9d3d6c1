import type { Name } from "../../src/model/name.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";
import { looksLikeName, readName, type Notation } from "../shared/names/index.ts";
import type { Line } from "./lines.ts";

/** A name as it stands in the text, possibly over several lines, before it is taken apart. */
export interface PrintedName {
  /** The parts joined: line ends and prefixes of wrapped lines are not in it. */
  readonly text: string;
  readonly span: Span;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": "\"", "&#34;": "\"", "&lt;": "<", "&gt;": ">", "&#39;": "'", "&apos;": "'", "&nbsp;": " ", "&amp;": "&",
};

/** The text a web page shows for `text`; it is only taken apart in this form, never cited. */
function unescapeHtml(text: string): string {
  const plain = text.includes("&") ? text.replace(/&(?:quot|lt|gt|apos|nbsp|amp|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity) : text;
  // A word processor curls the quotation marks round values that need them.
  const straight = /[\u201C\u201D]/.test(plain) && !plain.includes("\"")
    ? plain.replace(/(= ?)[\u201C\u201D\u201E]([^\u201C\u201D"]{0,2000}[,+;<>=#][^\u201C\u201D"]{0,2000}|[^\u201C\u201D"]{1,2000} | [^\u201C\u201D"]{1,2000})[\u201C\u201D](?=,| \+|$)/g, "$1\"$2\"")
    : plain;
  return straight.replace(/[\u00A0\u202F]/g, " ");
}

/** A printed name taken apart; `printed` stays as it stands in the text. `notation` is used where the text itself does not show one. */
export function nameFrom(printed: PrintedName, notation: Notation): Located<Name> {
  const shown = unescapeHtml(printed.text);
  // -nameopt sep_semi_plus_space: the same as the comma form but for the separator, which has the same length.
  const semicolons = notation === "comma" && /; (?:[A-Za-z]{1,30}|[0-9.]{3,40})=/.test(shown) && !/, (?:[A-Z]{1,3}|[0-9.]{3,40})=/.test(shown);
  const name = readName(semicolons ? shown.replace(/; (?=(?:[A-Za-z]{1,30}|[0-9.]{3,40})=)/g, ", ") : shown, notation);
  return located({ ...name, printed: printed.text }, printed.span);
}

/** The notation of a single name outside a list; the comma form where it cannot be told. */
export function notationOf(text: string): Notation {
  const shown = unescapeHtml(text);
  const own = looksLikeName(shown);
  return own === null ? (/^\s*[A-Za-z][\w.-]{0,60} {1,26}=/.test(shown) ? "spaced" : "comma") : own === "x500" ? "comma" : own;
}

// `…` where lines were taken out, alone on a line; nothing but such a mark begins with these brackets. A round one can begin the rest of a broken name: `(2048)`.
const ELISION = /^(?:[.\u2026]{1,6}|[[<{]{1,2}[^\]>}]{1,80}[\]>}]{1,2}|[[(<{]{0,2} ?(?:\.{2,6}|\u2026|-{0,3} ?snip\w{0,4}|cut|truncated|omitted|removed|redacted|shortened|skipped|and (?:so on|[0-9]{1,4} more)|etc|[0-9]{1,4} (?:more|lines|names|CAs|entries))[^\])>}=]{0,60}[\])>}]{0,2})$/i;

/** Is the line a mark that lines were taken out here: `...`, `[snip]`, `…`? */
export function isElision(text: string): boolean {
  return ELISION.test(text.trim());
}

/** Does a line of the list begin a name? Types that no table knows count inside the list: `jurisdictionC = US`. */
export function beginsName(line: Line): boolean {
  if (line.kind === "NameLine") return true;
  return line.kind === "OtherText" && /^(?:\u2026|\.{3})?\/?[A-Za-z][\w.-]{0,60} ?= ?[^=]/.test(line.label) && !/[&?]/.test(line.label.slice(0, line.label.indexOf("=")));
}

/** The rest of a line that a terminal cut: blanks at the cut belong to the text, those of a common indentation do not. */
export function restOfBroken(next: Line, first: Line): string {
  return " ".repeat(Math.max(0, next.indent - first.indent)) + textOfLine(next);
}

/** The text of a line without its prefix, with plain blanks: for comparing, not for citing. */
export function plainText(line: Line): string {
  return textOfLine(line).replace(/[\u00A0\u2002-\u200A\u202F\u3000]/g, " ");
}

/** The text of a line without its prefix: label and value. */
export function textOfLine(line: Line): string {
  return line.span.source.text.slice(line.span.start, line.span.end);
}

// What the rest of a line can look like that a terminal cut at its width.
const WRAPPED_KINDS = new Set(["OtherText", "NameLine", "HttpHeader", "Base64", "ByteLine"]);

/**
 * May `next` be the rest of a line that a mail or a terminal broke after `before`? A line of full width goes on anywhere;
 * a shorter one only where a name is visibly unfinished.
 */
export function continues(before: string, width: number, next: Line, wrapWidth: number | null): boolean {
  const text = textOfLine(next);
  if (isElision(text) || /^(?:<-|\u2190|\u2026)/.test(text)) return false;
  const shown = unescapeHtml(before);
  if (wrapWidth !== null && width === wrapWidth && WRAPPED_KINDS.has(next.kind)) {
    // A cut directly before `/CN=` looks like the next name; only a name without its CN goes on there.
    return next.kind !== "NameLine" || isUnfinished(shown) || (/^\/CN=/.test(text) && /^\//.test(shown) && !/\/CN=/.test(shown));
  }
  if (next.kind !== "OtherText" && next.kind !== "NameLine") return false;
  if (width >= 40 && /(?:,| \+| =) ?$/.test(shown) && !/^\//.test(text)) return true;
  // A mail breaks a line where its next word would not have fitted.
  return next.kind === "OtherText" && !beginsName(next) && width + 1 + text.search(/(?:[ \u00A0]|$)/) >= 60;
}

/** Does a name end inside an attribute: behind a separator, at `=`, or in the middle of a type? */
function isUnfinished(shown: string): boolean {
  const last = shown.slice(Math.max(shown.lastIndexOf(","), shown.lastIndexOf(" + "), shown.lastIndexOf("/")) + 1);
  return /=\s*$/.test(last) || !last.includes("=");
}

/** Joins a broken line: without a blank where the terminal cut at its width, with one where a mail broke between words. */
export function joinBroken(before: string, width: number, next: string, wrapWidth: number | null): string {
  if ((wrapWidth !== null && width === wrapWidth) || /[ \u00A0]$/.test(before)) return before + next;
  return /^\/[A-Za-z]/.test(next) ? before + next : `${before} ${next}`;
}

// Widths that terminals have; one broken line is enough there.
const TERMINAL_WIDTHS = new Set([80, 100, 120, 132, 160]);

/**
 * The width at which a terminal cut all longer lines: no line is longer, and the long lines that go on in text of their own end there. A mail breaks
 * between words instead, at a different width each time. Null when the text shows no such width.
 */
export function findWrapWidth(lines: readonly Line[]): number | null {
  let widest = 0;
  const broken: number[] = [];
  lines.forEach((line, index) => {
    if (line.kind === "HtmlPage" || line.kind === "BlankLine") return;
    widest = Math.max(widest, line.width);
    const next = lines[index + 1];
    if (next !== undefined && (next.kind === "OtherText" || next.kind === "HttpHeader") && !beginsName(next)) broken.push(line.width);
  });
  const long = broken.filter((width) => width >= widest * 0.75);
  const there = long.filter((width) => width === widest).length;
  const cutThere = there === long.length ? there > 2 || (there > 0 && TERMINAL_WIDTHS.has(widest)) : there > 2 && there > long.length * 0.7;
  return cutThere && widest >= 40 && widest <= 260 ? widest : null;
}

/** The names of a list, in printed order. One notation holds for the whole list: the one most names show. */
export function namesOf(printed: readonly PrintedName[]): readonly Located<Name>[] {
  const votes = new Map<Notation, number>();
  for (const { text } of printed) {
    const shown = unescapeHtml(text);
    // A name of one attribute does not show whether commas or slashes separate.
    const own = notationOf(shown);
    const weight = own === "comma" && !/, /.test(shown) && !/; /.test(shown) ? 0.1 : 1;
    votes.set(own, (votes.get(own) ?? 0) + weight);
  }
  const usual = [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "comma";
  if (isOneAttributeALine(printed)) return groupAttributes(printed);
  return printed.map((name) => {
    const own = notationOf(name.text);
    return nameFrom(name, own === "slash" || own === "spaced" || usual === "slash" || usual === "spaced" ? own : usual);
  });
}

const typeOf = (text: string): string => /^\/?([A-Za-z0-9.]{1,60})/.exec(text)?.[1] ?? "";
const COUNTRY = /^(?:C|countryName)$/;
const COMMON = /^(?:CN|commonName)$/;
const COMPONENT = /^(?:DC|domainComponent)$/;
const ORGANISATION = /^(?:O|organizationName)$/;

/** -nameopt multiline and sep_multiline: each line holds one attribute, and nothing stands between two names. */
function isOneAttributeALine(printed: readonly PrintedName[]): boolean {
  if (printed.length < 3) return false;
  const shown = printed.map(({ text }) => unescapeHtml(text));
  const single = shown.filter((text) => !text.startsWith("/") && !/[,;] ?(?:[A-Za-z]{1,30}|[0-9.]{3,40}) ?=/.test(text));
  if (single.length !== printed.length) return false;
  const types = new Set(shown.map(typeOf));
  return [...types].some((type) => COUNTRY.test(type) || COMPONENT.test(type) || ORGANISATION.test(type)) && types.size > 1;
}

/** Guesses where names begin: at a country, at a first domain component, and after a common name. */
function groupAttributes(printed: readonly PrintedName[]): readonly Located<Name>[] {
  const groups: PrintedName[][] = [];
  let last: string | null = null;
  for (const part of printed) {
    const type = typeOf(part.text);
    const begins = last === null || COUNTRY.test(type) || (COMPONENT.test(type) && !COMPONENT.test(last))
      || (COMMON.test(last) && !/^(?:emailAddress|E|serialNumber|UID|userId|description)$/.test(type));
    if (begins) groups.push([part]);
    else groups.at(-1)?.push(part);
    last = type;
  }
  return groups.map((parts) => {
    const first = parts[0] as PrintedName;
    const end = (parts.at(-1) as PrintedName).span.end;
    const text = parts.map((part) => part.text.replace(/ {2,26}= /, " = ")).join("\n");
    const name = readName(text, "lines");
    const doubt = name.doubt ?? "one attribute a line, nothing between the names: where a name begins is a guess";
    return located({ ...name, printed: parts.map((part) => part.text).join("\n"), doubt }, { ...first.span, end });
  });
}
