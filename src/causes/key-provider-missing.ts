import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isMicrosoftSoftwareProvider } from "../model/providers.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const PROVIDER_ERRORS = ["0x80090019", "0x8009001e", "0x8009000d"];

export const keyProviderMissing: Cause = {
  id: "key-provider-missing",
  title: "The cryptographic provider of the key is not installed",
  sources: ["https://learn.microsoft.com/windows/win32/seccrypto/common-hresult-values"],
  refines: ["orphaned-key-missing-keyset"],
  check(situation: Situation): Outcome {
    const failing = situation.candidates.filter((certificate) => PROVIDER_ERRORS.includes(certificate.key.error?.value ?? ""));
    const [culprit] = failing;
    const foreign = situation.candidates.filter((certificate) => certificate.key.provider !== null && !certificate.key.provider.value.startsWith("Microsoft "));
    const lines = [...failing.flatMap((certificate) => (certificate.key.error === null ? [] : [evidence(certificate.key.error, "the provider cannot be loaded")])), ...codeLines(situation, ["NTE_KEYSET_NOT_DEF", "NTE_PROV_DLL_NOT_FOUND"])];
    const named = (culprit ?? foreign[0])?.key.provider ?? null;
    const proved = named !== null && !named.value.startsWith("Microsoft ");
    return toldBy(lines, {
      headline: named === null ? "A cryptographic provider cannot be loaded." : `The key is kept by ${named.value}, and that provider cannot be loaded on this machine.`,
      why: "The certificate names the provider of its key. If the middleware of the card or module was removed, is of the other bitness or was lost in an upgrade, the key cannot be opened.",
      overturnedBy: proved ? null : "The Provider line of the certificate (certutil -v -user -store my) would show whose provider is meant.",
      fix: [
        { text: "List the providers of this machine; the one that the certificate names must be among them.", command: "certutil -csplist", on: "client" },
        { text: "Install the provider's middleware, or import the key into a Microsoft provider.", command: null, on: "client" },
      ],
      weight: proved ? "proved" : "likely", about: culprit ?? null,
    }, named === null ? [] : [evidence(named, "the provider that the certificate names")])
      ?? (situation.candidates.length > 0 && situation.candidates.every((certificate) => isMicrosoftSoftwareProvider(certificate.key.provider?.value ?? ""))
        ? ruledOut(situation.candidates.slice(0, 2).flatMap((certificate) => (certificate.key.provider === null ? [] : [evidence(certificate.key.provider, "a software provider of Windows itself")])), "")
        : foreign.length > 0 && foreign.every((certificate) => certificate.key.status?.value === "untested")
          ? cannotTell({ what: "whether the provider that the certificate names is installed", command: "certutil -csplist", on: "client", account: null })
          : doesNotApply("no error of a provider is at hand"));
  },
};
