import { lineIndexAt, lineSpan } from "../src/text/source-text.ts";
import type { SourceText } from "../src/text/source-text.ts";
import type { InputFormat, Passage } from "./format.ts";

/** The passages of all formats in one stretch, in order of place and not overlapping: on a contested line the earlier format wins. */
export function claimPassages(source: SourceText, formats: readonly InputFormat[]): readonly Passage[] {
  const taken = new Uint8Array(source.lineStarts.length);
  const passages = formatsIn(source, formats).flatMap((format) => format.claim(source).flatMap((passage) => freeParts(passage, taken)));
  return passages.sort((a, b) => a.span.start - b.span.start);
}

const formatsOf = new WeakMap<readonly InputFormat[], Map<string, ReadonlySet<InputFormat>>>();

/** The formats that may have a passage in a stretch: where it was searched for landmarks those of which one stands there, else all. */
function formatsIn({ landmarks }: SourceText, formats: readonly InputFormat[]): readonly InputFormat[] {
  if (landmarks === undefined) return formats;
  const known = formatsOf.get(formats) ?? new Map<string, ReadonlySet<InputFormat>>();
  formatsOf.set(formats, known);
  const possible = new Set<InputFormat>();
  for (const found of landmarks) {
    let users = known.get(found);
    // At the place of the landmark that was found each one stands that it begins with.
    if (users === undefined) known.set(found, users = new Set(formats.filter((format) => format.landmarks.some((landmark) => found.startsWith(landmark)))));
    for (const user of users) possible.add(user);
  }
  return formats.filter((format) => possible.has(format));
}

/** What is left of a passage beside the lines that others have; marks its lines as taken. */
function freeParts(passage: Passage, taken: Uint8Array): readonly Passage[] {
  const { source, start, end } = passage.span;
  const first = lineIndexAt(source, start);
  const last = lineIndexAt(source, Math.max(start, end - 1));
  const parts: Passage[] = [];
  let from = -1;
  for (let line = first; line <= last + 1; line++) {
    const free = line <= last && taken[line] === 0;
    if (free && from < 0) from = line;
    if (!free && from >= 0) {
      parts.push({ ...passage, span: { source, start: from === first ? start : (source.lineStarts[from] as number), end: line - 1 === last ? end : lineSpan(source, line - 1).end } });
      from = -1;
    }
    if (line <= last) taken[line] = 1;
  }
  return parts;
}

/** Number of lines that passages cover. */
export function countLines(passages: readonly Passage[]): number {
  return passages.reduce((sum, { span }) => sum + lineIndexAt(span.source, Math.max(span.start, span.end - 1)) - lineIndexAt(span.source, span.start) + 1, 0);
}
