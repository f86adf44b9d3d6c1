import { readBody, readHeader } from "./http.ts";
import type { Line } from "./lines.ts";
import { continues, isElision, plainText } from "./printed-names.ts";
import type { Run } from "./run.ts";

/** Lines that mean something only where they stand. */
export function readLoose(run: Run, line: Line): void {
  const text = plainText(line);
  switch (run.region) {
    case "headers":
      if (line.kind === "HttpHeader") {
        if (run.answer !== null && line.value !== null) readHeader(run.answer, line.label.replace(/:$/, ""), line.value);
        return;
      }
      run.region = "body";
      readLoose(run, line);
      return;
    case "body":
      if (run.answer !== null) readBody(run.answer, text);
      return;
    case "typed":
      if (line.kind === "HttpHeader" || /^(?:Host|Connection)/i.test(text)) return;
      break;
    case "trace": case "extra": case "usage": return;
    case "debug":
      if (line.kind === "ByteLine") return;
      break;
    default: break;
  }
  if (line.kind === "ByteLine" || line.kind === "Base64" || isElision(text)) return;
  // The rest of a hex dump or of a label that a body was written into.
  if (run.answer !== null && /^[ -]?[0-9a-f]{1,2}(?:[ -][0-9a-f]{2}){0,16}(?: {2,4}|$)/.test(text)) return;
  if (/^[0-9a-f ]{0,3}[ -][0-9a-f]{2}(?:[ -][0-9a-f]{2}){2,16}/.test(text)) return;
  const above = run.lines[run.index - 1];
  // The rest of a secret that was broken off: understood, never kept.
  if (above !== undefined && (above.kind === "Secret" || above.kind === "KeyLog") && /^[0-9A-Fa-f ]{1,512}$/.test(text)) return;
  // A broken line of a dump: the text beside the bytes.
  if (above !== undefined && (above.kind === "HexDump" || above.kind === "ByteLine") && text.length <= 48) return;
  if (line.kind === "HttpHeader" && run.spoke !== null) return;
  // The rest of any other known line that a mail or a terminal broke.
  const broken = above !== undefined && above.kind !== "BlankLine" && above.kind !== "OtherText" && continues("", above.width, line, run.wrapWidth);
  if (broken) return;
  run.unread.push(line.span);
}
