import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isMicrosoftSoftwareProvider } from "../model/providers.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const PROVIDER_ERRORS = ["0x80090019", "0x8009001e"];

/** NTE_NO_KEY: seen with vendors' providers that are not installed; of a provider of Windows itself it says that the key is gone. */
const NO_KEY = "0x8009000d";

export const keyProviderMissing: Cause = {
  id: "key-provider-missing",
  title: "The cryptographic provider of the key is not installed",
  sources: ["https://learn.microsoft.com/windows/win32/seccrypto/common-hresult-values"],
  refines: ["orphaned-key-missing-keyset"],
  check(situation: Situation): Outcome {
    const foreign = situation.candidates.filter((certificate) => certificate.key.provider !== null && !certificate.key.provider.value.startsWith("Microsoft "));
    const failing = situation.candidates.filter((certificate) => PROVIDER_ERRORS.includes(certificate.key.error?.value ?? "") || (certificate.key.error?.value === NO_KEY && foreign.includes(certificate)));
    const [culprit] = failing;
    const software = situation.candidates.length > 0 && situation.candidates.every((certificate) => isMicrosoftSoftwareProvider(certificate.key.provider?.value ?? ""));
    const working = situation.candidates.some((certificate) => certificate !== culprit && certificate.key.status?.value === "usable");
    const lines = [...failing.flatMap((certificate) => (certificate.key.error === null ? [] : [evidence(certificate.key.error, "the provider cannot be loaded")])), ...codeLines(situation, ["NTE_KEYSET_NOT_DEF", "NTE_PROV_DLL_NOT_FOUND"])];
    const [untried] = foreign.filter((certificate) => certificate.key.status?.value !== "usable");
    const named = (culprit ?? untried)?.key.provider ?? null;
    const vendor = named !== null && !named.value.startsWith("Microsoft ");
    const certain = vendor && (culprit !== undefined || situation.candidates.length === 1);
    const weight = working || software ? "possible" : certain ? "proved" : "likely";
    return toldBy(lines, {
      headline: named === null ? "A cryptographic provider cannot be loaded." : `The key is kept by ${named.value}, and that provider cannot be loaded on this machine.`,
      why: "The certificate names the provider of its key. If the middleware of the card or module was removed, is of the other bitness or was lost in an upgrade, the key cannot be opened.",
      overturnedBy: weight === "proved" ? null : working ? "Another certificate at hand has a key that works; this matters only if this one is the certificate you mean."
        : software ? "That provider is a part of Windows: the list of providers (certutil -csplist) would overturn it."
        : "The Provider line of the certificate (certutil -v -user -store my) would show whose provider is meant.",
      fix: [
        { text: "List the providers of this machine; the one that the certificate names must be among them.", command: "certutil -csplist", on: "client" },
        { text: "Install the provider's middleware, or import the key into a Microsoft provider.", command: null, on: "client" },
      ],
      weight, about: culprit ?? null,
    }, named === null ? [] : [evidence(named, "the provider that the certificate names")])
      ?? (software
        ? ruledOut(situation.candidates.slice(0, 2).flatMap((certificate) => (certificate.key.provider === null ? [] : [evidence(certificate.key.provider, "a software provider of Windows itself")])), "")
        : foreign.length > 0 && foreign.every((certificate) => certificate.key.status?.value === "untested")
          ? cannotTell({ what: "whether the provider that the certificate names is installed", command: "certutil -csplist", on: "client", account: null })
          : doesNotApply("no error of a provider is at hand"));
  },
};
