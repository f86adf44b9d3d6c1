import type { Io } from "./io.ts";

const controlZ = 0x1a;
const lineFeed = 0x0a;

/** What somebody types or pastes at a terminal, after a hint how to end it. */
export async function* pasted(io: Io): AsyncGenerator<Uint8Array> {
  const end = io.isWindows ? "press Ctrl+Z and Enter" : "press Ctrl+D";
  io.err.write(`certwhy: paste the text here; then, on an empty line, ${end}. (certwhy --help shows how to name files.)\n`);
  yield* io.isWindows ? untilControlZ(io.stdin.bytes) : io.stdin.bytes;
}

/** Windows leaves it to the program whether a Ctrl+Z at the beginning of a line ends the input. */
async function* untilControlZ(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let before = lineFeed;
  for await (const chunk of bytes) {
    const end = chunk.findIndex((byte, at) => byte === controlZ && (at === 0 ? before : chunk[at - 1]) === lineFeed);
    if (end >= 0) {
      yield chunk.subarray(0, end);
      return;
    }
    before = chunk.at(-1) ?? before;
    yield chunk;
  }
}
