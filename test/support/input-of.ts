import type { Input } from "../../src/text/intake.ts";

/** An input of bytes or text, cut into chunks of the sizes given in turn (one chunk when none is given). */
export function inputOf(content: Uint8Array | string, chunkSizes: readonly number[] = [], name = "sample.txt"): Input {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { name, bytes: cut(bytes, chunkSizes) };
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : Math.max(1, sizes[turn % sizes.length] as number);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
