import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { verboseUserStore } from "./collect.ts";
import { judgeCriterion } from "./failed-criterion.ts";
import { orSkippedByDotnet } from "./skipped-by-dotnet.ts";

const FIX: readonly Step[] = [
  { text: "Have the certificate issued again with digitalSignature: template purpose \"Signature\" or \"Signature and encryption\", in web enrolment Key Usage \"Both\" or \"Signature\". Key Usage is part of the certificate and cannot be changed afterwards.", command: null, on: "ca" },
  { text: "Check the new certificate: Key Usage must show a value with bit 80, for example (a0).", command: "certutil -v -user -store my", on: "client" },
];

export const kuMissingDigitalsignature: Cause = {
  id: "ku-missing-digitalsignature",
  title: "Key Usage lacks digitalSignature",
  sources: [
    "https://github.com/microsoft/referencesource/blob/ec9fa9ae770d522a5b5f0607898044b7478574a3/System/net/System/Net/_SafeNetHandles.cs",
    "https://github.com/dotnet/corefx/issues/30483",
  ],
  refines: [],
  check(situation: Situation): Outcome {
    const refused = refusedByOpenssl(situation);
    if (refused !== null) return refused;
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
          fix: FIX,
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

/** OpenSSL's purpose "SSL client" wants digitalSignature or keyAgreement; its refusal (26) names neither Key Usage nor Enhanced Key Usage. */
function refusedByOpenssl(situation: Situation): Outcome | null {
  const refusals = codeLines(situation, ["X509_V_ERR_INVALID_PURPOSE"], "refused for its purpose: Key Usage, or Enhanced Key Usage", "server");
  if (refusals.length === 0) return null;
  const culprits = situation.candidates.filter(cannotSignForOpenssl);
  const [culprit] = culprits;
  const [first, ...more] = culprit === undefined || culprit.keyUsage.state !== "present" ? []
    : evidenceOf([evidence(culprit.keyUsage.span, `Key Usage ${culprit.keyUsage.value.hex}: ${culprit.keyUsage.value.names.join(", ")}`)], refusals.slice(0, 2));
  if (culprit !== undefined && first !== undefined) {
    const only = culprits.length === situation.candidates.length;
    return found({
      headline: "The server refused the certificate for its purpose: its Key Usage has neither digitalSignature nor keyAgreement.",
      why: "OpenSSL takes a certificate for a TLS client only if it has no Key Usage extension, or one with digitalSignature or keyAgreement. Windows wants digitalSignature.",
      overturnedBy: only ? null : "Another certificate at hand has a sufficient Key Usage: which one was sent the inputs do not show.",
      fix: FIX, weight: only ? "proved" : "likely", evidence: [first, ...more], about: culprit,
    });
  }
  const known = situation.candidates.filter((certificate) => certificate.keyUsage.state !== "unknown");
  if (known.length < situation.candidates.length || known.length === 0) return cannotTell(verboseUserStore);
  return ruledOut(known.slice(0, 3).map(({ keyUsage }) => (keyUsage.state === "present" ? evidence(keyUsage.span, `Key Usage ${keyUsage.value.hex} is sufficient`)
    : evidence(keyUsage.state === "absent" ? keyUsage.proof : (refusals[0] as typeof refusals[number]).span, "the certificate has no Key Usage extension"))), "");
}

function cannotSignForOpenssl({ keyUsage }: Certificate): boolean {
  return keyUsage.state === "present" && !keyUsage.value.names.includes("digitalSignature") && !keyUsage.value.names.includes("keyAgreement");
}
