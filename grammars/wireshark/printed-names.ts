import { canonicalType, makeName, type Name, type NameAttribute, type Rdn } from "../../src/model/name.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import type { LabelledLine } from "../shared/labelled-lines.ts";

/** Attribute types as Wireshark's dissector of X.509 names them; all of them begin so. */
const PREFIX = /^(?:id-at-|pkcs-9-at-|id-pkix-|id-)/;
/** Names of its own that the catalogue of types does not have. */
const TYPES: Readonly<Record<string, string>> = { emailAddress: "E" };
const NEXT = /,(?=(?:id-at-|pkcs-9-at-|dc=|uid=|\d{1,3}(?:\.\d{1,20}){2,20}=))/;

function attributeOf(printed: string): NameAttribute {
  const at = printed.indexOf("=");
  const type = printed.slice(0, at).replace(PREFIX, "");
  return { type: canonicalType(TYPES[type] ?? type), value: printed.slice(at + 1) };
}

/** The text in brackets behind a label, `id-at-commonName=Lab Root CA,id-at-countryName=DE)`, without the last bracket. */
function bracketed(value: Span): Span {
  const printed = textOf(value).trimEnd();
  return { ...value, end: value.start + printed.length - (printed.endsWith(")") ? 1 : 0) };
}

/**
 * A name, printed leaf first on one line and, where the fields are unfolded, root first with a line for each attribute. Values are not
 * escaped and long lines are cut, so the lines of the attributes count where they are all there.
 */
export function readDissectedName(value: Span, below: readonly LabelledLine[]): Located<Name> {
  const span = bracketed(value);
  const printed = textOf(span);
  const items = below.filter((line) => line.kind === "Attribute" && line.value !== null)
    .map((line): Rdn => [attributeOf(textOf(bracketed(line.value as Span)))]);
  const parts = printed.split(NEXT).filter((part) => part.includes("="));
  if (items.length >= parts.length && items.length > 0) return located(makeName(printed, items, null), span);
  const cut = /(?:\u2026|\.\.\.)$/.test(printed);
  if (cut || parts.length === 0) return located(makeName(printed, [], "the line is cut"), span);
  return located(makeName(printed, parts.map((part): Rdn => [attributeOf(part)]).reverse(), null), span);
}
