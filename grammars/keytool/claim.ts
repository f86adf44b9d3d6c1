import { lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";
import { certificateNumber, LABELS } from "./labels.ts";

/** ASCII strings of which one stands in every passage. */
export const landmarks: readonly string[] = ["SHA1: ", "SHA256: ", "ObjectId: "];

const LEAD = /^[ \t\u00A0>|]{0,80}/;
const labelled = (names: readonly string[]): RegExp => new RegExp(`^(?:${names.join("|")}):`);
const OWNER = labelled(LABELS.Owner);
const ISSUER = labelled(LABELS.Issuer);
const KNOWN = new RegExp(`^(?:(?:${Object.values(LABELS).flat().join("|")}):|${certificateNumber}|(?:SHA1|SHA256|MD5|SHA-1|SHA-256): ?[0-9A-F]{2}:|#[0-9]{1,3}: ObjectId: |[0-9A-F]{4}: [0-9A-F]{2} |[\\[\\]]|[A-Za-z ]{3,40}:? ?\\[|\\*{20,60}$|[^ ]{3,40}:$)`);

/** Claims what `keytool -list -v` and `-printcert` print: from the entry (or the owner) to the last line of the last certificate. */
export function claim(source: SourceText): readonly Passage[] {
  if (!landmarks.some((landmark) => source.text.includes(landmark))) return [];
  const passages: Passage[] = [];
  const count = source.lineStarts.length;
  const lineAt = (index: number): string => {
    const { start, end } = lineSpan(source, index);
    return source.text.slice(start, Math.min(end, start + 400));
  };
  const bareAt = (index: number): string => lineAt(index).replace(LEAD, "");
  let taken = 0;
  for (let index = 0; index + 1 < count; index++) {
    if (!OWNER.test(bareAt(index)) || !ISSUER.test(bareAt(index + 1))) continue;
    let first = index;
    // An empty line stands above the owner where the entry is a trusted certificate.
    for (let above = index - 1; above >= Math.max(taken, index - 6) && (bareAt(above) === "" || KNOWN.test(bareAt(above))); above--) if (bareAt(above) !== "") first = above;
    let last = index + 1;
    let loose = 0;
    for (let next = index + 2; next < count && loose <= 4; next++) {
      const bare = bareAt(next);
      if (bare === "") {
        loose++;
        continue;
      }
      const isInside = loose === 0 && /^[ \t>]{0,4}[ \t]{1,20}\S/.test(lineAt(next));
      if (!KNOWN.test(bare) && !isInside) {
        if (/\s\S+\s\S+\s\S+\s/.test(bare)) break;
        loose++;
        continue;
      }
      last = next;
      loose = 0;
    }
    passages.push({ format: "keytool", section: "entries", span: { source, start: source.lineStarts[withAlias(bareAt, first, taken)] as number, end: lineSpan(source, last).end } });
    index = last;
    taken = last + 1;
  }
  return passages;
}

const ALIAS = labelled(LABELS.Alias);

/** The name of the entry, two lines above its kind: the date of the entry stands between them. */
function withAlias(bareAt: (index: number) => string, first: number, taken: number): number {
  for (let index = first - 1; index >= Math.max(taken, first - 2); index--) if (ALIAS.test(bareAt(index))) return index;
  return first;
}
