import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Packets that Wireshark or tshark printed as text: a line for each, or all their fields. */
export const wireshark: InputFormat = {
  id: "wireshark",
  title: "Wireshark text",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
