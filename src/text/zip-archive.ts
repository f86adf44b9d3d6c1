import { chunkQueue } from "./chunk-queue.ts";
import { damagedData, gunzip } from "./gunzip.ts";
import { withDirectory } from "./zip-directory.ts";

/** A file in a zip archive. */
export interface ZipEntry {
  /** As the archive prints it: a stranger's text. */
  readonly name: string;
  readonly packedSize: number;
  /** Why its contents cannot be read, the rest of a sentence; null when they can be tried. */
  readonly unreadable: string | null;
  /** Its contents; where they are damaged, what could be unpacked, and `tell` says so. */
  bytes(tell: (says: string) => void): AsyncIterable<Uint8Array>;
}

export interface ZipListing {
  /** Files in the order of the archive; no folders. */
  readonly entries: readonly ZipEntry[];
  /** Sentences about what is wrong with the archive as a whole. */
  readonly damage: readonly string[];
  /** It is a document of an office program, which is a zip archive too. */
  readonly isDocument: boolean;
}

/** What the directory says of a file, as far as it is needed. */
interface DirectoryEntry {
  readonly filename: string;
  readonly directory: boolean;
  readonly encrypted: boolean;
  readonly compressionMethod: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc32: number;
  readonly symlink: boolean;
  getData?(writer: WritableStream, options: object): Promise<unknown>;
}

/** What a directory gave: `fault` where it ended in an error, `more` where it holds more than are wanted. */
interface Listed {
  readonly found: readonly DirectoryEntry[];
  readonly fault: boolean;
  readonly more: boolean;
}

const stored = 0;
const deflated = 8;
/** Windows packs files of more than 2 GB so. */
const deflated64 = 9;

/** Names of the other methods, for people (APPNOTE.TXT, 4.4.5). */
const methods: Readonly<Record<number, string>> = { 1: "Shrink", 6: "Implode", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 97: "WavPack", 98: "PPMd" };

/**
 * The files of a zip archive that is held in memory; at most `most` are listed. An archive whose directory is missing because it breaks off
 * is read by the headers before the files. Never throws.
 */
export async function listZip(archive: Uint8Array, most: number): Promise<ZipListing> {
  // Loaded here: who reads plain files never pays for it. This build has no web workers, and unpacks Deflate64 too.
  const { ZipReader, Uint8ArrayReader, configure } = await import("@zip.js/zip.js/lib/zip-core-native.js");
  configure({ useWebWorkers: false });
  const list = async (bytes: Uint8Array): Promise<Listed> => {
    const found: DirectoryEntry[] = [];
    try {
      const reader = new ZipReader(new Uint8ArrayReader(bytes), { strictness: "tolerant", filenameValidation: "tolerant" });
      for await (const entry of reader.getEntriesGenerator()) {
        if (found.length >= most) return { found, fault: false, more: true };
        found.push(entry as DirectoryEntry);
      }
      return { found, fault: false, more: false };
    } catch {
      return { found, fault: true, more: false };
    }
  };
  const damage: string[] = [];
  let listed = await list(archive);
  if (listed.fault) {
    const repaired = await list(withDirectory(archive, most + 1));
    damage.push(repaired.found.length > listed.found.length
      ? "The archive breaks off or is damaged: its directory cannot be read. The files were found by the headers before them, and some may be missing."
      : "The archive breaks off or is damaged: its directory cannot be read, and files may be missing.");
    if (repaired.found.length > listed.found.length) listed = repaired;
  }
  if (listed.more) damage.push(`The archive holds more than ${most} files and folders: the others were not read.`);
  return {
    entries: listed.found.filter((entry) => !entry.directory).map(zipEntry), damage,
    isDocument: listed.found.some(({ filename }) => filename === "[Content_Types].xml"),
  };
}

function zipEntry(entry: DirectoryEntry): ZipEntry {
  return { name: entry.filename, packedSize: entry.compressedSize, unreadable: whyUnreadable(entry), bytes: (tell) => contents(entry, tell) };
}

function whyUnreadable({ encrypted, symlink, compressionMethod: method }: DirectoryEntry): string | null {
  if (encrypted) return "is encrypted: unpack it with its password first";
  if (symlink) return "is a link to another file, which was not followed";
  if (method === stored || method === deflated || method === deflated64) return null;
  return `is compressed by a method that certwhy does not read (${methods[method] ?? `number ${method}`}): unpack it first`;
}

async function* contents(entry: DirectoryEntry, tell: (says: string) => void): AsyncGenerator<Uint8Array> {
  if (entry.compressedSize === 0 && entry.uncompressedSize === 0) return;
  if (entry.compressionMethod === deflated) return yield* gunzip(asGzip(entry), tell);
  try {
    yield* data(entry, { checkCrc32: true });
  } catch {
    tell(damagedData);
  }
}

/** Deflated data between the header and the trailer of gzip: the length and the checksum are tested on the way. */
async function* asGzip(entry: DirectoryEntry): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  try {
    yield* data(entry, { passThrough: true });
  } catch {
    // Cut data have no trailer: the decompressor finds that they end too soon.
    return;
  }
  const trailer = new Uint8Array(8);
  new DataView(trailer.buffer).setUint32(0, entry.crc32, true);
  new DataView(trailer.buffer).setUint32(4, entry.uncompressedSize >>> 0, true);
  yield trailer;
}

/** Data of a file as zip.js gives them. What it throws comes after all that it gave before. */
async function* data(entry: DirectoryEntry, options: object): AsyncGenerator<Uint8Array> {
  const queue = chunkQueue();
  const sink = new WritableStream<Uint8Array>({
    write: async (chunk) => {
      queue.push(chunk);
      if (!await queue.hasRoom()) throw new Error("nobody reads it");
    },
  });
  const faults: unknown[] = [];
  const writing = (entry.getData?.(sink, options) ?? Promise.resolve()).catch((fault: unknown) => faults.push(fault)).finally(() => queue.end());
  try {
    yield* queue.chunks();
  } finally {
    await writing;
  }
  if (faults.length > 0) throw faults[0];
}
