import { UsageError } from "./exit-code.ts";
import { folderEntries, holdsFile, joinPath, namedFiles } from "./inputs.ts";
import type { Io } from "./io.ts";
import type { TicketFile } from "./ticket.ts";

/** A ticket that was named. `error`: why it cannot be analyzed. */
export interface NamedTicket {
  readonly ticket: string;
  readonly files: readonly TicketFile[];
  readonly error: string | null;
}

/**
 * The tickets that the words of the command line name, in order of name: of a folder each sub-folder that holds files and each file, else
 * the file itself. What cannot be read is a problem; there may be no ticket at all.
 */
export async function namedTickets(words: readonly string[], io: Io): Promise<{ readonly names: readonly string[]; readonly problems: readonly string[] }> {
  const names = new Set<string>();
  const problems: string[] = [];
  for (const word of words) {
    const before = names.size + problems.length;
    const { files, folders } = await namedFiles(word, io, problems);
    for (const file of files) names.add(file);
    for (const folder of folders) {
      for (const { name, kind } of await folderEntries(folder, io, problems)) {
        const path = joinPath(folder, name);
        if (kind === "file" || (kind === "folder" && (await holdsFile(path, io)))) names.add(path);
      }
      if (names.size + problems.length === before) problems.push(`${folder}: no ticket in this folder`);
    }
  }
  return { names: [...names].sort((a, b) => (a < b ? -1 : 1)), problems };
}

/** Characters of one line of a list; a longer one is no ticket. */
const longestLine = 1 << 26;

/** The tickets of a list, one a line, as they come: a path, or `{"name": …, "files": [path or {"name", "text"}, …]}`. */
export async function* listedTickets(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<NamedTicket> {
  let number = 0;
  for await (const line of linesOf(bytes)) {
    number++;
    if (line === null) yield notATicket(number, "the line is too long");
    else if (line.trim() !== "") yield line.startsWith("{") ? describedTicket(line, number) : { ticket: line, files: [line], error: null };
  }
}

function notATicket(number: number, error: string): NamedTicket {
  return { ticket: `line ${number}`, files: [], error };
}

function describedTicket(line: string, number: number): NamedTicket {
  let described: unknown;
  try {
    described = JSON.parse(line);
  } catch {
    return notATicket(number, "the line is neither a path nor JSON; a path that begins with { is written ./{");
  }
  const { name, files } = described as { readonly name?: unknown; readonly files?: unknown };
  if (typeof name !== "string" || !Array.isArray(files) || files.length === 0 || !files.every(isTicketFile)) {
    return notATicket(number, 'a ticket as JSON is {"name": "...", "files": ["path", {"name": "...", "text": "..."}]} with at least one file');
  }
  return { ticket: name, files, error: null };
}

function isTicketFile(file: unknown): file is TicketFile {
  if (typeof file === "string") return file !== "";
  const { name, text } = (file ?? {}) as { readonly name?: unknown; readonly text?: unknown };
  return typeof name === "string" && typeof text === "string";
}

/** Lines without their ends; null for one that is too long to be kept. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  const line = (): string | null => {
    const whole = length > longestLine ? null : parts.join("").replace(/\r$/, "");
    parts = [];
    length = 0;
    return whole;
  };
  const take = (part: string): void => {
    length += part.length;
    if (length > longestLine) parts = [];
    else if (part !== "") parts.push(part);
  };
  for await (const chunk of bytes) {
    const pieces = decoder.decode(chunk, { stream: true }).split("\n");
    for (const [index, piece] of pieces.entries()) {
      take(piece);
      if (index < pieces.length - 1) yield line();
    }
  }
  take(decoder.decode());
  if (length > 0) yield line();
}

/** Throws `UsageError` for words that do not go together; whether a list on standard input is meant. */
export function isList(words: readonly string[], io: Io): boolean {
  if (words.includes("-") && words.length > 1) throw new UsageError("with --each a - stands alone: the list on standard input names all tickets");
  if (words.length === 0 && io.stdin.isTerminal) throw new UsageError("--each needs a folder of tickets, or a list of tickets on standard input");
  return words.length === 0 || words[0] === "-";
}
