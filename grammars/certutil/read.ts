import type { Passage, Reading } from "../format.ts";
import { compareSpans, type SourceText } from "../../src/text/source-text.ts";
import { settleDayOrder, type DayOrder } from "../shared/dates.ts";
import { readOutput } from "./read-output.ts";

/** Reads all passages of one or more stretches of text; facts in order of place. */
export function read(passages: readonly Passage[]): Reading {
  const outputs = passages.map((passage) => ({ source: passage.span.source, output: readOutput(passage) }));
  const orders = new Map<SourceText, DayOrder>();
  for (const { source } of outputs) {
    if (!orders.has(source)) orders.set(source, settleDayOrder(outputs.filter((other) => other.source === source).flatMap(({ output }) => [...output.dates])));
  }
  const readings = outputs.map(({ source, output }) => output.reading(orders.get(source) ?? "unsettled"));
  return {
    facts: readings.flatMap((reading) => reading.facts).sort((a, b) => compareSpans(a.span, b.span)),
    notUnderstood: readings.flatMap((reading) => reading.notUnderstood),
  };
}
