import { placeText } from "./compose.ts";
import type { DiffReport, DiffRow } from "./diff-report.ts";
import type { Block, Words } from "./document.ts";

const TITLES: Readonly<Record<DiffRow["bearing"], string>> = {
  "can-matter": "Differences that can matter",
  "not-comparable": "Decisive fields that are not printed on both sides",
  "cannot-matter": "Differences that cannot be the reason",
};

/** The comparison as blocks: what can matter first, then what is missing, then what cannot matter and why. */
export function composeDiff(report: DiffReport): readonly Block[] {
  return [
    { kind: "heading", level: 1, text: plain("What differs between the two captures") },
    { kind: "paragraph", text: [{ style: "strong", text: report.verdict }] },
    { kind: "list", items: [[{ style: "plain", text: "A: " }, { style: "code", text: report.a.name }], [{ style: "plain", text: "B: " }, { style: "code", text: report.b.name }]] },
    ...(["can-matter", "not-comparable", "cannot-matter"] as const).flatMap((bearing) => section(bearing, report.differences.filter((row) => row.bearing === bearing))),
    ...(report.missing.length === 0 ? [] : [
      { kind: "heading", level: 2, text: plain("What to collect next") } as const,
      { kind: "steps", steps: report.missing.map((missing) => ({ text: plain(missing.what), command: missing.command, where: `on the ${missing.on}` })) } as const,
    ]),
  ];
}

function section(bearing: DiffRow["bearing"], rows: readonly DiffRow[]): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: plain(TITLES[bearing]) },
    { kind: "table", head: ["field", "A", "B", "why"], rows: rows.map((row) => [plain(`${row.field} (${row.about})`), side(row.a), side(row.b), plain(row.because)]) },
  ];
}

function side(value: DiffRow["a"]): Words {
  return value === null ? [{ style: "quiet", text: "not printed" }] : [{ style: "code", text: value.text }, { style: "plain", text: " " }, { style: "place", text: placeText(value.evidence) }];
}

function plain(text: string): Words {
  return [{ style: "plain", text }];
}
