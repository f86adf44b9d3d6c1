import type { LabelTable } from "./label.ts";

/** Italian; `Provider =` and the dates stay English. */
export const it: LabelTable = {
  locale: "it",
  seenIn: "-dump of PFX files",
  labels: {
    "certificate-banner": ["Certificato"],
    "nesting-begin": ["Inizio nidificazione livello"],
    "nesting-end": ["Fine nidificazione livello"],
    element: ["Elemento"],
    "serial-number": ["Numero di serie:"],
    issuer: ["Autorità emittente:"],
    subject: ["Soggetto:"],
    "cert-hash": ["Hash certificato"],
    "signature-matches": ["La firma elettronica corrisponde alla chiave pubblica"],
    root: ["Certificato radice:"],
    "signature-passed": ["Verifica firma riuscita"],
  },
};
