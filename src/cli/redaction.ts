import { visible } from "../render/visible.ts";
import { checkRedacted, inputsOfCopies, redactInputs, type RedactedCopy, type RedactedInputs } from "../redact-inputs.ts";
import type { ReadingOptions, RedactWords } from "./arguments.ts";
import { exitCode, UsageError } from "./exit-code.ts";
import { findInputs, type Inputs } from "./inputs.ts";
import type { Io } from "./io.ts";

type Say = (text: string) => void;

/** Places that `--check` lists; there is no need for more to see that a copy is none. */
const placesShown = 50;

/** `redact`: copies that can be shared, or the places that still hold something private. */
export async function runRedact(options: RedactWords, io: Io, say: Say): Promise<number> {
  const inputs = await findInputs(options.files, io);
  if (options.check) return runCheck(inputs, options, io, say);
  await checkPaths([options.output, options.map], inputs, io);
  const redacted = await redactInputs(inputs.inputs, { encoding: options.encoding, newDigest: null });
  await writeCopies(redacted.copies, inputs, options, io, say);
  await writeMap(redacted, options.map, io, say);
  for (const problem of inputs.problems) say(problem);
  for (const name of redacted.left) say(`${name}: no text, so there is no copy of it`);
  for (const { says } of redacted.notOpened) say(says);
  if (!options.quiet && redacted.copies.length > 0) say("look through a copy before you share it: no program knows every name");
  const isAll = inputs.problems.length === 0 && redacted.left.length === 0 && redacted.notOpened.length === 0 && redacted.copies.length > 0;
  return isAll ? exitCode.fine : exitCode.unreadable;
}

async function runCheck(inputs: Inputs, options: RedactWords, io: Io, say: Say): Promise<number> {
  const places = await checkRedacted(inputs.inputs, { encoding: options.encoding, newDigest: null });
  for (const { place, what, length } of places.slice(0, placesShown)) {
    const size = length === 0 ? "" : `, ${length} ${length === 1 ? "character" : "characters"}`;
    io.out.write(`${visible(`${place.file}:${place.line}:${place.column}: ${what}${size}`)}\n`);
  }
  if (places.length > placesShown) io.out.write(`and ${places.length - placesShown} more places\n`);
  for (const problem of inputs.problems) say(problem);
  if (inputs.problems.length > 0 || inputs.inputs.length === 0) return exitCode.unreadable;
  if (places.length === 0 && !options.quiet) say("nothing private of a known kind is left");
  return places.length === 0 ? exitCode.fine : exitCode.causeFound;
}

/** Inputs by their redacted copies, with the same pseudonyms on all sides. */
export async function redactedInputs(
  sides: readonly Inputs[], options: Pick<ReadingOptions, "encoding" | "map">, io: Io, say: Say,
): Promise<readonly Inputs[]> {
  await checkPaths([options.map], { inputs: [], problems: [], paths: sides.flatMap(({ paths }) => paths) }, io);
  const redacted = await redactInputs(sides.flatMap(({ inputs }) => inputs), { encoding: options.encoding, newDigest: null });
  await writeMap(redacted, options.map, io, say);
  let from = 0;
  return sides.map((side): Inputs => {
    const [first, end] = [from, from += side.inputs.length];
    const isOfSide = ({ input }: { readonly input: number }): boolean => input >= first && input < end;
    for (const name of redacted.left) {
      if (side.inputs.some((input) => name === input.name || name.startsWith(`${input.name}/`))) side.problems.push(`${name}: no text`);
    }
    for (const { says } of redacted.notOpened.filter(isOfSide)) side.problems.push(says);
    return { inputs: inputsOfCopies(redacted.copies.filter(isOfSide)), problems: side.problems, paths: side.paths };
  });
}

/** Throws `UsageError` when a file to be written is one of the inputs. */
async function checkPaths(paths: readonly (string | null)[], inputs: Inputs, io: Io): Promise<void> {
  for (const path of paths) {
    if (path === null || path === "-") continue;
    for (const input of inputs.paths) {
      if (await io.isSameFile(input, path)) throw new UsageError(`${path} is one of the inputs; it would be overwritten`);
    }
  }
}

async function writeCopies(copies: readonly RedactedCopy[], inputs: Inputs, options: RedactWords, io: Io, say: Say): Promise<void> {
  const { output } = options;
  const isFolder = output !== null && output !== "-" && (copies.length > 1 || /[\\/]$/.test(output) || await isExistingFolder(output, io));
  if (copies.length > 1 && !isFolder) throw new UsageError("several inputs need --output FOLDER for their copies");
  const used = new Map<string, "file" | "folder">();
  for (const copy of copies) {
    for (const notice of copy.notices) say(`${copy.of}: ${notice}`);
    if (output === null || output === "-") {
      io.out.write(copy.bytes);
      continue;
    }
    const path = isFolder ? `${output.replace(/[\\/]{1,8}$/, "")}/${freePath(copy, used)}` : output;
    await checkPaths([path], inputs, io);
    try {
      if (isFolder) await io.makeFolder(copy.inside === 0 ? output : path.slice(0, path.lastIndexOf("/")));
      await io.write(path, copy.bytes);
    } catch (fault) {
      throw new UsageError(`--output ${path}: ${fault instanceof Error ? fault.message : String(fault)}`);
    }
    if (!options.quiet) say(`written to ${path}`);
  }
}

async function isExistingFolder(path: string, io: Io): Promise<boolean> {
  return io.kindOf(path).then((kind) => kind === "folder", () => false);
}

/**
 * Where a copy goes below the output folder: the last part of its name, below the name of the archive or the mail that it was in. A name that
 * is taken is numbered; what a mail holds is beside the copy of the mail itself, in `mail.eml.parts`.
 */
function freePath({ name, inside }: RedactedCopy, used: Map<string, "file" | "folder">): string {
  const parts = name.split(/[\\/]/).slice(-1 - inside).map(harmless);
  const last = parts.pop() ?? "copy.txt";
  let folder = "";
  for (const part of parts) {
    folder += part;
    while (used.get(folder.toLowerCase()) === "file") folder += ".parts";
    used.set(folder.toLowerCase(), "folder");
    folder += "/";
  }
  const dot = last.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [last.slice(0, dot), last.slice(dot)] : [last, ""];
  let free = `${folder}${last}`;
  for (let number = 2; used.has(free.toLowerCase()); number++) free = `${folder}${stem}-${number}${ending}`;
  used.set(free.toLowerCase(), "file");
  return free;
}

/** A name that every file system takes as one name: names in archives come from strangers. */
function harmless(name: string): string {
  const shown = name.replace(/[<>:"|?*\u0000-\u001F\u007F]/g, "_").replace(/[. ]{1,200}$/, "");
  return shown === "" ? "copy.txt" : shown.replace(/^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i, "_");
}

async function writeMap({ reversals }: RedactedInputs, map: string | null, io: Io, say: Say): Promise<void> {
  if (map === null) return;
  try {
    await io.write(map, `${JSON.stringify({ schema: "certwhy/pseudonyms/1", pseudonyms: reversals }, null, 2)}\n`);
  } catch (fault) {
    throw new UsageError(`--map ${map}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  say(`${map} says who is behind the pseudonyms: it is for you alone, do not share it`);
}
