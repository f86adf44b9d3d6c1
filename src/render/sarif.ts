import type { FactsDocument } from "../report/facts-json.ts";
import type { Citation, InputSummary, Report, Step, Weight } from "../report/report.ts";
import { renderJson } from "./json.ts";

type Place = Pick<Citation, "file" | "line" | "column">;

const LEVELS: Readonly<Record<Weight, "error" | "warning" | "note">> = { proved: "error", likely: "warning", possible: "note" };

const HEAD = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0" } as const;

/** Places of a list that a result repeats; SARIF viewers show each of them. */
const RELATED_SHOWN = 20;

const MACHINES: Readonly<Record<"client" | "server" | "ca", string>> = { client: "On the client", server: "On the server", ca: "At the CA" };

/**
 * A report as SARIF 2.1.0: findings are results of kind `fail`, what is ruled out is `pass` with its proof, what cannot be told is `open`
 * and says what to collect, a note is `informational`. Columns count UTF-16 code units, as in the report.
 */
export function renderSarif(report: Report): string {
  const rules = rulesOf(report);
  const result = (cause: string, more: object): object => ({ ruleId: cause, ruleIndex: rules.findIndex(({ id }) => id === cause), ...more });
  const log = {
    ...HEAD,
    runs: [{
      tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
      columnKind: "utf16CodeUnits",
      artifacts: report.inputs.map(artifactOf),
      invocations: [{
        executionSuccessful: report.failures.length === 0,
        toolExecutionNotifications: [
          ...report.failures.map(({ cause, error }) => ({ level: "error", message: { text: `The check of ${cause} failed: ${error}` } })),
          ...report.damage.map(({ place, what, says }) => ({ level: "warning", message: { text: `${what}: ${says}` }, locations: [{ physicalLocation: { artifactLocation: artifactLocationOf(place, report.inputs), region: { startLine: place.line, startColumn: place.column } } }] })),
        ],
      }],
      results: [
        ...report.findings.map((finding) => result(finding.cause, {
          kind: "fail", level: LEVELS[finding.weight],
          message: { text: [finding.headline, finding.why, ...(finding.overturnedBy === null ? [] : [`What would overturn this: ${finding.overturnedBy}`]), ...finding.fix.map(stepText)].join("\n\n") },
          ...locationsOf(finding.evidence, report),
          properties: { weight: finding.weight },
        })),
        ...report.ruledOut.map((one) => result(one.cause, { kind: "pass", level: "none", message: { text: `Ruled out: ${one.title}.` }, ...locationsOf(one.evidence, report) })),
        ...report.cannotTell.map((one) => result(one.cause, {
          kind: "open", level: "none",
          message: { text: [`Cannot be told from the inputs: ${one.title}.`, ...one.missing.map(({ what, command, on }) => `${MACHINES[on]}: ${what}${command === null ? "" : `: ${command}`}`)].join("\n\n") },
        })),
        ...report.notes.map((note) => result(note.cause, { kind: "informational", level: "none", message: { text: note.says }, ...locationsOf(note.evidence, report) })),
      ],
      properties: { verdict: report.verdict, judgedAt: report.at },
    }],
  };
  return renderJson(log);
}

/** Facts as SARIF 2.1.0: each an informational result at its place, by its kind; nothing is judged. The whole fact stands in the properties. */
export function renderFactsSarif(read: FactsDocument): string {
  const kinds = [...new Set(read.facts.map(({ kind }) => kind))];
  return renderJson({
    ...HEAD,
    runs: [{
      tool: { driver: { name: "certwhy", rules: kinds.map((id) => ({ id })) } },
      columnKind: "utf16CodeUnits",
      artifacts: read.inputs.map(artifactOf),
      results: read.facts.map((fact) => ({
        ruleId: fact.kind, ruleIndex: kinds.indexOf(fact.kind), kind: "informational", level: "none",
        message: { text: `${fact.kind}, printed by ${fact.format}` },
        locations: [{ physicalLocation: { artifactLocation: artifactLocationOf(fact.place, read.inputs), region: { startLine: fact.place.line, startColumn: fact.place.column } } }],
        properties: { fact },
      })),
    }],
  });
}

function rulesOf(report: Report): readonly { readonly id: string }[] {
  const titles = new Map([...report.findings, ...report.ruledOut, ...report.cannotTell, ...report.notes].map(({ cause, title }) => [cause, title]));
  return [...titles].map(([id, title]) => ({ id, shortDescription: { text: title }, help: { text: `certwhy explain ${id}` } }));
}

function stepText({ text, command, on }: Step): string {
  return `${on === null ? "" : `${MACHINES[on]}: `}${text}${command === null ? "" : `\n${command}`}`;
}

/** The first place is where the result stands; the others are related to it. */
function locationsOf(evidence: readonly Citation[], report: Report): object {
  const [first, ...others] = evidence;
  if (first === undefined) return {};
  return {
    locations: [locationOf(first, report)],
    ...(others.length === 0 ? {} : { relatedLocations: others.slice(0, RELATED_SHOWN).map((one, index) => ({ id: index + 1, ...locationOf(one, report) })) }),
  };
}

function locationOf(citation: Citation, report: Report): object {
  const { line, column, quote, from, length, shows } = citation;
  return {
    physicalLocation: {
      artifactLocation: artifactLocationOf(citation, report.inputs),
      region: {
        startLine: line, startColumn: column,
        // A span of nothing ends where it begins.
        endColumn: column + length,
        ...(length === 0 ? {} : { snippet: { text: quote.slice(from, from + length) } }),
      },
      contextRegion: { startLine: line, snippet: { text: quote } },
    },
    ...(shows === "" ? {} : { message: { text: shows } }),
  };
}

function artifactOf(input: InputSummary): object {
  return {
    location: { uri: uriOf(input.file) }, length: input.bytes, encoding: input.encoding,
    ...(input.sha256 === null ? {} : { hashes: { "sha-256": input.sha256 } }),
  };
}

function artifactLocationOf(place: Place, inputs: readonly InputSummary[]): object {
  const index = inputs.findIndex(({ file }) => file === place.file);
  return { uri: uriOf(place.file), ...(index < 0 ? {} : { index }) };
}

/** The name of a file as a URI reference: relative names stay relative, `C:\x` and `/x` become `file:` URIs. */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/");
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0] ?? "";
  const segments = path.slice(drive.length).split("/").map(encodeSegment).join("/");
  if (drive !== "") return `file:///${drive}${segments}`;
  if (path.startsWith("//")) return `file:${segments}`;
  return path.startsWith("/") ? `file://${segments}` : segments;
}

/** A half of a surrogate pair, which a file name of Windows may hold, has no place in a URI. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD"));
}
