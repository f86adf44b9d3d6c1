import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { run } from "../../src/cli/run.ts";
import { renderSarif } from "../../src/render/sarif.ts";
import type { Report } from "../../src/report/report.ts";
import { memoryIo } from "../support/memory-io.ts";
import { read } from "../support/source-files.ts";
import { storeListing } from "../support/store-listing.ts";
import { hostileReport, sampleReport } from "./sample-report.ts";

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly index?: number };
    readonly region: { readonly startLine: number; readonly startColumn: number; readonly endColumn: number; readonly snippet?: { readonly text: string } };
    readonly contextRegion: { readonly startLine: number; readonly snippet: { readonly text: string } };
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly Location[];
  readonly relatedLocations?: readonly Location[];
}

interface Sarif {
  readonly version: string;
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { readonly text: string } }[] }];
    readonly results: readonly Result[];
  }];
}

/** The schema of SARIF 2.1.0, as Microsoft ships it in @microsoft/jest-sarif (MIT); it is of draft 4, whose only difference here is the name of `$id`. */
function sarifSchema(): object {
  const { id, $schema: _draft4, ...schema } = JSON.parse(read("test/render/schemas/sarif-2.1.0-rtm.5.json")) as Record<string, unknown>;
  return { $id: id, ...schema };
}

/** RFC 3986: only these characters, and `%` only before two hexadecimal digits; in a relative reference no colon before the first slash. */
const isUri = (text: string): boolean => /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/.test(text);
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats: { uri: isUri, "uri-reference": isUri, "date-time": (text: string) => !Number.isNaN(Date.parse(text)) } });
const isSarif = ajv.compile(sarifSchema());

function sarifOf(report: Report): Sarif {
  const log = JSON.parse(renderSarif(report)) as Sarif;
  expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
  return log;
}

describe("SARIF", () => {
  const log = sarifOf(sampleReport);
  const [sarifRun] = log.runs;
  const resultsOf = (kind: string): readonly Result[] => sarifRun.results.filter((result) => result.kind === kind);

  test("findings are results of a level by their weight, at their first evidence", () => {
    expect(resultsOf("fail").map(({ ruleId, level }) => [ruleId, level])).toEqual([["ku-missing-digitalsignature", "error"], ["issuer-not-in-server-list", "note"]]);
    const [finding] = resultsOf("fail");
    expect(finding?.message.text).toContain("The Key Usage (30) lacks digitalSignature (80)");
    expect(finding?.message.text).toContain("On the client: Check the new certificate.\ncertutil -v -user -store my");
    expect(finding?.locations).toMatchObject([{ physicalLocation: {
      artifactLocation: { uri: "certutil.txt", index: 1 },
      region: { startLine: 41, startColumn: 5, endColumn: 45, snippet: { text: "Key Encipherment, Data Encipherment (30)" } },
      contextRegion: { startLine: 41, snippet: { text: "    Key Encipherment, Data Encipherment (30)" } },
    } }]);
    expect(finding?.relatedLocations).toMatchObject([{ id: 1, physicalLocation: { artifactLocation: { uri: "strace.log" }, region: { startLine: 212 } } }, { id: 2 }]);
  });

  test("what is ruled out passes, what cannot be told is open and says what to collect, a note informs", () => {
    expect(resultsOf("pass").map(({ ruleId, level }) => [ruleId, level])).toEqual([["keyspec-mismatch", "none"], ["duplicate-suppressed", "none"]]);
    expect(resultsOf("open").map(({ ruleId }) => ruleId)).toEqual(["client-missing-intermediate", "orphaned-key-missing-keyset", "key-no-permission"]);
    expect(resultsOf("open")[0]?.message.text).toContain("certutil -user -store CA");
    expect(resultsOf("informational")).toMatchObject([{ ruleId: "single-cert-silent-send", level: "none" }]);
  });

  test("rules, results and artifacts refer to each other", () => {
    const { rules } = sarifRun.tool.driver;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const result of sarifRun.results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      for (const { physicalLocation } of [...(result.locations ?? []), ...(result.relatedLocations ?? [])]) {
        const { uri, index } = physicalLocation.artifactLocation;
        expect(sarifRun.artifacts[index ?? -1]?.location.uri).toBe(uri);
      }
    }
    expect(sarifRun.artifacts.map(({ location }) => location.uri)).toEqual(["strace.log", "certutil.txt", "holiday.txt"]);
  });

  test("damage and our own failures are notifications", () => {
    expect(sarifRun.invocations[0]).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [{ level: "warning", message: { text: "count-mismatch: 22 issuers are announced and 8 are listed." } }] });
    expect(sarifOf({ ...sampleReport, failures: [{ cause: "x", error: "y" }] }).runs[0].invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ level: "error" }, {}] });
  });

  test("the schema would notice", () => {
    const [result] = sarifRun.results;
    for (const wrong of [{ version: "2.1.0" }, { ...log, version: "2.0.0" }, { ...log, runs: [{ ...sarifRun, results: [{ ...result, level: "fatal" }] }] }, { ...log, runs: [{ ...sarifRun, artifacts: [{ location: { uri: "a b" } }] }] }]) {
      expect(isSarif(wrong)).toBe(false);
    }
  });

  test("hostile text stays text, and an empty report is valid", () => {
    const text = renderSarif(hostileReport());
    sarifOf(hostileReport());
    expect(text).not.toMatch(/[\u0000-\u0009\u007F-\u009F\u202E\u2066]/);
    expect(sarifOf({ ...sampleReport, inputs: [], findings: [], ruledOut: [], cannotTell: [], notes: [], damage: [] }).runs[0].results).toEqual([]);
  });

  test.each([
    ["logs/a b.txt", "logs/a%20b.txt"], ["C:\\Temp\\ü#1.txt", "file:///C:/Temp/%C3%BC%231.txt"], ["/var/log/x.log", "file:///var/log/x.log"], ["\\\\server\\share\\x", "file://server/share/x"],
    ["<stdin>", "%3Cstdin%3E"], ["a:b.txt", "a%3Ab.txt"],
  ])("the file %s is %s", (file, uri) => {
    const [input] = sampleReport.inputs;
    if (input === undefined) throw new Error("no input");
    expect(sarifOf({ ...sampleReport, inputs: [{ ...input, file }] }).runs[0].artifacts[0]?.location.uri).toBe(uri);
  });
});

describe("from the command line", () => {
  const world = { files: { "store.txt": storeListing } };

  test("SARIF of a real report", async () => {
    const io = memoryIo(world);
    expect(await run(["store.txt", "--at", "2019-04-17", "--format", "sarif"], io)).toBe(1);
    const log = JSON.parse(io.printed()) as Sarif;
    expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
    expect(log.runs[0].results.find(({ kind }) => kind === "fail")).toMatchObject({ ruleId: "expired-or-not-yet-valid", level: "warning", locations: [{ physicalLocation: { artifactLocation: { uri: "store.txt" } } }] });
  });

  test("SARIF of facts judges nothing", async () => {
    const io = memoryIo(world);
    expect(await run(["facts", "store.txt", "--format", "sarif"], io)).toBe(0);
    const log = JSON.parse(io.printed()) as Sarif;
    expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
    expect(log.runs[0].results.find(({ ruleId }) => ruleId === "certificate")).toMatchObject({
      kind: "informational", level: "none", locations: [{ physicalLocation: { artifactLocation: { uri: "store.txt", index: 0 }, region: { startLine: 3, startColumn: 1 } } }],
    });
  });

  test("NDJSON is the report in one line", async () => {
    const [json, lines] = [memoryIo(world), memoryIo(world)];
    await run(["store.txt", "--at", "2019-04-17", "--format", "json"], json);
    await run(["store.txt", "--at", "2019-04-17", "--format", "ndjson"], lines);
    expect(lines.printed()).toMatch(/^\{"schema":"certwhy\/report\/1",.*\}\n$/);
    expect(JSON.parse(lines.printed())).toEqual(JSON.parse(json.printed()));
  });

  test("several outputs at once, and none when a name is an input", async () => {
    const io = memoryIo(world);
    expect(await run(["store.txt", "--at", "2019-04-17", ...["r.sarif", "r.json", "r.ndjson", "r.md", "r.html", "r.txt"].flatMap((file) => ["-o", file])], io)).toBe(1);
    const text = (file: string): string => new TextDecoder().decode(io.files.get(file));
    expect(["r.sarif", "r.json", "r.ndjson", "r.md", "r.html", "r.txt"].map((file) => text(file).slice(0, 2).trim())).toEqual(["{", "{", "{\"", "#", "<!", "Wh"]);
    expect(JSON.parse(text("r.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(io.complained().split("\n")).toHaveLength(7);
    const refused = memoryIo(world);
    expect(await run(["store.txt", "-o", "r.md", "-o", "store.txt"], refused)).toBe(2);
    expect(refused.files.has("r.md")).toBe(false);
  });
});
