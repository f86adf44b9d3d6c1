import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { looksLikeName } from "../shared/names/notation.ts";
import { extensionHeading } from "./patterns.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["X509v3 ", "Not Before", "subject=", "notAfter=", "Public Key Algorithm:", "Public-Key: (", " Fingerprint="];

const LEAD = /^[ \t\u00A0\u202F>|]{0,200}/;
const EXTENSION = new RegExp(`^${extensionHeading}`);
/** Lines that only this output holds. */
const CERTAIN = /^(?:X509v3 extensions:|Not (?:Before|After) ?: ?[A-Z][a-z]{2} [ 0-9]|Public Key Algorithm: ?\S|(?:[A-Z0-9]{2,10} )?Public[- ]Key: \([0-9])/;
/** Lines that belong to it when they stand beside certain ones. */
const PLAIN = /^(?:Certificate(?: Request| Revocation List \(CRL\))?:[ \t]*$|Data:[ \t]*$|Version: ?[1-9]|Serial Number:|Signature Algorithm:|Signature Value:|Issuer:|Subject:|Validity[ \t]*$|Subject Public Key Info:|Modulus|Exponent:|pub:|ASN1 OID:|NIST CURVE:|Exponent|Requested Extensions:|Attributes:|a0:00)/;
/** One option, one line: `openssl x509 -noout -subject -issuer -dates -serial -fingerprint`. */
const SHORT = /^(?:subject=|issuer=|notBefore=[A-Z]|notAfter=[A-Z]|serial=[0-9A-F]|(?:SHA|sha|MD|md)-?[0-9]{1,3} Fingerprint=[0-9A-F]{2}:)/;
const OCTETS = /^(?:[0-9A-Fa-f]{2}:){1,40}(?:[0-9A-Fa-f]{2})?[ \t]*$/;

type Kind = "certain" | "extension" | "plain" | "short" | "octets" | "deep" | "blank" | "other";

function kindOf(text: string): Kind {
  const lead = (LEAD.exec(text) as RegExpExecArray)[0];
  const line = text.slice(lead.length);
  if (line === "") return "blank";
  if (EXTENSION.test(line)) return line.startsWith("X509v3 ") ? "extension" : "plain";
  if (CERTAIN.test(line)) return "certain";
  if (PLAIN.test(line)) return "plain";
  if (SHORT.test(line)) return /^(?:subject|issuer)=/.test(line) && !isName(line) ? "other" : "short";
  if (OCTETS.test(line)) return "octets";
  return /[ \t\u00A0]{2}$/.test(lead) ? "deep" : "other";
}

function isName(line: string): boolean {
  const value = line.slice(line.indexOf("=") + 1).trim();
  return value === "" || looksLikeName(value) !== null;
}

/** So many lines nobody knows may stand inside the block of extensions: a value of an unknown extension is printed as it is, line ends included. */
const RAW_LINES = 4;
/** Lines before the first certain one. */
const BEFORE_LINES = 40;

/** Claims certificates in words, whole or in pieces: from the first known line to the last one before other text. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const kinds: Kind[] = [];
  for (let index = 0; index < source.lineStarts.length; index++) {
    const { start, end } = lineSpan(source, index);
    kinds.push(kindOf(source.text.slice(start, Math.min(end, start + 600))));
  }
  const passages: Passage[] = [];
  let taken = 0;
  for (let index = 0; index < kinds.length; index++) {
    if (!isAnchor(kinds, index)) continue;
    const first = firstLine(kinds, index, taken);
    const last = lastLine(kinds, index);
    passages.push({ format: "x509-text", section: "certificate", span: { source, start: source.lineStarts[first] as number, end: lineSpan(source, last).end } });
    index = last;
    taken = last + 1;
  }
  return passages;
}

/** A line only this output holds, or two lines of single options one after the other. */
function isAnchor(kinds: readonly Kind[], index: number): boolean {
  const kind = kinds[index];
  return kind === "certain" || kind === "extension" || (kind === "short" && kinds[index + 1] === "short");
}

function firstLine(kinds: readonly Kind[], anchor: number, taken: number): number {
  let first = anchor;
  for (let index = anchor - 1; index >= Math.max(taken, anchor - BEFORE_LINES); index--) {
    const kind = kinds[index] as Kind;
    if (kind === "other" || kind === "blank") break;
    if (kind !== "deep" && kind !== "octets") first = index;
  }
  return first;
}

function lastLine(kinds: readonly Kind[], anchor: number): number {
  let last = anchor;
  let loose = 0;
  let blanks = 0;
  for (let index = anchor + 1; index < kinds.length; index++) {
    const kind = kinds[index] as Kind;
    if (kind === "blank") {
      if (++blanks > 2) break;
      continue;
    }
    const isValue = kinds[index - 1] === "extension" || kind === "octets" || (kind === "deep" && blanks === 0);
    if (kind === "other" && !isValue) {
      // Prose after a blank line is not the value of an unknown extension.
      if (blanks > 0 || ++loose > RAW_LINES) break;
      continue;
    }
    if (blanks > 0 && (kind === "deep" || kind === "octets")) break;
    if (loose > 0 && kind === "deep") continue;
    last = index;
    loose = 0;
    blanks = 0;
  }
  return last;
}
