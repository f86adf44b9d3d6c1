import type { Options } from "yargs";
import { parseEncodingName, type EncodingName } from "../text/encoding-name.ts";
import { version } from "../version.ts";
import { closest } from "./closest.ts";
import { UsageError, weights, type FailOn } from "./exit-code.ts";
import { formatBySuffix, formatNames, knownSuffixes, suffixOf, type FormatName } from "./output-format.ts";

export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

/** Documents whose JSON Schema can be printed. */
const schemaNames = ["facts", "report", "diff", "ticket"] as const;
export type SchemaName = (typeof schemaNames)[number];

/** How one output is made and where it goes. */
export interface OutputOptions {
  readonly format: FormatName;
  /** A file; null: standard output. */
  readonly output: string | null;
  /** Columns; null: those of the terminal. */
  readonly width: number | null;
  readonly color: "auto" | "always" | "never";
  /** The file name has a suffix of no format, and no format was named: it is written as text. */
  readonly unknownSuffix?: { readonly suffix: string; readonly known: readonly string[] };
}

/** All outputs of a command, at least one; each `--output` is one. */
export type Outputs = readonly [OutputOptions, ...OutputOptions[]];

/** How inputs are read. */
export interface ReadingOptions {
  /** ISO 8601 UTC; null: what the evidence says. */
  readonly at: string | null;
  readonly encoding: EncodingName | null;
  readonly quiet: boolean;
  /** Private names and numbers are replaced by pseudonyms before anything is read. */
  readonly redact: boolean;
  /** File for the table of pseudonyms; null: it is not written. */
  readonly map: string | null;
  readonly outputs: Outputs;
}

/** What `analyze` and `facts` are told. */
export interface AnalyzeWords extends ReadingOptions {
  readonly files: readonly string[];
  readonly failOn: FailOn;
}

/** What `--each` is told: one analysis for each ticket. */
export interface EachWords {
  /** Folders of tickets, tickets that are files, or `-` for a list on standard input. */
  readonly words: readonly string[];
  /** Tickets analyzed at the same time; null: one for each core. */
  readonly jobs: number | null;
  readonly at: string | null;
  readonly encoding: EncodingName | null;
  readonly failOn: FailOn;
  readonly redact: boolean;
  readonly quiet: boolean;
}

/** What `diff` is told: two captures, each a file, a folder, a wildcard or `-`. */
export interface DiffWords extends ReadingOptions {
  readonly a: string;
  readonly b: string;
}

/** What `redact` is told. */
export interface RedactWords {
  readonly files: readonly string[];
  /** A file, or a folder for several copies; null: standard output. */
  readonly output: string | null;
  readonly map: string | null;
  /** Nothing is written: the places that still hold something private are listed. */
  readonly check: boolean;
  readonly encoding: EncodingName | null;
  readonly quiet: boolean;
}

export type Command =
  | ({ readonly command: "analyze" | "facts" } & AnalyzeWords)
  | ({ readonly command: "each" } & EachWords)
  | ({ readonly command: "diff" } & DiffWords)
  | ({ readonly command: "redact" } & RedactWords)
  | { readonly command: "explain"; readonly what: string | null; readonly outputs: Outputs }
  | { readonly command: "schema"; readonly what: SchemaName }
  | { readonly command: "completion"; readonly shell: Shell }
  /** Help or the version: text to print. */
  | { readonly command: "print"; readonly text: string };

export const commandNames: readonly string[] = ["analyze", "facts", "diff", "redact", "explain", "schema", "completion"];

const option = (description: string, more: Options = {}): Options => ({ type: "string", requiresArg: true, description, ...more });

function outputOptions(formats: readonly FormatName[]): Record<string, Options> {
  return {
    format: option("How to print; default: by the suffix of --output, else text", { choices: formats }),
    output: option("Write to FILE instead of standard output; may be given several times", { alias: "o" }),
    width: option("Columns of text output; default: the terminal's, else 100"),
    color: option("Colour text output", { choices: ["auto", "always", "never"], default: "auto" }),
  };
}

function diffOptions(): Record<string, Options> {
  const { "fail-on": _, ...options } = readingOptions(formatNames.diff);
  return options;
}

function redactOptions(): Record<string, Options> {
  const { encoding, map, quiet } = readingOptions(formatNames.facts) as Record<"encoding" | "map" | "quiet", Options>;
  return {
    output: option("Write the copy to this file, or the copies into this folder; default: standard output", { alias: "o" }),
    map, check: { type: "boolean", default: false, description: "Write nothing: list the places that still hold something private; exit with 1 if there are any" },
    encoding, quiet,
  };
}

function readingOptions(formats: readonly FormatName[]): Record<string, Options> {
  const { format, output, width, color } = outputOptions(formats) as Record<"format" | "output" | "width" | "color", Options>;
  return {
    format, output,
    at: option("Judge validity at this moment, e.g. 2019-04-17T15:25Z; default: what the evidence says, else now"),
    encoding: option("Encoding of the files, e.g. utf-16le, windows-1252, cp850; default: found out"),
    "fail-on": option("Exit with 1 if a cause of this weight or a stronger one is found", { choices: [...weights, "never"], default: "likely" }),
    redact: { type: "boolean", default: false, description: "Replace private names and numbers by stable pseudonyms, so that the output can be shared" },
    map: option("Write the table of pseudonyms to FILE; it names everybody concerned, keep it to yourself"),
    quiet: { type: "boolean", default: false, description: "No notices on standard error", alias: "q" },
    width, color,
  };
}

function analyzeOptions(): Record<string, Options> {
  const { width, color, ...options } = readingOptions(formatNames.report) as Record<"width" | "color", Options>;
  return {
    ...options,
    each: { type: "boolean", default: false, description: "Analyze each ticket in a folder by itself: every sub-folder and every file in it; prints one JSON line a ticket" },
    jobs: option("With --each: tickets at the same time; default: one for each core"),
    width, color,
  };
}

interface Parsed {
  readonly [name: string]: unknown;
}

/** The command that the words of the command line ask for. Throws `UsageError` for what cannot be understood. */
export async function parseArguments(words: readonly string[], columns: number | null): Promise<Command> {
  return plainCommand(words) ?? parseWithYargs(words, columns);
}

/**
 * What words without any option ask for; null when they must be parsed. Most calls name a file and nothing else, and loading yargs takes
 * a third of the time that Node needs to start.
 */
export function plainCommand(words: readonly string[]): Command | null {
  const [first, ...others] = words;
  if (words.some((word) => word.startsWith("-") && word !== "-") || words.at(-1) === "help") return null;
  if (first === "explain") return commandOf({ name: "explain", parsed: { ...defaultsOf(outputOptions(formatNames.document)), what: others } });
  if (first !== undefined && commandNames.includes(first)) return null;
  return commandOf({ name: "analyze", parsed: { ...defaultsOf(analyzeOptions()), files: words } });
}

function defaultsOf(options: Record<string, Options>): Parsed {
  return Object.fromEntries(Object.entries(options).map(([name, { default: value }]) => [name, value as unknown]));
}

/** The same by yargs, for all words there are. */
export async function parseWithYargs(words: readonly string[], columns: number | null): Promise<Command> {
  const { default: yargs } = await import("yargs");
  let chosen: { readonly name: string; readonly parsed: Parsed } | null = null;
  const choose = (name: string) => (parsed: object): void => { chosen = { name, parsed: lastOnes(parsed as Parsed) }; };
  const safe = protect(words);
  const parser = yargs(safe).scriptName("certwhy").locale("en").wrap(Math.min(100, columns ?? 100))
    .parserConfiguration({
      "parse-numbers": false, "parse-positional-numbers": false, "boolean-negation": false, "dot-notation": false,
    })
    .usage("Usage: $0 [FILE...]  or  $0 COMMAND\n\nWhy was my TLS client certificate not offered, not selected, or not accepted?\n"
      + "Reads, in any mixture: STRACE logs, openssl and curl transcripts, certutil, keytool and PEM,\nIIS and netsh output, Windows events, Java and .NET traces, and mails that quote them.")
    .command(["$0 [files..]", "analyze [files..]"], "Print the root causes with the lines that show them (the default)", (command) => command
      .positional("files", { type: "string", description: "Files, folders, wildcards, or - for standard input" })
      .options(analyzeOptions()), choose("analyze"))
    .command("facts [files..]", "Print what was read, with places, and judge nothing", (command) => command
      .positional("files", { type: "string", description: "Files, folders, wildcards, or - for standard input" })
      .options(readingOptions(formatNames.facts)), choose("facts"))
    .command("diff <a> <b>", "Compare two captures, the one that works and the one that does not, and say what can matter", (command) => command
      .positional("a", { type: "string", description: "A file, folder or wildcard, or - for standard input" })
      .positional("b", { type: "string", description: "The other one" })
      .options(diffOptions()), choose("diff"))
    .command("redact [files..]", "Write copies that can be shared: same lines, secrets overwritten, names replaced by stable pseudonyms", (command) => command
      .positional("files", { type: "string", description: "Files, folders, wildcards, or - for standard input" })
      .options(redactOptions()), choose("redact"))
    .command("explain [what..]", "Explain a cause, flag, status, error code, alert, OID or field; without argument, list the causes", (command) => command
      .positional("what", { type: "string", description: "For example keyspec-mismatch, 0x88, 403.7, 0x80090016, KeySpec" })
      .options(outputOptions(formatNames.document)), choose("explain"))
    .command("schema <what>", "Print the JSON Schema of --format json", (command) => command
      .positional("what", { type: "string", choices: schemaNames, demandOption: true }), choose("schema"))
    .command("completion [shell]", "Print the completion script of a shell", (command) => command
      .positional("shell", { type: "string", choices: shells, default: "bash" }), choose("completion"))
    .example("$0 strace.log s_client.txt certutil.txt", "join what three tools printed")
    .example("$0 --each tickets > reports.ndjson", "one report for each ticket in a folder")
    .example("certutil -v -user -store my | $0", "read standard input")
    .example("$0 redact strace.log certutil.txt -o copies", "copies for a ticket, without names")
    .example("$0 explain 403.7", "what a status means")
    .epilogue("Exit codes: 0 no cause at or above --fail-on, 1 such a cause was found, 2 wrong call, 3 nothing recognizable or a file could "
      + "not be read, 70 a fault of certwhy. The report goes to standard output, everything else to standard error.")
    .help().alias("help", "h").version(version).alias("version", "V").strict().exitProcess(false).fail(false);
  let printed = "";
  try {
    await parser.parseAsync(safe, {}, (_error, _parsed, output) => { printed = output; });
  } catch (fault) {
    throw new UsageError(messageOf(fault, words));
  }
  if (printed !== "") return { command: "print", text: `${printed}\n` };
  if (chosen === null) throw new UsageError("nothing to do");
  return commandOf(chosen);
}

function commandOf({ name, parsed }: { readonly name: string; readonly parsed: Parsed }): Command {
  if (parsed["jobs"] !== undefined && parsed["each"] !== true) throw new UsageError("--jobs needs --each");
  switch (name) {
    case "schema": return { command: "schema", what: wordsOf(parsed["what"])[0] as SchemaName };
    case "completion": return { command: "completion", shell: parsed["shell"] as Shell };
    case "explain": return { command: "explain", what: wordsOf(parsed["what"]).join(" ") || null, outputs: outputsOf(parsed, formatNames.document) };
    case "redact": return redactOf(parsed);
    case "diff": return { command: "diff", a: String(parsed["a"]), b: String(parsed["b"]), ...readingOf(parsed, formatNames.diff) };
    default: return parsed["each"] === true ? eachOf(parsed) : {
      command: name === "facts" ? "facts" : "analyze",
      files: wordsOf(parsed["files"]),
      failOn: parsed["fail-on"] as FailOn,
      ...readingOf(parsed, name === "facts" ? formatNames.facts : formatNames.report),
    };
  }
}

function readingOf(parsed: Parsed, formats: readonly FormatName[]): ReadingOptions {
  const redact = parsed["redact"] === true;
  const map = mapOf(parsed);
  if (map !== null && !redact) throw new UsageError("--map needs --redact: without it nothing is replaced");
  const [at, encoding, outputs] = [momentOf(parsed["at"]), encodingOf(parsed["encoding"]), outputsOf(parsed, formats)];
  return { at, encoding, quiet: parsed["quiet"] === true, redact, map, outputs };
}

/** Only what makes sense for many tickets: each line of the output is a whole report, so it is NDJSON on standard output. */
function eachOf(parsed: Parsed): Command {
  const format = parsed["format"] as FormatName | undefined;
  if (format !== undefined && format !== "ndjson") throw new UsageError(`--each prints one line a ticket: --format ndjson and not ${format}`);
  if (parsed["output"] !== undefined) throw new UsageError("--each prints to standard output while it works: use > FILE instead of --output");
  if (parsed["map"] !== undefined) throw new UsageError("--each has pseudonyms of its own for every ticket: there is no one table for --map");
  return {
    command: "each", words: wordsOf(parsed["files"]), jobs: jobsOf(parsed["jobs"]), at: momentOf(parsed["at"]), encoding: encodingOf(parsed["encoding"]),
    failOn: parsed["fail-on"] as FailOn, redact: parsed["redact"] === true, quiet: parsed["quiet"] === true,
  };
}

function jobsOf(typed: unknown): number | null {
  if (typeof typed !== "string") return null;
  const jobs = Number(typed);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1024) throw new UsageError(`--jobs ${typed}: a whole number from 1 to 1024 is needed`);
  return jobs;
}

function redactOf(parsed: Parsed): Command {
  const output = wordsOf(parsed["output"]);
  if (output.length > 1) throw new UsageError("--output may be given once: a file, or a folder for several copies");
  const check = parsed["check"] === true;
  const map = mapOf(parsed);
  if (check && (output.length > 0 || map !== null)) throw new UsageError("--check writes nothing: leave --output and --map away");
  return {
    command: "redact", files: wordsOf(parsed["files"]), output: output[0] ?? null, map, check,
    encoding: encodingOf(parsed["encoding"]), quiet: parsed["quiet"] === true,
  };
}

function mapOf(parsed: Parsed): string | null {
  return (parsed["map"] as string | undefined) ?? null;
}

/** Marks words that yargs would lose: `-`, and everything behind `--`. No word of a command line can hold a NUL. */
const kept = "\u0000";

function protect(words: readonly string[]): string[] {
  const dashes = words.indexOf("--");
  const before = dashes < 0 ? words : words.slice(0, dashes);
  const behind = dashes < 0 ? [] : words.slice(dashes + 1);
  return [...before.map((word) => (word === "-" ? kept + word : word)), ...behind.map((word) => kept + word)];
}

function unprotect(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unprotect);
  return typeof value === "string" ? value.replaceAll(kept, "") : value;
}

/** What may be given several times; any other option counts as it was given last. */
const lists = ["files", "what", "output"];

function lastOnes(parsed: Parsed): Parsed {
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) =>
    [name, unprotect(Array.isArray(value) && !lists.includes(name) ? (value as readonly unknown[]).at(-1) : value)]));
}

function wordsOf(typed: unknown): readonly string[] {
  return Array.isArray(typed) ? typed.map(String) : typed === undefined ? [] : [String(typed)];
}

/**
 * One output: `--format` decides, else its suffix. Of several each has the format of its suffix, and `--format` is for those without one.
 */
function outputsOf(parsed: Parsed, formats: readonly FormatName[]): Outputs {
  const files = wordsOf(parsed["output"]);
  const named = (parsed["format"] as FormatName | undefined) ?? null;
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError(`--output ${twice} is given twice`);
  const width = widthOf(parsed["width"]);
  const color = parsed["color"] as OutputOptions["color"];
  const outputs = files.map((output): OutputOptions => {
    const suffix = formatBySuffix(output, formats);
    const format = files.length > 1 ? suffix ?? named : named ?? suffix;
    const unknown = format === null ? suffixOf(output) : null;
    return { format: format ?? "text", output, width, color, ...(unknown === null ? {} : { unknownSuffix: { suffix: unknown, known: knownSuffixes(formats) } }) };
  });
  const [first, ...others] = outputs;
  return first === undefined ? [{ format: named ?? "text", output: null, width, color }] : [first, ...others];
}

function widthOf(typed: unknown): number | null {
  if (typeof typed !== "string") return null;
  const width = Number(typed);
  if (!Number.isInteger(width) || width < 20 || width > 10000) throw new UsageError(`--width ${typed}: a whole number from 20 to 10000 is needed`);
  return width;
}

function encodingOf(typed: unknown): EncodingName | null {
  if (typeof typed !== "string") return null;
  const name = parseEncodingName(typed);
  if (name === null) throw new UsageError(`--encoding ${typed}: not a known encoding; for example utf-8, utf-16le, windows-1252, cp850, cp437, cp932`);
  return name;
}

/** `2019-04-17`, `2019-04-17 17:25`, `2019-04-17T17:25:03Z`, `…+02:00`; without a zone it is UTC. */
function momentOf(typed: unknown): string | null {
  if (typeof typed !== "string") return null;
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?)?\s?(Z|[+-]\d{2}:\d{2})?$/i.exec(typed.trim());
  const moment = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2] ?? "00:00"}${parts[3] ?? ":00"}${parts[4]?.toUpperCase() ?? "Z"}`);
  // JavaScript takes 30 February for 2 March.
  const isReal = parts !== null && !Number.isNaN(moment) && new Date(`${parts[1]}T00:00:00Z`).toISOString().startsWith(parts[1] as string);
  if (!isReal) throw new UsageError(`--at ${typed}: a date is needed as in 2019-04-17 or 2019-04-17T15:25Z`);
  return new Date(moment).toISOString();
}

/** Every option of any command. */
export const optionNames: readonly string[] = [
  "format", "output", "at", "encoding", "fail-on", "redact", "map", "check", "each", "jobs", "quiet", "width", "color", "help", "version",
];

/** yargs' message as one line, with the option that was probably meant. */
function messageOf(fault: unknown, words: readonly string[]): string {
  // The handlers only note what was chosen, so whatever parsing throws is about the words.
  if (!(fault instanceof Error)) throw fault;
  const line = fault.message.replaceAll(kept, "").replace(/\s*\n\s*/g, "; ").replace(/:;/g, ":").trim();
  if (line.startsWith("Not enough non-option arguments")) return words.find((word) => word === "schema" || word === "diff") === "schema" ? `schema needs one of ${schemaNames.join(", ")}` : "diff needs two captures: certwhy diff A B";
  const unknown = words.find((word) => /^--./.test(word) && line.startsWith("Unknown argument") && line.includes(word.slice(2).split("=")[0] as string));
  const typed = unknown?.slice(2).split("=")[0] ?? "";
  // An option of another command is not a slip of the pen.
  const near = unknown === undefined || optionNames.includes(typed) ? null : closest(typed, optionNames);
  return near === null ? line : `${line}. Did you mean --${near}?`;
}

/** The command a word was probably meant to be, when no file has that name. */
export function commandLike(word: string): string | null {
  return /^[a-z]{4,12}$/i.test(word) ? closest(word, commandNames) : null;
}
