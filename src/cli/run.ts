import { visible } from "../render/visible.ts";
import type { Report } from "../report/report.ts";
import {
  commandLike, parseArguments, type AnalyzeWords, type Command, type DiffWords, type OutputOptions, type Outputs, type ReadingOptions, type SchemaName,
} from "./arguments.ts";
import { exitCode, exitCodeOf, isRecognized, UsageError } from "./exit-code.ts";
import { findInputs, type Inputs } from "./inputs.ts";
import type { Io } from "./io.ts";
import { isForPrograms } from "./output-format.ts";
import { checkOutputs, renderDocument, writeOutput } from "./output.ts";
import { watchReading } from "./progress.ts";

// What a command needs is loaded when it runs: help, schema and completion never wait for grammars.

/** Runs the command line and returns its exit code. A user's mistake is one line on standard error; a fault of our own is thrown. */
export async function run(words: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(await parseArguments(words, io.out.columns), io);
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    say(fault.message, io);
    return exitCode.usage;
  }
}

/** One line on standard error. File names and typed words are foreign: what would not show is escaped. */
function say(text: string, io: Io): void {
  io.err.write(`certwhy: ${visible(text)}\n`);
}

async function runCommand(command: Command, io: Io): Promise<number> {
  switch (command.command) {
    case "analyze": return runAnalyze(command, io);
    case "each": return (await import("./each.ts")).runEach(command, io, (text) => say(text, io));
    case "facts": return runFacts(command, io);
    case "diff": return runDiff(command, io);
    case "redact": return (await import("./redaction.ts")).runRedact(command, io, (text) => say(text, io));
    case "explain": return runExplain(command, io);
    case "schema": return runSchema(command.what, io);
    case "completion": return runCompletion(command.shell, io);
    case "print":
      io.out.write(command.text);
      return exitCode.fine;
  }
}

async function runAnalyze(options: AnalyzeWords, io: Io): Promise<number> {
  const inputs = await inputsOf(options, io);
  const { analyze } = await import("../analyze.ts");
  const report = await analyze(inputs.inputs, { ...readingOf(options, io), at: options.at, clock: io.now().toISOString() });
  inputs.finish();
  const written = await writeOutputs(options.outputs, [inputs], (output) => reportText(report, output, io), io);
  tell(inputs, options.files, isRecognized(report), io);
  if (!options.quiet) tellWritten(written, io);
  for (const { cause, error } of report.failures) say(`the check of ${cause} failed, please report it: ${error}`, io);
  return exitCodeOf(report, inputs.problems.length === 0, options.failOn);
}

async function inputsOf(options: AnalyzeWords, io: Io): Promise<Inputs & { readonly finish: () => void }> {
  const found = await findInputs(options.files, io);
  await checkOutputs(options.outputs, found.paths, io);
  const inputs = watchReading(found, options.quiet, io);
  const [redacted = inputs] = options.redact ? await redactedSides([inputs], options, io) : [];
  return { ...redacted, finish: inputs.finish };
}

async function redactedSides(sides: readonly Inputs[], options: ReadingOptions, io: Io): Promise<readonly Inputs[]> {
  return (await import("./redaction.ts")).redactedInputs(sides, options, io, (text) => say(text, io));
}

function readingOf(options: ReadingOptions, io: Io): { readonly encoding: ReadingOptions["encoding"]; readonly newDigest: Io["newDigest"] } {
  return { encoding: options.encoding, newDigest: io.newDigest };
}

/** When no input could even be opened there is nothing to report to people; programs still get a document. Tells what was written. */
async function writeOutputs(outputs: Outputs, inputs: readonly Inputs[], textFor: (output: OutputOptions) => Promise<string | Iterable<string>>, io: Io): Promise<readonly OutputOptions[]> {
  const anything = inputs.every((side) => side.inputs.length > 0);
  const written = outputs.filter((output) => anything || isForPrograms(output.format));
  for (const output of written) await writeOutput(await textFor(output), output, io);
  return written;
}

async function reportText(report: Report, output: OutputOptions, io: Io): Promise<string> {
  switch (output.format) {
    case "json": return (await import("../render/json.ts")).renderJson(report);
    case "ndjson": return (await import("../render/ndjson.ts")).renderNdjson([report]);
    case "sarif": return (await import("../render/sarif.ts")).renderSarif(report);
    default: return renderDocument((await import("../report/compose.ts")).compose(report), "certwhy report", output, io);
  }
}

async function runFacts(options: AnalyzeWords, io: Io): Promise<number> {
  const inputs = await inputsOf(options, io);
  const { readFactRows, readFacts } = await import("../analyze.ts");
  const isRows = options.outputs.length === 1 && options.outputs[0].format === "ndjson";
  const read = isRows ? await readFactRows(inputs.inputs, readingOf(options, io)) : await readFacts(inputs.inputs, readingOf(options, io));
  inputs.finish();
  const recognized = isRecognized(read);
  const written = await writeOutputs(options.outputs, [inputs], async (output) => {
    if ("rows" in read) return (await import("../render/ndjson.ts")).renderRows(read.rows);
    switch (output.format) {
      case "json": return (await import("../render/json.ts")).renderJson(read);
      case "ndjson": return (await import("../render/ndjson.ts")).renderNdjson(read.facts);
      case "sarif": return (await import("../render/sarif.ts")).renderFactsSarif(read);
      default: return renderDocument((await import("./facts-blocks.ts")).factsBlocks(read), "certwhy facts", output, io);
    }
  }, io);
  tell(inputs, options.files, recognized, io);
  if (!options.quiet) tellWritten(written, io);
  return !recognized || inputs.problems.length > 0 ? exitCode.unreadable : exitCode.fine;
}

async function runDiff(options: DiffWords, io: Io): Promise<number> {
  const sideA = await findInputs([options.a], io);
  const sideB = await findInputs([options.b], io);
  if (options.a === "-" && options.b === "-") throw new UsageError("standard input can be one of the two captures only");
  await checkOutputs(options.outputs, [...sideA.paths, ...sideB.paths], io);
  const [a = sideA, b = sideB] = options.redact ? await redactedSides([sideA, sideB], options, io) : [];
  const nameOf = (typed: string, side: Inputs): string => (options.redact ? side.inputs[0]?.name ?? "capture" : typed);
  const { diff } = await import("../analyze.ts");
  const moments = { ...readingOf(options, io), at: options.at, clock: io.now().toISOString() };
  const report = await diff({ name: nameOf(options.a, a), inputs: a.inputs }, { name: nameOf(options.b, b), inputs: b.inputs }, moments);
  const written = await writeOutputs(options.outputs, [a, b], async (output) => (output.format === "json"
    ? (await import("../render/json.ts")).renderJson(report)
    : renderDocument((await import("../report/compose-diff.ts")).composeDiff(report), "certwhy diff", output, io)), io);
  const recognized = [report.a, report.b].map(isRecognized);
  tell(a, [options.a], recognized[0] === true, io);
  tell(b, [options.b], recognized[1] === true, io);
  if (!options.quiet) tellWritten(written, io);
  return recognized.includes(false) || a.problems.length > 0 || b.problems.length > 0 ? exitCode.unreadable : exitCode.fine;
}

/** What standard error says after the report about inputs, `--quiet` or not. */
function tell(inputs: Inputs, words: readonly string[], recognized: boolean, io: Io): void {
  for (const problem of inputs.problems) say(problem, io);
  const first = words[0];
  const meant = inputs.inputs.length === 0 && first !== undefined ? commandLike(first) : null;
  if (meant !== null) say(`if a command was meant: certwhy ${meant}`, io);
  if (!recognized && inputs.inputs.length > 0) {
    say("nothing was recognized; certwhy reads STRACE logs, openssl s_client transcripts, certutil output and the lines people paste beside them (text in any encoding)", io);
  }
}

function tellWritten(written: readonly OutputOptions[], io: Io): void {
  for (const { output, unknownSuffix } of written) {
    if (output === null || output === "-") continue;
    say(`written to ${output}${unknownSuffix === undefined ? "" : `, as text: no format here goes by ${unknownSuffix.suffix} (${unknownSuffix.known.join(" ")}, or --format)`}`, io);
  }
}

async function runExplain(command: Extract<Command, { command: "explain" }>, io: Io): Promise<number> {
  const { explainTopic, listCauses, suggestTopic } = await import("./explain-topics.ts");
  const { what } = command;
  const print = async (blocks: Parameters<typeof renderDocument>[0], title: string): Promise<number> => {
    for (const output of command.outputs) await writeOutput(await renderDocument(blocks, title, output, io), output, io);
    tellWritten(command.outputs.filter(({ unknownSuffix }) => unknownSuffix !== undefined), io);
    return exitCode.fine;
  };
  const allCauses = async () => (await import("../causes/index.ts")).causes;
  if (what === null) return print(listCauses(await allCauses()), "certwhy: causes");
  const id = what.trim().toLowerCase();
  const page = /^[a-z][a-z0-9-]{3,79}$/.test(id) ? await io.readPage(id) : null;
  // The first line of a page is the title of its cause.
  if (page !== null) return print((await import("./page-blocks.ts")).pageBlocks(page), page.slice(2, page.indexOf("\n")));
  const blocks = explainTopic(what);
  if (blocks !== null) return print(blocks, `certwhy: ${what}`);
  const causes = await allCauses();
  if (causes.some((cause) => cause.id === id)) throw new Error(`the page of ${id} is missing from this installation`);
  const near = suggestTopic(what, causes);
  throw new UsageError(`nothing is known about "${what}".${near === null ? "" : ` Did you mean ${near}?`} \`certwhy explain\` lists the causes.`);
}

async function runSchema(what: SchemaName, io: Io): Promise<number> {
  const { diffSchema, factsSchema, reportSchema, ticketSchema } = await import("../report/schemas.ts");
  const schemas = { facts: factsSchema, report: reportSchema, diff: diffSchema, ticket: ticketSchema } as const;
  io.out.write(`${JSON.stringify(schemas[what], null, 2)}\n`);
  return exitCode.fine;
}

async function runCompletion(shell: Parameters<typeof import("./completion.ts").completionScript>[0], io: Io): Promise<number> {
  const [{ completionScript }, { causes }] = await Promise.all([import("./completion.ts"), import("../causes/index.ts")]);
  io.out.write(completionScript(shell, causes.map(({ id }) => id)));
  return exitCode.fine;
}
