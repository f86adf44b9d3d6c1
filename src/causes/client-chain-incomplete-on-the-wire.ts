import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { nameKey } from "../model/name.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { trustRefusals } from "./issuer-not-trusted-by-server.ts";
import { toldBy } from "./told-by-lines.ts";

export const clientChainIncompleteOnTheWire: Cause = {
  id: "client-chain-incomplete-on-the-wire",
  title: "The client sends its certificate without the intermediate that the server needs",
  sources: ["https://github.com/mitmproxy/mitmproxy/issues/3937", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"],
  refines: ["issuer-not-trusted-by-server"],
  check(situation: Situation): Outcome {
    const list = situation.serverList;
    const refusals = trustRefusals(situation);
    if (situation.outcome.arrived === false) return ruledOut(situation.outcome.evidence.slice(0, 1), "");
    if (list === null || refusals.length === 0) return doesNotApply("no refusal for trust together with the server's list is at hand");
    for (const certificate of situation.candidates) {
      const { reachable, beyond } = situation.chainOf(certificate);
      const [direct, ...above] = [...reachable, ...beyond];
      if (direct === undefined || list.byKey.has(nameKey(direct.name.value))) continue;
      const listed = above.map((link) => list.byKey.get(nameKey(link.name.value))).find((name) => name !== undefined);
      if (listed === undefined) continue;
      const told = toldBy(evidenceOf(refusals.slice(0, 2), [evidence(listed, "the server knows the CA above"), evidence(direct.name, "but the certificate was issued by this intermediate")]), {
        headline: `The server trusts a CA above ${direct.name.value.printed} and refused the certificate: the intermediate was probably not sent along.`,
        why: "The server must build the path from the certificate to its root. If the client sends only its own certificate and the server does not hold the intermediate, the path is broken.",
        overturnedBy: "How many certificates the client sent is not in the inputs: a capture, or a client that sends the chain, would tell.",
        fix: [
          { text: "Try with the chain (s_client -cert alone sends only the first certificate of the file).", command: "openssl s_client -connect HOST:443 -cert client.pem -key key.pem -cert_chain intermediate.pem -prexit", on: "client" },
          { text: "Give the client the full chain, or the server the intermediate.", command: null, on: "server" },
        ],
        weight: "likely", about: certificate,
      });
      if (told !== null) return told;
    }
    return doesNotApply("the issuer of the certificate is in the list itself, or no CA above it is");
  },
};
