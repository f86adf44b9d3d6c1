import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isCardProvider, isTpmProvider } from "../model/providers.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const keyProviderCannotDoRsaPss: Cause = {
  id: "key-provider-cannot-do-rsa-pss",
  title: "The key's provider cannot make RSA-PSS signatures",
  sources: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.4.3", "https://github.com/openssl/openssl/issues/12859"],
  refines: [],
  check(situation: Situation): Outcome {
    const hardware = situation.candidates.filter((certificate) => isTpmProvider(certificate.key.provider?.value ?? "") || isCardProvider(certificate.key.provider?.value ?? ""));
    const [key] = hardware;
    const tls13 = situation.runs.find((run) => run.protocol?.value === "TLSv1.3")?.protocol ?? null;
    const signErrors = codeLines(situation, ["CAPI_R_FUNCTION_NOT_SUPPORTED", "ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", "NTE_NOT_SUPPORTED"]);
    const proved = key !== undefined && tls13 !== null;
    const told = toldBy(signErrors, {
      headline: `${key?.key.provider == null ? "The provider of the key" : key.key.provider.value} failed to sign, as providers do that cannot make RSA-PSS signatures.`,
      why: "TLS 1.3 allows RSA keys only with RSA-PSS. Some TPMs, older cards and the CAPI engine of OpenSSL cannot do it, or only with another salt length; the same key works with TLS 1.2.",
      overturnedBy: proved ? null : "A retry with TLS 1.2 only: if it fails in the same way, RSA-PSS is not the reason.",
      fix: [
        { text: "Use an elliptic-curve key, or an RSA key in the Microsoft Software Key Storage Provider.", command: "certutil -user -csp \"Microsoft Software Key Storage Provider\" -importpfx client.pfx", on: "client" },
        { text: "Or let the server accept TLS 1.2 with RSA+SHA256 for these clients.", command: null, on: "server" },
      ],
      weight: proved ? "proved" : "likely", about: key ?? null,
    }, [...(key?.key.provider == null ? [] : [evidence(key.key.provider, "the provider of the key")]), ...(tls13 === null ? [] : [evidence(tls13, "TLS 1.3 demands RSA-PSS of RSA keys")])]);
    if (told !== null) return told;
    const curves = situation.candidates.filter((certificate) => certificate.publicKey !== null && certificate.publicKey.value.algorithm !== "RSA");
    if (curves.length > 0 && curves.length === situation.candidates.length) return ruledOut(curves.slice(0, 2).flatMap((one) => (one.publicKey === null ? [] : [evidence(one.publicKey, "not an RSA key")])), "");
    return key !== undefined && tls13 !== null && situation.outcome.accepted === null
      ? cannotTell({ what: "whether the key works with TLS 1.2 only, and what the provider can sign", command: "certutil -csptest", on: "client", account: "the user whose client fails" })
      : doesNotApply("no error at signing with a TPM or card is at hand");
  },
};
