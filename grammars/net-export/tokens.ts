import { createToken, Lexer, type TokenType } from "chevrotain";

/** `"bytes":"DQAAxQ…"`: a handshake message in base64. */
export const MessageBytes = createToken({ name: "MessageBytes", pattern: /"bytes": ?"DQ[A-Za-z0-9+/]{6,90000}={0,2}"/, line_breaks: false });
/** `"cert_count":2`, `--> cert_count = 2`. */
export const CertificateCount = createToken({ name: "CertificateCount", pattern: /"cert_count": ?-?\d{1,6}|--> cert_count = -?\d{1,6}/, line_breaks: false });
/** `"net_error":-110`: the errors that are about the client's certificate. */
export const NetError = createToken({ name: "NetError", pattern: /"net_error": ?-(?:110|117|134|135|141|164)(?!\d)/, line_breaks: false });
/** The event that says that a certificate was asked for, in the form of the viewer. */
export const Requested = createToken({ name: "Requested", pattern: /SSL_CLIENT_CERT_REQUESTED/, line_breaks: false });
/** `"source":{"id":10850`: the connection. */
export const SourceId = createToken({ name: "SourceId", pattern: /"source": ?\{ ?"id": ?\d{1,12}/, line_breaks: false });
/** `"type":13` beside the octets. */
export const TypeNumber = createToken({ name: "TypeNumber", pattern: /"type": ?\d{1,6}/, line_breaks: false });
/** Any other string. */
export const Text = createToken({ name: "Text", pattern: /"[\u0000-!#-\uFFFF]{0,4000}"/, line_breaks: true });
/** A quotation mark without its partner. */
export const Quote = createToken({ name: "Quote", pattern: /"/, line_breaks: false });
/** Words, numbers and brackets between strings. */
export const Between = createToken({ name: "Between", pattern: /-?[\u0000-!#-,.-RT-\uFFFF]{1,4000}|[-S]/, line_breaks: true });

/** Every token of the grammar. */
export const tokens: readonly TokenType[] = [MessageBytes, CertificateCount, NetError, Requested, SourceId, TypeNumber, Text, Quote, Between];

/** A new lexer; one is enough for the process. */
export function createLexer(): Lexer {
  return new Lexer([...tokens], { ensureOptimizations: true, positionTracking: "onlyOffset" });
}
