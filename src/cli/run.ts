import { visible } from "../render/visible.ts";
import type { Report } from "../report/report.ts";
import { commandLike, parseArguments, weights, type Command, type FailOn, type ReadingOptions } from "./arguments.ts";
import { exitCode, UsageError } from "./exit-code.ts";
import { findInputs, type Inputs } from "./inputs.ts";
import type { Io } from "./io.ts";
import { checkOutput, renderDocument, writeOutput } from "./output.ts";

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

function runCommand(command: Command, io: Io): Promise<number> {
  switch (command.command) {
    case "analyze": return runAnalyze(command, io);
    case "facts": return runFacts(command, io);
    case "explain": return runExplain(command, io);
    case "schema": return runSchema(command.what, io);
    case "completion": return runCompletion(command.shell, io);
    case "print":
      io.out.write(command.text);
      return Promise.resolve(exitCode.fine);
  }
}

async function runAnalyze(options: ReadingOptions, io: Io): Promise<number> {
  const inputs = await inputsOf(options, io);
  const { analyze } = await import("../analyze.ts");
  const report = await analyze(inputs.inputs, { encoding: options.encoding, newDigest: io.newDigest, at: options.at, clock: io.now().toISOString() });
  const recognized = report.inputs.some((input) => input.formats.length > 0);
  if (isWorthPrinting(inputs, options)) await writeOutput(await reportText(report, options, io), options, io);
  tell(inputs, recognized, options, io);
  for (const { cause, error } of report.failures) say(`the check of ${cause} failed, please report it: ${error}`, io);
  if (!recognized || inputs.problems.length > 0) return exitCode.unreadable;
  return isReached(report, options.failOn) ? exitCode.causeFound : exitCode.fine;
}

/** When no input could even be opened there is nothing to report to people; programs still get a document. */
function isWorthPrinting(inputs: Inputs, options: ReadingOptions): boolean {
  return inputs.inputs.length > 0 || options.format === "json" || options.format === "ndjson";
}

async function reportText(report: Report, options: ReadingOptions, io: Io): Promise<string> {
  if (options.format === "json") return (await import("../render/json.ts")).renderJson(report);
  const { compose } = await import("../report/compose.ts");
  return renderDocument(compose(report), "certwhy report", options, io);
}

async function runFacts(options: ReadingOptions, io: Io): Promise<number> {
  const inputs = await inputsOf(options, io);
  const { readFacts } = await import("../analyze.ts");
  const read = await readFacts(inputs.inputs, { encoding: options.encoding, newDigest: io.newDigest });
  const recognized = read.inputs.some((input) => input.formats.length > 0);
  let text: string;
  if (options.format === "json") text = (await import("../render/json.ts")).renderJson(read);
  else if (options.format === "ndjson") text = read.facts.map((fact) => `${JSON.stringify(fact)}\n`).join("");
  else text = await renderDocument((await import("./facts-blocks.ts")).factsBlocks(read), "certwhy facts", options, io);
  if (isWorthPrinting(inputs, options)) await writeOutput(text, options, io);
  tell(inputs, recognized, options, io);
  return !recognized || inputs.problems.length > 0 ? exitCode.unreadable : exitCode.fine;
}

async function inputsOf(options: ReadingOptions, io: Io): Promise<Inputs> {
  const inputs = await findInputs(options.files, io);
  await checkOutput(options, inputs.paths, io);
  return inputs;
}

/** What standard error says after the report: unreadable inputs always, the rest unless `--quiet`. */
function tell(inputs: Inputs, recognized: boolean, options: ReadingOptions, io: Io): void {
  for (const problem of inputs.problems) say(problem, io);
  const first = options.files[0];
  const meant = inputs.inputs.length === 0 && first !== undefined ? commandLike(first) : null;
  if (meant !== null) say(`if a command was meant: certwhy ${meant}`, io);
  if (!recognized && inputs.inputs.length > 0) {
    say("nothing was recognized; certwhy reads STRACE logs, openssl s_client transcripts and certutil output (text in any encoding)", io);
  }
  if (options.output !== null && options.output !== "-" && !options.quiet) say(`written to ${options.output}`, io);
}

function isReached(report: Report, failOn: FailOn): boolean {
  if (failOn === "never") return false;
  const enough = weights.slice(0, weights.indexOf(failOn) + 1);
  return report.findings.some((finding) => enough.includes(finding.weight));
}

async function runExplain(command: Extract<Command, { command: "explain" }>, io: Io): Promise<number> {
  const { explainTopic, listCauses, suggestTopic } = await import("./explain-topics.ts");
  const { what } = command;
  const print = async (blocks: Parameters<typeof renderDocument>[0], title: string): Promise<number> => {
    await writeOutput(await renderDocument(blocks, title, command, io), command, io);
    return exitCode.fine;
  };
  if (what === null) return print(listCauses(), "certwhy: causes");
  const { causeById } = await import("../causes/index.ts");
  const cause = causeById(what.trim().toLowerCase());
  if (cause !== undefined) {
    const page = await io.readPage(cause.id);
    if (page === null) throw new Error(`the page of ${cause.id} is missing from this installation`);
    return print((await import("./page-blocks.ts")).pageBlocks(page), cause.title);
  }
  const blocks = explainTopic(what);
  if (blocks !== null) return print(blocks, `certwhy: ${what}`);
  const near = suggestTopic(what);
  throw new UsageError(`nothing is known about "${what}".${near === null ? "" : ` Did you mean ${near}?`} \`certwhy explain\` lists the causes.`);
}

async function runSchema(what: "facts" | "report", io: Io): Promise<number> {
  const { factsSchema, reportSchema } = await import("../report/schemas.ts");
  io.out.write(`${JSON.stringify(what === "facts" ? factsSchema : reportSchema, null, 2)}\n`);
  return exitCode.fine;
}

async function runCompletion(shell: Parameters<typeof import("./completion.ts").completionScript>[0], io: Io): Promise<number> {
  const [{ completionScript }, { causes }] = await Promise.all([import("./completion.ts"), import("../causes/index.ts")]);
  io.out.write(completionScript(shell, causes.map(({ id }) => id)));
  return exitCode.fine;
}
