import type { Line } from "./lines.ts";

/** Kinds that error output prints before `CONNECTED(` when both streams went into one pipe. */
const EARLY = new Set(["Depth", "VerifyError", "VerifyResult", "CantServerName", "ValidityEnd", "Issuer", "OpensslError", "ReadWriteEnd", "State", "StateAlert", "KeyLog", "BlankLine", "WarningLine", "VerifyDepth"]);
/** Kinds that show the beginning of the next run when they follow a finished one. */
const OPENING = new Set(["Depth", "CantServerName", "VerifyDepth", "ConnectingTo"]);

/**
 * Indexes of the lines that begin a run of s_client; the first is 0. A run begins with a typed command, with `Connecting to`, with a second
 * `CONNECTED(`, or with the report of a failed connection after one that did not fail; `-reconnect` and the commands R and C stay in one run.
 */
export function runStarts(lines: readonly Line[]): readonly number[] {
  const starts = [0];
  let connecting = false;
  let connected = false;
  let summaries = 0;
  let again = false;
  let typed = false;
  const begin = (index: number): void => {
    if (index > (starts.at(-1) ?? 0)) starts.push(index);
    connecting = connected = again = typed = false;
    summaries = 0;
  };
  lines.forEach((line, index) => {
    switch (line.kind) {
      case "CommandLine":
        if (connecting || connected || summaries > 0 || typed || index > 0) begin(index);
        typed = true;
        break;
      case "Farewell":
        if (/drop connection|RECONNECTING|^C$/.test(line.label)) again = true;
        break;
      case "ConnectingTo":
        if ((connecting || connected || summaries > 0) && !again) begin(index);
        connecting = true;
        break;
      case "Connected":
        if (again) again = false;
        else if (connected || (summaries > 0 && !connecting)) begin(earliest(lines, index));
        connected = true;
        break;
      case "ConnectFailure":
        // Two lines report one failure: only the first after a connection or a summary belongs to another run.
        if (again) again = false;
        else if (connected || summaries > 0) begin(earliest(lines, index, FAILING));
        connecting = false;
        break;
      case "HandshakeRead":
        summaries++;
        break;
    }
  });
  return starts;
}

/** Kinds that stand directly before the report of a failed connection. */
const FAILING = new Set(["OpensslError", "ConnectingTo"]);

/** Walks back over what the same run printed on its error stream before `CONNECTED(` or before a failure, to the first line of kinds `opening`. */
function earliest(lines: readonly Line[], index: number, opening: ReadonlySet<string> = OPENING): number {
  let start = index;
  for (let at = index - 1; at >= 0 && EARLY.has(lines[at]?.kind ?? ""); at--) {
    if (opening.has(lines[at]?.kind ?? "")) start = at;
  }
  return start;
}
