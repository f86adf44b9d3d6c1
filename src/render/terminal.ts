import type { Block, Excerpt, Phrase, PhraseStyle, TableBlock, Words } from "../report/document.ts";
import { chop, columnsOf, type Run, wrap } from "./columns.ts";
import { stationStyle } from "./station-style.ts";
import { tableOf } from "./table-of.ts";
import { visible, visibleParts } from "./visible.ts";

export interface TerminalOptions {
  /** Columns of the terminal; anything outside 60 to 200 is taken as the nearer end. */
  readonly width: number;
  readonly color: boolean;
}

type TerminalStyle = PhraseStyle | "title" | "section" | "caret";

// SGR parameters. The eight base colours, since only they are readable on dark and light grounds in every terminal; never blue on black.
const SGR: Readonly<Record<TerminalStyle, string>> = {
  plain: "", strong: "1", code: "36", place: "2", good: "32", bad: "1;31", doubt: "33", quiet: "2", title: "1", section: "1;4", caret: "1;31",
};

const NARROWEST = 60;
const WIDEST = 200;
/** Prose is easier to read in lines of a book; tables and quoted lines use the whole width. */
const PROSE = 100;

const STATES = { ok: "ok", broken: "BROKEN", unknown: "unknown", "not-reached": "not reached" } as const;

type Painter = (style: TerminalStyle, text: string) => string;

function painter(color: boolean): Painter {
  return (style, text) => (color && SGR[style] !== "" && text !== "" ? `\u001B[${SGR[style]}m${text}\u001B[0m` : text);
}

/** What stands for something that is left out. Our own marks are ASCII: no terminal, font or screen reader stumbles over them. */
const CUT = "...";

function shown(phrases: Words): readonly Run<TerminalStyle>[] {
  return phrases.map((one: Phrase) => ({ style: one.style, text: inAscii(visible(one.text), one.style) }));
}

/** The document's dashes and marks of a cut; names and quoted words stay as they were printed. */
function inAscii(text: string, style: PhraseStyle): string {
  return style === "code" ? text.replace(/^…|…$/g, CUT) : text.replaceAll(" – ", " - ");
}

function paintLine(line: readonly Run<TerminalStyle>[], paint: Painter): string {
  return line.map((run) => paint(run.style, run.text)).join("");
}

/** Words in lines of `width` columns; `first` stands before the first line and as many blanks before the others. */
function prose(text: Words, width: number, paint: Painter, first = ""): readonly string[] {
  const indent = " ".repeat(columnsOf(first));
  return wrap(shown(text), width - columnsOf(first)).map((line, index) => `${index === 0 ? first : indent}${paintLine(line, paint)}`.trimEnd());
}

const QUOTED_LINES = 4;
/** Columns kept of what stands before the cited part, when that is long and both would not fit into a line. */
const BEFORE = 18;

/** The quoted line with carets under the cited part: the cited part over several lines if it must, of what is around it only what fits beside. */
function excerptLines(one: Excerpt, width: number, paint: Painter): readonly string[] {
  const { before, cited, after } = visibleParts(one.quote, one.from, one.length);
  const indent = "      ";
  const room = width - indent.length;
  // A quote wider than any terminal was cut before it came here.
  const leading = one.quote.length > WIDEST ? before.trimStart().replace(/^…/, CUT) : before.trimStart();
  const left = columnsOf(leading) > room / 2 && columnsOf(leading) + columnsOf(cited) > room ? `${CUT}${lastColumns(leading, BEFORE)}` : leading;
  const pieces = chop(`${left}${cited}`, room);
  const kept = pieces.length > QUOTED_LINES ? [...pieces.slice(0, QUOTED_LINES - 1), cutTo(pieces[QUOTED_LINES - 1] ?? "", room)] : pieces;
  const rest = after.trimEnd();
  const whole = left.trim() === "" && rest === "";
  let at = 0;
  return kept.flatMap((piece, index) => {
    const split = Math.min(piece.length, Math.max(0, left.length - at));
    at += piece.length;
    const [head, tail] = [piece.slice(0, split), piece.slice(split)];
    const space = room - columnsOf(piece);
    const right = index < kept.length - 1 || kept !== pieces ? "" : columnsOf(rest) <= space ? rest : cutTo(rest, space);
    const line = `${indent}${paint("code", head)}${paint("strong", tail)}${paint("code", right)}`.trimEnd();
    return tail === "" || whole ? [line] : [line, `${indent}${" ".repeat(columnsOf(head))}${paint("caret", "^".repeat(columnsOf(tail)))}`];
  });
}

/** The beginning of a text, with a mark that there is more. */
function cutTo(text: string, columns: number): string {
  return columns > CUT.length ? `${chop(text, columns - CUT.length)[0] ?? ""}${CUT}` : CUT.slice(0, columns);
}

function lastColumns(text: string, columns: number): string {
  const characters = [...text];
  let from = characters.length;
  let used = 0;
  while (from > 0) {
    used += columnsOf(characters[from - 1] ?? "");
    if (used > columns) break;
    from--;
  }
  return characters.slice(from).join("");
}

const GAP = 2;
const NARROWEST_COLUMN = 9;

/** Column widths that fit, widest columns shrunk first; null when even the narrowest do not. */
function columnWidths(natural: readonly number[], width: number): readonly number[] | null {
  const widths = [...natural];
  let total = widths.reduce((sum, one) => sum + one + GAP, 0) - GAP;
  while (total > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] as number) <= NARROWEST_COLUMN) return null;
    widths[widest] = (widths[widest] as number) - 1;
    total--;
  }
  return widths;
}

function plainText(text: Words): string {
  return text.map((one) => visible(one.text)).join("");
}

function tableLines(table: TableBlock, width: number, paint: Painter): readonly string[] {
  const natural = table.head.map((head, column) => Math.max(columnsOf(visible(head)), ...table.rows.map((row) => columnsOf(plainText(row[column] ?? [])))));
  const widths = columnWidths(natural, width);
  if (widths === null) return recordLines(table, width, paint);
  // Every cell as its lines, each with its columns: what is painted is longer than it is wide.
  const cell = (text: Words, column: number): readonly { readonly painted: string; readonly columns: number }[] =>
    wrap(shown(text), widths[column] as number).map((line) => ({ painted: paintLine(line, paint), columns: columnsOf(line.map((run) => run.text).join("")) }));
  const row = (cells: readonly Words[]): readonly string[] => {
    const columns = cells.map(cell);
    return Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, line) => columns.map((lines, column) => {
      const one = lines[line] ?? { painted: "", columns: 0 };
      return column === columns.length - 1 ? one.painted : `${one.painted}${" ".repeat((widths[column] as number) + GAP - one.columns)}`;
    }).join("").trimEnd());
  };
  return [...row(table.head.map((head) => [{ style: "strong", text: head }])), widths.map((one) => paint("quiet", "-".repeat(one))).join(" ".repeat(GAP)), ...table.rows.flatMap(row)];
}

/** A table that does not fit, one paragraph a row. */
function recordLines(table: TableBlock, width: number, paint: Painter): readonly string[] {
  return table.rows.flatMap((row, index) => [
    ...(index === 0 ? [] : [""]),
    ...row.flatMap((text, column) => prose([{ style: "strong", text: `${table.head[column] ?? ""}: ` }, ...text], width, paint, column === 0 ? "" : "  ")),
  ]);
}

function blockLines(block: Block, width: number, paint: Painter): readonly string[] {
  const measure = Math.min(width, PROSE);
  switch (block.kind) {
    case "heading": {
      const style: TerminalStyle = block.level === 1 ? "title" : block.level === 2 ? "section" : "strong";
      const lines = wrap(shown(block.text).map((run) => ({ ...run, style: run.style === "plain" ? style : run.style })), measure).map((line) => paintLine(line, paint));
      // Without colour, a line under a heading says what it is.
      const rule = block.level === 1 ? "=" : "-";
      return block.level === 3 ? lines : [...lines, paint("quiet", rule.repeat(Math.min(measure, Math.max(...wrap(shown(block.text), measure).map((line) => columnsOf(line.map((run) => run.text).join(""))))))) ];
    }
    case "paragraph":
      return prose(block.text, measure, paint);
    case "list":
      return block.items.flatMap((item) => prose(item, measure, paint, "  - "));
    case "steps":
      return block.steps.flatMap((step, index) => {
        const number = `  ${index + 1}. `;
        return [
          ...prose([...(step.where === null ? [] : [{ style: "strong", text: `[${step.where}] ` } as const]), ...step.text], measure, paint, number),
          ...(step.command === null ? [] : [`${" ".repeat(number.length + 2)}${paint("code", visible(step.command))}`]),
        ];
      });
    case "table":
      return tableLines(block, width, paint);
    case "matrix":
      return tableLines(tableOf(block), width, paint);
    case "excerpt":
      return [
        paint("strong", visible(block.title)),
        ...block.excerpts.flatMap((one) => [...prose([{ style: "place", text: one.place }, { style: "plain", text: `  ${one.shows}` }], measure, paint, "    "), ...excerptLines(one, width, paint)]),
      ];
    case "sample":
      return [
        ...(block.title === null ? [] : [paint("place", visible(block.title))]),
        ...block.lines.flatMap((line) => (line.trim() === "" ? [paint("quiet", "  |")] : chop(visible(line), width - 4).map((piece) => `${paint("quiet", "  | ")}${piece}`))),
      ];
    case "command":
      return [...(block.where === null ? [] : prose([{ style: "strong", text: `[${block.where}]` }], measure, paint)), `    ${paint("code", visible(block.command))}`];
    case "path": {
      const states = Math.max(...block.stations.map((station) => STATES[station.state].length), 0);
      const names = Math.max(...block.stations.map((station) => columnsOf(visible(station.name))), 0);
      return block.stations.flatMap((station) => {
        const state = STATES[station.state].padEnd(states);
        const lead = `  ${state}  ${visible(station.name).padEnd(names)}  `;
        const painted = `  ${paint(stationStyle[station.state], state)}  ${paint("strong", visible(station.name))}${lead.slice(lead.trimEnd().length)}`;
        return prose(station.says, measure, paint, lead).map((line, index) => (index > 0 ? line : station.says.length === 0 ? painted.trimEnd() : `${painted}${line.slice(lead.length)}`));
      });
    }
  }
}

/** Blank lines between two blocks: what belongs together stands together. */
function gap(before: Block | undefined, block: Block): readonly string[] {
  if (before === undefined) return [];
  if (block.kind === "heading" && block.level < 3) return ["", ""];
  if (before.kind === "heading" && before.level > 1) return [];
  if (before.kind === "paragraph" && (block.kind === "steps" || block.kind === "list")) return [];
  return [""];
}

/** A document as text of the given width. Commands are never broken over lines: they are there to be copied. */
export function renderTerminal(document: readonly Block[], options: TerminalOptions): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.trunc(options.width) || 80));
  const paint = painter(options.color);
  const lines = document.flatMap((block, index) => [...gap(document[index - 1], block), ...blockLines(block, width, paint)]);
  return `${lines.join("\n")}\n`;
}
