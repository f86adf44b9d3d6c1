import { attributeTypes } from "../../../src/model/name.ts";

/** The printed forms of distinguished names. */
export type Notation =
  /** CertNameToStr with CERT_X500_NAME_STR, encoded order: `C=US, O="VeriSign, Inc."` (STRACE, Schannel). */
  | "x500"
  /** X509_NAME_oneline: `/C=US/O=VeriSign, Inc.` (openssl up to 1.1.0, LibreSSL). */
  | "slash"
  /** XN_FLAG_ONELINE: `C = US, O = "VeriSign, Inc."` (openssl 1.1.1 to 3.1). */
  | "spaced"
  /** Default of openssl 3.2 and later: `C=US, O=VeriSign, Inc.`, nothing quoted. */
  | "comma"
  /** Leaf first, backslash escapes: `CN=x,O=Lab\, Inc.,C=US` (RFC 4514, gnutls, Java). */
  | "rfc4514"
  /** certutil's one-line form: leaf first, `, ` between, nothing quoted. */
  | "certutil"
  /** One RDN a line (certutil verbose, -nameopt multiline); lines joined by line ends. */
  | "lines";

/** Marks that people leave where they cut text. */
export const cutMark = /(?:\u2026|\.{3}|\[\.{3}\]|\[\u2026\]|\[snip\]|<snip>)[ \t\u00A0]{0,80}$/i;

/** Such a mark in the place of an RDN. */
export const cutMiddle = /[,;+\/][ \t\u00A0]{0,4}(?:\u2026|\.{3}|\[\.{3}\]|\[\u2026\])[ \t\u00A0]{0,4}[,;+\/]/;

/** True when a mark of a cut stands at the beginning, at the end or in the place of an RDN: `…/DC=com`, `C=US, O=Ver...`, `/C=US/.../CN=x`. */
export function isCutName(printed: string): boolean {
  return cutMark.test(printed) || cutMiddle.test(printed) || /^[ \t\u00A0]{0,80}(?:\u2026|\.{3}|\[\.{3}\])/.test(printed);
}

const spellings = attributeTypes.flatMap((type) => [type.name, ...type.spellings]).sort((a, b) => b.length - a.length);
const type = `(?:(?:OID\\.)?[0-9](?:\\.[0-9]{1,20}){1,20}|${spellings.join("|")})`;
const startsWithSlash = new RegExp(`^(?:\u2026|\\.{3})?/${type}=`, "i");
const startsWithSpaced = new RegExp(`^${type} = `, "i");
const startsWithType = new RegExp(`^${type}=`, "i");
const tightComma = new RegExp(`[^\\\\],${type}=`, "i");

/** Which notation a line of unknown origin is in; null when it does not begin like a name. Blanks around it do not count. */
export function looksLikeName(line: string): Notation | null {
  const text = line.trim();
  if (startsWithSlash.test(text)) return "slash";
  if (startsWithSpaced.test(text)) return "spaced";
  if (!startsWithType.test(text)) return null;
  if (/=["\u201C]/.test(text)) return "x500";
  if (tightComma.test(text)) return "rfc4514";
  return "comma";
}
