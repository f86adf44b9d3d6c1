import type { Name } from "../../../src/model/name.ts";

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

/** Reads a printed name. Total: text that is no name gives `rdns: []` and says so in `doubt`. */
export function readName(printed: string, notation: Notation): Name {
  return { printed, rdns: [], rfc4514: "", doubt: `not read yet as ${notation}` };
}
