/** Releases of OpenSSL in order; a range names its first and last. */
const RELEASES = ["0.9.8", "1.0.0", "1.0.1", "1.0.2", "1.1.0", "1.1.1", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6"] as const;
type Release = (typeof RELEASES)[number];

/** What the lines of one run say about the program that printed them. */
export interface ToolEvidence {
  /** At least this release, because a line of this kind is printed by no older one. */
  least: Release;
  most: Release | null;
  /** A line that only OpenSSL prints; LibreSSL has none of them. */
  openssl: boolean;
  libressl: boolean;
  /** Printed by `openssl version`: decides alone. */
  named: { readonly name: string; readonly version: string } | null;
}

/** Nothing known yet. */
export function noEvidence(): ToolEvidence {
  return { least: "0.9.8", most: null, openssl: false, libressl: false, named: null };
}

/** A line that only OpenSSL from `least` on prints. */
export function openSslSince(evidence: ToolEvidence, least: Release): void {
  evidence.openssl = true;
  if (RELEASES.indexOf(least) > RELEASES.indexOf(evidence.least)) evidence.least = least;
}

/** A line that no OpenSSL after `most` prints. */
export function openSslUntil(evidence: ToolEvidence, most: Release): void {
  if (evidence.most === null || RELEASES.indexOf(most) < RELEASES.indexOf(evidence.most)) evidence.most = most;
}

/** `openssl version` was printed: `OpenSSL 3.0.2 15 Mar 2022`. */
export function nameTool(evidence: ToolEvidence, label: string, value: string): void {
  const match = /^([0-9][0-9.]{1,8}[0-9a-z]*)/.exec(value);
  if (match?.[1] !== undefined) evidence.named = { name: label.startsWith("Libre") ? "libressl" : "openssl", version: match[1] };
}

/** The program and the range of its version (`1.1.1-3.1`, `3.5+`); null where the lines could come from OpenSSL and LibreSSL alike. */
export function toolOf(evidence: ToolEvidence): { readonly name: string; readonly version: string | null } | null {
  if (evidence.named !== null) return evidence.named;
  if (evidence.libressl && !evidence.openssl) return { name: "libressl", version: null };
  if (!evidence.openssl) return null;
  const { least, most } = evidence;
  if (most === null) return { name: "openssl", version: `${least}+` };
  if (least === most) return { name: "openssl", version: least };
  return { name: "openssl", version: RELEASES.indexOf(least) < RELEASES.indexOf(most) ? `${least}-${most}` : `${least}+` };
}

/** Does this program print types or algorithms whenever a certificate is asked for? OpenSSL does since 1.0.2. */
export function showsRequests(evidence: ToolEvidence): boolean {
  if (evidence.named !== null) {
    return evidence.named.name === "openssl" && !/^(?:0\.|1\.0\.[01](?![0-9]))/.test(evidence.named.version);
  }
  return evidence.openssl && RELEASES.indexOf(evidence.least) >= RELEASES.indexOf("1.0.2");
}
