import { located, textOf, type Located } from "../../src/text/source-text.ts";
import type { Line } from "./lines.ts";
import { closeSummary, summaryFor } from "./open-summary.ts";
import { beginsName, isElision, textOfLine, type PrintedName } from "./printed-names.ts";
import type { Run } from "./run.ts";
import { STAGES, type Summary } from "./summary.ts";
import { takeContinuations } from "./take-continuations.ts";
import { openSslSince, openSslUntil } from "./version.ts";

/** Kinds that show that the list of names has ended inside a summary. */
const REQUEST_KINDS = new Set([
  "CertificateTypes", "RequestedAlgorithms", "SharedAlgorithms", "PeerDigest", "PeerSignature", "TempKey", "NegotiatedGroup", "HandshakeRead", "Separator",
]);

/** A line of what the server asked for: the names of CAs, the types of certificates, the algorithms. */
export function readRequest(run: Run, line: Line): void {
  if (run.summary?.brief !== true) {
    const current = run.summary;
    const second = current !== null && current.stage === STAGES.request && current.heading !== null && line.kind === "NamesHeading";
    if (second && current.handshakeRead === null && looksForged(run, current)) {
      current.foreign.push(line.span);
      return;
    }
    const again = current !== null && current.noNames !== null && line.kind === "NoNames" && current.stage === STAGES.request;
    if (second || again) closeSummary(run);
    summaryFor(run, STAGES.request, line);
  }
  const summary = run.summary as Summary;
  summary.end = line.span;
  summary.requestEnd = line.span;
  switch (line.kind) {
    case "NamesHeading": summary.heading = line.span; break;
    case "NoNames": summary.noNames = line.span; return;
    case "CertificateTypes": {
      summary.askedBy ??= line.span;
      openSslSince(run.tool, "1.0.2");
      const list = readList(run, line, /, ?/);
      if (list !== null) summary.certificateTypes.push(list);
      break;
    }
    case "RequestedAlgorithms": {
      summary.askedBy ??= line.span;
      openSslSince(run.tool, "1.0.2");
      const list = readList(run, line, /:/);
      if (list !== null) summary.signatureAlgorithms.push(list);
      return;
    }
    case "CutLabel": summary.askedBy ??= line.span; return;
    case "SharedAlgorithms": summary.askedBy ??= line.span; openSslSince(run.tool, "1.0.2"); readList(run, line, /:/); return;
    case "PeerDigest": openSslSince(run.tool, "1.0.2"); summary.peerDigest = true; return;
    case "PeerSignature": openSslSince(run.tool, "1.1.1"); return;
    case "TempKey":
      summary.tempKey = true;
      if (line.label.startsWith("Peer")) openSslSince(run.tool, "3.5");
      else openSslUntil(run.tool, "3.4");
      return;
    case "NegotiatedGroup": openSslSince(run.tool, "3.5"); return;
    default: return;
  }
  if (summary.heading !== null) readNames(run, summary, line.kind === "CertificateTypes");
}

function looksForged(run: Run, summary: Summary): boolean {
  return summary.names.length > 0 && beginsNameAt(run.lines, run.index + 1);
}

/** A list behind a label, with the lines it goes on in; empty members do not count. */
function readList(run: Run, line: Line, separator: RegExp): Located<readonly string[]> | null {
  let text = line.value?.value ?? "";
  let span = line.value?.span ?? null;
  let width = line.value === null ? 80 : line.width;
  for (let taken = 0; taken < 40; taken++) {
    const next = run.lines[run.index + 1];
    if (next === undefined || (next.kind !== "OtherText" && (width !== run.wrapWidth || next.kind === "NameLine")) || width < 40) break;
    const more = textOfLine(next).trim();
    const fits = separator.test(":") ? /^[A-Za-z0-9+_:.-]{1,4000}$/.test(more) && (width === run.wrapWidth || /[:+]/.test(more))
      : /^[A-Za-z0-9 ,()-]{2,200}$/.test(more) && (text === "" || text.endsWith(",") || width === run.wrapWidth);
    if (!fits) break;
    text = separator.test(":") || width === run.wrapWidth || text === "" ? text + more : `${text} ${more}`;
    span = { ...(span ?? next.span), end: next.span.end };
    width = next.width;
    run.index++;
  }
  if (span === null) return null;
  const members = text.split(separator).map((member) => member.trim()).filter((member) => member !== "");
  return members.length === 0 ? null : located(members, span);
}

/** The names below the heading: up to the first line that only a summary has, past lines that a line feed in a name makes. */
function readNames(run: Run, summary: Summary, afterTypes: boolean): void {
  const pending: Line[] = [];
  let blanks = 0;
  let last: Line | null = afterTypes ? (run.lines[run.index] ?? null) : null;
  let at = run.index + 1;
  for (; at < run.lines.length; at++) {
    const line = run.lines[at] as Line;
    if (line.kind === "BlankLine") {
      if (++blanks > 2) break;
      last = null;
      continue;
    }
    if (beginsName(line)) {
      for (const odd of pending) summary.foreign.push(odd.span);
      pending.length = 0;
      run.index = at;
      const raw = { ...line.span };
      const whole = takeContinuations(run, { text: textOf(raw), span: raw }, line);
      summary.names.push(tidy(whole));
      summary.end = { ...whole.span };
      summary.requestEnd = { ...whole.span };
      at = run.index;
      last = run.lines[at] as Line;
      blanks = 0;
      if (line.status !== null) break;
    } else if (line.kind === "OtherText" && isElision(textOfLine(line))) {
      summary.cut ??= line.span;
      run.index = at;
    } else if (line.kind === "OtherText" && last !== null && pending.length < 8 && !afterTypes) {
      pending.push(line);
    } else if (line.kind === "Separator" && last !== null && beginsNameAt(run.lines, at + 1)) {
      pending.push(line);
    } else break;
  }
  // Lines that follow the last name directly: `---`, prose, or the rest of a forged name that only a label of the summary can settle.
  const next = run.lines[at];
  if (pending.length > 0 && next !== undefined && REQUEST_KINDS.has(next.kind)) {
    for (const odd of pending) summary.foreign.push(odd.span);
    run.index = at - 1;
  }
}

function beginsNameAt(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  return line !== undefined && beginsName(line);
}

/** Removes what a page or a padded terminal left behind a name: tags, and more than one blank. */
function tidy(name: PrintedName): PrintedName {
  const text = name.text.replace(/(?:<br ?\/?>|<\/(?:p|pre|code|li|div|span)>){1,3}[ \t\u00A0]{0,200}$/i, "").replace(/[ \t\u00A0]{2,4000}$/, "");
  return text === name.text ? name : { text, span: { ...name.span, end: name.span.end - (name.text.length - text.length) } };
}
