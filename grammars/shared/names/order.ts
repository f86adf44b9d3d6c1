import type { Rdn } from "../../../src/model/name.ts";
import type { Notation } from "./notation.ts";

/** Top-level domains that certificate names begin with often enough to tell which end of a row of DCs is the root. */
const topLevelDomains: readonly string[] = ["com", "net", "org", "edu", "gov", "mil", "int", "local", "lan", "corp", "internal", "intra", "ad"];

/**
 * RDNs root first. X509_NAME_oneline, CertNameToStr and XN_FLAG_ONELINE print the encoded order, which is taken as it
 * is. The other notations exist in both directions, so the types decide: the root has C or DC, the leaf CN.
 */
export function rootFirst(printed: readonly Rdn[], notation: Notation): readonly Rdn[] {
  if (notation === "slash" || notation === "x500" || notation === "spaced") return printed;
  const direction = directionOf(printed) ?? (notation === "rfc4514" || notation === "certutil" || notation === "lines" ? "leaf first" : "root first");
  return direction === "leaf first" ? printed.toReversed() : printed;
}

function directionOf(rdns: readonly Rdn[]): "root first" | "leaf first" | null {
  const first = rdns[0];
  const last = rdns.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  for (const types of [["C", "DC"], ["O", "ST", "L"]]) {
    const before = holds(first, types);
    const after = holds(last, types);
    if (before !== after) return before ? "root first" : "leaf first";
    if (before && after && types.includes("DC")) return directionOfDomain(first, last);
  }
  const leafTypes = ["CN", "E", "UID", "serialNumber"];
  const before = holds(first, leafTypes);
  const after = holds(last, leafTypes);
  return before === after ? null : before ? "leaf first" : "root first";
}

function directionOfDomain(first: Rdn, last: Rdn): "root first" | "leaf first" | null {
  if (holds(first, ["C"]) !== holds(last, ["C"])) return holds(first, ["C"]) ? "root first" : "leaf first";
  const before = isTopLevel(first);
  const after = isTopLevel(last);
  return before === after ? null : before ? "root first" : "leaf first";
}

function isTopLevel(rdn: Rdn): boolean {
  return rdn.some((attribute) => topLevelDomains.includes(attribute.value.toLowerCase()) || attribute.value.length === 2);
}

function holds(rdn: Rdn, types: readonly string[]): boolean {
  return rdn.some((attribute) => types.includes(attribute.type));
}
