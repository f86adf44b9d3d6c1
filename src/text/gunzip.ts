/** Packed bytes handed over at a time: they unpack to 16 MiB at most. */
const pieceSize = 1 << 14;
/** Unpacked bytes that wait to be read before more are unpacked. */
const mostWaiting = 1 << 20;
/** Octets of the checksum and the length at the end of gzip data. */
const trailerSize = 8;

/**
 * Unpacks gzip data (RFC 1952) as a stream, with the decompressor of the web platform. Where they break off or are damaged, what could be
 * unpacked comes out and `tell` says so. What an iteration of `packed` throws is passed on.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>, tell: (says: string) => void): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream("gzip");
  const waiting: Uint8Array[] = [];
  const state = { size: 0, ended: false, stopped: false, fault: null as unknown, thrown: null as { readonly error: unknown } | null };
  let wake = (): void => {};
  let woken = new Promise<void>((resolve) => { wake = resolve; });
  const notify = (): void => {
    wake();
    woken = new Promise<void>((resolve) => { wake = resolve; });
  };
  const draining = drain();
  const feeding = feed();

  /** Takes out at once what was unpacked: a stream that fails forgets what it still holds. */
  async function drain(): Promise<void> {
    const reader = stream.readable.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        waiting.push(next.value);
        state.size += next.value.length;
        notify();
      }
    } catch (fault) {
      state.fault ??= fault;
    }
    state.ended = true;
    notify();
  }

  async function feed(): Promise<void> {
    const writer = stream.writable.getWriter();
    try {
      for await (const piece of endApart(piecesOf(packed, (error) => { state.thrown = { error }; }))) {
        while (state.size >= mostWaiting && !state.stopped && !state.ended) await woken;
        if (state.stopped || state.ended) break;
        await writer.write(piece as Uint8Array<ArrayBuffer>);
      }
      if (state.stopped) await writer.abort();
      else await writer.close();
    } catch (fault) {
      state.fault ??= fault;
    }
  }

  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        state.size -= chunk.length;
        notify();
        yield chunk;
      } else if (state.ended) {
        break;
      } else {
        await woken;
      }
    }
  } finally {
    state.stopped = true;
    notify();
    await Promise.allSettled([feeding, draining]);
  }
  if (state.thrown !== null) throw state.thrown.error;
  if (state.fault !== null) {
    tell(isCut(state.fault) ? "The packed data break off: what there was of them was read, the rest is missing." : "The packed data are damaged: only what could be unpacked before the fault was read.");
  }
}

/** Node tells cut data from damaged ones; browsers do not. */
function isCut(fault: unknown): boolean {
  return (fault as { readonly code?: unknown } | null)?.code === "Z_BUF_ERROR";
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array>, failed: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) for (let at = 0; at < chunk.length; at += pieceSize) yield chunk.slice(at, at + pieceSize);
  } catch (error) {
    failed(error);
  }
}

/** The same bytes, the last eight as a piece of their own: a checksum that is wrong must not take the text before it along. */
async function* endApart(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array(0);
  for await (const piece of pieces) {
    const both = new Uint8Array(held.length + piece.length);
    both.set(held);
    both.set(piece, held.length);
    const keep = Math.min(trailerSize, both.length);
    held = both.slice(both.length - keep);
    if (both.length > keep) yield both.subarray(0, both.length - keep);
  }
  if (held.length > 0) yield held;
}
