import type { LabelTable } from "./label.ts";

/** Japanese: little is known; what is missing here is read by its place. */
export const ja: LabelTable = {
  locale: "ja",
  seenIn: "scripts that read Japanese output",
  labels: {
    "not-after": ["この日以前:"],
    "cert-hash": ["Cert ハッシュ"],
  },
};
