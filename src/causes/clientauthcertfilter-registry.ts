import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, explains } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

/** Context, not a fault: a switch that is found in old advice, and that Windows has not obeyed since version 7. */
export const clientauthcertfilterRegistry: Cause = {
  id: "clientauthcertfilter-registry",
  title: "FEATURE_CLIENTAUTHCERTFILTER changes nothing since Windows 7",
  sources: ["https://learn.microsoft.com/archive/blogs/friis/troubleshooting-403-7-client-certificate-required-errors-step-by-step-to-make-sure-your-client-certificate-is-displayed-and-selected"],
  refines: [],
  check(situation: Situation): Outcome {
    const setting = situation.factsOf("setting").find((fact) => fact.setting === "FEATURE_CLIENTAUTHCERTFILTER");
    if (setting === undefined) return doesNotApply("the switch is not at hand");
    return explains(
      "FEATURE_CLIENTAUTHCERTFILTER changed how Internet Explorer filters by Key Usage and Enhanced Key Usage, and only before Windows 7 and Server 2008 R2; no other program looks at it. "
        + "On every later Windows it neither keeps a certificate back nor brings one in: that it is set, or was tried, says nothing. Only if the client is older, delete the value and try again.",
      evidence(setting.value, "the switch that Windows no longer obeys"),
    );
  },
};
