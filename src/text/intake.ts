import { armorPfx } from "./armor.ts";
import { recognizeBinary } from "./binary.ts";
import { byteOrderMark, decode, decodeEightBit, decodeLines, type Decoded } from "./decode.ts";
import type { EncodingName } from "./encoding-name.ts";
import { limitedDigest } from "./limited-digest.ts";
import { lineKeeper, usualBounds, type KeptLines, type LineKeeper, type LineWindow, type Reaches, type WindowBounds } from "./line-windows.ts";
import { copied, firstBytes, joined } from "./octets.ts";
import { lineIndexAt, sourceText, type SourceText } from "./source-text.ts";
import { unpack } from "./unpack.ts";
import { utf16ByNulPattern } from "./utf-16.ts";

/** Something to be read. `bytes` is iterated once; what it throws is the caller's to handle. A chunk is done with when the next one is asked for. */
export interface Input {
  /** File name for people and places; `<stdin>` for standard input. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many bytes there are, where that is known: a digest that would be given up is not begun. */
  readonly size?: number;
}

/** Where an input cannot be trusted as it stands. */
export interface IntakeDamage {
  readonly what: "encoding" | "truncated";
  /** One sentence for people. */
  readonly says: string;
  /** Line number, from 1. */
  readonly line: number;
}

/** An input, decoded as far as it matters. */
export interface Intake {
  readonly name: string;
  readonly bytes: number;
  /** An `EncodingName`, or `binary`: then there are no stretches, but for certificates in DER, which are quoted as PEM. */
  readonly encoding: string;
  readonly encodingBecause: string;
  /** Lines of the whole input, kept or not. */
  readonly lines: number;
  /** Digest of all bytes in lower-case hex; null when no digest was asked for, or the input is larger than is digested. */
  readonly sha256: string | null;
  /** The text in order of place, unpacked: one stretch, or for a large input the lines around landmarks. */
  readonly stretches: readonly SourceText[];
  readonly damage: readonly IntakeDamage[];
}

/** A running digest, for example `crypto.createHash("sha256")`. */
export interface Digest {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export interface IntakeOptions {
  /** The encoding the user named; null: find out. */
  readonly encoding: EncodingName | null;
  /** ASCII strings of which one stands in every passage worth reading. */
  readonly landmarks: readonly string[];
  readonly newDigest: (() => Digest) | null;
  /** Which landmarks need fewer lines around them than usual. */
  readonly reaches?: Reaches;
  /** Inputs up to this many bytes are decoded whole: 8 MiB unless told. */
  readonly wholeUpTo?: number;
  /** What is kept of larger ones. */
  readonly bounds?: WindowBounds;
}

/** Inputs up to 8 MiB are decoded whole; transcripts and dumps stay far below, logs of days do not. */
export const usualWholeUpTo = 1 << 23;

/** Reads an input once. Memory stays bounded whatever its length; the result does not depend on how the bytes were cut into chunks. */
export async function intake(input: Input, options: IntakeOptions): Promise<Intake> {
  const digest = limitedDigest(options.newDigest, input.size);
  const wholeUpTo = options.wholeUpTo ?? usualWholeUpTo;
  // What is known to be large is not held until it turns out to be.
  const heldUpTo = (input.size ?? 0) > wholeUpTo ? Math.min(wholeUpTo, sampleBytes) : wholeUpTo;
  const held: Uint8Array[] = [];
  let bytes = 0;
  let large: LargeInput | null = null;
  for await (const chunk of input.bytes) {
    bytes += chunk.length;
    digest.update(chunk);
    if (large !== null) {
      large.keeper?.push(chunk);
      continue;
    }
    held.push(copied(chunk));
    if (bytes > heldUpTo) {
      large = beginLarge(held, wholeUpTo, options);
      held.length = 0;
    }
  }
  const rest = large === null ? await readWhole(input.name, joined(held), options) : readWindows(input.name, large, options);
  return { name: input.name, bytes, sha256: digest.hex(), ...rest };
}

type Contents = Omit<Intake, "name" | "bytes" | "sha256">;

async function readWhole(name: string, bytes: Uint8Array, options: IntakeOptions): Promise<Contents> {
  if (bytes.length === 0) return { encoding: options.encoding ?? "utf-8", encodingBecause: "the input is empty", lines: 0, stretches: [], damage: [] };
  const opened = options.encoding === null ? await armorPfx(bytes) : null;
  const decoded: Decoded = opened === null ? decode(bytes, options) : { ...opened, encoding: "binary", damage: [] };
  const source = sourceText(name, decoded.text);
  const lineAt = (offset: number): number => lineIndexAt(source, offset) + 1;
  return {
    encoding: decoded.encoding,
    encodingBecause: decoded.because,
    lines: decoded.text === "" ? 0 : source.lineStarts.length,
    stretches: decoded.text === "" ? [] : [unpack(source)],
    damage: decoded.damage.map(({ says, offset }) => ({ what: "encoding", says, line: lineAt(offset) })),
  };
}

/** Bytes at the beginning by which a large input is recognised. */
const sampleBytes = 1 << 16;

interface LargeInput {
  /** UTF-16 is recognised at the beginning, its line ends are two bytes long; null: decided by the lines that are kept. */
  readonly wide: { readonly encoding: "utf-16le" | "utf-16be"; readonly because: string } | null;
  readonly marked: boolean;
  /** What binary data it is, or null. */
  readonly binary: string | null;
  readonly keeper: LineKeeper | null;
}

function beginLarge(head: readonly Uint8Array[], sampleSize: number, options: IntakeOptions): LargeInput {
  // A sample of fixed size, so that the size of the chunks does not matter.
  const sample = firstBytes(head, Math.min(sampleSize, sampleBytes));
  const mark = byteOrderMark(sample);
  const binary = options.encoding === null && mark === null ? recognizeBinary(sample) : null;
  if (binary !== null && binary !== "binary data") return { wide: null, marked: false, binary, keeper: null };
  const wide = wideEncoding(sample, mark, options.encoding);
  const keeper = lineKeeper(options.landmarks, wide === null ? 1 : 2, wide?.encoding !== "utf-16be", options.bounds ?? usualBounds, options.reaches);
  for (const chunk of head) keeper.push(chunk);
  return { wide, marked: mark !== null, binary: wide === null ? binary : null, keeper };
}

function wideEncoding(sample: Uint8Array, mark: string | null, told: EncodingName | null): LargeInput["wide"] {
  if (told !== null) return told === "utf-16le" || told === "utf-16be" ? { encoding: told, because: "named on the command line" } : null;
  if (mark === "utf-16le" || mark === "utf-16be") return { encoding: mark, because: "byte-order mark" };
  const encoding = mark === null ? utf16ByNulPattern(sample) : null;
  return encoding === null ? null : { encoding, because: "no byte-order mark, but every second byte is NUL" };
}

function readWindows(name: string, large: LargeInput, options: IntakeOptions): Contents {
  const kept: KeptLines = large.keeper?.end() ?? { lines: 0, windows: [], cutLines: [], budgetEndedAt: null };
  if (large.binary !== null && kept.windows.length === 0) {
    const damage = [{ what: "encoding", says: `This is no text but ${large.binary}.`, line: 1 }] as const;
    return { encoding: "binary", encodingBecause: large.binary, lines: 0, stretches: [], damage };
  }
  const damage: IntakeDamage[] = [];
  const sample = sampleLines(kept.windows);
  const judged = judge(sample.bytes, large, options);
  for (const { says, offset } of judged.damage) damage.push({ what: "encoding", says, line: sample.lineAt(judged.text, offset) });
  const encoding = judged.encoding as EncodingName;
  const stretches = kept.windows.map(({ firstLine, bytes, landmarks }) => {
    const text = decodeLines(joined(bytes), encoding);
    return unpack({ ...sourceText(name, firstLine === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text, firstLine), landmarks });
  });
  const longest = (options.bounds ?? usualBounds).longestLine;
  for (const line of kept.cutLines) {
    damage.push({ what: "truncated", says: `Line ${line} is longer than ${longest} bytes; only its beginning was read.`, line });
  }
  if (kept.budgetEndedAt !== null) {
    const says = `Everything before line ${kept.budgetEndedAt} was read, which is as much as one report can hold; the rest of the file was only counted.`;
    damage.push({ what: "truncated", says, line: kept.budgetEndedAt });
  }
  damage.sort((a, b) => a.line - b.line);
  return { encoding: judged.encoding, encodingBecause: judged.because, lines: kept.lines, stretches, damage };
}

function judge(sample: Uint8Array, large: LargeInput, options: IntakeOptions): Decoded {
  const known = options.encoding ?? large.wide?.encoding ?? (large.marked ? "utf-8" : null);
  // Lines around landmarks are text, whatever payload stands among them: the question of binary data is settled.
  const decoded = known === null ? decodeEightBit(sample) : decode(sample, { encoding: known, landmarks: options.landmarks });
  const because = options.encoding !== null ? decoded.because : large.wide?.because ?? (large.marked ? "byte-order mark" : decoded.because);
  return { ...decoded, because };
}

/** Bytes of lines beyond ASCII that the encoding of a large input is judged by. */
const sampleBudget = 1 << 22;

interface Sample {
  readonly bytes: Uint8Array;
  /** Line number in the input of an offset in the decoded sample. */
  lineAt(text: string, offset: number): number;
}

/** Whether bytes tell anything about an encoding. */
function isTelling(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) >= 0x80 || bytes[at] === 0) return true;
  return false;
}

/** The kept lines that hold more than ASCII: the others say nothing about the encoding. UTF-16 lines (NULs) all qualify. */
function sampleLines(windows: readonly LineWindow[]): Sample {
  const parts: Uint8Array[] = [];
  const numbers: number[] = [];
  let size = 0;
  for (const window of windows) {
    let number = window.firstLine;
    for (const piece of window.bytes) {
      for (let start = 0; start < piece.length && size < sampleBudget;) {
        const lineFeed = piece.indexOf(10, start);
        let end = lineFeed < 0 ? piece.length : lineFeed + 1;
        // The high byte of a UTF-16LE line feed belongs to it.
        if (piece[end] === 0 && (end - start) % 2 === 1) end++;
        const part = piece.subarray(start, end);
        if (isTelling(part)) {
          parts.push(part);
          numbers.push(number);
          size += part.length;
        }
        if (lineFeed >= 0) number++;
        start = end;
      }
    }
  }
  return {
    bytes: joined(parts),
    lineAt: (text, offset) => numbers[text.slice(0, offset).split("\n").length - 1] ?? windows[0]?.firstLine ?? 1,
  };
}
