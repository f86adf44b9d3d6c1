import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Run } from "../correlate/requests.ts";
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
    const compared = refusals.length === 0 ? null : servedWithChain(situation, refusals);
    if (compared !== null) return compared;
    if (list === null || refusals.length === 0) return doesNotApply("no refusal for trust together with the server's list is at hand");
    // A client on Windows sends the intermediates that its stores hold, and 403.16 has more usual reasons.
    const iis = new Set(situation.factsOf("http-status").map((fact) => fact.span));
    const byIisAlone = refusals.every((line) => iis.has(line.span));
    for (const certificate of situation.candidates) {
      const { reachable, beyond } = situation.chainOf(certificate);
      const [direct, ...above] = [...reachable, ...beyond];
      if (direct === undefined || list.byKey.has(nameKey(direct.name.value))) continue;
      const listed = above.map((link) => list.byKey.get(nameKey(link.name.value))).find((name) => name !== undefined);
      if (listed === undefined || (byIisAlone && direct.authority !== null && direct.authority.listings.length > 0)) continue;
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

/** The same certificate was refused alone and served together with its chain. */
function servedWithChain(situation: Situation, refusals: readonly Evidence[]): Outcome | null {
  for (const served of situation.runs) {
    const option = served.fact?.options.find((one) => one.value.startsWith("-cert_chain")) ?? null;
    const page = served.statuses.find((status) => status.status < 400) ?? null;
    if (option === null || page === null || served.offeredCertificate === null) continue;
    const alone = situation.runs.find((run) => run !== served && isAlone(run) && run.fact?.connect?.value === served.fact?.connect?.value && run.offeredCertificate?.value === served.offeredCertificate?.value);
    if (alone?.offeredCertificate == null) continue;
    return toldBy(refusals.slice(0, 2), {
      headline: "The server refused the certificate when it came alone, and took it when the intermediate was sent along.",
      why: "The server must build the path from the certificate to a CA it trusts. It does not hold the intermediate, so the client has to send it.",
      overturnedBy: null,
      fix: [
        { text: "Give the client the full chain: its certificate, then the intermediates, in one file or key entry.", command: null, on: "client" },
        { text: "Or add the intermediate to the CAs of the server.", command: null, on: "server" },
      ],
      weight: "proved",
    }, [evidence(alone.offeredCertificate, "sent without its chain: refused"), evidence(option, "sent with its chain"), evidence(page.span, "and the page was served")]);
  }
  return null;
}

/** A certificate was given to the client, no chain, and the server answered with an error. */
function isAlone(run: Run): boolean {
  return run.offeredCertificate !== null && run.fact?.options.every((one) => !one.value.startsWith("-cert_chain")) === true
    && (run.statuses.some((status) => status.status >= 400) || run.alerts.some((alert) => alert.direction !== "sent"));
}
