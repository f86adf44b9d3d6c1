import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { x509Text } from "../../grammars/x509-text/index.ts";
import type { CertificateFact } from "../../src/model/fact.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/x509-text/${name}`, "utf8");

async function certificates(text: string): Promise<readonly CertificateFact[]> {
  const { facts } = await readWith(x509Text, text);
  return facts.map((fact) => {
    if (fact.kind !== "certificate") throw new Error(fact.kind);
    return fact;
  });
}

async function only(text: string): Promise<CertificateFact> {
  const [fact, second] = await certificates(text);
  if (fact === undefined || second !== undefined) throw new Error("not exactly one certificate");
  return fact;
}

followsTheRules(x509Text, "x509-text");

describe("a whole certificate", () => {
  test("is read with all its extensions", async () => {
    const fact = await only(form("client-3.0.txt"));
    expect(fact).toMatchObject({
      section: "dump", role: null, serialNumber: { value: "70f815ad6f71913f9cf2a249bc0bf6abf34861a9" },
      issuer: { value: { rfc4514: "CN=Weidner Root CA,O=Weidner Werke,C=DE" } }, subject: { value: { rfc4514: "CN=anna.weber,OU=Fertigung,O=Weidner Werke\\, GmbH,C=DE" } },
      notBefore: { value: { earliest: "2026-11-22T16:49:43.000Z", latest: "2026-11-22T16:49:43.000Z" } }, notAfter: { value: { earliest: "2027-12-27T16:49:43.000Z" } },
      keyUsage: { value: { hex: "a0", names: ["digitalSignature", "keyEncipherment"] } },
      extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection, EKU_OIDS.smartcardLogon] },
      publicKey: { value: { algorithm: "RSA", bits: 2048 } }, signatureAlgorithm: { value: "sha256RSA" }, isCa: { value: false },
      subjectAlternativeNames: { value: ["email:anna@weidner.example", "DNS:a.example"] },
      subjectKeyIdentifier: { value: "2f9564e00cc6e21d8ec00c298e9727c63b975a26" }, authorityKeyIdentifier: { value: "a368300cd07c7484a3a548efd85dd60ffb337d9a" },
      extensionsPrinted: true, announcedExtensions: { value: 9 },
    });
    expect(fact.extensionOids).toHaveLength(9);
    expect(textOf(fact.extendedKeyUsage?.span as never)).toBe("TLS Web Client Authentication, E-mail Protection, Microsoft Smartcard Login");
  });

  test("of version 1 has no extensions, and that is printed", async () => {
    const fact = await only(form("version-1-3.0.txt"));
    expect(fact).toMatchObject({ extensionsPrinted: true, announcedExtensions: { value: 0 }, extensionOids: [], publicKey: { value: { algorithm: "EC", bits: 256 } }, serialNumber: { value: "07" } });
    expect(textOf(fact.announcedExtensions?.span as never)).toBe("Version: 1 (0x0)");
  });

  test("may have names on lines of their own", async () => {
    expect(await only(form("multiline-names-3.0.txt"))).toMatchObject({ subject: { value: { rfc4514: "CN=ed" } }, publicKey: { value: { algorithm: "Ed25519", bits: 256 } }, signatureAlgorithm: { value: "Ed25519" } });
  });

  test("may be quoted", async () => {
    expect(await only(form("quoted-in-mail.txt"))).toMatchObject({ extendedKeyUsage: { value: [EKU_OIDS.serverAuth] }, announcedExtensions: { value: 3 } });
  });

  test("several are several", async () => {
    expect((await certificates(form("client-3.0.txt") + form("web-3.0.txt"))).map((fact) => fact.serialNumber?.value)).toEqual(["70f815ad6f71913f9cf2a249bc0bf6abf34861a9", "05"]);
  });
});

describe("absence is provable", () => {
  test.each([
    ["only with the heading of the block", /^ {8}X509v3 extensions:\n/m, ""],
    ["only with the line behind the block", /^ {4}Signature Algorithm:[\s\S]*/m, ""],
    ["not where lines were taken out", /^ {12}X509v3 Subject Key Identifier: \n.*\n/m, "            [...]\n"],
  ])("%s", async (_, cut, by) => {
    const whole = form("web-3.0.txt");
    expect((await only(whole)).announcedExtensions?.value).toBe(3);
    expect((await only(whole.replace(cut, by))).announcedExtensions).toBeNull();
  });

  test("not from single extensions", async () => {
    const fact = await only("X509v3 Key Usage: critical\n    Digital Signature\n");
    expect(fact).toMatchObject({ section: "fragment", keyUsage: { value: { hex: "80" } }, announcedExtensions: null, extendedKeyUsage: null });
  });
});

describe("pieces", () => {
  test("single options of openssl x509 are one certificate", async () => {
    expect(await only(form("options-3.0.txt"))).toMatchObject({
      section: "fragment", sha1Thumbprint: { value: "c3862d1322ef6215ff71be9f63ac8c874e1ed4d7" }, serialNumber: { value: "70f815ad6f71913f9cf2a249bc0bf6abf34861a9" },
      extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection, EKU_OIDS.smartcardLogon] }, announcedExtensions: null,
    });
  });

  test("old names with slashes", async () => {
    expect((await certificates("subject= /C=SE/O=Alva Bank/CN=klient\nissuer= /C=SE/O=Alva Bank/CN=Alva CA\n\nsubject= /C=SE/O=Alva Bank/CN=Alva CA\nissuer= /C=SE/O=Alva Bank/CN=Alva Root\n")).map((fact) => [fact.subject?.value.rfc4514, fact.issuer?.value.rfc4514])).toEqual([
      ["CN=klient,O=Alva Bank,C=SE", "CN=Alva CA,O=Alva Bank,C=SE"], ["CN=Alva CA,O=Alva Bank,C=SE", "CN=Alva Root,O=Alva Bank,C=SE"],
    ]);
  });

  test("extensions in prose are a certificate each", async () => {
    const [old, renewed] = await certificates(form("extension-fragments.txt"));
    expect(old).toMatchObject({ extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.serverAuth] }, keyUsage: null });
    expect(renewed).toMatchObject({ extendedKeyUsage: { value: [EKU_OIDS.serverAuth] }, keyUsage: { value: { hex: "8880", names: ["digitalSignature", "keyAgreement", "decipherOnly"] } } });
  });

  test("OIDs without a name stay OIDs, unknown names stay names", async () => {
    expect((await only("X509v3 Extended Key Usage:\n  1.3.6.1.5.2.3.4, Our Own Purpose\n")).extendedKeyUsage?.value).toEqual(["1.3.6.1.5.2.3.4", "Our Own Purpose"]);
  });

  test("a key identifier of older versions has a prefix", async () => {
    expect((await only("X509v3 Authority Key Identifier:\n  keyid:A3:68:30:0C:D0:7C\n  DirName:/CN=x\n")).authorityKeyIdentifier?.value).toBe("a368300cd07c");
  });
});

describe("what is no certificate", () => {
  test.each([
    ["a request", "Certificate Request:\n    Data:\n        Version: 1 (0x0)\n        Subject: CN = anna\n        Subject Public Key Info:\n            Public Key Algorithm: rsaEncryption\n"],
    ["a mail", "From: anna@example.org\nSubject: certificate\n\nThe Issuer: our CA. Version: 3\n"],
    ["prose about an extension", "You need X509v3 extensions: keyUsage and so on.\nThe X509v3 Extended Key Usage: must be right\n"],
    ["a shell script", "subject=\"$1\"\nissuer=none\nserial=$(date)\n"],
  ])("%s", async (_, text) => {
    expect(await certificates(text)).toEqual([]);
  });
});
