import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientNotConfigured: Cause = {
  id: "client-not-configured",
  title: "The program was never given a certificate",
  sources: ["https://learn.microsoft.com/windows/win32/winhttp/ssl-in-winhttp"],
  refines: [],
  check(situation: Situation): Outcome {
    const [call] = situation.calls;
    if (call !== undefined) return ruledOut([evidence(call.span, "the client searched its store for a certificate")], "");
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    const needed = codeLines(situation, ["ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED"]);
    // Every client that is asked gets this status and then looks for a certificate: as the result of a traced call it says nothing.
    const asked = situation.factsOf("error-code").filter((fact) => fact.name === "SEC_I_INCOMPLETE_CREDENTIALS").map((fact) => evidence(fact.span, "the server asked, and no certificate had been supplied so far"));
    const { emptyAnswer, emptyList } = situation.request;
    const holdsKey = situation.candidates.some((certificate) => certificate.key.linked?.value === true);
    const nothing = emptyAnswer === null || holdsKey || situation.outcome.arrived !== false ? [] : [emptyAnswer, ...(emptyList === null ? [] : [emptyList])];
    return toldBy([...needed, ...nothing, ...asked], {
      headline: "The server asked, and the program had no certificate to give.",
      why: "WinHTTP and most libraries never choose a certificate by themselves: the program must name one.",
      overturnedBy: nothing.length > 0
        ? "A program whose certificates all fail the server's conditions answers in the same way: the contents of its key store would tell."
        : "The code alone is also seen while a program is about to choose: what it did next would tell.",
      fix: [{ text: "Name the certificate in the program's configuration or code (WinHTTP: WINHTTP_OPTION_CLIENT_CERT_CONTEXT; curl: --cert; Java: -Djavax.net.ssl.keyStore).", command: null, on: "client" }],
      weight: (needed.length > 0 || (nothing.length > 0 && emptyList !== null)) && situation.outcome.refused.length === 0 ? "likely" : "possible",
    }) ?? doesNotApply("no line speaks of a program without a certificate");
  },
};
