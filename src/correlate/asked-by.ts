import { codeLines } from "./code-lines.ts";
import { evidence } from "./evidence.ts";
import { silentServer } from "./requests.ts";
import type { Evidence } from "./evidence.ts";
import type { Situation } from "./situation.ts";

/** The line that proves that the server asked: its request, a selection call with a list that only the server can have sent, or a handshake that failed for want of an answer. */
export function askedBy(situation: Situation): readonly Evidence[] {
  if (silentServer(situation.runs) !== null) return [];
  if (situation.request.requested === true) return situation.request.evidence.slice(0, 1);
  for (const call of situation.calls) {
    const list = call.criteria.find((criterion) => (criterion.issuers?.length ?? 0) > 0);
    if (list !== undefined) return [evidence(list.declared ?? list.span, "the client selected by a list that the server had sent")];
  }
  const refused = situation.outcome.refusedOrNone.slice(0, 1);
  return refused.length > 0 ? refused : codeLines(situation, ASKED_IN_VAIN, "the server had asked in the handshake, and got no certificate").slice(0, 1);
}

/** Errors of a handshake in which the server asked and got nothing; a status of a page can also come from a server that never asked. */
const ASKED_IN_VAIN = ["SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE", "AH02263", "GO_NO_CLIENT_CERTIFICATE", "JAVA_EMPTY_CLIENT_CHAIN"];
