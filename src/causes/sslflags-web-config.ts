import { askedBy } from "../correlate/asked-by.ts";
import { evidence } from "../correlate/evidence.ts";
import { evidenceOf } from "../correlate/situation.ts";
import type { Situation } from "../correlate/situation.ts";
import { cannotTell, doesNotApply, found, ruledOut } from "./cause.ts";
import type { Cause, Discovery, Outcome } from "./cause.ts";
import { accessFlags } from "./collect.ts";

export const sslflagsWebConfig: Cause = {
  id: "sslflags-web-config",
  title: "sslFlags of the path require a certificate without asking for one",
  sources: ["https://learn.microsoft.com/iis/configuration/system.webserver/security/access", "https://github.com/dotnet/aspnetcore/issues/21193"],
  refines: [],
  check(situation: Situation): Outcome {
    const settings = situation.factsOf("setting").filter((fact) => fact.setting === "sslFlags");
    if (settings.length === 0) {
      const asked = askedBy(situation);
      return asked.length > 0 ? ruledOut(asked, "")
        : situation.request.requested === false ? cannotTell(accessFlags) : doesNotApply("no configuration of the server is at hand");
    }
    const contradictory = settings.filter((fact) => has(fact.value.value, "SslRequireCert") && !has(fact.value.value, "SslNegotiateCert"));
    const [first, ...more] = contradictory.map((fact): Discovery => {
      const [head, ...tail] = evidenceOf([evidence(fact.value, "SslRequireCert without SslNegotiateCert")], situation.request.requested === false ? situation.request.evidence.slice(-1) : []);
      return {
        headline: `sslFlags are "${fact.value.value}": a certificate is required, and asking for one is not switched on.`,
        why: "SslRequireCert only refuses requests without a certificate; SslNegotiateCert is what makes IIS ask. With the one and without the other every request ends in 403.7.",
        overturnedBy: situation.request.requested === false ? null : "A transcript in which the server asks on this path would overturn it.",
        fix: [{ text: "Set sslFlags of the path to Ssl, SslNegotiateCert, SslRequireCert.", command: "%windir%\\system32\\inetsrv\\appcmd set config \"SITE/PATH\" -section:access /sslFlags:\"Ssl,SslNegotiateCert,SslRequireCert\" /commit:apphost", on: "server" }],
        weight: situation.request.requested === false ? "proved" : "likely", evidence: [head ?? evidence(fact.value, "sslFlags"), ...tail], about: null,
      };
    });
    if (first !== undefined) return found(first, ...more);
    // Flags that ask for nothing are not those of a path that refuses for want of a certificate.
    if (situation.outcome.arrived === false && settings.every((fact) => !has(fact.value.value, "SslNegotiateCert"))) return cannotTell(accessFlags);
    return ruledOut(settings.slice(0, 2).map((fact) => evidence(fact.value, "sslFlags are consistent")), "");
  },
};

function has(flags: string, name: string): boolean {
  return flags.split(",").map((flag) => flag.trim().toLowerCase()).includes(name.toLowerCase());
}
