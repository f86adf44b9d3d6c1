import type { Input } from "../text/intake.ts";
import type { Inputs } from "./inputs.ts";
import type { Io } from "./io.ts";

/** A line on standard error that tells how far the work is, for a person who watches. */
export interface Progress {
  /** Shows that so much is done. */
  step(done: number): Promise<void>;
  /** Wipes the line. */
  finish(): void;
}

const none: Progress = { step: async () => {}, finish: () => {} };

/** Whoever waits shorter needs no line, in milliseconds. */
const patience = 700;
/** Inputs of more bytes are known to take long. */
const large = 1 << 25;

/** Whether a person watches standard error, on a terminal that can wipe a line. */
function isWatched(quiet: boolean, io: Io): boolean {
  return io.err.isTerminal && !quiet && io.environment["TERM"] !== "dumb";
}

/** Progress of tickets; none when their lines run over the same terminal. `total` is null for a list that is still being read. */
export function ticketProgress(total: number | null, quiet: boolean, io: Io): Progress {
  return isWatched(quiet, io) && !io.out.isTerminal ? line(total, (done) => `${done}${total === null ? "" : ` of ${total}`} tickets`, io) : none;
}

/** The same inputs, whose reading is shown when it takes long; `finish` wipes the line. Without somebody who watches nothing is done. */
export function watchReading(inputs: Inputs, quiet: boolean, io: Io): Inputs & { readonly finish: () => void } {
  if (!isWatched(quiet, io)) return { ...inputs, finish: none.finish };
  const size = inputs.inputs.reduce((sum, one) => sum + (one.size ?? 0), 0);
  // Standard input has no size: with it the end is not known.
  const total = size > 0 && inputs.inputs.every((one) => one.size !== undefined) ? size : null;
  const says = (done: number): string => (total === null ? megabytes(done) : `${megabytes(done)} of ${megabytes(total)}`);
  const progress = line(total, says, io, size > large ? 0 : patience);
  let read = 0;
  const watched = (input: Input): Input => ({ ...input, bytes: counted(input.bytes, (length) => progress.step((read += length))) });
  return { ...inputs, inputs: inputs.inputs.map(watched), finish: progress.finish };
}

async function* counted(bytes: AsyncIterable<Uint8Array>, step: (length: number) => Promise<void>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    yield chunk;
    await step(chunk.length);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The line itself, drawn from the first step after `delay` milliseconds on. The package that draws it is loaded only then. */
function line(total: number | null, says: (done: number) => string, io: Io, delay = patience): Progress {
  const begun = io.now().getTime();
  let bar: { start(total: number, done: number, payload: object): void; update(done: number, payload: object): void; stop(): void } | null = null;
  return {
    step: async (done) => {
      if (bar !== null) return bar.update(done, { says: says(done) });
      if (io.now().getTime() - begun < delay) return;
      const { SingleBar } = (await import("cli-progress")).default;
      const format = total === null ? "certwhy: {says}" : "certwhy: [{bar}] {percentage} %  {says}";
      // Line wrapping and the cursor are left alone: a run that is broken off leaves the terminal as it was.
      bar = new SingleBar({
        format, stream: streamOf(io), barCompleteChar: "#", barIncompleteChar: ".", barsize: 24, clearOnComplete: true, linewrap: true, fps: 5,
      });
      bar.start(total ?? 0, done, { says: says(done) });
    },
    finish: () => bar?.stop(),
  };
}

/** Standard error as the stream that the package expects; of a stream it uses nothing else. */
function streamOf({ err }: Io): NodeJS.WritableStream {
  const stream = { isTTY: true, columns: err.columns ?? 80, write: (text: string) => (err.write(text), true) };
  return stream as unknown as NodeJS.WritableStream;
}
