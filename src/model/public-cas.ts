import type { Name } from "./name.ts";

/** A public web PKI operator and the day from which its ordinary certificates lack Client Authentication. */
export interface PublicCa {
  /** As in the O attribute of its issuing CAs. */
  readonly organizations: readonly string[];
  /** ISO 8601 day; the earliest one the operator announced. */
  readonly withoutClientAuthFrom: string;
  readonly source: string;
}

/**
 * Chrome Root Program policy 1.6 and later ends clientAuth in public TLS certificates; the operators stopped at different days:
 * Let's Encrypt (letsencrypt.org/2025/05/14/ending-tls-client-authentication), DigiCert and Sectigo/ZeroSSL as collected at
 * eurossl.eu and caddyserver/caddy#7320. Other public operators: the first day any of them stopped.
 */
export const publicCas: readonly PublicCa[] = [
  { organizations: ["let's encrypt", "internet security research group"], withoutClientAuthFrom: "2026-02-11", source: "https://letsencrypt.org/2025/05/14/ending-tls-client-authentication" },
  { organizations: ["digicert inc", "digicert, inc.", "digicert ev", "geotrust inc.", "thawte, inc."], withoutClientAuthFrom: "2025-10-01", source: "https://eurossl.eu/2025/06/14/chrome-will-drop-client-authentication-support-in-new-ssl-certificates/" },
  { organizations: ["sectigo limited", "comodo ca limited", "zerossl", "zerossl gmbh"], withoutClientAuthFrom: "2025-09-15", source: "https://github.com/caddyserver/caddy/issues/7320" },
  { organizations: ["globalsign nv-sa", "godaddy.com, inc.", "entrust, inc.", "google trust services", "google trust services llc", "ssl corporation", "ssl.com", "buypass as-983163327", "actalis s.p.a.", "harica", "quovadis limited", "amazon"], withoutClientAuthFrom: "2025-09-15", source: "https://www.encryptionconsulting.com/?p=90740" },
];

/** The operator of a public web PKI that runs the CA of this name; null for every other name. */
export function findPublicCa(issuer: Name): PublicCa | null {
  const organizations = issuer.rdns.flat().filter((attribute) => attribute.type === "O").map((attribute) => attribute.value.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, " ").trim());
  return publicCas.find((ca) => ca.organizations.some((name) => organizations.includes(name))) ?? null;
}
