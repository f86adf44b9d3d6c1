import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const serverVerifyDepthOrMissingCa: Cause = {
  id: "server-verify-depth-or-missing-ca",
  title: "The server verifies fewer CAs than the chain has",
  sources: ["https://github.com/kubernetes/ingress-nginx/issues/10666"],
  refines: ["issuer-not-trusted-by-server"],
  check(situation: Situation): Outcome {
    const depth = situation.factsOf("setting").filter((fact) => ["ssl_verify_depth", "SSLVerifyDepth"].includes(fact.setting));
    return toldBy(codeLines(situation, ["X509_V_ERR_CERT_CHAIN_TOO_LONG"], undefined, "server"), {
      headline: "The server refused the certificate because its chain is longer than the configured depth (error 22).",
      why: "ssl_verify_depth and SSLVerifyDepth limit how many CAs are followed. OpenSSL 1.1.0 and later count only intermediates, older versions every CA.",
      overturnedBy: null,
      fix: [{ text: "Raise the depth to the number of intermediates of the client's chain (nginx: ssl_verify_depth 2; Apache: SSLVerifyDepth 2) and reload.", command: "nginx -V", on: "server" }],
      weight: "proved",
    }, depth.map((fact) => evidence(fact.value, "the configured depth"))) ?? doesNotApply("no error 22 is at hand");
  },
};
