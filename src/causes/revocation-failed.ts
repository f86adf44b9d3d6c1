import { alertLines, codeLines, ofUnknownReceiver, statusLines, toldByEvents } from "../correlate/code-lines.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Situation } from "../correlate/situation.ts";
import { doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const REVOKED = ["CRYPT_E_REVOKED", "CERT_E_REVOKED", "X509_V_ERR_CERT_REVOKED"];
const UNCHECKED = ["CRYPT_E_NO_REVOCATION_CHECK", "CRYPT_E_REVOCATION_OFFLINE", "X509_V_ERR_UNABLE_TO_GET_CRL", "X509_V_ERR_CRL_HAS_EXPIRED"];

export const revocationFailed: Cause = {
  id: "revocation-failed",
  title: "The certificate is revoked, or the server could not check it",
  sources: ["https://mskb.pkisolutions.com/kb/294305", "https://learn.microsoft.com/windows/win32/seccrypto/common-hresult-values"],
  refines: [],
  check(situation: Situation): Outcome {
    const alerts = alertLines(situation, 44, "alert 44: certificate revoked");
    const revoked = [...notOfClient(situation, REVOKED), ...alerts];
    const unchecked = notOfClient(situation, UNCHECKED);
    const status = statusLines(situation, 403, 13, "403.13: revoked, or not checkable");
    const really = revoked.length > 0 && unchecked.length === 0;
    const offline = unchecked.length > 0 && revoked.length === 0;
    const byServer = status.length > 0 || !ofUnknownReceiver(situation, alerts) || codeLines(situation, [...REVOKED, ...UNCHECKED], "", "server").length > 0;
    return toldBy([...revoked, ...unchecked, ...status], {
      headline: !byServer ? "A program reports that a certificate is revoked or could not be checked; whose certificate that is the line does not show."
        : really ? "The certificate is revoked." : offline ? "The server could not check whether the certificate is revoked, and refused it." : "The server refused the certificate over its revocation status.",
      why: "A server that checks revocation refuses a certificate as well when it cannot reach the revocation list; 403.13 alone does not tell the two apart, the Win32 status does.",
      overturnedBy: !byServer ? "Who printed this is not in the inputs: a client that checks the server's certificate prints the same codes, and sends the same alert about it." : really || offline ? null : "The Win32 status of the log line would tell revoked (0x80092010) from not checkable (0x80092012, 0x80092013).",
      fix: really ? [{ text: "Have a new certificate issued, and find out why this one was revoked.", command: null, on: "ca" }] : [
        { text: "See what the server can fetch.", command: "certutil -verify -urlfetch client.cer", on: "server" },
        { text: "Make the revocation list reachable for the account of the server (proxy of the system: netsh winhttp), publish a current one, and clear the cache.", command: "certutil -urlcache crl delete", on: "server" },
      ],
      weight: !byServer ? (alerts.length === 0 || toldByEvents(situation, alerts) ? "possible" : "likely") : really || offline ? "proved" : "likely",
    }) ?? (situation.outcome.arrived === false ? ruledOut(situation.outcome.evidence.slice(0, 1), "") : doesNotApply("no refusal over revocation is at hand"));
  },
};

/** Lines with one of these codes, but for those of a client: it checks the server's certificate and prints the same codes. */
function notOfClient(situation: Situation, names: readonly string[]): readonly Evidence[] {
  const ofClient = new Set([
    ...situation.factsOf("error-code").filter((fact) => fact.reportedBy === "client").map((fact) => fact.span), ...situation.factsOf("api-result").map((fact) => fact.code.span),
  ]);
  return codeLines(situation, names).filter((line) => !ofClient.has(line.span));
}
