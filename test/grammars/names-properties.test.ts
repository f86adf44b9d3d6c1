import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { looksLikeName, readName, type Notation } from "../../grammars/shared/names/index.ts";
import { makeName, sameName, type NameAttribute, type Rdn } from "../../src/model/name.ts";

const notations: readonly Notation[] = ["x500", "slash", "spaced", "comma", "rfc4514", "certutil", "lines"];

/** How the programs of a notation print a value; written from their documentation, not from the reader. */
const printValue: Readonly<Record<Notation, (value: string) => string>> = {
  x500: (value) => (/^\s|\s$|[,+="<>#;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value),
  slash: (value) => Array.from(new TextEncoder().encode(value), (byte) => (byte < 0x20 || byte > 0x7e ? `\\x${hex(byte)}` : String.fromCharCode(byte))).join(""),
  spaced: (value) => {
    const text = Array.from(new TextEncoder().encode(value), (byte) => (byte < 0x20 || byte > 0x7e ? `\\${hex(byte)}` : String.fromCharCode(byte).replace(/["\\]/, "\\$&"))).join("");
    return /^[ #]| $|[,+;<>]/.test(value) ? `"${text}"` : text;
  },
  comma: (value) => value.replaceAll("\\", "\\\\"),
  rfc4514: (value) => value.replace(/[",+;<>\\]/g, "\\$&").replace(/^[ #]/, "\\$&").replace(/(?<=.) $/, "\\ "),
  certutil: (value) => value,
  lines: (value) => value,
};

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

/** The spelling of a type in a notation. */
function printType(type: string, notation: Notation): string {
  if (notation === "x500" || notation === "certutil" || notation === "lines") return type === "ST" ? "S" : type;
  return type === "E" ? "emailAddress" : type;
}

function print(rdns: readonly Rdn[], notation: Notation): string {
  const equals = notation === "spaced" ? " = " : "=";
  const one = (attribute: NameAttribute): string => `${printType(attribute.type, notation)}${equals}${printValue[notation](attribute.value)}`;
  const plus = notation === "rfc4514" ? "+" : " + ";
  const parts = rdns.map((rdn) => rdn.map(one).join(plus));
  switch (notation) {
    case "slash":
      return parts.map((part) => `/${part}`).join("");
    case "rfc4514":
      return parts.toReversed().join(",");
    case "certutil":
      return parts.toReversed().join(", ");
    case "lines":
      return parts.toReversed().map((part) => `    ${part}`).join("\r\n");
    default:
      return parts.join(", ");
  }
}

const piece = fc.constantFrom(
  "Lab", "Root CA", "Inc.", "(c) 2006", "\u00E9t\u00E9", "\u010Cesk\u00E1", "\u65E5\u672C", "\u{1F510}", ",", ", ", "+", " + ", "=", '"', "<D>", ";", "#1", "/", "AC/DC",
  "www.example.com", "a@b.example", "&", "'", ":", "G2", "x=y", "http://",
);
const anyValue = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(" ").trim()).filter((value) => value !== "");

/** Text that the notation cannot tell from the beginning of an attribute, or prints without showing where it ends. */
function isAmbiguous(value: string, notation: Notation): boolean {
  if (notation === "x500" || notation === "rfc4514" || notation === "spaced") return false;
  return /[,+;/]\s*[A-Za-z0-9.]+\s*=/.test(value);
}

function nameOf(notation: Notation): fc.Arbitrary<readonly Rdn[]> {
  const value = anyValue.filter((text) => !isAmbiguous(text, notation));
  const attribute = (type: string): fc.Arbitrary<NameAttribute> => value.map((text) => ({ type, value: text }));
  const single = (type: string): fc.Arbitrary<Rdn> => attribute(type).map((one) => [one]);
  const units = fc.array(single("OU"), { maxLength: 3 });
  const leaf = notation === "slash" ? single("CN") : fc.oneof(single("CN"), fc.tuple(attribute("CN"), attribute("serialNumber")));
  const ofCountry = fc.tuple(fc.constantFrom("US", "DE", "JP"), fc.option(single("ST")), single("O"), units, leaf, fc.option(single("E")))
    .map(([country, state, organization, middle, last, mail]): readonly Rdn[] =>
      [[{ type: "C", value: country }], ...(state ? [state] : []), organization, ...middle, last, ...(mail ? [mail] : [])]);
  const ofDomain = fc.tuple(fc.array(fc.constantFrom("contoso", "corp", "fabrikam"), { minLength: 1, maxLength: 3 }), units, leaf)
    .map(([domain, middle, last]): readonly Rdn[] => ["com", ...domain].map((label): Rdn => [{ type: "DC", value: label }]).concat(middle, [last]));
  return fc.oneof(ofCountry, ofDomain);
}

describe("a name printed in a notation is read back", () => {
  test.each(notations)("%s", (notation) => {
    fc.assert(
      fc.property(nameOf(notation), (rdns) => {
        const name = readName(print(rdns, notation), notation);
        expect(name.rdns).toEqual(rdns);
        expect(name.rfc4514).toBe(makeName("", rdns, null).rfc4514);
        expect(name.doubt).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  test("and is the same name in every notation", () => {
    fc.assert(
      fc.property(nameOf("slash"), fc.constantFrom(...notations), fc.constantFrom(...notations), (rdns, one, other) => {
        expect(sameName(readName(print(rdns, one), one), readName(print(rdns, other), other))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("and a line of it looks like a name", () => {
    fc.assert(fc.property(nameOf("slash"), fc.constantFrom<Notation>("x500", "slash", "spaced", "comma", "rfc4514"), (rdns, notation) => {
      expect(looksLikeName(print(rdns, notation))).not.toBeNull();
    }));
  });
});

describe("any text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.array(fc.constantFrom("CN=", "C=US", "O = ", ", ", "/", "\\", '"', "\\x4", "\\C3", "+", "\u2026", "...", "\r\n", "a", "OID.1.2=", "#0C01", "\u201C"), { maxLength: 30 }).map((parts) => parts.join("")),
  );

  test.each(notations)("is read in %s without inventing a value", (notation) => {
    fc.assert(fc.property(text, (printed) => {
      const name = readName(printed, notation);
      expect(name.printed).toBe(printed);
      if (name.rdns.length === 0) expect(name.doubt).not.toBeNull();
      // Plain letters and digits of a value were printed; escapes, quotes and hex strings may add others.
      if (!/[\\#"\u201C\u201D]/.test(printed)) {
        for (const { value } of name.rdns.flat()) expect(printed).toContain(value);
      }
    }), { numRuns: 300 });
  });

  test("takes time in proportion to its length, however hostile", () => {
    const hostile = ['"'.repeat(60_000), `CN=${'"a'.repeat(30_000)}b`, `/CN=${"/CN=x".repeat(12_000)}`, `CN=${" ".repeat(60_000)}`, `CN=${", ".repeat(30_000)}`, `CN = "${"\\".repeat(60_001)}`];
    const started = performance.now();
    for (const printed of hostile) for (const notation of notations) readName(printed, notation);
    // 42 readings of 60,000 characters; a quadratic reader needs minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
