import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { isCardProvider, isMicrosoftSoftwareProvider, isTpmProvider } from "../model/providers.ts";
import { doesNotApply } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

export const strongKeyProtection: Cause = {
  id: "strong-key-protection",
  title: "The key asks its user, and the program may not show a window",
  sources: ["https://learn.microsoft.com/windows/win32/seccrypto/common-hresult-values"],
  refines: [],
  check(situation: Situation): Outcome {
    const failing = situation.candidates.filter((certificate) => certificate.key.error?.value === "0x80090022");
    const errors = failing.flatMap((certificate) => (certificate.key.error === null ? [] : [evidence(certificate.key.error, "the key may not be used silently")]));
    // A card or a TPM asks for its PIN with the same code.
    const meant = failing.length > 0 ? failing : situation.candidates;
    const software = meant.length > 0 && meant.every((certificate) => isMicrosoftSoftwareProvider(certificate.key.provider?.value ?? ""));
    const hardware = meant.find((certificate) => isCardProvider(certificate.key.provider?.value ?? "") || isTpmProvider(certificate.key.provider?.value ?? ""));
    return toldBy([...errors, ...codeLines(situation, ["NTE_SILENT_CONTEXT"])], {
      headline: hardware?.key.provider == null ? "The key was imported or made with strong protection: it wants to ask its user, and the program runs silently."
        : `The key wants to ask its user, and the program runs silently; with ${hardware.key.provider.value} that is usually the PIN.`,
      why: "A key with strong protection shows a dialog for every use. Services, scheduled tasks and libraries that call without a window get NTE_SILENT_CONTEXT instead of a signature.",
      overturnedBy: software ? null : "A key on a card or in a TPM asks for its PIN with the same code: the Provider line of the certificate (certutil -v -user -store my) would tell.",
      fix: [
        { text: "Import the PFX again without \"Enable strong private key protection\" (for a service: into the computer's store).", command: "certutil -user -importpfx client.pfx", on: "client" },
        { text: "If the box cannot be cleared: the policy \"System cryptography: Force strong key protection\" is set.", command: "gpresult /r", on: "client" },
      ],
      weight: software ? "proved" : hardware === undefined ? "likely" : "possible", about: failing[0] ?? null,
    }, hardware?.key.provider == null ? [] : [evidence(hardware.key.provider, "a key in hardware")]) ?? doesNotApply("no error of a silent call is at hand");
  },
};
