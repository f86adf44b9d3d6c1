import type { SourceText } from "../../src/text/source-text.ts";
import { findLineStarts, nextLineEnd } from "../../src/text/source-text.ts";
import { isPrintedDate } from "../shared/dates.ts";
import { labelOf, separatedLabels, statusLines } from "./labels/index.ts";
import { HASH_LABEL, isHexValue, isNameValue, kindOfLine, splitLabel } from "./line-kind.ts";

/** Stands in a copy for a line end that some window width put into a value: nothing belongs there. */
const WRAP = "\uE000";
/** Stands in a copy for a line end that a mail program put between two words. */
const WORD_WRAP = "\uE001";

/**
 * A copy of `text` in which line ends stand where certutil printed them. It is exactly as long as the text, so every offset
 * found in the copy is true in the text; values are read from it with `unwrap`. Undone are: a quotation sign before
 * every line, `<br/>` for line ends, several lines joined into one, values wrapped at the width of a console or a mail.
 */
export function layOut(text: string): string {
  let copy = text;
  if (/<br ?\/?>/i.test(copy)) copy = copy.replace(/<br ?\/?>/gi, (tag) => `\n${" ".repeat(tag.length - 1)}`);
  copy = clearQuotation(copy);
  copy = splitJoined(copy);
  return markWraps(copy);
}

const layouts = new WeakMap<SourceText, string>();

/** `layOut` of a whole stretch, kept for as long as the stretch is. */
export function layOutOf(source: SourceText): string {
  const known = layouts.get(source);
  if (known !== undefined) return known;
  const copy = layOut(source.text);
  layouts.set(source, copy);
  return copy;
}

/** A value of the copy without the marks of wraps. */
export function unwrap(value: string): string {
  if (!value.includes(WRAP) && !value.includes(WORD_WRAP)) return value;
  return value.replace(/\uE000{1,400}/g, "").replace(/[ \t\u00A0]{0,40}\uE001{1,400}[ \t\u00A0]{0,200}/g, " ");
}

/** Text quoted in a mail or pasted with a mark: `> `, `% `, `| ` before nearly every line. */
function clearQuotation(text: string): string {
  if (!/(?:^|[\r\n])[ \t]{0,8}[>|%]/.test(text)) return text;
  return text.replace(/(^|[\r\n])([ \t\u00A0]{0,8}(?:[>|%][ \t\u00A0]?){1,6})(?=[^\r\n]{0,2})/g, (all, before: string, mark: string, at: number) => {
    const end = nextLineEnd(text, at + before.length);
    const line = text.slice(at + before.length, Math.min(end, at + before.length + 240));
    // `> certutil -store` is a prompt, and its `>` says so.
    return /certutil(?:\.exe)?["']?[ \t]/i.test(line) ? all : before + " ".repeat(mark.length);
  });
}

const escapeForRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/ /g, "[ \\u00A0]{1,3}").replace(/'/g, "['\\u2019]");
/** Labels short enough to be words of a name or a sentence do not split a line. */
const joinable = separatedLabels.filter((label) => label.length >= 6);
const JOINT = new RegExp(
  `[ \\t\\u00A0](?=(?:(?:${joinable.map((label) => `${escapeForRegExp(label.slice(0, -1))}[ \\u00A0]?${label.slice(-1)}`).join("|")})`
  + `|(?:Cert|Name|Key Id) Hash[ ]?\\((?:[a-z0-9-]{3,16})\\)[ ]?:|CertUtil: -|={10,}[ ]|-{10,} |[A-Z_\\\\]{4,60}PROP\\\\?_ID\\(|(?:${statusLines.map(escapeForRegExp).join("|")})(?=[.\\u3002]?(?:[ \\t\\u00A0]|$))))`, "gi");
/** A line needs this many labels before it counts as several lines joined. */
const JOINED_LABELS = 3;
const JOINED_LENGTH = 90;

function splitJoined(text: string): string {
  let copy: string[] | null = null;
  let done = 0;
  for (let at = 0; at < text.length;) {
    const end = nextLineEnd(text, at);
    if (end - at >= JOINED_LENGTH) {
      const line = text.slice(at, end);
      if (/\(sha1\)|NotBefore|CertUtil|={10,}|PROP\\?_ID|Provider ?=/i.test(line)) {
        const joints = [...line.matchAll(JOINT)].map((match) => match.index);
        if (joints.length >= JOINED_LABELS) {
          copy ??= [];
          let from = done;
          for (const joint of joints) {
            copy.push(text.slice(from, at + joint), "\n");
            from = at + joint + 1;
          }
          done = from;
        }
      }
    }
    at = end + 1;
  }
  return copy === null ? text : copy.join("") + text.slice(done);
}

/** Widths of console windows, in characters, at which Windows breaks a line in the middle of a word. */
const CONSOLE_WIDTHS = [80, 100, 120];
const MAIL_MINIMUM = 56;

function markWraps(text: string): string {
  const starts = findLineStarts(text);
  const marks: { readonly at: number; readonly length: number; readonly mark: string }[] = [];
  let head = -1;
  let lastMarked = -1;
  for (let index = 0; index + 1 < starts.length; index++) {
    if (isBlank(text, starts, index)) continue;
    const start = starts[index] as number;
    // Where a blank line follows every line, the value goes on behind it.
    const nextLine = isBlank(text, starts, index + 1) && index + 2 < starts.length ? index + 2 : index + 1;
    const next = starts[nextLine] as number;
    const end = nextLineEnd(text, start);
    const length = end - start;
    // A value may go on over several lines: they are judged by the label of the first.
    const first = lastMarked === index && head >= 0 && index - head < LONGEST_WRAP ? head : index;
    head = first;
    if (length < MAIL_MINIMUM && text[end - 1] !== "," && !/,[ \t\u00A0]{1,8}$/.test(text.slice(Math.max(start, end - 10), end))) continue;
    if (length > 240) continue;
    const following = text.slice(next, Math.min(nextLineEnd(text, next), next + 400));
    const mark = wrapBetween(text.slice(starts[first] as number, end).replace(/[\r\n]{1,2}/g, ""), following, () => windowIndent(text, starts, index) !== null);
    if (mark !== null) {
      // What the whole text was indented by is no part of the value, nor are blanks put behind the width of the window.
      const indent = mark === WRAP ? (windowIndent(text, starts, index) ?? 0) : 0;
      const leading = Math.min(indent, following.length - following.trimStart().length);
      const trailing = mark === WRAP && !CONSOLE_WIDTHS.includes(length - indent) ? length - text.slice(start, end).trimEnd().length : 0;
      marks.push({ at: end - trailing, length: next + leading - end + trailing, mark });
      lastMarked = nextLine;
    }
  }
  if (marks.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const { at, length, mark } of marks) {
    pieces.push(text.slice(from, at), mark.repeat(length));
    from = at + length;
  }
  return pieces.join("") + text.slice(from);
}

/** Lines that one value may take, blank ones between them included. */
const LONGEST_WRAP = 16;

function isBlank(text: string, starts: Uint32Array, index: number): boolean {
  const start = starts[index] ?? text.length;
  const end = nextLineEnd(text, start);
  return end - start <= 400 && text.slice(start, end).trim() === "";
}

/**
 * For a line that ends at the width of a console window: the blanks the whole text was indented by; null for every other line. A console
 * breaks every line at its width: a longer one near by shows that the lines were not broken there.
 */
function windowIndent(text: string, starts: Uint32Array, index: number): number | null {
  const lines: string[] = [];
  for (let near = Math.max(0, index - 20); near < Math.min(starts.length, index + 20); near++) {
    const start = starts[near] as number;
    const end = nextLineEnd(text, start);
    if (end - start > 240) return null;
    lines.push(text.slice(start, end));
  }
  const written = lines.filter((line) => line.trim() !== "");
  const indent = Math.min(...written.map((line) => line.length - line.trimStart().length));
  const line = lines[index - Math.max(0, index - 20)] ?? "";
  const fits = CONSOLE_WIDTHS.some((width) => (line.length - indent === width || line.trimEnd().length - indent === width)
    && written.every((other) => other.trimEnd().length - indent <= width));
  return fits ? indent : null;
}

/** The mark for the line end between two lines; null when the second line stands for itself. */
function wrapBetween(line: string, following: string, isWindow: () => boolean): string | null {
  const next = following.trim();
  if (next === "" || /^CertUtil:/i.test(next)) return null;
  const split = splitLabel(line.trim());
  if (split === null || split.value === "") return null;
  if (HASH_LABEL.test(line.trim())) return continuesHash(split.value, next) ? WRAP : null;
  const kind = kindOfLine(following);
  const continuesName = /^(?:[A-Za-z]{1,24}|OID\.[\d.]{3,40})=/.test(next) || /, ?(?:[A-Za-z]{1,24}|OID\.[\d.]{3,40})=/.test(next);
  const isName = split.label.endsWith(":") && isNameValue(split.value);
  if (isName && split.value.endsWith(",") && continuesName) return WORD_WRAP;
  if ((kind !== "other" && kind !== "member") || hasOwnValue(next)) return null;
  // In a language with a table the next line would be known if it stood for itself; in another one only a name shows that it goes on.
  const isKnown = labelOf(split.label) !== null;
  if ((isKnown || (isName && continuesName)) && isWindow() && (kind === "other" || isName || splitLabel(next) === null)) return WRAP;
  return isName && continuesName ? WORD_WRAP : null;
}

/** Hexadecimal digits that make up the rest of a SHA-1 hash, and nothing else. */
function continuesHash(value: string, next: string): boolean {
  const digits = /^[0-9a-f ]{4,120}$/i.test(value) ? value.replace(/ /g, "").length : 40;
  return digits < 40 && /^[0-9a-f ]{1,80}$/i.test(next) && digits + next.replace(/ /g, "").length <= 40;
}

/** A line in a language nobody knows that has a value of its own: a date, a name, a number. */
function hasOwnValue(line: string): boolean {
  const split = splitLabel(line);
  if (split === null || split.value === "" || !split.label.endsWith(":")) return false;
  return isPrintedDate(split.value) || isHexValue(split.value) || (isNameValue(split.value) && !/,[ \u00A0]/.test(split.label));
}
