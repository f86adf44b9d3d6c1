import type { LabelTable } from "./label.ts";

/** Russian: little is known; what is missing here is read by its place. */
export const ru: LabelTable = {
  locale: "ru",
  seenIn: "scripts that read Russian output",
  labels: {
    "serial-number": ["Серийный номер:"],
    "name-hash": ["Хэш имени"],
    "cert-hash": ["Хеш сертификата"],
  },
};
