import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Results of `openssl verify`. */
export const opensslVerify: InputFormat = {
  id: "openssl-verify",
  title: "openssl verify",
  landmarks,
  near: Object.fromEntries(landmarks.map((landmark) => [landmark, 40])),
  claim,
  reader: async () => (await import("./read.ts")).read,
};
