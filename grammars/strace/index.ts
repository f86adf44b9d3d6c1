import type { InputFormat } from "../format.ts";
import { claim } from "./claim.ts";

/** Logs of Microsoft's STRACE, a tracer of socket and security calls of a Windows program. */
export const strace: InputFormat = {
  id: "strace",
  title: "STRACE log",
  landmarks: [
    "CertSelectCertificateChains", "CertSelectCertificateChains called", "CertSelectCertificateChains exited",
    "HTTP/1.", "exited with value : 0x8", "exited with value : -21",
  ],
  // Headers stand below a status line; the call that delivered it stands above.
  near: { "HTTP/1.": 100, "exited with value : 0x8": 8, "exited with value : -21": 8 },
  ends: { "CertSelectCertificateChains called": "CertSelectCertificateChains exited" },
  claim,
  reader: async () => (await import("./read.ts")).read,
};
