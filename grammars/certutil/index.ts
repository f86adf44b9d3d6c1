import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Output of Windows' certutil: -store, -dump, -scinfo, -verify and their kin, in any language of Windows. */
export const certutil: InputFormat = {
  id: "certutil",
  title: "certutil output",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
