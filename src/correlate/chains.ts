import type { Fact, StoreListingFact, TlsSessionFact } from "../model/fact.ts";
import { nameKey, sameName } from "../model/name.ts";
import type { Name } from "../model/name.ts";
import type { Located, Span } from "../text/source-text.ts";
import { isSelfIssued, isWhole } from "./certificates.ts";
import type { Certificate } from "./certificates.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";

/** One step up from a certificate: the name of its issuer, and the certificate of that issuer where an input shows it. */
export interface ChainLink {
  readonly name: Located<Name>;
  readonly authority: Certificate | null;
}

/** The chain of a certificate as far as the inputs show it. */
export interface Chain {
  /** Issuer of the certificate first. Names that the client can see in the chain it builds. */
  readonly reachable: readonly ChainLink[];
  /** Names above an intermediate that the client provably does not hold; empty when nothing is proved missing. */
  readonly beyond: readonly ChainLink[];
  /** The intermediate that a complete listing of the client's CA store lacks, and that listing's place. */
  readonly missing: { readonly link: ChainLink; readonly listing: Evidence } | null;
  /** What shows that no further CA name can follow; null: the chain may go on. */
  readonly closed: Evidence | null;
}

/** Finds issuers by name, in constant time per step. */
export interface Authorities {
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  readonly printedPairs: ReadonlyMap<string, { readonly subject: Located<Name>; readonly issuer: Located<Name> }>;
  /** Complete listings of a CA store, which show what a client does not hold. */
  readonly caListings: readonly StoreListingFact[];
}

/** Longest chain that is followed; real ones have at most five certificates. */
const LONGEST_CHAIN = 16;

export function findAuthorities(certificates: readonly Certificate[], facts: readonly Fact[]): Authorities {
  const bySubject = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    if (certificate.subject === null || certificate.subject.value.rdns.length === 0) continue;
    const key = nameKey(certificate.subject.value);
    const known = bySubject.get(key);
    if (known === undefined) bySubject.set(key, [certificate]);
    else known.push(certificate);
  }
  const printedPairs = new Map<string, { readonly subject: Located<Name>; readonly issuer: Located<Name> }>();
  for (const session of facts) {
    if (session.kind !== "tls-session") continue;
    for (const pair of (session as TlsSessionFact).serverChain) {
      const key = nameKey(pair.subject.value);
      if (pair.subject.value.rdns.length > 0 && !printedPairs.has(key)) printedPairs.set(key, pair);
    }
  }
  const caListings = facts.filter((fact): fact is StoreListingFact => fact.kind === "store-listing"
    && fact.store.value.name.toLowerCase() === "ca" && isWhole(fact));
  return { bySubject, printedPairs, caListings };
}

/** Builds the chain of a certificate. A parent fits by name and, where both are printed, by key identifier. */
export function buildChain(leaf: Certificate, authorities: Authorities): Chain {
  const links: ChainLink[] = [];
  let closed: Evidence | null = isSelfIssued(leaf) && leaf.subject !== null ? evidence(leaf.subject, "the certificate is self-issued: it is its own chain") : null;
  let name: Located<Name> | null = leaf.issuer;
  let child: Certificate | null = leaf;
  const seen = new Set<string>();
  while (name !== null && name.value.rdns.length > 0 && links.length < LONGEST_CHAIN) {
    const key = nameKey(name.value);
    if (seen.has(key)) break;
    seen.add(key);
    const authority: Certificate | null = child !== null && isSelfIssued(child) ? child : parentOf(child, key, authorities);
    links.push({ name, authority });
    if (authority !== null) {
      if (isSelfIssued(authority)) {
        closed ??= evidence(authority.issuer ?? authority.span, "the chain ends here: issuer and subject are one name");
        break;
      }
      name = authority.issuer;
      child = authority;
      continue;
    }
    const pair = authorities.printedPairs.get(key);
    if (pair === undefined) break;
    if (sameName(pair.subject.value, pair.issuer.value)) {
      closed ??= evidence(pair.issuer, "the chain ends here: issuer and subject are one name");
      break;
    }
    name = pair.issuer;
    child = null;
  }
  return ofEntry(leaf, links) ?? splitAtMissing(links, closed, authorities);
}

/** A client with a keystore has the CAs that stand in the entry of its key, and no others. */
function ofEntry(leaf: Certificate, links: readonly ChainLink[]): Chain | null {
  const length = leaf.prints.map((print) => (print.key.linked?.value === true ? print.chainLength ?? null : null)).find((one) => one !== null) ?? null;
  const last = length === null ? undefined : links[length.value - 1];
  if (length === null || last === undefined || (last.authority !== null && isSelfIssued(last.authority))) return null;
  const listing = evidence(length.span, `the keystore's entry holds ${length.value === 1 ? "the certificate alone" : `${length.value} certificates`}, and none of ${last.name.value.printed}`);
  const beyond = links.slice(length.value);
  return { reachable: links.slice(0, length.value), beyond, missing: beyond.length > 0 ? { link: last, listing } : null, closed: beyond.length > 0 ? listing : null };
}

function parentOf(child: Certificate | null, subjectKey: string, authorities: Authorities): Certificate | null {
  const all = authorities.bySubject.get(subjectKey) ?? [];
  const wanted = child?.authorityKeyIdentifier?.value;
  const fitting = all.filter((one) => one !== child && (wanted === undefined || one.subjectKeyIdentifier === null || one.subjectKeyIdentifier.value === wanted));
  return fitting.find((one) => !isSelfIssued(one)) ?? fitting[0] ?? null;
}

function splitAtMissing(links: readonly ChainLink[], closed: Evidence | null, authorities: Authorities): Chain {
  for (let at = 0; at < links.length; at++) {
    const link = links[at] as ChainLink;
    if (link.authority !== null && isSelfIssued(link.authority)) break;
    const listing = listingWithout(link.name.value, authorities);
    if (listing === null) continue;
    const beyond = links.slice(at + 1);
    if (beyond.length > 0) return { reachable: links.slice(0, at + 1), beyond, missing: { link, listing }, closed: listing };
    // Nothing above is known, and the CA store holds no certificate of that name from which the chain could go on.
    return { reachable: links, beyond: [], missing: null, closed: closed ?? listing };
  }
  return { reachable: links, beyond: [], missing: null, closed };
}

// Asked for each link of each chain.
const subjectTables = new WeakMap<StoreListingFact, ReadonlySet<string>>();

function subjectsOf(listing: StoreListingFact): ReadonlySet<string> {
  const known = subjectTables.get(listing);
  if (known !== undefined) return known;
  const subjects = new Set(listing.certificates.flatMap((print) => (print.subject === null ? [] : [nameKey(print.subject.value)])));
  subjectTables.set(listing, subjects);
  return subjects;
}

/** The complete CA-store listings lack a certificate with that subject; null when one has it or there is no listing. */
function listingWithout(name: Name, authorities: Authorities): Evidence | null {
  const key = nameKey(name);
  let proof: Span | null = null;
  for (const listing of authorities.caListings) {
    if (subjectsOf(listing).has(key)) return null;
    proof ??= listing.store.span;
  }
  return proof === null ? null : evidence(proof, `this complete listing of the CA store holds no certificate of ${name.printed}`);
}
