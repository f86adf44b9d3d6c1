import { located, type Span } from "../../src/text/source-text.ts";
import { answerFrom, answerFromBody, httpFact, readBody } from "./http.ts";
import type { Line } from "./lines.ts";
import { plainText } from "./printed-names.ts";
import type { Run } from "./run.ts";

/** A typed request: the first one is kept, without its query. */
export function readHttpRequest(run: Run, line: Line): void {
  closeAnswer(run);
  run.region = "typed";
  run.spoke ??= line.span.start;
  if (line.value === null) return;
  const path = /^[^\s?]{1,2000}/.exec(line.value.value)?.[0] ?? "";
  const method = line.label.trim();
  run.request ??= located(`${method} ${path}`, { ...line.span, end: line.value.span.start + path.length });
}

/** A status line, at the start of a line or in the middle of one, begins an answer. */
export function readStatus(run: Run, span: Span): void {
  closeAnswer(run);
  run.answer = answerFrom(span);
  run.region = "headers";
  run.spoke ??= span.start;
}

/** A line of a page, of the open answer or alone. */
export function readPage(run: Run, line: Line): void {
  const page = plainText(line);
  run.region = "body";
  if (run.answer !== null) return readBody(run.answer, page);
  run.spoke ??= line.span.start;
  const answer = answerFromBody(page, line.span);
  if (answer !== null) run.facts.push(httpFact(answer, run.number));
}

/** The open answer has ended: its fact is written. */
export function closeAnswer(run: Run): void {
  if (run.answer !== null) run.facts.push(httpFact(run.answer, run.number));
  run.answer = null;
}
