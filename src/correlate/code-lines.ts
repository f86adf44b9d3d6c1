import { findErrorByDecimal, findErrorByHex, findErrorByName } from "../model/error-codes.ts";
import type { ApiResultFact, ErrorCodeFact, HttpStatusFact } from "../model/fact.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { Situation } from "./situation.ts";

/** Whose program must have printed a code: a verification error of a client is about the server's certificate, not about ours. */
export type Reporter = "anyone" | "server" | "client";

/**
 * Lines that carry one of these codes, by the names of the catalogue; results of traced API calls and the Win32 status of a
 * server's log line count by their number; those of a logon or another use of the key do not count. Throws for a name that the catalogue does not have.
 */
export function codeLines(situation: Situation, names: readonly string[], shows?: string, reporter: Reporter = "anyone"): readonly Evidence[] {
  for (const name of names) if (findErrorByName(name) === null) throw new Error(`${name} is not in the catalogue of codes`);
  const say = (name: string, prefix = ""): string => shows ?? `${prefix}${meaningOf(name)}`;
  const { errors, results, statuses } = codesOf(situation);
  return [
    ...ofNames(errors, names).filter((fact) => fact.otherUse !== true && (reporter === "anyone" || fact.reportedBy === reporter)).map((fact) => evidence(fact.span, say(fact.name))),
    ...(reporter === "server" ? [] : ofNames(results, names).map((fact) => evidence(fact.code, say(findErrorByHex(fact.code.value)?.name ?? "", `${fact.api}: `)))),
    ...(reporter === "client" ? [] : ofNames(statuses, names).map((fact) => evidence(fact.span, say(findErrorByDecimal(fact.win32Status ?? 0)?.name ?? "")))),
  ];
}

/** By the name of their code the facts that print one, each with its place among them: a log can hold thousands, and every cause asks for some. */
interface Codes {
  readonly errors: Named<ErrorCodeFact>;
  readonly results: Named<ApiResultFact>;
  readonly statuses: Named<HttpStatusFact>;
}

type Named<F> = ReadonlyMap<string, readonly { readonly at: number; readonly fact: F }[]>;

const codes = new WeakMap<Situation, Codes>();

function codesOf(situation: Situation): Codes {
  const known = codes.get(situation) ?? {
    errors: byName(situation.factsOf("error-code"), ({ name }) => name),
    results: byName(situation.factsOf("api-result"), ({ code }) => findErrorByHex(code.value)?.name ?? null),
    statuses: byName(situation.factsOf("http-status"), ({ win32Status }) => (win32Status === null ? null : findErrorByDecimal(win32Status)?.name ?? null)),
  };
  codes.set(situation, known);
  return known;
}

function byName<F>(facts: readonly F[], nameOf: (fact: F) => string | null): Named<F> {
  const named = new Map<string, { readonly at: number; readonly fact: F }[]>();
  for (const [at, fact] of facts.entries()) {
    const name = nameOf(fact);
    if (name === null) continue;
    const known = named.get(name);
    if (known === undefined) named.set(name, [{ at, fact }]);
    else known.push({ at, fact });
  }
  return named;
}

/** The facts of these names in order of place. */
function ofNames<F>(named: Named<F>, names: readonly string[]): readonly F[] {
  return [...new Set(names)].flatMap((name) => named.get(name) ?? []).sort((a, b) => a.at - b.at).map(({ fact }) => fact);
}

/** Lines of a logon, or another use of keys, with this code: they say something about the machine, and nothing about a handshake. */
export function codeLinesOfOtherUse(situation: Situation, name: string, shows: string): readonly Evidence[] {
  return situation.factsOf("error-code").filter((fact) => fact.name === name && fact.otherUse === true).map((fact) => evidence(fact.span, shows));
}

/** Statuses of that number and sub-status (null: any); one that somebody only speaks of counts unless another one is named or printed as well. */
export function statusLines(situation: Situation, status: number, substatus: number | null, shows: string): readonly Evidence[] {
  const all = situation.factsOf("http-status");
  const others = substatus !== null && all.some((fact) => fact.status === status && fact.substatus !== null && fact.substatus !== substatus);
  return all.filter((fact) => fact.status === status && (substatus === null || fact.substatus === substatus) && !(others && fact.inWords === true)).map((fact) => evidence(fact.span, shows));
}

/** Alerts of that number that a client received; a server's log prints what the client sent. */
export function alertLines(situation: Situation, number: number, shows: string): readonly Evidence[] {
  return situation.factsOf("alert").filter((fact) => fact.number === number && fact.direction !== "sent" && fact.reportedBy !== "server").map((fact) => evidence(fact.span, shows));
}

/** Lines with one of these codes, but for those of a server: it says the same about a certificate or key of its own. */
export function codeLinesNotOfServer(situation: Situation, names: readonly string[], shows?: string): readonly Evidence[] {
  const ofServers = new Set(codeLines(situation, names, undefined, "server").map((line) => line.span));
  return codeLines(situation, names, shows).filter((line) => !ofServers.has(line.span));
}

/** Whether each of these lines is an alert whose receiver is not known: a server receives the same alerts about its own certificate. */
export function ofUnknownReceiver(situation: Situation, lines: readonly Evidence[]): boolean {
  const unknown = new Set(situation.factsOf("alert").filter((fact) => fact.reportedBy == null && fact.run === null).map((fact) => fact.span));
  return lines.every((line) => unknown.has(line.span));
}

/** Whether nothing but events of Schannel tells it, which are written on either side. */
export function toldByEvents(situation: Situation, lines: readonly Evidence[]): boolean {
  const events = new Set(situation.factsOf("alert").filter((fact) => fact.ofEvent === true).map((fact) => fact.span));
  return lines.every((line) => events.has(line.span));
}

function meaningOf(name: string): string {
  const meaning = findErrorByName(name)?.meaning ?? name;
  return meaning.charAt(0).toLowerCase() + meaning.slice(1).replace(/\.$/, "");
}
