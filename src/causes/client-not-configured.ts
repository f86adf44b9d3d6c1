import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const FIX: readonly Step[] = [
  { text: "Name the certificate in the program's configuration or code (WinHTTP: WINHTTP_OPTION_CLIENT_CERT_CONTEXT; curl: --cert; Java: -Djavax.net.ssl.keyStore).", command: null, on: "client" },
];

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
    const alone = withoutCertificate(situation);
    if (alone !== null) return alone;
    const nothing = emptyAnswer === null || holdsKey || situation.outcome.arrived !== false ? [] : [emptyAnswer, ...(emptyList === null ? [] : [emptyList])];
    return toldBy([...needed, ...nothing, ...asked], {
      headline: "The server asked, and the program had no certificate to give.",
      why: "WinHTTP and most libraries never choose a certificate by themselves: the program must name one.",
      overturnedBy: nothing.length > 0
        ? "A program whose certificates all fail the server's conditions answers in the same way: the contents of its key store would tell."
        : "The code alone is also seen while a program is about to choose: what it did next would tell.",
      fix: FIX,
      weight: (needed.length > 0 || (nothing.length > 0 && emptyList !== null)) && situation.outcome.refused.length === 0 ? "likely" : "possible",
    }) ?? doesNotApply("no line speaks of a program without a certificate");
  },
};

/** Nothing but curl is at hand, its command line names no certificate, and the server that asked ended the connection for want of one. */
function withoutCertificate(situation: Situation): Outcome | null {
  const { runs, outcome, candidates } = situation;
  if (runs.length === 0 || candidates.length > 0 || outcome.demands.length === 0 || outcome.arrived === true) return null;
  if (runs.some((run) => run.fact?.format !== "curl" || !run.probe || run.requested !== true)) return null;
  const empty = runs.flatMap((run) => run.answers.filter((answer) => !answer.sent)).slice(0, 1).map((answer) => evidence(answer.span, "the client answered with an empty list of certificates"));
  const commands = runs.flatMap((run) => (run.fact?.command == null ? [] : [evidence(run.fact.command, "the command names no certificate")])).slice(0, 1);
  if (empty.length === 0 || commands.length === 0) return null;
  return toldBy(evidenceOf(commands, empty), {
    headline: "The server asked for a certificate, and curl was not given one.",
    why: "curl sends a certificate only where it is named (--cert, or a setting of its configuration file).",
    overturnedBy: "If this curl was only run to see whether the server asks, the program that fails is another one: its own log would tell.",
    fix: FIX, weight: "likely",
  }, outcome.demands.slice(0, 1));
}
