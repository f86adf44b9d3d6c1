import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { certutil } from "../../grammars/certutil/index.ts";
import { sourceText, textOf } from "../../src/text/source-text.ts";
import { describeFact } from "../support/describe-certutil.ts";

/** What one form says: its facts in order, and the lines of it that nothing understood. */
interface Form {
  readonly facts: readonly string[];
  readonly notUnderstood?: readonly string[];
}

const folder = "samples/forms/certutil";
const forms = JSON.parse(readFileSync(`${folder}/facts.json`, "utf8")) as Readonly<Record<string, Form>>;
const read = await certutil.reader();

describe("samples/forms/certutil", () => {
  test("every form has its facts", () => {
    expect(Object.keys(forms).sort()).toEqual(readdirSync(folder).filter((name) => name.endsWith(".txt")).sort());
  });

  test.each(Object.keys(forms))("%s", async (name) => {
    const { facts, notUnderstood } = await read(certutil.claim(sourceText(name, readFileSync(`${folder}/${name}`, "utf8"))));
    expect(facts.map(describeFact)).toEqual(forms[name]?.facts);
    expect(notUnderstood.map((span) => textOf(span).trim())).toEqual(forms[name]?.notUnderstood ?? []);
  });

  test("hardly a line of them is not understood", async () => {
    let lines = 0;
    let open = 0;
    for (const name of Object.keys(forms).filter((each) => !each.startsWith("unknown-language"))) {
      const passages = certutil.claim(sourceText(name, readFileSync(`${folder}/${name}`, "utf8")));
      lines += passages.map(({ span }) => textOf(span).split(/\r?\n/).filter((line) => line.trim() !== "").length).reduce((sum, each) => sum + each, 0);
      open += (await read(passages)).notUnderstood.length;
    }
    expect(open / lines).toBeLessThan(0.02);
  });
});
