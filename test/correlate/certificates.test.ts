import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isSelfIssued, joinCertificates } from "../../src/correlate/certificates.ts";
import { ISSUING_NAME, ROOT_NAME, clientCertificate, issuingCa, rootCa, softwareKey } from "../support/certificate-spec.ts";
import { certificateFact, listing, printed, userStore } from "../support/make-facts.ts";

const alice = clientCertificate();
const bob = clientCertificate({ subject: ["CN=bob", "O=Fabrik, Inc."] });

describe("two prints of one certificate", () => {
  test("are joined by thumbprint, and each field comes from the print that has it", () => {
    const short = certificateFact(alice, { extensions: false });
    const dump = certificateFact(alice, { section: "dump", store: null });
    const [joined, ...others] = joinCertificates([short, dump]);
    expect(others).toEqual([]);
    expect(joined?.prints).toHaveLength(2);
    expect(joined?.keyUsage).toMatchObject({ state: "present", value: { hex: "a0" } });
    expect(joined?.keyUsage).toHaveProperty("span", dump.keyUsage?.span);
    expect(joined?.key.linked?.value).toBe(true);
  });

  test("are joined by serial number and issuer where one prints no thumbprint", () => {
    const dump = { ...certificateFact(alice, { section: "dump", store: null }), sha1Thumbprint: null };
    expect(joinCertificates([certificateFact(alice), dump])).toHaveLength(1);
  });

  test("are joined in spite of leading zeros of the serial number", () => {
    const padded = { ...certificateFact(alice), sha1Thumbprint: null, serialNumber: printed(`00${alice.serial}`) };
    expect(joinCertificates([{ ...certificateFact(alice), sha1Thumbprint: null }, padded])).toHaveLength(1);
  });

  test("are joined across a third that has both identities", () => {
    const byThumbprint = { ...certificateFact(alice), serialNumber: null };
    const bySerial = { ...certificateFact(alice), sha1Thumbprint: null };
    expect(joinCertificates([certificateFact(alice), byThumbprint, bySerial])).toHaveLength(1);
  });

  test("with masked values are not joined: a mask identifies nothing", () => {
    const masked = (spec: typeof alice) => ({ ...certificateFact(spec), sha1Thumbprint: printed("x".repeat(40)), serialNumber: printed("xxxxxxxx") });
    expect(joinCertificates([masked(alice), masked(bob)])).toHaveLength(2);
  });

  test("of one serial number and two issuers are two certificates", () => {
    const other = { ...certificateFact(clientCertificate({ issuer: ["CN=Andere CA"], serial: alice.serial })), sha1Thumbprint: null };
    expect(joinCertificates([{ ...certificateFact(alice), sha1Thumbprint: null }, other])).toHaveLength(2);
  });

  test("tell the outcome of a key test rather than \"untested\"", () => {
    const untested = certificateFact(clientCertificate({ key: { ...softwareKey, outcome: "untested" } }));
    const missing = certificateFact(clientCertificate({ key: { ...softwareKey, outcome: "missing" } }));
    expect(joinCertificates([untested, missing])[0]?.key.status?.value).toBe("missing");
  });
});

describe("an extension", () => {
  test("is absent only where all announced ones are listed", () => {
    const none = clientCertificate({ keyUsage: null });
    expect(joinCertificates([certificateFact(none)])[0]?.keyUsage).toMatchObject({ state: "absent" });
    expect(joinCertificates([certificateFact(none, { lost: 1 })])[0]?.keyUsage).toEqual({ state: "unknown" });
    expect(joinCertificates([certificateFact(none, { extensions: false })])[0]?.keyUsage).toEqual({ state: "unknown" });
  });
});

describe("the part a certificate plays", () => {
  const roleOf = (...facts: Parameters<typeof joinCertificates>[0]) => joinCertificates(facts).map((certificate) => certificate.role);

  test("in the user's store: candidate, even with its root's rights", () => {
    expect(roleOf(...userStore(alice, clientCertificate({ subject: ["CN=own"], issuer: ["CN=own"], isCa: true })))).toEqual(["candidate", "candidate"]);
  });

  test("in a store of CAs, or by its extensions: authority", () => {
    expect(roleOf(...listing([certificateFact(issuingCa, { store: { name: "CA", scope: "user" } })], { name: "CA", scope: "user" }))).toEqual(["authority"]);
    expect(roleOf(certificateFact(rootCa, { store: null, section: "dump" }))).toEqual(["authority"]);
  });

  test("printed without extensions and named as an issuer by another: authority", () => {
    const short = { store: null, section: "dump", extensions: false } as const;
    expect(roleOf(certificateFact(alice, short), certificateFact(issuingCa, short))).toEqual(["candidate", "authority"]);
  });

  test("sent by the peer: server", () => {
    expect(roleOf(certificateFact(bob, { role: "server", section: "pem", store: null }))).toEqual(["server"]);
  });
});

test("self-issued means one name, whatever its notation", () => {
  const [root] = joinCertificates([certificateFact(rootCa)]);
  const [issuing] = joinCertificates([certificateFact(issuingCa)]);
  expect(root !== undefined && isSelfIssued(root)).toBe(true);
  expect(issuing !== undefined && isSelfIssued(issuing)).toBe(false);
  expect(ROOT_NAME).not.toEqual(ISSUING_NAME);
});

describe("laws", () => {
  const prints = fc.array(fc.record({ who: fc.integer({ min: 0, max: 4 }), short: fc.boolean(), dump: fc.boolean() }), { minLength: 1, maxLength: 12 })
    .map((all) => all.map(({ who, short, dump }) => certificateFact(clientCertificate({ subject: [`CN=person ${who}`, "O=Fabrik, Inc."] }), { extensions: !short, ...(dump ? { section: "dump" as const, store: null } : {}) })));
  const thumbprints = (facts: Parameters<typeof joinCertificates>[0]) => joinCertificates(facts).map((certificate) => certificate.sha1Thumbprint?.value).sort();

  test("doubling an input adds no certificate", () => {
    fc.assert(fc.property(prints, (facts) => { expect(thumbprints([...facts, ...facts])).toEqual(thumbprints(facts)); }));
  });

  test("the order of inputs does not matter", () => {
    fc.assert(fc.property(prints, (facts) => { expect(thumbprints(facts.toReversed())).toEqual(thumbprints(facts)); }));
  });

  test("every print is in exactly one certificate", () => {
    fc.assert(fc.property(prints, (facts) => {
      const joined = joinCertificates(facts).flatMap((certificate) => certificate.prints);
      expect(joined).toHaveLength(facts.length);
      expect(new Set(joined)).toEqual(new Set(facts));
    }));
  });
});
