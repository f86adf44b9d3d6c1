import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** What Java prints with `-Djavax.net.debug`: the handshake message by message, in the form since Java 11 and in the old one. */
export const javaDebug: InputFormat = {
  id: "java-debug",
  title: "Java TLS debug log",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
