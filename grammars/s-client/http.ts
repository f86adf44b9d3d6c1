import type { HttpStatusFact } from "../../src/model/fact.ts";
import { located, textOf, type Located, type Span } from "../../src/text/source-text.ts";

/** An answer of the server while its lines are read. */
export interface Answer {
  readonly status: number;
  readonly span: Span;
  substatus: number | null;
  win32Status: number | null;
  date: Located<string> | null;
  server: Located<string> | null;
}

/** The answer that a status line begins: `HTTP/1.1 403 Forbidden`. */
export function answerFrom(span: Span): Answer {
  const status = /[1-5][0-9]{2}/.exec(textOf(span).slice(5).replace(/^[0-9.]{1,3}/, ""))?.[0] ?? "0";
  return { status: Number(status), span, substatus: null, win32Status: null, date: null, server: null };
}

/** Reads one header of an answer. Only the two headers that matter here are kept: the others may hold secrets. */
export function readHeader(answer: Answer, name: string, value: Located<string>): void {
  if (/^date$/i.test(name)) {
    const time = Date.parse(value.value);
    if (!Number.isNaN(time) && /GMT|UTC|[+-]0000/.test(value.value)) answer.date ??= located(new Date(time).toISOString(), value.span);
  } else if (/^server$/i.test(name) && value.value.length <= 200) {
    answer.server ??= value;
  }
}

/** Reads the substatus (`403.7 - Forbidden`) and the error code of IIS from a piece of the body. */
export function readBody(answer: Answer, body: string): void {
  const substatus = /(?:^|[^0-9.])([45][0-9]{2})\.([0-9]{1,2})(?:\.[0-9]{1,3})?(?: |&nbsp;|\u00A0){0,3}(?:-|\u2013|\u2014|&ndash;)/.exec(body);
  if (substatus !== null && Number(substatus[1]) === answer.status) answer.substatus ??= Number(substatus[2]);
  const code = /Error Code[^0]{0,80}0x([0-9a-f]{8})/i.exec(body);
  if (code?.[1] !== undefined) answer.win32Status ??= Number.parseInt(code[1], 16);
}

/** Status and substatus of a page that stands without its status line; null when it names none. */
export function answerFromBody(body: string, span: Span): Answer | null {
  const heading = /(?:<h[1-3]>|HTTP Error )([45][0-9]{2})\.([0-9]{1,2})(?:\.[0-9]{1,3})? {0,2}(?:-|\u2013|\u2014|&ndash;)/i.exec(body);
  if (heading?.[1] === undefined) return null;
  return { status: Number(heading[1]), span, substatus: Number(heading[2]), win32Status: null, date: null, server: null };
}

/** The fact of an answer that was read to its end. */
export function httpFact(answer: Answer, run: number): HttpStatusFact {
  const { status, span, substatus, win32Status, date, server } = answer;
  return { kind: "http-status", format: "s_client", span, run, status, substatus, win32Status, date, server };
}
