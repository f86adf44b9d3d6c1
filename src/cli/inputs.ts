import type { Input } from "../text/intake.ts";
import type { Io } from "./io.ts";
import { pasted } from "./paste.ts";
import { hasWildcard, wildcard } from "./wildcard.ts";

/** The inputs of a run, and what could not be read: filled further while inputs are read. */
export interface Inputs {
  readonly inputs: readonly Input[];
  /** One line each, for standard error. */
  readonly problems: string[];
  /** Paths of the inputs that are files. */
  readonly paths: readonly string[];
}

/** Folders below a given one that are walked; a link to a folder is not followed. */
const deepest = 32;

/**
 * The inputs that the words of the command line name: files, folders (walked in order of name, hidden entries left out), wildcards,
 * `-` for standard input. Without a word standard input is read; a terminal is asked for a paste.
 */
export async function findInputs(words: readonly string[], io: Io): Promise<Inputs> {
  const problems: string[] = [];
  const paths: string[] = [];
  const inputs: Input[] = [];
  const add = async (path: string): Promise<void> => {
    if (paths.includes(path)) return;
    paths.push(path);
    const size = await io.sizeOf(path).catch(() => 0);
    inputs.push({ name: path, bytes: reading(path, io, problems), size });
  };
  const addStdin = (): void => {
    if (!inputs.some((input) => input.name === "<stdin>")) inputs.push({ name: "<stdin>", bytes: io.stdin.isTerminal ? pasted(io) : io.stdin.bytes });
  };
  if (words.length === 0) addStdin();
  for (const word of words) {
    if (word === "-") { addStdin(); continue; }
    const { files, folders } = await namedFiles(word, io, problems);
    for (const path of files) await add(path);
    for (const folder of folders) for (const path of await walk(folder, io, problems)) await add(path);
  }
  return { inputs, problems, paths };
}

/** The files and folders that a word means: one of them, or what a wildcard matches. What cannot be read is added to the problems. */
export async function namedFiles(word: string, io: Io, problems: string[]): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
  try {
    const kind = await kindOf(word, io);
    if (kind === "folder") return { files: [], folders: [word] };
    if (kind !== null) {
      await io.checkReadable(word);
      return { files: [word], folders: [] };
    }
    if (hasWildcard(word)) {
      const matches = await expand(word, io);
      if (matches.length === 0) problems.push(`${word}: no file matches`);
      return { files: matches, folders: [] };
    }
    await io.kindOf(word);
  } catch (fault) {
    problems.push(`${word}: ${reasonOf(fault)}`);
  }
  return { files: [], folders: [] };
}

async function kindOf(path: string, io: Io): Promise<"file" | "folder" | null> {
  try {
    return (await io.kindOf(path)) === "folder" ? "folder" : "file";
  } catch (fault) {
    if (codeOf(fault) === "ENOENT") return null;
    throw fault;
  }
}

/** The bytes of a file. A fault while reading ends the input and is told, so that the other inputs are still reported. */
async function* reading(path: string, io: Io, problems: string[]): AsyncGenerator<Uint8Array> {
  try {
    yield* io.readBytes(path);
  } catch (fault) {
    problems.push(`${path}: ${reasonOf(fault)}`);
  }
}

/**
 * What a folder holds, in order of name, hidden entries left out: folders, and files, also by a link. A folder that cannot be read is a problem.
 */
export async function folderEntries(folder: string, io: Io, problems: string[]): Promise<readonly { readonly name: string; readonly kind: "file" | "folder" }[]> {
  const kept: { readonly name: string; readonly kind: "file" | "folder" }[] = [];
  try {
    const entries = [...(await io.entries(folder))].filter(({ name }) => !name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      if (kind === "file" || kind === "folder") kept.push({ name, kind });
      else if (kind === "link" && (await isLinkedFile(joinPath(folder, name), io, problems))) kept.push({ name, kind: "file" });
    }
  } catch (fault) {
    problems.push(`${folder}: ${reasonOf(fault)}`);
  }
  return kept;
}

async function isLinkedFile(path: string, io: Io, problems: string[]): Promise<boolean> {
  try {
    return (await io.kindOf(path)) === "file";
  } catch (fault) {
    problems.push(`${path}: ${reasonOf(fault)}`);
    return false;
  }
}

/** Whether there is something to read in a folder or below it: a file, or a folder that may not be looked into. */
export async function holdsFile(folder: string, io: Io, depth = 0): Promise<boolean> {
  const problems: string[] = [];
  const entries = await folderEntries(folder, io, problems);
  if (problems.length > 0 || entries.some(({ kind }) => kind === "file")) return true;
  for (const { name } of entries) if (depth < deepest && (await holdsFile(joinPath(folder, name), io, depth + 1))) return true;
  return false;
}

async function walk(folder: string, io: Io, problems: string[], depth = 0): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, kind } of await folderEntries(folder, io, problems)) {
    const path = joinPath(folder, name);
    try {
      if (kind === "folder") {
        if (depth < deepest) found.push(...(await walk(path, io, problems, depth + 1)));
      } else {
        await io.checkReadable(path);
        found.push(path);
      }
    } catch (fault) {
      problems.push(`${path}: ${reasonOf(fault)}`);
    }
  }
  if (depth === 0 && found.length === 0) problems.push(`${folder}: no file in this folder`);
  return found;
}

/** Wildcards in any part of a path; hidden names only where the pattern itself begins with a dot. */
async function expand(pattern: string, io: Io): Promise<readonly string[]> {
  const absolute = /^[\\/]+|^[A-Za-z]:[\\/]*/.exec(pattern)?.[0] ?? "";
  let bases: readonly string[] = [absolute];
  const parts = pattern.slice(absolute.length).split(/[\\/]/).filter((part) => part !== "");
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const next: string[] = [];
    for (const base of bases) {
      if (!hasWildcard(part)) { next.push(joinPath(base, part)); continue; }
      const matches = wildcard(part);
      const entries = await io.entries(base === "" ? "." : base).catch(() => []);
      const names = entries.filter(({ name, kind }) => matches(name) && (part.startsWith(".") || !name.startsWith(".")) && (isLast ? kind !== "folder" : kind !== "file"));
      next.push(...names.map(({ name }) => joinPath(base, name)).sort());
    }
    bases = next;
  }
  const readable: string[] = [];
  for (const path of bases) if ((await kindOf(path, io)) === "file") readable.push(path);
  return readable;
}

/** Joined with `/`, which every system takes; the folder stays as it was typed. */
export function joinPath(folder: string, name: string): string {
  return folder === "" || /[\\/]$/.test(folder) || /^[A-Za-z]:$/.test(folder) ? `${folder}${name}` : `${folder}/${name}`;
}

function codeOf(fault: unknown): string | null {
  const code = (fault as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file", EACCES: "permission denied", EPERM: "permission denied", EISDIR: "is a folder", EBUSY: "in use by another program", ENOTDIR: "no such file",
};

function reasonOf(fault: unknown): string {
  const code = codeOf(fault);
  return (code === null ? undefined : reasons[code]) ?? (fault instanceof Error ? fault.message : String(fault));
}
