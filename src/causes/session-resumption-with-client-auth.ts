import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const sessionResumptionWithClientAuth: Cause = {
  id: "session-resumption-with-client-auth",
  title: "A resumed session carries no client certificate",
  sources: ["https://github.com/syslog-ng/syslog-ng/issues/1936", "https://docs.openssl.org/3.0/man3/SSL_CTX_set_session_id_context/"],
  refines: [],
  check(situation: Situation): Outcome {
    return toldBy(codeLines(situation, ["SSL_R_SESSION_ID_CONTEXT_UNINITIALIZED"]), {
      headline: "The server cannot resume sessions with client certificates: its session id context is not set.",
      why: "OpenSSL refuses to resume a session with a client certificate unless the server set a session id context. The first connection works, the next one fails.",
      overturnedBy: null,
      fix: [
        { text: "Set the session id context in the server (SSL_CTX_set_session_id_context), or switch resumption off.", command: null, on: "server" },
        { text: "Check with a client that does not resume.", command: "openssl s_client -connect HOST:443 -cert client.pem -key key.pem -no_ticket -reconnect", on: "client" },
      ],
      weight: "proved",
    }) ?? doesNotApply("no refused resumption is at hand");
  },
};
