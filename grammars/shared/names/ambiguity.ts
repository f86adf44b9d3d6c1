import type { NameAttribute, Rdn } from "../../../src/model/name.ts";

/** RDNs after an ambiguity was settled, and the clause that says how. */
export interface Settled {
  readonly rdns: readonly Rdn[];
  readonly doubt: string | null;
}

/**
 * Undoes cuts at `/C=` and `/CN=` inside a value of the slash form, which escapes nothing: of
 * `/C=DE/CN=http://www.example.com/ca/CN=evil` the last part belongs to the URL. A second CN or a C after it is taken as
 * part of the value before, unless DC or UID shows that the name comes from a directory, where several CNs are usual.
 * `/OU=http://www.usertrust.com/CN=UTN-USERFirst-Hardware` has one CN and is cut there.
 */
export function joinRepeated(rdns: readonly Rdn[]): Settled {
  const directory = hasType(rdns, ["DC", "UID"]) && !hasType(rdns, ["C"]);
  // Values grow piece by piece; the pieces are put together once, so that a long hostile name stays linear.
  const joined: { readonly rdn: Rdn; readonly tail: string[]; inUrl: boolean }[] = [];
  const seen = new Set<string>();
  let doubt: string | null = null;
  for (const rdn of rdns) {
    const attribute = rdn[0];
    const before = joined.at(-1);
    if (attribute !== undefined && before !== undefined && repeats(seen, attribute.type) && (before.inUrl || !directory)) {
      before.tail.push(`/${attribute.type}=${attribute.value}`);
      before.inUrl ||= typeOf(before.rdn) === "CN" && attribute.value.includes("://");
      doubt = `"/${attribute.type}=" occurs twice and was read as part of the value of ${typeOf(before.rdn)}; it could begin an RDN of its own`;
    } else {
      for (const one of rdn) seen.add(one.type);
      joined.push({ rdn, tail: [], inUrl: rdn.at(-1)?.type === "CN" && rdn.at(-1)?.value.includes("://") === true });
    }
  }
  return { rdns: joined.map(({ rdn, tail }) => (tail.length === 0 ? rdn : withTail(rdn, tail.join("")))), doubt };
}

function typeOf(rdn: Rdn): string {
  return rdn.at(-1)?.type ?? "";
}

/** The last value of an RDN, continued. */
function withTail(rdn: Rdn, tail: string): Rdn {
  const last = rdn.at(-1) as NameAttribute;
  return [...rdn.slice(0, -1), { type: last.type, value: `${last.value}${tail}` }];
}

/** C and CN are single in almost every name; a C that follows a CN is never a country of its own. */
function repeats(seen: ReadonlySet<string>, type: string): boolean {
  return (type === "CN" && seen.has("CN")) || (type === "C" && seen.has("C") && seen.has("CN"));
}

/**
 * For notations that leave separators bare: a type that is normally single but stands twice may be text of a value.
 * Null when nothing of the kind is there.
 */
export function doubtOfRepetition(rdns: readonly Rdn[], separator: string): string | null {
  const directory = hasType(rdns, ["DC", "UID"]);
  for (const type of ["C", "O", "CN"]) {
    const count = rdns.flat().filter((attribute) => attribute.type === type).length;
    if (count > 1 && !(directory && type === "CN")) {
      return `${type} stands ${count} times; "${separator}${type}=" could also be text inside a value, it was read as an RDN of its own`;
    }
  }
  return null;
}

/** Buffers of X509_NAME_oneline: 256 bytes for `depth=` lines of 0.9.8, BUFSIZ of Microsoft's C library and of glibc. */
const bufferSizes: readonly number[] = [256, 512, 8192];

/** X509_NAME_oneline drops the RDNs that do not fit its buffer, silently: a long name that ends without a CN may be cut. */
export function doubtOfBuffer(printed: string, rdns: readonly Rdn[]): string | null {
  if (hasType(rdns, ["CN"])) return null;
  const size = bufferSizes.find((bytes) => printed.length < bytes && printed.length >= bytes - 72);
  return size === undefined ? null : `it has no CN and is nearly ${size} characters long, the size of a buffer: RDNs at its end may be lost`;
}

function hasType(rdns: readonly Rdn[], types: readonly string[]): boolean {
  return rdns.some((rdn) => rdn.some((attribute) => types.includes(attribute.type)));
}
