import type { Certificate } from "../correlate/certificates.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { EKU_OIDS } from "../model/oids.ts";

/** Names of the codes by which servers refuse a certificate for its purpose. */
const PURPOSE_CODES = ["X509_V_ERR_INVALID_PURPOSE", "CERT_E_WRONG_USAGE", "GO_X509_INCOMPATIBLE_USAGE"];

/** Lines by which a server refused a certificate for its purpose. */
export function purposeRefusals(situation: Situation): readonly Evidence[] {
  return situation.factsOf("error-code").filter((fact) => PURPOSE_CODES.includes(fact.name)).map((fact) => evidence(fact.span, "refused for its purpose"));
}

/** The extension is printed, and lists neither Client Authentication nor any purpose. */
export function lacksClientAuth(certificate: Certificate): boolean {
  const usage = certificate.extendedKeyUsage;
  return usage.state === "present" && !usage.value.includes(EKU_OIDS.clientAuth) && !usage.value.includes(EKU_OIDS.anyExtendedKeyUsage);
}
