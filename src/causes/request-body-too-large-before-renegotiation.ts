import { codeLines, statusLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const requestBodyTooLargeBeforeRenegotiation: Cause = {
  id: "request-body-too-large-before-renegotiation",
  title: "The request body is too large to wait for the renegotiation",
  sources: ["https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslrenegbuffersize", "https://github.com/dotnet/AspNetCore.Docs/pull/37064"],
  refines: [],
  check(situation: Situation): Outcome {
    const apache = codeLines(situation, ["AH02018"]);
    const refused = statusLines(situation, 413, null, "413: request entity too large");
    const proved = apache.length > 0;
    if (!proved && situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    return toldBy([...apache, ...refused], {
      headline: proved ? "Apache could not keep the request body while renegotiating for a certificate (AH02018)." : "The server answers 413: the body may be too large to be kept while it asks for a certificate.",
      why: "A server that asks after the request must first take in the whole body. Apache keeps 131072 bytes (SSLRenegBufferSize), IIS 49152 (uploadReadAheadSize); anything larger ends in 413.",
      overturnedBy: proved ? null : "A plain limit on the size of requests gives the same status: a small request to the same path would tell.",
      fix: [
        { text: "Ask for the certificate in the first handshake, or let the client send a small GET before the large request.", command: null, on: "server" },
        { text: "Or raise the limit: Apache SSLRenegBufferSize; IIS uploadReadAheadSize.", command: "%windir%\\system32\\inetsrv\\appcmd list config \"SITE\" -section:serverRuntime", on: "server" },
      ],
      weight: proved ? "proved" : "possible",
    }) ?? doesNotApply("no 413 is at hand");
  },
};
