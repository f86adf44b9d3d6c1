import { deepestNesting, largestMail, largestZip, mostEntries, newUnpackBudget, withinBudget, type UnpackBudget } from "./archive-limits.ts";
import { distinctName, entryName, isSystemFile } from "./entry-name.ts";
import { gunzip } from "./gunzip.ts";
import { intake, usualWholeUpTo, type Input, type Intake, type IntakeDamage, type IntakeOptions } from "./intake.ts";
import { usualBounds } from "./line-windows.ts";
import { decodeMailPart, findMailParts, type MailPart } from "./mail-parts.ts";
import { measured, type Measured } from "./measured.ts";
import { copied, firstBytes, once } from "./octets.ts";
import { listZip, type ZipEntry } from "./zip-archive.ts";

/** One of the inputs that an input holds: itself, or an entry of an archive, or an attachment of a mail. */
export interface Taken extends Intake {
  /** The text was unpacked on the way: `bytes` and `sha256` are those of the packed file, lines and encoding those of the text. */
  readonly isGzip: boolean;
  /** It is an archive and no text: what it holds follows. */
  readonly isArchive: boolean;
  /** How many folders and names at the end of `name` an archive or a mail gave; 0 for an input as it was handed in. */
  readonly inside: number;
}

/** Something to be opened. */
interface Source extends Input {
  readonly inside: number;
  readonly depth: number;
}

interface Opening {
  readonly options: IntakeOptions;
  readonly budget: UnpackBudget;
}

/**
 * Reads an input once, and what it holds: gzip data as their text; a zip archive, then each of its files; a mail, then each of its parts in
 * base64. What they are is seen in their first bytes. Memory stays bounded whatever they unpack to, and what is not read is said.
 */
export async function* takeIn(input: Input, options: IntakeOptions): AsyncGenerator<Taken> {
  yield* open({ ...input, inside: 0, depth: 0 }, { options, budget: newUnpackBudget() });
}

async function* open(source: Source, opening: Opening): AsyncGenerator<Taken> {
  const { head, bytes } = await withHead(source.bytes);
  const kind = packingOf(head);
  const opened: Source = { ...source, bytes };
  if (kind === null) yield* openText(opened, head, opening);
  else if (source.depth >= deepestNesting) yield await refuse(opened, opening);
  else if (kind === "gzip") yield* openGzip(opened, opening);
  else yield* openZip(opened, opening);
}

/** Bytes that tell what an input is: the first headers of a mail, the letters of an archive. */
const headSize = 1 << 16;

/** The first bytes, and all of them again. */
async function withHead(bytes: AsyncIterable<Uint8Array>): Promise<{ readonly head: Uint8Array; readonly bytes: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (size < headSize && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      // The bytes are the caller's, who may use them again for the next ones.
      first.push(copied(next.value));
      size += next.value.length;
    }
  }
  const head = firstBytes(first, headSize);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      while (first.length > 0) yield first.shift() as Uint8Array;
      if (ended) return;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
      ended = true;
    } finally {
      if (!ended) await iterator.return?.();
    }
  }
  return { head, bytes: all() };
}

function packingOf(head: Uint8Array): "zip" | "gzip" | null {
  // 8 is deflate, the only method of gzip.
  if (head[0] === 0x1f && head[1] === 0x8b && (head.length < 3 || head[2] === 8)) return "gzip";
  if (head[0] !== 0x50 || head[1] !== 0x4b) return null;
  const [third, fourth] = [head[2], head[3]];
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8) ? "zip" : null;
}

async function refuse(source: Source, { options }: Opening): Promise<Taken> {
  const file = measured(source.bytes, options.newDigest, source.size);
  await file.readToEnd();
  return archive(source, file, "an archive", [`It is packed inside of ${deepestNesting} archives or mails: it was not opened. Unpack it first.`]);
}

function archive(source: Source, file: Pick<Measured, "size" | "sha256">, what: string, says: readonly string[]): Taken {
  return {
    name: source.name, bytes: file.size(), sha256: file.sha256(), encoding: "binary", encodingBecause: what, lines: 0, stretches: [],
    damage: says.map((one) => ({ what: "truncated", says: one, line: 1 })), isGzip: false, isArchive: true, inside: source.inside,
  };
}

/** What was found while the bytes of an input were unpacked stands at its end. */
function withFaults(taken: Taken, says: readonly string[]): Taken {
  if (says.length === 0) return taken;
  const line = Math.max(1, taken.lines);
  return { ...taken, damage: [...taken.damage, ...says.map((one): IntakeDamage => ({ what: "truncated", says: one, line }))] };
}

async function* openGzip(source: Source, opening: Opening): AsyncGenerator<Taken> {
  const file = measured(source.bytes, opening.options.newDigest, source.size);
  const says: string[] = [];
  const tell = (one: string): void => void says.push(one);
  const bytes = withinBudget(gunzip(file.bytes, tell), file.size, opening.budget, tell);
  let isFirst = true;
  for await (const taken of open({ ...source, bytes, depth: source.depth + 1 }, opening)) {
    if (isFirst) await file.readToEnd();
    yield isFirst ? { ...withFaults(taken, says), bytes: file.size(), sha256: file.sha256(), isGzip: true } : taken;
    isFirst = false;
  }
}

async function* openZip(source: Source, opening: Opening): AsyncGenerator<Taken> {
  const { options, budget } = opening;
  const file = measured(source.bytes, options.newDigest, source.size);
  const held = await file.hold(largestZip);
  if (held === null) {
    const says = `The archive is larger than ${largestZip / 2 ** 20} MiB, which is as much as is held in memory: unpack it first.`;
    yield archive(source, file, "a zip archive", [says]);
    return;
  }
  const { entries, damage, isDocument } = await listZip(held, mostEntries);
  if (isDocument) {
    yield { ...archive(source, file, "an Office document", ["This is no text but an Office document: save its text first."]), isArchive: false };
    return;
  }
  const files = entries.filter(({ name }) => !isSystemFile(name));
  const readable = files.filter(({ unreadable }) => unreadable === null);
  const taken = readable.filter(() => budget.takeEntry());
  const says = [
    ...damage, ...files.filter(({ unreadable }) => unreadable !== null).map(({ name, unreadable }) => `${entryName(name)} ${unreadable}.`),
    ...tooMany(readable.length - taken.length),
  ];
  const what = files.length === 0 ? "an empty zip archive" : `a zip archive of ${files.length === 1 ? "one file" : `${files.length} files`}`;
  yield archive(source, file, what, files.length === 0 && says.length === 0 ? ["The archive holds no file."] : says);
  const used = new Set<string>();
  for (const entry of taken) {
    if (yield* openEntry(source, entry, distinctName(entryName(entry.name), used), opening)) return;
  }
}

/** Returns whether nothing more of the archive is to be read. */
async function* openEntry(source: Source, entry: ZipEntry, name: string, opening: Opening): AsyncGenerator<Taken, boolean> {
  const says: string[] = [];
  const tell = (one: string): void => void says.push(one);
  yield* openInside(source, name, withinBudget(entry.bytes(tell), () => entry.packedSize, opening.budget, tell), says, opening);
  return opening.budget.exceeded(0, 0) !== null;
}

/** Parts that are no evidence: pictures in a signature, and the certificate of whoever signed the mail, which has nothing to do with the case. */
const unread = /^(?:image|audio|video|font)\/|^application\/(?:x-)?(?:pkcs7|pgp)-signature$/;

async function* openText(source: Source, head: Uint8Array, opening: Opening): AsyncGenerator<Taken> {
  const { options, budget } = opening;
  const isMail = isSavedMail(head);
  const wanted = isMail ? Math.max(options.wholeUpTo ?? usualWholeUpTo, largestMail) : options.wholeUpTo ?? usualWholeUpTo;
  const bounds = options.bounds ?? usualBounds;
  const room = source.depth === 0 ? Infinity : budget.room();
  const taken: Taken = {
    ...await intake(source, { ...options, wholeUpTo: Math.min(wanted, room), bounds: { ...bounds, budget: Math.min(bounds.budget, room) } }),
    isGzip: false, isArchive: false, inside: source.inside,
  };
  if (source.depth > 0) budget.keep(taken.stretches.reduce((sum, { text }) => sum + text.length, 0));
  const [stretch] = taken.stretches;
  const text = (stretch?.carried?.original ?? stretch)?.text ?? "";
  const isWhole = taken.stretches.length === 1 && (stretch?.carried?.original ?? stretch)?.lineStarts.length === taken.lines;
  const parts = isWhole ? findMailParts(text) : [];
  if (parts.length === 0) {
    const says = `The mail is larger than ${largestMail / 2 ** 20} MiB: what is attached to it was not opened.`;
    yield withFaults(taken, isMail && !isWhole && taken.bytes > largestMail ? [says] : []);
    return;
  }
  if (source.depth >= deepestNesting) {
    yield withFaults(taken, [`The mail is packed inside of ${deepestNesting} archives or mails: what is attached to it was not opened.`]);
    return;
  }
  const used = new Set<string>();
  const named = parts.map((part, index) => ({ part, name: distinctName(part.name === null ? `part ${index + 1}` : entryName(part.name), used) }))
    .filter(({ part }) => part.type === null || !unread.test(part.type));
  const messages = named.filter(isMessage);
  const readable = named.filter((one) => !isMessage(one));
  const opened = readable.filter(() => budget.takeEntry());
  const says = messages.map(({ name }) => `${name} is a signed or encrypted message: it was not opened. Save its text first.`);
  yield withFaults(taken, [...says, ...tooMany(readable.length - opened.length)]);
  for (const { part, name } of opened) yield* openPart(source, text, part, name, opening);
}

/** A mail within a mail, in the form of S/MIME: the certificates in it are those of its sender. */
function isMessage({ part, name }: { readonly part: MailPart; readonly name: string }): boolean {
  return part.type !== null && /^application\/(?:x-)?pkcs7-mime$/.test(part.type) && /\.p7m$/i.test(name);
}

function tooMany(left: number): readonly string[] {
  return left === 0 ? [] : [`${left} more ${left === 1 ? "file was" : "files were"} not read: ${mostEntries} files within one input are enough.`];
}

async function* openPart(source: Source, text: string, part: MailPart, name: string, opening: Opening): AsyncGenerator<Taken> {
  const says = part.isWhole ? [] : ["The attachment breaks off: the rest of its lines is not in the mail."];
  yield* openInside(source, name, once(decodeMailPart(text, part)), says, opening);
}

/** What an archive or a mail holds under a name. `says` may be filled while the bytes are read. */
async function* openInside(
  source: Source, name: string, bytes: AsyncIterable<Uint8Array>, says: readonly string[], opening: Opening,
): AsyncGenerator<Taken> {
  let isFirst = true;
  const inner: Source = { name: `${source.name}/${name}`, bytes, inside: source.inside + name.split("/").length, depth: source.depth + 1 };
  for await (const taken of open(inner, opening)) {
    yield isFirst ? withFaults(taken, says) : taken;
    isFirst = false;
  }
}

/** A saved mail begins with its headers. A pasted one may begin anywhere, but is never large. */
function isSavedMail(head: Uint8Array): boolean {
  const text = new TextDecoder("windows-1252").decode(head);
  return /^\s{0,8}(?:From |[A-Za-z][A-Za-z0-9-]{0,76}:)/.test(text) && /^(?:Content-Transfer-Encoding|MIME-Version)[ \t]{0,8}:/im.test(text);
}
