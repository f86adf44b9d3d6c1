import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Certificate stores as PowerShell lists its Cert: drive. */
export const certDrive: InputFormat = {
  id: "cert-drive",
  title: "store listing (PowerShell)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
