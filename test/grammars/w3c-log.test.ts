import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { w3cLog } from "../../grammars/w3c-log/index.ts";
import { textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, answerOf } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/w3c-log/${name}`, "utf8");

followsTheRules(w3cLog, "w3c-log", { alsoIn: ["traces/iis-log"] });

async function rows(text: string): Promise<readonly string[]> {
  return (await readWith(w3cLog, text)).facts.map((fact) => {
    if (fact.kind !== "http-status") throw new Error(fact.kind);
    return `${fact.status} ${fact.substatus} ${fact.win32Status} at ${fact.date?.value} <${textOf(fact.span)}>`;
  });
}

describe("rows", () => {
  test("are read by the names of their columns", async () => {
    expect(await rows(form("iis-10.log"))).toEqual([
      "403 7 64 at 2026-03-02T08:14:11.000Z <403 7 64>", "403 16 2148204809 at 2026-03-02T08:15:40.000Z <403 16 2148204809>",
    ]);
  });

  test("whatever their order is, and when it changes", async () => {
    expect(await rows(form("other-order.log"))).toEqual(["403 17 2148204801 at 2026-02-11T23:01:30.000Z <403>", "403 null null at 2026-02-12T00:00:10.000Z <403>"]);
  });

  test("the server's software is kept", async () => {
    const [fact] = (await readWith(w3cLog, form("iis-10.log"))).facts;
    expect(fact).toMatchObject({ server: { value: "Microsoft Internet Information Services 10.0" } });
  });

  test("a row of another width ends the log", async () => {
    expect(await rows(`${form("quoted-in-mail.txt")}\n2026-03-04 06:33:00 GET /other - 443 403 7 5\n`)).toHaveLength(2);
  });

  test.each([
    ["no status among the fields", "#Fields: date time action src-ip\n2026-03-02 08:14:11 403 7\n"],
    ["no names", "2026-03-02 08:14:11 10.0.0.1 GET / - 443 - 10.0.0.2 - - 403 7 64 15\n"],
    ["prose", "The line #Fields: tells where sc-status stands.\n"],
  ])("%s: not claimed", async (_, text) => {
    expect(await rows(text)).toEqual([]);
  });
});

test("a refusal in the log is judged like any other", async () => {
  const report = await analyzeTexts({ "u_ex.log": form("iis-10.log").replace(/^.* 403 7 .*\n/m, "") }, { at: null });
  expect(answerOf(report, "issuer-not-trusted-by-server")).toBe("found");
});
