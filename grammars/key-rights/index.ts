import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Rights of key files (icacls), and the accounts of shells and programs. */
export const keyRights: InputFormat = {
  id: "key-rights",
  title: "rights of key files and accounts",
  landmarks,
  near: Object.fromEntries(landmarks.map((landmark) => [landmark, 60])),
  claim,
  reader: async () => (await import("./read.ts")).read,
};
