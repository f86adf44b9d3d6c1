import { describe, expect, test } from "@jest/globals";
import type { Report } from "../src/report/report.ts";
import { analyzeTexts, factsOfTexts, type Texts } from "./support/analyze-texts.ts";
import { caseOf } from "./support/case.ts";
import { ROOT_NAME, clientCertificate } from "./support/certificate-spec.ts";
import { requestFor } from "./support/render-s-client.ts";
import { browserCall } from "./support/render-strace.ts";

const OTHER = ["CN=Andere Root CA & Co.", "O=Andere AG", "C=CH"];
const THIRD = ["CN=Dritte \u00DCbergangs-CA", "O=Dritte SE", "C=FR"];
const exchangeOnly = clientCertificate({ keyUsage: "30" });

/** Whole cases, each with a trace, listings and a transcript. */
const cases: Readonly<Record<string, Texts>> = {
  "no digitalSignature": caseOf({ my: [exchangeOnly], call: browserCall([ROOT_NAME, THIRD]), probe: { first: requestFor(ROOT_NAME, THIRD) } }),
  "issuer not listed": caseOf({ my: [clientCertificate()], call: browserCall([OTHER, THIRD]), probe: { first: requestFor(OTHER, THIRD) } }),
  "nothing wrong": caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME, OTHER], { matches: 1 }), probe: { first: requestFor(ROOT_NAME, OTHER) } }),
};

const unix = (text: string): string => text.replace(/\r\n?/g, "\n");
const eachLine = (change: (line: string, index: number) => string) => (text: string): string => unix(text).split("\n").map(change).join("\n");
const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#39;");

function quotedPrintable(text: string): string {
  const octets = Array.from(new TextEncoder().encode(text), (octet) => (octet === 61 || octet < 32 || octet > 126 ? `=${octet.toString(16).toUpperCase().padStart(2, "0")}` : String.fromCharCode(octet)));
  const lines = [""];
  for (const octet of octets) {
    if ((lines.at(-1) as string).length + octet.length > 75) {
      lines[lines.length - 1] += "=";
      lines.push("");
    }
    lines[lines.length - 1] += octet;
  }
  return lines.join("\n");
}

/** What carries a text to the one who reads it, and what it does to it on the way; all of it can be undone. */
const carriers: Readonly<Record<string, (text: string) => string>> = {
  "a page: character references": escaped,
  "a page: character references in place of blanks": (text) => escaped(text).replace(/^ +/gm, (blanks) => "&nbsp;".repeat(blanks.length)),
  "a page: preformatted": (text) => `<html><body><p>Hello</p><pre class="x">${escaped(text)}</pre></body></html>`,
  "a page: <br> after every line, on one line": (text) => unix(escaped(text)).split("\n").join("<br/>"),
  "a page: <br> and a line end": (text) => unix(escaped(text)).split("\n").join("<br/>\n"),
  "an editor: one division a line": (text) => unix(escaped(text)).split("\n").map((line) => `<div>${line === "" ? "<br>" : line}</div>`).join(""),
  "a table": eachLine((line) => `| ${line} |`),
  "marks of a shell": eachLine((line) => `% ${line}`),
  "code": eachLine((line) => (line === "" ? line : `\`${line}\``)),
  "a collector: time, host, program": eachLine((line, index) => `2026-01-02T03:04:${String(10 + (index % 50))}Z web1 app[123]: ${line}`),
  "a collector: syslog": eachLine((line) => `Jan  2 03:04:05 web1 app[123]: ${line}`),
  "a container": eachLine((line) => `2026-01-02T03:04:05.123456789Z stdout F ${line}`),
  "a search: line numbers": eachLine((line, index) => `${index + 1}:${line}`),
  "one record of JSON": (text) => JSON.stringify({ time: "2026-01-02T03:04:05Z", message: unix(text) }),
  "a record of JSON a line": eachLine((line) => JSON.stringify({ log: `${line}\n`, stream: "stdout" })),
  "escapes of a string": (text) => JSON.stringify(unix(text)).slice(1, -1),
  "a mail: quoted-printable": (text) => unix(text).split("\n").map(quotedPrintable).join("\n"),
  "a mail: quoted": eachLine((line) => `> ${line}`),
  "a terminal: colours": eachLine((line) => `\u001B[0m${line}\u001B[K`),
  "no-break spaces": (text) => text.replace(/ /g, "\u00A0"),
  "unseen characters": eachLine((line) => `\u200B${line}`),
  "line separators": (text) => unix(text).replace(/\n/g, "\u2028"),
  "typographic quotation marks and dashes": (text) => text.replace(/(^|[\s(=,])"/gm, "$1\u201C").replace(/"/g, "\u201D").replace(/---/g, "\u2014").replace(/ -- /g, " \u2013 "),
};

const carried = (texts: Texts, carrier: (text: string) => string): Texts => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, carrier(text)]));

/** What the report answers, without places. */
function answers(report: Report): unknown {
  return {
    found: report.findings.map(({ cause, weight }) => [cause, weight]),
    ruledOut: report.ruledOut.map(({ cause }) => cause),
    selections: report.selections.map(({ reportedMatches, predictedMatches }) => [reportedMatches, predictedMatches]),
    path: report.path.map(({ station, state }) => [station, state]),
  };
}

describe.each(Object.entries(cases))("%s", (_, texts) => {
  test.each(Object.entries(carriers))("means the same in %s", async (_carrier, carrier) => {
    expect(answers(await analyzeTexts(carried(texts, carrier)))).toEqual(answers(await analyzeTexts(texts)));
  });
});

test("a page and a mail around it: both are taken off", async () => {
  const texts = cases["issuer not listed"] as Texts;
  const both = carried(texts, (text) => unix(escaped(text)).split("\n").map(quotedPrintable).join("\n"));
  expect(answers(await analyzeTexts(both))).toEqual(answers(await analyzeTexts(texts)));
});

describe("places are those of the input", () => {
  const texts = cases["no digitalSignature"] as Texts;

  test("line by line on a page", async () => {
    const places = async (given: Texts): Promise<unknown> => (await analyzeTexts(given)).findings.flatMap(({ evidence }) => evidence.map(({ file, line, quote }) => [file, line, quote]));
    expect(await places(carried(texts, escaped))).toEqual(await places(texts));
  });

  test("by the column where everything stands on one line", async () => {
    const packed = carried(texts, (text) => JSON.stringify({ message: unix(text) }));
    const [first] = (await analyzeTexts(packed)).findings;
    for (const { file, line, column, quote, from } of first?.evidence ?? []) {
      expect(line).toBe(1);
      const printed = JSON.stringify(quote.slice(from)).slice(1, -1).slice(0, 20);
      expect((packed[file] as string).slice(column - 1)).toMatch(new RegExp(`^${printed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
    }
    expect(first?.evidence.length).toBeGreaterThan(1);
  });
});

describe("what is printed so is not taken for a carrier's", () => {
  test("commands to a terminal inside a name stay in it", async () => {
    const texts = caseOf({ my: [clientCertificate()], probe: { first: requestFor(["CN=\u001B[31mRed CA", "O=Andere AG", "C=CH"]) } });
    expect(JSON.stringify(await factsOfTexts(texts))).toContain("\\u001b[31mRed CA");
  });

  test("a path whose folders begin with n and t is no text with escapes", async () => {
    const line = "copied C:\\new\\notes\\nginx\\tls to D:\\next";
    const { facts } = await factsOfTexts({ "note.txt": `${line}\n${Object.values(cases["nothing wrong"] as Texts).join("\n")}` });
    expect(facts.length).toBeGreaterThan(5);
    expect(facts.filter(({ place }) => place.line === 1)).toEqual([]);
  });
});

describe("mutilated", () => {
  const texts = cases["nothing wrong"] as Texts;
  const known = (): Promise<ReadonlySet<string>> => identities(texts);

  async function identities(given: Texts): Promise<ReadonlySet<string>> {
    const { facts } = await factsOfTexts(given);
    return new Set(facts.flatMap((fact) => (fact.kind === "certificate" ? [fact["sha1Thumbprint"], fact["serialNumber"]] : [])).filter((value): value is string => typeof value === "string"));
  }

  /** Nothing strong is found in what is left of a case in which nothing is wrong, and no certificate appears that was not in it. */
  async function expectHonest(mutilated: Texts): Promise<void> {
    const report = await analyzeTexts(mutilated);
    expect(report.findings.filter(({ weight }) => weight !== "possible").map(({ cause }) => cause)).toEqual([]);
    expect(report.failures).toEqual([]);
    const before = await known();
    for (const value of await identities(mutilated)) expect([...before].some((whole) => whole.startsWith(value))).toBe(true);
  }

  const everyLine = (name: string, change: (lines: readonly string[], at: number) => readonly string[], step: number): readonly Texts[] => {
    const lines = unix(texts[name] as string).split("\n");
    return lines.flatMap((_, at) => (at % step === 0 ? [{ ...texts, [name]: change(lines, at).join("\n") }] : []));
  };

  test.each([["strace.log", 3], ["my.txt", 9], ["ca.txt", 20], ["probe.txt", 9]] as const)("%s cut at its lines", async (name, step) => {
    for (const cut of everyLine(name, (lines, at) => lines.slice(0, at), step)) await expectHonest(cut);
  });

  test.each([["strace.log", 4], ["my.txt", 11], ["probe.txt", 11]] as const)("%s with lines twice", async (name, step) => {
    for (const doubled of everyLine(name, (lines, at) => [...lines.slice(0, at + 1), ...lines.slice(at)], step)) await expectHonest(doubled);
  });

  test.each([["strace.log", 2], ["probe.txt", 9]] as const)("%s without one of its lines", async (name, step) => {
    for (const dropped of everyLine(name, (lines, at) => [...lines.slice(0, at), ...lines.slice(at + 1)], step)) await expectHonest(dropped);
  });
});

describe("long", () => {
  test.each([
    ["escapes of a mail", "=3D=C3=BC ".repeat(60_000)], ["escapes of a string", "\\n\\t\\\"".repeat(80_000)], ["one string", `{"log":"${"a\\n".repeat(150_000)}`],
    ["character references", "&amp;&lt;&#x26;".repeat(40_000)], ["tags", "<br><div><pre>---\n".repeat(30_000)], ["marks", "| ---\n1: ---\n".repeat(40_000)],
    ["a mark that never ends", `${"| ".repeat(250_000)}---`], ["commands to a terminal", "\u001B[0m\u001B[\n".repeat(80_000)], ["stars", "**a".repeat(160_000)],
  ])("half a megabyte of %s takes time in proportion", async (_, text) => {
    const began = performance.now();
    const { facts } = await factsOfTexts({ "long.txt": text });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(facts.every(({ kind }) => kind === "damage" || kind === "tls-run")).toBe(true);
  });
});
