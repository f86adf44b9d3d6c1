import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { strace } from "../../grammars/strace/index.ts";
import type { Fact, SelectionCallFact } from "../../src/model/fact.ts";
import { selectionFlagNames } from "../../src/model/selection.ts";
import { sourceText, textOf, type Span } from "../../src/text/source-text.ts";

const read = await strace.reader();

async function factsOf(text: string): Promise<readonly Fact[]> {
  return (await read(strace.claim(sourceText("sample.log", text)))).facts;
}

/** Every span inside a fact. */
function spansIn(value: unknown): readonly Span[] {
  if (typeof value !== "object" || value === null) return [];
  if ("source" in value && "start" in value && "end" in value) return [value as Span];
  return Object.values(value).flatMap(spansIn);
}

function expectSpansWithin(text: string, facts: readonly Fact[]): void {
  for (const span of spansIn(facts)) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}

const issuers: readonly string[] = [
  'C=US, O="Lab, Inc.", OU=PKI, CN=Lab Root CA G2', "DC=com, DC=contoso, CN=Contoso Root CA", "C=EE, OU=ESTEID + O=Klass, SERIALNUMBER=1 + CN=Klass3",
  "O=Example.net, OU=www.example.net/CPS (limits liab.), CN=Example.net CA (2048)", "CN=NT AUTHORITY", 'C=GB, OU="Class ""2"" Personal", CN=x', "C=AT, O=\u00D6sterreich AG, CN=Root 05",
];

interface Plan {
  readonly flags: number;
  readonly printsNames: boolean;
  readonly criteria: readonly ("issuers" | "key usage" | "purpose")[];
  readonly listed: readonly string[];
  readonly hidden: number;
  readonly matches: number;
  readonly result: boolean;
  readonly prefix: string;
  readonly headings: boolean;
  readonly blankLines: number;
  readonly lineEnd: string;
  readonly indent: string;
  readonly colon: string;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  flags: fc.integer({ min: 0, max: 0x1ff }),
  printsNames: fc.boolean(),
  criteria: fc.shuffledSubarray(["issuers", "key usage", "purpose"] as const),
  listed: fc.array(fc.constantFrom(...issuers), { maxLength: 6 }),
  hidden: fc.constantFrom(0, 0, 5),
  matches: fc.nat(30),
  result: fc.boolean(),
  prefix: fc.constantFrom("", "10:50:12:490 - ", "10:00:33:675 [1A4C] ", "10:15:00:428 4312.1a4c ", "[00001A4C] ", "> ", "2014-02-27 10:00:33.675 | "),
  headings: fc.boolean(),
  blankLines: fc.constantFrom(0, 0, 1, 2),
  lineEnd: fc.constantFrom("\r\n", "\n", "\r"),
  indent: fc.constantFrom("", "  ", "\t", "\u00A0"),
  colon: fc.constantFrom(" : ", ": ", " = ", "\u00A0: "),
});

/** The lines of a call as the tool prints them, after the prefix. */
function print(call: Plan): string {
  const { colon } = call;
  const sections = call.criteria.flatMap((criterion) => {
    const heading = (name: string): readonly string[] => (call.headings ? [`===== CERT_SELECT_BY_${name}`] : []);
    if (criterion === "issuers") {
      return [...heading("ISSUER_NAME"), `Number of issuer(s)${colon}${call.listed.length + call.hidden}`, ...call.listed, ...(call.hidden > 0 ? ["[...]"] : [])];
    }
    if (criterion === "purpose") return [...heading("ENHKEY_USAGE"), "1.3.6.1.5.5.7.3.2"];
    return [...heading("KEY_USAGE"), `fCritical${colon}FALSE`, `pszObjId${colon}(null)`, `Value${colon}00000080`, "CERT_DIGITAL_SIGNATURE_KEY_USAGE"];
  });
  const body = [
    `dwFlags${colon}${call.flags.toString(16).padStart(8, "0")}`,
    ...(call.printsNames ? selectionFlagNames(call.flags) : []),
    `cCriteria${colon}${call.criteria.length}`,
    ...sections,
    `Number of certificates matching criteria(s)${colon}${call.matches}`,
  ].map((line) => call.indent + line);
  return ["CertSelectCertificateChains called", ...body, `CertSelectCertificateChains exited with value${colon}${call.result ? "TRUE" : "FALSE"}`]
    .map((line) => call.prefix + line + call.lineEnd.repeat(1 + call.blankLines))
    .join("");
}

describe("a printed call is read back", () => {
  test("whatever its prefix, blank lines, line ends and order", async () => {
    await fc.assert(fc.asyncProperty(plan, async (call) => {
      const text = `select called${call.lineEnd}select exited with value : 0${call.lineEnd}${print(call)}recv() called / socket = 0x00000420${call.lineEnd}`;
      const facts = await factsOf(text);
      const found = facts.filter((fact): fact is SelectionCallFact => fact.kind === "selection-call");
      expect(found).toHaveLength(1);
      const [fact] = found;
      expect(fact?.flags?.value).toBe(call.flags);
      expect(fact?.declaredCriteria?.value).toBe(call.criteria.length);
      expect(fact?.matches?.value).toBe(call.matches);
      expect(fact?.result?.value).toBe(call.result);
      expect(fact?.complete).toBe(true);
      expect(fact?.printedFlagNames.map((name) => name.value)).toEqual(call.printsNames ? selectionFlagNames(call.flags) : []);
      const kinds = { issuers: "CERT_SELECT_BY_ISSUER_NAME", purpose: "CERT_SELECT_BY_ENHKEY_USAGE", "key usage": "CERT_SELECT_BY_KEY_USAGE" };
      expect(fact?.criteria.map((criterion) => criterion.type)).toEqual(call.criteria.map((kind) => kinds[kind]));
      expect(fact?.criteria.every((criterion) => criterion.inferred === !call.headings)).toBe(true);
      const list = fact?.criteria.find((criterion) => criterion.issuers !== null);
      if (call.criteria.includes("issuers")) {
        expect(list?.issuers?.map((issuer) => textOf(issuer.span))).toEqual(call.listed);
        expect(list?.declared?.value).toBe(call.listed.length + call.hidden);
      }
      expect(facts.filter((one) => one.kind === "damage").map((one) => one.what)).toEqual(call.criteria.includes("issuers") && call.hidden > 0 ? ["count-mismatch"] : []);
      expectSpansWithin(text, facts);
    }), { numRuns: 300 });
  });

  test("two threads do not disturb each other", async () => {
    await fc.assert(fc.asyncProperty(plan, plan, fc.array(fc.boolean(), { maxLength: 60 }), async (a, b, order) => {
      const one = print({ ...a, prefix: "10:00:00:001 [0AB0] ", lineEnd: "\n", blankLines: 0 }).split("\n").slice(0, -1);
      const two = print({ ...b, prefix: "10:00:00:001 [1CD0] ", lineEnd: "\n", blankLines: 0 }).split("\n").slice(0, -1);
      const lines: string[] = [];
      for (const first of order) {
        const next = (first ? one : two).shift();
        if (next !== undefined) lines.push(next);
      }
      const facts = await factsOf([...lines, ...one, ...two, ""].join("\n"));
      const found = facts.filter((fact): fact is SelectionCallFact => fact.kind === "selection-call");
      const byThread = (thread: number): SelectionCallFact | undefined => found.find((fact) => fact.thread === thread);
      expect(found).toHaveLength(2);
      expect([byThread(0xab0)?.matches?.value, byThread(0x1cd0)?.matches?.value]).toEqual([a.matches, b.matches]);
      expect([byThread(0xab0)?.criteria.length, byThread(0x1cd0)?.criteria.length]).toEqual([a.criteria.length, b.criteria.length]);
    }), { numRuns: 100 });
  });
});

describe("damage", () => {
  const whole = readFileSync("samples/forms/strace/whole-log.log", "utf8");
  const short = readFileSync("samples/forms/strace/blank-lines.log", "utf8");
  const printed = new Set(short.split(/\r\n/).map((line) => line.trim()));

  function expectNothingInvented(text: string, facts: readonly Fact[]): void {
    expectSpansWithin(text, facts);
    for (const fact of facts) {
      if (fact.kind !== "selection-call") continue;
      for (const issuer of fact.criteria.flatMap((criterion) => criterion.issuers ?? [])) expect(printed).toContain(issuer.value.printed);
      expect([null, 0x88]).toContain(fact.flags?.value ?? null);
      expect([null, 1]).toContain(fact.matches?.value ?? null);
      expect([null, true]).toContain(fact.result?.value ?? null);
      for (const criterion of fact.criteria) {
        expect([null, 4]).toContain(criterion.declared?.value ?? null);
        for (const oid of criterion.oids ?? []) expect(oid.value).toBe("1.3.6.1.5.5.7.3.2");
        expect([null, "00000080"]).toContain(criterion.value?.value ?? null);
      }
    }
  }

  test("a log cut at any character invents nothing", async () => {
    for (let end = 0; end <= short.length; end++) {
      const text = short.slice(0, end);
      const facts = await factsOf(text);
      expectNothingInvented(text, facts);
      const call = facts.find((fact) => fact.kind === "selection-call");
      if (call !== undefined && !text.includes("exited with value")) {
        expect(call.complete).toBe(false);
        expect(facts.some((fact) => fact.kind === "damage" && fact.what === "truncated")).toBe(true);
      }
    }
  });

  test("a log that begins at any character invents nothing", async () => {
    for (let start = 0; start <= short.length; start++) expectNothingInvented(short.slice(start), await factsOf(short.slice(start)));
  });

  test.each(["dropped", "doubled"])("each line %s: nothing is invented", async (how) => {
    const lines = short.split("\r\n");
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] as string;
      const text = lines.toSpliced(at, 1, ...(how === "dropped" ? [] : [line, line])).join("\r\n");
      expectNothingInvented(text, await factsOf(text));
    }
  });

  test("a whole log, cut or with any line dropped, keeps the traffic to itself", async () => {
    const lines = whole.split("\r\n");
    for (let at = 0; at < lines.length; at++) {
      for (const text of [lines.toSpliced(at, 1).join("\r\n"), lines.slice(0, at).join("\r\n")]) {
        const facts = await factsOf(text);
        expectSpansWithin(text, facts);
        for (const span of spansIn(facts)) expect(textOf(span)).not.toMatch(/Cookie|Authorization|not-a-real/);
      }
    }
  });

  test("any text is read without an error, and every place is inside it", async () => {
    const line = fc.constantFrom(
      "CertSelectCertificateChains called", "dwFlags : 00000088", "dwFlags : zz", "cCriteria : 3", "===== CERT_SELECT_BY_ISSUER_NAME", "=====", "===== x", "CERT_SELECT_HAS_PRIVATE_KEY",
      "Number of issuer(s) : 2", "C=US, CN=x", 'C=US, O="a', "C=US, O=a,", "[...]", "fCritical : TRUE", "pszObjId : 1.2.3", "pszObjId :", "Value : 80 00", "Value", "1.2.3.4", "Number of certificates matching criteria(s) : x",
      "CertSelectCertificateChains exited with value : TRUE", "CertSelectCertificateChains exited with value", "HTTP/1.1 403 Forbidden", "DecryptMessage called", "X exited with value : 0x80090001", "", "\u0000", "\uD800", "| | |", "<- x",
    );
    const prefix = fc.constantFrom("", "", "10:00:00:001 [1A4C] ", "[1A4D] ", "> ", "1:");
    const text = fc.array(fc.tuple(prefix, fc.oneof({ weight: 6, arbitrary: line }, fc.string({ maxLength: 20 })), fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 40 })
      .map((parts) => parts.map((part) => part.join("")).join(""));
    await fc.assert(fc.asyncProperty(text, async (log) => {
      const source = sourceText("x.log", log);
      const passages = strace.claim(source);
      for (let at = 1; at < passages.length; at++) expect((passages[at]?.span.start ?? 0) >= (passages[at - 1]?.span.end ?? 0)).toBe(true);
      const reading = await read(passages);
      expectSpansWithin(log, reading.facts);
      // Every announced call that was claimed became a fact.
      if (passages.some((passage) => passage.section === "selection-call")) expect(reading.facts.some((fact) => fact.kind === "selection-call")).toBe(true);
    }), { numRuns: 500 });
  });

  test("takes time in proportion to the length of the log", async () => {
    const started = performance.now();
    const call = "CertSelectCertificateChains called\ndwFlags : 00000088\n";
    for (const text of [call.repeat(5_000), `${call}${"C=US, CN=x\n".repeat(3_000)}`, `${call}${"recv() called\n".repeat(20_000)}`, `x exited with value : 1\n${"HTTP/1.1 200 OK\n".repeat(20_000)}`]) await factsOf(text);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
