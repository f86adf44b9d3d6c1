import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { textOf } from "../text/source-text.ts";
import { ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const http2CannotRenegotiate: Cause = {
  id: "http2-cannot-renegotiate",
  title: "HTTP/2 does not allow the server to ask after the request",
  sources: ["https://www.rfc-editor.org/rfc/rfc7540#section-9.2.1", "https://www.rfc-editor.org/rfc/rfc8740"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    const misdirected = situation.factsOf("http-status").filter((fact) => fact.status === 421);
    const overHttp2 = misdirected.filter((fact) => fact.format !== "s_client" && !textOf(fact.span).toUpperCase().startsWith("HTTP/1"));
    const late = asksLate(situation);
    const [older] = misdirected;
    return toldBy(overHttp2.map((fact) => evidence(fact.span, "421: the request must be made over another connection")), {
      headline: "The server answers 421 on this connection: the path probably needs a certificate, and HTTP/2 does not let a server ask for one after the request.",
      why: "HTTP/2 forbids renegotiation and post-handshake authentication. A server that asks per path sends the client back to HTTP/1.1, or fails.",
      overturnedBy: `The same request with HTTP/1.1: if it fails in the same way, HTTP/2 is not the reason.${late.length > 0 ? "" : " A host name that the connection is not valid for gives the same status."}`,
      fix: [
        { text: "Try with HTTP/1.1.", command: "curl -v --http1.1 --cert client.pem --key key.pem https://HOST/PATH", on: "client" },
        { text: "Ask in the first handshake, or switch HTTP/2 off for that binding.", command: null, on: "server" },
      ],
      weight: late.length > 0 ? "likely" : "possible",
    }, late) ?? ruledOut(older === undefined ? [] : [evidence(older.span, "the answer came over HTTP/1.1")], "no answer of that kind is at hand");
  },
};

/** Lines that show a server which asks for the path and not for the connection: without one, 421 may be about the host name only. */
function asksLate(situation: Situation): readonly Evidence[] {
  if (situation.request.when === "after-request") return situation.request.evidence.slice(0, 1);
  return situation.factsOf("setting").filter(({ setting, value: { value } }) => (setting === "Negotiate Client Certificate" && value.toLowerCase() === "disabled")
    || (setting === "sslFlags" && value.toLowerCase().includes("cert")) || (setting === "SSLVerifyClient" && ["require", "optional"].includes(value.toLowerCase())))
    .slice(0, 1).map((fact) => evidence(fact.value, "the server asks for a certificate by path"));
}
