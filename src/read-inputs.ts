import { claimPassages, countLines } from "../grammars/claim-passages.ts";
import type { InputFormat, Passage } from "../grammars/format.ts";
import type { DamageFact, Fact } from "./model/fact.ts";
import { factsWithoutSecrets } from "./redact/facts-without-secrets.ts";
import type { InputSummary } from "./report/report.ts";
import type { Digest, Input, Intake } from "./text/intake.ts";
import type { Reaches } from "./text/line-windows.ts";
import type { EncodingName } from "./text/encoding-name.ts";
import { compareSpans, lineIndexAt, lineSpan, sourceText } from "./text/source-text.ts";
import type { SourceText, Span } from "./text/source-text.ts";
import { takeIn } from "./text/take-in.ts";

/** How inputs are read. */
export interface ReadOptions {
  /** The encoding the user named; null: found out for each input. */
  readonly encoding: EncodingName | null;
  /** Makes SHA-256 digests; null: inputs are not digested. */
  readonly newDigest: (() => Digest) | null;
}

/** Everything that was read: summaries of the inputs, facts in order of place, lines inside claimed passages that nothing understood. */
export interface InputsRead {
  readonly inputs: readonly InputSummary[];
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly Span[];
}

/**
 * Reads inputs one after the other: bytes to text, text to passages, passages to facts. What archives and mails hold are inputs of their own.
 * What an iteration of `bytes` throws is passed on.
 */
export async function readInputs(inputs: readonly Input[], formats: readonly InputFormat[], options: ReadOptions): Promise<InputsRead> {
  const landmarks = [...new Set(formats.flatMap((format) => format.landmarks))];
  const reaches = reachesOf(formats);
  const summaries: InputSummary[] = [];
  const facts: Fact[] = [];
  const notUnderstood: Span[] = [];
  for (const input of inputs) {
    for await (const taken of takeIn(input, { encoding: options.encoding, landmarks, reaches, newDigest: options.newDigest })) {
      const read = await readIntake(taken, formats);
      summaries.push(taken.isGzip ? { ...read.summary, encodingBecause: `unpacked from gzip; ${read.summary.encodingBecause}` } : read.summary);
      for (const fact of read.facts) facts.push(fact);
      for (const span of read.notUnderstood) notUnderstood.push(span);
    }
  }
  return { inputs: summaries, facts, notUnderstood };
}

/** A landmark is near only where no format says that more belongs to it. */
function reachesOf(formats: readonly InputFormat[]): Reaches {
  const near: Record<string, number> = {};
  for (const landmark of new Set(formats.flatMap((format) => Object.keys(format.near ?? {})))) {
    const users = formats.filter((format) => format.landmarks.includes(landmark));
    if (users.every((format) => format.near?.[landmark] !== undefined)) near[landmark] = Math.max(...users.map((format) => format.near?.[landmark] ?? 0));
  }
  return { near, ends: Object.assign({}, ...formats.map((format) => format.ends ?? {})) as Reaches["ends"] };
}

/** What one input says. */
interface IntakeRead {
  readonly summary: InputSummary;
  readonly facts: readonly Fact[];
  readonly notUnderstood: readonly Span[];
}

/** Reads what was taken in from one input. */
export async function readIntake(taken: Intake, formats: readonly InputFormat[]): Promise<IntakeRead> {
  const facts: Fact[] = taken.damage.map((damage) => damageFact(taken, damage));
  const notUnderstood: Span[] = [];
  const seen: string[] = [];
  let linesClaimed = 0;
  for (const source of taken.stretches) {
    const passages = claimPassages(source, formats);
    linesClaimed += countLines(passages);
    for (const passage of passages) if (!seen.includes(passage.format)) seen.push(passage.format);
    for (const format of formats) {
      const own: readonly Passage[] = passages.filter((passage) => passage.format === format.id);
      if (own.length === 0) continue;
      const reading = await (await format.reader())(own);
      for (const fact of reading.facts) facts.push(fact);
      for (const span of reading.notUnderstood) notUnderstood.push(span);
    }
  }
  const known = factsWithoutSecrets(facts.sort((a, b) => compareSpans(a.span, b.span)));
  return {
    summary: {
      file: taken.name, bytes: taken.bytes, encoding: taken.encoding, encodingBecause: taken.encodingBecause, lines: taken.lines, sha256: taken.sha256,
      formats: seen, linesClaimed, linesNotUnderstood: linesOf(notUnderstood),
    },
    facts: known, notUnderstood,
  };
}

/** Several spans of one line count once. */
function linesOf(spans: readonly Span[]): number {
  const lines = new Set<string>();
  for (const span of spans) {
    const first = lineIndexAt(span.source, span.start);
    const last = lineIndexAt(span.source, Math.max(span.start, span.end - 1));
    for (let line = first; line <= last; line++) lines.add(`${span.source.firstLine}:${line}`);
  }
  return lines.size;
}

function damageFact(taken: Intake, damage: Intake["damage"][number]): DamageFact {
  return { kind: "damage", format: "input", what: damage.what, says: damage.says, span: lineOf(taken, damage.line) };
}

/** The line of that number; an empty span in an empty stretch where the line was not kept. */
function lineOf(taken: Intake, line: number): Span {
  const printed = taken.stretches.map((one) => one.carried?.original ?? one);
  const stretch: SourceText | undefined = printed.find((one) => line >= one.firstLine && line < one.firstLine + one.lineStarts.length);
  return stretch === undefined ? lineSpan(sourceText(taken.name, "", line), 0) : lineSpan(stretch, line - stretch.firstLine);
}
