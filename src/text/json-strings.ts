import type { Edit } from "./edits.ts";
import { nextLineEnd } from "./source-text.ts";

/** So many escaped line ends within one line show that it holds several; fewer may be the folders of a Windows path. */
const LEAST_LINE_ENDS = 3;
/** So many show it also without quotation marks, and where backslashes stand that begin no escape. */
const LEAST_LOOSE = 8;
/** Records of a log shipper, one to a line. */
const LEAST_RECORDS = 3;
/** What shippers call the field that holds the printed line. */
const MESSAGE = /^"(?:log|message|msg|text|line|_raw|raw|content|event|body|output|stdout|MESSAGE|textPayload)"$/;
const ESCAPE = /\\(?:u[0-9A-Fa-f]{4}|.)/g;

/**
 * Text inside JSON strings: whole transcripts with `\n` between their lines, or records of which each holds one printed line. Only
 * text in which every backslash begins an escape of JSON is taken for it. Empty when there is none.
 */
export function undoJsonStrings(text: string): readonly Edit[] {
  if (!text.includes("\\n") && !/\{[ ]?"/.test(text)) return [];
  const lines: { readonly start: number; readonly end: number }[] = [];
  for (let start = 0; start < text.length;) {
    const end = nextLineEnd(text, start);
    if (end > start) lines.push({ start, end });
    start = end + 1;
  }
  const records = lines.map(({ start, end }) => messageOf(text, start, end));
  const areRecords = records.filter((record) => record !== null).length >= LEAST_RECORDS;
  return lines.flatMap(({ start, end }, index): readonly Edit[] => {
    const record = records[index] ?? null;
    if (record !== null && (areRecords || lineEnds(text.slice(record.start, record.end)) + 1 >= LEAST_LINE_ENDS)) {
      return [{ start, end: record.start, by: "" }, ...unescape(text, record.start, record.end), { start: record.end, end, by: "" }];
    }
    const line = text.slice(start, end);
    const ends = lineEnds(line);
    if (ends < LEAST_LINE_ENDS) return [];
    const others = [...line.matchAll(ESCAPE)].filter((match) => !/^\\(?:[nrtbf"\\/]|u[0-9A-Fa-f]{4})$/.test(match[0])).length;
    // Some shippers escape line ends and leave the backslashes of paths alone.
    if (others > 0) return ends >= LEAST_LOOSE && others * 4 <= ends ? unescape(text, start, end).filter(({ by }) => by === "\n" || by === "\r" || by === "\t" || by === "\"") : [];
    // A certificate in a string is read by those who know what the whole document is.
    const strings = stringsOf(line).filter(({ from, to }) => lineEnds(line.slice(from, to)) > 0 && !line.startsWith("-----BEGIN", from + 1));
    if (strings.length === 0 && /"-----BEGIN/.test(line)) return [];
    // Without quotation marks around it, or with marks that another kind of file doubles, the whole line is the text.
    if (strings.length === 0 || !/^\s{0,200}(?:[{["]|"[^"]{1,80}"\s?:)/.test(line)) return ends >= LEAST_LOOSE ? unescape(text, start, end) : [];
    return strings.flatMap(({ from, to }) => [
      { start: start + from, end: start + from + 1, by: "\n" }, ...unescape(text, start + from + 1, start + to - 1), { start: start + to - 1, end: start + to, by: "\n" },
    ]);
  });
}

/** Strings of a line, with their quotation marks; one that is not closed is none. Scanned once, whatever the line holds. */
function stringsOf(line: string): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = -1;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) {
      if (from >= 0) found.push({ from, to: at + 1 });
      from = from >= 0 ? -1 : at;
    }
  }
  return found;
}

/** The contents of the field of a record that holds the printed line, without the line end at its end; null when the line is no record. */
function messageOf(text: string, start: number, end: number): { readonly start: number; readonly end: number } | null {
  const line = text.slice(start, end);
  if (!/^\s{0,20}\{\s{0,4}"/.test(line) || !/\}\s{0,20},?\s{0,20}$/.test(line)) return null;
  let key: string | null = null;
  for (const { from, to } of stringsOf(line)) {
    if (/^\s{0,2}:/.test(line.slice(to, to + 4))) {
      key = line.slice(from, to);
      continue;
    }
    if (key === null || !MESSAGE.test(key)) continue;
    const content = line.slice(from + 1, to - 1).replace(/(?:\\r)?\\n$/, "");
    return { start: start + from + 1, end: start + from + 1 + content.length };
  }
  return null;
}

function lineEnds(text: string): number {
  let found = 0;
  for (const match of text.matchAll(ESCAPE)) if (match[0] === "\\n") found++;
  return found;
}

const characters: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescape(text: string, start: number, end: number): readonly Edit[] {
  return [...text.slice(start, end).matchAll(ESCAPE)].map((match) => {
    const code = match[0].slice(1);
    const by = code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (characters[code] ?? code);
    return { start: start + match.index, end: start + match.index + match[0].length, by };
  });
}
