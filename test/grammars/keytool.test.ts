import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { keytool } from "../../grammars/keytool/index.ts";
import type { CertificateFact } from "../../src/model/fact.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith, withoutPlaces } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/keytool/${name}`, "utf8");

followsTheRules(keytool, "keytool");

async function certificates(text: string): Promise<readonly CertificateFact[]> {
  return (await readWith(keytool, text)).facts.map((fact) => {
    if (fact.kind !== "certificate") throw new Error(fact.kind);
    return fact;
  });
}

describe("an entry with a key", () => {
  test("its first certificate has the key, and every extension is known", async () => {
    const [own, root, none] = await certificates(form("key-entry-17.txt"));
    expect(own).toMatchObject({
      subject: { value: { rfc4514: "CN=anna.weber,OU=Fertigung,O=Weidner Werke\\, GmbH,C=DE" } }, issuer: { value: { rfc4514: "CN=Weidner Root CA,O=Weidner Werke,C=DE" } },
      serialNumber: { value: "70f815ad6f71913f9cf2a249bc0bf6abf34861a9" }, sha1Thumbprint: { value: "c3862d1322ef6215ff71be9f63ac8c874e1ed4d7" },
      notBefore: { value: { earliest: "2026-11-22T16:49:43.000Z" } }, notAfter: { value: { latest: "2027-12-27T16:49:43.000Z" } },
      keyUsage: { value: { hex: "a0" } }, extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection, EKU_OIDS.smartcardLogon] },
      publicKey: { value: { algorithm: "RSA", bits: 2048 } }, signatureAlgorithm: { value: "sha256RSA" }, isCa: { value: false },
      subjectAlternativeNames: { value: ["email:anna@weidner.example", "DNS:a.example"] }, authorityKeyIdentifier: { value: "a368300cd07c7484a3a548efd85dd60ffb337d9a" },
      announcedExtensions: { value: 9 }, key: { linked: { value: true } },
    });
    expect(textOf(own?.extendedKeyUsage?.span as never)).toMatch(/^clientAuth\n {2}emailProtection\n {2}1\.3\.6\.1\.4\.1\.311\.20\.2\.2$/);
    expect(textOf(own?.sha1Thumbprint?.span as never)).toMatch(/^C3:86:2D/);
    expect(root).toMatchObject({ isCa: { value: true }, keyUsage: { value: { hex: "06" } }, key: { linked: null }, announcedExtensions: { value: 3 } });
    expect(none).toBeUndefined();
  });

  test("in German says the same", async () => {
    expect((await certificates(form("german-17.txt"))).map(withoutPlaces)).toEqual((await certificates(form("key-entry-17.txt"))).map(withoutPlaces));
  });

  test("a zone that is no UTC leaves hours open", async () => {
    const [own] = await certificates(form("key-entry-17.txt").replace("16:49:43 UTC 2027", "17:49:43 CET 2027"));
    expect(own?.notAfter?.value).toMatchObject({ earliest: "2027-12-27T03:49:43.000Z", latest: "2027-12-28T07:49:43.000Z" });
  });
});

test("an entry of a trusted certificate has no key", async () => {
  const all = await certificates(form("trusted-entries-17.txt"));
  expect(all.map((one) => [one.subject?.value.rdns.at(-1)?.[0]?.value, one.key.linked?.value]).sort()).toEqual([["Weidner Root CA", false], ["anna.weber", false]]);
});

test("a single certificate does not prove that its list of extensions is whole", async () => {
  expect(await certificates(form("printcert-17.txt"))).toMatchObject([{ serialNumber: { value: "05" }, extendedKeyUsage: { value: [EKU_OIDS.serverAuth] }, announcedExtensions: null, publicKey: { value: { algorithm: "EC", bits: 256 } } }]);
});

test.each([
  ["prose", "Owner: the lab\nIssuer: nobody\nSHA1: broken\n"],
  ["a short listing", "anna, Nov 22, 2026, PrivateKeyEntry, \nCertificate fingerprint (SHA-256): 7E:62\n"],
])("%s is no certificate", async (_, text) => {
  expect((await certificates(text)).filter((one) => (one.subject?.value.rdns.length ?? 0) > 0)).toEqual([]);
});
