import type { MatrixBlock, TableBlock } from "../report/document.ts";

/** A matrix as a plain table, without what stands behind its verdicts: for renderers that cannot fold. */
export function tableOf(matrix: MatrixBlock): TableBlock {
  const rows = matrix.rows.map(({ name, cells }) => [[{ style: "plain", text: name } as const], ...cells.map((cell) => cell.verdict)]);
  return { kind: "table", head: [matrix.corner, ...matrix.columns], rows };
}
