import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { Situation } from "./situation.ts";

/** The line that proves that the server asked: its request, or a selection call with a list that only the server can have sent. */
export function askedBy(situation: Situation): readonly Evidence[] {
  if (situation.request.requested === true) return situation.request.evidence.slice(0, 1);
  for (const call of situation.calls) {
    const list = call.criteria.find((criterion) => (criterion.issuers?.length ?? 0) > 0);
    if (list !== undefined) return [evidence(list.declared ?? list.span, "the client selected by a list that the server had sent")];
  }
  return [];
}
