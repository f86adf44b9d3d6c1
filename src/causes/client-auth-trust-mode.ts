import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { trustRefusals } from "./issuer-not-trusted-by-server.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientAuthTrustMode: Cause = {
  id: "client-auth-trust-mode",
  title: "ClientAuthTrustMode makes trust depend on another store",
  sources: ["https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings"],
  refines: [],
  check(situation: Situation): Outcome {
    const settings = situation.factsOf("setting").filter((fact) => fact.setting === "ClientAuthTrustMode");
    const exclusive = situation.outcome.accepted !== null ? [] : settings.filter((fact) => [1, 2].includes(Number(fact.value.value)));
    const refusals = trustRefusals(situation);
    return toldBy(exclusive.map((fact) => evidence(fact.value, "chains must end in the store that the binding names")), {
      headline: `ClientAuthTrustMode is ${exclusive[0]?.value.value ?? ""}: a client's chain must end in the issuer store of the binding.`,
      why: "0 trusts the computer's roots; 1 (Exclusive Root) and 2 (Exclusive CA) accept only chains that end in the store given for the binding. A client CA that is missing there is refused although the computer trusts it.",
      overturnedBy: "The content of that store would confirm or overturn it.",
      fix: [{ text: "List the store; add the client's CA to it, or set the mode to 0.", command: "certutil -store ClientAuthIssuer", on: "server" }],
      weight: refusals.length > 0 ? "likely" : "possible",
    }, refusals.slice(0, 1)) ?? ruledOut(settings.filter((fact) => Number(fact.value.value) === 0).slice(0, 1).map((fact) => evidence(fact.value, "machine trust")), "the setting is not at hand");
  },
};
