import { phrase, words, type Block, type Phrase, type Words } from "../report/document.ts";

/**
 * Blocks of a Markdown page of a cause. It knows what those pages are written in: headings, paragraphs, lists, numbered steps, tables,
 * fenced code, `code`, **strong** and [links](…); anything else stays text.
 */
export function pageBlocks(markdown: string): readonly Block[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", text: inline(paragraph.join(" ")) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at] as string;
    const heading = /^(#{1,6}) +(.*?)(?: +#+)?$/.exec(line);
    const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (heading !== null) {
      endParagraph();
      blocks.push({ kind: "heading", level: Math.min(3, (heading[1] as string).length) as 1 | 2 | 3, text: inline(heading[2] as string) });
      at++;
    } else if (fence !== undefined) {
      endParagraph();
      const end = lines.findIndex((other, index) => index > at && other.trim().startsWith(fence));
      const code = lines.slice(at + 1, end < 0 ? lines.length : end);
      if (line.trim().slice(fence.length).trim() === "text") blocks.push(...evidenceBlocks(code));
      else for (const row of code) if (row.trim() !== "") blocks.push({ kind: "command", command: row, where: null });
      at = end < 0 ? lines.length : end + 1;
    } else if (line.startsWith("|")) {
      endParagraph();
      const rows: string[] = [];
      while (at < lines.length && (lines[at] as string).startsWith("|")) rows.push(lines[at++] as string);
      blocks.push(...table(rows));
    } else if (isItem(line)) {
      endParagraph();
      const items: string[] = [];
      while (at < lines.length && (isItem(lines[at] as string) || isContinuation(lines, at))) {
        const row = lines[at++] as string;
        if (isItem(row)) items.push(row.replace(itemMark, ""));
        else if (row.trim() !== "") items.push(`${items.pop() ?? ""} ${row.trim()}`);
      }
      blocks.push(/^\s*\d/.test(line)
        ? { kind: "steps", steps: items.map((item) => ({ text: inline(item), command: null, where: null })) }
        : { kind: "list", items: items.map(inline) });
    } else {
      if (line.trim() === "") endParagraph();
      else paragraph.push(line.trim());
      at++;
    }
  }
  endParagraph();
  return blocks;
}

/**
 * What tools printed, as the example of a page quotes it: `--- file: NAME ---` begins a file, `--- at: MOMENT ---` is when it happened,
 * `--- repeat: N times LINE ---` stands for N lines in which `{n}` is the number of the line.
 */
function evidenceBlocks(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let title: string | null = null;
  let shown: string[] = [];
  const endFile = (): void => {
    while (shown[0]?.trim() === "") shown = shown.slice(1);
    while (shown.at(-1)?.trim() === "") shown = shown.slice(0, -1);
    if (shown.length > 0) blocks.push({ kind: "sample", title, lines: shown });
    shown = [];
  };
  for (const line of lines) {
    const [, mark, value] = /^--- (file|at|repeat): (.+) ---$/.exec(line) ?? [];
    if (mark === "file") {
      endFile();
      title = value ?? null;
    } else if (mark === "at") blocks.push({ kind: "paragraph", text: words(phrase("quiet", `It happened at ${value}.`)) });
    else if (mark === "repeat") shown.push(...repeatedLines(value ?? ""));
    else shown.push(line);
  }
  endFile();
  return blocks;
}

/** The first and the last of the lines, which tell how the others look. */
function repeatedLines(typed: string): readonly string[] {
  const [, times = "1", line = typed] = /^(\d{1,6}) times (.+)$/.exec(typed) ?? [];
  const first = line.replaceAll("{n}", "1");
  return Number(times) < 2 ? [first] : [first, `... (${times} lines like these)`, line.replaceAll("{n}", times)];
}

const itemMark = /^\s{0,3}(?:[-*+]|\d{1,3}[.)])\s+/;

function isItem(line: string): boolean {
  return itemMark.test(line);
}

/** A line that goes on with the item above it: indented, not empty, no item of its own. */
function isContinuation(lines: readonly string[], at: number): boolean {
  const line = lines[at] as string;
  return /^\s{2,}\S/.test(line) && !/^\s{0,3}(?:`{3}|~{3})/.test(line);
}

function table(rows: readonly string[]): readonly Block[] {
  const cells = rows.map((row) => row.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")));
  const [head, ...body] = cells.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  if (head === undefined) return [];
  return [{ kind: "table", head, rows: body.map((row) => head.map((_, index) => inline(row[index] ?? ""))) }];
}

/** Words of a line: `code`, **strong**, *emphasis*, [text](address). */
function inline(text: string): Words {
  const parts: (string | Phrase)[] = [];
  let rest = 0;
  for (const match of text.matchAll(/`([^`]{1,400})`|\*\*([^*]{1,400})\*\*|\*([^*\s][^*]{0,400})\*|\[([^\]]{1,200})\]\(([^)\s]{1,400})\)|<(https?:[^>\s]{1,400})>/g)) {
    parts.push(text.slice(rest, match.index));
    rest = match.index + match[0].length;
    const [, code, strong, emphasis, label, address, bare] = match;
    if (code !== undefined) parts.push(phrase("code", code));
    else if (strong !== undefined) parts.push(phrase("strong", strong));
    else if (emphasis !== undefined) parts.push(emphasis);
    else if (bare !== undefined) parts.push(bare);
    else parts.push(label === address ? label as string : `${label} (${address})`);
  }
  parts.push(text.slice(rest));
  return words(...parts);
}
