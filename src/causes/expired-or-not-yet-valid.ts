import { alertLines, codeLines, ofUnknownReceiver, statusLines, toldByEvents } from "../correlate/code-lines.ts";
import { clearedBy, exclusionsBy } from "../correlate/exclusions.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Certificate } from "../correlate/certificates.ts";
import { nameKey } from "../model/name.ts";
import { validityAt } from "../correlate/validity.ts";
import { cannotTell, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome, Step } from "./cause.ts";
import { verboseUserStore } from "./collect.ts";

const FIX: readonly Step[] = [
  { text: "Renew the certificate, and delete the expired copy so that nothing chooses it.", command: "certutil -user -store my", on: "client" },
  { text: "If the dates look right: compare the clocks of client and server.", command: "w32tm /query /status", on: "client" },
];

export const expiredOrNotYetValid: Cause = {
  id: "expired-or-not-yet-valid",
  title: "The certificate is outside its period of validity",
  sources: ["https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certselectcertificatechains"],
  refines: [],
  check(situation: Situation): Outcome {
    const refusals = dateRefusals(situation);
    const [first, ...more] = [...exclusionsBy(situation, "NOT_EXPIRED").map((exclusion): Discovery => {
      const { certificate } = exclusion;
      const early = validityAt(certificate, situation.at.moment).state === "not-yet-valid";
      const byClock = situation.at.source === "clock" && exclusion.weight === "proved";
      const [head, ...tail] = evidenceOf(exclusion.evidence, situation.at.evidence === null ? [] : [situation.at.evidence], refusals);
      return {
        headline: early ? `The certificate was not valid yet: it begins on ${certificate.notBefore?.value.printed}.` : `The certificate had expired: it ended on ${certificate.notAfter?.value.printed}.`,
        why: "Selection drops certificates outside their period of validity unless the caller passes CERT_SELECT_ALLOW_EXPIRED (0x1); servers refuse them as well.",
        overturnedBy: byClock ? "The moment of the incident is not in the input, the present was taken: give it with --at." : exclusion.overturnedBy,
        fix: FIX, weight: byClock ? "likely" : exclusion.weight, evidence: [head ?? exclusion.evidence[0], ...tail], about: certificate,
      };
    }), ...refusedByServer(situation, refusals), ...expiredAuthorities(situation, refusals)];
    if (first !== undefined) return found(first, ...more);
    const cleared = clearedBy(situation, "NOT_EXPIRED");
    if (cleared !== null) return ruledOut(cleared, "");
    if (situation.outcome.accepted !== null) return ruledOut([situation.outcome.accepted], "");
    const expiredByNow = situation.at.source === "clock" && situation.candidates.some((certificate) => validityAt(certificate, situation.at.moment).state === "expired");
    return cannotTell(expiredByNow ? { what: "the moment of the attempt: a certificate at hand has expired by now; give the moment with --at", command: "certwhy --at 2024-01-31T12:00:00Z FILE...", on: "client", account: null } : verboseUserStore);
  },
};

const DATE_CODES = ["CERT_E_EXPIRED", "X509_V_ERR_CERT_HAS_EXPIRED", "X509_V_ERR_CERT_NOT_YET_VALID", "GO_CERTIFICATE_EXPIRED"];

function dateRefusals(situation: Situation): ReturnType<typeof evidenceOf> {
  return [
    ...statusLines(situation, 403, 17, "403.17: expired or not yet valid"), ...alertLines(situation, 45, "alert 45: certificate expired"), ...codeLines(situation, DATE_CODES, undefined, "server"),
  ];
}

/** The server says so although no certificate at hand shows it. */
function refusedByServer(situation: Situation, refusals: ReturnType<typeof evidenceOf>): readonly Discovery[] {
  const [first, ...more] = refusals;
  if (first === undefined || exclusionsBy(situation, "NOT_EXPIRED").length > 0) return [];
  if (ofUnknownReceiver(situation, refusals)) {
    return [{
      headline: "A program received the alert \"certificate expired\": its peer refused a certificate that this program sent.",
      why: "Received by the client, the alert says that its certificate (or a CA above it) has expired, or that the server's clock is wrong. Received by a server, it is about the server's own certificate.",
      overturnedBy: "Which program received the alert is not in the inputs.", fix: FIX, weight: toldByEvents(situation, refusals) ? "possible" : "likely", evidence: [first, ...more], about: null,
    }];
  }
  const outside = situation.candidates.filter((certificate) => ["expired", "not-yet-valid"].includes(validityAt(certificate, situation.at.moment).state));
  const [culprit] = outside;
  if (culprit !== undefined && situation.at.source !== "clock") {
    const validity = validityAt(culprit, situation.at.moment);
    const only = outside.length === situation.candidates.length;
    return [{
      headline: validity.state === "expired" ? `The server refused the certificate because it had expired: it ended on ${culprit.notAfter?.value.printed}.`
        : `The server refused the certificate because it was not valid yet: it begins on ${culprit.notBefore?.value.printed}.`,
      why: "The client offered it all the same (CERT_SELECT_ALLOW_EXPIRED, 0x1, or a client that does not look at dates), and servers look at the period of validity.",
      overturnedBy: only ? null : "Another certificate at hand is within its dates: which one was sent the inputs do not show.",
      fix: FIX, weight: only ? "proved" : "likely", evidence: [first, ...evidenceOf(more, validity.evidence)], about: culprit,
    }];
  }
  return [{
    headline: "The server refused the certificate because of its dates.",
    why: "The refusal names the period of validity. Either the certificate (or a CA above it) has expired, or the server's clock is wrong.",
    overturnedBy: "The dates of the certificate that was sent, and the server's clock, would confirm it.", fix: FIX, weight: "likely", evidence: [first, ...more], about: null,
  }];
}

/** A CA of a certificate's chain is outside its period of validity, and no other copy of it at hand is within it. */
function expiredAuthorities(situation: Situation, refusals: ReturnType<typeof evidenceOf>): readonly Discovery[] {
  if (situation.at.source === "clock" || situation.outcome.accepted !== null || situation.outcome.arrived === false) return [];
  const stateOf = (certificate: Certificate): string => validityAt(certificate, situation.at.moment).state;
  const above = situation.candidates.filter((certificate) => stateOf(certificate) === "valid")
    .flatMap((certificate) => situation.chainOf(certificate).reachable.flatMap(({ authority }) => (authority === null || authority === certificate ? [] : [authority])));
  return [...new Set(above)].flatMap((authority): readonly Discovery[] => {
    const key = authority.subject === null ? null : nameKey(authority.subject.value);
    const copies = key === null ? [] : situation.authorities.bySubject.get(key) ?? [];
    if (stateOf(authority) !== "expired" || copies.some((copy) => stateOf(copy) !== "expired")) return [];
    const [first, ...more] = evidenceOf(validityAt(authority, situation.at.moment).evidence, refusals.slice(0, 2), situation.outcome.refused.slice(0, 2));
    return first === undefined ? [] : [{
      headline: `A CA of the certificate's chain had expired: ${authority.subject?.value.printed.split("\n").join(", ") ?? ""} ended on ${authority.notAfter?.value.printed}.`,
      why: "The certificate itself is within its dates, but a server verifies the whole chain and refuses one that holds an expired CA.",
      overturnedBy: "Client or server may hold a newer certificate of that CA, which is not in the inputs.",
      fix: [{ text: "Install the renewed certificate of the CA, or have the client's certificate issued by a CA that is valid.", command: "certutil -verify -urlfetch client.cer", on: "server" }],
      weight: situation.outcome.refused.length > 0 ? "likely" : "possible", evidence: [first, ...more], about: authority,
    }];
  });
}
