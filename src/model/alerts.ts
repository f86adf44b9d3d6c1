/** A TLS alert and what it says in a handshake that asks for a client certificate. */
export interface Alert {
  /** AlertDescription of RFC 5246 and RFC 8446. */
  readonly number: number;
  /** RFC name with underscores. */
  readonly name: string;
  /** TLS versions that define it. */
  readonly versions: "all" | "up to TLS 1.2" | "SSL 3.0" | "TLS 1.3";
  /** What it usually says when a server sends it, in one sentence. */
  readonly meaning: string;
  /**
   * Received by the client: did a certificate arrive at the server? null: the alert does not say.
   * By `bad_certificate` some servers mean "none": JDK's CertificateMessage ("Empty client certificate chain"), Go before 1.21.
   */
  readonly arrived: boolean | null;
}

/** The alerts that bear on client certificates, by number. */
export const alerts: readonly Alert[] = [
  { number: 0, name: "close_notify", versions: "all", meaning: "The peer ends the connection in good order.", arrived: null },
  { number: 10, name: "unexpected_message", versions: "all", meaning: "A handshake message came where none of its kind was expected.", arrived: null },
  { number: 40, name: "handshake_failure", versions: "all", meaning: "Up to TLS 1.2 the usual answer to an empty certificate list where a certificate is required, and to much else.", arrived: null },
  { number: 41, name: "no_certificate", versions: "SSL 3.0", meaning: "No certificate was sent; a few newer servers still use it.", arrived: false },
  { number: 42, name: "bad_certificate", versions: "all", meaning: "A certificate was refused, or none was sent: Java and older Go servers say so of both.", arrived: null },
  { number: 43, name: "unsupported_certificate", versions: "all", meaning: "A certificate arrived and its type is not supported.", arrived: true },
  { number: 44, name: "certificate_revoked", versions: "all", meaning: "A certificate arrived and is revoked.", arrived: true },
  { number: 45, name: "certificate_expired", versions: "all", meaning: "A certificate arrived and is outside its period of validity.", arrived: true },
  { number: 46, name: "certificate_unknown", versions: "all", meaning: "A certificate arrived and was refused for a reason that is not given.", arrived: true },
  { number: 47, name: "illegal_parameter", versions: "all", meaning: "A field of the handshake was out of range.", arrived: null },
  { number: 48, name: "unknown_ca", versions: "all", meaning: "A certificate arrived and comes from a CA that the receiver does not trust.", arrived: true },
  { number: 49, name: "access_denied", versions: "all", meaning: "The peer refuses to go on although the certificate is valid.", arrived: null },
  { number: 50, name: "decode_error", versions: "all", meaning: "A message could not be decoded; one server answers so to an empty certificate list.", arrived: null },
  { number: 51, name: "decrypt_error", versions: "all", meaning: "The signature over the handshake is wrong: wrong key, or a provider that signs wrongly.", arrived: true },
  { number: 70, name: "protocol_version", versions: "all", meaning: "The peer does not support the offered protocol version.", arrived: null },
  { number: 71, name: "insufficient_security", versions: "all", meaning: "The peer wants stronger algorithms than were offered.", arrived: null },
  { number: 80, name: "internal_error", versions: "all", meaning: "The peer failed for a reason of its own.", arrived: null },
  { number: 90, name: "user_canceled", versions: "all", meaning: "The peer's user cancelled the handshake.", arrived: null },
  { number: 100, name: "no_renegotiation", versions: "up to TLS 1.2", meaning: "The peer refuses to renegotiate.", arrived: null },
  { number: 109, name: "missing_extension", versions: "TLS 1.3", meaning: "A required extension was not sent.", arrived: null },
  { number: 110, name: "unsupported_extension", versions: "all", meaning: "An extension was sent that was not offered.", arrived: null },
  { number: 112, name: "unrecognized_name", versions: "all", meaning: "The server does not know the server name that was sent.", arrived: null },
  { number: 116, name: "certificate_required", versions: "TLS 1.3", meaning: "No certificate was sent where one is required.", arrived: false },
];

// Spellings that differ from the RFC name: British and SSL 3.0 forms, gnutls, Go.
const OTHER_NAMES: Readonly<Record<string, number>> = {
  unrecognised_name: 112,
  no_certificate_reserved: 41,
  handshake_failed: 40,
  certificate_is_required: 116,
  certificate_has_expired: 45,
  user_cancelled: 90,
  unknown_certificate_authority: 48,
  unknown_certificate: 46,
  expired_certificate: 45,
  revoked_certificate: 44,
  error_decrypting_message: 51,
};

const byNumber = new Map(alerts.map((alert) => [alert.number, alert]));
const byName = new Map([...alerts.map((alert) => [alert.name, alert.number] as const), ...Object.entries(OTHER_NAMES)]);

/** The alert with this number; null when it is not in the catalogue. */
export function findAlert(number: number): Alert | null {
  return byNumber.get(number) ?? null;
}

/** The alert with this name, blanks or underscores, any case; null when it is not in the catalogue. */
export function findAlertByName(name: string): Alert | null {
  const number = byName.get(name.trim().toLowerCase().replace(/[\s_-]{1,4}/g, "_"));
  return number === undefined ? null : findAlert(number);
}
