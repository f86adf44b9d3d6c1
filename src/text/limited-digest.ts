import type { Digest } from "./intake.ts";

/** A digest takes longer than the search for landmarks: logs of hundreds of megabytes, which nobody attaches to a ticket, go without. */
const digestUpTo = 1 << 28;

/** A digest of everything, given up where that is more than is digested. */
export interface LimitedDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex; null when no digest was asked for, or there was too much. */
  hex(): string | null;
}

/** `size` is how many bytes there will be, where that is known: what would be given up is not begun. */
export function limitedDigest(newDigest: (() => Digest) | null, size = 0): LimitedDigest {
  const digest = size > digestUpTo ? null : newDigest?.() ?? null;
  let taken = 0;
  let hex: string | null = null;
  return {
    update(bytes) {
      taken += bytes.length;
      if (taken <= digestUpTo) digest?.update(bytes);
    },
    hex: () => (taken > digestUpTo ? null : hex ??= digest?.hex() ?? null),
  };
}
