import type { DamageFact, ErrorCodeFact, Fact, StoreListingFact, StoreName } from "../../src/model/fact.ts";
import { findErrorByHex } from "../../src/model/error-codes.ts";
import { compareSpans, lineIndexAt, lineSpan, located, type Located, type SourceText, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { type DayOrder, isPrintedDate, settleDayOrder } from "../shared/dates.ts";
import { readCommand, type TypedCommand } from "./command.ts";
import { readEntries, type Entry, type Field, type Line, type Plain } from "./entry.ts";
import { labelOf } from "./labels/index.ts";
import { isHexValue, isPlaceholder, isProviderName } from "./line-kind.ts";
import { addChainLine, addElement, beginChain, elementFields, isChainLine, readChain, type ChainDraft } from "./read-chain.ts";
import { beginDraft, hasCertificate, hasKey, readCertificate, readLooseKey, type Draft } from "./read-certificate.ts";
import { wholeText } from "./read-extension.ts";
import { HRESULT, isProvider } from "./read-key.ts";

/** So many labels of one certificate that no table knows show a language that no table knows. */
const LABELS_OF_A_LANGUAGE = 3;

/** Reads all passages of one or more stretches of text; facts in order of place. */
export function read(passages: readonly Passage[]): Reading {
  const outputs = passages.map((passage) => ({ passage, entries: readEntries(passage) }));
  const orders = new Map<SourceText, DayOrder>();
  for (const { passage } of outputs) {
    const { source } = passage.span;
    if (orders.has(source)) continue;
    orders.set(source, settleDayOrder(outputs.filter((other) => other.passage.span.source === source).flatMap((other) => datesIn(other.entries))));
  }
  const readings = outputs.map(({ passage, entries }) => readOutput(passage, entries, orders.get(passage.span.source) ?? "unsettled"));
  return {
    facts: readings.flatMap((reading) => reading.facts).sort((a, b) => compareSpans(a.span, b.span)),
    notUnderstood: readings.flatMap((reading) => reading.notUnderstood),
  };
}

function datesIn(entries: readonly Entry[]): readonly string[] {
  const fields = entries.flatMap((entry): readonly Line[] => (entry.kind === "element" ? entry.lines : entry.kind === "field" ? [entry] : []));
  return fields.filter((line): line is Field => line.kind === "field" && line.value !== null).map((field) => field.value?.value ?? "").filter(isPrintedDate);
}

interface ListingDraft {
  readonly store: Located<StoreName>;
  readonly start: Span;
  end: Span;
  readonly filter: Located<string> | null;
  readonly drafts: Draft[];
  completed: Located<boolean> | null;
  cut: Located<string> | null;
}

/** What the fields now read belong to; those of a list of revoked certificates, of a request or of a summary are no certificate's. */
type Region = "certificate" | "crl" | "request" | "cards";

/** Where the reader stands in an output. */
interface State {
  command: TypedCommand | null;
  listing: ListingDraft | null;
  draft: Draft | null;
  chain: ChainDraft | null;
  region: Region;
  /** The opening banner directly before the line now read. */
  beforeBanner: Extract<Entry, { kind: "banner" }> | null;
  /** The final line of the command. */
  ended: Span | null;
}

function readOutput(passage: Passage, entries: readonly Entry[], order: DayOrder): Reading {
  const { source } = passage.span;
  const drafts: Draft[] = [];
  const listings: ListingDraft[] = [];
  const chains: { readonly chain: ChainDraft; readonly draft: Draft | null }[] = [];
  const damage: DamageFact[] = [];
  const codes: ErrorCodeFact[] = [];
  const strangers: { readonly line: Line; readonly field: Field | null }[] = [];
  const now: State = { command: null, listing: null, draft: null, chain: null, region: "certificate", beforeBanner: null, ended: null };
  const isCard = passage.section === "scinfo";

  const finishDraft = (): void => { now.draft = null; now.chain = null; };
  const openDraft = (section: Draft["section"], number: number | null, at: Span): Draft => {
    const opened = beginDraft(section, number, at);
    opened.card = isCard;
    const typed = now.command?.store ?? null;
    opened.store = now.listing !== null ? now.listing.store : typed && located({ name: typed.value, scope: now.command?.scope ?? null }, typed.span);
    drafts.push(opened);
    now.listing?.drafts.push(opened);
    now.draft = opened;
    now.chain = null;
    return opened;
  };
  const currentDraft = (at: Span): Draft => now.draft ?? openDraft(looseSection(), null, at);
  const looseSection = (): Draft["section"] => (now.command?.verb === "verify" ? "verify" : isCard ? "scinfo" : now.listing !== null ? "store" : now.command?.verb === "dump" ? "dump" : "fragment");
  const currentChain = (at: Span): ChainDraft => {
    if (now.chain === null) {
      now.chain = beginChain(at, now.command?.verb === "verify" || now.command?.verb === "verifystore" ? now.command.scope : null);
      const leaf = now.draft?.lines.find((line): line is Field => line.kind === "field" && line.id === "cert-hash" && line.hash === "sha1");
      if (leaf?.value && isHexValue(leaf.value.value)) now.chain.leaf = located(leaf.value.value.replace(/[\s\u00A0]/g, "").toLowerCase(), leaf.value.span);
      chains.push({ chain: now.chain, draft: now.draft });
    }
    return now.chain;
  };
  const openListing = (store: Located<string>, at: Span): void => {
    finishDraft();
    now.listing = {
      store: located({ name: store.value, scope: now.command?.scope ?? null }, store.span), start: at, end: at,
      filter: now.command?.filter ?? null, drafts: [], completed: null, cut: null,
    };
    listings.push(now.listing);
  };
  const noteCode = (line: { readonly span: Span }, text: string): void => {
    const found = HRESULT.exec(text);
    if (!found) return;
    const code = `0x${(found[1] as string).toLowerCase()}`;
    codes.push({ kind: "error-code", format: "certutil", span: line.span, name: found[2] ?? findErrorByHex(code)?.name ?? code, code });
  };

  for (const [index, entry] of entries.entries()) {
    const listed = now.listing;
    if (listed !== null && entry.kind !== "command") listed.end = entry.span;
    switch (entry.kind) {
      case "command": {
        finishDraft();
        now.command = readCommand(entry.text, entry.span);
        now.listing = null;
        now.region = now.command.verb === "scinfo" ? "cards" : "certificate";
        break;
      }
      case "store": {
        if (!entry.sure && !headsListing(entries, index)) {
          strangers.push({ line: { kind: "text", id: null, text: entry.name.value, span: entry.span }, field: null });
          break;
        }
        openListing(entry.name, now.command !== null && (now.listing === null) ? now.command.span : entry.span);
        now.region = "certificate";
        break;
      }
      case "banner": {
        const current = now.draft;
        if (entry.closing) {
          if (current !== null) { current.end = entry.span; }
        } else if (isNesting(entry, now.beforeBanner, entries, index)) {
          if (current === null || hasCertificate(current)) openDraft("dump", null, entry.span).nested = true;
          else { current.nested = true; if (current.section === "store" && now.listing === null) current.section = "pfx"; }
          now.region = "certificate";
        } else {
          openDraft(isCard ? "scinfo" : "store", entry.number, entry.span);
          now.region = "certificate";
        }
        break;
      }
      case "extension": {
        if (now.region === "crl" || now.region === "request") break;
        const current = currentDraft(entry.span);
        current.extensions.push(entry);
        current.extensionsAt ??= current.lines.length;
        current.end = entry.span;
        noteElisions(entry.lines, current);
        break;
      }
      case "property": {
        const current = currentDraft(entry.span);
        current.properties.push(entry);
        current.end = entry.span;
        // In a language nobody has seen, the first lines of the key stand inside the property: the provider's name comes after them.
        if (entry.number === 2) current.lines.push(...entry.lines);
        noteElisions(entry.lines, current);
        break;
      }
      case "element": {
        const current = currentChain(entry.span);
        addElement(current, entry);
        for (const line of entry.lines) {
          if (line.kind === "elision") noteElision(line.span, now.draft);
        }
        break;
      }
      case "ending": {
        if (/^CertUtil: ?[-\u2013\u2014]/i.test(entry.text)) {
          const failed = HRESULT.test(entry.text);
          now.ended = entry.span;
          if (now.listing !== null) now.listing.completed = located(!failed, entry.span);
          const last = drafts.at(-1);
          if (failed && last !== undefined && now.draft === last) last.ending = entry;
          if (failed) noteCode(entry, entry.text);
          if (now.chain !== null) now.chain.end = entry.span;
        } else noteCode(entry, entry.text);
        break;
      }
      case "field": readField(entry); break;
      default: readPlain(entry);
    }
    if (entry.kind === "banner") now.beforeBanner = entry.closing ? null : entry;
    else if (!(entry.kind === "status" && entry.id === "archived")) now.beforeBanner = null;
  }

  function noteElisions(lines: readonly Line[], of: Draft): void {
    for (const line of lines) if (line.kind === "elision") noteElision(line.span, of);
  }

  function noteElision(span: Span, of: Draft | null): void {
    const isFirst = of === null ? damage.length === 0 : of.elision === null;
    if (of !== null) of.elision ??= span;
    if (now.listing !== null) now.listing.cut ??= located("lines were left out", span);
    if (isFirst) damage.push({ kind: "damage", format: "certutil", span, what: "truncated", says: "Lines were left out here by whoever copied the output." });
  }

  function readField(field: Field): void {
    switch (field.id) {
      case "x509": {
        now.region = "certificate";
        const current = now.draft;
        const opened = current === null || hasCertificate(current) ? openDraft(current?.section === "pfx" ? "pfx" : now.listing !== null ? "store" : "dump", null, field.span) : current;
        opened.long = true;
        opened.end = field.span;
        return;
      }
      case "crl": now.region = "crl"; finishDraft(); return;
      case "request": now.region = "request"; finishDraft(); return;
      case "pkcs7": case "certificates-heading": case "element": case "password-prompt": case "side-note": return;
      case "readers": case "reader-status": case "analyzing": now.region = "cards"; if (field.id !== "readers") finishDraft(); return;
      case "reader": case "card": case "card-status": case "answer-to-reset": return;
    }
    if (now.region === "cards" && now.draft === null) {
      // The list of readers: `  0: Contoso Smart Card Reader 0`, `--- 상태: …`
      if (field.id === null || !field.label.value.trim()) return;
    }
    if (now.chain !== null && field.id !== "cert-serial-number" && (isChainLine(field) || inSummary(field))) {
      addChainLine(now.chain, field);
      return;
    }
    if (isChainLine(field)) {
      addChainLine(currentChain(field.span), field);
      return;
    }
    if (now.region === "crl") return;
    if (now.region === "request") {
      if (isProvider(field) || field.id === "key-spec") currentRequestKey(field).lines.push(field);
      return;
    }
    const current = draftFor(field);
    current.lines.push(field);
    current.end = field.span;
    if (field.id === null || field.id === "error") {
      const text = wholeText(field);
      if (HRESULT.test(text)) noteCode(field, text);
    }
    if (field.id === null) strangers.push({ line: field, field });
  }

  /** The key lines of a certificate request stand for themselves. */
  function currentRequestKey(field: Field): Draft {
    const opened = now.draft ?? openDraft("fragment", null, field.span);
    opened.isRequest = true;
    opened.end = field.span;
    return opened;
  }

  /** After the elements of a chain, `Issuer:` and the like repeat what they said. */
  function inSummary(field: Field): boolean {
    if (now.chain === null || now.chain.elements.length === 0) return false;
    return field.id === "issuer" || field.id === "subject" || field.id === "not-before" || field.id === "not-after" || field.id === "element-serial"
      || field.id === "element-hash" || field.id === null;
  }

  /** The draft a field belongs to; a second serial number, heading or key container begins another one. */
  function draftFor(field: Field): Draft {
    const current = now.draft;
    if (current === null) return openDraft(looseSection(), null, field.span);
    const repeats = (id: Field["id"]): boolean => current.lines.some((line) => line.kind === "field" && line.id === id && (line.value !== null || line.names.length > 0));
    const isLoose = current.number === null || !hasCertificate(current);
    if (field.id === "serial-number" && repeats("serial-number")) return openDraft(current.section, null, field.span);
    if (field.id === "issuer" && repeats("issuer") && repeats("subject") && !current.nested) return openDraft(current.section, null, field.span);
    if (field.id === "key-container" && !isCard && isLoose && !hasCertificate(current) && repeats("key-container")) return openDraft(current.section, null, field.span);
    return current;
  }

  function readPlain(line: Plain): void {
    if (line.kind === "elision") {
      noteElision(line.span, now.draft);
      return;
    }
    if (now.region === "cards" && now.draft === null) return;
    const text = line.text;
    if (line.id === "valid" || isChainLine(line) || (now.chain !== null && line.kind !== "status")) {
      addChainLine(currentChain(line.span), line);
      if (HRESULT.test(text)) noteCode(line, text);
      return;
    }
    if (HRESULT.test(text)) {
      noteCode(line, text);
      if (now.command?.verb === "verifystore" || now.command?.verb === "verify") {
        addChainLine(currentChain(line.span), line);
        return;
      }
    }
    if (now.region === "request" || now.region === "crl") return;
    if (/^CERT_ID_[A-Z]/.test(text)) {
      // Who signed a message: a name and a serial number, but no certificate.
      finishDraft();
      now.region = "crl";
      return;
    }
    if (line.kind === "text") {
      if (!isExpectedText(text)) strangers.push({ line, field: null });
      else if (now.draft !== null) { now.draft.end = line.span; }
      return;
    }
    const current = now.draft;
    if (current === null) {
      if (line.kind === "status" && line.id !== null) currentDraft(line.span).lines.push(line);
      else if (line.kind === "constant") currentDraft(line.span).lines.push(line);
      return;
    }
    current.lines.push(line);
    current.end = line.span;
  }

  /** Text without a label that certutil prints: the name of a key below `UI Policy`, `RSA`, a masked line, an OID. */
  function isExpectedText(text: string): boolean {
    const id = labelOf(text);
    if (id !== null || isPlaceholder(text) || /^\W{0,200}$/.test(text)) return true;
    if (/^(?:RSA|DSA|DH|ECDSA\w*|ECDH\w*|[A-Z]{2,8}:\S*)$/.test(text) || /^\d{1,2}(?:\.\d{1,20}){2,24}(?:[ \u00A0]|$)/.test(text) || /^0x[0-9a-f]{1,8}\b/i.test(text)) return true;
    if (/^(?:importpfx|addstore)$/.test(now.command?.verb ?? "") && /["\u201C\u201E\u00AB]/.test(text)) return true;
    const current = now.draft;
    if (current === null) return false;
    const names = current.lines.filter((line): line is Field => line.kind === "field" && ["key-container", "unique-container", "simple-container"].includes(line.id ?? ""));
    if (names.some((field) => field.value?.value === text)) return true;
    const before = current.lines.at(-1);
    return before?.kind === "field" && (before.id === "ui-policy" || before.id === "version" || before.id === "algorithm-parameters");
  }

  return assemble();

  function assemble(): Reading {
    const facts: Fact[] = [];
    const placed = new Set<Field>();
    const details = new Set(drafts.flatMap(algorithmDetails));
    const certificates = new Map<Draft, Extract<Fact, { kind: "certificate" }>>();
    for (const each of drafts) {
      const verified = chains.find((other) => other.draft === each)?.chain ?? null;
      if (!hasCertificate(each)) {
        if (hasKey(each) || each.lines.some((line) => line.id === "no-provider" || line.id === "missing-keyset" || line.id === "cannot-open")) {
          const key = readLooseKey(each);
          // A request names the provider its key was made with; no certificate is linked to the key yet.
          facts.push({ kind: "key-block", format: "certutil", span: { ...each.start, end: each.end.end }, key: each.isRequest ? { ...key, linked: null, status: null } : key });
        }
        noteKeyFields(each, placed);
        continue;
      }
      if (each.section === "fragment" || each.section === "store") {
        if (each.number === null && each.section === "store" && now.listing === null) each.section = "fragment";
        if (each.nested && each.store === null) each.section = "pfx";
      }
      if (verified !== null && each.section === "verify") completeFromElement(each, verified);
      const read = readCertificate(each, order);
      for (const field of read.placed) placed.add(field);
      noteKeyFields(each, placed);
      certificates.set(each, read.fact);
      facts.push(read.fact, ...read.damage);
    }
    for (const each of listings) facts.push(listingFact(each));
    // A command that broke off before it printed a store's heading still says which store it was.
    if (listings.length === 0 && now.command?.store && (now.ended !== null || certificates.size > 0)) {
      const typed = now.command;
      const store = typed.store as Located<string>;
      const completed = now.ended === null ? null : located(!HRESULT.test(source.text.slice(now.ended.start, now.ended.end)), now.ended);
      facts.push(listingFact({
        store: located({ name: store.value, scope: typed.scope }, store.span), start: typed.span, end: now.ended ?? typed.span, filter: typed.filter,
        drafts: drafts.filter((each) => certificates.has(each)), completed, cut: null,
      }));
    }
    for (const { chain: each } of chains) {
      if (each.elements.length > 0 || each.status !== null || each.result !== null) facts.push(readChain(each));
    }
    facts.push(...damage, ...codes, ...truncation(certificates));
    const unknownLabels = new Set<string>();
    const notUnderstood: Span[] = [];
    for (const { line, field } of strangers) {
      const isPlaced = field !== null && placed.has(field);
      if (field !== null && details.has(field)) continue;
      if (!isPlaced) notUnderstood.push(lineOf(line.span));
      if (field === null || isProviderName(field.label.value) || (!isPlaced && !looksLikeLabel(field))) continue;
      const label = field.label.value.replace(/[ \u00A0]?\([a-z0-9-]{3,14}\)$/, "").replace(/[\s\u00A0]+/g, " ");
      if (unknownLabels.has(label)) continue;
      unknownLabels.add(label);
      facts.push({
        kind: "damage", format: "certutil", span: field.label.span, what: "unknown-label",
        says: `The label "${label}" is in no table of labels; ${isPlaced ? "its meaning was taken from its place" : "its line was not read"}.`,
      });
    }
    if (/\uFFFD/.test(source.text.slice(passage.span.start, passage.span.end))) {
      const at = passage.span.start + source.text.slice(passage.span.start, passage.span.end).indexOf("\uFFFD");
      facts.push({ kind: "damage", format: "certutil", span: { source, start: at, end: at + 1 }, what: "encoding", says: "Characters were lost when the text was saved or decoded." });
    }
    return { facts, notUnderstood };

    function listingFact(each: ListingDraft): StoreListingFact {
      const listed = each.drafts.map((other) => certificates.get(other)).filter((fact) => fact !== undefined);
      const gap = each.filter === null ? gapIn(each.drafts) : null;
      return {
        kind: "store-listing", format: "certutil", span: { ...each.start, end: Math.max(each.start.end, each.end.end) }, store: each.store,
        certificates: listed, completed: each.completed, cut: each.cut ?? gap ?? lostIn(each), verbose: each.drafts.some((other) => other.long), filter: each.filter,
      };
    }

    /** A certificate of a listing that lacks what every listing prints, or with lines nobody knows in it: lines around them may be lost too. */
    function lostIn(each: ListingDraft): Located<string> | null {
      for (const other of each.drafts) {
        const fact = certificates.get(other);
        if (fact === undefined) continue;
        if (fact.serialNumber === null || fact.issuer === null || fact.subject === null) return located("a certificate of it is printed without its number or its names", other.start);
        // In the long form such lines are mostly the ends of broken ones.
        if (other.long || other.extensions.length > 0) continue;
        // In a language without a table every line is one that nobody knows.
        if ([...placed].filter((field) => field.span.start > other.start.start && field.span.end <= other.end.end).length >= LABELS_OF_A_LANGUAGE) continue;
        const stranger = strangers.find(({ line, field }) => (field === null || (!placed.has(field) && !details.has(field)))
          && line.span.start > other.start.start && line.span.end <= other.end.end);
        if (stranger !== undefined) return located("a line of it is damaged", lineOf(stranger.line.span));
      }
      return null;
    }

    /** Certificates whose lines stop before the thumbprint, in an output whose end is missing. */
    function truncation(read: ReadonlyMap<Draft, Extract<Fact, { kind: "certificate" }>>): readonly DamageFact[] {
      const last = drafts.at(-1);
      const fact = last && read.get(last);
      if (now.ended !== null || !last || !fact || last.elision !== null || fact.section === "verify" || fact.section === "fragment") return [];
      if (last.lines.some((line) => line.id === "root" || line.id === "non-root")) return [];
      if (fact.sha1Thumbprint !== null || (fact.key.linked !== null && fact.serialNumber !== null)) return [];
      return [{ kind: "damage", format: "certutil", span: lineOf(last.end), what: "truncated", says: "The output ends in the middle of a certificate." }];
    }
  }

  /** Notes the unknown labels whose meaning follows from their place among the lines of a key, or that head other lines. */
  function noteKeyFields(each: Draft, placed: Set<Field>): void {
    const fields = each.lines.filter((line) => line.kind === "field");
    const at = fields.findIndex(isProvider);
    for (const [index, field] of fields.entries()) {
      if (field.id !== null) continue;
      const nearKey = at >= 0 && index >= at - 2 && index <= at + 3 && (field.sign === "=" || (index < at && fields[index - 1]?.sign === "="));
      const isHeading = field.value === null && field.names.length === 0 && (each.long || each.extensions.length > 0);
      const isSmall = field.sign === ":" && /^[1-3]$|=[ \u00A0]?0$/.test(field.value?.value ?? "") && index < 40;
      if (nearKey || isHeading || isSmall || field.hash !== null || isProviderName(field.label.value)) placed.add(field);
    }
  }

  function lineOf(span: Span): Span {
    return lineSpan(source, lineIndexAt(source, span.start));
  }
}

/** Fills dates and thumbprint of a verified certificate from the first element of its chain, which repeats it. */
function completeFromElement(draft: Draft, chain: ChainDraft): void {
  const element = chain.elements.find((entry) => entry.index === 0);
  if (element === undefined) return;
  const { serial } = elementFields(element);
  const own = draft.lines.find((line): line is Field => line.kind === "field" && (line.id === "cert-serial-number" || line.id === "serial-number"));
  const normal = (field: Field | null | undefined): string => (field?.value?.value ?? "").replace(/[\s\u00A0]/g, "").toLowerCase();
  if (own !== undefined && serial !== null && normal(own) !== normal(serial)) return;
  const has = (id: Field["id"]): boolean => draft.lines.some((line) => line.kind === "field" && line.id === id && (line.value !== null || line.names.length > 0));
  for (const line of element.lines) {
    if (line.kind !== "field") continue;
    if (line.id === "element-hash") draft.lines.push({ ...line, id: "cert-hash", hash: "sha1" });
    else if (line.id === "element-serial") { if (own === undefined) draft.lines.push({ ...line, id: "serial-number" }); }
    else if (line.id !== null && !has(line.id)) draft.lines.push(line);
  }
}

/** `my` heads a listing only directly before a banner or an ending, or directly after the command. */
function headsListing(entries: readonly Entry[], index: number): boolean {
  const next = entries[index + 1];
  const before = entries[index - 1];
  return (next?.kind === "banner" && !next.closing) || before?.kind === "command" || (next?.kind === "ending" && before === undefined);
}

/** A banner of a nesting: known words, or a second banner directly below the first one, or one that is closed again. */
function isNesting(entry: Extract<Entry, { kind: "banner" }>, before: Extract<Entry, { kind: "banner" }> | null, entries: readonly Entry[], index: number): boolean {
  const id = labelOf(entry.words);
  if (id === "nesting-begin") return true;
  if (id === "certificate-banner") return false;
  if (before !== null) return true;
  for (const other of entries.slice(index + 1, index + 400)) {
    if (other.kind !== "banner") continue;
    return other.closing && other.number === entry.number && entry.number > 0 && sharesWord(other.words, entry.words);
  }
  return false;
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.toLowerCase().split(/[\s\u00A0]+/));
  return b.toLowerCase().split(/[\s\u00A0]+/).some((word) => words.has(word)) || [...a].some((letter) => letter > "\u2e80" && b.includes(letter));
}

/** A gap in the numbers of the banners, in words; null: they run on. */
function gapIn(drafts: readonly Draft[]): Located<string> | null {
  let expected = 0;
  for (const draft of drafts) {
    if (draft.number === null) continue;
    if (draft.number !== expected) return located(`certificate ${draft.number} follows where ${expected} was expected`, draft.start);
    expected = draft.number + 1;
  }
  return null;
}

/** Lines between `Algorithm Parameters:` and the next known label: a curve, the hash and the salt of RSASSA-PSS. */
function algorithmDetails(draft: Draft): readonly Field[] {
  const details: Field[] = [];
  let inParameters = false;
  for (const line of draft.lines) {
    if (line.kind !== "field") continue;
    if (line.id !== null || line.names.length > 0) inParameters = line.id === "algorithm-parameters";
    else if (inParameters || /^\d{1,2}(?:\.\d{1,20}){2,24}/.test(line.label.value)) details.push(line);
  }
  return details;
}

/** A label of few words with a value; `However, this one does:` or `Note: it fails.` is prose around the output. */
function looksLikeLabel(field: Field): boolean {
  const label = field.label.value;
  if (field.value === null || label.length > 60 || label.split(/[\s\u00A0]+/).length > 6 || label.includes(",")) return false;
  const words = field.value.value.split(/[\s\u00A0]+/);
  return !(words.length >= 3 && /[.!?]$/.test(field.value.value) && words.every((word) => /^[\p{L}'\u2019.,!?()-]{1,40}$/u.test(word)));
}
