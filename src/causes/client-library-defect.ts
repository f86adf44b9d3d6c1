import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientLibraryDefect: Cause = {
  id: "client-library-defect",
  title: "A known defect of the client's TLS library",
  sources: ["https://github.com/curl/curl/issues/17626", "https://github.com/curl/curl/issues/18029"],
  refines: [],
  check(situation: Situation): Outcome {
    return toldBy(codeLines(situation, ["SEC_E_INTERNAL_ERROR", "SEC_E_CONTEXT_EXPIRED"]), {
      headline: "The client's error is one that known defects of curl on Schannel give.",
      why: "SEC_E_INTERNAL_ERROR is known with PKCS#12 client certificates, SEC_E_CONTEXT_EXPIRED with renegotiation for a store certificate in curl 8.13.",
      overturnedBy: "The same error with another TLS library and the same certificate.",
      fix: [{ text: "Find the version, and try a newer one or a build on another library.", command: "curl -V", on: "client" }],
      weight: "possible",
    }) ?? doesNotApply("no error of that kind is at hand");
  },
};
