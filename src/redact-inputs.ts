import { labelTables } from "../grammars/certutil/labels/index.ts";
import { formats } from "../grammars/index.ts";
import type { Fact } from "./model/fact.ts";
import { readIntake, type ReadOptions } from "./read-inputs.ts";
import { encodeCopy } from "./redact/encode-copy.ts";
import type { Reversal } from "./redact/pseudonyms.ts";
import { findPrivatePlaces, redactTexts, type PrivatePlace } from "./redact/redact.ts";
import { encodingNames } from "./text/encoding-name.ts";
import type { Input } from "./text/intake.ts";
import { findMailParts } from "./text/mail-parts.ts";
import { once } from "./text/octets.ts";
import { lineIndexAt, sourceText, type SourceText } from "./text/source-text.ts";
import { takeIn, type Taken } from "./text/take-in.ts";

/** A copy of an input, or of a text in an archive or a mail, that can be shared. */
export interface RedactedCopy {
  /** Name of the input, with `archive.zip/` and the like before it. */
  readonly of: string;
  /** Which of the inputs that were handed in it comes from, counted from 0. */
  readonly input: number;
  /** How many folders and names at the end of `name` an archive or a mail gave; 0 for an input as it was handed in. */
  readonly inside: number;
  /** The name with private words replaced. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly encoding: string;
  /** What the user should know: another encoding, a part that was left out. */
  readonly notices: readonly string[];
}

/** What `redactInputs` made of its inputs. */
export interface RedactedInputs {
  /** In the order of the inputs; binary inputs have no copy, and an archive has copies of the texts in it. */
  readonly copies: readonly RedactedCopy[];
  /** Names of inputs that are no text. */
  readonly left: readonly string[];
  /** What archives hold and nobody could read: one line each. There is no copy of it. */
  readonly notOpened: readonly { readonly input: number; readonly says: string }[];
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
  const { read, origins, facts } = await readAll(inputs, options);
  const redaction = await redactTexts(read, facts, { labels: labelWords() });
  const copies = read.flatMap((taken, index): readonly RedactedCopy[] => {
    const redacted = redaction.inputs[index];
    if (redacted === undefined || isNoText(taken)) return [];
    const texts = redacted.texts.map((text, at) => withoutAttachments(text, taken.stretches[at]));
    const { bytes, encoding, instead } = encodeCopy(taken, texts, landmarks);
    return [{
      of: taken.name, input: origins[index] ?? 0, inside: taken.inside, bytes, encoding,
      name: taken.isGzip ? redacted.name.replace(/\.gz$/i, "") : redacted.name,
      notices: [
        ...(taken.isArchive ? [] : unreadIn(taken)),
        ...(encodingNames.some((name) => name === taken.encoding) ? [] : [`${taken.encodingBecause}; the copy is text in PEM`]),
        ...(instead === null ? [] : [`the copy is UTF-8 with a byte-order mark, because ${instead}`]),
        ...(isWhole(taken) ? [] : ["the input is very large: lines far from everything that certwhy reads are empty in the copy"]),
      ],
    }];
  });
  return {
    copies, left: read.filter((taken) => isNoText(taken) && !taken.isArchive).map(({ name }) => name),
    notOpened: read.flatMap((taken, index) =>
      (isNoText(taken) ? unreadIn(taken).map((says) => ({ input: origins[index] ?? 0, says: `${taken.name}: ${says}` })) : [])),
    reversals: redaction.reversals,
  };
}

/** Every line was kept, and not only those around what is recognized. */
function isWhole({ stretches }: Taken): boolean {
  return stretches.length <= 1 && (stretches[0]?.firstLine ?? 1) === 1;
}

/** What of an archive, of a packed log or of a mail was not read, and so is in no copy. */
function unreadIn({ isArchive, isGzip, inside, damage }: Taken): readonly string[] {
  return isArchive || isGzip || inside > 0 ? damage.filter(({ what }) => what === "truncated").map(({ says }) => says) : [];
}

/** A text as it may be shared without what is attached to it: the lines in base64 are overwritten, the attachments have copies of their own. */
function withoutAttachments(redacted: string, stretch: SourceText | undefined): string {
  const original = stretch?.carried?.original ?? stretch;
  const parts = original === undefined ? [] : findMailParts(original.text);
  if (original === undefined || parts.length === 0) return redacted;
  const copy = sourceText(original.name, redacted);
  // Redaction keeps every line. If ever it did not, nothing from the first attachment on could be trusted.
  const isAligned = copy.lineStarts.length === original.lineStarts.length;
  const made: string[] = [];
  let from = 0;
  for (const { start, end } of parts) {
    const first = copy.lineStarts[lineIndexAt(original, start)] ?? 0;
    const last = isAligned && end < original.text.length ? copy.lineStarts[lineIndexAt(original, end)] ?? redacted.length : redacted.length;
    if (first < from) continue;
    made.push(redacted.slice(from, first), redacted.slice(first, last).replace(/[^\r\n]/g, "."));
    from = last;
  }
  return made.join("") + redacted.slice(from);
}

/** The places of inputs that still hold something private, or that nobody could look into (length 0); none in a redacted copy. */
export async function checkRedacted(inputs: readonly Input[], options: ReadOptions): Promise<readonly PrivatePlace[]> {
  const { read, facts } = await readAll(inputs, options);
  const unread = read.flatMap((taken) =>
    unreadIn(taken).map((says): PrivatePlace => ({ place: { file: taken.name, line: 1, column: 1 }, what: `not read: ${says}`, length: 0 })));
  return [...unread, ...await findPrivatePlaces(read, facts, { labels: labelWords() })];
}

/** Copies as inputs, to be analyzed in place of the originals. */
export function inputsOfCopies(copies: readonly RedactedCopy[]): readonly Input[] {
  return copies.map(({ name, bytes }) => ({ name, bytes: once(bytes) }));
}

/** Certificates in DER are taken in as PEM; any other binary data has no text. */
function isNoText(taken: Taken): boolean {
  return taken.encoding === "binary" && taken.stretches.length === 0;
}

const landmarks: readonly string[] = [...new Set(formats.flatMap((format) => format.landmarks))];

interface AllRead {
  readonly read: readonly Taken[];
  /** Which of the inputs each comes from. */
  readonly origins: readonly number[];
  readonly facts: readonly Fact[];
}

async function readAll(inputs: readonly Input[], options: ReadOptions): Promise<AllRead> {
  const read: Taken[] = [];
  const origins: number[] = [];
  const facts: Fact[] = [];
  for (const [index, input] of inputs.entries()) {
    for await (const taken of takeIn(input, { encoding: options.encoding, landmarks, newDigest: null, wholeUpTo: copiedWhole })) {
      read.push(taken);
      origins.push(index);
      for (const fact of (await readIntake(taken, formats)).facts) facts.push(fact);
    }
  }
  return { read, origins, facts };
}

function labelWords(): readonly string[] {
  return labelTables.flatMap(({ labels }) => Object.values(labels).flat());
}
