import type { Situation } from "../correlate/situation.ts";
import type { Cause, Outcome } from "./cause.ts";
import { verboseUserStore } from "./collect.ts";
import { judgeCriterion } from "./failed-criterion.ts";
import { orSkippedByDotnet } from "./skipped-by-dotnet.ts";

export const kuMissingDigitalsignature: Cause = {
  id: "ku-missing-digitalsignature",
  title: "Key Usage lacks digitalSignature",
  sources: [
    "https://github.com/microsoft/referencesource/blob/ec9fa9ae770d522a5b5f0607898044b7478574a3/System/net/System/Net/_SafeNetHandles.cs",
    "https://github.com/dotnet/corefx/issues/30483",
  ],
  refines: [],
  check(situation: Situation): Outcome {
    const judged = judgeCriterion(situation, {
      criterion: "KEY_USAGE",
      covers: () => true,
      describe: ({ certificate, verdict }) => {
        const usage = certificate.keyUsage;
        const printed = usage.state === "present" ? `${usage.value.names.join(", ")} (${usage.value.hex})` : "none of the demanded bits";
        return {
          headline: `${verdict.because}: it allows only ${printed}.`,
          why: "A TLS client proves possession of its key by signing the handshake. Windows offers a certificate only if it has no Key Usage extension, or one with digitalSignature (80). "
            + "A certificate requested for key exchange alone does not have that bit, whatever its KeySpec is.",
          fix: [
            { text: "Have the certificate issued again with digitalSignature: template purpose \"Signature\" or \"Signature and encryption\", in web enrolment Key Usage \"Both\" or \"Signature\". Key Usage is part of the certificate and cannot be changed afterwards.", command: null, on: "ca" },
            { text: "Check the new certificate: Key Usage must show a value with bit 80, for example (a0).", command: "certutil -v -user -store my", on: "client" },
          ],
        };
      },
      missing: [verboseUserStore],
    });
    return orSkippedByDotnet(situation, judged, "DOTNET_SKIPPED_KEY_USAGE", {
      headline: ".NET passed over the certificate because its Key Usage lacks digitalSignature.",
      why: "A TLS client proves possession of its key by signing the handshake. .NET offers a certificate only if it has no Key Usage extension, or one with digitalSignature.",
      fix: [{ text: "Have the certificate issued again with digitalSignature; Key Usage is part of the certificate and cannot be changed afterwards.", command: null, on: "ca" }],
    });
  },
};
