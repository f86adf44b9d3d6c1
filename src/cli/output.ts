import type { Block } from "../report/document.ts";
import type { OutputOptions, Outputs } from "./arguments.ts";
import { UsageError } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** Columns when the output is no terminal: wide enough for thumbprints in tables, narrow enough for a ticket. */
const usualWidth = 100;

/** A document as text in a format for people. Only the renderer that is needed is loaded. */
export async function renderDocument(blocks: readonly Block[], title: string, options: OutputOptions, io: Io): Promise<string> {
  switch (options.format) {
    case "markdown": return (await import("../render/markdown.ts")).renderMarkdown(blocks);
    case "html": return (await import("../render/html.ts")).renderHtml(blocks, { title });
    default: {
      const { renderTerminal } = await import("../render/terminal.ts");
      return renderTerminal(blocks, { width: widthFor(options, io), color: isColored(options, io) });
    }
  }
}

/** Characters that are written at a time. */
const pieceLength = 1 << 16;

/** Small pieces put together. */
function* largePieces(pieces: Iterable<string>): Generator<string> {
  let held = "";
  for (const piece of pieces) {
    held += piece;
    if (held.length < pieceLength) continue;
    yield held;
    held = "";
  }
  if (held !== "") yield held;
}

/** Writes output, one text or its pieces, to the file of `--output`, else to standard output. Throws `UsageError` when the file cannot be written. */
export async function writeOutput(text: string | Iterable<string>, options: OutputOptions, io: Io): Promise<void> {
  const { output } = options;
  if (output === null || output === "-") {
    for (const piece of typeof text === "string" ? [text] : largePieces(text)) {
      io.out.write(piece);
      if (!(await io.out.drained())) return;
    }
    return;
  }
  try {
    await io.write(output, typeof text === "string" ? text : largePieces(text));
  } catch (fault) {
    throw new UsageError(`--output ${output}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

/** Throws `UsageError` when an `--output` names one of the inputs: evidence is never overwritten. */
export async function checkOutputs(outputs: Outputs, inputs: readonly string[], io: Io): Promise<void> {
  for (const { output } of outputs) {
    if (output === null || output === "-") continue;
    for (const path of inputs) if (await io.isSameFile(path, output)) throw new UsageError(`--output ${output} is one of the inputs; it would be overwritten`);
  }
}

function widthFor(options: OutputOptions, io: Io): number {
  if (options.width !== null) return options.width;
  const toTerminal = options.output === null ? io.out.columns : null;
  const columns = toTerminal ?? (Number(io.environment["COLUMNS"]) || usualWidth);
  return Math.max(20, Math.min(columns, 200));
}

/** `--color` decides; else FORCE_COLOR, then NO_COLOR (https://no-color.org), then whether a terminal that can is there. */
function isColored(options: OutputOptions, io: Io): boolean {
  if (options.color !== "auto") return options.color === "always";
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: term } = io.environment;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (none !== undefined && none !== "") return false;
  return options.output === null && io.out.isTerminal && term !== "dumb";
}
