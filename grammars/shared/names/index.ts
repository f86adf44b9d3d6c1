import { makeName } from "../../../src/model/name.ts";
import type { Name } from "../../../src/model/name.ts";
import type { Notation } from "./notation.ts";
import { remembering } from "../remembering.ts";
import { readPrintedName } from "./read.ts";

// Claims, which must not load a parser, take these from notation.ts.
export { isCutName, looksLikeName, type Notation } from "./notation.ts";

/**
 * No name is printed longer: on the wire one has at most 65,535 octets (RFC 5246, section 7.4.4), and the longest escape of an
 * octet, `\xHH`, has four characters.
 */
const LONGEST_NAME = 4 * 65_535;

// Issuers are printed again and again. Names that nobody prints twice are long.
const readKnown = new Map<Notation, (printed: string) => Name>();
const longestRemembered = 1024;

/** Reads a printed name. Total: text that is no name gives `rdns: []` and says so in `doubt`. */
export function readName(printed: string, notation: Notation): Name {
  if (printed.length > LONGEST_NAME) return makeName(printed.slice(0, LONGEST_NAME), [], "longer than any name can be");
  if (printed.length > longestRemembered) return readPrintedName(printed, notation);
  let read = readKnown.get(notation);
  if (read === undefined) readKnown.set(notation, read = remembering(2048, (text) => readPrintedName(text, notation)));
  return read(printed);
}
