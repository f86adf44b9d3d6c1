import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimPassages } from "../../grammars/claim-passages.ts";
import { formats } from "../../grammars/index.ts";
import { intake } from "../../src/text/intake.ts";
import { sourceText, type SourceText } from "../../src/text/source-text.ts";
import { usualBounds } from "../../src/text/line-windows.ts";
import { inputOf } from "../support/input-of.ts";
import { filesBelow, root } from "../support/source-files.ts";

const texts = filesBelow("samples").filter((file) => /\.(?:txt|log|out)$/.test(file));
const landmarks = [...new Set(formats.flatMap((format) => format.landmarks))];

const claimed = (source: SourceText): readonly unknown[] =>
  claimPassages(source, formats).map(({ format, section, span }) => ({ format, section, start: span.start, end: span.end }));

describe("a stretch of a large input", () => {
  test("there are samples", () => expect(texts.length).toBeGreaterThan(100));

  test.each(texts)("%s: only the formats whose landmarks stand in it are asked, and that loses nothing", async (file) => {
    const read = await intake(inputOf(readFileSync(join(root, file))), { encoding: null, landmarks, newDigest: null, wholeUpTo: 0, bounds: usualBounds });
    for (const stretch of read.stretches) {
      const { landmarks: found, ...unsearched } = stretch;
      if (stretch.carried) expect(found).toBeUndefined();
      else expect(found?.size).toBeGreaterThan(0);
      expect(claimed(stretch)).toEqual(claimed(unsearched));
    }
  });

  test("a format is asked where a longer landmark of another begins with its own", () => {
    const source = sourceText("log.txt", "LongerMark\n");
    const claim = (id: "pem" | "curl", own: string): (typeof formats)[number] => ({
      id, title: id, landmarks: [own], reader: () => Promise.reject(new Error("not read")),
      claim: (text) => [{ format: id, section: "all", span: { source: text, start: 0, end: 5 } }],
    });
    const found = { ...source, landmarks: new Set(["LongerMark"]) };
    expect(claimPassages(found, [claim("pem", "Longer")])).toHaveLength(1);
    expect(claimPassages(found, [claim("curl", "Mark")])).toHaveLength(0);
  });
});
