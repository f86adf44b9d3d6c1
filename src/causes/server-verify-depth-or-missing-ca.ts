import type { Certificate } from "../correlate/certificates.ts";
import type { ChainLink } from "../correlate/chains.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import type { SettingFact } from "../model/fact.ts";
import { nameKey } from "../model/name.ts";
import { cannotTell, doesNotApply } from "./cause.ts";
import type { Cause, Missing, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const MISSING_ISSUER = ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE"];

const CHAIN_LENGTH: Missing = {
  what: "how many intermediates the client's chain has: OpenSSL 3 reports a missing issuer where the chain is longer than the configured depth",
  command: "openssl crl2pkcs7 -nocrl -certfile client.pem | openssl pkcs7 -print_certs -noout", on: "client", account: null,
};

const FIX: readonly Step[] = [
  { text: "Raise the depth to the number of intermediates of the client's chain (nginx: ssl_verify_depth 2; Apache: SSLVerifyDepth 2) and reload.", command: "nginx -V", on: "server" },
];

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
      fix: FIX,
      weight: "proved",
    }, depth.map((fact) => evidence(fact.value, "the configured depth"))) ?? byMissingIssuer(situation, depth) ?? doesNotApply("no error 22 is at hand");
  },
};

/** OpenSSL 3 ends its search at the depth and reports that an issuer is missing: 20 where the chain came along, 2 or 21 otherwise. */
function byMissingIssuer(situation: Situation, settings: readonly SettingFact[]): Outcome | null {
  const refusals = codeLines(situation, MISSING_ISSUER, undefined, "server");
  const depths = settings.flatMap((fact) => (Number.isNaN(Number.parseInt(fact.value.value, 10)) ? [] : [{ fact, depth: Number.parseInt(fact.value.value, 10) }]));
  const [least] = [...depths].sort((a, b) => a.depth - b.depth);
  if (refusals.length === 0 || least === undefined) return null;
  const chains = situation.candidates.map((certificate) => ({ certificate, between: intermediatesOf(certificate, situation) }));
  const [long] = chains.filter(({ between }) => between.length > least.depth);
  if (long === undefined) return chains.length > 0 && chains.every(({ certificate }) => situation.chainOf(certificate).closed !== null) ? null : cannotTell(CHAIN_LENGTH);
  return toldBy([evidence(least.fact.value, "the configured depth"), ...long.between.slice(0, 3).map((link) => evidence(link.name, "an intermediate of the certificate's chain"))], {
    headline: `The chain of the certificate has ${long.between.length} intermediates, the server follows ${least.depth}, and reports that an issuer is missing.`,
    why: "ssl_verify_depth and SSLVerifyDepth limit how many intermediates are followed. OpenSSL 3 ends its search there and reports a missing issuer (20, 2 or 21), older versions a chain that is too long (22).",
    overturnedBy: "A root or intermediate that the server does not have gives the same error: the same request with a greater depth would tell.",
    fix: FIX, weight: "likely", about: long.certificate,
  }, refusals.slice(0, 2));
}

/** CAs of the chain that are no roots, as far as the inputs show them. */
function intermediatesOf(certificate: Certificate, situation: Situation): readonly ChainLink[] {
  const { reachable, beyond } = situation.chainOf(certificate);
  return [...reachable, ...beyond].filter(({ authority }) => authority !== null && authority.issuer !== null && authority.subject !== null && nameKey(authority.issuer.value) !== nameKey(authority.subject.value));
}
