/**
 * One continuous stretch of an input, decoded once. No reader rewrites the text, so every offset stays true; where the input was packed for
 * transport, `carried` leads from each character back to the input.
 */
export interface SourceText {
  /** File name as the user gave it; `<stdin>` for standard input. */
  readonly name: string;
  /** Decoded text; every offset counts UTF-16 code units of it. */
  readonly text: string;
  /** Line number, from 1, of the first line of `text` in the whole input (more than 1 for a stretch of a large log). */
  readonly firstLine: number;
  /** Offset of the first character of each line; its length is the number of lines of the stretch. */
  readonly lineStarts: Uint32Array;
  /** The stretch as the input holds it, when what carried it (a mail, a web page, a log shipper) was taken off; places are told in it. */
  readonly carried?: Carried | null;
  /** The landmarks that stand in a stretch of a large input, which was searched for them; of those that begin at the same place the longest. */
  readonly landmarks?: ReadonlySet<string>;
}

/** Where the characters of a text that was unpacked stand in the input. */
export interface Carried {
  readonly original: SourceText;
  /** One offset in the text of `original` for each character, and one for the end. */
  readonly offsets: Uint32Array;
}

/** A half-open range `[start, end)` of a stretch of text. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** Where something stands, for people: line and column count from 1, the column in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A value together with the text that printed it. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** Offsets of the line starts of `text`; CRLF, LF and a lone CR each end a line. */
export function findLineStarts(text: string): Uint32Array {
  // Lines of logs are some fifty characters long; where they are shorter the array grows. Sixteen need no memory outside the heap.
  let starts = new Uint32Array(16 + (text.length >> 10 << 5));
  let count = 1;
  for (let at = nextLineEnd(text, 0); at < text.length; at = nextLineEnd(text, starts[count - 1] as number)) {
    const next = text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    // A line end at the very end of the text begins no further line.
    if (next === text.length) break;
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = next;
  }
  return starts.slice(0, count);
}

/** Offset of the first CR or LF at or after `from`; the length of the text when there is none. */
export function nextLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** A stretch of text that begins at line `firstLine` of the input `name`. */
export function sourceText(name: string, text: string, firstLine = 1): SourceText {
  return { name, text, firstLine, lineStarts: findLineStarts(text) };
}

/** Index, from 0, of the line of the stretch that holds `offset`. */
export function lineIndexAt(source: SourceText, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The span of line `index` (from 0) of the stretch, without its line end. */
export function lineSpan(source: SourceText, index: number): Span {
  const start = source.lineStarts[index] ?? source.text.length;
  return { source, start, end: nextLineEnd(source.text, start) };
}

/** The whole line that a span begins in, without its line end. */
export function lineOfSpan({ source, start }: Span): Span {
  return lineSpan(source, lineIndexAt(source, start));
}

/** File, line and column of the first character of a span. */
export function placeOf(span: Span): Place {
  const carried = span.source.carried;
  if (carried) {
    const start = carried.offsets[Math.min(span.start, carried.offsets.length - 1)] ?? 0;
    return placeOf({ source: carried.original, start, end: start });
  }
  const index = lineIndexAt(span.source, span.start);
  return {
    file: span.source.name,
    line: span.source.firstLine + index,
    column: span.start - (span.source.lineStarts[index] as number) + 1,
  };
}

/** The characters of a span. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** A value with the span that prints it. */
export function located<T>(value: T, span: Span): Located<T> {
  return { value, span };
}

/** Orders spans by input, then by offset. */
export function compareSpans(a: Span, b: Span): number {
  if (a.source !== b.source) {
    if (a.source.name !== b.source.name) return a.source.name < b.source.name ? -1 : 1;
    return a.source.firstLine - b.source.firstLine;
  }
  return a.start - b.start || a.end - b.end;
}
