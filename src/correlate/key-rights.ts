import { accountKey, builtInGroups, isSingleAccount } from "../model/accounts.ts";
import type { AccountFact, FileRight, KeyFileRightsFact } from "../model/fact.ts";
import { compareSpans, type Located } from "../text/source-text.ts";
import type { Certificate } from "./certificates.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { Situation } from "./situation.ts";

/** Whether the account that fails may read the file of a key. */
export interface KeyRights {
  readonly mayRead: boolean;
  /** true: the account and its groups are known as far as the list needs, and the list is whole. */
  readonly certain: boolean;
  readonly account: string;
  /** The certificate whose key it is; null: no listing names this key. */
  readonly certificate: Certificate | null;
  readonly evidence: readonly Evidence[];
}

// Masks of icacls that contain the right to read the data of a file.
const READS: ReadonlySet<string> = new Set(["F", "M", "RX", "R", "GR", "GA", "RD", "C"]);

/** Compares the accounts that fail with the rights of the key files that are printed. Empty where either is missing. */
export function keyRights(situation: Situation): readonly KeyRights[] {
  const files = situation.factsOf("key-file-rights");
  if (files.length === 0) return [];
  return accountsThatFail(situation).flatMap((account) => files.map((file) => rightsOn(situation, file, account)));
}

/**
 * The account of the failing program: the one that a configuration names, if all name one; else that of a shell in which the key was missing.
 * The account of any other shell is that of whoever looked into the matter.
 */
function accountsThatFail(situation: Situation): readonly AccountFact[] {
  const accounts = situation.factsOf("account").filter((fact) => fact.name !== null);
  const programs = accounts.filter((fact) => fact.of === "program");
  const names = new Set(programs.map((fact) => accountKey(fact.name?.value ?? "")));
  if (names.size > 0) return names.size === 1 ? programs.slice(0, 1) : [];
  const shells = accounts.filter((fact) => fact.of === "shell");
  const missing = missingKeys(situation);
  const failing = shells.filter((shell) => missing.some(({ span }) => shellOf(shells, span) === shell));
  return failing.slice(0, 1);
}

/** Where listings say that the caller cannot open a key. */
export function missingKeys(situation: Situation): readonly Located<string>[] {
  return situation.candidates.flatMap(({ prints }) => prints).flatMap(({ key }) => (key.status?.value === "missing" ? [key.status] : []));
}

/** The last shell before a place in the same text. */
function shellOf(shells: readonly AccountFact[], span: Evidence["span"]): AccountFact | null {
  return shells.filter((shell) => shell.span.source.name === span.source.name && compareSpans(shell.span, span) < 0).at(-1) ?? null;
}

function rightsOn(situation: Situation, file: KeyFileRightsFact, account: AccountFact): KeyRights {
  const name = account.name?.value ?? "";
  const groups = groupsOf(situation, account);
  const builtIn = builtInGroups(name);
  const own = new Set([accountKey(name), ...(account.sid === null ? [] : [account.sid.value]), ...builtIn.keys]);
  for (const group of groups ?? []) if (!group.denyOnly) own.add(group.sid).add(accountKey(group.name.value));
  const denying = new Set([...own, ...(groups ?? []).flatMap((group) => [group.sid, accountKey(group.name.value)])]);
  const counting = file.entries.filter(({ value }) => !value.rights.includes("IO"));
  const denied = counting.find(({ value }) => value.deny && concernsReading(value) && denying.has(accountKey(value.account)));
  const allowed = counting.find(({ value }) => !value.deny && concernsReading(value) && own.has(accountKey(value.account)));
  // An entry for somebody else proves something only where it is known that the account is not in that group.
  const known = builtIn.all || groups !== null;
  const others = counting.filter(({ value }) => concernsReading(value) && !isSingleAccount(value.account));
  const mayRead = denied === undefined && allowed !== undefined;
  const certain = denied !== undefined
    || (allowed !== undefined ? known || !others.some(({ value }) => value.deny) : file.complete && (known || others.length === 0));
  const container = file.file.value.toLowerCase();
  const certificate = situation.candidates.find(({ key }) =>
    [key.uniqueContainer, key.container].some((one) => one?.value.toLowerCase() === container)) ?? null;
  const deciding = denied ?? allowed;
  const decides = denied === undefined ? "this entry lets the account read the key" : "this entry denies the account";
  return {
    mayRead, certain, account: name, certificate,
    evidence: [
      ...(deciding === undefined ? readers(file, counting) : [evidence(deciding, decides)]),
      evidence(account.name ?? account.span, account.of === "program" ? "the account of the program" : "the account of the caller"),
      ...(certificate?.key.uniqueContainer == null ? [] : [evidence(certificate.key.uniqueContainer, "the key of this certificate")]),
    ],
  };
}

function readers(file: KeyFileRightsFact, entries: readonly Located<FileRight>[]): readonly Evidence[] {
  const allowed = entries.filter(({ value }) => !value.deny && concernsReading(value)).slice(0, 3);
  if (allowed.length === 0) return [evidence(file.file, "nobody may read this key")];
  return allowed.map((entry) => evidence(entry, "one of those that may read the key; the account is not among them"));
}

function concernsReading(right: FileRight): boolean {
  return right.rights.some((mask) => READS.has(mask)) || (right.deny && right.rights.includes("N"));
}

/** Groups printed with the account, or by a whoami of the same shell that prints groups only. */
function groupsOf(situation: Situation, account: AccountFact): AccountFact["groups"] {
  if (account.groups !== null) return account.groups;
  if (account.of === "program") return null;
  const named = situation.factsOf("account").filter((fact) => fact.of === "shell" && fact.name !== null);
  const tables = situation.factsOf("account").filter((fact) => fact.groups !== null && fact.span.source.name === account.span.source.name);
  const key = accountKey(account.name?.value ?? "");
  const own = tables.find(({ name, span }) => (name === null ? shellOf(named, span) === account : accountKey(name.value) === key));
  return own?.groups ?? null;
}
