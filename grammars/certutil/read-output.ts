import type { CertificateFact, DamageFact, ErrorCodeFact, Fact } from "../../src/model/fact.ts";
import { findErrorByHex } from "../../src/model/error-codes.ts";
import { lineOfSpan, located, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { type DayOrder, isPrintedDate } from "../shared/dates.ts";
import { readCommand, type TypedCommand } from "./command.ts";
import { EntryWalk, type Entry, type Field, type Line, type Plain } from "./entry.ts";
import { finishDraft, strangerOf, unknownLabel, type FinishedDraft, type StrangeLine, type Stranger } from "./finish-draft.ts";
import { labelOf } from "./labels/index.ts";
import { isHexValue, isPlaceholder } from "./line-kind.ts";
import { beginDraft, hasCertificate, withDayOrder, type Draft } from "./read-certificate.ts";
import { addChainLine, addElement, beginChain, isChainLine, readChain, type ChainDraft } from "./read-chain.ts";
import { wholeText } from "./read-extension.ts";
import { HRESULT, isProvider } from "./read-key.ts";
import { readListing, type ListingDraft } from "./read-listing.ts";

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

/** What one passage prints. How its dates are read is known only when those of all passages are. */
export interface Output {
  /** Dates that stand in it, each once. */
  readonly dates: ReadonlySet<string>;
  readonly reading: (order: DayOrder) => Reading;
}

/** The lines of a certificate or key that are being collected, with the listing and the verification they stand in. */
interface OpenDraft {
  readonly draft: Draft;
  readonly listing: ListingDraft | null;
  chain: ChainDraft | null;
}

/** Reads one passage, entry by entry. */
export function readOutput(passage: Passage): Output {
  const { source } = passage.span;
  const finished: FinishedDraft[] = [];
  const listings: ListingDraft[] = [];
  const chains: ChainDraft[] = [];
  const damage: DamageFact[] = [];
  const codes: ErrorCodeFact[] = [];
  const dates = new Set<string>();
  const strangers: Stranger[] = [];
  /** Lines without a known label since the last draft was finished. */
  let strange: StrangeLine[] = [];
  let open: OpenDraft | null = null;
  const now: State = { command: null, listing: null, draft: null, chain: null, region: "certificate", beforeBanner: null, ended: null };
  const isCard = passage.section === "scinfo";

  const closeDraft = (): void => { now.draft = null; now.chain = null; };
  const finishOpen = (next: Span | null): void => {
    if (open === null) return;
    const { draft, listing, chain } = open;
    const read = finishDraft(draft, chain, strange, now.ended !== null && now.ended.start > draft.start.start ? now.ended : next);
    finished.push(read);
    listing?.drafts.push(read);
    for (const stranger of read.strangers) strangers.push(stranger);
    strange = [];
    open = null;
  };
  const openDraft = (section: Draft["section"], number: number | null, at: Span): Draft => {
    finishOpen(at);
    const opened = beginDraft(section, number, at);
    opened.card = isCard;
    const typed = now.command?.store ?? null;
    opened.store = now.listing !== null ? now.listing.store : typed && located({ name: typed.value, scope: now.command?.scope ?? null }, typed.span);
    open = { draft: opened, listing: now.listing, chain: null };
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
      chains.push(now.chain);
      if (open !== null && now.draft !== null) open.chain ??= now.chain;
    }
    return now.chain;
  };
  const openListing = (store: Located<string>, at: Span): void => {
    closeDraft();
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

  const walk = new EntryWalk(passage);
  for (let entry = walk.next(); entry !== null; entry = walk.next()) {
    for (const date of datesIn(entry)) dates.add(date);
    const listed = now.listing;
    if (listed !== null && entry.kind !== "command") listed.end = entry.span;
    switch (entry.kind) {
      case "command": {
        closeDraft();
        now.command = readCommand(entry.text, entry.span);
        now.listing = null;
        now.region = now.command.verb === "scinfo" ? "cards" : "certificate";
        break;
      }
      case "store": {
        if (!entry.sure && !headsListing(walk)) {
          strange.push({ line: { kind: "text", id: null, text: entry.name.value, span: entry.span }, field: null });
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
        } else if (isNesting(entry, now.beforeBanner, walk)) {
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
          if (failed && now.draft !== null) now.draft.ending = entry;
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
      case "crl": now.region = "crl"; closeDraft(); return;
      case "request": now.region = "request"; closeDraft(); return;
      case "pkcs7": case "certificates-heading": case "element": case "password-prompt": case "side-note": return;
      case "readers": case "reader-status": case "analyzing": now.region = "cards"; if (field.id !== "readers") closeDraft(); return;
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
    if (field.id === null) strange.push({ line: field, field });
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
      closeDraft();
      now.region = "crl";
      return;
    }
    if (line.kind === "text") {
      if (!isExpectedText(text)) strange.push({ line, field: null });
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

  finishOpen(null);
  for (const one of strange) strangers.push(strangerOf(one, new Set()));
  return { dates, reading };

  function reading(order: DayOrder): Reading {
    const facts: Fact[] = [];
    const certificates = new Map<FinishedDraft, CertificateFact>();
    for (const draft of finished) {
      if (draft.certificate !== null) {
        const fact = withDayOrder({ ...draft.certificate, section: sectionOf(draft, draft.certificate) }, order);
        certificates.set(draft, fact);
        facts.push(fact);
      }
      facts.push(...draft.others);
    }
    const factOf = (draft: FinishedDraft): CertificateFact | null => certificates.get(draft) ?? null;
    for (const listing of listings) facts.push(readListing(listing, factOf));
    // A command that broke off before it printed a store's heading still says which store it was.
    if (listings.length === 0 && now.command?.store && (now.ended !== null || certificates.size > 0)) {
      const typed = now.command;
      const store = typed.store as Located<string>;
      const completed = now.ended === null ? null : located(!HRESULT.test(source.text.slice(now.ended.start, now.ended.end)), now.ended);
      facts.push(readListing({
        store: located({ name: store.value, scope: typed.scope }, store.span), start: typed.span, end: now.ended ?? typed.span, filter: typed.filter,
        drafts: [...certificates.keys()], completed, cut: null,
      }, factOf));
    }
    for (const chain of chains) {
      if (chain.elements.length > 0 || chain.status !== null || chain.result !== null) facts.push(readChain(chain));
    }
    facts.push(...damage, ...codes, ...truncation(certificates));
    const labels = new Map<string, DamageFact>();
    for (const { label, notUnderstood } of strangers) {
      if (label !== null && !labels.has(label.value)) labels.set(label.value, unknownLabel(label, notUnderstood === null));
    }
    facts.push(...labels.values());
    const lost = source.text.slice(passage.span.start, passage.span.end).indexOf("\uFFFD");
    if (lost >= 0) {
      const at = passage.span.start + lost;
      facts.push({ kind: "damage", format: "certutil", span: { source, start: at, end: at + 1 }, what: "encoding", says: "Characters were lost when the text was saved or decoded." });
    }
    return { facts, notUnderstood: strangers.map((stranger) => stranger.notUnderstood).filter((line) => line !== null) };
  }

  /** What a certificate of a listing turns out to be part of where no listing was printed, or where it is nested in something else. */
  function sectionOf(draft: FinishedDraft, { section, store }: CertificateFact): CertificateFact["section"] {
    if (section !== "fragment" && section !== "store") return section;
    if (draft.nested && store === null) return "pfx";
    return draft.number === null && now.listing === null ? "fragment" : section;
  }

  /** Certificates whose lines stop before the thumbprint, in an output whose end is missing. */
  function truncation(certificates: ReadonlyMap<FinishedDraft, CertificateFact>): readonly DamageFact[] {
    const last = finished.at(-1);
    const fact = last && certificates.get(last);
    if (now.ended !== null || !last || !fact || last.elision !== null || fact.section === "verify" || fact.section === "fragment" || last.saysRoot) return [];
    if (fact.sha1Thumbprint !== null || (fact.key.linked !== null && fact.serialNumber !== null)) return [];
    return [{ kind: "damage", format: "certutil", span: lineOfSpan(last.end), what: "truncated", says: "The output ends in the middle of a certificate." }];
  }
}

/** Dates that an entry prints as a value of its own. */
function datesIn(entry: Entry): readonly string[] {
  const lines = entry.kind === "element" ? entry.lines : entry.kind === "field" ? [entry] : [];
  return lines.map((line) => (line.kind === "field" ? line.value?.value ?? "" : "")).filter(isPrintedDate);
}

/** `my` heads a listing only directly before a banner or an ending, or directly after the command. */
function headsListing(walk: EntryWalk): boolean {
  const next = walk.ahead(1);
  return (next?.kind === "banner" && !next.closing) || walk.before?.kind === "command" || (next?.kind === "ending" && walk.before === null);
}

/** Entries in which a banner that opens a nesting is looked for the one that closes it. */
const longestNesting = 400;

/** A banner of a nesting: known words, or a second banner directly below the first one, or one that is closed again. */
function isNesting(entry: Extract<Entry, { kind: "banner" }>, before: Extract<Entry, { kind: "banner" }> | null, walk: EntryWalk): boolean {
  const id = labelOf(entry.words);
  if (id === "nesting-begin") return true;
  if (id === "certificate-banner") return false;
  if (before !== null) return true;
  for (let places = 1; places < longestNesting; places++) {
    const other = walk.ahead(places);
    if (other === null) return false;
    if (other.kind === "banner") return other.closing && other.number === entry.number && entry.number > 0 && sharesWord(other.words, entry.words);
  }
  return false;
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.toLowerCase().split(/[\s\u00A0]+/));
  return b.toLowerCase().split(/[\s\u00A0]+/).some((word) => words.has(word)) || [...a].some((letter) => letter > "\u2e80" && b.includes(letter));
}

