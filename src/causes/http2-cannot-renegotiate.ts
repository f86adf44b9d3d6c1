import { statusLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const http2CannotRenegotiate: Cause = {
  id: "http2-cannot-renegotiate",
  title: "HTTP/2 does not allow the server to ask after the request",
  sources: ["https://www.rfc-editor.org/rfc/rfc7540#section-9.2.1", "https://www.rfc-editor.org/rfc/rfc8740"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    return toldBy(statusLines(situation, 421, null, "421: the request must be made over another connection"), {
      headline: "The server answers 421 on this connection: the path probably needs a certificate, which HTTP/2 does not let it ask for now.",
      why: "HTTP/2 forbids renegotiation and post-handshake authentication. A server that asks per path sends the client back to HTTP/1.1, or fails.",
      overturnedBy: "The same request with HTTP/1.1: if it fails in the same way, HTTP/2 is not the reason.",
      fix: [
        { text: "Try with HTTP/1.1.", command: "curl -v --http1.1 --cert client.pem --key key.pem https://HOST/PATH", on: "client" },
        { text: "Ask in the first handshake, or switch HTTP/2 off for that binding.", command: null, on: "server" },
      ],
      weight: "likely",
    }) ?? doesNotApply("no answer of that kind is at hand");
  },
};
