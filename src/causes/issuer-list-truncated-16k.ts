import { isSelfIssued } from "../correlate/certificates.ts";
import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { exclusionsBy } from "../correlate/exclusions.ts";
import { countNames, estimatedDerBytes, estimatedWireBytes, membershipOf } from "../correlate/issuer-lists.ts";
import type { IssuerList } from "../correlate/issuer-lists.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome, Step } from "./cause.ts";
import { schannelEvents } from "./collect.ts";

/** Octets to which Schannel cuts its list: 16 KB on Windows Server 2008 R2 and 2012, 0x3000 on 2003 (KB 933430). */
const LIMITS = [16_384, 12_288] as const;

/** A list this much below a limit, in octets, may have been cut there: about one long name. */
const NEAR = 400;

const FIX: readonly Step[] = [
  { text: "Remove roots that this server does not need from its Trusted Root store (the update KB 931125 filled it on many servers), then restart the service.", command: "certutil -store root", on: "server" },
  { text: "Or send only the issuers that matter: Client Authentication Issuers store with sslctlstorename, from Windows Server 2012 on.", command: "netsh http show sslcert", on: "server" },
];

export const issuerListTruncated16k: Cause = {
  id: "issuer-list-truncated-16k",
  title: "The server's list of issuers was cut at its size limit",
  sources: ["https://support.microsoft.com/en-us/help/2464556", "https://mskb.pkisolutions.com/kb/933430"],
  refines: ["issuer-not-in-server-list"],
  check(situation: Situation): Outcome {
    const events = codeLines(situation, ["SCHANNEL_EVENT_36885"], "event 36885: the list of trusted authorities was cut");
    const list = situation.replay?.list ?? situation.serverList;
    const [event] = events;
    if (event !== undefined) return found(byEvent(situation, event));
    if (list === null) return situation.request.emptyList === null ? doesNotApply("no list of issuers is at hand") : ruledOut([situation.request.emptyList], "");
    const size = estimatedWireBytes(list.names);
    const limit = LIMITS.find((one) => size <= one && size > one - NEAR);
    const sizeEvidence = evidence(list.span, `${countNames(list)}, about ${size} bytes on the wire`);
    if (limit === undefined) {
      if (list.incomplete !== null) return size < (LIMITS[1] as number) / 2 && list.announced !== null && list.announced.value < 60 ? ruledOut([evidence(list.announced, "too few issuers for the limit")], "") : cannotTell(schannelEvents);
      return ruledOut([sizeEvidence], "");
    }
    const discoveries = exclusionsBy(situation, "ISSUER_NAME").filter(({ certificate }) => membershipOf(situation.chainOf(certificate), list).state === "not-listed").map((exclusion): Discovery => {
      const trusted = inRootStore(situation, exclusion.certificate, list);
      const [first, ...more] = evidenceOf([sizeEvidence], trusted, exclusion.evidence);
      return {
        headline: `The list ends just below ${limit} bytes and lacks the certificate's CA${trusted.length > 0 ? ", which the server holds in its Root store" : ""}: it was probably cut by Schannel.`,
        why: "When the names of all trusted roots do not fit, Schannel leaves out the rest. A client whose CA fell behind the cut has no acceptable certificate; nothing in the list itself shows the cut.",
        overturnedBy: "Event 36885 of the server would prove it; a Root store without that CA would overturn it.",
        fix: FIX, weight: trusted.length > 0 ? "likely" : "possible", evidence: [first ?? exclusion.evidence[0], ...more], about: exclusion.certificate,
      };
    });
    const [first, ...more] = discoveries;
    return first === undefined ? cannotTell(schannelEvents) : found(first, ...more);
  },
};

function byEvent(situation: Situation, event: Evidence): Discovery {
  const [lacking] = exclusionsBy(situation, "ISSUER_NAME");
  const [first, ...more] = evidenceOf([event], lacking?.evidence ?? []);
  return {
    headline: lacking === undefined ? "The server reports that its list of issuers was cut." : "The server reports that its list of issuers was cut, and the certificate's CA is not in what is left.",
    why: "Event 36885 says that the names of all trusted roots did not fit, so some were left out. A client whose CA is among them has no acceptable certificate.",
    overturnedBy: lacking === undefined ? "Whether the client's CA is among the names that were left out is not in the inputs: a transcript with the list and the client's certificate would show it." : null,
    fix: FIX, weight: lacking === undefined || lacking.weight === "possible" ? "likely" : "proved", evidence: [first ?? event, ...more], about: lacking?.certificate ?? null,
  };
}

/** The top of the chain is in a listed Root store and is missing in the list, and there was no room left for it. */
function inRootStore(situation: Situation, certificate: Parameters<Situation["chainOf"]>[0], list: IssuerList): readonly Evidence[] {
  const top = situation.chainOf(certificate).reachable.at(-1)?.authority ?? null;
  if (top === null || !isSelfIssued(top) || top.subject === null) return [];
  if (estimatedDerBytes(top.subject.value) + 2 + estimatedWireBytes(list.names) < (LIMITS[1] as number)) return [];
  return top.listings.filter((listing) => listing.store.value.name.toLowerCase() === "root").slice(0, 1).flatMap((listing) => [
    evidence(top.subject ?? top.span, "the CA is in the listed Root store"), evidence(listing.store, "listing of the Root store"),
  ]);
}
