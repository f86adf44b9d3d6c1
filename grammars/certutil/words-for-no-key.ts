import { lineIndexAt, type Span } from "../../src/text/source-text.ts";
import type { Line } from "./entry.ts";
import type { StrangeLine } from "./finish-draft.ts";
import { hasKey, type Draft } from "./read-certificate.ts";
import { wholeText } from "./read-extension.ts";
import { HRESULT } from "./read-key.ts";

/**
 * In a language whose words for it no table has: where the key would stand, `No key provider information` and, as a sentence,
 * `Cannot find the certificate and private key for decryption.` Nothing else ends a certificate of a listing so. `until` is where the next
 * certificate or the command's final line begins.
 */
export function wordsForNoKey(draft: Draft, strange: readonly StrangeLine[], until: Span | null): readonly [Line, Line] | null {
  if (draft.section !== "store" || until === null || hasKey(draft)) return null;
  const serial = draft.lines.find((line) => line.kind === "field" && /^[0-9a-f]{2,64}$/i.test(line.value?.value ?? ""));
  const hash = draft.lines.findLast((line) => line.kind === "field" && line.hash === "sha1");
  if (serial?.kind !== "field" || serial.label.value === "Serial Number" || hash === undefined) return null;
  const outside = strange.filter(({ line }) => line.span.start > hash.span.end && line.span.start < until.start);
  if (outside.some(({ field }) => field !== null)) return null;
  // Behind the properties of a verbose listing the two lines pass for lines of the last one.
  const [first, second, third] = outside.length > 0 ? outside.map(({ line }) => line) : outdented(draft.properties.at(-1));
  if (first === undefined || second === undefined || third !== undefined) return null;
  const [none, sentence] = [wholeText(first), wholeText(second)];
  return isSentence(none) || !isSentence(sentence) || none.length < 5 || sentence.length < 10 || HRESULT.test(none + sentence) ? null : [first, second];
}

function isSentence(text: string): boolean {
  return /[.\u3002]$/.test(text.trim());
}

/** The last two lines of a property, where a blank line or less indentation than that of its heading sets them off. */
function outdented(property: Draft["properties"][number] | undefined): readonly Line[] {
  const [first, second] = property?.lines.slice(-2) ?? [];
  if (property === undefined || first === undefined || second === undefined || [first, second].some((line) => line.kind !== "text" && line.kind !== "detail")) return [];
  const { source } = first.span;
  const at = lineIndexAt(source, first.span.start);
  const column = (span: Span): number => span.start - (source.lineStarts[lineIndexAt(source, span.start)] as number);
  const above = at === 0 ? "" : source.text.slice(source.lineStarts[at - 1], source.lineStarts[at]);
  return column(first.span) < column(property.span) || !/[^>\s\u00A0]/.test(above) ? [first, second] : [];
}
