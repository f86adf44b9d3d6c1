import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Run } from "../correlate/requests.ts";
import type { Situation } from "../correlate/situation.ts";
import { textOf } from "../text/source-text.ts";
import { ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { toldBy } from "./told-by-lines.ts";

const WHY = "HTTP/2 forbids renegotiation and post-handshake authentication. A server that asks per path sends the client back to HTTP/1.1, or fails.";

const FIX: readonly Step[] = [
  { text: "Try with HTTP/1.1.", command: "curl -v --http1.1 --cert client.pem --key key.pem https://HOST/PATH", on: "client" },
  { text: "Ask in the first handshake, or switch HTTP/2 off for that binding.", command: null, on: "server" },
];

export const http2CannotRenegotiate: Cause = {
  id: "http2-cannot-renegotiate",
  title: "HTTP/2 does not allow the server to ask after the request",
  sources: ["https://www.rfc-editor.org/rfc/rfc7540#section-9.2.1", "https://www.rfc-editor.org/rfc/rfc8740"],
  refines: [],
  check(situation: Situation): Outcome {
    if (situation.request.when === "first-handshake") return ruledOut(situation.request.evidence.slice(0, 1), "");
    const misdirected = situation.factsOf("http-status").filter((fact) => fact.status === 421);
    const overHttp2 = misdirected.filter((fact) => fact.format !== "s_client" && !textOf(fact.span).toUpperCase().startsWith("HTTP/1"));
    const late = asksLate(situation);
    const [older] = misdirected;
    const compared = comparedVersions(situation);
    if (compared !== null) return compared;
    const demanded = codeLines(situation, ["HTTP2_HTTP_1_1_REQUIRED"], "the server wants this request over HTTP/1.1");
    const told = toldBy(demanded, {
      headline: "The server refuses the request over HTTP/2 (HTTP_1_1_REQUIRED): the path probably needs a certificate, which it may not ask for after the request there.",
      why: WHY, overturnedBy: "The same request with HTTP/1.1: if it fails in the same way, HTTP/2 is not the reason. A path with Windows authentication gives the same error.",
      fix: FIX, weight: late.length > 0 ? "likely" : "possible",
    }, late);
    if (told !== null) return told;
    return toldBy(overHttp2.map((fact) => evidence(fact.span, "421: the request must be made over another connection")), {
      headline: "The server answers 421 on this connection: the path probably needs a certificate, and HTTP/2 does not let a server ask for one after the request.",
      why: WHY,
      overturnedBy: `The same request with HTTP/1.1: if it fails in the same way, HTTP/2 is not the reason.${late.length > 0 ? "" : " A host name that the connection is not valid for gives the same status."}`,
      fix: FIX,
      weight: late.length > 0 ? "likely" : "possible",
    }, late) ?? ruledOut(older === undefined ? [] : [evidence(older.span, "the answer came over HTTP/1.1")], "no answer of that kind is at hand");
  },
};

/** Lines that show a server which asks for the path and not for the connection: without one, 421 may be about the host name only. */
function asksLate(situation: Situation): readonly Evidence[] {
  if (situation.request.when === "after-request") return situation.request.evidence.slice(0, 1);
  return situation.factsOf("setting").filter(({ setting, value: { value } }) => (setting === "Negotiate Client Certificate" && value.toLowerCase() === "disabled")
    || (setting === "sslFlags" && value.toLowerCase().includes("cert")) || (setting === "SSLVerifyClient" && ["require", "optional"].includes(value.toLowerCase())))
    .slice(0, 1).map((fact) => evidence(fact.value, "the server asks for a certificate by path"));
}

/** One request over both versions: refused over HTTP/2, and over HTTP/1.1 asked for a certificate after the request, and served. */
function comparedVersions({ runs }: Situation): Outcome | null {
  for (const served of runs) {
    const old = answerOf(served, "HTTP/1");
    if (old === null || old.status >= 400 || served.when !== "after-request") continue;
    // Where HTTP/2 asked in the first handshake, the refusal is about the certificate.
    const recent = runs.filter((run) => run.requested !== true && isSameRequest(run, served)).map((run) => answerOf(run, "HTTP/2")).find((answer) => answer !== null && REFUSALS.has(answer.status));
    if (recent == null) continue;
    const asked = served.requests.filter((request) => request.requested === true).slice(0, 1).map((request) => evidence(request.because ?? request.authoritiesLine ?? request.span, "over HTTP/1.1 the server asks after the request"));
    return toldBy([evidence(recent.span, "the request is refused over HTTP/2"), ...asked, evidence(old.span, "and served over HTTP/1.1")], {
      headline: "The same request is served over HTTP/1.1, where the server asks for a certificate after it, and refused over HTTP/2.", why: WHY, overturnedBy: null, fix: FIX, weight: "proved",
    });
  }
  return null;
}

/** The last answer that a run got over that version. */
function answerOf(run: Run, version: "HTTP/1" | "HTTP/2"): Run["statuses"][number] | null {
  return run.statuses.filter((status) => textOf(status.span).toUpperCase().startsWith(version)).at(-1) ?? null;
}

/** Statuses that want of a certificate can have. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 421, 495, 496]);

/** Both print what they asked for and of whom, and it is the same. */
function isSameRequest(one: Run, other: Run): boolean {
  const [path, host] = [one.fact?.httpRequest?.value ?? null, one.fact?.connect?.value ?? null];
  return path !== null && host !== null && path === (other.fact?.httpRequest?.value ?? null) && host === (other.fact?.connect?.value ?? null);
}
