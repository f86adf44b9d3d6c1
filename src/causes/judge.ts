import type { Evidence } from "../correlate/evidence.ts";
import type { Doubt, Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply } from "./cause.ts";
import type { AtLeastOne, Cause, Discovery, Outcome, Weight } from "./cause.ts";
import { askedOfAccount, askedOfFiles, askedOfServer, withoutAccount } from "./collect.ts";

/** The answer of one cause. One that throws fails alone, and is named. */
export interface Verdict {
  readonly cause: Cause;
  readonly outcome: Outcome | { readonly status: "failed"; readonly error: string };
}

export function judge(cause: Cause, situation: Situation): Verdict {
  try {
    return { cause, outcome: fitted(check(cause, situation), situation) };
  } catch (error) {
    return { cause, outcome: { status: "failed", error: error instanceof Error ? error.message : String(error) } };
  }
}

/** What stands without the lines that may be of another client stands; what rests on them, or is refuted by them alone, is no proof. */
function check(cause: Cause, situation: Situation): Outcome {
  const whole = cause.check(situation);
  if (situation.doubt === null) return whole;
  const { doubt } = situation;
  const certain = cause.check(doubt.without);
  if (whole.status !== "found") return certain.status === "found" ? { ...certain, discoveries: mapped(certain.discoveries, (one) => asRefutable(one, doubt)) } : certain;
  const sure = certain.status === "found" ? certain.discoveries : [];
  return { ...whole, discoveries: mapped(whole.discoveries, (one) => {
    const same = sure.find(({ about }) => about?.span.start === one.about?.span.start && about?.span.source === one.about?.span.source);
    return same !== undefined && STRENGTH[same.weight] >= STRENGTH[one.weight] ? same : asDoubtful(one, doubt);
  }) };
}

const STRENGTH: Readonly<Record<Weight, number>> = { possible: 0, likely: 1, proved: 2 };

function mapped<T>([first, ...more]: AtLeastOne<T>, change: (one: T) => T): AtLeastOne<T> {
  return [change(first), ...more.map(change)];
}

function atMost(weight: Weight, limit: Weight): Weight {
  return STRENGTH[weight] > STRENGTH[limit] ? limit : weight;
}

function asDoubtful(discovery: Discovery, doubt: Doubt): Discovery {
  const addresses = new Set(discovery.evidence.flatMap(({ span }) => doubt.addressAt(span) ?? []));
  const says = addresses.size === 0 ? "it rests on lines of them" : `the lines cited are of ${listOf([...addresses])}`;
  return {
    ...discovery,
    weight: atMost(discovery.weight, doubt.alike ? "likely" : "possible"),
    overturnedBy: `${discovery.overturnedBy === null ? "" : `${discovery.overturnedBy} `}${severalClients(doubt)}: ${says}. If that is not the address of your client, this is not about its certificate.`,
    evidence: mapped(discovery.evidence, (one) => withAddress(one, doubt)),
  };
}

/** A line that would exclude it may be of another client. */
function asRefutable(discovery: Discovery, doubt: Doubt): Discovery {
  return {
    ...discovery, weight: atMost(discovery.weight, "likely"),
    overturnedBy: `${discovery.overturnedBy === null ? "" : `${discovery.overturnedBy} `}${severalClients(doubt)}; some of its lines speak against this, should they be of your client.`,
  };
}

function severalClients({ clients }: Doubt): string {
  return `The server's log has lines of ${clients.length} clients (${listOf(clients)}), and nothing at hand says which of them is the one in question`;
}

/** Addresses that a sentence names. */
const ADDRESSES_SHOWN = 4;

function listOf(addresses: readonly string[]): string {
  const shown = addresses.slice(0, ADDRESSES_SHOWN);
  return addresses.length > shown.length ? `${shown.join(", ")} and ${addresses.length - shown.length} more` : shown.join(", ");
}

function withAddress(one: Evidence, doubt: Doubt): Evidence {
  const address = doubt.addressAt(one.span);
  return address === null ? one : { ...one, shows: `${one.shows} (client ${address})` };
}

/** What is asked for, and told to do, as it fits this client and this server. */
function fitted(outcome: Outcome, situation: Situation): Outcome {
  const accountKnown = situation.factsOf("account").some(({ of, name }) => of === "shell" && name !== null);
  if (outcome.status === "found" && accountKnown) {
    return { ...outcome, discoveries: mapped(outcome.discoveries, (one) => ({
      ...one, fix: one.fix.map((step) => (step.command === null ? step : { ...step, command: withoutAccount(step.command) })),
    })) };
  }
  if (outcome.status !== "cannot-tell") return outcome;
  const files = situation.clientFiles;
  const ofClient = outcome.missing.map((missing) => (files === null ? missing : askedOfFiles(missing, files))).filter((missing) => missing !== null);
  // A client with its certificate in a file is not asked for listings of a Windows store; what only such a store can have is none of its faults.
  if (ofClient.length === 0) return doesNotApply("the client takes its certificate from a file, not from a Windows store");
  const asked = ofClient.map((missing) => askedOfServer(missing, situation.serverKind)).filter((missing) => missing !== null);
  const [first, ...more] = accountKnown ? asked.map(askedOfAccount) : asked;
  return first === undefined ? doesNotApply("the server is of another kind") : cannotTell(first, ...more);
}
