import type { Fact } from "../model/fact.ts";
import { placeOf, type Place, type SourceText } from "../text/source-text.ts";
import { takeFacts, takeLooseNames } from "./private-names.ts";
import { takeDumps, takePem, type PrivatePem } from "./private-octets.ts";
import { privateText, replacedText, takeKnownWords, takeShapes, type Ground, type PrivateText } from "./private-text.ts";
import { newPseudonyms, type Reversal } from "./pseudonyms.ts";
import { secretsOf } from "./secrets.ts";
import { vocabularyWith } from "./vocabulary.ts";

/** An input as it was read: its name and its stretches of text. */
export interface TextsToRedact {
  readonly name: string;
  readonly stretches: readonly SourceText[];
}

export interface RedactOptions {
  /** Printed labels of the formats: outside of names their words are never taken for private ones. */
  readonly labels: Iterable<string>;
}

export interface Redaction {
  /** In the order of the inputs: the name with private words replaced, and the text of each stretch. */
  readonly inputs: readonly { readonly name: string; readonly texts: readonly string[] }[];
  /** What stands for what; it never leaves the user's machine. Secrets are not in it. */
  readonly reversals: readonly Reversal[];
}

/** A place that holds something private. */
export interface PrivatePlace {
  readonly place: Place;
  /** What it is, for people: `org`, `secret: session`, `GUID`. */
  readonly what: string;
  /** Its first characters are never shown: only how many there are. */
  readonly length: number;
}

/**
 * Replaces what is private in inputs that were read together. Every line and, but for a few very short words, every column keeps its place;
 * equal things stay equal and different ones different over all inputs, so that the same facts are read and the same causes found.
 * Secrets are overwritten. `facts` are the facts that were read from these very stretches. Linear; never throws.
 */
export async function redactTexts(inputs: readonly TextsToRedact[], facts: readonly Fact[], options: RedactOptions): Promise<Redaction> {
  const ground = newGround(options, new Set());
  const searched = searchAll(inputs, facts, ground);
  await renameThumbprints(searched.flatMap(({ pems }) => pems), ground);
  for (const { found } of searched) takeKnownWords(found);
  const texts = new Map(searched.map(({ source, found }) => [source, replacedText(found)] as const));
  return {
    inputs: inputs.map(({ name, stretches }) => ({ name: redactedName(name, ground), texts: stretches.map((source) => texts.get(source) ?? "") })),
    reversals: ground.pseudonyms.reversals().filter(({ original, pseudonym }) => original !== pseudonym),
  };
}

/**
 * The places that hold something private, in order: what a redaction would still replace. An empty list proves that nothing of the known
 * kinds is left.
 */
export async function findPrivatePlaces(inputs: readonly TextsToRedact[], facts: readonly Fact[], options: RedactOptions): Promise<readonly PrivatePlace[]> {
  const known = await thumbprintsOfPseudonyms(inputs, options);
  const searched = searchAll(inputs, facts, newGround(options, known));
  return searched.flatMap(({ printed, found }) => found.replacements
    .map(({ pieces, what }) => ({ start: pieces[0]?.[0] ?? 0, what, length: pieces.reduce((sum, [start, end]) => sum + end - start, 0) }))
    .sort((a, b) => a.start - b.start)
    .map(({ start, what, length }) => ({ place: placeOf({ source: printed, start, end: start + 1 }), what, length })));
}

function newGround(options: RedactOptions, plainHex: ReadonlySet<string>): Ground {
  return { pseudonyms: newPseudonyms(), vocabulary: vocabularyWith(options.labels), plainHex };
}

interface Searched {
  readonly source: SourceText;
  /** The text as the input holds it, in which `found` was found. */
  readonly printed: SourceText;
  readonly found: PrivateText;
  readonly pems: readonly PrivatePem[];
}

function searchAll(inputs: readonly TextsToRedact[], facts: readonly Fact[], ground: Ground): readonly Searched[] {
  const factsOf = new Map<SourceText, Fact[]>();
  for (const fact of facts) {
    const known = factsOf.get(fact.span.source);
    if (known === undefined) factsOf.set(fact.span.source, [fact]);
    else known.push(fact);
  }
  return inputs.flatMap(({ stretches }) => stretches.map((source): Searched => {
    const read = search(source, factsOf.get(source) ?? [], privateText(source.text, ground));
    if (!source.carried) return { source, printed: source, ...read };
    const printed = privateText(source.carried.original.text, ground);
    carryOver(read.found, source.carried.offsets, printed);
    return { source, printed: source.carried.original, ...search(source.carried.original, [], printed) };
  }));
}

function search(source: SourceText, facts: readonly Fact[], found: PrivateText): { readonly found: PrivateText; readonly pems: readonly PrivatePem[] } {
  // Colours of a terminal stand before words without a blank.
  for (const match of source.text.matchAll(/\u001B\[[0-9;]{0,20}[A-Za-z]/g)) found.keep(match.index, match.index + match[0].length);
  takeSecrets(found, source);
  const pems = takePem(found);
  takeFacts(found, source, facts);
  takeDumps(found);
  takeShapes(found);
  takeLooseNames(found);
  return { found, pems };
}

/** What was found in a text that was unpacked, in the input itself; characters that stand there as themselves only. */
function carryOver({ text, replacements }: PrivateText, offsets: Uint32Array, printed: PrivateText): void {
  for (const { pieces, what, make } of replacements) {
    const carried: [number, number][] = [];
    for (const [start, end] of pieces) {
      for (let at = start; at < end; at++) {
        const offset = offsets[at] ?? 0;
        const last = carried.at(-1);
        if (printed.text.charAt(offset) !== text.charAt(at)) continue;
        if (last !== undefined && last[1] === offset && at > start) last[1] = offset + 1;
        else carried.push([offset, offset + 1]);
      }
    }
    const size = (ranges: readonly (readonly [number, number])[]): number => ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    if (carried.length > 0 && size(carried) === size(pieces)) printed.replace(carried, what, make);
  }
}

/** Secrets are overwritten: hexadecimal digits by zeros, other letters and digits by `x`. Nothing can bring them back. */
function takeSecrets(found: PrivateText, source: SourceText): void {
  for (const { start, end, kind } of secretsOf(source)) {
    const secret = found.text.slice(start, end);
    const made = overwritten(secret);
    if (made === secret) found.keep(start, end);
    else found.replace([[start, end]], `secret: ${kind}`, () => made);
  }
}

function overwritten(secret: string): string {
  // A dump of octets keeps its shape: the characters beside them are the last column.
  const dump = /^((?:[0-9A-Fa-f]{2}[ -]{1,2}){0,15}[0-9A-Fa-f]{2}[ -]?)(\s{2,60}.{0,40})$/.exec(secret);
  if (dump !== null) return (dump[1] ?? "").replace(/[0-9A-Fa-f]/g, "0") + (dump[2] ?? "").replace(/[^\s]/g, ".");
  return /^[0-9A-Fa-f\s:-]{1,20000}$/.test(secret) ? secret.replace(/[0-9A-Fa-f]/g, "0") : secret.replace(/[^\s"'=:;,&?\/+-]/g, "x");
}

/** A rewritten certificate has another thumbprint: where other tools print the old one, the new one is put. */
async function renameThumbprints(pems: readonly PrivatePem[], ground: Ground): Promise<void> {
  for (const { bytes, der } of pems) {
    if (!der.isPrivate) continue;
    for (const algorithm of ["SHA-1", "SHA-256"]) {
      const [before, after] = [await digest(algorithm, bytes), await digest(algorithm, der.make())];
      if (before !== null && after !== null) ground.pseudonyms.defineHex(before, after);
    }
  }
}

async function thumbprintsOfPseudonyms(inputs: readonly TextsToRedact[], options: RedactOptions): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const source of inputs.flatMap(({ stretches }) => stretches)) {
    for (const { bytes, der } of takePem(privateText((source.carried?.original ?? source).text, newGround(options, new Set())))) {
      if (der.isPrivate) continue;
      for (const algorithm of ["SHA-1", "SHA-256"]) known.add((await digest(algorithm, bytes)) ?? "");
    }
  }
  return known;
}

async function digest(algorithm: string, bytes: Uint8Array): Promise<string | null> {
  // Browsers offer it in secure pages only.
  if (globalThis.crypto?.subtle === undefined) return null;
  const octets = new Uint8Array(await globalThis.crypto.subtle.digest(algorithm, Uint8Array.from(bytes)));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** A file name says less than its contents: words that are private in the inputs, users in paths and hosts are replaced. */
function redactedName(name: string, ground: Ground): string {
  const found = privateText(name, ground);
  takeShapes(found);
  takeKnownWords(found);
  return replacedText(found);
}
