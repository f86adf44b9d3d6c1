import type { Digest } from "./intake.ts";
import { limitedDigest } from "./limited-digest.ts";
import { copied, joined } from "./octets.ts";

/** Bytes on their way, counted and digested. */
export interface Measured {
  /** Can be left early: what follows is read by `readToEnd`. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes read so far. */
  readonly size: () => number;
  /** Digest in lower-case hex of what was read; null when none was asked for, or the input is larger than is digested. */
  readonly sha256: () => string | null;
  readToEnd(): Promise<void>;
  /** All bytes; null when there are more than `most`, which are only counted and digested. */
  hold(most: number): Promise<Uint8Array | null>;
}

/** Bytes that are handed over at a time, so that the count keeps up with what is made of them. */
const pieceSize = 1 << 16;

export function measured(source: AsyncIterable<Uint8Array>, newDigest: (() => Digest) | null, knownSize?: number): Measured {
  const iterator = source[Symbol.asyncIterator]();
  const digest = limitedDigest(newDigest, knownSize);
  let size = 0;
  let rest: Uint8Array = new Uint8Array(0);
  const next = async (): Promise<Uint8Array | null> => {
    while (rest.length === 0) {
      const taken = await iterator.next();
      if (taken.done === true) return null;
      rest = taken.value;
    }
    const piece = rest.subarray(0, pieceSize);
    rest = rest.subarray(piece.length);
    size += piece.length;
    digest.update(piece);
    return piece;
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (let piece = await next(); piece !== null; piece = await next()) yield piece;
  }
  return {
    bytes: bytes(),
    size: () => size,
    sha256: digest.hex,
    readToEnd: async () => {
      while (await next() !== null);
    },
    hold: async (most) => {
      const parts: Uint8Array[] = [];
      for (let piece = await next(); piece !== null; piece = await next()) {
        if (size <= most) parts.push(copied(piece));
        else parts.length = 0;
      }
      if (size > most) return null;
      return joined(parts);
    },
  };
}
