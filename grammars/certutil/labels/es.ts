import type { LabelTable } from "./label.ts";

/** Spanish. */
export const es: LabelTable = {
  locale: "es",
  seenIn: "key lines of a verbose -store listing",
  labels: {
    "signature-algorithm": ["Algoritmo de firma:"],
    "unique-container": ["Nombre de contenedor exclusivo:"],
    provider: ["Proveedor ="],
    "provider-type": ["Tipo de proveedor ="],
    flags: ["Marcas ="],
    "key-spec": ["Especificación de clave ="],
    "encryption-passed": ["Prueba de cifrado correcta"],
  },
};
