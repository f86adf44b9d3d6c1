import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, explains } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

export const customCtlOnlyAdds: Cause = {
  id: "custom-ctl-only-adds",
  title: "A CTL of the binding only adds to the list of issuers",
  sources: ["https://learn.microsoft.com/en-us/archive/blogs/friis/troubleshooting-403-7-client-certificate-required-errors-step-by-step-to-make-sure-your-client-certificate-is-displayed-and-selected"],
  refines: [],
  check(situation: Situation): Outcome {
    const [identifier] = situation.factsOf("setting").filter((fact) => fact.setting === "Ctl Identifier" && fact.value.value.toLowerCase() !== "(null)");
    return identifier === undefined ? doesNotApply("no binding with a CTL is at hand")
      : explains("This binding names a certificate trust list. Up to IIS 7.x such a list only adds to the roots that the server sends; it does not restrict them. Server 2012 and later do not use it for this purpose.", evidence(identifier.value, "the CTL of the binding"));
  },
};
