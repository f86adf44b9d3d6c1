import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Logs of IIS with the names of their fields. */
export const w3cLog: InputFormat = {
  id: "w3c-log",
  title: "server log (W3C)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
