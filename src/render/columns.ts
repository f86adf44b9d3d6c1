// East Asian wide and fullwidth forms and emoji: two columns (Unicode Standard Annex 11, without the ambiguous ones).
const WIDE = /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u;
const COMBINING = /\p{M}/u;
const PLAIN = /^[ -~]*$/;

/** Columns that one character takes in a terminal. */
function columnsOfCharacter(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that a text without control characters takes in a terminal. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

/** Cuts a text into pieces of at most `width` columns. */
export function chop(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let columns = 0;
  for (const character of text) {
    const wide = columnsOfCharacter(character);
    if (columns + wide > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      columns = 0;
    }
    piece += character;
    columns += wide;
  }
  pieces.push(piece);
  return pieces;
}

/** As chop, but the first piece has only `first` columns; it is empty when not even one character fits. */
function chopAfter(text: string, first: number, width: number): readonly string[] {
  const [head = ""] = first > 0 ? chop(text.slice(0, first * 2), first) : [""];
  return columnsOf(head) > first ? ["", ...chop(text, width)] : [head, ...(head === text ? [] : chop(text.slice(head.length), width))];
}

/** A run of characters of one style. */
export interface Run<S> {
  readonly style: S;
  readonly text: string;
}

/** Breaks runs into lines of at most `width` columns, at blanks where there are any; words too long for a line are cut. Blanks at breaks vanish. */
export function wrap<S>(runs: readonly Run<S>[], width: number): readonly (readonly Run<S>[])[] {
  const lines: Run<S>[][] = [[]];
  let columns = 0;
  // A word may cross styles ("(" + code + ")"), so words are collected over runs.
  let word: Run<S>[] = [];
  let wordColumns = 0;
  let blank: Run<S> | null = null;

  const newLine = (): void => {
    lines.push([]);
    columns = 0;
    blank = null;
  };
  const putWord = (): void => {
    if (word.length === 0) return;
    const gap = blank === null || columns === 0 ? 0 : blank.text.length;
    if (columns > 0 && columns + gap + wordColumns > width) newLine();
    if (blank !== null && columns > 0) {
      lines.at(-1)?.push(blank);
      columns += blank.text.length;
    }
    for (const part of word) {
      const fits = columns + columnsOf(part.text) <= width;
      const [first = "", ...more] = fits ? [part.text] : chopAfter(part.text, width - columns, width);
      if (first !== "") lines.at(-1)?.push({ style: part.style, text: first });
      columns += columnsOf(first);
      for (const piece of more) {
        newLine();
        lines.at(-1)?.push({ style: part.style, text: piece });
        columns = columnsOf(piece);
      }
    }
    word = [];
    wordColumns = 0;
    blank = null;
  };

  for (const run of runs) {
    for (const piece of run.text.split(/([ \u00A0]{1,200})/)) {
      if (piece === "") continue;
      if (/^[ \u00A0]/.test(piece)) {
        putWord();
        blank = { style: run.style, text: piece.replace(/\u00A0/g, " ") };
      } else {
        word.push({ style: run.style, text: piece });
        wordColumns += columnsOf(piece);
      }
    }
  }
  putWord();
  return lines;
}
