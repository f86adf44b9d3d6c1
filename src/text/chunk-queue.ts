/** Bytes on their way from who makes them to who reads them, in order and at the reader's pace. */
export interface ChunkQueue {
  push(chunk: Uint8Array): void;
  /** Nothing more comes. */
  end(): void;
  /** Waits until there is room for more; false when nobody reads any more. */
  hasRoom(): Promise<boolean>;
  /** What was pushed, until the end; leaving it early stops the queue. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** Bytes that wait to be read before there is no more room. */
const mostWaiting = 1 << 20;

export function chunkQueue(): ChunkQueue {
  const waiting: Uint8Array[] = [];
  let size = 0;
  let isEnded = false;
  let isLeft = false;
  let wake = (): void => {};
  let changed = new Promise<void>((resolve) => { wake = resolve; });
  const notify = (): void => {
    wake();
    changed = new Promise<void>((resolve) => { wake = resolve; });
  };
  return {
    push: (chunk) => {
      if (isLeft) return;
      waiting.push(chunk);
      size += chunk.length;
      notify();
    },
    end: () => {
      isEnded = true;
      notify();
    },
    hasRoom: async () => {
      while (size >= mostWaiting && !isLeft && !isEnded) await changed;
      return !isLeft && !isEnded;
    },
    async *chunks() {
      try {
        for (;;) {
          const chunk = waiting.shift();
          if (chunk !== undefined) {
            size -= chunk.length;
            notify();
            yield chunk;
          } else if (isEnded) {
            return;
          } else {
            await changed;
          }
        }
      } finally {
        isLeft = true;
        waiting.length = 0;
        notify();
      }
    },
  };
}
