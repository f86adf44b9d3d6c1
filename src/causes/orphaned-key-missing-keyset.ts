import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import { symptomOf } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { keyAccess, serialNumberOf } from "./collect.ts";

export const orphanedKeyMissingKeyset: Cause = {
  id: "orphaned-key-missing-keyset",
  title: "The key that the certificate points to cannot be opened",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains", "https://sysadmins.lv/blog-en/the-case-of-accidentally-deleted-user-certificates.aspx"],
  refines: [],
  check(situation: Situation): Outcome {
    const [first, ...more] = situation.candidates.flatMap((certificate) => discover(certificate, situation));
    if (first !== undefined) return found(first, ...more);
    const linked = situation.candidates.filter((certificate) => certificate.key.linked?.value === true);
    const opened = linked.filter((certificate) => certificate.key.status?.value === "usable" || certificate.key.status?.value === "unusable");
    if (linked.length > 0 && opened.length === linked.length && situation.candidates.every(isOpenedSomewhere)) {
      return ruledOut(opened.slice(0, 3).flatMap((certificate) => (certificate.key.status === null ? [] : [evidence(certificate.key.status, "certutil opened the key")])), "");
    }
    if (situation.candidates.length > 0 && situation.candidates.every((certificate) => certificate.key.linked?.value === false)) return doesNotApply("no key is linked at all");
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    return cannotTell(keyAccess);
  },
};

/** A key that one caller cannot open is there if another caller opens the same container. */
function isOpenedSomewhere({ prints }: Certificate): boolean {
  const opened = new Set(prints.filter(({ key }) => key.status?.value === "usable" || key.status?.value === "unusable").map(({ key }) => key.container?.value));
  return prints.every(({ key }) => key.status?.value !== "missing" || opened.has(key.container?.value));
}

function discover(certificate: Certificate, situation: Situation): readonly Discovery[] {
  const { status, container, error } = certificate.key;
  const missing = status?.value === "missing" ? status : error?.value === "0x80090016" ? error : null;
  if (missing === null) return [];
  const owner = certificate.prints.some((print) => print.store?.value.scope === "user") && certificate.key.machineKeyset?.value !== true;
  const failed = situation.outcome.clientError;
  const others = situation.candidates.some((other) => other !== certificate && other.key.status?.value === "usable");
  const weight = others && failed.length === 0 ? "possible" : owner && failed.length > 0 ? "proved" : "likely";
  const [first, ...more] = evidenceOf(
    [evidence(missing, "the key container cannot be opened")], container === null ? [] : [evidence(container, "the container that the certificate names")],
    failed.slice(0, 2), symptomOf(situation),
  );
  return first === undefined ? [] : [{
    headline: "The certificate points to a key container that cannot be opened.",
    why: "The link is enough for the selection: the certificate is counted and offered, and the handshake dies when the key is to sign. "
      + (owner ? "The listing is of the user's own store, so the owner of the key ran it: the key is gone." : "Either the key is gone, or the caller of certutil has no right to it."),
    overturnedBy: weight === "proved" ? null
      : owner ? "A client error at the moment of signing (0x8009030d, event 36870) would prove it; a key test that passes would overturn it."
        : "The same command in an elevated prompt, or as the account that owns the key: if a key test passes there, it is a question of rights.",
    fix: [
      { text: "Try to restore the link; this succeeds only if the key still exists under this account.", command: `certutil -user -repairstore my ${serialNumberOf(certificate)}`, on: "client" },
      { text: "Otherwise import certificate and key from the PFX backup, or enrol again.", command: "certutil -user -importpfx client.pfx", on: "client" },
    ],
    weight, evidence: [first, ...more], about: certificate,
  }];
}
