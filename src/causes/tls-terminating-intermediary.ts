import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { hostOfRun, silentServer } from "../correlate/requests.ts";
import type { Run } from "../correlate/requests.ts";
import { nameKey } from "../model/name.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { transcript } from "./collect.ts";

export const tlsTerminatingIntermediary: Cause = {
  id: "tls-terminating-intermediary",
  title: "Something between client and server ends the TLS connection",
  sources: ["https://github.com/droe/sslsplit/issues/173", "https://github.com/AdguardTeam/AdguardForMac/issues/2"],
  refines: ["server-does-not-request", "wrong-binding-or-sni"],
  check(situation: Situation): Outcome {
    const seen = situation.runs.filter((run) => issuerOf(run) !== null && hostOfRun(run) !== null);
    for (const inspected of seen) {
      const genuine = seen.find((run) => run !== inspected && hostOfRun(run) === hostOfRun(inspected) && (run.fact?.serverName == null) === (inspected.fact?.serverName == null) && issuerKey(run) !== issuerKey(inspected) && run.requested === true && inspected.requested !== true);
      if (genuine === undefined) continue;
      const [first, ...more] = evidenceOf(
        issuerEvidence(inspected, "issuer of the server certificate as seen where it fails"), issuerEvidence(genuine, "issuer of the server certificate as seen where the server is reached"),
        inspected.requests.slice(-1).map((request) => evidence(request.because ?? request.authoritiesLine ?? request.span, "here no certificate is asked for")),
        genuine.requests.filter((request) => request.requested === true).slice(0, 1).map((request) => evidence(request.because ?? request.authoritiesLine ?? request.span, "here the server asks for one")),
      );
      if (first === undefined) continue;
      return found({
        headline: `For ${hostOfRun(inspected)} two different server certificates are seen, and only behind one of them a client certificate is asked for.`,
        why: "A proxy, virus scanner or load balancer that inspects TLS answers with a certificate of its own. The client talks to it, not to the server, so the server's request never arrives and no client certificate can pass through.",
        overturnedBy: null,
        fix: [
          { text: "Exempt the host from inspection (TLS bypass), or use TCP pass-through, on the device whose CA issued the certificate seen.", command: null, on: "client" },
          { text: "If the intermediary must stay: let it do client authentication and forward the certificate in a header the server trusts.", command: null, on: "server" },
        ],
        weight: "proved", evidence: [first, ...more], about: null,
      });
    }
    const asked = situation.runs.find((run) => run.requested === true && issuerOf(run) !== null);
    if (asked !== undefined && silentServer(situation.runs) === null && seen.every((run) => issuerKey(run) === issuerKey(asked) || hostOfRun(run) !== hostOfRun(asked))) {
      return ruledOut(issuerEvidence(asked, "the server that answers here asks for a certificate itself"), "");
    }
    if (situation.runs.length === 0 && situation.outcome.arrived !== false) return doesNotApply("no connection to the server is at hand");
    if (situation.calls.some((call) => call.criteria.some((criterion) => (criterion.issuers?.length ?? 0) > 0))) return doesNotApply("the client received a list of issuers, so the request reached it");
    return cannotTell({ ...transcript(situation), what: "the issuer of the server certificate as seen from the failing client and from another network" });
  },
};

function issuerOf(run: Run): Run["sessions"][number]["serverIssuer"] {
  return run.sessions.map((session) => session.serverIssuer).find((issuer) => issuer !== null) ?? null;
}

function issuerKey(run: Run): string | null {
  const issuer = issuerOf(run);
  return issuer === null ? null : nameKey(issuer.value);
}

function issuerEvidence(run: Run, shows: string): readonly ReturnType<typeof evidence>[] {
  const issuer = issuerOf(run);
  return issuer === null ? [] : [evidence(issuer, shows)];
}
