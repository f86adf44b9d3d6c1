import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { completeFrom, estimatedDerBytes, estimatedWireBytes, listOfCriterion, listOfRequest, membershipOf } from "../../src/correlate/issuer-lists.ts";
import type { IssuerList, Membership } from "../../src/correlate/issuer-lists.ts";
import type { Fact } from "../../src/model/fact.ts";
import { makeName } from "../../src/model/name.ts";
import type { Attribute } from "../support/certificate-spec.ts";
import { ISSUING_NAME, ROOT_NAME, authority, clientCertificate, issuingCa, rootCa } from "../support/certificate-spec.ts";
import { byIssuerName, caStore, certificateFact, nameOf, place, printed, requestFact, rootStore, situationOf, userStore } from "../support/make-facts.ts";

const alice = clientCertificate();
const OTHER = ["CN=Andere CA", "O=Andere AG", "C=CH"];
const wholeChain = [...caStore(issuingCa), ...rootStore(rootCa)];

function listOf(names: readonly (readonly Attribute[])[], announced: number | null = names.length): IssuerList {
  const list = listOfCriterion(byIssuerName(names, announced));
  if (list === null) throw new Error("no list");
  return list;
}

function membership(list: IssuerList, facts: readonly Fact[] = wholeChain, leaf = alice): Membership {
  const situation = situationOf([...userStore(leaf), ...facts]);
  const [certificate] = situation.candidates;
  if (certificate === undefined) throw new Error("no candidate");
  return membershipOf(situation.chainOf(certificate), list);
}

describe("membership", () => {
  test.each([["the intermediate", ISSUING_NAME], ["the root", ROOT_NAME]])("by %s", (_which, name) => {
    const found = membership(listOf([OTHER, name]));
    expect(found.state).toBe("listed");
    expect(found.evidence.map((one) => one.shows)).toEqual([expect.stringContaining("is in the list"), expect.stringContaining("certificate's chain")]);
  });

  test("not: the whole chain against the whole list", () => {
    const found = membership(listOf([OTHER]));
    expect(found.state).toBe("not-listed");
    expect(found.evidence[0]?.shows).toContain("1 name, none of them");
  });

  test("of a near miss is shown and not taken", () => {
    const found = membership(listOf([["CN=Fabrik Root CA", "O=Fabrik AG", "C=DE"]]));
    expect(found).toMatchObject({ state: "not-listed", nearMisses: [{ shows: expect.stringContaining("other O") }] });
  });

  test("behind an intermediate that the client lacks", () => {
    const facts = [...caStore(authority(["CN=Other"], ROOT_NAME)), certificateFact(issuingCa, { store: null, section: "dump" }), ...rootStore(rootCa)];
    expect(membership(listOf([ROOT_NAME]), facts).state).toBe("behind-missing-intermediate");
    expect(membership(listOf([ISSUING_NAME]), facts).state).toBe("listed");
  });

  test("is unknown while the list is shorter than announced, and settled by a name that is there", () => {
    expect(membership(listOf([OTHER], 22))).toMatchObject({ state: "unknown", because: "22 issuers are announced, 1 are readable here" });
    expect(membership(listOf([OTHER, ROOT_NAME], 22)).state).toBe("listed");
  });

  test("is unknown while no number is announced", () => {
    expect(membership(listOf([OTHER], null)).state).toBe("unknown");
  });

  test("is unknown when a line of the list is no name", () => {
    const list = listOfCriterion({ ...byIssuerName([OTHER]), unreadable: [place("C=US, O=...")] });
    expect(list !== null && membership(list)).toMatchObject({ state: "unknown" });
  });

  test("is unknown while the chain is open above", () => {
    expect(membership(listOf([OTHER]), [])).toMatchObject({ state: "unknown", because: expect.stringContaining("a CA above it could be in the list") });
  });
});

describe("a list", () => {
  test("of a transcript is complete, one of a fragment is not", () => {
    expect(listOfRequest(requestFact(true, [OTHER]))?.incomplete).toBeNull();
    expect(listOfRequest(requestFact(true, [OTHER], { summary: null }))?.incomplete).not.toBeNull();
    expect(listOfRequest(requestFact(true, []))).toBeNull();
    expect(listOfRequest(requestFact(true, null))).toBeNull();
  });

  test("with a doubtful name is not complete", () => {
    const request = requestFact(true, [OTHER]);
    const doubtful = { ...request, authorities: [...(request.authorities ?? []), printed(makeName("some words", [], "no name"), "some words")] };
    expect(listOfRequest(doubtful)?.incomplete?.shows).toContain("cannot be read");
  });

  test("that a trace cut short is completed by a transcript of as many names with all that are left", () => {
    const cut = listOf([OTHER], 2);
    const whole = listOfRequest(requestFact(true, [ROOT_NAME, OTHER]));
    expect(completeFrom(cut, whole)).toBe(whole);
    expect(completeFrom(cut, listOfRequest(requestFact(true, [ROOT_NAME, ISSUING_NAME])))).toBe(cut);
    expect(completeFrom(cut, listOfRequest(requestFact(true, [ROOT_NAME, OTHER, ISSUING_NAME])))).toBe(cut);
    expect(completeFrom(listOf([OTHER]), whole)).not.toBe(whole);
  });
});

describe("sizes", () => {
  test("are those of the DER of real names", () => {
    // Measured with `openssl req -x509 -subj` and `openssl asn1parse` (OpenSSL 3.0).
    expect(estimatedDerBytes(nameOf(["O=Entrust.net", "C=US"]))).toBe(37);
    expect(estimatedDerBytes(nameOf(ROOT_NAME))).toBe(63);
    expect(estimatedDerBytes(nameOf([`O=${"x".repeat(60)}`, "E=pki@example.com", "DC=example", "DC=com"]))).toBe(152);
  });

  test("add up, with two octets of length for each name", () => {
    const names = [printed(nameOf(ROOT_NAME)), printed(nameOf(OTHER))];
    expect(estimatedWireBytes(names)).toBe(names.reduce((sum, name) => sum + 2 + estimatedDerBytes(name.value), 0));
  });
});

describe("laws", () => {
  const name = fc.integer({ min: 0, max: 30 }).map((at): readonly Attribute[] => [`CN=Random CA ${at}`, "O=Random", "C=US"]);

  test("a CA of the chain in the list means listed, whatever else is in it and in which order", () => {
    fc.assert(fc.property(fc.array(name, { maxLength: 20 }), fc.nat(20), fc.constantFrom(ISSUING_NAME, ROOT_NAME), (others, at, mine) => {
      const names = [...others.slice(0, at), mine, ...others.slice(at)];
      expect(membership(listOf(names)).state).toBe("listed");
    }), { numRuns: 40 });
  });

  test("adding a name never turns listed into anything else", () => {
    fc.assert(fc.property(fc.array(name, { maxLength: 10 }), name, (others, more) => {
      const before = membership(listOf([...others, ROOT_NAME])).state;
      expect(membership(listOf([...others, ROOT_NAME, more])).state).toBe(before);
    }), { numRuns: 40 });
  });
});
