import { findErrorByName } from "../../src/model/error-codes.ts";

/** The catalogue name of the reason in a line of OpenSSL's error queue (`…:SSL routines:FUNC:ee key too small:…`); null when it is not in the catalogue. */
export function clientErrorName(line: string): string | null {
  const fields = line.split(":");
  const library = fields.findIndex((field) => /routines$/.test(field));
  if (library < 0) return null;
  for (const field of fields.slice(library + 1, library + 4)) {
    const name = `SSL_R_${field.trim().toUpperCase().replace(/[^A-Z0-9]{1,4}/g, "_")}`;
    const known = name.length < 80 ? findErrorByName(name) : null;
    if (known !== null) return known.name;
  }
  return null;
}
