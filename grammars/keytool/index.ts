import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Key stores of Java as `keytool -list -v` prints them. */
export const keytool: InputFormat = {
  id: "keytool",
  title: "key store (keytool)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
