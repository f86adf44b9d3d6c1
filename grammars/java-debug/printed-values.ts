import { readName } from "../shared/names/index.ts";
import { readMoment } from "../shared/dates.ts";
import type { Moment } from "../../src/model/moment.ts";
import type { Name } from "../../src/model/name.ts";
import { located, type Located, type Span } from "../../src/text/source-text.ts";

/** The part of a span without blanks, brackets, quotation marks and commas around it that match `edge`. */
export function trimSpan(span: Span, before: RegExp, after: RegExp): Span {
  const text = span.source.text.slice(span.start, span.end);
  const start = span.start + (before.exec(text)?.[0].length ?? 0);
  const end = Math.max(start, span.end - (after.exec(text)?.[0].length ?? 0));
  return { source: span.source, start, end };
}

/** What stands between the quotation marks of `"CN=Lab Root CA, O="Lab, Inc."",`; without marks the trimmed value. */
export function unquoted(value: Span): Span {
  return trimSpan(value, /^[ \t\u00A0]{0,40}["\u201C\u201D]?/, /["\u201C\u201D]?,?[ \t\u00A0]{0,40}$/);
}

/** A name leaf first, parts with commas quoted. */
export function nameAt(span: Span): Located<Name> {
  return located(readName(span.source.text.slice(span.start, span.end), "rfc4514"), span);
}

/** Where the items of `[a, b, c]` stand; an empty list for `[]`. */
export function listItems(value: Span): readonly Located<string>[] {
  const inner = trimSpan(value, /^[ \t\u00A0]{0,40}\[?[ \t]{0,8}/, /[ \t]{0,8}\]?,?[ \t\u00A0]{0,40}$/);
  const text = inner.source.text.slice(inner.start, inner.end);
  return [...text.matchAll(/[^,\s][^,\r\n]{0,120}/g)].map((match) => {
    const start = inner.start + match.index;
    const printed = match[0].trimEnd();
    return located(printed, { source: inner.source, start, end: start + printed.length });
  });
}

/** Names of one comma-separated line, and whether the places where one ends and the next begins leave no doubt. */
export interface JoinedNames {
  readonly names: readonly Located<Name>[];
  readonly certain: boolean;
}

const ROOT_TYPES = new Set(["C", "DC"]);

/**
 * Splits `[CN=A, O=X, C=US, CN=B, DC=lab, DC=example]`. The log does not mark where a name ends, but names are printed leaf first, so one ends
 * where a country or the last domain component is followed by something else, and one begins at a common name behind another attribute.
 * Certain when every name begins with a common name or an address and ends with a country or a domain component.
 */
export function splitNames(value: Span): JoinedNames {
  const inner = trimSpan(value, /^[ \t\u00A0]{0,40}\[?[ \t]{0,8}/, /[ \t]{0,8}\]?,?[ \t\u00A0]{0,40}$/);
  const text = inner.source.text.slice(inner.start, inner.end);
  const parts = [...text.matchAll(/(?:^|, )((?:OID\.)?[A-Za-z0-9][A-Za-z0-9.]{0,60})=(?:"(?:[^"\\\r\n]|\\.){0,2000}"|)/g)]
    .filter((match) => !insideQuotes(text, match.index))
    .map((match) => ({ type: (match[1] as string).toUpperCase(), at: match.index === 0 ? 0 : match.index + 2 }));
  const starts: number[] = [];
  let certain = true;
  parts.forEach((part, index) => {
    const before = parts[index - 1]?.type;
    const after = parts[index + 1]?.type;
    const address = part.type === "EMAILADDRESS";
    const begins = before === undefined
      || (ROOT_TYPES.has(before) && part.type !== before && !(address && after !== "CN") && !ROOT_TYPES.has(part.type))
      || (part.type === "CN" && before !== "CN" && before !== "EMAILADDRESS");
    if (!begins) return;
    starts.push(part.at);
    if (before !== undefined && (!ROOT_TYPES.has(before) || (part.type !== "CN" && !address))) certain = false;
  });
  const names = starts.map((at, index) => {
    const next = starts[index + 1];
    return nameAt({ source: inner.source, start: inner.start + at, end: next === undefined ? inner.end : inner.start + next - 2 });
  });
  return { names, certain: certain || names.length < 2 };
}

/** An odd number of quotation marks before the place. Lists have few of them. */
function insideQuotes(text: string, at: number): boolean {
  let quotes = 0;
  for (let mark = text.indexOf('"'); mark >= 0 && mark < at; mark = text.indexOf('"', mark + 1)) quotes++;
  return quotes % 2 === 1;
}

const OLD_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z0-9:+-]{1,10}) (\d{4})$/;

/** `2026-11-22 16:50:14.000 UTC`, and `Tue May 12 10:00:00 CEST 2020` of the old form. Other zones than UTC are names that mean several things. */
export function momentAt(span: Span): Located<Moment> | null {
  const printed = span.source.text.slice(span.start, span.end);
  const old = OLD_DATE.exec(printed);
  const zone = old === null ? (/[A-Z]{1,5}$/.exec(printed)?.[0] ?? "") : (old[4] as string);
  const universal = zone === "UTC" || zone === "GMT" ? " UTC" : "";
  const plain = old === null ? printed.replace(/\.\d{1,3}/, "").replace(/ ?[A-Z]{1,5}$/, "") : `${(old[2] as string).padStart(2, "0")}-${old[1]}-${old[5]} ${old[3]}`;
  const moment = readMoment(plain + universal, "unsettled");
  return moment === null ? null : located({ ...moment, printed }, span);
}
