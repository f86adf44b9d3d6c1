/** What a private word is part of; the pseudonym says so. */
export type WordKind = "user" | "org" | "ca" | "host" | "name" | "unit" | "place" | "key" | "file" | "path" | "id";

/** A word that means several things is named after the first of these. */
const order: readonly WordKind[] = ["user", "org", "ca", "host", "name", "unit", "place", "key", "id", "file", "path"];

/** One line of the reversal table. */
export interface Reversal {
  readonly pseudonym: string;
  readonly original: string;
  readonly kind: WordKind | "hex" | "number" | "address";
}

/**
 * Stable pseudonyms of one run. Equal originals get equal pseudonyms, different ones different ones, each of the length of what it
 * replaces: `Contoso` becomes `Org-001`, `contoso` `org-001`. Nothing of the original but its length and its case is kept.
 */
export interface Pseudonyms {
  /** Says that a word is private. All are noted before the first is replaced, so that its kind is the most telling one. */
  note(printed: string, kind: WordKind): void;
  isPrivate(printed: string): boolean;
  /** The pseudonym in the spelling of `printed`; `printed` itself when it was never noted. */
  word(printed: string): string;
  /** Hexadecimal digits for hexadecimal digits, zeros in front kept. */
  hex(digits: string): string;
  /** Replaces these digits by those: a thumbprint of a certificate that is itself rewritten. */
  defineHex(digits: string, replacement: string): void;
  isKnownHex(digits: string): boolean;
  number(digits: string): string;
  /** An IPv4 address. */
  address(dotted: string): string;
  reversals(): readonly Reversal[];
}

interface Unit {
  /** As printed: one character, or the escapes that stand for it. */
  readonly printed: string;
  readonly character: string;
}

interface Entry {
  readonly original: string;
  kind: WordKind;
  pseudonym: string | null;
}

export function newPseudonyms(): Pseudonyms {
  const entries = new Map<string, Entry>();
  const used = new Set<string>();
  const counters = new Map<string, number>();
  const hexes = new Map<string, string>();
  const numbers = new Map<string, string>();
  const addresses = new Map<string, string>();

  const count = (of: string): number => {
    const next = (counters.get(of) ?? 0) + 1;
    counters.set(of, next);
    return next;
  };
  const nameOf = (entry: Entry, key: string): string => {
    entry.pseudonym ??= pseudonymFor(key, entry.kind, used, count);
    return entry.pseudonym;
  };
  const plainHex = (digits: string): string => {
    const key = digits.toLowerCase();
    const known = hexes.get(key);
    if (known !== undefined) return known;
    const made = madeHex(key.length, used, count);
    hexes.set(key, made);
    return made;
  };
  return {
    note(printed, kind) {
      const key = keyOf(unitsOf(printed));
      if (key === "") return;
      const known = entries.get(key);
      if (known === undefined) entries.set(key, { original: printed, kind, pseudonym: null });
      else if (order.indexOf(kind) < order.indexOf(known.kind)) known.kind = kind;
    },
    isPrivate: (printed) => entries.has(keyOf(unitsOf(printed))),
    word(printed) {
      const units = unitsOf(printed);
      const key = keyOf(units);
      const entry = entries.get(key);
      return entry === undefined ? printed : spelledLike(units, nameOf(entry, key));
    },
    hex(digits) {
      const zeros = /^0{0,200}/.exec(digits)?.[0] ?? "";
      const rest = digits.slice(zeros.length);
      if (isPlainHex(rest)) return digits;
      const made = hexes.get(digits.toLowerCase()) ?? zeros + plainHex(rest);
      return /[A-F]/.test(digits) && !/[a-f]/.test(digits) ? made.toUpperCase() : made;
    },
    defineHex(digits, replacement) {
      hexes.set(digits.toLowerCase(), replacement.toLowerCase());
    },
    isKnownHex: (digits) => hexes.has(digits.toLowerCase().replace(/^0{1,200}/, "")) || hexes.has(digits.toLowerCase()),
    number(digits) {
      if (isPlainNumber(digits)) return digits;
      const known = numbers.get(digits);
      if (known !== undefined) return known;
      const made = String(count(`number ${digits.length}`)).padStart(digits.length, "0");
      numbers.set(digits, made);
      return made;
    },
    address(dotted) {
      if (isPlainAddress(dotted)) return dotted;
      const known = addresses.get(dotted);
      if (known !== undefined) return known;
      const widths = dotted.split(".").map((part) => part.length);
      const size = widths.reduce((sum, width) => sum + width, 0);
      const digits = String(count(`address ${widths.join(".")}`)).padStart(size, "0");
      let at = 0;
      const made = widths.map((width) => digits.slice(at, (at += width))).join(".");
      addresses.set(dotted, made);
      return made;
    },
    reversals() {
      const named = [...entries].flatMap(([key, entry]): readonly Reversal[] => (entry.pseudonym === null ? [] : [{ pseudonym: nameOf(entry, key), original: entry.original, kind: entry.kind }]));
      const other = (map: ReadonlyMap<string, string>, kind: Reversal["kind"]): readonly Reversal[] => [...map].map(([original, pseudonym]) => ({ pseudonym, original, kind }));
      return [...named, ...other(hexes, "hex"), ...other(numbers, "number"), ...other(addresses, "address")];
    },
  };
}

/** Hexadecimal digits that say nothing, or are a pseudonym: `a01f`, `c001000…`, zeros, one digit over and over, two digits. */
export function isPlainHex(digits: string): boolean {
  const lower = digits.toLowerCase();
  return lower.length <= 2 || /^[ace-f]?0*$/.test(lower) || /^([0-9a-f])\1*$/.test(lower)
    || (lower.length === 3 ? /^a[0-9a-f]{2}$/.test(lower) : /^[acde][0-9a-f]{3}0*$/.test(lower) || /^b[0-9a-f]{6}0*$/.test(lower));
}

/** Up to four digits, or zeros before them. */
export function isPlainNumber(digits: string): boolean {
  return digits.replace(/^0{1,40}/, "").length <= 4;
}

/** Addresses that name no host: unspecified, loopback, broadcast, and pseudonyms, which begin with 0. */
export function isPlainAddress(dotted: string): boolean {
  return /^0{1,3}\.|^127\.|^255\./.test(dotted);
}

function madeHex(length: number, used: Set<string>, count: (of: string) => number): string {
  const letter = length === 40 ? "c" : length === 32 ? "d" : length === 64 ? "e" : "a";
  for (;;) {
    const number = count(`hex ${length}`);
    const width = length === 3 ? 2 : 3;
    const digits = number.toString(16);
    const made = digits.length <= width ? (letter + digits.padStart(width, "0")).padEnd(length, "0")
      : length >= 7 ? `b${digits.padStart(6, "0")}`.padEnd(length, "0") : digits.padStart(length, "f").slice(-length);
    if (!used.has(made) || digits.length > length) {
      used.add(made);
      return made;
    }
  }
}

// --- words ------------------------------------------------------------------------------------------------------------

const escapedCharacter = /\\x?[C-Fc-f][0-9A-Fa-f](?:\\x?[89ABab][0-9A-Fa-f]){1,3}/y;

/** The characters of a word; a run of escapes (`\C3\BC`, `\xC3\xBC`) is the character whose UTF-8 octets it prints. */
function unitsOf(printed: string): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < printed.length;) {
    escapedCharacter.lastIndex = at;
    const escape = printed.charCodeAt(at) === 92 ? escapedCharacter.exec(printed)?.[0] : undefined;
    if (escape !== undefined) {
      const octets = (escape.match(/[0-9A-Fa-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16));
      const size = (octets[0] ?? 0) >= 0xf0 ? 4 : (octets[0] ?? 0) >= 0xe0 ? 3 : 2;
      const part = escape.slice(0, (escape.length / octets.length) * Math.min(size, octets.length));
      units.push({ printed: part, character: new TextDecoder().decode(Uint8Array.from(octets.slice(0, size))) });
      at += part.length;
      continue;
    }
    // A letter with a combining mark is one character beyond ASCII.
    const marked = /[\u0300-\u036F]/.test(printed.charAt(at + 1)) && /[A-Za-z]/.test(printed.charAt(at));
    const text = printed.slice(at, marked ? at + 2 : at + 1);
    units.push({ printed: text, character: text.normalize("NFC") });
    at += text.length;
  }
  return units;
}

const isAscii = (unit: Unit): boolean => /^[A-Za-z0-9]$/.test(unit.character);

/** Scripts whose letters are replaced by letters of the same script: code pages that have the one have the other. */
const scripts: readonly { readonly letter: RegExp; readonly digits: string }[] = [
  { letter: /[\u0400-\u052F]/, digits: "абвгдежз" }, { letter: /[\u0370-\u03FF]/, digits: "αβγδεζηθ" },
  { letter: /[\u3040-\u309F]/, digits: "あいうえおかきく" }, { letter: /[\u30A0-\u30FF]/, digits: "アイウエオカキク" },
  { letter: /[\uAC00-\uD7AF]/, digits: "가나다라마바사아" }, { letter: /[\u3400-\u9FFF]/, digits: "一二三四五六七八" },
  { letter: /[\u0590-\u05FF]/, digits: "אבגדהוזח" }, { letter: /[\u0600-\u06FF]/, digits: "ابتثجحخد" }, { letter: /[\u0E00-\u0E7F]/, digits: "กขคงจฉชซ" },
  // Scripts that no code page of these tools holds are written in Greek letters.
  { letter: /[\u0530-\u058F\u0700-\u0DFF\u0E80-\u10FF\u1200-\u1DBF\u2C00-\u2DFF\uA000-\uABFF]/, digits: "αβγδεζηθ" },
];

/** Whether a word is one letter of such a script, or a pseudonym in it. */
export function isPlainForeign(word: string): boolean {
  return scripts.some(({ letter, digits }) => letter.test(word) && ([...word].length === 1 || [...word.toLowerCase()].every((character) => digits.includes(character))));
}

const scriptOf = (character: string): (typeof scripts)[number] | undefined => scripts.find(({ letter }) => letter.test(character));

/**
 * What two spellings of one word share: case and composition do not count, and Latin letters beyond ASCII are left out, so that a name
 * whose letters an encoding destroyed stays close to the name itself. Other scripts count letter by letter.
 */
function keyOf(units: readonly Unit[]): string {
  const foreign = units.some((unit) => scriptOf(unit.character) !== undefined);
  return units.filter((unit) => isAscii(unit) || (foreign && scriptOf(unit.character) !== undefined)).map((unit) => unit.character.toLowerCase()).join("");
}

const tags: Readonly<Record<WordKind, readonly string[]>> = {
  user: ["user", "u"], org: ["org", "o"], ca: ["ca", "c"], host: ["host", "h"], name: ["name", "n"], unit: ["unit", "d"], place: ["place", "l"],
  key: ["key", "k"], file: ["file", "f"], path: ["path", "p"], id: ["id", "i"],
};
const spare = ["q", "w", "x", "y", "z", "j", "v", "r", "t", "s", "m", "g", "e", "b", "a"];

function pseudonymFor(key: string, kind: WordKind, used: Set<string>, count: (of: string) => number): string {
  const script = scriptOf(key);
  if (script !== undefined) {
    for (let tries = 0; tries < 4096; tries++) {
      const number = count(`script ${script.digits}`).toString(8);
      if (number.length > key.length) break;
      const made = [...number.padStart(key.length, "0")].map((digit) => script.digits.charAt(Number(digit))).join("");
      if (take(made, used)) return made;
    }
  }
  const number = count(kind);
  for (const tag of [...tags[kind], ...spare]) {
    const head = key.length >= 4 ? `${tag}-` : tag;
    const width = key.length - head.length;
    if (width < 1 || (width < 2 && tag.length > 1)) continue;
    for (let shown = number; String(shown).length <= width && shown < 10000; shown++) {
      const made = head + String(shown).padStart(width, "0");
      if (take(made, used)) return made;
    }
    // Short words run out of numbers soon; those that are free again come from the beginning.
    for (let shown = 1; String(shown).length <= width && shown < Math.min(number, 1000); shown++) {
      const made = head + String(shown).padStart(width, "0");
      if (take(made, used)) return made;
    }
  }
  const long = `${tags[kind][0] ?? kind}-${number}`;
  used.add(long);
  return long;
}

function take(made: string, used: Set<string>): boolean {
  if (used.has(made)) return false;
  used.add(made);
  return true;
}

/** The pseudonym in the case of the printed word; Latin letters beyond ASCII and signs stay where they stand. */
function spelledLike(units: readonly Unit[], pseudonym: string): string {
  const foreign = units.some((unit) => scriptOf(unit.character) !== undefined);
  const isReplaced = (unit: Unit): boolean => isAscii(unit) || (foreign && scriptOf(unit.character) !== undefined);
  const letters = units.filter(isReplaced).map((unit) => unit.character).filter((character) => character.toLowerCase() !== character.toUpperCase());
  const upper = letters.length > 0 && letters.every((letter) => letter === letter.toUpperCase());
  const title = !upper && (letters[0] ?? "a") !== (letters[0] ?? "a").toLowerCase();
  const characters = [...(upper && letters.length > 1 ? pseudonym.toUpperCase() : upper || title ? pseudonym.charAt(0).toUpperCase() + pseudonym.slice(1) : pseudonym)];
  let next = 0;
  let shown = "";
  for (const unit of units) {
    if (!isReplaced(unit)) { shown += unit.printed; continue; }
    const character = characters[next++] ?? "";
    shown += unit.printed.startsWith("\\") ? escapedLike(unit.printed, character) : character;
  }
  return shown + characters.slice(next).join("");
}

function escapedLike(printed: string, character: string): string {
  const head = printed.startsWith("\\x") ? "\\x" : "\\";
  return Array.from(new TextEncoder().encode(character), (octet) => head + octet.toString(16).toUpperCase().padStart(2, "0")).join("");
}
