import type { CertificateRequestFact, Criterion, SelectionCallFact } from "../model/fact.ts";
import { describeDifference, nameKey } from "../model/name.ts";
import type { Name } from "../model/name.ts";
import type { Located, Span } from "../text/source-text.ts";
import type { Chain } from "./chains.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { ServerRequest } from "./requests.ts";

/** A list of acceptable authorities, as a trace or a transcript prints it. */
export interface IssuerList {
  readonly from: "selection-call" | "certificate-request";
  /** The heading of the list. */
  readonly span: Span;
  readonly announced: Located<number> | null;
  readonly names: readonly Located<Name>[];
  /** Index of the readable names: key of the name to its first line. */
  readonly byKey: ReadonlyMap<string, Located<Name>>;
  /** Why the list may lack names that the server sent; null: every name is there and readable. */
  readonly incomplete: Evidence | null;
}

/** Estimated size of a list on the wire: each name with its two length octets (RFC 5246 7.4.4) and its DER. */
export function estimatedWireBytes(names: readonly Located<Name>[]): number {
  return names.reduce((sum, name) => sum + 2 + estimatedDerBytes(name.value), 0);
}

/**
 * DER length of a name. Each attribute costs SET, SEQUENCE, OID and string headers beside its value: 11 octets with a
 * 2.5.4.x type (OID of 5 octets), 18 with domainComponent (OID of 12), 17 with emailAddress (OID of 11).
 */
export function estimatedDerBytes(name: Name): number {
  let content = 0;
  for (const rdn of name.rdns) {
    for (const attribute of rdn) {
      const overhead = attribute.type === "DC" || attribute.type === "UID" ? 18 : attribute.type === "E" ? 17 : 11;
      const octets = new TextEncoder().encode(attribute.value).length;
      content += overhead + octets + (octets > 115 ? 3 : 0);
    }
  }
  return content + (content > 255 ? 4 : content > 127 ? 3 : 2);
}

export function listOfCriterion(criterion: Criterion): IssuerList | null {
  if (criterion.issuers === null) return null;
  const found = criterion.issuers.length;
  const [unreadable] = criterion.unreadable;
  const incomplete = criterion.declared !== null && criterion.declared.value !== found
    ? evidence(criterion.declared, `${criterion.declared.value} issuers are announced, ${found} are readable here`)
    : unreadable !== undefined ? evidence(unreadable, "this line of the list cannot be read as one name")
      : criterion.declared === null ? evidence(criterion.span, "the number of issuers is not printed, so the list may be cut") : doubtfulName(criterion.issuers);
  return makeList("selection-call", criterion.span, criterion.declared, criterion.issuers, incomplete);
}

export function listOfRequest(request: CertificateRequestFact): IssuerList | null {
  if (request.authorities === null || request.authorities.length === 0) return null;
  const incomplete = request.whole === false || (request.summary === null && request.whole !== true)
    ? evidence(request.authoritiesLine ?? request.span, request.whole === false ? "the list may be cut, or it is not printed where one name ends and the next begins" : "only a fragment of the transcript: the list may be cut")
    : doubtfulName(request.authorities);
  return makeList("certificate-request", request.authoritiesLine ?? request.span, null, request.authorities, incomplete);
}

function doubtfulName(names: readonly Located<Name>[]): Evidence | null {
  const unreadable = names.find((name) => name.value.rdns.length === 0);
  return unreadable === undefined ? null : evidence(unreadable, "this line of the list cannot be read as a name");
}

function makeList(from: IssuerList["from"], span: Span, announced: Located<number> | null, names: readonly Located<Name>[], incomplete: Evidence | null): IssuerList {
  const byKey = new Map<string, Located<Name>>();
  for (const name of names) {
    if (name.value.rdns.length === 0) continue;
    const key = nameKey(name.value);
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return { from, span, announced, names, byKey, incomplete };
}

/**
 * A trace may print a shortened list where a transcript of the same server prints all of it: when the transcript has just as
 * many names as the trace announces, and among them every name the trace still shows, it completes the trace.
 */
export function completeFrom(list: IssuerList, other: IssuerList | null): IssuerList {
  if (list.incomplete === null || list.announced === null || other === null || other.incomplete !== null) return list;
  if (other.names.length !== list.announced.value) return list;
  for (const key of list.byKey.keys()) if (!other.byKey.has(key)) return list;
  return other;
}

/** `1 name`, `22 names`. */
export function countNames(list: IssuerList): string {
  return `${list.names.length} ${list.names.length === 1 ? "name" : "names"}`;
}

/** The list of the server's request, if it named any. */
export function listOfServer(request: ServerRequest): IssuerList | null {
  return request.deciding === null ? null : listOfRequest(request.deciding);
}

/** How a chain fares against a list. */
export type Membership =
  | { readonly state: "listed"; readonly evidence: readonly Evidence[] }
  | { readonly state: "not-listed"; readonly evidence: readonly Evidence[]; readonly nearMisses: readonly Evidence[] }
  | { readonly state: "behind-missing-intermediate"; readonly evidence: readonly Evidence[] }
  | { readonly state: "unknown"; readonly because: string; readonly evidence: readonly Evidence[]; readonly nearMisses: readonly Evidence[] };

/** Any authority of the chain suffices (Microsoft: the criterion "is evaluated on the certificate chain"). */
export function membershipOf(chain: Chain, list: IssuerList): Membership {
  for (const link of chain.reachable) {
    const listed = list.byKey.get(nameKey(link.name.value));
    if (listed === undefined) continue;
    return {
      state: "listed",
      evidence: [evidence(listed, `${listed.value.printed} is in the list`), evidence(link.name, "and it is an issuer in the certificate's chain")],
    };
  }
  for (const link of chain.beyond) {
    const listed = list.byKey.get(nameKey(link.name.value));
    if (listed === undefined || chain.missing === null) continue;
    return {
      state: "behind-missing-intermediate",
      evidence: [
        evidence(listed, "the list names a CA above the missing intermediate"),
        evidence(chain.missing.link.name, "the intermediate that issued the certificate"),
        chain.missing.listing,
        evidence(link.name, "it is the issuer of that intermediate"),
      ],
    };
  }
  const nearMisses = nearMissesOf(chain, list);
  const shown = chain.reachable.slice(0, 3).map((link) => evidence(link.name, "this issuer is not in the list"));
  const top = evidence(list.span, `${countNames(list)}, none of them a CA of the certificate's chain`);
  if (list.incomplete !== null) return { state: "unknown", because: list.incomplete.shows, evidence: [list.incomplete, ...shown.slice(0, 1)], nearMisses };
  if (chain.reachable.length === 0) return { state: "unknown", because: "the issuer of the certificate is not printed", evidence: [top], nearMisses };
  if (chain.closed === null) {
    return { state: "unknown", because: "the chain is known only up to here: a CA above it could be in the list", evidence: [...shown, top], nearMisses };
  }
  return { state: "not-listed", evidence: [top, ...shown, chain.closed], nearMisses };
}

/** Most near misses that are worth showing. */
const NEAR_MISSES_SHOWN = 5;

function nearMissesOf(chain: Chain, list: IssuerList): readonly Evidence[] {
  const near: Evidence[] = [];
  for (const name of list.names) {
    if (near.length === NEAR_MISSES_SHOWN) break;
    for (const link of [...chain.reachable, ...chain.beyond]) {
      const difference = describeDifference(name.value, link.name.value);
      if (difference === null) continue;
      near.push(evidence(name, `nearly ${link.name.value.printed}: ${difference}`));
      break;
    }
  }
  return near;
}

/** Calls that filter by issuer name carry the list in that criterion. */
export function issuerCriterion(call: SelectionCallFact): Criterion | null {
  return call.criteria.find((criterion) => criterion.type === "CERT_SELECT_BY_ISSUER_NAME") ?? null;
}
