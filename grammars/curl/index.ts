import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** `curl -v`: handshake messages one by one where OpenSSL is in use, a few words where Schannel is. */
export const curl: InputFormat = {
  id: "curl",
  title: "curl -v",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
