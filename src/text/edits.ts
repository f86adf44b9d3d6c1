/** One change of a text: `[start, end)` is replaced. Edits of one list are in order and do not overlap. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** A text that was changed, and where each of its characters stands in the text it was made from. */
export interface Edited {
  readonly text: string;
  /** One offset for each character of `text`, and one for its end; never falling. */
  readonly offsets: Uint32Array;
}

/** Applies edits. Characters that stand for a replaced stretch all have the offset of its beginning. Linear. */
export function applyEdits(text: string, edits: readonly Edit[]): Edited {
  const parts: string[] = [];
  let length = text.length;
  for (const { start, end, by } of edits) length += by.length - (end - start);
  const offsets = new Uint32Array(length + 1);
  let to = 0;
  let from = 0;
  for (const { start, end, by } of edits) {
    parts.push(text.slice(from, start), by);
    while (from < start) offsets[to++] = from++;
    for (let each = 0; each < by.length; each++) offsets[to++] = start;
    from = end;
  }
  parts.push(text.slice(from));
  while (from <= text.length) offsets[to++] = from++;
  return { text: parts.join(""), offsets };
}

/** The offsets of `after`, whose text was made from that of `before`, in the text that `before` was made from. */
export function composeEdits(before: Edited, after: Edited): Edited {
  return { text: after.text, offsets: after.offsets.map((offset) => before.offsets[offset] as number) };
}
