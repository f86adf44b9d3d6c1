import type { Name } from "../../src/model/name.ts";
import { located, textOf, type Located } from "../../src/text/source-text.ts";
import type { Line } from "./lines.ts";
import { nameFrom, notationOf, textOfLine, type PrintedName } from "./printed-names.ts";
import type { Run } from "./run.ts";
import { takeContinuations } from "./take-continuations.ts";

/** The name behind a label, with the lines it goes on in; an empty value is an empty name, unless lines of one attribute each stand below. */
export function readLabelledName(run: Run, line: Line): Located<Name> {
  // A line of full width ends in the middle of the name, so its last blank counts.
  const full = line.width === run.wrapWidth && line.value !== null ? { ...line.value.span, end: line.raw.end } : line.value?.span;
  const own: PrintedName = { text: full === undefined ? "" : textOf(full), span: full ?? { ...line.raw, start: line.raw.end } };
  if (own.text !== "") noteNotation(run, line.kind, own.text);
  const below: Line[] = [];
  while (run.lines[run.index + 1 + below.length]?.kind === "NameLine" && isOneAttribute(own.text) && below.length < 40) {
    below.push(run.lines[run.index + 1 + below.length] as Line);
  }
  if (below.length > 0) {
    run.index += below.length;
    const parts = [...(own.text === "" ? [] : [own.text]), ...below.map(textOfLine)];
    const span = { ...own.span, end: (below.at(-1) as Line).span.end };
    const name = nameFrom({ text: parts.map((part) => part.trim().replace(/ {2,26}= /, " = ")).join("\n"), span }, "lines");
    return located({ ...name.value, printed: own.text === "" ? parts.join("\n") : own.text }, span);
  }
  const whole = takeContinuations(run, own, line);
  return nameFrom(whole, notationOf(whole.text));
}

function isOneAttribute(text: string): boolean {
  return !text.startsWith("/") && !/[,;+] ?(?:[A-Za-z]{1,30}|[0-9.]{3,40}) ?=/.test(text);
}

/** Keeps which notation a name is printed in; those that errors of verification print follow another option. */
function noteNotation(run: Run, kind: string, text: string): void {
  if (kind === "Depth") return;
  if (/^\/[A-Za-z]/.test(text)) run.notations.slash = true;
  else if (/^[A-Za-z]{1,25} = /.test(text)) run.notations.spaced = true;
  else if (/^[A-Za-z]{1,25}=[^,]*, [A-Z]{1,2}=/.test(text)) run.notations.comma = true;
}
