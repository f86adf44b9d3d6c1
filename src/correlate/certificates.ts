import type { CertificateFact, Fact, KeyAssociation, KeyUsage, Printed, PublicKey, StoreListingFact } from "../model/fact.ts";
import type { Moment } from "../model/moment.ts";
import { nameKey, sameName } from "../model/name.ts";
import type { Name } from "../model/name.ts";
import { EXTENSION_OIDS } from "../model/oids.ts";
import type { Span } from "../text/source-text.ts";

/** An extension as far as the inputs show it. `absent` needs a complete extension list as its proof. */
export type Extension<T> =
  | { readonly state: "present"; readonly value: T; readonly span: Span }
  | { readonly state: "absent"; readonly proof: Span }
  | { readonly state: "unknown" };

/** What part a certificate plays in the attempt. */
export type Role =
  /** It may be the client's certificate. */
  | "candidate"
  /** A certification authority. */
  | "authority"
  /** The peer's own certificate, or one of its chain as the peer sent it. */
  | "server";

/** One certificate, however often it was printed. */
export interface Certificate {
  readonly role: Role;
  /** Most telling print first. */
  readonly prints: readonly [CertificateFact, ...CertificateFact[]];
  readonly subject: Printed<Name>;
  readonly issuer: Printed<Name>;
  readonly serialNumber: Printed<string>;
  readonly sha1Thumbprint: Printed<string>;
  readonly notBefore: Printed<Moment>;
  readonly notAfter: Printed<Moment>;
  readonly publicKey: Printed<PublicKey>;
  readonly signatureAlgorithm: Printed<string>;
  readonly template: Printed<string>;
  readonly subjectAlternativeNames: Printed<readonly string[]>;
  readonly subjectKeyIdentifier: Printed<string>;
  readonly authorityKeyIdentifier: Printed<string>;
  readonly keyUsage: Extension<KeyUsage>;
  readonly extendedKeyUsage: Extension<readonly string[]>;
  /** OIDs of the store property 9, which narrows the extension. */
  readonly ekuProperty: Printed<readonly string[]>;
  readonly applicationPolicies: Printed<readonly string[]>;
  readonly key: KeyAssociation;
  /** The listings that hold it. */
  readonly listings: readonly StoreListingFact[];
  /** Place of its most telling print. */
  readonly span: Span;
}

/** Stores whose certificates are the user's or machine's own: `my` and its localized display names all begin so. */
const PERSONAL_STORES = new Set(["my", "personal"]);
const AUTHORITY_STORES = new Set(["root", "ca", "authroot", "disallowed", "trust", "clientauthissuer", "ntauth", "trustedpeople", "smartcardroot"]);

export function isPersonalStore(name: string): boolean {
  return PERSONAL_STORES.has(name.toLowerCase());
}

function isAuthorityStore(name: string): boolean {
  return AUTHORITY_STORES.has(name.toLowerCase());
}

/** A listing that shows the whole store: finished, nothing cut out, and not asked for one certificate only. */
export function isWhole(listing: StoreListingFact): boolean {
  return listing.completed?.value === true && listing.cut === null && listing.filter == null;
}

/** Joins the prints of one certificate: by thumbprint, else by serial number and issuer. Runs in time linear in the prints. */
export function joinCertificates(facts: readonly Fact[]): readonly Certificate[] {
  const prints = facts.filter((fact): fact is CertificateFact => fact.kind === "certificate");
  const listings = facts.filter((fact): fact is StoreListingFact => fact.kind === "store-listing");
  const groups: CertificateFact[][] = [];
  const groupOf = new Map<string, CertificateFact[]>();
  for (const print of prints) {
    const keys = identitiesOf(print);
    const known = keys.map((key) => groupOf.get(key)).find((group) => group !== undefined);
    const group = known ?? [];
    if (known === undefined) groups.push(group);
    group.push(print);
    for (const key of keys) if (!groupOf.has(key)) groupOf.set(key, group);
  }
  joinFragments(groups);
  const listingsOf = new Map<CertificateFact, StoreListingFact[]>();
  for (const listing of listings) {
    for (const print of listing.certificates) {
      const known = listingsOf.get(print);
      if (known === undefined) listingsOf.set(print, [listing]);
      else known.push(listing);
    }
  }
  const issuerKeys = new Set<string>();
  for (const print of prints) {
    if (print.issuer !== null && print.subject !== null && !sameName(print.issuer.value, print.subject.value)) issuerKeys.add(nameKey(print.issuer.value));
  }
  return groups.map((group) => joinPrints(group, listingsOf, issuerKeys));
}

/** Subject and issuer alone (`openssl x509 -noout -subject -issuer`) are of the certificate with these names, if there is only one. */
function joinFragments(groups: CertificateFact[][]): void {
  const namesOf = (print: CertificateFact): string | null =>
    print.subject === null || print.issuer === null || print.subject.value.rdns.length === 0 ? null : `${nameKey(print.subject.value)} by ${nameKey(print.issuer.value)}`;
  const byNames = new Map<string, Set<CertificateFact[]>>();
  for (const group of groups) {
    for (const print of group) {
      const names = identitiesOf(print).length === 0 ? null : namesOf(print);
      if (names !== null) byNames.set(names, (byNames.get(names) ?? new Set()).add(group));
    }
  }
  for (const [index, group] of groups.entries()) {
    const [print] = group;
    if (print === undefined || print.section !== "fragment" || identitiesOf(print).length > 0) continue;
    const [home, another] = byNames.get(namesOf(print) ?? "") ?? [];
    if (home === undefined || another !== undefined || (print.notAfter !== null && home[0]?.notAfter?.value.earliest !== print.notAfter.value.earliest)) continue;
    home.push(print);
    groups[index] = [];
  }
  groups.splice(0, groups.length, ...groups.filter((group) => group.length > 0));
}

/** A complete thumbprint has 40 hexadecimal digits; a masked one identifies nothing. */
function identitiesOf(print: CertificateFact): readonly string[] {
  const keys: string[] = [];
  const sha1 = print.sha1Thumbprint?.value;
  if (sha1 !== undefined && sha1.length === 40 && isHex(sha1)) keys.push(`sha1 ${sha1}`);
  const serial = print.serialNumber?.value;
  if (serial !== undefined && isHex(serial) && print.issuer !== null && print.issuer.value.rdns.length > 0) {
    keys.push(`serial ${withoutLeadingZeros(serial)} ${nameKey(print.issuer.value)}`);
  }
  return keys;
}

function isHex(text: string): boolean {
  for (const character of text) if (!"0123456789abcdef".includes(character)) return false;
  return text.length > 0;
}

function withoutLeadingZeros(hex: string): string {
  let at = 0;
  while (at < hex.length - 1 && hex[at] === "0") at++;
  return hex.slice(at);
}

function joinPrints(group: readonly CertificateFact[], listingsOf: ReadonlyMap<CertificateFact, readonly StoreListingFact[]>, issuerKeys: ReadonlySet<string>): Certificate {
  const prints = [...group].sort((a, b) => tellingRank(b) - tellingRank(a)) as [CertificateFact, ...CertificateFact[]];
  const first = <T>(pick: (print: CertificateFact) => Printed<T>): Printed<T> => {
    for (const print of prints) {
      const value = pick(print);
      if (value !== null) return value;
    }
    return null;
  };
  const listings = prints.flatMap((print) => listingsOf.get(print) ?? []);
  const keyPrints = prints.filter((print) => print.key.linked !== null || print.key.container !== null || print.key.provider !== null);
  return {
    role: roleOf(prints, listings, issuerKeys),
    prints,
    subject: first((print) => print.subject),
    issuer: first((print) => print.issuer),
    serialNumber: first((print) => print.serialNumber),
    sha1Thumbprint: first((print) => print.sha1Thumbprint),
    notBefore: first((print) => print.notBefore),
    notAfter: first((print) => print.notAfter),
    publicKey: first((print) => print.publicKey),
    signatureAlgorithm: first((print) => print.signatureAlgorithm),
    template: first((print) => print.template),
    subjectAlternativeNames: first((print) => print.subjectAlternativeNames),
    subjectKeyIdentifier: first((print) => print.subjectKeyIdentifier),
    authorityKeyIdentifier: first((print) => print.authorityKeyIdentifier),
    keyUsage: extensionOf(prints, EXTENSION_OIDS.keyUsage, (print) => print.keyUsage),
    extendedKeyUsage: extensionOf(prints, EXTENSION_OIDS.extendedKeyUsage, (print) => print.extendedKeyUsage),
    ekuProperty: first((print) => print.enhancedKeyUsageProperty),
    applicationPolicies: first((print) => print.applicationPolicies),
    key: joinKeys(keyPrints.length > 0 ? keyPrints : prints),
    listings,
    span: prints[0].span,
  };
}

/** A print in the user's own store tells most, then any store, then a file; within them the one that prints extensions. */
function tellingRank(print: CertificateFact): number {
  const store = print.store?.value;
  const personal = store !== undefined && isPersonalStore(store.name);
  return (personal ? (store.scope === "user" ? 40 : 30) : print.section === "store" ? 20 : print.section === "verify" ? 0 : 10) + (print.extensionsPrinted ? 5 : 0);
}

function extensionOf<T>(prints: readonly CertificateFact[], oid: string, pick: (print: CertificateFact) => Printed<T>): Extension<T> {
  for (const print of prints) {
    const value = pick(print);
    if (value !== null) return { state: "present", value: value.value, span: value.span };
  }
  for (const print of prints) {
    const announced = print.announcedExtensions;
    // An extension whose heading is printed is there, even when the lines that say what it holds are lost.
    const isHeaded = print.extensionOids.some((one) => one.value === oid);
    if (print.extensionsPrinted && !isHeaded && announced !== null && announced.value === print.extensionOids.length) return { state: "absent", proof: announced.span };
  }
  return { state: "unknown" };
}

function joinKeys(prints: readonly CertificateFact[]): KeyAssociation {
  const first = <K extends keyof KeyAssociation>(field: K): KeyAssociation[K] => {
    for (const print of prints) if (print.key[field] !== null) return print.key[field];
    return null as KeyAssociation[K];
  };
  return {
    linked: first("linked"), container: first("container"), uniqueContainer: first("uniqueContainer"), provider: first("provider"),
    providerType: first("providerType"), flags: first("flags"), machineKeyset: first("machineKeyset"), keySpec: first("keySpec"),
    cngKeyUsage: first("cngKeyUsage"), tests: prints.flatMap((print) => print.key.tests), exportable: first("exportable"),
    error: first("error"), status: mostTellingStatus(prints),
  };
}

/** An outcome of a test tells more than "untested". */
function mostTellingStatus(prints: readonly CertificateFact[]): KeyAssociation["status"] {
  const all = prints.map((print) => print.key.status).filter((status) => status !== null);
  return all.find((status) => status.value !== "untested") ?? all[0] ?? null;
}

function roleOf(prints: readonly CertificateFact[], listings: readonly StoreListingFact[], issuerKeys: ReadonlySet<string>): Role {
  if (prints.some((print) => print.role === "server")) return "server";
  const stores = [...listings.map((listing) => listing.store.value.name), ...prints.flatMap((print) => (print.store === null ? [] : [print.store.value.name]))];
  if (stores.some(isPersonalStore)) return "candidate";
  if (stores.some(isAuthorityStore)) return "authority";
  if (prints.some((print) => print.isCa?.value === true)) return "authority";
  if (prints.some((print) => print.keyUsage?.value.names.includes("keyCertSign") === true)) return "authority";
  if (prints.some((print) => print.key.linked?.value === true)) return "candidate";
  if (prints.some((print) => print.subject !== null && issuerKeys.has(nameKey(print.subject.value)))) return "authority";
  // A root printed without its extensions: what signs itself and holds no key here is no client certificate.
  if (prints.some((print) => print.section === "verify" && print.subject !== null && print.issuer !== null && sameName(print.subject.value, print.issuer.value))) return "authority";
  return "candidate";
}

/** Subject and issuer are one name. */
export function isSelfIssued(certificate: Certificate): boolean {
  return certificate.subject !== null && certificate.issuer !== null && certificate.subject.value.rdns.length > 0
    && sameName(certificate.subject.value, certificate.issuer.value);
}
