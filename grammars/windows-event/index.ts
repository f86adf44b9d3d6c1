import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Events of Schannel and CAPI2 in XML, and traces of failed requests of IIS. */
export const windowsEvent: InputFormat = {
  id: "windows-event",
  title: "Windows event (XML)",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
