import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { keyRights, missingKeys } from "../correlate/key-rights.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Missing, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const KEY_FILE_RIGHTS: Missing = {
  what: "who may read the key file (CNG keys: the folder Crypto\\Keys); the file name is the unique container name",
  command: "icacls \"%ProgramData%\\Microsoft\\Crypto\\RSA\\MachineKeys\\UNIQUE-CONTAINER-NAME\"", on: "client", account: "an administrator",
};

const FIX: readonly Step[] = [
  {
    text: "certlm.msc, the certificate, All Tasks, Manage Private Keys: give read access to the account that the program runs under.",
    command: "certlm.msc", on: "client",
  },
  { text: "Then check as that account: the key test of certutil must pass.", command: "certutil -v -store my", on: "client" },
];

const WHY = "Keys of the computer can be read by administrators and by the accounts that were given the right. A service or application pool "
  + "without it can select the certificate and not use it.";

export const keyNoPermission: Cause = {
  id: "key-no-permission",
  title: "The program's account may not read the private key",
  sources: ["https://github.com/dotnet/corefx/issues/42078", "https://github.com/mysql-net/MySqlConnector/issues/1022"],
  refines: ["orphaned-key-missing-keyset"],
  check(situation: Situation): Outcome {
    const rights = keyRights(situation);
    const [denied] = rights.filter((one) => !one.mayRead);
    const [allowed] = rights.filter((one) => one.mayRead && one.certain);
    const failures = failuresWithKey(situation);
    if (denied !== undefined && failures.length > 0) {
      const proved = denied.certain && denied.certificate !== null;
      const listed = toldBy(denied.evidence, {
        headline: `The account ${denied.account} may not read the file of the private key.`,
        why: WHY,
        overturnedBy: proved ? null : denied.certificate === null
          ? "No listing says which certificate this key belongs to: `certutil -v -store my` prints the unique container name."
          : "The groups of the account are not in the inputs, or the list of rights is not whole: `whoami /groups` of that account, and icacls "
            + "with its last line, would settle it.",
        fix: FIX, weight: proved ? "proved" : "likely", about: denied.certificate,
      }, failures);
      if (listed !== null) return listed;
    }
    if (denied === undefined && allowed !== undefined && allowed.certificate !== null) return ruledOut(allowed.evidence, "");
    const twoAnswers = situation.candidates.flatMap(openedByOne);
    const shared = situation.candidates.find((certificate) => openedByOne(certificate).length > 0);
    const access = codeLines(situation, ["ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY", "ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED"]);
    const proved = toldBy([...twoAnswers, ...access], {
      headline: access.length > 0 ? "The program reports that it has no access to the private key."
        : "One listing opens the key of the computer, another one cannot: the key is there, and the caller probably lacks the rights.",
      why: WHY,
      overturnedBy: access.length > 0 ? null
        : "Listings of two machines, or from before and after a repair, look the same: the account of each (whoami) would confirm it.",
      fix: FIX, weight: access.length > 0 ? "proved" : "likely", about: access.length > 0 ? null : shared ?? null,
    });
    if (proved !== null) return proved;
    const unknown = codeLines(situation, ["SEC_E_UNKNOWN_CREDENTIALS"]);
    const machine = situation.candidates.filter((certificate) => certificate.key.machineKeyset?.value === true && certificate.key.status?.value !== "missing");
    const [suspect] = machine;
    const usersOwn = situation.candidates.some((certificate) => certificate.key.linked?.value === true && certificate.key.machineKeyset?.value === false);
    const possible = suspect === undefined || unknown.length === 0 ? null : toldBy(unknown, {
      headline: "The key belongs to the computer, and the program could not use it (0x8009030D).",
      why: "0x8009030D is what Schannel says when the account may not read the key, but also when the key is missing or only in memory.",
      overturnedBy: "Rights of the program's account on the key file would overturn it; their absence would prove it."
        + (usersOwn ? " Which certificate the program used is not in the inputs: another one at hand has a key of the user." : ""),
      fix: FIX, weight: usersOwn ? "possible" : "likely", about: suspect,
    }, suspect.key.machineKeyset === null ? [] : [evidence(suspect.key.machineKeyset, "the key is in the computer's key set")]);
    if (possible !== null) return possible;
    const usable = situation.candidates.filter((certificate) => certificate.key.status?.value === "usable");
    if (unknown.length === 0 && usable.length > 0 && usable.length === situation.candidates.length && missingKeys(situation).length === 0) {
      return ruledOut(usable.slice(0, 2).flatMap(({ key }) => (key.status === null ? [] : [evidence(key.status, "the caller could use the key")])), "");
    }
    const open = unknown.length > 0 || codeLines(situation, ["SCHANNEL_EVENT_36870"]).length > 0
      || missingKeys(situation).length > 0;
    return open ? cannotTell(KEY_FILE_RIGHTS) : doesNotApply("no line speaks of a key that could not be read");
  },
};

/** One listing opens a key of the computer, another one of the same certificate and container cannot. A key of a user is another key for every user. */
function openedByOne(certificate: Certificate): readonly Evidence[] {
  const keys = certificate.prints.filter((print) => print.key.machineKeyset?.value ?? print.store?.value.scope === "machine").map((print) => print.key);
  const opened = keys.find((key) => key.status?.value === "usable");
  const good = opened?.status ?? undefined;
  const bad = keys.find((key) => key.status?.value === "missing" && key.container?.value === opened?.container?.value)?.status ?? undefined;
  return good === undefined || bad === undefined ? [] : [evidence(bad, "this caller cannot open the key"), evidence(good, "this caller can")];
}

/** The lines that say that a program could not use a key. */
function failuresWithKey(situation: Situation): readonly Evidence[] {
  const codes = ["SEC_E_UNKNOWN_CREDENTIALS", "SCHANNEL_EVENT_36870", "NTE_BAD_KEYSET", "ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY"];
  const missing = missingKeys(situation).map((status) => evidence(status, "this caller cannot open the key"));
  return [...missing, ...codeLines(situation, codes)].slice(0, 2);
}
