import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Located } from "../text/source-text.ts";
import { textOf } from "../text/source-text.ts";
import { doesNotApply, explains } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

const NAMES = ["a CNG key", "AT_KEYEXCHANGE", "AT_SIGNATURE"] as const;

/** Context, not a fault: two certutil versions print one KeySpec in two ways, and people take it for the difference. */
export const keyspecSpelledDifferently: Cause = {
  id: "keyspec-spelled-differently",
  title: "One KeySpec, printed by two versions of certutil",
  sources: ["https://learn.microsoft.com/windows-server/identity/ad-fs/technical-reference/ad-fs-and-keyspec-property"],
  refines: [],
  check(situation: Situation): Outcome {
    const printed = [...situation.certificates.flatMap((certificate) => certificate.prints), ...situation.factsOf("key-block")].map((print) => print.key.keySpec).filter((keySpec) => keySpec !== null);
    const plain = printed.find((keySpec) => !isNamed(keySpec));
    const named = printed.find((keySpec) => plain !== undefined && keySpec.value === plain.value && isNamed(keySpec));
    if (plain === undefined || named === undefined) return doesNotApply("no KeySpec is printed in two ways");
    return explains(
      `KeySpec = ${plain.value} and KeySpec = ${plain.value} -- ${NAMES[plain.value]} are the same value; newer versions of certutil add the name, as they add (32) to Flags = 20. `
        + "These dumps therefore do not explain why one certificate works and the other does not: compare Key Usage, Enhanced Key Usage, issuer and validity of both (certutil -v -store my for both; add -user for the user's own store).",
      evidence(plain, `KeySpec ${plain.value}, printed without its name`), evidence(named, `the same KeySpec ${named.value}, with its name`),
    );
  },
};

function isNamed(keySpec: Located<0 | 1 | 2>): boolean {
  const end = keySpec.span.source.text.slice(keySpec.span.end, keySpec.span.end + 40);
  return `${textOf(keySpec.span)}${end.split("\n")[0] ?? ""}`.includes("AT_");
}
