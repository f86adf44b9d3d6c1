import { placeText } from "./compose.ts";
import type { DiffReport, DiffRow } from "./diff-report.ts";
import { type Block, type Phrase, phrase, type Words, words } from "./document.ts";

/** The comparison as blocks: what can matter first, then what is missing, then what cannot matter and why. */
export function composeDiff(report: DiffReport): readonly Block[] {
  const rows = (bearing: DiffRow["bearing"]): readonly DiffRow[] => report.differences.filter((row) => row.bearing === bearing);
  return [
    heading(1, "What differs between the two captures"),
    { kind: "paragraph", text: words(phrase("strong", report.verdict)) },
    { kind: "list", items: [words(phrase("strong", "A "), phrase("code", report.a.name)), words(phrase("strong", "B "), phrase("code", report.b.name))] },
    ...section("What can be the reason", rows("can-matter"), inFull),
    ...section("What could decide, but is not printed on both sides", rows("not-comparable"), unprinted),
    ...(report.missing.length === 0 ? [] : [
      heading(2, "What to collect next"),
      {
        kind: "steps",
        steps: report.missing.map(({ what, command, on, account }) => ({ text: words(what), command, where: `on the ${on}${account === null ? "" : `, as ${account}`}` })),
      } as const,
    ]),
    ...section("What differs and cannot be the reason", rows("cannot-matter"), inBrief),
  ];
}

function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: "heading", level, text: words(text) };
}

/** The rows of one bearing, those of one certificate, call or request together. */
function section(title: string, rows: readonly DiffRow[], show: (rows: readonly DiffRow[]) => readonly Block[]): readonly Block[] {
  if (rows.length === 0) return [];
  const subjects = [...new Set(rows.map((row) => row.about))];
  return [heading(2, title), ...subjects.flatMap((about) => [heading(3, about), ...show(rows.filter((row) => row.about === about))])];
}

/** Each side on its own line: values are long, and they are what the reader compares. What can matter and is null on one side is not there. */
function inFull(rows: readonly DiffRow[]): readonly Block[] {
  return rows.flatMap((row): readonly Block[] => [
    { kind: "paragraph", text: words(phrase("bad", row.field), `: ${row.because}`) },
    { kind: "list", items: [words(phrase("strong", "A "), ...side(row.a, "not there")), words(phrase("strong", "B "), ...side(row.b, "not there"))] },
  ]);
}

function unprinted(rows: readonly DiffRow[]): readonly Block[] {
  const nowhere = rows.filter((row) => row.a === null && row.b === null);
  const fields = nowhere.flatMap((row, index): readonly (string | Phrase)[] => [index === 0 ? "" : ", ", phrase("doubt", row.field)]);
  return [{
    kind: "list",
    items: [
      ...rows.filter((row) => row.a !== null || row.b !== null).map((row) => words(phrase("doubt", row.field), `: ${row.because} `, ...(row.a === null ? ["B: ", ...side(row.b)] : ["A: ", ...side(row.a)]))),
      ...(nowhere.length === 0 ? [] : [words(...fields, ": printed by neither")]),
    ],
  }];
}

function inBrief(rows: readonly DiffRow[]): readonly Block[] {
  return [{ kind: "list", items: rows.map((row) => words(phrase("strong", row.field), `: ${row.because} A: `, ...side(row.a), "; B: ", ...side(row.b))) }];
}

function side(value: DiffRow["a"], otherwise = "not printed"): Words {
  return value === null ? words(phrase("quiet", otherwise)) : words(phrase("code", value.text), " (", phrase("place", placeText(value.evidence)), ")");
}
