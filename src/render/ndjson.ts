import { escapeUnshown } from "./json.ts";

/** Plain data as JSON, one value a line: for programs that read line by line. Characters that would not show are escaped. */
export function renderNdjson(rows: readonly object[]): string {
  return rows.map((row) => `${escapeUnshown(JSON.stringify(row))}\n`).join("");
}
