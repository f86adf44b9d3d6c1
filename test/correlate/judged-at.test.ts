import { describe, expect, test } from "@jest/globals";
import { judgedAt } from "../../src/correlate/judged-at.ts";
import { joinCertificates } from "../../src/correlate/certificates.ts";
import { validityAt } from "../../src/correlate/validity.ts";
import { clientCertificate } from "../support/certificate-spec.ts";
import { certificateFact, printed, sessionFact, statusFact } from "../support/make-facts.ts";

const CLOCK = "2026-07-01T00:00:00Z";
const dated = (date: string) => statusFact(403, null, { date: printed(date) });

describe("the moment of judgement", () => {
  test("is the option's, before everything else", () => {
    expect(judgedAt([dated("2026-03-01T00:00:00Z")], "2025-01-01T00:00:00Z", CLOCK)).toEqual({ moment: "2025-01-01T00:00:00Z", source: "option", evidence: null });
  });

  test("is the latest one that the evidence prints", () => {
    const at = judgedAt([dated("2026-03-01T00:00:00.000Z"), sessionFact(1, { startTime: printed(1_750_000_000) })], null, CLOCK);
    expect(at).toMatchObject({ moment: "2026-03-01T00:00:00.000Z", source: "evidence" });
    expect(judgedAt([sessionFact(1, { startTime: printed(1_750_000_000) })], null, CLOCK).moment).toBe("2025-06-15T15:06:40.000Z");
  });

  test("is the clock's when nothing is printed", () => {
    expect(judgedAt([], null, CLOCK)).toEqual({ moment: CLOCK, source: "clock", evidence: null });
  });

  test("a start time beyond all dates is passed over", () => {
    expect(judgedAt([sessionFact(1, { startTime: printed(1e300) })], null, CLOCK).source).toBe("clock");
  });
});

describe("validity", () => {
  const at = (moment: string, fact = certificateFact(clientCertificate())): string => {
    const [certificate] = joinCertificates([fact]);
    return certificate === undefined ? "none" : validityAt(certificate, moment).state;
  };

  test("is settled by dates that hold for every reading", () => {
    expect(at("2024-01-01T00:00:00Z")).toBe("not-yet-valid");
    expect(at("2026-01-01T00:00:00Z")).toBe("valid");
    expect(at("2030-01-01T00:00:00Z")).toBe("expired");
  });

  test("stays open inside the interval of a date whose zone or order is not printed", () => {
    const fact = certificateFact(clientCertificate());
    const vague = { ...fact, notAfter: printed({ printed: "01/02/2026", earliest: "2026-01-01T10:00:00Z", latest: "2026-02-02T13:00:00Z" }) };
    expect(at("2026-01-15T00:00:00Z", vague)).toBe("unknown");
    expect(at("2025-12-15T00:00:00Z", vague)).toBe("valid");
    expect(at("2026-03-15T00:00:00Z", vague)).toBe("expired");
  });

  test("stays open without a date", () => {
    expect(at("2026-01-15T00:00:00Z", { ...certificateFact(clientCertificate()), notAfter: null })).toBe("unknown");
  });
});
