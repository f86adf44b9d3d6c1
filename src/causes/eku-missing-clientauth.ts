import { describeOid } from "../correlate/replay.ts";
import type { Situation } from "../correlate/situation.ts";
import { evidenceOf } from "../correlate/situation.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { EKU_OIDS } from "../model/oids.ts";
import { found } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { verboseUserStore } from "./collect.ts";
import { judgeCriterion } from "./failed-criterion.ts";
import { orSkippedByDotnet } from "./skipped-by-dotnet.ts";
import type { Exclusion } from "../correlate/exclusions.ts";
import { lacksClientAuth, purposeRefusals } from "./purposes.ts";

const FIX: readonly Step[] = [
  { text: "Have a certificate issued from a client template, with Client Authentication (1.3.6.1.5.5.7.3.2) in Enhanced Key Usage. A web server certificate does not serve as a client certificate.", command: null, on: "ca" },
  { text: "Check the new certificate: Enhanced Key Usage must list 1.3.6.1.5.5.7.3.2.", command: "certutil -v -user -store my", on: "client" },
];

export const ekuMissingClientauth: Cause = {
  id: "eku-missing-clientauth",
  title: "Enhanced Key Usage lacks Client Authentication",
  sources: [
    "https://github.com/microsoft/referencesource/blob/ec9fa9ae770d522a5b5f0607898044b7478574a3/System/net/System/Net/_SafeNetHandles.cs",
    "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12",
  ],
  refines: [],
  check(situation: Situation): Outcome {
    const refused = refusedByServer(situation);
    if (refused !== null) return refused;
    const judged = judgeCriterion(situation, {
      criterion: "ENHKEY_USAGE",
      covers: extensionFails,
      describe: ({ certificate }) => ({
        headline: `Enhanced Key Usage does not include Client Authentication: ${purposesOf(certificate.extendedKeyUsage)}.`,
        why: "Windows offers a certificate for TLS client authentication only if it has no Enhanced Key Usage extension, or one that lists Client Authentication (1.3.6.1.5.5.7.3.2). Servers check the same.",
        fix: FIX,
      }),
      missing: [verboseUserStore],
    });
    return orSkippedByDotnet(situation, judged, "DOTNET_SKIPPED_EXTENDED_KEY_USAGE", {
      headline: ".NET passed over the certificate because its Enhanced Key Usage lacks Client Authentication.",
      why: "Windows and .NET offer a certificate for TLS client authentication only if it has no Enhanced Key Usage extension, or one that lists Client Authentication (1.3.6.1.5.5.7.3.2).",
      fix: FIX,
    });
  },
};

function purposesOf(usage: Exclusion["certificate"]["extendedKeyUsage"]): string {
  return usage.state === "present" ? usage.value.map(describeOid).join(", ") : "none";
}

/** The extension itself fails; a restriction of the store copy is a cause of its own. */
export function extensionFails({ certificate }: Exclusion): boolean {
  return certificate.extendedKeyUsage.state === "present" && !certificate.extendedKeyUsage.value.includes(EKU_OIDS.clientAuth);
}

/** The certificate arrived and was refused for its purpose, and its own list of purposes lacks clientAuth. */
function refusedByServer(situation: Situation): Outcome | null {
  const refusals = purposeRefusals(situation);
  const [refusal] = refusals;
  const culprit = situation.candidates.find(lacksClientAuth);
  if (refusal === undefined) return null;
  if (culprit === undefined && situation.candidates.every((certificate) => certificate.extendedKeyUsage.state === "unknown")) {
    return quotedExtension(situation, refusals) ?? found({
      headline: "The server refused the certificate for its purpose.",
      why: "The server verifies that a client certificate may be used for client authentication. The usual reason is an Enhanced Key Usage without it, often in a certificate made for a web server.",
      overturnedBy: "Enhanced Key Usage of the certificate, and of the CAs above it, would confirm or overturn it.",
      fix: [{ text: "Look at Enhanced Key Usage of the certificate that was sent: it must list 1.3.6.1.5.5.7.3.2.", command: "certutil -dump client.cer", on: "client" }, { text: "The same with OpenSSL.", command: "openssl x509 -in client.pem -noout -ext extendedKeyUsage,keyUsage", on: "client" }, ...FIX],
      weight: "likely", evidence: [refusal, ...refusals.slice(1, 3)], about: null,
    });
  }
  if (culprit === undefined || culprit.extendedKeyUsage.state !== "present") return null;
  const [first, ...more] = evidenceOf([evidence(culprit.extendedKeyUsage.span, "Client Authentication is not listed")], refusals);
  return first === undefined ? null : found({
    headline: `The server refused the certificate for its purpose: Enhanced Key Usage lists only ${purposesOf(culprit.extendedKeyUsage)}.`,
    why: "The server verifies that a client certificate may be used for client authentication; this one lists other purposes only.",
    overturnedBy: null, fix: FIX, weight: "proved", evidence: [first, ...more], about: culprit,
  });
}

/** The extension is quoted alone, of a certificate without a name: the refused one, or one to compare it with. */
function quotedExtension(situation: Situation, refusals: readonly Evidence[]): Outcome | null {
  const quoted = situation.certificates.filter((certificate) => certificate.role === "candidate" && certificate.extendedKeyUsage.state === "present" && !situation.candidates.includes(certificate));
  const lacking = quoted.filter(lacksClientAuth);
  const [culprit] = lacking;
  if (culprit === undefined || culprit.extendedKeyUsage.state !== "present") return null;
  const [first, ...more] = evidenceOf(lacking.slice(0, 3).flatMap(({ extendedKeyUsage: usage }) => (usage.state === "present" ? [evidence(usage.span, "Client Authentication is not listed")] : [])), refusals);
  return first === undefined ? null : found({
    headline: `The server refused the certificate for its purpose, and the Enhanced Key Usage that is quoted lists only ${purposesOf(culprit.extendedKeyUsage)}.`,
    why: "The server verifies that a client certificate may be used for client authentication; this extension lists other purposes only.",
    overturnedBy: lacking.length < quoted.length ? "Another extension that is quoted lists Client Authentication; the whole of the certificate that was sent would tell which of them is its own."
      : "The extension is quoted without its certificate; the whole of the certificate that was sent would confirm that it is its own.",
    fix: FIX, weight: "likely", evidence: [first, ...more], about: null,
  });
}
