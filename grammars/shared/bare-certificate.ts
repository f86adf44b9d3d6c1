import type { CertificateFact, KeyAssociation } from "../../src/model/fact.ts";

/** Nothing is printed about a key. */
export const noKey: KeyAssociation = {
  linked: null, container: null, uniqueContainer: null, provider: null, providerType: null, flags: null, machineKeyset: null, keySpec: null, cngKeyUsage: null,
  tests: [], exportable: null, error: null, status: null,
};

/** A certificate of which only the given fields are printed. */
export function bareCertificate(given: Pick<CertificateFact, "format" | "span" | "section"> & Partial<CertificateFact>): CertificateFact {
  return {
    kind: "certificate", role: null, serialNumber: null, issuer: null, subject: null, notBefore: null, notAfter: null, sha1Thumbprint: null, keyUsage: null,
    extendedKeyUsage: null, enhancedKeyUsageProperty: null, applicationPolicies: null, extensionsPrinted: false, announcedExtensions: null, extensionOids: [],
    publicKey: null, signatureAlgorithm: null, template: null, subjectAlternativeNames: null, subjectKeyIdentifier: null, authorityKeyIdentifier: null, isCa: null,
    store: null, key: noKey, ...given,
  };
}
