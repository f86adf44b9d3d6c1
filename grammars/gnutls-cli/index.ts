import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** gnutls-cli: a probe that prints the server's list of authorities and what was sent in answer. */
export const gnutlsCli: InputFormat = {
  id: "gnutls-cli",
  title: "gnutls-cli transcript",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
