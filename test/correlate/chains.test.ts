import { describe, expect, test } from "@jest/globals";
import type { Fact } from "../../src/model/fact.ts";
import type { Chain } from "../../src/correlate/chains.ts";
import type { CertificateSpec } from "../support/certificate-spec.ts";
import { ISSUING_NAME, ROOT_NAME, authority, clientCertificate, digitsOf, issuingCa, rootCa } from "../support/certificate-spec.ts";
import { caStore, certificateFact, listing, nameOf, printed, rootStore, sessionFact, situationOf, userStore } from "../support/make-facts.ts";

const alice = clientCertificate();

function chainOf(leaf: CertificateSpec, ...facts: readonly Fact[]): Chain {
  const situation = situationOf([...userStore(leaf), ...facts]);
  const certificate = situation.candidates.find((one) => one.sha1Thumbprint?.value === leaf.thumbprint);
  if (certificate === undefined) throw new Error("the leaf is no candidate");
  return situation.chainOf(certificate);
}

const namesOf = (links: Chain["reachable"]): readonly string[] => links.map((link) => link.name.value.rdns.flat().find((one) => one.type === "CN")?.value ?? "?");

test("goes from the issuer up to the self-signed root, and ends there", () => {
  const chain = chainOf(alice, ...caStore(issuingCa), ...rootStore(rootCa));
  expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1", "Fabrik Root CA"]);
  expect(chain.closed?.shows).toContain("issuer and subject are one name");
  expect(chain.beyond).toEqual([]);
  expect(chain.missing).toBeNull();
});

test("stays open where no certificate of the issuer is at hand", () => {
  const chain = chainOf(alice);
  expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1"]);
  expect(chain.closed).toBeNull();
});

test("a self-signed certificate is its own chain", () => {
  const own = clientCertificate({ subject: ["CN=own"], issuer: ["CN=own"] });
  const chain = chainOf(own);
  expect(namesOf(chain.reachable)).toEqual(["own"]);
  expect(chain.closed).not.toBeNull();
});

test("a CA of the same name with another key is not followed", () => {
  const twin = authority(ISSUING_NAME, ["CN=Foreign Root"], { subjectKeyIdentifier: digitsOf("another key") });
  const chain = chainOf(alice, certificateFact(twin, { store: null, section: "dump" }));
  expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1"]);
  expect(chain.reachable[0]?.authority).toBeNull();
});

test("of two CAs of one name the one with the right key is followed", () => {
  const twin = authority(ISSUING_NAME, ["CN=Foreign Root"], { subjectKeyIdentifier: digitsOf("another key") });
  const chain = chainOf(alice, ...caStore(twin, issuingCa), ...rootStore(rootCa));
  expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1", "Fabrik Root CA"]);
});

test("names go on where only a transcript prints the CA's issuer", () => {
  const pair = { subject: printed(nameOf(ISSUING_NAME)), issuer: printed(nameOf(ROOT_NAME)) };
  const chain = chainOf(alice, sessionFact(1, { serverChain: [pair] }));
  expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1", "Fabrik Root CA"]);
});

describe("a complete listing of the client's CA store", () => {
  const other = authority(["CN=Other CA"], ROOT_NAME);

  test("without the intermediate proves that it is missing; what lies above cannot be reached", () => {
    const chain = chainOf(alice, ...caStore(other), certificateFact(issuingCa, { store: null, section: "dump" }), ...rootStore(rootCa));
    expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1"]);
    expect(namesOf(chain.beyond)).toEqual(["Fabrik Root CA"]);
    expect(chain.missing?.link.name.value.printed).toContain("Fabrik Issuing CA 1");
    expect(chain.missing?.listing.shows).toContain("holds no certificate");
  });

  test("that was cut or broken off proves nothing", () => {
    for (const ending of ["cut", "lost"] as const) {
      const store = { name: "CA", scope: "user" } as const;
      const chain = chainOf(alice, ...listing([certificateFact(other, { store })], store, ending), certificateFact(issuingCa, { store: null, section: "dump" }), ...rootStore(rootCa));
      expect(chain.missing).toBeNull();
      expect(namesOf(chain.reachable)).toEqual(["Fabrik Issuing CA 1", "Fabrik Root CA"]);
    }
  });

  test("does not miss a root: roots are in another store", () => {
    const chain = chainOf(clientCertificate({ issuer: ROOT_NAME }), ...caStore(other), ...rootStore(rootCa));
    expect(namesOf(chain.reachable)).toEqual(["Fabrik Root CA"]);
    expect(chain.missing).toBeNull();
  });
});

test("two CAs that name each other end the chain", () => {
  const one = authority(["CN=One"], ["CN=Two"]);
  const two = authority(["CN=Two"], ["CN=One"]);
  const chain = chainOf(clientCertificate({ issuer: ["CN=One"] }), ...caStore(one, two));
  expect(namesOf(chain.reachable)).toEqual(["One", "Two"]);
});

test("a chain of any length ends", () => {
  const cas = Array.from({ length: 60 }, (_, at) => authority([`CN=CA ${at}`], [`CN=CA ${at + 1}`]));
  const chain = chainOf(clientCertificate({ issuer: ["CN=CA 0"] }), ...caStore(...cas));
  expect(chain.reachable.length).toBeLessThanOrEqual(16);
});
