import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CriterionVerdict, Replay } from "../../src/correlate/replay.ts";
import type { Criterion, Fact } from "../../src/model/fact.ts";
import type { CertificateSpec } from "../support/certificate-spec.ts";
import { ANY_PURPOSE, CLIENT_AUTH, ISSUING_NAME, ROOT_NAME, SERVER_AUTH, clientCertificate, issuingCa, legacyKey, rootCa, softwareKey } from "../support/certificate-spec.ts";
import { byIssuerName, byKeyUsage, byOther, byPurpose, caStore, certificateFact, listing, requestFact, rootStore, selectionCall, situationOf, userStore, verificationFact } from "../support/make-facts.ts";

const alice = clientCertificate();
const authorities = [...caStore(issuingCa), ...rootStore(rootCa)];
const browserCriteria = (): readonly Criterion[] => [byPurpose(CLIENT_AUTH), byIssuerName([ROOT_NAME]), byKeyUsage()];

function replayOf(facts: readonly Fact[], at?: string): Replay {
  const { replay } = situationOf(facts, at);
  if (replay === null) throw new Error("nothing was replayed");
  return replay;
}

/** The verdict of the only candidate on a criterion. */
function verdictOn(criterion: string, spec: CertificateSpec, call: Parameters<typeof selectionCall>, more: readonly Fact[] = authorities): CriterionVerdict["verdict"] | "not asked" {
  const [only] = replayOf([...userStore(spec), ...more, selectionCall(...call)]).certificates;
  return only?.verdicts.find((one) => one.criterion === criterion)?.verdict ?? "not asked";
}

describe("flags", () => {
  const flags = (value: number): Parameters<typeof selectionCall> => [browserCriteria(), { flags: value }];

  test.each([
    ["HAS_PRIVATE_KEY", 0x08, alice, "meets"],
    ["HAS_PRIVATE_KEY", 0x08, clientCertificate({ key: { ...softwareKey, outcome: "missing" } }), "meets"],
    ["HAS_PRIVATE_KEY", 0x08, clientCertificate({ key: null }), "fails"],
    ["HAS_PRIVATE_KEY", 0x80, clientCertificate({ key: null }), "not asked"],
    ["NOT_EXPIRED", 0x88, alice, "meets"],
    ["NOT_EXPIRED", 0x89, alice, "not asked"],
    ["NOT_SELF_SIGNED", 0x8c, alice, "meets"],
    ["NOT_SELF_SIGNED", 0x8c, clientCertificate({ subject: ["CN=own"], issuer: ["CN=own"] }), "fails"],
    ["NOT_SELF_SIGNED", 0x88, alice, "not asked"],
    ["HAS_KEY_FOR_SIGNATURE", 0x98, clientCertificate({ key: { ...legacyKey, keySpec: 2 } }), "meets"],
    ["HAS_KEY_FOR_SIGNATURE", 0x98, clientCertificate({ key: legacyKey }), "fails"],
    ["HAS_KEY_FOR_SIGNATURE", 0x98, alice, "unknown"],
    ["HAS_KEY_FOR_SIGNATURE", 0x98, clientCertificate({ key: { ...softwareKey, cngUsage: ["NCRYPT_ALLOW_SIGNING_FLAG"] } }), "meets"],
    ["HAS_KEY_FOR_SIGNATURE", 0x98, clientCertificate({ key: { ...softwareKey, cngUsage: ["NCRYPT_ALLOW_DECRYPT_FLAG"] } }), "fails"],
    ["HAS_KEY_FOR_SIGNATURE", 0x88, clientCertificate({ key: legacyKey }), "not asked"],
    ["HAS_KEY_FOR_KEY_EXCHANGE", 0xa8, clientCertificate({ key: legacyKey }), "meets"],
    ["HAS_KEY_FOR_KEY_EXCHANGE", 0xa8, clientCertificate({ key: { ...legacyKey, keySpec: 2 } }), "fails"],
    ["HAS_KEY_FOR_KEY_EXCHANGE", 0xa8, clientCertificate({ key: { ...softwareKey, cngUsage: ["NCRYPT_ALLOW_KEY_AGREEMENT_FLAG"] } }), "meets"],
    ["HARDWARE_ONLY", 0xc8, clientCertificate({ key: { ...softwareKey, provider: "Microsoft Platform Crypto Provider" } }), "meets"],
    ["HARDWARE_ONLY", 0xc8, alice, "fails"],
    ["HARDWARE_ONLY", 0xc8, clientCertificate({ key: { ...softwareKey, provider: "Fabrik HSM Provider" } }), "unknown"],
    ["HARDWARE_ONLY", 0x88, alice, "not asked"],
    ["NOT_DUPLICATE", 0x08, alice, "meets"],
    ["NOT_DUPLICATE", 0x88, alice, "not asked"],
    ["TRUSTED_ROOT", 0x8a, alice, "unknown"],
    ["TRUSTED_ROOT", 0x88, alice, "not asked"],
  ] as const)("%s with flags 0x%s: %#", (criterion, value, spec, expected) => {
    expect(verdictOn(criterion, spec, flags(value))).toBe(expected);
  });

  test("TRUSTED_ROOT is settled by a verification of this certificate only", () => {
    const verified = (errors: readonly string[], leaf = alice): readonly Fact[] => [...authorities, verificationFact(leaf, errors)];
    expect(verdictOn("TRUSTED_ROOT", alice, flags(0x8a), verified(["CERT_TRUST_IS_UNTRUSTED_ROOT"]))).toBe("fails");
    expect(verdictOn("TRUSTED_ROOT", alice, flags(0x8a), verified([]))).toBe("meets");
    expect(verdictOn("TRUSTED_ROOT", alice, flags(0x8a), verified(["CERT_TRUST_REVOCATION_STATUS_UNKNOWN"]))).toBe("meets");
    expect(verdictOn("TRUSTED_ROOT", alice, flags(0x8a), verified(["CERT_TRUST_IS_PARTIAL_CHAIN"], clientCertificate({ subject: ["CN=bob"] })))).toBe("unknown");
  });

  test.each([["2024-12-31T00:00:00Z", "fails"], ["2026-06-15T00:00:00Z", "meets"], ["2030-01-01T00:00:00Z", "fails"]] as const)("validity at %s", (at, expected) => {
    const [only] = replayOf([...userStore(alice), selectionCall(browserCriteria())], at).certificates;
    expect(only?.verdicts.find((one) => one.criterion === "NOT_EXPIRED")?.verdict).toBe(expected);
  });

  test("that are not printed make no fault proved", () => {
    expect(verdictOn("HAS_PRIVATE_KEY", clientCertificate({ key: null }), [browserCriteria(), { flags: null }])).toBe("unknown");
  });

  test("without ALLOW_DUPLICATES the older twin fails, the newer one does not", () => {
    const older = certificateFact(clientCertificate({ notBefore: "older" }), {}, { notBefore: "2024-01-15", notAfter: "2029-01-15" });
    const newer = certificateFact(clientCertificate({ notBefore: "newer" }), {}, { notBefore: "2026-01-15", notAfter: "2029-01-15" });
    const replay = replayOf([...listing([older, newer]), ...authorities, selectionCall(browserCriteria(), { flags: 0x08 })]);
    expect(replay.certificates.map((one) => one.verdicts.find((verdict) => verdict.criterion === "NOT_DUPLICATE")?.verdict)).toEqual(["fails", "meets"]);
  });
});

describe("criteria", () => {
  test.each([
    ["a0", "00000080", "meets"], ["80", "80", "meets"], ["30", "00000080", "fails"], [null, "00000080", "meets"], ["20", "00000020", "meets"], ["80", "000000c0", "unknown"],
  ] as const)("Key Usage %s against %s", (keyUsage, value, expected) => {
    expect(verdictOn("KEY_USAGE", clientCertificate({ keyUsage }), [[byKeyUsage(value)]])).toBe(expected);
  });

  test.each([
    [[CLIENT_AUTH], [CLIENT_AUTH], "meets"], [[SERVER_AUTH], [CLIENT_AUTH], "fails"], [null, [CLIENT_AUTH], "meets"], [[ANY_PURPOSE], [CLIENT_AUTH], "unknown"],
    [[SERVER_AUTH], [CLIENT_AUTH, SERVER_AUTH], "meets"],
  ] as const)("purposes %j against any of %j", (extendedKeyUsage, wanted, expected) => {
    expect(verdictOn("ENHKEY_USAGE", clientCertificate({ extendedKeyUsage }), [[byPurpose(...wanted)]])).toBe(expected);
  });

  test("a criterion whose OID is lost fails nobody", () => {
    expect(verdictOn("ENHKEY_USAGE", clientCertificate({ extendedKeyUsage: [SERVER_AUTH] }), [[byPurpose()]])).toBe("unknown");
    expect(verdictOn("ENHKEY_USAGE", alice, [[byPurpose()]])).toBe("meets");
  });

  test("the store copy's own list of purposes counts", () => {
    expect(verdictOn("ENHKEY_USAGE", clientCertificate({ ekuProperty: [SERVER_AUTH] }), [[byPurpose(CLIENT_AUTH)]])).toBe("fails");
    expect(verdictOn("ENHKEY_USAGE", clientCertificate({ ekuProperty: [CLIENT_AUTH] }), [[byPurpose(CLIENT_AUTH)]])).toBe("meets");
  });

  test("an empty list of issuers accepts every issuer", () => {
    expect(verdictOn("ISSUER_NAME", alice, [[byIssuerName([], 0)]])).toBe("meets");
  });

  test("a provider by name", () => {
    expect(verdictOn("PROV_NAME", alice, [[byOther("CERT_SELECT_BY_PROV_NAME", "Microsoft Software Key Storage Provider")]])).toBe("meets");
    expect(verdictOn("PROV_NAME", alice, [[byOther("CERT_SELECT_BY_PROV_NAME", "Microsoft Platform Crypto Provider")]])).toBe("fails");
  });

  test("a criterion nobody can replay stays open and says so", () => {
    const [only] = replayOf([...userStore(alice), selectionCall([byOther("CERT_SELECT_BY_TLS_SIGNATURES", "0401")], { matches: 0 })]).certificates;
    expect(only?.verdicts.find((one) => one.criterion === "TLS_SIGNATURES")).toMatchObject({ verdict: "unknown", because: expect.stringContaining("cannot be replayed") });
    expect(only?.selectable).toBe("unknown");
  });

  test("criteria that were announced and lost are assumed, and prove no fault", () => {
    const call: Parameters<typeof selectionCall> = [[byIssuerName([ROOT_NAME])], { announced: 3 }];
    expect(verdictOn("KEY_USAGE", clientCertificate({ keyUsage: "30" }), call)).toBe("unknown");
    expect(verdictOn("KEY_USAGE", alice, call)).toBe("meets");
    expect(verdictOn("ENHKEY_USAGE", clientCertificate({ extendedKeyUsage: [SERVER_AUTH] }), call)).toBe("unknown");
    expect(verdictOn("KEY_USAGE", alice, [[byIssuerName([ROOT_NAME])], { announced: 1 }])).toBe("not asked");
  });
});

describe("counts", () => {
  const counted = (specs: readonly CertificateSpec[], matches: number, ending: "completed" | "lost" = "completed"): Replay =>
    replayOf([...listing(specs.map((spec) => certificateFact(spec)), { name: "my", scope: "user" }, ending), ...authorities, selectionCall(browserCriteria(), { matches })]);
  const bad = clientCertificate({ subject: ["CN=bad"], keyUsage: "30" });

  test("equal: the explanation is complete", () => {
    expect(counted([alice, bad], 1)).toMatchObject({ predicted: 1, countCheck: "complete" });
    expect(counted([bad], 0)).toMatchObject({ predicted: 0, countCheck: "complete" });
  });

  test("more reported: the listing is of another store", () => {
    expect(counted([bad], 1).countCheck).toBe("other-store");
  });

  test("fewer reported: something filters that nobody sees", () => {
    expect(counted([alice], 0).countCheck).toBe("unknown-filter");
  });

  test("nothing is predicted from a listing that was broken off, or with an open verdict", () => {
    expect(counted([bad], 0, "lost")).toMatchObject({ predicted: null, countCheck: null });
    const short = replayOf([...listing([certificateFact(alice, { extensions: false })]), ...authorities, selectionCall(browserCriteria(), { matches: 1 })]);
    expect(short.predicted).toBeNull();
  });

  test("an API failure reports no count", () => {
    const replay = replayOf([...userStore(alice), ...authorities, selectionCall(browserCriteria(), { matches: 0, result: false })]);
    expect(replay.reported).toBeNull();
  });
});

describe("several calls", () => {
  test("that ask the same and found the same are one replay", () => {
    const situation = situationOf([...userStore(alice), selectionCall(browserCriteria()), selectionCall(browserCriteria())]);
    expect(situation.replays).toHaveLength(1);
    expect(situation.replays[0]?.sameCalls).toBe(1);
  });

  test("the last complete one decides", () => {
    const complete = selectionCall(browserCriteria(), { matches: 1 });
    const cut = selectionCall(browserCriteria(), { matches: null });
    const situation = situationOf([...userStore(alice), selectionCall(browserCriteria(), { flags: 0x08 }), complete, cut]);
    expect(situation.replays).toHaveLength(3);
    expect(situation.replay?.call).toBe(complete);
  });
});

describe("without a call", () => {
  test("a default client's criteria are replayed over the server's list", () => {
    const replay = replayOf([...userStore(alice), ...authorities, requestFact(true, [ROOT_NAME])]);
    expect(replay.call).toBeNull();
    expect(replay.certificates[0]?.verdicts.map((one) => one.criterion)).toEqual(["HAS_PRIVATE_KEY", "NOT_EXPIRED", "KEY_USAGE", "ENHKEY_USAGE", "ISSUER_NAME"]);
    expect(replay.certificates[0]?.selectable).toBe("yes");
  });

  test("and without certificates there is nothing to replay", () => {
    expect(situationOf([requestFact(true, [ROOT_NAME])]).replay).toBeNull();
  });
});

describe("the searched store", () => {
  const inMachine = (...specs: readonly CertificateSpec[]): readonly Fact[] => {
    const store = { name: "my", scope: "machine" } as const;
    return listing(specs.map((spec) => certificateFact(spec, { store })), store);
  };
  const storeOf = (facts: readonly Fact[]): CriterionVerdict["verdict"] | "not asked" =>
    replayOf(facts).certificates.find((one) => one.certificate.sha1Thumbprint?.value === alice.thumbprint)?.verdicts.find((one) => one.criterion === "STORE")?.verdict ?? "not asked";

  test("in the computer's store and not in the user's: fails", () => {
    expect(storeOf([...inMachine(alice), ...userStore(), selectionCall(browserCriteria())])).toBe("fails");
  });

  test("in both: no question", () => {
    expect(storeOf([...inMachine(alice), ...userStore(alice), selectionCall(browserCriteria())])).toBe("not asked");
  });

  test("the user's store is not listed: open", () => {
    expect(storeOf([...inMachine(alice), selectionCall(browserCriteria())])).toBe("unknown");
  });

  test("the user's store is not listed, and as many match in the computer's as the call reports: that is the searched one", () => {
    const facts = [...inMachine(alice), ...authorities, selectionCall(browserCriteria(), { matches: 1 })];
    expect([storeOf(facts), replayOf(facts).predicted, replayOf(facts).countCheck]).toEqual(["meets", 1, "complete"]);
  });
});

describe("laws", () => {
  const purposes: readonly (readonly string[] | null)[] = [[CLIENT_AUTH], [SERVER_AUTH], null];
  const specs = fc.array(fc.record({
    keyUsage: fc.constantFrom("a0", "80", "30", null), extendedKeyUsage: fc.constantFrom(...purposes), key: fc.constantFrom(softwareKey, legacyKey, null),
    issuer: fc.constantFrom(ISSUING_NAME, ROOT_NAME, ["CN=Unknown CA"]),
  }), { maxLength: 5 }).map((all) => all.map((given, at) => clientCertificate({ ...given, subject: [`CN=person ${at}`, "O=Fabrik, Inc."] })));
  const flags = fc.constantFrom(0x88, 0x08, 0x98, 0xa8, 0x8c, 0x89);
  const selectable = (facts: readonly Fact[]): readonly string[] => [...(situationOf(facts).replay?.certificates ?? [])].map((one) => `${one.certificate.sha1Thumbprint?.value} ${one.selectable}`).sort();

  test("the order of the inputs does not change who can be selected", () => {
    fc.assert(fc.property(specs, flags, (all, value) => {
      const files = [userStore(...all), caStore(issuingCa), rootStore(rootCa), [selectionCall(browserCriteria(), { flags: value })]];
      expect(selectable(files.toReversed().flat())).toEqual(selectable(files.flat()));
    }), { numRuns: 60 });
  });

  test("a demand more never makes a certificate selectable", () => {
    fc.assert(fc.property(specs, (all) => {
      const facts = [...userStore(...all), ...authorities];
      const before = new Set(selectable([...facts, selectionCall([byPurpose(CLIENT_AUTH)])]).filter((one) => one.endsWith("yes")));
      const after = selectable([...facts, selectionCall([byPurpose(CLIENT_AUTH), byKeyUsage(), byIssuerName([ROOT_NAME])])]).filter((one) => one.endsWith("yes"));
      expect(after.filter((one) => !before.has(one))).toEqual([]);
    }), { numRuns: 60 });
  });

  test("every failing verdict shows lines", () => {
    fc.assert(fc.property(specs, flags, (all, value) => {
      const replay = situationOf([...userStore(...all), ...authorities, selectionCall(browserCriteria(), { flags: value })]).replay;
      const bare = (replay?.certificates ?? []).flatMap((one) => one.verdicts).filter((one) => one.verdict === "fails" && one.evidence.length === 0);
      expect(bare).toEqual([]);
    }), { numRuns: 60 });
  });
});
