import type { CstNode } from "chevrotain";
import type { ApiResultFact, DamageFact, Fact, HttpStatusFact, SelectionCallFact } from "../../src/model/fact.ts";
import { compareSpans, lineIndexAt, located, textOf, type SourceText, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { monthNamed } from "../shared/months.ts";
import { joinLines, spanOfToken, tokensOf, type Block } from "../shared/span.ts";
import { findCalls, type SelectionCall } from "./calls.ts";
import { findLogLines, headersBelow, type LogLine } from "./log-lines.ts";
import { straceParser } from "./parser.ts";
import { readSelectionCall } from "./selection-call.ts";
import { straceLexer } from "./tokens.ts";

/** Reads the passages of STRACE logs. */
export function read(passages: readonly Passage[]): Reading {
  const facts: Fact[] = [];
  const notUnderstood: Span[] = [];
  for (const passage of passages) {
    const { source } = passage.span;
    const first = lineIndexAt(source, passage.span.start);
    const last = lineIndexAt(source, Math.max(passage.span.start, passage.span.end - 1));
    const calls = passage.section === "selection-call" ? findCalls(source, first, last) : [];
    for (const call of calls) {
      const reading = readCall(source, call);
      for (const fact of reading.facts) facts.push(fact);
      for (const span of reading.notUnderstood) notUnderstood.push(span);
    }
    const taken = new Set(calls.flatMap((call) => call.lines.map((line) => line.index)));
    for (const line of findLogLines(source, (index) => taken.has(index), first, last)) {
      const fact = line.kind === "http-status" ? readStatus(source, line) : readResult(source, line);
      if (fact !== null) facts.push(fact);
    }
  }
  return { facts: facts.sort((a, b) => compareSpans(a.span, b.span)), notUnderstood };
}

function readCall(source: SourceText, call: SelectionCall): { readonly facts: readonly (SelectionCallFact | DamageFact)[]; readonly notUnderstood: readonly Span[] } {
  const block = joinLines(source, call.lines);
  const tree = parse(block, "call", () => straceParser().selectionCall());
  if (tree === null) return { facts: [], notUnderstood: [] };
  return readSelectionCall(block, tree, call);
}

/** The tree of a block; null where lexer or parser met an error, which a total grammar has no cause for. */
function parse(block: Block, mode: "call" | "status" | "result", rule: () => CstNode): CstNode | null {
  const lexed = straceLexer().tokenize(block.text, mode);
  const parser = straceParser();
  parser.input = lexed.tokens;
  const tree = rule();
  return lexed.errors.length === 0 && parser.errors.length === 0 ? tree : null;
}

function readStatus(source: SourceText, line: LogLine): HttpStatusFact | null {
  const block = joinLines(source, [line]);
  const tree = parse(block, "status", () => straceParser().statusLine());
  const code = tree === null ? undefined : tokensOf(tree, "StatusCode")[0];
  if (code === undefined) return null;
  let date: HttpStatusFact["date"] = null;
  let server: HttpStatusFact["server"] = null;
  for (const header of headersBelow(source, line.index)) {
    const span = { source, start: header.start, end: header.end };
    const text = textOf(span).trim();
    if (header.name === "Server" && server === null && text !== "") server = located(text, span);
    const moment = header.name === "Date" ? isoOfHttpDate(text) : null;
    if (moment !== null && date === null) date = located(moment, span);
  }
  return {
    kind: "http-status", format: "strace", span: { source, start: line.start, end: line.end },
    run: null, status: Number(code.image), substatus: null, win32Status: null, date, server,
  };
}

function readResult(source: SourceText, line: LogLine): ApiResultFact | null {
  const block = joinLines(source, [line]);
  const tree = parse(block, "result", () => straceParser().resultLine());
  const api = tree === null ? undefined : tokensOf(tree, "ApiName")[0];
  const value = tree === null ? undefined : tokensOf(tree, "ErrorValue")[0];
  const span = value === undefined ? null : spanOfToken(block, value);
  if (api === undefined || value === undefined || span === null) return null;
  const number = value.image.startsWith("-") ? Number(value.image) >>> 0 : Number.parseInt(value.image, 16);
  return {
    kind: "api-result", format: "strace", span: { source, start: line.start, end: line.end },
    api: api.image.replace("()", ""), code: located(`0x${number.toString(16).padStart(8, "0")}`, span),
  };
}

/** `Wed, 30 Nov 2022 09:15:00 GMT` (RFC 9110 section 5.6.7) as ISO 8601; null for anything else. */
function isoOfHttpDate(text: string): string | null {
  const parts = /^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$/.exec(text);
  const month = monthNamed(parts?.[2] ?? "");
  if (parts === null || month < 0) return null;
  const moment = new Date(Date.UTC(Number(parts[3]), month, Number(parts[1]), Number(parts[4]), Number(parts[5]), Number(parts[6])));
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
