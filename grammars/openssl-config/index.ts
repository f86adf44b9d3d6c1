import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** TLS settings of OpenSSL: its configuration file, and the directives of nginx and Apache that hand them over. */
export const opensslConfig: InputFormat = {
  id: "openssl-config",
  title: "OpenSSL configuration",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
