import { codeLinesNotOfServer } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const wrongCertificateAutoSelected: Cause = {
  id: "wrong-certificate-auto-selected",
  title: "Another certificate than the intended one may have been sent",
  sources: ["https://github.com/curl/curl/issues/2262", "https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.outcome.arrived === false) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const several = (situation.replay?.reported?.value ?? 0) > 1 && situation.outcome.arrived === true ? situation.replay?.reported ?? null : null;
    return toldBy([...(several === null ? [] : [evidence(several, "several certificates matched")]), ...codeLinesNotOfServer(situation, ["SEC_E_CERT_UNKNOWN"])], {
      headline: several === null ? "Schannel reports an unspecified error with a certificate (0x80090327): another one than the intended may have been chosen."
        : "Several certificates fit, and the one that was sent was refused: it may not be the intended one.",
      why: "When nothing else decides, Windows takes smart-card certificates first, then the one that expires last, then the newest.",
      overturnedBy: "The subject of the certificate that the server saw would confirm or overturn it.",
      fix: [{ text: "Compare the certificates of the store with the subject in the server's log; remove what is not needed, or name the certificate by its thumbprint.", command: "certutil -user -store my", on: "client" }],
      weight: "possible",
    }, situation.outcome.refused.slice(0, 1)) ?? doesNotApply("no refusal after a selection among several is at hand");
  },
};
