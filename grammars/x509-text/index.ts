import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Certificates in words, as `openssl x509 -text` and its single options print them. */
export const x509Text: InputFormat = {
  id: "x509-text",
  title: "certificate in words (openssl x509)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
