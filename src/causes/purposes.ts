import type { Certificate } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { EKU_OIDS } from "../model/oids.ts";

/** Names of the codes by which servers refuse a certificate for its purpose. */
const PURPOSE_CODES = ["X509_V_ERR_INVALID_PURPOSE", "CERT_E_WRONG_USAGE", "GO_INCOMPATIBLE_KEY_USAGE"];

/**
 * Lines by which a server refused a certificate for its purpose. Clients print the same codes about a server's certificate: a
 * line that does not show who printed it counts only beside a certificate that lacks the purpose.
 */
export function purposeRefusals(situation: Situation): readonly Evidence[] {
  return codeLines(situation, PURPOSE_CODES, "refused for its purpose", situation.candidates.some(lacksClientAuth) ? "anyone" : "server");
}

/** The extension is printed, and lists neither Client Authentication nor any purpose. */
export function lacksClientAuth(certificate: Certificate): boolean {
  const usage = certificate.extendedKeyUsage;
  return usage.state === "present" && !usage.value.includes(EKU_OIDS.clientAuth) && !usage.value.includes(EKU_OIDS.anyExtendedKeyUsage);
}
