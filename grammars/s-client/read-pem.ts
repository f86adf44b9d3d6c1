import type { Line } from "./lines.ts";
import { isElision, textOfLine } from "./printed-names.ts";
import type { Run } from "./run.ts";
import { STAGES } from "./summary.ts";

/** Opens a PEM block; only a certificate that is one of the server is kept. */
export function beginPem(run: Run, line: Line): void {
  run.pemLines = [];
  run.pemStart = /^\s*(?:TRUSTED |X509 )?CERTIFICATE\s*[-\u2013\u2014]/.test(line.value?.value ?? "") && !inTrace(run) ? line.span : null;
}

/** Is the PEM part of a -trace tree? It may be a certificate that the client sent, so it is not taken for one of the server. */
function inTrace(run: Run): boolean {
  return run.traced && run.summary?.stage !== STAGES.chain && run.summary?.stage !== STAGES.certificate;
}

/** A line inside PEM; false when the block has ended without its last line. */
export function readPemLine(run: Run, line: Line): boolean {
  if (line.kind === "PemEnd") {
    if (run.pemStart !== null && run.pemLines !== null) {
      run.pem.push({ base64: run.pemLines.join(""), span: { ...run.pemStart, end: line.span.end } });
    }
    run.pemLines = null;
    return true;
  }
  const text = textOfLine(line);
  if (line.kind === "BlankLine" || /^[A-Za-z0-9+/=]{1,100}$/.test(text)) {
    run.pemLines?.push(text);
    return true;
  }
  // `...` for lines taken out, and the headers of a key (`Proc-Type: 4,ENCRYPTED`): nothing to decode, but known.
  if (isElision(text) || line.kind === "HttpHeader") {
    run.pemStart = null;
    return true;
  }
  if (line.status !== null) run.pemStart = null;
  run.pemLines = null;
  return false;
}
