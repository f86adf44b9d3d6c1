import type { Place } from "../text/source-text.ts";
import { type Block, type Excerpt, type MatrixCell, type Phrase, phrase, type Words, words } from "./document.ts";
import type {
  CannotTell, Citation, CriterionVerdict, Finding, IssuerList, Missing, PathStation, Report, Selection, Station, Step, Weight,
} from "./report.ts";

// How much of a long list is shown before the rest is only counted. A screen has about forty lines.
const EVIDENCE_SHOWN = 4;
const NAMES_SHOWN = 6;
const NAMES_SHOWN_BESIDE_MATCHES = 3;
const MATRIX_COLUMNS = 5;
const CERTIFICATES_SHOWN = 10;
const SELECTIONS_SHOWN = 3;
const COLLECT_SHOWN = 6;
const COLLECT_SHOWN_BESIDE_PROOF = 3;
const RULED_OUT_SHOWN = 12;
const UNREAD_SHOWN = 5;
const DAMAGE_SHOWN = 8;

/** Questions the stations answer, in the words of an administrator. */
const STATIONS: Readonly<Record<Station, { readonly name: string; readonly ok: string; readonly broken: string; readonly unknown: string }>> = {
  asked: { name: "asked", ok: "The server asked for a certificate.", broken: "The server did not ask for a certificate.", unknown: "Whether the server asked cannot be told." },
  listed: {
    name: "listed", ok: "A CA of the certificate's chain is acceptable to the server.", broken: "No CA of the certificate's chain is acceptable to the server.",
    unknown: "Whether the server accepts a CA of the certificate's chain cannot be told.",
  },
  candidates: {
    name: "candidates", ok: "The searched store holds a certificate with a private key.", broken: "The searched store holds no certificate with a private key.",
    unknown: "What the searched store holds cannot be told.",
  },
  selected: {
    name: "selected", ok: "A certificate meets every criterion.", broken: "No certificate meets every criterion.", unknown: "Whether a certificate meets every criterion cannot be told.",
  },
  usable: { name: "usable", ok: "Its key can sign what this handshake needs.", broken: "Its key cannot sign what this handshake needs.", unknown: "Whether its key can sign cannot be told." },
  sent: { name: "sent", ok: "A certificate left the client.", broken: "No certificate left the client.", unknown: "Whether a certificate left the client cannot be told." },
  accepted: { name: "accepted", ok: "The server took the certificate.", broken: "The server accepted no certificate.", unknown: "Whether the server took the certificate cannot be told." },
};

const WEIGHTS: Readonly<Record<Weight, string>> = {
  proved: "proved: the inputs hold every fact this needs, and nothing else explains them",
  likely: "likely: the facts fit and nothing contradicts, but a fact that could overturn it is missing",
  possible: "possible: consistent with the inputs, worth a check",
};

const CRITERIA: Readonly<Record<string, string>> = {
  HAS_PRIVATE_KEY: "has a private key", NOT_EXPIRED: "within its validity", KEY_USAGE: "Key Usage", ENHKEY_USAGE: "Enhanced Key Usage", ISSUER_NAME: "issuer in the list",
  HAS_KEY_FOR_SIGNATURE: "key for signature", HAS_KEY_FOR_KEY_EXCHANGE: "key for key exchange", TRUSTED_ROOT: "trusted root", NOT_SELF_SIGNED: "not self-signed",
  HARDWARE_ONLY: "key in hardware", NOT_DUPLICATE: "no duplicate", STORE: "in the searched store",
};

/** Verdict words of the matrix. */
const VERDICTS: Readonly<Record<CriterionVerdict["verdict"], Phrase>> = {
  meets: phrase("good", "meets"), fails: phrase("bad", "FAILS"), unknown: phrase("doubt", "unknown"),
};

const SELECTABLE: Readonly<Record<"yes" | "no" | "unknown", Phrase>> = {
  yes: phrase("good", "selectable"), no: phrase("bad", "not selectable"), unknown: phrase("doubt", "not decidable from the inputs"),
};

const MACHINES: Readonly<Record<"client" | "server" | "ca", string>> = { client: "on the client", server: "on the server", ca: "at the CA" };

const FORMATS: Readonly<Record<string, string>> = {
  strace: "STRACE log", s_client: "s_client transcript", certutil: "certutil output", traces: "other lines", curl: "curl transcript",
  "java-debug": "Java TLS log", "gnutls-cli": "gnutls-cli transcript", "openssl-config": "OpenSSL configuration", "net-export": "Chrome net-export", wireshark: "Wireshark text",
  "x509-text": "certificate in words", pem: "certificate file", keytool: "Java key store", "cert-drive": "PowerShell listing", "netsh-sslcert": "certificate bindings",
  "w3c-log": "server log", "windows-event": "Windows event", "key-rights": "accounts and rights of key files", "openssl-verify": "openssl verify",
};

/** `3 lines`, `1 line`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `strace.log:12:3`. */
export function placeText(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** `2026-03-02T08:14:11.000Z` as `2026-03-02 08:14:11 UTC`. */
function momentText(iso: string): string {
  return iso.replace("T", " ").replace(/(?:\.\d{1,9})?Z$/, " UTC");
}

function heading(level: 1 | 2 | 3, ...text: readonly (string | Phrase)[]): Block {
  return { kind: "heading", level, text: words(...text) };
}

function paragraph(...text: readonly (string | Phrase | Words)[]): Block {
  return { kind: "paragraph", text: words(...text) };
}

function list(items: readonly Words[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

function excerpt(citation: Citation): Excerpt {
  return { place: placeText(citation), quote: citation.quote, from: citation.from, length: citation.length, shows: citation.shows };
}

function evidence(title: string, citations: readonly Citation[]): readonly Block[] {
  if (citations.length === 0) return [];
  const excerpts = citations.slice(0, EVIDENCE_SHOWN).map(excerpt);
  const blocks: Block[] = [{ kind: "excerpt", title, excerpts }];
  const rest = citations.slice(EVIDENCE_SHOWN);
  if (rest.length > 0) blocks.push(paragraph(phrase("quiet", `and ${count(rest.length, "further line")}: `), ...shortPlaces(rest)));
  return blocks;
}

function shortPlaces(citations: readonly Citation[]): readonly (string | Phrase)[] {
  const shown = citations.slice(0, NAMES_SHOWN).flatMap((citation, index) => [index === 0 ? "" : ", ", phrase("place", placeText(citation))]);
  return citations.length > NAMES_SHOWN ? [...shown, `, and ${citations.length - NAMES_SHOWN} more`] : shown;
}

/** The first `shown` items and, if there are more, one that counts the rest. */
function shortened<T>(items: readonly T[], shown: number, item: (one: T) => Words, rest: (number: number) => string): readonly Words[] {
  const first = items.slice(0, shown).map(item);
  // One left over is shown rather than counted: the count would take the same line.
  if (items.length === shown + 1) return items.map(item);
  return items.length > shown ? [...first, words(phrase("quiet", rest(items.length - shown)))] : first;
}

function whereOf(on: "client" | "server" | "ca" | null, account: string | null): string | null {
  if (on === null) return account === null ? null : `as ${account}`;
  return account === null ? MACHINES[on] : `${MACHINES[on]}, as ${account}`;
}

function composePath(stations: readonly PathStation[]): readonly Block[] {
  if (stations.length === 0) return [];
  return [
    heading(2, "Where it broke"),
    {
      kind: "path",
      stations: stations.map((station) => {
        const { name, ...says } = STATIONS[station.station];
        const first = station.evidence[0];
        return {
          name, state: station.state,
          says: station.state === "not-reached" ? words() : first === undefined ? words(says[station.state]) : words(says[station.state], " (", phrase("place", placeText(first)), ")"),
        };
      }),
    },
  ];
}

function composeStep(step: Step): { readonly text: Words; readonly command: string | null; readonly where: string | null } {
  return { text: words(step.text), command: step.command, where: whereOf(step.on, null) };
}

function composeFinding(finding: Finding, number: number): readonly Block[] {
  const style = finding.weight === "proved" ? "bad" : "doubt";
  const about = finding.about;
  const blocks: Block[] = [
    heading(3, `${number}. `, phrase(style, finding.weight.toUpperCase()), `  ${finding.title}`),
    paragraph(phrase("strong", finding.headline)),
  ];
  if (about !== null) {
    blocks.push(paragraph("Certificate: ", phrase("code", about.subject ?? "(subject not printed)"), ...(about.certificate === null ? [] : [", SHA-1 ", phrase("code", about.certificate)]),
      ", ", phrase("place", placeText(about.place))));
  }
  blocks.push(paragraph(finding.why), ...evidence("Evidence", finding.evidence));
  if (finding.overturnedBy !== null) blocks.push(paragraph(phrase("doubt", "What would overturn this: "), finding.overturnedBy));
  if (finding.fix.length > 0) blocks.push(paragraph(phrase("strong", "How to fix it")), { kind: "steps", steps: finding.fix.map(composeStep) });
  blocks.push(paragraph(phrase("quiet", `${WEIGHTS[finding.weight]}. More: `), phrase("code", `certwhy explain ${finding.cause}`)));
  return blocks;
}

function composeFindings(report: Report): readonly Block[] {
  const { findings } = report;
  if (findings.length === 0) {
    const broken = report.path.some((station) => station.state === "broken");
    const unknown = report.path.length > 0 && report.path.every((station) => station.state === "unknown");
    const more = report.cannotTell.length > 0;
    return [heading(2, "What was found"), paragraph(
      unknown ? `The inputs do not show where it broke${more ? ": see what to collect next" : ""}.` : broken ? `The inputs show where it broke, but not why${more ? ": see what to collect next" : ""}.`
        : `Nothing in the inputs is broken, as far as they show.${more ? " What they do not show could be: see what to collect next." : ""}`,
    )];
  }
  const strong = findings.filter((finding) => finding.weight !== "possible").length;
  return [
    heading(2, "What was found"),
    ...(strong > 1 ? [paragraph(phrase("strong", `${count(strong, "fault")} stand beside each other: each of them must be mended.`))] : []),
    ...findings.flatMap((finding, index) => composeFinding(finding, index + 1)),
  ];
}

function criterionName(code: string): string {
  return CRITERIA[code] ?? code;
}

type Replayed = Selection["certificates"][number];

function certificateWords(replayed: Replayed): Words {
  const { subject, sha1Thumbprint, serialNumber, place } = replayed.certificate;
  const id = sha1Thumbprint !== null ? [", SHA-1 ", phrase("code", sha1Thumbprint)] : serialNumber !== null ? [", serial number ", phrase("code", serialNumber)] : [];
  return words(phrase("code", subject?.printed ?? "(subject not printed)"), ...id, ", ", phrase("place", placeText(place)));
}

function matrixCell(one: Replayed["criteria"][number] | undefined): MatrixCell {
  if (one === undefined) return { verdict: words(phrase("quiet", "not asked")), behind: null };
  const proof = one.evidence[0];
  return { verdict: words(VERDICTS[one.verdict]), behind: { because: one.because, excerpt: proof === undefined ? null : excerpt(proof) } };
}

const LETTER_A = 65;

/** A table of at most 26 certificates, named by letters, × criteria, a few certificates at a time, and the reason for each cell that is not `meets`. */
function composeMatrix(certificates: readonly Replayed[]): readonly Block[] {
  const numbered = certificates.map((replayed, index) => ({ replayed, label: String.fromCharCode(LETTER_A + index) }));
  const blocks: Block[] = [...list(numbered.map(({ replayed, label }) => words(phrase("strong", `${label} `), SELECTABLE[replayed.selectable], ": ", certificateWords(replayed))))];
  for (let from = 0; from < numbered.length; from += MATRIX_COLUMNS) {
    const columns = numbered.slice(from, from + MATRIX_COLUMNS);
    const codes = [...new Set(columns.flatMap(({ replayed }) => replayed.criteria.map((one) => one.criterion)))];
    if (codes.length === 0) continue;
    blocks.push({
      kind: "matrix",
      corner: "criterion",
      columns: columns.map(({ label }) => label),
      rows: codes.map((code) => ({ name: criterionName(code), cells: columns.map(({ replayed }) => matrixCell(replayed.criteria.find((one) => one.criterion === code))) })),
    });
  }
  const reasons = numbered.flatMap(({ replayed, label }) => replayed.criteria.filter((one) => one.verdict !== "meets").map((one) => ({ label, one })));
  blocks.push(...list(shortened(reasons, CERTIFICATES_SHOWN * 2, ({ label, one }) => {
    const proof = one.evidence[0];
    return words(phrase("strong", `${label} ${criterionName(one.criterion)} `), VERDICTS[one.verdict], `: ${one.because}`, ...(proof === undefined ? [] : [" (", phrase("place", placeText(proof)), ")"]));
  }, (number) => `and ${count(number, "further reason")}, in the JSON report`)));
  return blocks;
}

function composeSelection(selection: Selection): readonly Block[] {
  const { call, flags, certificates, reportedMatches, predictedMatches } = selection;
  const title = call === null
    ? words("Criteria of a default Windows client, replayed; there is no trace of a selection call")
    : words("Selection call at ", phrase("place", placeText(call)), ...(selection.sameCalls > 0 ? [`, and ${count(selection.sameCalls, "further call")} that ask the same`] : []));
  const blocks: Block[] = [{ kind: "heading", level: 3, text: title }];
  if (flags !== null) blocks.push(paragraph("Flags ", phrase("code", `0x${flags.hex}`), flags.names.length > 0 ? `: ${flags.names.join(", ")}` : ""));
  if (certificates.length > 0) {
    // Those that come closest first: they are the ones the reader cares about.
    const fails = (replayed: Replayed): number => replayed.criteria.filter((one) => one.verdict === "fails").length;
    const closest = [...certificates].sort((a, b) => fails(a) - fails(b));
    const shown = closest.slice(0, CERTIFICATES_SHOWN);
    blocks.push(...composeMatrix(shown));
    if (closest.length > shown.length) {
      blocks.push(paragraph(phrase("quiet", `${count(closest.length - shown.length, "further certificate")} of the inputs ${closest.length - shown.length === 1 ? "fails" : "fail"} at least as many criteria; all are in the JSON report.`)));
    }
  } else {
    blocks.push(paragraph("No certificate of the inputs could be judged."));
  }
  if (reportedMatches !== null || predictedMatches !== null) {
    const reported = reportedMatches !== null ? `${reportedMatches} reported, ` : call === null ? "" : "number not in the trace, ";
    blocks.push(paragraph("Matches: ", phrase("strong", `${reported}${predictedMatches === null ? "not predictable" : `${predictedMatches} predicted`}`), ". ", selection.countCheck ?? ""));
  }
  return blocks;
}

function composeSelections(selections: readonly Selection[]): readonly Block[] {
  if (selections.length === 0) return [];
  const shown = selections.slice(0, SELECTIONS_SHOWN);
  return [
    heading(2, "Which certificate meets which criterion"),
    ...shown.flatMap(composeSelection),
    ...(selections.length > shown.length ? [paragraph(phrase("quiet", `${count(selections.length - shown.length, "further selection")} with other criteria: see the JSON report.`))] : []),
  ];
}

function composeIssuerList(issuers: IssuerList): readonly Block[] {
  const source = issuers.from === "selection-call" ? "The list the client searched with" : "The list the server sent";
  const announced = issuers.announced === null ? "" : `${issuers.announced} announced, `;
  const blocks: Block[] = [
    paragraph(phrase("strong", source), " at ", phrase("place", placeText(issuers.place)), `: ${announced}${issuers.listed} listed`,
      issuers.complete ? "." : phrase("doubt", ". The list is not complete here: that a name is absent proves nothing.")),
  ];
  if (issuers.listed === 0 && issuers.complete) blocks.push(paragraph("An empty list accepts every issuer."));
  blocks.push(...evidence("Names that are CAs of a candidate's chain", issuers.matches), ...evidence("Names that are nearly the same, and therefore others", issuers.nearMisses));
  // Where names are matched, or nearly, those are the ones to look at; the others only show what kind of list it is.
  const shown = issuers.matches.length + issuers.nearMisses.length > 0 ? NAMES_SHOWN_BESIDE_MATCHES : NAMES_SHOWN;
  blocks.push(...list(shortened(issuers.names, shown, (name) => words(phrase("code", name.printed), "  ", phrase("place", placeText(name.place))),
    (number) => `and ${count(number, "further name")}`)));
  return blocks;
}

function composeIssuerLists(lists: readonly IssuerList[]): readonly Block[] {
  return lists.length === 0 ? [] : [heading(2, "Issuers the server accepts"), ...lists.flatMap(composeIssuerList)];
}

function composeRuledOut(report: Report): readonly Block[] {
  if (report.ruledOut.length === 0) return [];
  return [
    heading(2, "What is ruled out, and by which line"),
    ...list(shortened(report.ruledOut, RULED_OUT_SHOWN, (one) => {
      const proof = one.evidence[0];
      return proof === undefined ? words(one.title) : words(
        phrase("strong", one.title), ...(proof.shows === "" ? [": ", phrase("code", citedPart(proof))] : [` – ${proof.shows}`]), " (", phrase("place", placeText(proof)), ")",
      );
    }, (number) => `and ${count(number, "further cause")}, in the JSON report`)),
  ];
}

// A line can be long; of a proving line the cited part and its neighbourhood say enough.
const CITED_MAX = 60;

function citedPart(citation: Citation): string {
  const trimmed = citation.quote.trim();
  if (trimmed.length <= CITED_MAX) return trimmed;
  const cited = citation.quote.slice(citation.from, citation.from + citation.length).trim();
  if (cited === "") return `${trimmed.slice(0, CITED_MAX)}…`;
  return cited.length <= CITED_MAX ? cited : `${cited.slice(0, CITED_MAX)}…`;
}

interface Collect {
  readonly missing: Missing;
  readonly whats: readonly string[];
  /** Titles of the causes it would decide. */
  readonly decides: readonly string[];
  /** It answers whether the server asks. */
  readonly asks: boolean;
}

/** The cause whose first command answers the first question. */
const FIRST_QUESTION = "server-does-not-request";

/** Each command once: what tells whether the server asks first, then by how many causes it decides; equal ones in the order in which the causes ask. */
export function collectNext(cannotTell: readonly CannotTell[]): readonly Collect[] {
  const byKey = new Map<string, Collect>();
  for (const { cause, title, missing } of cannotTell) {
    for (const one of missing) {
      const key = one.command === null ? `what ${one.what} ${one.on}` : `command ${one.command.trim().replace(/\s{1,100}/g, " ")} ${one.on} ${one.account ?? ""}`;
      const known = byKey.get(key) ?? { missing: one, whats: [], decides: [], asks: false };
      byKey.set(key, {
        missing: known.missing,
        whats: known.whats.includes(one.what) ? known.whats : [...known.whats, one.what],
        decides: known.decides.includes(title) ? known.decides : [...known.decides, title],
        asks: known.asks || (cause === FIRST_QUESTION && one === missing[0]),
      });
    }
  }
  // The first question comes first: whether the server asks decides on which side everything else is looked for.
  const asks = (one: Collect): number => (one.asks ? 1 : 0);
  return [...byKey.values()].sort((a, b) => asks(b) - asks(a) || b.decides.length - a.decides.length);
}

function composeCollect(report: Report): readonly Block[] {
  const all = collectNext(report.cannotTell);
  if (all.length === 0) return [];
  const proved = report.findings.some((finding) => finding.weight === "proved");
  const shown = all.slice(0, proved ? COLLECT_SHOWN_BESIDE_PROOF : COLLECT_SHOWN);
  const rest = all.length - shown.length;
  return [
    heading(2, "What to collect next"),
    ...(proved ? [paragraph("The cause above is proved. These would decide what else could be wrong; collect them only if mending it does not help.")] : []),
    {
      kind: "steps",
      steps: shown.map(({ missing, whats, decides }) => ({
        text: words(`${sentence(whats.slice(0, 2).join("; "))} `, phrase("quiet", `Decides: ${decides.slice(0, 3).join("; ")}${decides.length > 3 ? `; and ${count(decides.length - 3, "more cause")}` : ""}.`)),
        command: missing.command, where: whereOf(missing.on, missing.account),
      })),
    },
    ...(rest > 0 ? [paragraph(phrase("quiet", `${count(rest, "further thing")} could be collected that would decide less; see the JSON report.`))] : []),
  ];
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? "" : "."}`;
}

function composeInputs(report: Report): readonly Block[] {
  const unread = report.notUnderstood;
  const unreadLines = report.inputs.reduce((sum, input) => sum + input.linesNotUnderstood, 0);
  return [
    heading(2, "What was read"),
    ...(report.inputs.length === 0 ? [paragraph("Nothing.")] : [{
      kind: "table" as const,
      head: ["file", "holds", "encoding", "lines", "used", "not understood"],
      rows: report.inputs.map((input) => [
        words(phrase("code", input.file)),
        input.formats.length === 0 ? words(phrase("doubt", input.encoding === "binary" ? input.encodingBecause : "nothing recognized")) : words(input.formats.map((format) => FORMATS[format] ?? format).join(", ")),
        words(input.encoding), words(String(input.lines)), words(String(input.linesClaimed)),
        input.linesNotUnderstood === 0 ? words("0") : words(phrase("doubt", String(input.linesNotUnderstood))),
      ]),
    }]),
    paragraph("Validity was judged at ", phrase("strong", momentText(report.at)), ", ",
      report.atFrom.source === "option" ? "as given by --at." : report.atFrom.source === "clock" ? "the time of the clock: no date of the attempt was recognized in the inputs. Give it with --at." : "the time the inputs show",
      ...(report.atFrom.evidence === null ? [report.atFrom.source === "evidence" ? "." : ""] : [" (", phrase("place", placeText(report.atFrom.evidence)), ")."])),
    ...(unread.length === 0 ? [] : [
      paragraph(`${count(Math.max(unreadLines, unread.length), "line")} inside what was recognized ${Math.max(unreadLines, unread.length) === 1 ? "was" : "were"} not understood:`),
      ...list(unread.slice(0, UNREAD_SHOWN).map((citation) => words(phrase("place", placeText(citation)), "  ", phrase("code", citedPart(citation))))),
    ]),
  ];
}

function composeDamage(report: Report): readonly Block[] {
  return report.damage.length === 0 ? [] : [
    heading(2, "Damage of the inputs"),
    ...list(shortened(report.damage, DAMAGE_SHOWN, (one) => words(phrase("place", placeText(one.place)), `  ${one.says}`), (number) => `and ${count(number, "further place")}`)),
  ];
}

function composeNotes(report: Report): readonly Block[] {
  return report.notes.length === 0 ? [] : [
    heading(2, "Worth knowing, but no fault"),
    ...report.notes.flatMap((note) => [paragraph(phrase("strong", `${note.title}. `), note.says), ...evidence("Shown by", note.evidence)]),
  ];
}

function composeFailures(report: Report): readonly Block[] {
  return report.failures.length === 0 ? [] : [
    heading(2, "Checks that failed"),
    paragraph("These checks failed by a fault of certwhy itself; the rest of the report does not depend on them. Please report them."),
    ...list(report.failures.map((failure) => words(phrase("code", failure.cause), `: ${failure.error}`))),
  ];
}

/**
 * The report as a document. Order and words of all output for people are decided here and nowhere else; long lists are shortened, with a
 * count, since the whole is in the JSON.
 */
export function compose(report: Report): readonly Block[] {
  return [
    heading(1, "Why was the client certificate not offered, selected or accepted?"),
    paragraph(phrase("strong", report.verdict)),
    // Where nothing was recognized there is no path and nothing found or ruled out: what to collect is the whole answer.
    ...(report.inputs.some((input) => input.formats.length > 0) ? [...composePath(report.path), ...composeFindings(report)] : []),
    ...composeNotes(report),
    ...composeSelections(report.selections),
    ...composeIssuerLists(report.issuerLists),
    ...composeRuledOut(report),
    ...composeCollect(report),
    ...composeInputs(report),
    ...composeDamage(report),
    ...composeFailures(report),
    paragraph(phrase("quiet", `${report.tool.name} ${report.tool.version}`)),
  ];
}
