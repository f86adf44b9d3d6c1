import { createHash } from "node:crypto";
import type { EntryKind, Io, Sink } from "../../src/cli/io.ts";
import { answerTicket, type TicketAnswer, type TicketTask } from "../../src/cli/ticket.ts";
import { once } from "../../src/text/octets.ts";

/** A world of the command line that exists in memory: files by path, what was written to the streams, pages by cause id. */
export interface MemoryIo extends Io {
  readonly printed: () => string;
  readonly complained: () => string;
  readonly files: Map<string, Uint8Array>;
}

export interface MemoryWorld {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly stdinIsTerminal?: boolean;
  readonly outIsTerminal?: boolean;
  /** Whoever read standard output is gone. */
  readonly outIsClosed?: boolean;
  readonly errIsTerminal?: boolean;
  readonly isWindows?: boolean;
  /** How a thread answers; by `answer` unless given. */
  readonly answer?: (task: TicketTask, answer: (task: TicketTask) => Promise<TicketAnswer>) => Promise<TicketAnswer>;
  /** The clock; it stands still unless given. */
  readonly now?: () => Date;
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly pages?: Readonly<Record<string, string>>;
  /** Paths that exist but may not be read. */
  readonly locked?: readonly string[];
  /** Paths that break off after their first bytes. */
  readonly failing?: readonly string[];
}

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === "string" ? new TextEncoder().encode(content) : content);

class MissingFile extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

export function memoryIo(world: MemoryWorld = {}): MemoryIo {
  const files = new Map(Object.entries(world.files ?? {}).map(([path, content]) => [path, bytesOf(content)]));
  const texts = { out: "", err: "" };
  const sink = (name: "out" | "err", isTerminal: boolean, columns: number | null): Sink => ({ write: (content) => { texts[name] += typeof content === "string" ? content : new TextDecoder().decode(content); }, isTerminal, columns, drained: async () => world.outIsClosed !== true });
  const normal = (path: string): string => path.replace(/\/+$/, "").replace(/^\.\//, "");
  const kindOf = (path: string): EntryKind => {
    const name = normal(path);
    if (files.has(name)) return "file";
    if (name === "." || [...files.keys()].some((file) => file.startsWith(`${name}/`))) return "folder";
    throw new MissingFile("ENOENT", path);
  };
  const inMemory = (task: TicketTask): Promise<TicketAnswer> => answerTicket(task, io);
  const io: MemoryIo = {
    out: sink("out", world.outIsTerminal ?? false, world.columns ?? null),
    err: sink("err", world.errIsTerminal ?? false, world.errIsTerminal === true ? world.columns ?? 80 : null),
    stdin: { isTerminal: world.stdinIsTerminal ?? world.stdin === undefined, bytes: once(bytesOf(world.stdin ?? "")) },
    environment: world.environment ?? {},
    isWindows: world.isWindows ?? false,
    now: world.now ?? (() => new Date("2020-01-02T03:04:05Z")),
    newDigest: () => {
      const hash = createHash("sha256");
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
    },
    kindOf: async (path) => kindOf(path),
    entries: async (folder) => {
      const prefix = folder === "." ? "" : `${normal(folder)}/`;
      const names = new Set([...files.keys()].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length).split("/")[0] as string));
      return [...names].reverse().map((name) => ({ name, kind: kindOf(prefix + name) }));
    },
    checkReadable: async (path) => {
      if ((world.locked ?? []).includes(normal(path))) throw new MissingFile("EACCES", path);
    },
    sizeOf: async (path) => (files.get(normal(path)) ?? new Uint8Array()).length,
    readBytes: (path) => failing(files.get(normal(path)) ?? new Uint8Array(), (world.failing ?? []).includes(normal(path))),
    write: async (path, content) => {
      if (path.startsWith("nowhere/")) throw new MissingFile("ENOENT", path);
      files.set(path, bytesOf(typeof content === "string" || content instanceof Uint8Array ? content : [...content].join("")));
    },
    makeFolder: async () => {},
    isSameFile: async (a, b) => normal(a) === normal(b) && files.has(normal(a)),
    readPage: async (id) => world.pages?.[id] ?? null,
    cores: () => 2,
    startThreads: async () => ({ answer: (task) => (world.answer ?? inMemory)(task, inMemory), close: async () => {} }),
    printed: () => texts.out,
    complained: () => texts.err,
    files,
  };
  return io;
}

async function* failing(bytes: Uint8Array, fails: boolean): AsyncGenerator<Uint8Array> {
  if (!fails) return yield bytes;
  yield bytes.subarray(0, 10);
  throw new MissingFile("EIO", "disk");
}
