import { escapeUnshown } from "./json.ts";

/** Plain data as JSON, one value a line: for programs that read line by line. Characters that would not show are escaped. */
export function renderNdjson(rows: readonly object[]): string {
  return rows.map(renderRow).join("");
}

/** Lines as they are made, for more rows than one string can hold. */
export function* renderRows(rows: Iterable<object>): Generator<string> {
  for (const row of rows) yield renderRow(row);
}

function renderRow(row: object): string {
  return `${escapeUnshown(JSON.stringify(row))}\n`;
}
