import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import type { Run } from "../correlate/requests.ts";
import { nameKey } from "../model/name.ts";
import { cannotTell, doesNotApply, ruledOut } from "./cause.ts";
import type { Cause, Outcome } from "./cause.ts";
import { bindings } from "./collect.ts";
import { toldBy } from "./told-by-lines.ts";

export const wrongBindingOrSni: Cause = {
  id: "wrong-binding-or-sni",
  title: "The connection lands on another binding or virtual host",
  sources: ["https://github.com/chromium/badssl.com/issues/421"],
  refines: [],
  check(situation: Situation): Outcome {
    for (const bare of situation.runs) {
      const named = situation.runs.find((run) => run !== bare && connectOf(run) !== null && connectOf(run) === connectOf(bare) && sniOf(run) !== sniOf(bare) && certificateOf(run) !== certificateOf(bare));
      if (named === undefined || certificateOf(bare) === null || certificateOf(named) === null || !asksUnderOneOnly(bare, named)) continue;
      const told = toldBy(evidenceOf(subjectEvidence(bare, "the certificate that answers one name"), subjectEvidence(named, "the certificate that answers the other")), {
        headline: "The same address answers with different certificates depending on the name asked for, and asks for a client certificate only under one of them.",
        why: "Address and port are shared by several bindings or virtual hosts, told apart by the name in the handshake (SNI). Each has its own settings for client certificates.",
        overturnedBy: "Which of the names the failing client uses is not in the inputs.",
        fix: [{ text: "Use the right host name (no address, no alias), or set up client certificates for the binding that answers.", command: bindings.command, on: "server" }],
        weight: "likely",
      });
      if (told !== null) return told;
    }
    for (const bare of situation.runs) {
      const same = situation.runs.find((run) => run !== bare && connectOf(run) !== null && connectOf(run) === connectOf(bare) && sniOf(run) !== sniOf(bare) && certificateOf(run) !== null && certificateOf(run) === certificateOf(bare));
      if (same !== undefined && bare.requested === same.requested) return ruledOut(evidenceOf(subjectEvidence(bare, "the certificate that answers one name"), subjectEvidence(same, "the same one answers the other")), "");
    }
    const [run] = situation.runs;
    return run !== undefined && run.requested === false && run.fact !== null && run.fact.command !== null && run.fact.serverName === null
      ? cannotTell({ what: "whether the answer differs with the host name in the handshake", command: `openssl s_client -connect HOST:443 -servername HOST -prexit`, on: "client", account: null }, bindings)
      : doesNotApply("no two answers of one address are at hand");
  },
};

/** One is asked in the first handshake or after the request, and the other provably is not; in the first handshake a summary without a request is enough. */
function asksUnderOneOnly(a: Run, b: Run): boolean {
  const [asking, other] = a.requested === true ? [a, b] : [b, a];
  if (asking.requested !== true || other.requested === true) return false;
  return other.requested === false || (asking.when === "first-handshake" && other.sessions.some((session) => session.cipher !== null));
}

function connectOf(run: Run): string | null {
  return run.fact?.connect?.value.toLowerCase() ?? null;
}

function sniOf(run: Run): string | null {
  return run.fact?.serverName?.value.toLowerCase() ?? null;
}

function certificateOf(run: Run): string | null {
  const subject = run.sessions.map((session) => session.serverSubject).find((one) => one !== null);
  return subject == null ? null : nameKey(subject.value);
}

function subjectEvidence(run: Run, shows: string): readonly ReturnType<typeof evidence>[] {
  const subject = run.sessions.map((session) => session.serverSubject).find((one) => one !== null);
  return subject == null ? [] : [evidence(subject, shows)];
}
