import { askedBy } from "../correlate/asked-by.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { silentServer } from "../correlate/requests.ts";
import type { Run } from "../correlate/requests.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { accessFlags, bindings, transcript } from "./collect.ts";

export const serverDoesNotRequest: Cause = {
  id: "server-does-not-request",
  title: "The server never asks for a certificate",
  sources: ["https://github.com/matteocorti/check_ssl_cert/pull/269", "https://github.com/openssl/openssl/issues/9080"],
  refines: [],
  check(situation: Situation): Outcome {
    const asked = askedBy(situation);
    if (asked.length > 0) return ruledOut(asked, "");
    if (situation.outcome.arrived === true) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    if (situation.runs.length === 0) return situation.calls.length > 0 ? doesNotApply("the client looked for a certificate, so it was asked for one") : cannotTell(transcript(situation));
    const elsewhere = silentServer(situation.runs);
    const run = elsewhere ?? situation.runs.find((one) => one.requested === false);
    if (run === undefined || situation.runs.some((one) => one.requested === null && one.sessions.some((session) => session.cipher !== null))) return cannotTell(transcript(situation), bindings);
    const refusing = run.statuses.filter((status) => status.status === 403);
    const [first, ...more] = silenceOf(run);
    if (first === undefined) return cannotTell(transcript(situation), bindings);
    return found({
      headline: `A whole request over ${run.protocol?.value ?? "TLS"} shows no CertificateRequest, neither in the first handshake nor after the request.`,
      why: "A client sends a certificate only when it is asked for one. "
        + (refusing.some((status) => status.substatus === 7) ? "The server answers 403.7 nevertheless: the path requires a certificate that the connection never asks for (SslRequireCert without SslNegotiateCert, or another binding)." : "The server or the binding that answers is not configured to ask on this path."),
      overturnedBy: elsewhere !== null ? "Another server in the inputs does ask: which of them the failing client talks to would tell." : refusing.length > 0 ? null : "The path or host name of the probe may not be the one that fails: repeat it with exactly those.",
      fix: [
        { text: "IIS: sslFlags of the path must hold Ssl, SslNegotiateCert and, to require one, SslRequireCert.", command: accessFlags.command, on: "server" },
        { text: "See how the binding that answers is set up (Negotiate Client Certificate).", command: bindings.command, on: "server" },
        { text: "nginx: ssl_verify_client; Apache: SSLVerifyClient; Kestrel: ClientCertificateMode - in the block that serves this host name.", command: null, on: "server" },
      ],
      weight: refusing.length > 0 && elsewhere === null ? "proved" : "likely", evidence: [first, ...more], about: null,
    });
  },
};

function silenceOf(run: Run): readonly Evidence[] {
  return evidenceOf(
    run.requests.map((request, at) => evidence(request.because ?? request.authoritiesLine ?? request.span, request.whole === true ? "the server ended its part of the handshake here, without a question" : at === 0 ? "first summary: no names, no certificate types, no signature algorithms" : "summary after the request: still none")),
    run.fact?.httpRequest === null || run.fact === null ? [] : [evidence(run.fact.httpRequest, "the request that was sent")],
    run.statuses.slice(-1).map((status) => evidence(status.span, `answered with ${status.status}${status.substatus === null ? "" : `.${status.substatus}`}`)),
    run.protocol === null ? [] : [evidence(run.protocol, "no post-handshake authentication in this version")],
  );
}
