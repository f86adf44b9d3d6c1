import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { cannotTell, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const applicationPoliciesMismatch: Cause = {
  id: "application-policies-mismatch",
  title: "Application Policies and Enhanced Key Usage disagree",
  sources: ["https://learn.microsoft.com/windows/win32/seccertenroll/supported-extensions"],
  refines: [],
  check(situation: Situation): Outcome {
    const differing = situation.candidates.filter(({ applicationPolicies, extendedKeyUsage }) => applicationPolicies !== null && extendedKeyUsage.state === "present"
      && applicationPolicies.value.includes(EKU_OIDS.clientAuth) !== extendedKeyUsage.value.includes(EKU_OIDS.clientAuth) && !applicationPolicies.value.includes(EKU_OIDS.anyApplicationPolicy));
    if (differing.length > 0 && situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const [culprit] = differing;
    return toldBy(culprit === undefined || culprit.applicationPolicies === null || culprit.extendedKeyUsage.state !== "present" ? [] : [
      evidence(culprit.applicationPolicies, "application policies"), evidence(culprit.extendedKeyUsage.span, "Enhanced Key Usage"),
    ], {
      headline: "Only one of the two extensions Application Policies and Enhanced Key Usage lists Client Authentication.",
      why: "Windows evaluates Microsoft's Application Policies beside Enhanced Key Usage; other programs know only the latter. A certificate whose lists differ is good for one and not for the other.",
      overturnedBy: "Which of the two the program at hand evaluates is not in the inputs.",
      fix: [{ text: "Issue the certificate with Client Authentication in both extensions.", command: "certutil -v -dump client.cer", on: "ca" }],
      weight: "possible", about: culprit ?? null,
    }) ?? (situation.candidates.some((certificate) => certificate.applicationPolicies !== null && certificate.extendedKeyUsage.state === "unknown")
      ? cannotTell({ what: "Enhanced Key Usage beside the Application Policies of the certificate", command: "certutil -v -dump client.cer", on: "client", account: null })
      : ruledOut(situation.candidates.flatMap(({ applicationPolicies, extendedKeyUsage }) => (applicationPolicies === null || extendedKeyUsage.state !== "present" ? [] : [evidence(applicationPolicies, "agrees with Enhanced Key Usage")])).slice(0, 2), "no certificate at hand has both extensions"));
  },
};
