import type { CstNode, IToken } from "chevrotain";
import type { HttpStatusFact } from "../../src/model/fact.ts";
import { compareSpans, lineIndexAt, lineSpan, located, textOf, type Located, type Span } from "../../src/text/source-text.ts";
import type { Passage, Reading } from "../format.ts";
import { logClientsOf } from "../shared/log-clients.ts";
import { nodesOf, tokensOf } from "../shared/span.ts";
import { grammar } from "./parser.ts";

/** Statuses that bear on client certificates; the others say nothing here. */
const TELLING: ReadonlySet<number> = new Set([401, 403, 413, 421, 495, 496, 500]);

function itemsOf(node: CstNode): readonly IToken[] {
  return nodesOf(node, "item").flatMap((item) => tokensOf(item, "Item")[0] ?? tokensOf(item, "Other")[0] ?? []);
}

/** `clients`: gathers the addresses in the column of the client, over all logs of the text. */
function readPassage(passage: Passage, clients: Map<string, Located<string>>): Reading {
  const { source, start } = passage.span;
  const { lexer, parser } = grammar();
  parser.input = lexer.tokenize(textOf(passage.span)).tokens;
  const spanOf = (first: IToken, last: IToken = first): Span => ({ source, start: start + first.startOffset, end: start + last.startOffset + last.image.length });
  const facts: HttpStatusFact[] = [];
  const notUnderstood: Span[] = [];
  let names: readonly string[] = [];
  let software: Span | null = null;
  for (const line of nodesOf(parser.log(), "line")) {
    const fields = nodesOf(line, "fieldsLine")[0];
    if (fields !== undefined) names = itemsOf(fields).map((item) => item.image.toLowerCase());
    const directive = nodesOf(line, "directiveLine")[0]?.children["Directive"]?.[0];
    if (directive !== undefined && "image" in directive && directive.image.startsWith("#Software:")) software = spanOf(directive);
    const row = nodesOf(line, "row")[0];
    if (row === undefined) continue;
    const items = itemsOf(row);
    if (items.length !== names.length) {
      const [first] = items;
      if (first !== undefined) notUnderstood.push(lineSpan(source, lineIndexAt(source, start + first.startOffset)));
      continue;
    }
    const itemOf = (name: string): IToken | null => items[names.indexOf(name)] ?? null;
    const numberOf = (name: string): number | null => {
      const image = itemOf(name)?.image ?? "";
      return /^\d{1,10}$/.test(image) ? Number(image) : null;
    };
    const address = itemOf("c-ip");
    const client = address === null || address.image === "-" ? null : clients.get(address.image) ?? located(address.image, spanOf(address));
    if (client !== null) clients.set(client.value, client);
    const status = itemOf("sc-status");
    const number = numberOf("sc-status");
    if (status === null || number === null || !TELLING.has(number)) continue;
    const [substatus, win32] = [itemOf("sc-substatus"), itemOf("sc-win32-status")];
    // Where the three stand side by side, all of them are the place; elsewhere the status alone is.
    const at = names.indexOf("sc-status");
    const last = substatus !== null && names[at + 1] === "sc-substatus" ? (win32 !== null && names[at + 2] === "sc-win32-status" ? win32 : substatus) : status;
    const date = dateOf(itemOf("date"), itemOf("time"), spanOf);
    facts.push({
      kind: "http-status", format: "w3c-log", run: null, span: spanOf(status, last), status: number, substatus: numberOf("sc-substatus"), win32Status: numberOf("sc-win32-status"),
      client: client === null || address === null ? null
        : { address: located(client.value, spanOf(address)), time: date === null ? null : { printed: textOf(date.span), earliest: date.value, latest: date.value } },
      date, server: software === null ? null : located(textOf(software).replace(/^#Software:[ \t]{0,20}/, ""), software),
    });
  }
  return { facts, notUnderstood };
}

/** The format prints UTC (W3C Extended Log File Format; IIS rolls files over by local time and still prints UTC). */
function dateOf(date: IToken | null, time: IToken | null, spanOf: (first: IToken, last?: IToken) => Span): HttpStatusFact["date"] {
  if (date === null || time === null || !/^\d{4}-\d\d-\d\d$/.test(date.image) || !/^\d\d:\d\d:\d\d(?:\.\d{1,7})?$/.test(time.image)) return null;
  const moment = new Date(`${date.image}T${time.image.slice(0, 8)}Z`);
  const [first, last] = date.startOffset < time.startOffset ? [date, time] : [time, date];
  const joined = last.startOffset - (first.startOffset + first.image.length) <= 4;
  return Number.isNaN(moment.getTime()) ? null : located(moment.toISOString(), joined ? spanOf(first, last) : spanOf(date));
}

/** Reads claimed logs: one fact a row whose status bears on client certificates. */
export function read(passages: readonly Passage[]): Reading {
  const clients = new Map<string, Located<string>>();
  const readings = passages.map((passage) => readPassage(passage, clients));
  const facts = readings.flatMap((reading) => reading.facts);
  const source = passages[0]?.span.source;
  const several = facts.length === 0 || source === undefined ? null : logClientsOf(source, "w3c-log", [...clients.values()]);
  return { facts: several === null ? facts : [...facts, several].sort((a, b) => compareSpans(a.span, b.span)), notUnderstood: readings.flatMap((reading) => reading.notUnderstood) };
}
