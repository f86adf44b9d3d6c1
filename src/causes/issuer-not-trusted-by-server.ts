import { alertLines, codeLines, ofUnknownReceiver, statusLines } from "../correlate/code-lines.ts";
import type { Evidence } from "../correlate/evidence.ts";
import { membershipOf } from "../correlate/issuer-lists.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Missing, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const FIX: readonly Step[] = [
  { text: "Check on the server, as the account of the server, which chain it builds.", command: "certutil -verify -urlfetch client.cer", on: "server" },
  { text: "Windows: install the root for the computer.", command: "certutil -addstore root root.cer", on: "server" },
  { text: "nginx, Apache, HAProxy: list what the CA file really holds; it must contain every CA up to the root.", command: "openssl crl2pkcs7 -nocrl -certfile ca.pem | openssl pkcs7 -print_certs -noout", on: "server" },
];

const SERVER_VERIFICATION: Missing = {
  what: "why the server refused the certificate: its own log (nginx error_log at info, Apache's SSL log, the sub-status of IIS, Schannel event 36877), or a verification with the CA file that it uses",
  command: "openssl verify -purpose sslclient -CAfile ca.pem -untrusted intermediate.pem client.pem", on: "server", account: null,
};

export const issuerNotTrustedByServer: Cause = {
  id: "issuer-not-trusted-by-server",
  title: "The server does not trust the issuer of the certificate",
  sources: ["https://learn.microsoft.com/troubleshoot/developer/webapps/iis/site-behavior-performance/http-403-forbidden-open-webpage", "https://github.com/caddyserver/caddy/issues/5981"],
  refines: [],
  check(situation: Situation): Outcome {
    return unknownRoot(situation) ?? ofEitherSide(situation) ?? toldBy(trustRefusals(situation), {
      headline: "A certificate arrived, and the server found no trusted path to its root.",
      why: "The root is not among those that the server trusts for clients, or was imported for a user instead of the computer; or the server lacks an intermediate that the client did not send.",
      overturnedBy: `The message does not tell a missing root from a missing intermediate or (IIS) from a Root store that holds certificates which are no roots: the commands below would.${ofUnknownReceiver(situation, trustRefusals(situation)) ? " If a server printed the alert, it is about the server's own certificate." : ""}`,
      fix: FIX,
      weight: "likely",
    }) ?? (refusedWithoutReason(situation) ? cannotTell(SERVER_VERIFICATION) : situation.outcome.arrived === false ? ruledOut(situation.outcome.evidence.slice(0, 1), "")
      : situation.outcome.accepted !== null ? ruledOut([situation.outcome.accepted], "") : doesNotApply("no refusal for trust is at hand"));
  },
};

/** Lines by which a server says that it cannot trust the issuer. */
export function trustRefusals(situation: Situation): readonly Evidence[] {
  return [
    ...statusLines(situation, 403, 16, "403.16: the certificate arrived and is untrusted or invalid"),
    ...alertLines(situation, 48, "alert 48: the certificate is from a CA that the server does not trust").filter((line) => !eventSpans(situation).has(line.span)),
    ...codeLines(situation, TRUST_CODES, undefined, "server"),
  ];
}

const TRUST_CODES = ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE", "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN", "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_E_UNTRUSTEDROOT", "CERT_E_CHAINING", "GO_UNKNOWN_AUTHORITY"];

/** Event 36887 is written on both machines: on the server it says that the client refused the server's certificate. */
function ofEitherSide(situation: Situation): Outcome | null {
  const events = alertLines(situation, 48, "event 36887: alert 48 was received on the machine that wrote the event").filter((line) => eventSpans(situation).has(line.span));
  if (trustRefusals(situation).length > 0) return null;
  return toldBy(events, {
    headline: "Schannel received the alert \"unknown CA\": its peer does not trust a certificate that this machine sent.",
    why: "Written on the client, the event says that the server does not trust the issuer of the client's certificate. Written on the server, it says that a client does not trust the server's own certificate, which is another matter.",
    overturnedBy: "Which machine wrote the event is not in the inputs.",
    fix: FIX, weight: "possible",
  });
}

function eventSpans(situation: Situation): ReadonlySet<Evidence["span"]> {
  return new Set(situation.factsOf("alert").filter((fact) => fact.ofEvent === true).map((fact) => fact.span));
}

/** Refused by a server built on OpenSSL, whose list names the CAs that it trusts, and the whole chain of the certificate is known and not among them. */
function unknownRoot(situation: Situation): Outcome | null {
  const list = situation.serverList;
  const refusals = codeLines(situation, TRUST_CODES.filter((name) => name.startsWith("X509_V_ERR_")), undefined, "server");
  if (list === null || refusals.length === 0 || situation.outcome.arrived !== true) return null;
  const memberships = situation.candidates.map((certificate) => ({ certificate, membership: membershipOf(situation.chainOf(certificate), list) }));
  const [first] = memberships;
  if (first === undefined || memberships.some(({ membership }) => membership.state !== "not-listed")) return null;
  return toldBy(refusals.slice(0, 2), {
    headline: "A certificate arrived, and no CA of its chain is among those that the server names as trusted.",
    why: "nginx, Apache and HAProxy take the CAs that they ask for from the file of CAs that they trust. The chain of this certificate ends at a root that is not in it.",
    overturnedBy: null, fix: FIX, weight: "proved", about: first.certificate,
  }, first.membership.evidence);
}

/** Alerts 42, 43 and 46 say that the certificate was refused, and leave open why. */
function refusedWithoutReason({ outcome, factsOf }: Situation): boolean {
  const open = new Set(factsOf("alert").filter((fact) => fact.number === 42 || fact.number === 43 || fact.number === 46).map((fact) => fact.span));
  return outcome.refused.length > 0 && outcome.refused.every((line) => open.has(line.span));
}
