import { describe, expect, test } from "@jest/globals";
import { analyze, readFacts } from "../src/analyze.ts";
import { renderMarkdown } from "../src/render/markdown.ts";
import { compose } from "../src/report/compose.ts";
import type { Report } from "../src/report/report.ts";
import { compactJson, evidenceOf, kept, listedSamples, readCase, sampleNames } from "./support/golden.ts";

/** The clock of the tests; most samples tell their own time. */
const CLOCK = "2026-11-22T12:00:00Z";

const samples = sampleNames();

function analyzeSample(sample: string): Promise<Report> {
  return analyze(evidenceOf(sample), { at: readCase(sample).at, clock: CLOCK, encoding: null, newDigest: null });
}

test("there are whole cases to read, and each is in the list of them", () => {
  expect(samples.length).toBeGreaterThanOrEqual(22);
  expect(listedSamples()).toEqual(samples);
});

describe.each(samples)("%s", (sample) => {
  test("reads the facts", async () => {
    const read = await readFacts(evidenceOf(sample), { encoding: null, newDigest: null });
    const actual = `${compactJson({ ...read, inputs: read.inputs.map(({ sha256, ...input }) => input) })}\n`;
    expect(actual).toBe(kept(sample, "facts.json", actual));
  });

  test("finds what an engineer would find", async () => {
    const { expect: expected } = readCase(sample);
    const report = await analyzeSample(sample);
    const [first, ...more] = report.findings;
    expect({ first: first?.cause ?? null, weight: first?.weight ?? null, alsoFound: more.map((finding) => finding.cause).sort() })
      .toEqual({ first: expected.first, weight: expected.weight, alsoFound: [...expected.alsoFound].sort() });
    expect(report.ruledOut.map((one) => one.cause)).toEqual(expect.arrayContaining([...expected.ruledOut]));
    const commands = report.cannotTell.flatMap((one) => one.missing.map((missing) => missing.command));
    expect(expected.asks.filter((part) => !commands.some((command) => command?.includes(part) === true))).toEqual([]);
    expect(report.failures).toEqual([]);
  });

  test("writes the report", async () => {
    const actual = renderMarkdown(compose(await analyzeSample(sample)));
    expect(actual).toBe(kept(sample, "report.md", actual));
  });

  test("shows no secret", async () => {
    const secrets = await secretsOf(sample);
    const report = renderMarkdown(compose(await analyzeSample(sample)));
    expect(secrets.filter((secret) => report.includes(secret))).toEqual([]);
  });
});

/** Values of the transcripts that may never be repeated. */
async function secretsOf(sample: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const input of evidenceOf(sample)) {
    for await (const chunk of input.bytes) {
      const text = new TextDecoder("latin1").decode(chunk);
      for (const [, secret] of text.matchAll(/(?:Master-Key|Session-ID|Resumption PSK): ?([0-9A-F]{16,128})/g)) if (secret !== undefined) found.push(secret);
    }
  }
  return found;
}
