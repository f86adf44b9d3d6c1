import { keyUsageOfWindowsName, selectionCriteria, selectionFlags } from "../../src/model/selection.ts";
import type { Span } from "../../src/text/source-text.ts";
import type { Statement } from "./statements.ts";

/** Statements without what may be half of a word, and the line that was left out. */
export interface WholeStatements {
  readonly statements: readonly Statement[];
  /** A name at the very end of the text: whether it is whole cannot be told. */
  readonly cutName: Span | null;
  readonly cutOther: Span | null;
}

/**
 * Where a call has no exit and its last line no line end, the text stops somewhere in that line: `Number of issuer(s) : 2` may
 * have been 22. What cannot be seen to be whole is left out, so that nothing is read that the log did not say.
 */
export function withoutCutEnd(statements: readonly Statement[]): WholeStatements {
  const last = statements.at(-1);
  const isCut = last !== undefined && last.span.end === last.span.source.text.length && !statements.some((statement) => statement.kind === "exited");
  if (!isCut || isWhole(last)) return { statements, cutName: null, cutOther: null };
  return {
    statements: statements.slice(0, -1),
    cutName: last.kind === "name" ? last.span : null,
    cutOther: last.kind === "name" ? null : last.span,
  };
}

function isWhole(statement: Statement): boolean {
  switch (statement.kind) {
    case "called":
    case "elision":
      return true;
    case "heading":
      return selectionCriteria.some((criterion) => statement.text.endsWith(criterion.name));
    case "flag name":
      return selectionFlags.some((flag) => flag.name === statement.text);
    case "usage name":
      return keyUsageOfWindowsName(statement.text) !== null;
    case "labelled":
      return (statement.label === "FlagsLabel" || statement.label === "ValueLabel") && /^[0-9A-Fa-f]{8}$/.test(statement.value?.text ?? "");
    default:
      return false;
  }
}
