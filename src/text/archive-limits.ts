/** Entries of all archives and mails within one input: support packs hold some hundred files. */
export const mostEntries = 2000;

/** Archives, mails and gzip layers within one another. A pack in a mail in an archive is three; more is an attack or an accident. */
export const deepestNesting = 3;

/** Largest zip archive: its directory stands at its end, so that all of it is held in memory. */
export const largestZip = 2 ** 28;

/** Largest mail whose attachments are opened: mail servers take 25 to 50 MB, and all of it is held in memory. */
export const largestMail = 2 ** 26;

/** Bytes that one input may unpack to: longer logs are read unpacked, where nothing limits them. */
const mostUnpacked = 2 ** 32;

/** Logs compress up to 30:1 and repeated dumps a little better; deflate itself ends at 1032:1. More than this is made to fill the memory. */
const mostTimes = 200;

/** Below this nothing is refused for its ratio: a small file of one repeated line is harmless. */
const alwaysUnpacked = 2 ** 26;

/**
 * Characters of texts in archives that are kept for the report, of one input; then only the surroundings of what is recognized, as in a large
 * log. Plain files need no such limit: who gives a gigabyte of them has it on his own disk already.
 */
const mostKept = 2 ** 29;

/** Kept of each text even so: most are shorter. */
const alwaysKept = 2 ** 16;

/** What all that is packed within one input may still unpack to. */
export interface UnpackBudget {
  /** Characters of the next text that may be kept. */
  room(): number;
  /** Counts characters that are kept. */
  keep(characters: number): void;
  /** Counts an entry; false when there were too many. */
  takeEntry(): boolean;
  /** Counts packed and unpacked bytes. */
  take(packed: number, unpacked: number): void;
  /** Why nothing more is unpacked, or null; asked for a single stream, too, of which so much was read. */
  exceeded(packed: number, unpacked: number): string | null;
}

export function newUnpackBudget(): UnpackBudget {
  let entries = 0;
  let allPacked = 0;
  let allUnpacked = 0;
  let kept = 0;
  const isBomb = (packed: number, unpacked: number): boolean => unpacked > alwaysUnpacked && unpacked > mostTimes * packed;
  return {
    room: () => Math.max(alwaysKept, mostKept - kept),
    keep: (characters) => {
      kept += characters;
    },
    takeEntry: () => ++entries <= mostEntries,
    take: (packed, unpacked) => {
      allPacked += packed;
      allUnpacked += unpacked;
    },
    exceeded: (packed, unpacked) => {
      if (isBomb(packed, unpacked) || isBomb(allPacked, allUnpacked)) return `it unpacks to more than ${mostTimes} times its size, which no log does`;
      return allUnpacked > mostUnpacked ? `more than ${mostUnpacked / 2 ** 30} GiB are unpacked from one input` : null;
    },
  };
}

/** Bytes that are unpacked from a stream, as far as the budget allows. `packed` tells how many packed bytes were read so far. */
export async function* withinBudget(
  bytes: AsyncIterable<Uint8Array>, packed: () => number, budget: UnpackBudget, tell: (says: string) => void,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  let unpacked = 0;
  for await (const chunk of bytes) {
    const now = packed();
    unpacked += chunk.length;
    budget.take(now - read, chunk.length);
    read = now;
    const why = budget.exceeded(read, unpacked);
    if (why !== null) {
      tell(`Only the first ${unpacked - chunk.length} bytes were unpacked: ${why}. Nothing behind them was read.`);
      return;
    }
    yield chunk;
  }
}
