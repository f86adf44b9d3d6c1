import { codeLines, codeLinesNotOfServer } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const FIX: readonly Step[] = [
  { text: "Load the certificate with a persisted key: X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), or the flags UserKeySet or MachineKeySet; delete the persisted key afterwards.", command: null, on: "client" },
];

export const ephemeralKeySchannel: Cause = {
  id: "ephemeral-key-schannel",
  title: "The key is kept in memory only, and Schannel cannot use it",
  sources: ["https://github.com/dotnet/runtime/issues/23749", "https://github.com/dotnet/runtime/issues/74093"],
  refines: ["key-no-permission"],
  check(situation: Situation): Outcome {
    const told = toldBy(codeLinesNotOfServer(situation, ["DOTNET_EPHEMERAL_KEY"]), {
      headline: "The program uses a key that exists only in its memory, which Windows' TLS does not support.",
      why: "Schannel signs in another process (LSASS) and needs a key that is stored. EphemeralKeySet, CreateFromPem and CopyWithPrivateKey make keys that are not.",
      overturnedBy: null, fix: FIX, weight: "proved",
    });
    if (told !== null) return told;
    const [call] = situation.calls;
    if (call !== undefined) return ruledOut([evidence(call.span, "the client searched its store: the certificate comes from there")], "");
    const unexplained = codeLines(situation, ["SEC_E_NO_CREDENTIALS"]).length > 0;
    const [stored] = situation.personalListings;
    // A listing shows what the store holds; whether a program that failed takes its certificate from there is another question.
    if (stored !== undefined && !unexplained) return ruledOut([evidence(stored.store, "the certificate comes from a store")], "");
    return unexplained
      ? cannotTell({ what: "how the program loads the certificate (flags of X509Certificate2; CreateFromPem or CopyWithPrivateKey in the code)", command: null, on: "client", account: null }, { what: "Schannel event 36869 (no key property)", command: "wevtutil qe System /q:\"*[System[Provider[@Name='Schannel'] and (EventID=36869)]]\" /f:text /c:5", on: "client", account: "an administrator" })
      : doesNotApply("no error of that kind is at hand");
  },
};
