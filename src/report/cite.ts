import type { Evidence } from "../correlate/evidence.ts";
import { lineWithoutSecrets } from "../redact/secrets.ts";
import { lineIndexAt, lineSpan, placeOf } from "../text/source-text.ts";
import type { Span } from "../text/source-text.ts";
import type { Citation } from "./report.ts";

/** Longest quoted line, in UTF-16 code units; longer ones are shortened around the cited part. */
const LONGEST_QUOTE = 400;

/** A quoted place. Only the line that holds the first character of the span is quoted; secrets in it are hidden, whatever quotes them. */
export function cite(evidence: Evidence): Citation {
  const { span } = evidence;
  const index = lineIndexAt(span.source, span.start);
  const line = lineSpan(span.source, index);
  const from = Math.max(0, span.start - line.start);
  const length = Math.max(0, Math.min(span.end, line.end) - line.start - from);
  const text = lineWithoutSecrets(span.source, index);
  return { ...placeOf(span), ...shorten(text, from, length), shows: evidence.shows };
}

/** Cites every place once, in the given order. */
export function citeAll(evidence: readonly Evidence[]): readonly Citation[] {
  const seen = new Set<string>();
  return evidence.map(cite).filter((citation) => {
    const key = `${citation.file} ${citation.line} ${citation.column} ${citation.shows}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function quoteOf(span: Span): string {
  return cite({ span, shows: "" }).quote;
}

function shorten(text: string, from: number, length: number): { readonly quote: string; readonly from: number; readonly length: number } {
  if (text.length <= LONGEST_QUOTE) return { quote: text, from, length };
  const shown = Math.min(length, LONGEST_QUOTE - 60);
  const start = Math.max(0, Math.min(from - 30, text.length - LONGEST_QUOTE));
  const end = Math.min(text.length, start + LONGEST_QUOTE);
  const head = start > 0 ? "…" : "";
  const tail = end < text.length ? "…" : "";
  return { quote: `${head}${text.slice(start, end)}${tail}`, from: from - start + head.length, length: shown };
}
