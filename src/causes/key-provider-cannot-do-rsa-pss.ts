import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isCardProvider, isKeyStorageProvider, isMicrosoftSoftwareProvider, isTpmProvider } from "../model/providers.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const keyProviderCannotDoRsaPss: Cause = {
  id: "key-provider-cannot-do-rsa-pss",
  title: "The key's provider cannot make RSA-PSS signatures",
  sources: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.4.3", "https://github.com/openssl/openssl/issues/12859"],
  refines: [],
  check(situation: Situation): Outcome {
    const able = situation.candidates.filter((certificate) => isCurve(certificate) || makesPss(certificate));
    const hardware = situation.candidates.filter((certificate) => !able.includes(certificate) && (isTpmProvider(certificate.key.provider?.value ?? "") || isCardProvider(certificate.key.provider?.value ?? "")));
    const [key] = hardware;
    const tls13 = situation.runs.find((run) => run.protocol?.value === "TLSv1.3")?.protocol ?? null;
    // The engine names the operation. The other codes only say that something could not be done with the key.
    const named = codeLines(situation, ["CAPI_R_FUNCTION_NOT_SUPPORTED"]);
    const unsupported = [...named, ...codeLines(situation, ["NTE_NOT_SUPPORTED"])];
    const signErrors = [...unsupported, ...codeLines(situation, ["ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED"])];
    if (named.length === 0 && able.length > 0 && able.length === situation.candidates.length && (signErrors.length > 0 || able.every(isCurve))) return ruledOut(able.slice(0, 2).flatMap(abilityOf), "");
    // A browser reports a cancelled PIN dialog of a card in the same words.
    const cancelled = unsupported.length === 0 && isCardProvider(key?.key.provider?.value ?? "");
    const proved = key !== undefined && tls13 !== null && !cancelled && hardware.length === situation.candidates.length;
    const weight = proved ? "proved" : (key !== undefined && (!cancelled || tls13 !== null)) || named.length > 0 ? "likely" : "possible";
    const told = toldBy(signErrors, {
      headline: `${key?.key.provider == null ? "The provider of the key" : key.key.provider.value} failed to sign, as providers do that cannot make RSA-PSS signatures.`,
      why: "TLS 1.3 allows RSA keys only with RSA-PSS. Some TPMs, older cards and the CAPI engine of OpenSSL cannot do it, or only with another salt length; the same key works with TLS 1.2.",
      overturnedBy: proved ? null : `A retry with TLS 1.2 only: if it fails in the same way, RSA-PSS is not the reason.${cancelled ? " A cancelled or wrong PIN gives the same error." : ""}`,
      fix: [
        { text: "Use an elliptic-curve key, or an RSA key in the Microsoft Software Key Storage Provider.", command: "certutil -user -csp \"Microsoft Software Key Storage Provider\" -importpfx client.pfx", on: "client" },
        { text: "Or let the server accept TLS 1.2 with RSA+SHA256 for these clients.", command: null, on: "server" },
      ],
      weight, about: key ?? null,
    }, [...(key?.key.provider == null ? [] : [evidence(key.key.provider, "the provider of the key")]), ...(tls13 === null ? [] : [evidence(tls13, "TLS 1.3 demands RSA-PSS of RSA keys")])]);
    if (told !== null) return told;
    return key !== undefined && tls13 !== null && situation.outcome.accepted === null
      ? cannotTell({ what: "whether the key works with TLS 1.2 only, and what the provider can sign", command: "certutil -csptest", on: "client", account: "the user whose client fails" })
      : doesNotApply("no error at signing with a TPM or card is at hand");
  },
};

function isCurve(certificate: Certificate): boolean {
  return certificate.publicKey !== null && certificate.publicKey.value.algorithm !== "RSA";
}

/** The software key storage provider of Windows makes RSA-PSS signatures; its older CryptoAPI providers do not. */
function makesPss(certificate: Certificate): boolean {
  const name = certificate.key.provider?.value ?? "";
  return isMicrosoftSoftwareProvider(name) && isKeyStorageProvider(name, certificate.key.providerType?.value ?? null);
}

function abilityOf(certificate: Certificate): readonly Evidence[] {
  if (isCurve(certificate)) return certificate.publicKey === null ? [] : [evidence(certificate.publicKey, "not an RSA key")];
  return certificate.key.provider === null ? [] : [evidence(certificate.key.provider, "this provider makes RSA-PSS signatures")];
}
