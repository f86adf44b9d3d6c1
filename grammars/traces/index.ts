import type { InputFormat } from "../format.ts";
import { claim, landmarks } from "./claim.ts";

/** Loose lines of evidence: error codes, statuses, alerts, events, settings; whatever stands on a ticket beside the three big formats. */
export const traces: InputFormat = {
  id: "traces",
  title: "other lines on the ticket",
  landmarks,
  // Each piece of evidence is one line; the lines around it show what it belongs to.
  near: Object.fromEntries(landmarks.map((landmark) => [landmark, 4])),
  claim,
  reader: async () => (await import("./read.ts")).read,
};
