import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { bindings } from "./collect.ts";
import { toldBy } from "./told-by-lines.ts";

export const renegotiationRefusedOrDisabled: Cause = {
  id: "renegotiation-refused-or-disabled",
  title: "One side refuses to renegotiate, and the server asks only then",
  sources: ["https://github.com/rustls/rustls/issues/1999", "https://github.com/envoyproxy/envoy/issues/3551"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    const refusals = [...codeLines(situation, ["GO_NO_RENEGOTIATION", "BORINGSSL_NO_RENEGOTIATION", "SSL_R_NO_RENEGOTIATION"]), ...refusedByClient(situation)];
    const insecure = codeLines(situation, ["SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED"]);
    const after = situation.request.when === "after-request";
    const refused = refusals.length > 0;
    return toldBy([...refusals, ...insecure], {
      headline: refused ? "A renegotiation was refused; a server that asks for certificates only after the request cannot ask then."
        : "The client insists on secure renegotiation, which the server does not have; nor could the server ask for a certificate after the request.",
      why: "Up to TLS 1.2 a server that needs the path first asks by renegotiating. Go, BoringSSL and rustls refuse it by default, OpenSSL 3 refuses servers without RFC 5746.",
      overturnedBy: !refused ? "OpenSSL 3 gives this error in the first handshake already, whether or not certificates are asked for."
        : after ? null : "That the server asks only after the request is not in the inputs: a transcript with the whole request would show it.",
      fix: [
        { text: "Ask in the first handshake (IIS: clientcertnegotiation=enable on the binding; Apache: SSLVerifyClient for the whole host).", command: bindings.command, on: "server" },
        { text: "Or allow one renegotiation in the client (Go: tls.RenegotiateOnceAsClient).", command: null, on: "client" },
      ],
      weight: refused ? (after ? "proved" : "likely") : after ? "likely" : "possible",
    }, situation.request.evidence.slice(0, 1)) ?? doesNotApply("no refused renegotiation is at hand");
  },
};

/** Alerts 100 by which the client refused. A client that receives one had asked for the renegotiation itself. */
function refusedByClient(situation: Situation): readonly Evidence[] {
  return situation.factsOf("alert").filter((fact) => fact.number === 100 && (fact.direction === "sent" ? fact.reportedBy !== "server" : fact.reportedBy === "server"))
    .map((fact) => evidence(fact.span, "alert 100: the client refuses to renegotiate"));
}
