import { evidence } from "../correlate/evidence.ts";
import { countNames, estimatedWireBytes } from "../correlate/issuer-lists.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

/** Windows clients take handshake messages up to 0x8000 octets (tls-registry-settings, MessageLimitClient). */
const CLIENT_LIMIT = 0x8000;

export const handshakeMessageSizeLimit: Cause = {
  id: "handshake-message-size-limit",
  title: "The list of issuers is larger than a Windows client accepts",
  sources: ["https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings"],
  refines: [],
  check(situation: Situation): Outcome {
    const list = situation.serverList;
    if (list === null) return situation.request.emptyList === null ? doesNotApply("no list of issuers is at hand") : ruledOut([situation.request.emptyList], "");
    const size = estimatedWireBytes(list.names);
    if (size < CLIENT_LIMIT) return ruledOut([evidence(list.span, `${countNames(list)}, about ${size} bytes, far below the limit of ${CLIENT_LIMIT}`)], "");
    return toldBy([evidence(list.span, `${countNames(list)}, about ${size} bytes on the wire`)], {
      headline: `The list of issuers has about ${size} bytes; a Windows client takes handshake messages of up to ${CLIENT_LIMIT}.`,
      why: "A larger message ends the handshake abruptly, before any certificate is chosen. Other clients have larger limits and work.",
      overturnedBy: "That the failing client is Windows, and its setting of MessageLimitClient, are not in the inputs.",
      fix: [{ text: "Send fewer issuers; or raise MessageLimitClient under SCHANNEL\\Messaging on the client.", command: "reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Messaging", on: "client" }],
      weight: "possible",
    }) ?? doesNotApply("no list of issuers is at hand");
  },
};
