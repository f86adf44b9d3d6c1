import type { Fact, FormatId } from "../model/fact.ts";
import type { Run } from "./requests.ts";

/** Programs whose output shows Windows' own stores, or what chooses from them. */
const OF_STORES: readonly FormatId[] = ["strace", "certutil", "cert-drive", "windows-event"];

/**
 * Whether the client that fails takes its certificate from a PEM file, or from a keystore of Java, and nothing at hand is of a Windows store:
 * gnutls-cli, Java, and curl where it prints what only its builds with OpenSSL or GnuTLS print. Null: not known.
 */
export function findClientFiles(facts: readonly Fact[], runs: readonly Run[]): "pem" | "keystore" | null {
  if (facts.some(({ format }) => OF_STORES.includes(format))) return null;
  const telling = runs.filter(({ answers, sessions, alerts }) => answers.length + sessions.length + alerts.length > 0);
  const told = new Set(telling.map(({ fact, sessions }) => fact?.format ?? sessions[0]?.format));
  if (told.has("java-debug")) return told.size === 1 ? "keystore" : null;
  return told.has("gnutls-cli") || told.has("curl") ? "pem" : null;
}
