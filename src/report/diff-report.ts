import type { Difference, Side } from "../correlate/compare.ts";
import { cite } from "./cite.ts";
import { transcriptCommand } from "../causes/collect.ts";
import type { Citation, InputSummary, Missing } from "./report.ts";
import { withoutSecrets } from "../redact/secrets.ts";

/** What `certwhy diff A B --format json` prints. */
export interface DiffReport {
  readonly schema: "certwhy/diff/1";
  readonly tool: { readonly name: "certwhy"; readonly version: string };
  readonly a: { readonly name: string; readonly inputs: readonly InputSummary[] };
  readonly b: { readonly name: string; readonly inputs: readonly InputSummary[] };
  readonly verdict: string;
  readonly differences: readonly DiffRow[];
  /** What would show the decisive fields that are missing. */
  readonly missing: readonly Missing[];
}

/** A field in which two captures differ; a side is null where that capture does not print it. */
export interface DiffRow {
  /** The certificate, call or handshake that the field belongs to. */
  readonly about: string;
  readonly field: string;
  readonly a: { readonly text: string; readonly evidence: Citation } | null;
  readonly b: { readonly text: string; readonly evidence: Citation } | null;
  readonly bearing: "can-matter" | "cannot-matter" | "not-comparable";
  readonly because: string;
}

const ORDER: Readonly<Record<DiffRow["bearing"], number>> = { "can-matter": 0, "not-comparable": 1, "cannot-matter": 2 };

export function buildDiffReport(ground: { readonly version: string; readonly a: DiffReport["a"]; readonly b: DiffReport["b"]; readonly differences: readonly Difference[] }): DiffReport {
  const rows = ground.differences.map((difference): DiffRow => ({ ...difference, a: sideOf(difference.a), b: sideOf(difference.b) }));
  const differences = rows.map((row, at) => ({ row, at })).sort((x, y) => ORDER[x.row.bearing] - ORDER[y.row.bearing] || x.at - y.at).map(({ row }) => row);
  const inCmd = [...ground.a.inputs, ...ground.b.inputs].some(({ formats }) => formats.includes("certutil") || formats.includes("strace"));
  return withoutSecrets<DiffReport>({ schema: "certwhy/diff/1", tool: { name: "certwhy", version: ground.version }, a: ground.a, b: ground.b, verdict: sayVerdict(differences), differences, missing: missingOf(differences, inCmd) });
}

function sideOf(side: Side | null): DiffRow["a"] {
  return side === null ? null : { text: side.text, evidence: cite(side.evidence) };
}

/** Fields as the verdict names them; others by themselves. */
const IN_WORDS: Readonly<Record<string, string>> = { certificate: "a certificate that only one capture prints", "issuer in the list": "the CAs in the list" };

/** The number of matches is what the others explain. */
const SYMPTOM = "matches";

function sayVerdict(rows: readonly DiffRow[]): string {
  const fieldsOf = (bearing: DiffRow["bearing"]): readonly string[] => [...new Set(rows.filter((row) => row.bearing === bearing).map((row) => IN_WORDS[row.field] ?? row.field))];
  const matters = fieldsOf("can-matter");
  const reasons = matters.filter((field) => field !== SYMPTOM);
  const open = fieldsOf("not-comparable");
  const unseen = open.length === 0 ? "" : ` Not printed on both sides, and able to decide: ${open.join(", ")}.`;
  if (reasons.length === 1) return `One thing that can be the reason differs: ${reasons.join("")}.${unseen}`;
  if (reasons.length > 1) return `${reasons.length} things that can be the reason differ: ${reasons.join(", ")}.${unseen}`;
  if (matters.length > 0) return `The captures differ in the number of matching certificates, and in nothing printed that could explain it.${unseen}`;
  if (rows.length === 0) return "No difference was found between the two captures.";
  const differs = rows.some((row) => row.bearing === "cannot-matter");
  if (open.length > 0) return `${differs ? "What differs cannot be the reason" : "Nothing that both captures print differs"}; what could decide is not printed on both sides: ${open.join(", ")}.`;
  return "The captures differ only in what cannot be the reason.";
}

/** The account whose client fails; certutil sees another store and other keys under any other account. */
const account = "the user whose client fails";

function missingOf(rows: readonly DiffRow[], inCmd: boolean): readonly Missing[] {
  const open = rows.filter((row) => row.bearing === "not-comparable");
  const isOf = (about: string) => (row: DiffRow): boolean => row.about === about;
  const certificate = open.some((row) => row.about !== "server's request" && row.about !== "selection call");
  return [
    ...(certificate ? [{ what: "Key Usage, Enhanced Key Usage, issuer, validity and key of both certificates, on both machines", command: "certutil -v -user -store my", on: "client", account } as const] : []),
    ...(open.some(isOf("selection call")) ? [{ what: "the whole selection call of both, with all names of its list: start STRACE.CMD, reproduce in the window it opens", command: "STRACE.CMD", on: "client", account } as const] : []),
    ...(open.some(isOf("server's request")) ? [{ what: "a whole transcript of both, with the request that fails", command: transcriptCommand(inCmd), on: "client", account: null } as const] : []),
  ];
}
