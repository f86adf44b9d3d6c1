import { findErrorByDecimal, findErrorByHex, findErrorByName } from "../model/error-codes.ts";
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
  return [
    ...situation.factsOf("error-code").filter((fact) => names.includes(fact.name) && fact.otherUse !== true && (reporter === "anyone" || fact.reportedBy === reporter)).map((fact) => evidence(fact.span, say(fact.name))),
    ...(reporter === "server" ? [] : situation.factsOf("api-result").flatMap((fact) => {
      const known = findErrorByHex(fact.code.value);
      return known !== null && names.includes(known.name) ? [evidence(fact.code, say(known.name, `${fact.api}: `))] : [];
    })),
    ...(reporter === "client" ? [] : situation.factsOf("http-status")).flatMap((fact) => {
      const known = fact.win32Status === null ? null : findErrorByDecimal(fact.win32Status);
      return known !== null && names.includes(known.name) ? [evidence(fact.span, say(known.name))] : [];
    }),
  ];
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
