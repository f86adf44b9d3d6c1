import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, explains, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";

/** Context: no prompt is a symptom, never a fault by itself. */
export const singleCertSilentSend: Cause = {
  id: "single-cert-silent-send",
  title: "A single suitable certificate is sent without a prompt",
  sources: ["https://blogs.msdn.microsoft.com/ieinternals/2009/09/02/client-certificate-selection-prompt/"],
  refines: [],
  check(situation: Situation): Outcome {
    const reported = situation.replay?.reported ?? null;
    if (reported === null) return doesNotApply("the number of matches is not known");
    if (reported.value !== 1) return ruledOut([evidence(reported, reported.value === 0 ? "nothing matched: then no prompt is a consequence" : "more than one matched: a prompt has to appear")], "");
    const accepted = situation.outcome.accepted;
    if (situation.outcome.clientError.length > 0) return doesNotApply("the certificate was selected, and the handshake failed afterwards");
    return explains(
      "One certificate matched. In the zones Local Computer and Intranet, Windows sends a single match without asking; a missing prompt is then no fault. "
        + "To see the prompt, set URLACTION_CLIENT_CERT_PROMPT (1A04) of the zone to 3: reg add \"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Zones\\1\" /v 1A04 /t REG_DWORD /d 3.",
      evidence(reported, "one certificate matched"), ...(accepted === null ? [] : [accepted]),
    );
  },
};
