import { alertLines, codeLines } from "../correlate/code-lines.ts";
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
    const refusals = [...codeLines(situation, ["GO_NO_RENEGOTIATION", "BORINGSSL_NO_RENEGOTIATION", "SSL_R_NO_RENEGOTIATION", "SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED"]), ...alertLines(situation, 100, "alert 100: no renegotiation")];
    const after = situation.request.when === "after-request";
    return toldBy(refusals, {
      headline: "A renegotiation was refused; a server that asks for certificates only after the request cannot ask then.",
      why: "Up to TLS 1.2 a server that needs the path first asks by renegotiating. Go, BoringSSL and rustls refuse it by default, OpenSSL 3 refuses servers without RFC 5746.",
      overturnedBy: after ? null : "That the server asks only after the request is not in the inputs: a transcript with the whole request would show it.",
      fix: [
        { text: "Ask in the first handshake (IIS: clientcertnegotiation=enable on the binding; Apache: SSLVerifyClient for the whole host).", command: bindings.command, on: "server" },
        { text: "Or allow one renegotiation in the client (Go: tls.RenegotiateOnceAsClient).", command: null, on: "client" },
      ],
      weight: after ? "proved" : "likely",
    }, situation.request.evidence.slice(0, 1)) ?? doesNotApply("no refused renegotiation is at hand");
  },
};
