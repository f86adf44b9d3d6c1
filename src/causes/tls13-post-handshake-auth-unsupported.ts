import { codeLines } from "../correlate/code-lines.ts";
import { evidence } from "../correlate/evidence.ts";
import type { Evidence } from "../correlate/evidence.ts";
import type { Run } from "../correlate/requests.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Outcome, Step } from "./cause.ts";
import { bindings, transcript } from "./collect.ts";

const POST_HANDSHAKE_CODES = ["AH10158", "APACHE_NO_POST_HANDSHAKE_AUTHENTICATION", "SSL_R_EXTENSION_NOT_RECEIVED"];

const WHY = "Up to TLS 1.2 a server can renegotiate once it knows the path. TLS 1.3 replaced that by post-handshake authentication, which browsers and most libraries do not offer.";

const FIX: readonly Step[] = [
  { text: "Ask in the first handshake: client authentication for the whole host or binding (IIS: clientcertnegotiation=enable; Apache: SSLVerifyClient outside Location), if need be on a host name of its own.", command: bindings.command, on: "server" },
  { text: "Or limit that binding or virtual host to TLS 1.2 (Apache: SSLProtocol -all +TLSv1.2).", command: null, on: "server" },
];

export const tls13PostHandshakeAuthUnsupported: Cause = {
  id: "tls13-post-handshake-auth-unsupported",
  title: "TLS 1.3: the server wants to ask after the request, and the client does not offer that",
  sources: ["https://www.rfc-editor.org/rfc/rfc8446#section-4.6.2", "https://github.com/dotnet/aspnetcore/issues/41162"],
  refines: ["server-does-not-request", "renegotiation-refused-or-disabled"],
  check(situation: Situation): Outcome {
    const says = codeLines(situation, POST_HANDSHAKE_CODES, "the server could not ask for a certificate after the handshake");
    const silentRuns = situation.runs.filter((run) => run.protocol?.value === "TLSv1.3" && run.requested !== true && run.statuses.length > 0);
    const silent = silentRuns.find((run) => refusalOf(run) !== null) ?? silentRuns[0];
    const renegotiating = situation.runs.find((run) => run.protocol !== null && run.protocol.value !== "TLSv1.3" && run.when === "after-request");
    const [complaint] = says;
    // Two runs prove something when one was refused, and the other asked for the same.
    const compared = silent !== undefined && renegotiating !== undefined && refusalOf(silent) !== null && isSameRequest(silent, renegotiating);
    if (complaint !== undefined || compared) {
      const [first, ...more] = evidenceOf(
        says, !compared || silent.protocol === null ? [] : [evidence(silent.protocol, "with TLS 1.3 no certificate is asked for")], [silent === undefined || !compared ? null : refusalOf(silent)].filter((line) => line !== null),
        !compared || renegotiating.protocol === null ? [] : [evidence(renegotiating.protocol, "with this version the server asks after the request")],
        (compared ? renegotiating.requests : []).filter((request) => request.requested === true).slice(0, 1).map((request) => evidence(request.authoritiesLine ?? request.span, "the request, after the path was known")),
      );
      if (first !== undefined) return found({
        headline: "The path asks for a certificate only after the request, which TLS 1.3 allows only to clients that offer post-handshake authentication.",
        why: WHY,
        overturnedBy: null,
        fix: FIX,
        weight: "proved", evidence: [first, ...more], about: null,
      });
    }
    const iis = ofIis(situation);
    if (iis !== null) return iis;
    const old = situation.runs.find((run) => run.protocol !== null && run.protocol.value !== "TLSv1.3" && run.requested !== null);
    const early = situation.runs.find((run) => run.protocol?.value === "TLSv1.3" && run.when === "first-handshake");
    if (early?.protocol != null) return ruledOut([...situation.request.evidence.slice(0, 1), evidence(early.protocol, "TLS 1.3, and the server asks in the first handshake")], "");
    if (silent !== undefined) return cannotTell({ ...transcript(situation), what: "whether the same path asks under TLS 1.2 (and under TLS 1.3 with -enable_pha)" }, bindings);
    if (old?.protocol != null) return ruledOut([evidence(old.protocol, "the connection uses this version, which has renegotiation instead")], "");
    return doesNotApply("no TLS 1.3 connection is at hand");
  },
};

/** The answer to the last request, if it is a refusal. */
function refusalOf(run: Run): Evidence | null {
  const last = run.statuses.at(-1);
  return last === undefined || last.status < 400 ? null : evidence(last.span, "and the request is refused");
}

/** As far as both print it: the same request to the same host. */
function isSameRequest(one: Run, other: Run): boolean {
  const same = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;
  return same(one.fact?.httpRequest?.value, other.fact?.httpRequest?.value) && same(one.fact?.connect?.value, other.fact?.connect?.value);
}

/** ERROR_NOT_SUPPORTED, as a Win32 number and as an HRESULT in decimal. */
const NOT_SUPPORTED = [50, 2_147_942_450];

/** 500.0 with ERROR_NOT_SUPPORTED: how IIS ends a request for which it would have to ask on a TLS 1.3 connection. */
function ofIis(situation: Situation): Outcome | null {
  const failures = situation.factsOf("http-status").filter((fact) => fact.status === 500 && (fact.substatus ?? 0) === 0);
  const [failure] = failures.filter((fact) => fact.win32Status !== null && NOT_SUPPORTED.includes(fact.win32Status));
  const codes = failures.length === 0 ? [] : codeLines(situation, ["ERROR_NOT_SUPPORTED"], "the request is not supported");
  const lines = [...(failure === undefined ? failures.slice(0, codes.length > 0 ? 1 : 0) : [failure]).map((fact) => evidence(fact.span, "500.0: the server could not do what the path wants")), ...codes];
  const late = situation.factsOf("setting").filter(({ setting, value: { value } }) => (setting === "Negotiate Client Certificate" && value.toLowerCase() === "disabled") || (setting === "sslFlags" && value.toLowerCase().includes("cert")))
    .slice(0, 1).map((fact) => evidence(fact.value, "the server asks for a certificate by path, after the request"));
  const [first, ...more] = lines.length === 0 ? [] : evidenceOf(lines, late);
  if (first === undefined) return null;
  return found({
    headline: "IIS answers 500.0 with ERROR_NOT_SUPPORTED: it would have to ask for a certificate after the request, which a TLS 1.3 connection does not allow.",
    why: WHY, overturnedBy: "The same request limited to TLS 1.2: if it fails in the same way, the version is not the reason.",
    fix: FIX, weight: late.length > 0 ? "likely" : "possible", evidence: [first, ...more], about: null,
  });
}
