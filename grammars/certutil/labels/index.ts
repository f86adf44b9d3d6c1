import { remembering } from "../../shared/remembering.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import type { LabelId, LabelTable } from "./label.ts";
import { ptBr } from "./pt-br.ts";
import { ru } from "./ru.ts";
import { zhCn } from "./zh-cn.ts";
import { zhTw } from "./zh-tw.ts";

export type { LabelId, LabelTable } from "./label.ts";

/** Every language certutil output was seen in. */
export const labelTables: readonly LabelTable[] = [en, de, fr, ptBr, es, it, zhCn, zhTw, ko, ja, ru];

/** Labels longer than this are no labels; keeps every look-up short on hostile lines. */
const LONGEST = 140;

/**
 * The form under which a label is looked up: NFC, one blank for every run of blanks of any kind, no blank before the
 * separator, one kind of apostrophe (a literal `\u2019` included), no escape before `_`, no full stop at the end, lower case.
 */
export function foldLabel(printed: string): string {
  return printed.slice(0, LONGEST).normalize("NFC")
    .replace(/\\u2019|[\u2018\u2019\u02bc\u00b4]/g, "'").replace(/\\_/g, "_").replace(/\uff1a/g, ":")
    .replace(/[\s\u00a0\u200b\ufeff]{1,40}/g, " ").replace(/ (?=[:=]$)/, "").trim()
    .replace(/[.\u3002]{1,4}$/, "").toLowerCase();
}

/** Letters that a wrong code page turns into something else are held as one sign; null when too few others remain to tell labels apart. */
function foldMojibake(folded: string): string | null {
  const rough = folded.replace(/[^\u0000-\u007e]{1,40}|['?]/g, "\ufffd").replace(/\ufffd{2,40}/g, "\ufffd");
  return rough.replace(/[^a-z]/g, "").length >= 5 ? rough : null;
}

const exact = new Map<string, LabelId>();
const rough = new Map<string, LabelId | null>();
for (const table of labelTables) {
  for (const [id, words] of Object.entries(table.labels) as [LabelId, readonly string[]][]) {
    for (const word of words) {
      const key = foldLabel(word);
      exact.set(key, id);
      const damaged = foldMojibake(key);
      if (damaged !== null && damaged !== key) rough.set(damaged, rough.has(damaged) && rough.get(damaged) !== id ? null : id);
    }
  }
}

// A listing repeats its labels.
const answerTo = remembering(4096, lookUp);

/** What a label (`Serial Number:`, separator included) or a whole line (`Encryption test passed`) says; null: nobody has seen it. */
export function labelOf(printed: string): LabelId | null {
  return printed.length > LONGEST ? null : answerTo(printed);
}

function lookUp(printed: string): LabelId | null {
  const key = foldLabel(printed);
  const id = exact.get(key);
  if (id !== undefined) return id;
  // `Element 0:` carries the number of the element.
  const counted = / ?\d{1,4}:$/.test(key) ? exact.get(key.replace(/ ?\d{1,4}:$/, "")) : undefined;
  if (counted === "element") return counted;
  const damaged = foldMojibake(key);
  return damaged === null || !/\ufffd/.test(damaged) ? null : (rough.get(damaged) ?? null);
}

/** Every known label that ends with its separator, folded; longest first, for finding labels inside a line. */
export const separatedLabels: readonly string[] = [...exact.keys()].filter((key) => /[:=]$/.test(key)).sort((a, b) => b.length - a.length);

const STATUS: readonly LabelId[] = ["archived", "signature-matches", "non-root", "not-exportable", "not-plain-exportable",
  "encryption-passed", "signature-passed", "encryption-failed", "signature-failed", "no-provider", "not-found", "missing-keyset",
  "matching-passed", "matching-failed", "key-verifies"];

/** Every known status line, folded; longest first. */
export const statusLines: readonly string[] = [...exact.entries()]
  .filter(([key, id]) => STATUS.includes(id) && key.length >= 4).map(([key]) => key).sort((a, b) => b.length - a.length);
