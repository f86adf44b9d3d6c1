import type { InputFormat } from "../format.ts";
import { claim } from "./claim.ts";

/** Logs of Microsoft's STRACE, a tracer of socket and security calls of a Windows program. */
export const strace: InputFormat = {
  id: "strace",
  title: "STRACE log",
  landmarks: ["CertSelectCertificateChains", "HTTP/1.", "exited with value : 0x8", "exited with value : -21"],
  claim,
  reader: async () => (await import("./read.ts")).readStrace,
};
