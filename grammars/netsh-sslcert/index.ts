import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Certificate bindings of http.sys, in any language. */
export const netshSslcert: InputFormat = {
  id: "netsh-sslcert",
  title: "certificate bindings (netsh)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
