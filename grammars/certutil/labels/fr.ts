import type { LabelTable } from "./label.ts";

/** French. The blank before a colon may be U+0020 or U+00A0, or be missing. */
export const fr: LabelTable = {
  locale: "fr",
  seenIn: "-store listings of the personal and the root store, verbose extensions, a certificate request",
  labels: {
    "certificate-banner": ["Certificat"],
    "serial-number": ["Numéro de série :"],
    issuer: ["Émetteur:"],
    subject: ["Objet:"],
    template: ["Modèle:"],
    "ca-version": ["Version de l’autorité de certification:"],
    "signature-algorithm": ["Algorithme de signature :"],
    "cert-hash": ["Hach. cert."],
    "signature-matches": ["La signature correspond à la clé publique"],
    root: ["Certificat racine :"],
    "non-root": ["Il ne s’agit pas d’un certificat racine"],
    "key-container": ["Conteneur de clé ="],
    provider: ["Fournisseur ="],
    "encryption-passed": ["Test de chiffrement réussi"],
    "no-provider": ["Aucune information sur le fournisseur de clé"],
    "not-found": ["Impossible de trouver le certificat et la clé privée pour le déchiffrement."],
    reader: ["Lecteur:"],
    card: ["Carte:"],
    "card-status": ["Statut:"],
    "key-usage": ["Utilisation de la clé"],
    "enhanced-key-usage": ["Utilisation avancée de la clé"],
  },
};
