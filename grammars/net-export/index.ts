import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** The network log of Chrome and Edge: the server's request as octets, and how many certificates went back. */
export const netExport: InputFormat = {
  id: "net-export",
  title: "Chrome net-export",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
