import type { Certificate } from "../correlate/certificates.ts";
import { codeLines, codeLinesNotOfServer } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import { symptomOf } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, cannotTell, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { keyAccess, serialNumberOf } from "./collect.ts";

export const keyDoesNotMatchCertificate: Cause = {
  id: "key-does-not-match-certificate",
  title: "Key and certificate do not belong together",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-cryptacquirecertificateprivatekey"],
  refines: ["client-certificate-not-loaded"],
  check(situation: Situation): Outcome {
    const [first, ...more] = [...situation.candidates.flatMap((certificate) => discover(certificate, situation)), ...comparedByProgram(situation)];
    if (first !== undefined) return found(first, ...more);
    const tested = situation.candidates.filter((certificate) => certificate.key.tests.some((test) => test.value.passed));
    if (tested.length > 0 && tested.length === situation.candidates.length) {
      return ruledOut(tested.slice(0, 3).flatMap((certificate) => certificate.key.tests.filter((test) => test.value.passed).slice(0, 1).map((test) => evidence(test, "the key test passed"))), "");
    }
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    return situation.candidates.some((certificate) => certificate.key.linked?.value === true) ? cannotTell(keyAccess) : doesNotApply("no key is linked to a certificate at hand");
  },
};

/** What only a client prints beside it. */
const NOT_LOADED = ["CLIENT_KEY_NOT_LOADED", "CLIENT_CERTIFICATE_NOT_LOADED", "S_CLIENT_ERROR_SETTING_CERTIFICATE", "S_CLIENT_ERROR_SETTING_PRIVATE_KEY"];

/** The words of a program that was given two files. A server says the same of its own pair, which no client certificate is part of. */
function comparedByProgram(situation: Situation): readonly Discovery[] {
  const codes = ["X509_R_KEY_VALUES_MISMATCH"];
  const [line] = codeLinesNotOfServer(situation, codes, "key values mismatch");
  if (line === undefined) return [];
  const byClient = codeLines(situation, codes, undefined, "client").length > 0 || codeLines(situation, NOT_LOADED).length > 0;
  return [{
    headline: "The program refuses the pair: the private key is not the one of the certificate.", why: "The program compares the public keys of both files before it connects, and they differ.",
    overturnedBy: byClient ? null : "Whose pair it is the line does not show: a server that is given a wrong pair of its own prints the same.",
    weight: byClient ? "proved" : "likely", evidence: [line], about: null, fix: compareStep(),
  }];
}

function discover(certificate: Certificate, situation: Situation): readonly Discovery[] {
  const { error, tests, provider } = certificate.key;
  // A signature test that failed with a code failed because the key could not be used at all (no card, no provider, no window to ask in).
  const shown = tests.find((test) => !test.value.passed && (test.value.name === "public-key-match" || (test.value.name === "signature" && error === null))) ?? null;
  if (shown === null) return [];
  // A vendor's own guide shows the same line for its provider: there it may mean only that the comparison could not be run.
  const microsoft = provider?.value.startsWith("Microsoft ") === true;
  const weight = microsoft ? "proved" : "likely";
  const [first, ...more] = evidenceOf([evidence(shown, "the key that was opened is not the certificate's")], provider === null ? [] : [evidence(provider, "the provider that opened it")], symptomOf(situation), situation.outcome.clientError.slice(0, 1));
  return first === undefined ? [] : [{
    headline: "certutil opened a key, but it is not the key of this certificate.",
    why: "The selection needs only the link and counts the certificate; the signature made with another key does not verify, and the handshake fails.",
    overturnedBy: weight === "proved" ? null : "With a provider that is not Microsoft's the line may mean only that the comparison could not be run: compare the public keys yourself.",
    fix: [...compareStep(), { text: "Link the right key, import the PFX that holds both, or have the certificate issued again from the existing request.", command: `certutil -user -repairstore my ${serialNumberOf(certificate)}`, on: "client" }],
    weight, evidence: [first, ...more], about: certificate,
  }];
}

function compareStep(): Discovery["fix"] {
  return [{ text: "Compare the two public keys; the digests must be equal.", command: "openssl x509 -noout -pubkey -in client.pem | openssl sha256 & openssl pkey -pubout -in key.pem | openssl sha256", on: "client" }];
}
