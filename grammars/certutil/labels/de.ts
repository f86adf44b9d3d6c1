import type { LabelTable } from "./label.ts";

/** German. Unlike most languages, the two dates are translated, too. */
export const de: LabelTable = {
  locale: "de",
  seenIn: "a verbose -dump of a certificate file, short -store listings, -importPFX",
  labels: {
    "certificate-banner": ["Zertifikat"],
    x509: ["X.509-Zertifikat:"],
    "serial-number": ["Seriennummer:"],
    issuer: ["Aussteller:"],
    subject: ["Antragsteller:"],
    "not-before": ["Nicht vor:"],
    "not-after": ["Nicht nach:"],
    template: ["Vorlage:"],
    "signature-algorithm": ["Signaturalgorithmus:"],
    "algorithm-id": ["Algorithmus Objekt-ID:"],
    "algorithm-parameters": ["Algorithmusparameter:"],
    "public-key-algorithm": ["Öffentlicher Schlüssel-Algorithmus:"],
    "public-key-length": ["Länge des öffentlichen Schlüssels:"],
    "public-key": ["Öffentlicher Schlüssel:"],
    "name-hash": ["Namenshash"],
    "cert-hash": ["Zertifikathash"],
    "non-root": ["Kein Stammzertifikat"],
    "key-container": ["Schlüsselcontainer ="],
    "unique-container": ["Eindeutiger Containername:"],
    provider: ["Anbieter ="],
    "not-exportable": ["Der private Schlüssel ist NICHT exportierbar"],
    "encryption-passed": ["Verschlüsselungstest wurde durchgeführt"],
    reader: ["Leser:"],
    card: ["Karte:"],
  },
};
