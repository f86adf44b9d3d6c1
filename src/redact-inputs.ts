import { labelTables } from "../grammars/certutil/labels/index.ts";
import { formats } from "../grammars/index.ts";
import type { Fact } from "./model/fact.ts";
import { readIntake, type ReadOptions } from "./read-inputs.ts";
import { encodeCopy } from "./redact/encode-copy.ts";
import type { Reversal } from "./redact/pseudonyms.ts";
import { findPrivatePlaces, redactTexts, type PrivatePlace } from "./redact/redact.ts";
import { encodingNames } from "./text/encoding-name.ts";
import { intake, type Input, type Intake } from "./text/intake.ts";

/** A copy of an input that can be shared. */
export interface RedactedCopy {
  /** Name of the input. */
  readonly of: string;
  /** The name with private words replaced. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly encoding: string;
  /** What the user should know: another encoding, a part that was left out. */
  readonly notices: readonly string[];
}

export interface RedactedInputs {
  /** In the order of the inputs; binary inputs have no copy. */
  readonly copies: readonly RedactedCopy[];
  /** Names of inputs that are no text. */
  readonly left: readonly string[];
  /** What stands for what. It names everybody concerned: it is for the user alone. */
  readonly reversals: readonly Reversal[];
}

/** Inputs up to 256 MiB are copied whole; of larger ones the lines around what is recognized, the others empty. */
const copiedWhole = 1 << 28;

/**
 * Copies of inputs that can be shared: secrets overwritten, private names and numbers replaced by stable pseudonyms, every line in its place.
 * What an iteration of `bytes` throws is passed on.
 */
export async function redactInputs(inputs: readonly Input[], options: ReadOptions): Promise<RedactedInputs> {
  const { read, facts } = await readAll(inputs, options);
  const redaction = await redactTexts(read, facts, { labels: labelWords() });
  const copies = read.flatMap((taken, index): readonly RedactedCopy[] => {
    const redacted = redaction.inputs[index];
    if (redacted === undefined || isNoText(taken)) return [];
    const { bytes, encoding, instead } = encodeCopy(taken, redacted.texts, landmarks);
    return [{
      of: taken.name, name: redacted.name, bytes, encoding,
      notices: [
        ...(encodingNames.some((name) => name === taken.encoding) ? [] : [`${taken.encodingBecause}; the copy is text in PEM`]),
        ...(instead === null ? [] : [`the copy is UTF-8 with a byte-order mark, because ${instead}`]),
        ...(taken.stretches.length > 1 || (taken.stretches[0]?.firstLine ?? 1) > 1 ? ["the input is very large: lines far from everything that certwhy reads are empty in the copy"] : []),
      ],
    }];
  });
  return { copies, left: read.filter(isNoText).map(({ name }) => name), reversals: redaction.reversals };
}

/** The places of inputs that still hold something private; none in a redacted copy. */
export async function checkRedacted(inputs: readonly Input[], options: ReadOptions): Promise<readonly PrivatePlace[]> {
  const { read, facts } = await readAll(inputs, options);
  return findPrivatePlaces(read, facts, { labels: labelWords() });
}

/** Copies as inputs, to be analyzed in place of the originals. */
export function inputsOfCopies(copies: readonly RedactedCopy[]): readonly Input[] {
  return copies.map(({ name, bytes }) => ({ name, bytes: once(bytes) }));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Certificates in DER are taken in as PEM; any other binary data has no text. */
function isNoText(taken: Intake): boolean {
  return taken.encoding === "binary" && taken.stretches.length === 0;
}

const landmarks: readonly string[] = [...new Set(formats.flatMap((format) => format.landmarks))];

async function readAll(inputs: readonly Input[], options: ReadOptions): Promise<{ readonly read: readonly Intake[]; readonly facts: readonly Fact[] }> {
  const read: Intake[] = [];
  const facts: Fact[] = [];
  for (const input of inputs) {
    const taken = await intake(input, { encoding: options.encoding, landmarks, newDigest: null, wholeUpTo: copiedWhole });
    read.push(taken);
    for (const fact of (await readIntake(taken, formats)).facts) facts.push(fact);
  }
  return { read, facts };
}

function labelWords(): readonly string[] {
  return labelTables.flatMap(({ labels }) => Object.values(labels).flat());
}
