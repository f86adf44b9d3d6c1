import { lineIndexAt, lineSpan, type SourceText } from "../../src/text/source-text.ts";
import type { Passage } from "../format.ts";

/** The type of a CertificateRequest is 13, so its base64 begins with `DQ`. */
export const landmarks: readonly string[] = ["\"bytes\":\"DQ", "\"bytes\": \"DQ", "\"cert_count\":", "--> cert_count = ", "SSL_CLIENT_CERT_REQUESTED", "\"net_error\":"];

const HIT = /"bytes": ?"DQ[A-Za-z0-9+/]{2}|"cert_count": ?-?\d|--> cert_count = -?\d|SSL_CLIENT_CERT_REQUESTED|"net_error": ?-(?:110|117|134|135|141|164)(?!\d)/g;
const REQUEST = /"bytes": ?"DQ[A-Za-z0-9+/]{6,90000}={0,2}"[^\r\n]{0,200}?"type": ?13\b/;
const EVENT = /"(?:source|phase|time|type)": ?/;
/** The form of the viewer names the event in one of the lines before. */
const VIEWER_EVENT = /SSL_CLIENT_CERT_PROVIDED/;

/** `t= 7905 [st= 579]      SSL_CLIENT_CERT_REQUESTED`. */
const VIEWER_REQUESTED = /\[st= {0,12}\d{1,12}\][ \t]{1,80}SSL_CLIENT_CERT_REQUESTED[ \t]{0,8}$/;

/** Claims single events: each is one line of the log. */
export function claim(source: SourceText): readonly Passage[] {
  const passages: Passage[] = [];
  let last = -1;
  for (const hit of source.text.matchAll(HIT)) {
    const index = lineIndexAt(source, hit.index);
    if (index === last) continue;
    const span = lineSpan(source, index);
    // A log on one single line is searched around the hit only.
    const text = source.text.slice(Math.max(span.start, hit.index - 400), Math.min(span.end, hit.index + 100_000));
    const claimed = hit[0].startsWith("\"bytes") ? REQUEST.test(text) : hit[0].startsWith("SSL_") ? VIEWER_REQUESTED.test(text) : hit[0].startsWith("-->")
      ? [1, 2].some((before) => index >= before && VIEWER_EVENT.test(source.text.slice(lineSpan(source, index - before).start, lineSpan(source, index - before).end))) : EVENT.test(text);
    if (!claimed) continue;
    passages.push({ format: "net-export", section: "event", span });
    last = index;
  }
  return passages;
}
