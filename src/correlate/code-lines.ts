import { findErrorByHex, findErrorByName } from "../model/error-codes.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { Situation } from "./situation.ts";

/** Lines that carry one of these codes, by the names of the catalogue; results of traced API calls count by their number. */
export function codeLines(situation: Situation, names: readonly string[], shows?: string): readonly Evidence[] {
  for (const name of names) if (findErrorByName(name) === null) throw new Error(`${name} is not in the catalogue of codes`);
  return [
    ...situation.factsOf("error-code").filter((fact) => names.includes(fact.name)).map((fact) => evidence(fact.span, shows ?? meaningOf(fact.name))),
    ...situation.factsOf("api-result").filter((fact) => names.includes(findErrorByHex(fact.code.value)?.name ?? "")).map((fact) => evidence(fact.code, shows ?? `${fact.api}: ${meaningOf(findErrorByHex(fact.code.value)?.name ?? "")}`)),
  ];
}

/** Statuses of that number and sub-status (null: any). */
export function statusLines(situation: Situation, status: number, substatus: number | null, shows: string): readonly Evidence[] {
  return situation.factsOf("http-status").filter((fact) => fact.status === status && (substatus === null || fact.substatus === substatus)).map((fact) => evidence(fact.span, shows));
}

/** Alerts of that number that a client received; a server's log prints what the client sent. */
export function alertLines(situation: Situation, number: number, shows: string): readonly Evidence[] {
  return situation.factsOf("alert").filter((fact) => fact.number === number && fact.direction !== "sent" && fact.reportedBy !== "server").map((fact) => evidence(fact.span, shows));
}

function meaningOf(name: string): string {
  const meaning = findErrorByName(name)?.meaning ?? name;
  return meaning.charAt(0).toLowerCase() + meaning.slice(1).replace(/\.$/, "");
}
