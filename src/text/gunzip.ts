import { chunkQueue } from "./chunk-queue.ts";
import { joined } from "./octets.ts";

/** Packed bytes handed over at a time: they unpack to 16 MiB at most. */
const pieceSize = 1 << 14;
/** Octets of the checksum and the length at the end of gzip data. */
const trailerSize = 8;

/** Says that packed data do not unpack to their end. */
export const damagedData = "The packed data are damaged: only what could be unpacked before the fault was read.";

/**
 * Unpacks gzip data (RFC 1952) as a stream, with the decompressor of the web platform. Where they break off or are damaged, what could be
 * unpacked comes out and `tell` says so. What an iteration of `packed` throws is passed on.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>, tell: (says: string) => void): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream("gzip");
  const queue = chunkQueue();
  const faults: unknown[] = [];
  const thrown: unknown[] = [];

  /** Takes out at once what was unpacked: a stream that fails forgets what it still holds. */
  async function drain(): Promise<void> {
    const reader = stream.readable.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) queue.push(next.value);
    } catch (fault) {
      faults.push(fault);
    }
    queue.end();
  }

  async function feed(): Promise<void> {
    const writer = stream.writable.getWriter();
    try {
      for await (const piece of endApart(piecesOf(packed, (error) => { thrown.push(error); }))) {
        if (!await queue.hasRoom()) return await writer.abort();
        await writer.write(piece);
      }
      await writer.close();
    } catch (fault) {
      faults.push(fault);
    }
  }

  const working = [drain(), feed()];
  try {
    yield* queue.chunks();
  } finally {
    await Promise.all(working);
  }
  if (thrown.length > 0) throw thrown[0];
  if (faults.length > 0) {
    tell(faults.some(isCut) ? "The packed data break off: what there was of them was read, the rest is missing." : damagedData);
  }
}

/** Node tells cut data from damaged ones; browsers do not. */
function isCut(fault: unknown): boolean {
  return (fault as { readonly code?: unknown } | null)?.code === "Z_BUF_ERROR";
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array>, failed: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) for (let at = 0; at < chunk.length; at += pieceSize) yield chunk.subarray(at, at + pieceSize);
  } catch (error) {
    failed(error);
  }
}

/**
 * The same bytes, the last eight as a piece of their own: a checksum that is wrong must not take the text before it along. The pieces are
 * copies: the decompressor may still hold one when the input has gone on to its next chunk.
 */
async function* endApart(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held = new Uint8Array(0);
  for await (const piece of pieces) {
    const both = joined([held, piece]);
    const keep = Math.min(trailerSize, both.length);
    held = both.slice(both.length - keep);
    if (both.length > keep) yield both.subarray(0, both.length - keep);
  }
  if (held.length > 0) yield held;
}
