import type { Difference, Side } from "../correlate/compare.ts";
import { cite } from "./cite.ts";
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

export interface DiffRow {
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
  return withoutSecrets<DiffReport>({ schema: "certwhy/diff/1", tool: { name: "certwhy", version: ground.version }, a: ground.a, b: ground.b, verdict: sayVerdict(differences), differences, missing: missingOf(differences) });
}

function sideOf(side: Side | null): DiffRow["a"] {
  return side === null ? null : { text: side.text, evidence: cite(side.evidence) };
}

function sayVerdict(rows: readonly DiffRow[]): string {
  const matters = rows.filter((row) => row.bearing === "can-matter");
  const open = [...new Set(rows.filter((row) => row.bearing === "not-comparable").map((row) => row.field))];
  const fields = [...new Set(matters.map((row) => row.field))];
  if (fields.length > 0) return `The captures differ in what can matter: ${fields.join(", ")}.`;
  if (open.length > 0) return `What differs cannot be the reason; what could decide is not printed on both sides: ${open.join(", ")}.`;
  return rows.length === 0 ? "No difference was found between the two captures." : "The captures differ only in what cannot be the reason.";
}

function missingOf(rows: readonly DiffRow[]): readonly Missing[] {
  const open = rows.filter((row) => row.bearing === "not-comparable");
  const certificate = open.some((row) => row.about !== "server's request" && row.about !== "selection call");
  const request = open.some((row) => row.about === "server's request");
  return [
    ...(certificate ? [{ what: "Key Usage, Enhanced Key Usage, issuer, validity and key of both certificates (add -user for the user's store)", command: "certutil -v -store my", on: "client", account: null } as const] : []),
    ...(request ? [{ what: "a whole transcript of both, with the request that fails", command: "openssl s_client -connect HOST:443 -servername HOST -tls1_2 -prexit", on: "client", account: null } as const] : []),
  ];
}
