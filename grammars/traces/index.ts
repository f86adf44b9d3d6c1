import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Loose lines of evidence: error codes, statuses, alerts, events, settings; whatever stands on a ticket beside the three big formats. */
export const traces: InputFormat = {
  id: "traces",
  title: "other lines on the ticket",
  landmarks,
  claim,
  reader: async () => (await import("./read.ts")).read,
};
