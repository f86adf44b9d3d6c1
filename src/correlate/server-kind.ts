import type { Fact } from "../model/fact.ts";

/** The program that answers: IIS or another one on Windows' http.sys, or one of the usual others. */
export type ServerKind = "windows" | "nginx" | "apache" | "haproxy";

/** What kind of server the inputs show, by its Server header, its log or its configuration; null: they do not say, or name several. */
export function findServerKind(facts: readonly Fact[]): ServerKind | null {
  const kinds = new Set(facts.map(kindShownBy).filter((kind) => kind !== null));
  const [first] = kinds;
  return kinds.size === 1 ? first ?? null : null;
}

const OF_HTTP_SYS: ReadonlySet<string> = new Set([
  "sslFlags", "Negotiate Client Certificate", "Ctl Store Name", "Ctl Identifier", "Verify Client Certificate Revocation", "SendTrustedIssuerList", "ClientAuthTrustMode", "DisableRenegoOnServer", "uploadReadAheadSize",
]);
const OF_SCHANNEL_SERVERS: ReadonlySet<string> = new Set(["SCHANNEL_EVENT_36877", "SCHANNEL_EVENT_36885"]);

function kindShownBy(fact: Fact): ServerKind | null {
  switch (fact.kind) {
    case "http-status": return fact.server !== null ? kindOfHeader(fact.server.value.toLowerCase()) : fact.substatus !== null ? "windows" : null;
    case "setting": return fact.setting.startsWith("ssl_") ? "nginx" : fact.setting.startsWith("SSL") ? "apache" : OF_HTTP_SYS.has(fact.setting) ? "windows" : null;
    case "error-code": return fact.name.startsWith("NGINX_") ? "nginx" : fact.name.startsWith("AH") || fact.name.startsWith("APACHE_") ? "apache" : fact.name.startsWith("HAPROXY_") ? "haproxy"
      : OF_SCHANNEL_SERVERS.has(fact.name) ? "windows" : null;
    default: return null;
  }
}

function kindOfHeader(header: string): ServerKind | null {
  if (header.startsWith("microsoft-iis") || header.startsWith("microsoft-httpapi") || header.startsWith("microsoft internet information services")) return "windows";
  return header.startsWith("nginx") || header.startsWith("openresty") ? "nginx" : header.startsWith("apache") && !header.startsWith("apache-coyote") ? "apache" : header.startsWith("haproxy") ? "haproxy" : null;
}
