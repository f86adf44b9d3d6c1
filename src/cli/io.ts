import { lstat, mkdir, open, readFile, readdir, realpath, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Digest } from "../text/intake.ts";
import type { TicketAnswer, TicketTask } from "./ticket.ts";

export type EntryKind = "file" | "folder" | "link" | "other";

/** Everything the command line needs from the world: streams, disk, clock, digest. Tests pass their own. */
export interface Io {
  readonly out: Sink;
  readonly err: Sink;
  readonly stdin: { readonly isTerminal: boolean; readonly bytes: AsyncIterable<Uint8Array> };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether this is Windows. */
  readonly isWindows: boolean;
  now(): Date;
  newDigest(): Digest;
  /** What stands at a path, links followed; throws when there is nothing. */
  kindOf(path: string): Promise<EntryKind>;
  /** Names in a folder with their kinds, links not followed. */
  entries(folder: string): Promise<readonly { readonly name: string; readonly kind: EntryKind }[]>;
  /** Throws when the file cannot be opened for reading. */
  checkReadable(path: string): Promise<void>;
  /** Bytes of a file; throws when there is none. */
  sizeOf(path: string): Promise<number>;
  readBytes(path: string): AsyncIterable<Uint8Array>;
  write(path: string, content: string | Uint8Array | Iterable<string>): Promise<void>;
  /** Makes a folder and those above it, where they are missing. */
  makeFolder(path: string): Promise<void>;
  /** Whether both paths lead to the same existing file. */
  isSameFile(a: string, b: string): Promise<boolean>;
  /** The page of a cause, Markdown; null when there is none. */
  readPage(id: string): Promise<string | null>;
  /** Cores that this process may use. */
  cores(): number;
  /** Threads that analyze tickets, so many at the same time. */
  startThreads(count: number): Promise<TicketThreads>;
}

/** Analyzes tickets elsewhere than on this thread. */
export interface TicketThreads {
  /** Rejects when the thread ends before it has answered. */
  answer(task: TicketTask): Promise<TicketAnswer>;
  close(): Promise<void>;
}

export interface Sink {
  write(content: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal; null when it is none, or does not know. */
  readonly columns: number | null;
  /** Waits until what was written has gone on, so that memory does not fill up; false when nobody reads any more. */
  drained(): Promise<boolean>;
}

/** Bytes read from a file at a time. */
const chunkSize = 1 << 18;

/** The real streams, disk and clock. */
export function processIo(): Io {
  return {
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    stdin: { get isTerminal() { return process.stdin.isTTY === true; }, get bytes() { return process.stdin; } },
    environment: process.env,
    isWindows: process.platform === "win32",
    now: () => new Date(),
    newDigest: () => {
      // Loaded here: most commands digest nothing.
      const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
    },
    kindOf: async (path) => kind(await stat(path)),
    entries: async (folder) => (await readdir(folder, { withFileTypes: true })).map((entry) => ({ name: entry.name, kind: kind(entry) })),
    checkReadable: async (path) => (await open(path, "r")).close(),
    sizeOf: async (path) => (await stat(path)).size,
    readBytes,
    write: (path, content) => writeFile(path, content, "utf8"),
    makeFolder: async (path) => void await mkdir(path, { recursive: true }),
    isSameFile: async (a, b) => {
      try {
        const [one, other] = await Promise.all([stat(a), stat(b)]);
        return one.ino === other.ino && one.dev === other.dev && (one.ino !== 0 || (await realpath(a)) === (await realpath(b)));
      } catch {
        return false;
      }
    },
    readPage: async (id) => {
      for (const folder of ["../explain", "../causes"]) {
        const path = join(here, folder, `${id}.md`);
        if (await lstat(path).then((entry) => entry.isFile(), () => false)) return readFile(path, "utf8");
      }
      return null;
    },
    cores: () => availableParallelism(),
    startThreads,
  };
}

/** What is used of the package `piscina`; its own declarations do not hold where an option that is left out may not be undefined. */
interface PiscinaPackage {
  readonly Piscina: new (options: { readonly filename: string; readonly minThreads: number; readonly maxThreads: number; readonly idleTimeout: number; readonly concurrentTasksPerWorker: number }) => {
    run(task: TicketTask): Promise<TicketAnswer>;
    destroy(): Promise<void>;
  };
}

async function startThreads(count: number): Promise<TicketThreads> {
  // Not bundled: its threads start from a file of its own.
  const { Piscina } = process.getBuiltinModule("node:module").createRequire(import.meta.url)("piscina") as PiscinaPackage;
  const pool = new Piscina({ filename: join(here, "worker.cjs"), minThreads: 1, maxThreads: count, idleTimeout: 10_000, concurrentTasksPerWorker: 2 });
  return { answer: (task) => pool.run(task), close: () => pool.destroy() };
}

/** Reads a file through two buffers, one of which is filled while the other is worked on: a chunk is good until the next one is asked for. */
async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  let [front, back] = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
  let reading = file.read(front, 0, chunkSize, null);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(back, 0, chunkSize, null);
      yield front.subarray(0, bytesRead);
      [front, back] = [back, front];
    }
  } finally {
    // Who stops early does not wait for what is still being read, but the file may be closed only then.
    await reading.catch(() => null);
    await file.close();
  }
}

const here = dirname(fileURLToPath(import.meta.url));

function kind(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryKind {
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "other";
}

/** A stream as a sink. A reader that went away (`certwhy log | head`) is no error: what is left is dropped. */
export function sinkOf(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Sink {
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
  });
  return {
    write: (content) => {
      if (!closed) stream.write(content);
    },
    isTerminal: stream.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: (stream.isTTY === true ? stream.columns ?? 0 : 0) || null,
    drained: async () => {
      if (!closed && stream.writableNeedDrain) await roomIn(stream);
      return !closed;
    },
  };
}

/** Waits until a stream takes more, or takes nothing any more. */
function roomIn(stream: Writable): Promise<void> {
  const events = ["drain", "close", "error"];
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
