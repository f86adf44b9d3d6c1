import { ofAnsweringBinding } from "../correlate/bindings.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, explains, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { bindings } from "./collect.ts";
import { toldBy } from "./told-by-lines.ts";

export const netshNegotiateDisabled: Cause = {
  id: "netsh-negotiate-disabled",
  title: "The binding asks for a certificate only after the request",
  sources: ["https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http", "https://github.com/dotnet/aspnetcore/issues/23181"],
  refines: [],
  check(situation: Situation): Outcome {
    const settings = ofAnsweringBinding(situation.factsOf("setting").filter((fact) => fact.setting === "Negotiate Client Certificate"), situation.runs);
    const [disabled] = settings.filter((fact) => fact.value.value.toLowerCase() === "disabled");
    if (situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    if (disabled === undefined) return settings.length > 0 ? ruledOut(settings.slice(0, 1).map((fact) => evidence(fact.value, "the binding asks in the first handshake")), "") : doesNotApply("no binding is at hand");
    const other = settings.find((fact) => fact.value.value.toLowerCase() !== "disabled");
    if (other !== undefined) return cannotTell({ ...bindings, what: "which binding answers: some of those at hand ask in the first handshake, some only after the request" });
    const failing = situation.runs.find((run) => run.protocol?.value === "TLSv1.3" && run.requested !== true && run.statuses.some((status) => status.status === 403 || status.status === 500));
    const tls13 = failing?.protocol ?? null;
    if (tls13 === null) {
      return explains("Negotiate Client Certificate is Disabled: this binding asks only after the request, by renegotiation. That is a normal default; it fails only with clients that do not renegotiate, with TLS 1.3 and with HTTP/2.", evidence(disabled.value, "asks only after the request"));
    }
    return toldBy([evidence(disabled.value, "asks only after the request"), evidence(tls13, "a TLS 1.3 connection, on which that is not possible for most clients")], {
      headline: "The binding asks for a certificate only after the request, and the connection uses TLS 1.3.",
      why: "TLS 1.3 has no renegotiation. Unless the client offers post-handshake authentication, the server cannot ask.",
      overturnedBy: "A request for a certificate on such a connection would overturn it.",
      fix: [{ text: "Recreate the binding with clientcertnegotiation=enable (delete and add; keep certhash, appid and the other parameters).", command: "netsh http add sslcert ipport=0.0.0.0:443 certhash=HASH appid={APPID} clientcertnegotiation=enable", on: "server" }],
      weight: "likely",
    }) ?? doesNotApply("no binding is at hand");
  },
};
