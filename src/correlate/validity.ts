import type { Certificate } from "./certificates.ts";
import { evidence } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";

/** Validity of a certificate at one moment, as far as the printed dates settle it. */
export interface Validity {
  readonly state: "valid" | "expired" | "not-yet-valid" | "unknown";
  readonly because: string;
  readonly evidence: readonly Evidence[];
}

/** `at` is ISO 8601 UTC. Printed dates are intervals: only what holds for every reading of them is said. */
export function validityAt(certificate: Certificate, at: string): Validity {
  const { notBefore, notAfter } = certificate;
  const moment = Date.parse(at);
  if (notAfter !== null && Date.parse(notAfter.value.latest) < moment) {
    return { state: "expired", because: `it expired on ${notAfter.value.printed}`, evidence: [evidence(notAfter, `expired before ${dayOf(at)}`)] };
  }
  if (notBefore !== null && Date.parse(notBefore.value.earliest) > moment) {
    return { state: "not-yet-valid", because: `it is valid only from ${notBefore.value.printed}`, evidence: [evidence(notBefore, `not valid yet on ${dayOf(at)}`)] };
  }
  if (notBefore === null || notAfter === null) return { state: "unknown", because: "the dates are not printed", evidence: [] };
  if (Date.parse(notBefore.value.latest) <= moment && Date.parse(notAfter.value.earliest) >= moment) {
    return { state: "valid", because: `valid from ${notBefore.value.printed} to ${notAfter.value.printed}`, evidence: [evidence(notAfter, `still valid on ${dayOf(at)}`)] };
  }
  return {
    state: "unknown", because: "the printed dates leave open whether it was valid at that moment (time zone, or order of day and month)",
    evidence: [evidence(notBefore, "valid from"), evidence(notAfter, "valid to")],
  };
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
