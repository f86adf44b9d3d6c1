import { codeLines } from "../correlate/code-lines.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Cause, Outcome } from "./cause.ts";
import { serialNumberOf, verboseUserStore } from "./collect.ts";
import { judgeCriterion } from "./failed-criterion.ts";
import { orSkippedByDotnet } from "./skipped-by-dotnet.ts";
import { toldBy } from "./told-by-lines.ts";

/** WinHTTP and Chromium name this fault themselves. */
const saidByClients = ["ERROR_WINHTTP_CLIENT_CERT_NO_PRIVATE_KEY", "ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY"];

export const noPrivateKey: Cause = {
  id: "no-private-key",
  title: "No private key is linked to the certificate",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const judged = judgeCriterion(situation, {
      criterion: "HAS_PRIVATE_KEY",
      covers: () => true,
      describe: ({ certificate }) => ({
        headline: "The certificate is in the store without a private key.",
        why: "Selection demands a key link (property CERT_KEY_PROV_INFO_PROP_ID). It is missing when only the .cer file was imported, or when the request was completed on another machine than the one that made it.",
        fix: [
          { text: "Import the certificate together with its key from the PFX file, under the account that uses it.", command: "certutil -user -importpfx client.pfx", on: "client" },
          { text: "If the key was made on this machine and only the link is lost, restore the link by the certificate's serial number.", command: `certutil -user -repairstore my ${serialNumberOf(certificate)}`, on: "client" },
        ],
      }),
      missing: [{ ...verboseUserStore, what: "whether a private key is linked to the certificate (Key Container and Provider lines)" }],
    });
    const said = judged.status === "found" || judged.status === "ruled-out" ? null : toldBy(codeLines(situation, saidByClients), {
      weight: "likely",
      headline: "The client says that the certificate it was given has no private key.",
      why: "The program found the certificate and no key linked to it: only the .cer file was imported, or the link was lost.",
      overturnedBy: "A listing of the store under the account of the program that prints a key container for this certificate.",
      fix: [
        { text: "Import the certificate together with its key from the PFX file, under the account that uses it.", command: "certutil -user -importpfx client.pfx", on: "client" },
        { text: "See whether a key is linked at all.", command: verboseUserStore.command, on: "client" },
      ],
    });
    return said ?? orSkippedByDotnet(situation, judged, "DOTNET_SKIPPED_WITHOUT_PRIVATE_KEY", {
      headline: ".NET passed over the certificate because no private key is linked to it.",
      why: "A program must hand over the certificate with its key: loaded from a .cer or .pem without the key it cannot sign, and .NET leaves it out.",
      fix: [{ text: "Load the certificate together with its private key (PFX, or CreateFromPemFile with the key), or use the one in the store that has a key.", command: null, on: "client" }],
    });
  },
};
