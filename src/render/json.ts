import type { Report } from "../report/report.ts";

// Valid in JSON, yet a terminal obeys them; JSON.stringify escapes only those below U+0020.
const UNSHOWN = /[\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** The same JSON with every character that would not show escaped: inside strings, the only place where it can stand. */
export function escapeUnshown(json: string): string {
  return json.replace(UNSHOWN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Any plain data as indented JSON with a final line end; characters that would not show are escaped, the data stays the same. */
export function renderJson(data: Report | object): string {
  return `${escapeUnshown(JSON.stringify(data, null, 2))}\n`;
}
