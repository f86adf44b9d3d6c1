import { canonicalType, makeName, type Name, type Rdn } from "../../src/model/name.ts";
import { located, type Located, type Span, textOf } from "../../src/text/source-text.ts";
import { readName } from "../shared/names/index.ts";

/** Where the next attribute begins: values are printed as they are, so one that holds `; X=` cannot be told from two. */
const SEPARATOR = /; (?=(?:[A-Za-z][A-Za-z0-9]{0,40}|\d{1,4}(?:\.\d{1,20}){1,20})=)/;

/** The name of a server's certificate: `C=US; O=Lab, Inc.; CN=Lab Root CA` of OpenSSL builds, `C=US,O=Lab\, Inc.,CN=Lab Root CA` of GnuTLS builds, both root first. */
export function readServerName(value: Span): Located<Name> {
  const printed = textOf(value).trimEnd();
  const span = { ...value, end: value.start + printed.length };
  const parts = printed.split(SEPARATOR);
  if (parts.length === 1 && /(?:\\,|,[A-Za-z]{1,20}=)/.test(printed)) return located(readName(printed, "x500"), span);
  const rdns = parts.map((part): Rdn => [{ type: canonicalType(part.slice(0, part.indexOf("="))), value: part.slice(part.indexOf("=") + 1) }]);
  return located(makeName(printed, rdns, null), span);
}
