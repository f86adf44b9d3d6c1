import type { Input } from "../text/intake.ts";
import { once } from "../text/octets.ts";
import type { EachWords } from "./arguments.ts";
import { exitCode, exitCodeOf, isRecognized } from "./exit-code.ts";
import { findInputs, type Inputs } from "./inputs.ts";
import type { Io } from "./io.ts";

/** A file of a ticket: its path, or its text where there is no file. */
export type TicketFile = string | { readonly name: string; readonly text: string };

/** One ticket to analyze. Plain data: it is handed to threads. */
export interface TicketTask {
  readonly ticket: string;
  /** Read together; a folder is walked. */
  readonly files: readonly TicketFile[];
  readonly options: TicketOptions;
}

/** `clock` is one moment for all tickets, so that the order of work changes nothing. */
export type TicketOptions = Pick<EachWords, "at" | "encoding" | "failOn" | "redact"> & { readonly clock: string };

/** The line of one ticket, and the exit code that the ticket alone would have given. */
export interface TicketAnswer {
  readonly line: string;
  readonly code: number;
}

/** Analyzes one ticket. Never throws: what fails becomes a line that says so. */
export async function answerTicket(task: TicketTask, io: Io): Promise<TicketAnswer> {
  try {
    const { ticket, inputs } = await redactedTicket(task, await inputsOfTicket(task, io), io);
    const { at, clock, encoding, failOn } = task.options;
    const { analyze } = await import("../analyze.ts");
    // Texts come as JSON, in which there is only one encoding.
    const isText = task.files.every((file) => typeof file !== "string");
    const report = await analyze(inputs.inputs, { at, clock, encoding: isText ? null : encoding, newDigest: io.newDigest });
    const problems = task.options.redact && inputs.problems.length > 0 ? [unnamedProblems(inputs.problems.length)] : inputs.problems;
    const error = problems.length > 0 ? problems.join("; ") : isRecognized(report) ? null : "nothing was recognized";
    return await answerOf(ticket, exitCodeOf(report, problems.length === 0, failOn), error, report);
  } catch (fault) {
    return faultyTicket(task, fault);
  }
}

/** The line of a ticket whose analysis failed by a fault of certwhy's own. */
export async function faultyTicket({ ticket, options }: TicketTask, fault: unknown): Promise<TicketAnswer> {
  const says = fault instanceof Error ? fault.message || fault.name : String(fault);
  // A message can hold words of the input.
  const error = `a fault of certwhy itself, please report it${options.redact ? "" : `: ${says}`}`;
  return answerOf(options.redact ? "ticket" : ticket, exitCode.ownFault, error, null);
}

/** A ticket as one line of JSON. */
export async function answerOf(ticket: string, code: number, error: string | null, report: object | null): Promise<TicketAnswer> {
  const { renderNdjson } = await import("../render/ndjson.ts");
  return { line: renderNdjson([{ schema: "certwhy/ticket/1", ticket, exitCode: code, error, report }]), code };
}

async function inputsOfTicket({ files }: TicketTask, io: Io): Promise<Inputs> {
  // A dash is a name here; standard input holds the list.
  const paths = files.flatMap((file) => (typeof file !== "string" ? [] : [file === "-" ? "./-" : file]));
  const found = paths.length === 0 ? { inputs: [], problems: [], paths: [] } : await findInputs(paths, io);
  const texts = files.filter((file) => typeof file !== "string")
    .map(({ name, text }): Input => ({ name, bytes: once(new TextEncoder().encode(text)) }));
  return { ...found, inputs: [...found.inputs, ...texts] };
}

/** The name of the ticket is redacted with its files: as the name of one more file, an empty one. */
async function redactedTicket({ ticket, options }: TicketTask, inputs: Inputs, io: Io): Promise<{ readonly ticket: string; readonly inputs: Inputs }> {
  if (!options.redact) return { ticket, inputs };
  const { redactedInputs } = await import("./redaction.ts");
  const name: Inputs = { inputs: [{ name: ticket, bytes: once(new Uint8Array()) }], problems: [], paths: [] };
  const [redacted = inputs, named] = await redactedInputs([inputs, name], { encoding: options.encoding, map: null }, io, () => {});
  return { ticket: named?.inputs[0]?.name ?? "ticket", inputs: redacted };
}

/** Problems name paths, which hold private words. */
function unnamedProblems(count: number): string {
  return `${count} ${count === 1 ? "input" : "inputs"} could not be read`;
}
