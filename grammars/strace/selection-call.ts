import type { CstNode } from "chevrotain";
import type { DamageFact, Printed, SelectionCallFact } from "../../src/model/fact.ts";
import { selectionFlagNames } from "../../src/model/selection.ts";
import { located, textOf, type Span } from "../../src/text/source-text.ts";
import type { Block } from "../shared/span.ts";
import type { SelectionCall } from "./calls.ts";
import { readCriteria } from "./criteria.ts";
import { withoutCutEnd } from "./cut-end.ts";
import { count, damage } from "./damage.ts";
import { numberOf, statementsOf, type Found, type Statement } from "./statements.ts";

/** What was read from the lines of one call. */
export interface CallReading {
  readonly facts: readonly (SelectionCallFact | DamageFact)[];
  readonly notUnderstood: readonly Span[];
}

/** Turns the tree of one call into its fact and the signs of damage. */
export function readSelectionCall(block: Block, tree: CstNode, call: SelectionCall): CallReading {
  const { statements, cutName, cutOther } = withoutCutEnd(statementsOf(block, tree));
  const criteria = readCriteria(statements, cutName);
  const called = statements.find((statement) => statement.kind === "called")?.span ?? null;
  const exited = statements.find((statement) => statement.kind === "exited");
  const start = called?.start ?? call.lines[0]?.start ?? 0;
  const fact: SelectionCallFact = {
    kind: "selection-call",
    format: "strace",
    span: { source: block.source, start, end: Math.max(start, call.lines.at(-1)?.end ?? start) },
    flags: numberOf(labelledValue(statements, "FlagsLabel"), 16),
    printedFlagNames: criteria.flagNames,
    declaredCriteria: numberOf(labelledValue(statements, "CriteriaLabel"), 10),
    criteria: criteria.criteria,
    matches: numberOf(labelledValue(statements, "MatchesLabel"), 10),
    result: resultOf(exited?.kind === "exited" ? exited.value : null),
    complete: exited !== undefined,
    process: call.process,
    thread: call.thread,
    time: call.time,
  };
  return {
    facts: [fact, ...criteria.damage, ...damageOf(fact, called ?? fact.span)],
    notUnderstood: cutOther === null ? criteria.notUnderstood : [...criteria.notUnderstood, cutOther],
  };
}

function damageOf(fact: SelectionCallFact, called: Span): readonly DamageFact[] {
  const found: DamageFact[] = [];
  const announced = fact.declaredCriteria;
  if (announced !== null && announced.value !== fact.criteria.length) {
    const says = `${count(announced.value, "criterion", "criteria")} announced, ${fact.criteria.length} found: the section was cut or edited`;
    found.push(damage("count-mismatch", announced.span, says));
  }
  if (!fact.complete) {
    found.push(damage("truncated", called, "this call of CertSelectCertificateChains has no exit line: the log was cut inside it"));
  }
  if (fact.flags !== null) {
    const meant: readonly string[] = selectionFlagNames(fact.flags.value);
    const extra = fact.printedFlagNames.map((name) => name.value).filter((name) => !meant.includes(name));
    if (extra.length > 0) {
      const says = `dwFlags ${textOf(fact.flags.span)} does not contain ${extra.join(", ")}, which the log names; the number counts`;
      found.push(damage("contradiction", fact.flags.span, says));
    }
  }
  return found;
}

/** The first printed value of a label. */
function labelledValue(statements: readonly Statement[], label: string): Found | null {
  for (const statement of statements) {
    if (statement.kind === "labelled" && statement.label === label && statement.value !== null) return statement.value;
  }
  return null;
}

/** `TRUE`, `FALSE`, or a number of which 0 is false. */
function resultOf(value: Found | null): Printed<boolean> {
  const word = /^(?:TRUE|FALSE|0x[0-9A-Fa-f]{1,8}|[0-9]{1,10})(?![0-9A-Za-z])/i.exec(value?.text ?? "")?.[0];
  if (value === null || word === undefined) return null;
  const isTrue = /^true$/i.test(word) || (!/^false$/i.test(word) && Number(word) !== 0);
  return located(isTrue, { ...value.span, end: value.span.start + word.length });
}
