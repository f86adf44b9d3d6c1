import { contextAt, familiarWords } from "./familiar-words.ts";

type Script = "latin" | "cyrillic" | "greek" | "hebrew" | "arabic" | "thai" | "han" | "kana" | "hangul" | "half-kana";

interface CharacterClass {
  readonly kind: "letter" | "mark" | "punctuation" | "symbol" | "odd" | "never";
  readonly script: Script | null;
  readonly upper: boolean;
  readonly lower: boolean;
}

const scripts: readonly (readonly [Script, RegExp])[] = [
  ["half-kana", /[\uFF61-\uFF9F]/], ["latin", /\p{Script=Latin}/u], ["cyrillic", /\p{Script=Cyrillic}/u], ["greek", /\p{Script=Greek}/u],
  ["han", /\p{Script=Han}/u], ["kana", /[\p{Script=Hiragana}\p{Script=Katakana}\u30FC]/u], ["hangul", /\p{Script=Hangul}/u],
  ["hebrew", /\p{Script=Hebrew}/u], ["arabic", /\p{Script=Arabic}/u], ["thai", /\p{Script=Thai}/u],
];

const classes = new Map<string, CharacterClass>();

function classOf(character: string): CharacterClass {
  const known = classes.get(character);
  if (known !== undefined) return known;
  const kind: CharacterClass["kind"] = /[\u0000-\u0008\u000B\u000E-\u0019\u001C-\u001F\u007F-\u009F\uFFFD\p{Co}\p{Cn}\p{Cs}]/u.test(character) ? "never"
    : /[ªº]/.test(character) ? "symbol"
    : /\p{L}/u.test(character) ? "letter"
    : /\p{M}/u.test(character) ? "mark"
    : /[\u2018-\u201F\u2013\u2014\u2026\u00AB\u00BB\u2039\u203A\u00A0\u2022\u00A1\u00BF\u3001-\u3011\uFF01-\uFF5E\u00B7]/.test(character) ? "punctuation"
    : /[©®™°§€£µ±×²³´\u00AD]/.test(character) ? "symbol"
    : "odd";
  const script = scripts.find(([, pattern]) => pattern.test(character))?.[0] ?? null;
  const made = { kind, script, upper: /\p{Lu}/u.test(character), lower: /\p{Ll}/u.test(character) };
  classes.set(character, made);
  return made;
}

/** Letters that most texts of Western Europe hold, then those of its neighbours; a letter outside both is a reason for doubt. */
const usual = new Set("äöüßéèàçêâîôûëïùñáíóúãõåæøœìò");
const lessUsual = new Set("čřšžýůěťďňłąęćńśźżőűșțşţăığiĺľŕđĳ");
const usualCyrillic = new Set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ");
/** Words of one letter, in any language of the lists. */
const loneLetters = new Set("àèéáóòùâæøåëивскоуаяєзйоηο");

/**
 * How much a word (characters between blanks) looks like written language, judged by its characters beyond ASCII: positive for text,
 * negative for the debris of a wrong code page. The figure is a sum over those characters, so two readings of the same bytes compare.
 */
export function plausibility(word: string): number {
  const { words, contexts, eastAsian, eastAsianCharacters } = familiarWords();
  const lower = word.toLowerCase();
  // A few characters change their length in lower case; then positions would not agree, and case is not worth that.
  const folded = lower.length === word.length ? lower : word;
  let score = 0;
  let foreignRun = 0;
  let hasEastAsian = false;
  let start = -1;
  for (let at = 0; at <= word.length; at++) {
    const character = word[at];
    const isLetter = character !== undefined && isWordCharacter(character);
    if (isLetter && start < 0) start = at;
    if (!isLetter && start >= 0) {
      if (words.has(folded.slice(start, at))) score += 6;
      start = -1;
    }
    if (character === undefined) break;
    if (character.charCodeAt(0) < 0x80) { foreignRun = 0; continue; }
    const own = classOf(character);
    const before = word[at - 1];
    const after = word[at + 1];
    foreignRun = own.script === "latin" ? foreignRun + 1 : 0;
    if (own.script === "han" || own.script === "kana" || own.script === "hangul") hasEastAsian = true;
    score += ofCharacter(character, own, before, after);
    if (foreignRun >= 3) score -= 3;
    if (own.kind === "letter" && contexts.has(contextAt(isolated(folded, at), 1))) score += 3;
    if (own.script === "han") score += eastAsianCharacters.has(character) ? 2.5 : 0;
  }
  if (hasEastAsian) for (const known of eastAsian) if (word.includes(known)) score += 2 * known.length;
  return score;
}

/** The character at `at` with its neighbours, those that are no letters replaced by blanks. */
function isolated(word: string, at: number): string {
  const pick = (index: number): string => {
    const character = word[index];
    return character !== undefined && isWordCharacter(character) ? character : " ";
  };
  return pick(at - 1) + pick(at) + pick(at + 1);
}

function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return isAsciiLetter(code);
  return character === "’" || classOf(character).kind === "letter";
}

function isAsciiLetter(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function ofCharacter(character: string, own: CharacterClass, before: string | undefined, after: string | undefined): number {
  const left = neighbour(before);
  const right = neighbour(after);
  switch (own.kind) {
    case "never": return -12;
    case "odd": return -6;
    case "mark": return left.script === "thai" || left.script === "hebrew" || left.script === "arabic" ? 0.5 : -4;
    case "punctuation":
      if (character === "’") return left.letter ? 1 : 0.5;
      if (character === "\u00A0") return left.letter && right.letter ? -1 : 1;
      if (left.wide || right.wide) return 1;
      return left.letter && right.letter ? -4 : 1.5;
    case "symbol":
      if (character === "ª" || character === "º") return left.digit ? 0.5 : -3;
      return left.letter && right.letter ? -5 : left.letter || right.letter ? -2 : 0.5;
    case "letter": return ofLetter(character, own, left, right);
  }
}

interface Neighbour {
  readonly letter: boolean;
  readonly digit: boolean;
  readonly upper: boolean;
  readonly lower: boolean;
  readonly wide: boolean;
  readonly script: Script | null;
}

const noNeighbour: Neighbour = { letter: false, digit: false, upper: false, lower: false, wide: false, script: null };

function neighbour(character: string | undefined): Neighbour {
  if (character === undefined) return noNeighbour;
  const code = character.charCodeAt(0);
  if (code < 0x80) {
    const letter = isAsciiLetter(code);
    return { letter, digit: isAsciiDigit(code), upper: letter && code < 0x60, lower: letter && code > 0x60, wide: false, script: letter ? "latin" : null };
  }
  const own = classOf(character);
  const wide = own.script === "han" || own.script === "kana" || own.script === "hangul";
  return { letter: own.kind === "letter", digit: false, upper: own.upper, lower: own.lower, wide, script: own.kind === "letter" ? own.script : null };
}

function ofLetter(character: string, own: CharacterClass, left: Neighbour, right: Neighbour): number {
  const strangers = Number(left.script !== null && !goTogether(left.script, own.script)) + Number(right.script !== null && !goTogether(right.script, own.script));
  let score = -5 * strangers;
  switch (own.script) {
    case "han": return score + 0.6;
    case "kana": case "hangul": return score + 2;
    case "half-kana": return score - 3;
    case "hebrew": case "arabic": case "thai": case null: return score + (left.script === own.script || right.script === own.script ? 1 : -3);
    case "latin": {
      const lower = character.toLowerCase();
      score += usual.has(lower) ? 1 : lessUsual.has(lower) ? 0.6 : -1.5;
      break;
    }
    case "cyrillic": score += usualCyrillic.has(character.toLowerCase()) ? 0.8 : -2; break;
    case "greek": score += 0.5; break;
  }
  if (own.upper && left.lower) score -= 4;
  else if (own.upper && right.upper && !left.letter) score += 0.3;
  if (own.lower && right.upper && !left.letter) score -= 3;
  if (own.lower && left.upper && right.upper) score -= 3;
  if (!left.letter && !right.letter) score -= loneLetters.has(character.toLowerCase()) && own.lower ? 1.5 : 4;
  return score;
}

function goTogether(a: Script, b: Script | null): boolean {
  if (a === b) return true;
  return (a === "han" && b === "kana") || (a === "kana" && b === "han");
}
