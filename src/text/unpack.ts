import { applyEdits, composeEdits, type Edit, type Edited } from "./edits.ts";
import { undoCsvFields } from "./csv-fields.ts";
import { undoJsonStrings } from "./json-strings.ts";
import { undoLineMarks } from "./line-marks.ts";
import { undoBase64Parts } from "./mail-parts.ts";
import { undoMarkdown } from "./markdown-marks.ts";
import { undoOddCharacters } from "./odd-characters.ts";
import { undoQuotedPrintable } from "./quoted-printable.ts";
import { sourceText, type SourceText } from "./source-text.ts";
import { undoEntities, undoTags } from "./web-page.ts";

/** From the outermost wrapping inwards: a mail may hold a page, a record of a log a line with a time before it. */
const layers: readonly ((text: string) => readonly Edit[])[] = [
  undoBase64Parts, undoQuotedPrintable, undoCsvFields, undoJsonStrings, undoTags, undoEntities, undoOddCharacters, undoLineMarks, undoMarkdown,
];

/**
 * A stretch without what carried it: the escapes of a mail, a web page or a log shipper, marks before every line. What tools printed is
 * changed by none of this, and `placeOf` still tells where it stands in the input. Most stretches come back as they are. Linear.
 */
export function unpack(source: SourceText): SourceText {
  let edited: Edited | null = null;
  for (const layer of layers) {
    const text = edited?.text ?? source.text;
    const edits = layer(text);
    if (edits.length === 0) continue;
    const next = applyEdits(text, edits);
    edited = edited === null ? next : composeEdits(edited, next);
  }
  if (edited === null) return source;
  return { ...sourceText(source.name, edited.text, source.firstLine), carried: { original: source, offsets: edited.offsets } };
}
