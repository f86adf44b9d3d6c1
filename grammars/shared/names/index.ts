import type { Name } from "../../../src/model/name.ts";
import type { Notation } from "./notation.ts";
import { readPrintedName } from "./read.ts";

// Claims, which must not load a parser, take these from notation.ts.
export { isCutName, looksLikeName, type Notation } from "./notation.ts";

/** Reads a printed name. Total: text that is no name gives `rdns: []` and says so in `doubt`. */
export function readName(printed: string, notation: Notation): Name {
  return readPrintedName(printed, notation);
}
