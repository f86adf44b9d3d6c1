import type { CstNode, IToken } from "chevrotain";
import type { CertificateFact, Fact, StoreListingFact, StoreName } from "../../src/model/fact.ts";
import type { Name } from "../../src/model/name.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { lineIndexAt, lineSpan, located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { bareCertificate, noKey } from "../shared/bare-certificate.ts";
import { readMoment, settleDayOrder, type DayOrder } from "../shared/dates.ts";
import { isCutName, readName } from "../shared/names/index.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** The properties of one object, by name. */
interface Draft {
  readonly properties: Map<string, Located<string>>;
  start: number;
  end: number;
}

/** A store that a heading or a command names, with what was listed below it. */
interface Listing {
  readonly store: Located<StoreName> | null;
  readonly drafts: Draft[];
  readonly at: Span;
}

function listingsOf(passage: Passage): readonly Listing[] {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const spanOf = (token: IToken): Span => ({ source, start: start + token.startOffset, end: start + token.startOffset + token.image.length });
  const bare = (token: IToken): Located<string> => {
    const trimmed = token.image.trim();
    const from = start + token.startOffset + Math.max(0, token.image.indexOf(trimmed));
    return located(trimmed, { source, start: from, end: from + trimmed.length });
  };
  const listings: Listing[] = [];
  let now = null as Listing | null;
  let draft = null as Draft | null;
  let last: string | null = null;
  let usageAt: number | null = null;
  const listing = (at: Span): Listing => {
    if (now === null) {
      now = { store: null, drafts: [], at };
      listings.push(now);
    }
    return now;
  };
  for (const line of nodesOf(parser.listing(), "line")) {
    const store = nodesOf(line, "storeLine")[0];
    if (store !== undefined) {
      const path = tokensOf(store, "StorePath")[0];
      if (path === undefined) continue;
      now = { store: storeOf(bare(path)), drafts: [], at: spanOf(path) };
      listings.push(now);
      draft = null;
      continue;
    }
    const header = nodesOf(line, "headerLine").flatMap((node) => tokensOf(node, "Header"))[0];
    if (header !== undefined) {
      // A third column of PowerShell 7 begins below its heading.
      const third = header.image.search(/[^ ] {2,}(?=[A-Z][A-Za-z]{5,40} *$)/);
      const column = third < 0 || /Subject *$/.test(header.image) ? null : header.image.lastIndexOf(header.image.trim().split(/ {2,}/).at(-1) ?? "");
      usageAt = column;
      listing(spanOf(header));
      continue;
    }
    const row = nodesOf(line, "row")[0];
    const thumbprint = row === undefined ? undefined : tokensOf(row, "Thumbprint")[0];
    if (row !== undefined && thumbprint !== undefined) {
      addRow(listing(spanOf(thumbprint)), row, thumbprint);
      continue;
    }
    const property: CstNode | undefined = nodesOf(line, "propertyLine")[0];
    const label = property === undefined ? undefined : tokensOf(property, "Property")[0];
    if (property !== undefined && label !== undefined) {
      const name = label.image.replace(/ {0,24}: ?$/, "");
      const value = tokensOf(property, "Value")[0];
      const at = spanOf(label);
      if (draft === null || draft.properties.has(name)) {
        draft = { properties: new Map(), start: at.start, end: at.end };
        listing(at).drafts.push(draft);
      }
      const printed = value === undefined ? located("", { ...at, start: at.end }) : bare(value);
      draft.properties.set(name, printed);
      draft.end = printed.span.end;
      last = name;
      continue;
    }
    // A long value goes on, indented below its beginning.
    const more = nodesOf(line, "textLine").flatMap((node) => [...tokensOf(node, "Text"), ...tokensOf(node, "StorePath")])[0];
    const begun = last === null ? undefined : draft?.properties.get(last);
    if (more !== undefined && draft !== null && begun !== undefined && last !== null) {
      const rest = bare(more);
      draft.properties.set(last, located(`${begun.value}${/[ ,]$/.test(begun.value) ? " " : ""}${rest.value}`, { ...begun.span, end: rest.span.end }));
      draft.end = rest.span.end;
    }
  }
  return listings;

  function addRow(to: Listing, row: CstNode, thumbprint: IToken): void {
    const at = spanOf(thumbprint);
    const text = tokensOf(row, "Text")[0];
    const properties = new Map([["Thumbprint", located(thumbprint.image, at)]]);
    let end = at.end;
    if (text !== undefined) {
      const whole = bare(text);
      const offset = usageAt === null ? -1 : at.start + usageAt - whole.span.start;
      const subject = offset > 0 && offset < whole.value.length ? whole.value.slice(0, offset).trimEnd() : whole.value;
      properties.set("Subject", located(subject, { ...whole.span, end: whole.span.start + subject.length }));
      end = whole.span.end;
    }
    to.drafts.push({ properties, start: at.start, end });
    draft = null;
  }
}

function storeOf(path: Located<string>): Located<StoreName> {
  const [place, name] = path.value.split("\\") as [string, string];
  return located({ name: name.trim().split(/ {1,}/)[0] ?? name, scope: place.toLowerCase() === "currentuser" ? "user" : "machine" }, path.span);
}

function nameOf(value: Located<string> | undefined): Located<Name> | null {
  if (value === undefined || value.value === "" || /^\[[A-Za-z]{1,20}\]$/.test(value.value)) return null;
  return located(readName(value.value, "rfc4514"), value.span);
}

/**
 * PowerShell prints what Windows calculates from the extension and from the store property together. A list with Client Authentication
 * shows that the extension has it; a list without it does not say which of the two lacks it.
 */
function purposesOf(value: Located<string> | undefined): CertificateFact["extendedKeyUsage"] {
  if (value === undefined || !/^\{[^{}]*\}$/.test(value.value) || /\.{3}\}$|\u2026\}$/.test(value.value)) return null;
  const oids = [...value.value.matchAll(/\((\d{1,2}(?:\.\d{1,20}){2,24})\)/g)].map((match) => match[1] as string);
  return oids.includes(EKU_OIDS.clientAuth) || oids.includes(EKU_OIDS.anyExtendedKeyUsage) ? located(oids, value.span) : null;
}

/** An object of a list may say itself where it lies. */
function ownStore(draft: Draft): Located<StoreName> | null {
  const path = draft.properties.get("PSParentPath");
  const at = path === undefined ? -1 : path.value.search(/(?:CurrentUser|LocalMachine)\\[A-Za-z0-9]/i);
  return path === undefined || at < 0 ? null : storeOf(located(path.value.slice(at), { ...path.span, start: path.span.start + at }));
}

function certificateOf(draft: Draft, named: Located<StoreName> | null, order: DayOrder, source: Span["source"]): CertificateFact | null {
  const { properties } = draft;
  const store = named ?? ownStore(draft);
  const thumbprint = properties.get("Thumbprint");
  const serial = properties.get("SerialNumber");
  const linked = properties.get("HasPrivateKey");
  const moment = (name: string): CertificateFact["notBefore"] => {
    const value = properties.get(name);
    const read = value === undefined ? null : readMoment(value.value, order);
    return value === undefined || read === null ? null : located(read, value.span);
  };
  const purposes = purposesOf(properties.get("EnhancedKeyUsageList"));
  const fact = bareCertificate({
    format: "cert-drive", section: store === null ? "fragment" : "store", span: { source, start: draft.start, end: draft.end }, store,
    sha1Thumbprint: thumbprint === undefined || !/^[0-9A-F]{40}$/i.test(thumbprint.value) ? null : located(thumbprint.value.toLowerCase(), thumbprint.span),
    serialNumber: serial === undefined || !/^[0-9A-F]{2,80}$/i.test(serial.value) ? null : located(serial.value.toLowerCase().replace(/^00(?=[89a-f])/, ""), serial.span),
    subject: nameOf(properties.get("Subject")), issuer: nameOf(properties.get("Issuer")), notBefore: moment("NotBefore"), notAfter: moment("NotAfter"), extendedKeyUsage: purposes,
    key: linked === undefined || !/^(?:True|False)$/i.test(linked.value) ? noKey : { ...noKey, linked: located(linked.value.toLowerCase() === "true", linked.span) },
  });
  return fact.sha1Thumbprint === null && fact.subject === null && fact.serialNumber === null ? null : fact;
}

/** PowerShell prints nothing behind the last certificate, so no listing is known to be whole. */
function listingFact(listing: Listing, certificates: readonly CertificateFact[]): readonly StoreListingFact[] {
  if (listing.store === null) return [];
  return [{
    kind: "store-listing", format: "cert-drive", span: listing.at, store: listing.store, certificates, completed: null, cut: null,
    verbose: certificates.some((one) => one.issuer !== null),
  }];
}

function readPassage(passage: Passage): Reading {
  const { source } = passage.span;
  const listings = listingsOf(passage);
  const dates = listings.flatMap(({ drafts }) => drafts.flatMap(({ properties }) => ["NotBefore", "NotAfter"].flatMap((name) => properties.get(name)?.value ?? [])));
  const order = settleDayOrder(dates);
  const facts = listings.flatMap((listing): readonly Fact[] => {
    const certificates = listing.drafts.map((draft) => certificateOf(draft, listing.store, order, source)).filter((fact) => fact !== null);
    return [...listingFact(listing, certificates), ...certificates];
  });
  const notUnderstood = listings.flatMap(({ drafts }) => drafts).filter(({ properties }) => [...properties.values()].every((value) => value.value === "" || isCutName(value.value)))
    .map((draft) => lineSpan(source, lineIndexAt(source, draft.start)));
  return { facts, notUnderstood };
}

/** Reads claimed listings: the store, and one fact a certificate. */
export function read(passages: readonly Passage[]): Reading {
  const readings = passages.map(readPassage);
  return { facts: readings.flatMap((reading) => reading.facts), notUnderstood: readings.flatMap((reading) => reading.notUnderstood) };
}
