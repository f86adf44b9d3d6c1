import type { Fact } from "../../src/model/fact.ts";
import { compareSpans, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { readCertificates, type PemBlock } from "../shared/x509.ts";
import { linesOf, type Line } from "./lines.ts";
import { findWrapWidth } from "./printed-names.ts";
import { readRun } from "./read-run.ts";
import { newRun } from "./run.ts";
import { runStarts } from "./runs.ts";

/** Reads the passages of one stretch of text. Total: it never throws, whatever the text holds. */
export async function read(passages: readonly Passage[]): Promise<Reading> {
  const facts: Fact[] = [];
  const notUnderstood: Span[] = [];
  const pem: PemBlock[] = [];
  const count = { runs: 0, summaries: 0 };
  for (const passage of passages) {
    const lines = linesOf(passage.span);
    const wrapWidth = findWrapWidth(lines);
    const starts = runStarts(lines);
    starts.forEach((start, index) => {
      const run = newRun(lines.slice(start, starts[index + 1] ?? lines.length), ++count.runs, wrapWidth, index > 0 || beginsHere(lines));
      count.summaries = readRun(run, count.summaries);
      // One by one: a hostile text gives more than a call takes arguments.
      for (const fact of run.facts) facts.push(fact);
      for (const span of run.unread) notUnderstood.push(span);
      for (const block of run.pem) pem.push(block);
    });
  }
  if (pem.length > 0) {
    for (const fact of await readCertificates(pem, "s_client")) facts.push(fact);
  }
  return { facts: facts.sort((a, b) => compareSpans(a.span, b.span)), notUnderstood };
}

/** Kinds that stand only before or in the first summary of a run. */
const BEGINNING = new Set(["CommandLine", "Connected", "ConnectingTo", "ChainHeading", "Depth", "NoPeerCertificate"]);
/** Kinds that stand only after its beginning. */
const LATER = new Set(["HttpRequest", "HttpStatus", "HandshakeRead", "NamesHeading", "NoNames"]);

/** Does the passage show the beginning of a run, so that its first summary is the first of all? */
function beginsHere(lines: readonly Line[]): boolean {
  for (const { kind } of lines) {
    if (BEGINNING.has(kind)) return true;
    if (LATER.has(kind)) return false;
  }
  return false;
}
