import { findErrorByName } from "../model/error-codes.ts";
import type { AlertFact, ErrorCodeFact, Fact, HttpStatusFact, LogClient } from "../model/fact.ts";
import { findHttpStatus } from "../model/http-status.ts";
import { isAddressOfAnother } from "../text/address-of-another.ts";
import { lineOfSpan, textOf } from "../text/source-text.ts";
import type { SourceText, Span } from "../text/source-text.ts";
import type { Certificate } from "./certificates.ts";
import type { Run } from "./requests.ts";

type OfClient = (AlertFact | ErrorCodeFact | HttpStatusFact) & { readonly client: LogClient };

/** Lines of a server's log of several clients, where nothing says which of them is the one in question. */
export interface UnknownClient {
  /** Addresses of all clients that may be it. */
  readonly clients: readonly string[];
  /** What the log tells of each of them that was refused is the same. */
  readonly alike: boolean;
  /** What such lines say. */
  readonly facts: ReadonlySet<Fact>;
  /** The client behind what such a line says at this place; null for any other place. */
  addressAt(span: Span): string | null;
}

/** Whose lines a server's log of several clients holds. */
export interface LogClients {
  /** Facts of clients that are not the one in question. */
  readonly ofOthers: ReadonlySet<Fact>;
  readonly unknown: UnknownClient | null;
}

/**
 * Which lines of a server's log are about the client in question. It is known where the log has one client only, where another evidence
 * prints its address, where a line names the certificate at hand, and where only one client was there when a transcript was made.
 */
export function findLogClients(facts: readonly Fact[], candidates: readonly Certificate[], runs: readonly Run[]): LogClients {
  const logs = findLogs(facts);
  const several = logs.filter(({ clients }) => clients.size > 1);
  if (several.length === 0) return { ofOthers: new Set(), unknown: null };
  const known = new Set([...logs.flatMap(({ clients }) => (clients.size === 1 ? [...clients] : [])), ...several.flatMap(({ named }) => [...named])]);
  for (const address of namedElsewhere(facts, logs)) known.add(address);
  // The machine's own address is that of its health checks, and stands in every configuration.
  known.delete(LOOPBACK);
  const all = several.flatMap((log) => log.facts);
  for (const address of [...ofCertificates(all, candidates), ...ofTranscripts(all, runs)]) known.add(address);
  const ofOthers = new Set<Fact>();
  const unknown = new Set<OfClient>();
  const clients = new Set<string>();
  let alike = true;
  for (const log of several) {
    const ours = [...log.clients].filter((address) => known.has(address));
    const possible = new Set(ours.length > 0 ? ours : log.clients);
    const open = log.facts.filter((fact) => possible.has(addressOf(fact)));
    for (const fact of log.facts) if (!possible.has(addressOf(fact))) ofOthers.add(fact);
    const refusals = refusalsOf(open);
    const different = new Set(refusals.values()).size;
    if (possible.size === 1 || (different === 1 && refusals.size === possible.size)) continue;
    alike &&= different <= 1;
    for (const address of possible) clients.add(address);
    for (const fact of open) unknown.add(fact);
  }
  return { ofOthers, unknown: unknown.size === 0 ? null : { clients: [...clients], alike, facts: unknown, addressAt: addressesAt(unknown) } };
}

function addressesAt(facts: ReadonlySet<OfClient>): (span: Span) => string | null {
  const bySource = new Map<SourceText, Map<number, string>>();
  for (const fact of facts) {
    const places = bySource.get(fact.span.source) ?? new Map<number, string>();
    bySource.set(fact.span.source, places.set(fact.span.start, addressOf(fact)));
  }
  return (span) => bySource.get(span.source)?.get(span.start) ?? null;
}

interface Log {
  readonly clients: Set<string>;
  readonly named: Set<string>;
  readonly facts: OfClient[];
}

/** By input: what one server wrote about its clients. */
function findLogs(facts: readonly Fact[]): readonly Log[] {
  const logs = new Map<string, Log>();
  const logOf = (span: Span): Log => {
    const known = logs.get(span.source.name) ?? { clients: new Set<string>(), named: new Set<string>(), facts: [] };
    logs.set(span.source.name, known);
    return known;
  };
  for (const fact of facts) {
    if (fact.kind === "log-clients") {
      const log = logOf(fact.span);
      for (const { value } of fact.clients) log.clients.add(canonical(value));
      for (const { value } of fact.named) log.named.add(canonical(value));
    } else if (isOfClient(fact)) {
      const log = logOf(fact.span);
      log.clients.add(addressOf(fact));
      log.facts.push(fact);
    }
  }
  return [...logs.values()];
}

function isOfClient(fact: Fact): fact is OfClient {
  return (fact.kind === "alert" || fact.kind === "error-code" || fact.kind === "http-status") && fact.client != null;
}

function addressOf(fact: OfClient): string {
  return canonical(fact.client.address.value);
}

/** The machine itself has two addresses, and one of IPv4 can be printed as one of IPv6. */
function canonical(address: string): string {
  const lower = address.toLowerCase();
  const plain = lower.startsWith("::ffff:") && lower.includes(".") ? lower.slice("::ffff:".length) : lower;
  return plain === "::1" ? LOOPBACK : plain;
}

const LOOPBACK = "127.0.0.1";

/** What the log says of each client that was refused: by address one text, equal for equal answers. */
function refusalsOf(facts: readonly OfClient[]): ReadonlyMap<string, string> {
  const telling = facts.filter(isRefusal);
  const said = new Map<string, Set<string>>();
  for (const fact of telling.length > 0 ? telling : facts.filter((one) => !isSuccess(one))) {
    const address = addressOf(fact);
    said.set(address, (said.get(address) ?? new Set()).add(saidBy(fact)));
  }
  return new Map([...said].map(([address, all]) => [address, [...all].sort().join("\n")]));
}

function saidBy(fact: OfClient): string {
  switch (fact.kind) {
    case "alert": return `alert ${fact.number}`;
    case "error-code": return fact.name;
    case "http-status": return `${fact.status}.${fact.substatus} ${fact.win32Status}`;
  }
}

function isSuccess(fact: OfClient): boolean {
  return fact.kind === "error-code" ? fact.name === "CLIENT_VERIFY_SUCCESS" : fact.kind === "http-status" && fact.status < 400;
}

/** A line that tells of a certificate; a plain 401 or 403, and that nobody asked for one, are said of many requests. */
function isRefusal(fact: OfClient): boolean {
  if (isSuccess(fact)) return false;
  if (fact.kind === "error-code") return fact.name !== "CLIENT_VERIFY_NONE" && findErrorByName(fact.name)?.decimal !== 0;
  return fact.kind === "alert" || findHttpStatus(fact.status, fact.substatus)?.arrived != null;
}

/** Addresses of clients that an input without a log prints: curl's own, that of a capture, of `ipconfig`, or of a sentence. */
function namedElsewhere(facts: readonly Fact[], logs: readonly Log[]): readonly string[] {
  const ofLogs = new Set(logs.flatMap((log) => log.facts.map((fact) => fact.span.source.name)));
  const sources = new Set<SourceText>();
  for (const fact of facts) if (!ofLogs.has(fact.span.source.name)) sources.add(fact.span.source);
  const clients = [...new Set(logs.flatMap((log) => [...log.clients]))];
  const length = [...sources].reduce((sum, { text }) => sum + text.length, 0);
  return clients.length * length > MOST_SEARCHED ? [] : clients.filter((address) => [...sources].some((source) => printsAsOwn(source, address)));
}

/** Characters that are searched, over all addresses: a second's work. */
const MOST_SEARCHED = 500_000_000;

/** Words before an address that something is sent to. */
const DESTINATIONS = ["to", "trying", "host", "server", "connect", "->", "→", "//"];
/** Places of one address in one text that are looked at. */
const PLACES = 1000;

function printsAsOwn({ text }: SourceText, address: string): boolean {
  let from = 0;
  for (let place = 0; place < PLACES; place++) {
    const at = text.indexOf(address, from);
    if (at < 0) return false;
    from = at + address.length;
    if (isPartOfNumber(text.charAt(at - 1)) || (isPartOfNumber(text.charAt(from)) && !isPort(text, from))) continue;
    const before = text.slice(Math.max(0, at - 12), at).toLowerCase().trimEnd();
    const word = before.endsWith(":") || before.endsWith("(") || before.endsWith("[") || before.endsWith("=") ? before.slice(0, -1).trimEnd() : before;
    if (!DESTINATIONS.some((one) => word.endsWith(one)) && !isInParentheses(text, at) && !isSaidOfAnother(text, at, from)) return true;
  }
  return false;
}

/** Characters of a line around an address that are looked at. */
const AROUND = 400;

function isSaidOfAnother(text: string, start: number, end: number): boolean {
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - AROUND);
  const line = text.slice(from, end + AROUND).split(/[\r\n]/, 1)[0] ?? "";
  return isAddressOfAnother(line, start - from, end - from);
}

/** `Connected to depot.example (192.0.2.80) port 443`. */
function isInParentheses(text: string, at: number): boolean {
  const line = text.slice(Math.max(0, text.lastIndexOf("\n", at - 1) + 1), at).toLowerCase();
  return line.endsWith("(") && line.includes("connect");
}

function isPartOfNumber(character: string): boolean {
  return character !== "" && "0123456789abcdefABCDEF.:".includes(character);
}

/** `192.0.2.9:4711`, `192.0.2.9.` at the end of a sentence, `192.0.2.9: refused`. */
function isPort(text: string, at: number): boolean {
  const [mark, next] = [text.charAt(at), text.charAt(at + 1)];
  return mark === ":" || (mark === "." && !"0123456789".includes(next === "" ? " " : next));
}

/** Clients of whose lines one names a certificate at hand, by its common name or serial number. */
function ofCertificates(facts: readonly OfClient[], candidates: readonly Certificate[]): ReadonlySet<string> {
  const names = candidates.flatMap(({ subject }) => subject?.value.rdns.flat().flatMap(({ type, value }) => (type === "CN" && value !== "" ? [`CN=${value}`] : [])) ?? []);
  const serials = candidates.flatMap(({ serialNumber }) => (serialNumber !== null && serialNumber.value.length >= SERIAL_TELLS ? [serialNumber.value] : []));
  return new Set(facts.flatMap((fact) => {
    const line = textOf(lineOfSpan(fact.span));
    const named = names.some((name) => {
      const at = line.indexOf(name);
      return at >= 0 && ENDS_OF_NAME.includes(line.charAt(at + name.length));
    });
    return named || serials.some((serial) => line.toLowerCase().includes(serial)) ? [addressOf(fact)] : [];
  }));
}

/** Digits of a serial number that do not stand in a line by chance. */
const SERIAL_TELLS = 8;
const ENDS_OF_NAME = ["", ",", "/", "\"", "'", " ", "]", ")", ";", "+", "|"];

const SECOND = 1000;
/** A log and the answer of the same server differ by less. */
const NEAR = 120 * SECOND;
/** Where the zone of a log is not printed: all in use are whole quarters of an hour, and the seconds tell. */
const NEAR_WITHOUT_ZONE = 5 * SECOND;
const QUARTER = 900 * SECOND;

/** The client whose lines alone were written while a client with a certificate was at work. */
function ofTranscripts(facts: readonly OfClient[], runs: readonly Run[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const run of runs) {
    const moments = run.probe ? [] : momentsOf(run);
    const near = new Set(facts.filter((fact) => moments.some((moment) => isNear(fact, moment))).map(addressOf));
    const [only] = near;
    if (only !== undefined && near.size === 1) found.add(only);
  }
  return found;
}

function momentsOf(run: Run): readonly number[] {
  const dates = run.statuses.map(({ date }) => (date === null ? Number.NaN : Date.parse(date.value)));
  const starts = run.sessions.map(({ startTime }) => (startTime === null ? Number.NaN : startTime.value * SECOND));
  return [...dates, ...starts].filter((moment) => !Number.isNaN(moment));
}

function isNear({ client }: OfClient, moment: number): boolean {
  if (client.time === null) return false;
  const [earliest, latest] = [Date.parse(client.time.earliest), Date.parse(client.time.latest)];
  if (earliest === latest) return Math.abs(earliest - moment) <= NEAR;
  if (moment < earliest || moment > latest) return false;
  const away = Math.abs((earliest + latest) / 2 - moment) % QUARTER;
  return Math.min(away, QUARTER - away) <= NEAR_WITHOUT_ZONE;
}
