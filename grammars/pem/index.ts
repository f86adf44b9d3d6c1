import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Certificates in PEM outside of transcripts; files in DER and PKCS #7 are quoted in this form. */
export const pem: InputFormat = {
  id: "pem",
  title: "certificate file",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
