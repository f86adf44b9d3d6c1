import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readDer } from "../../grammars/shared/der.ts";
import { bytesOfBase64, certificateFromDer, readCertificates } from "../../grammars/shared/x509.ts";
import { sClient } from "../../grammars/s-client/index.ts";
import type { CertificateFact } from "../../src/model/fact.ts";
import { keyUsageFromHex } from "../../src/model/key-usage.ts";
import { EKU_OIDS, oidName } from "../../src/model/oids.ts";
import { lineSpan, sourceText, textOf } from "../../src/text/source-text.ts";

const read = await sClient.reader();
const text = readFileSync("samples/forms/s-client/showcerts-3.0.txt", "utf8");

async function certificatesIn(transcript: string): Promise<readonly CertificateFact[]> {
  const reading = await read(sClient.claim(sourceText("sample.txt", transcript)));
  return reading.facts.filter((fact) => fact.kind === "certificate");
}

const pem = /-----BEGIN CERTIFICATE-----\n([\s\S]*?)-----END CERTIFICATE-----/.exec(text)?.[1] ?? "";
const der = bytesOfBase64(pem) as Uint8Array;
const span = lineSpan(sourceText("a", "x"), 0);

describe("certificates of a transcript", () => {
  test("are decoded from PEM", async () => {
    const [server, root] = await certificatesIn(text);
    expect(server).toMatchObject({
      section: "pem", role: "server", extensionsPrinted: true, serialNumber: { value: "1092" },
      subject: { value: { rfc4514: "CN=login.nordwind.example,O=Nordwind Kraft AB,L=MalmC3B6,C=SE", doubt: null } },
      issuer: { value: { rfc4514: "CN=Nordwind Client Root 1,O=Nordwind Kraft AB,C=SE" } },
      notAfter: { value: { printed: "350208162438Z", earliest: "2035-02-08T16:24:38.000Z", latest: "2035-02-08T16:24:38.000Z" } },
      sha1Thumbprint: { value: "bc73fb53d5c27fa90c5aa1a371257cad235c6725" },
      keyUsage: { value: { hex: "a0", names: ["digitalSignature", "keyEncipherment"] } }, extendedKeyUsage: { value: [EKU_OIDS.serverAuth] },
      publicKey: { value: { algorithm: "RSA", bits: 2048 } }, signatureAlgorithm: { value: "sha256RSA" }, isCa: { value: false },
      subjectAlternativeNames: { value: ["DNS:login.nordwind.example", "IP:10.1.2.3"] },
    });
    expect(root).toMatchObject({ subject: { value: { rfc4514: "CN=Nordwind Client Root 1,O=Nordwind Kraft AB,C=SE" } }, isCa: { value: true }, keyUsage: null, extendedKeyUsage: null });
    expect(server?.authorityKeyIdentifier?.value).toBe(root?.subjectKeyIdentifier?.value);
    expect(textOf((server as CertificateFact).span)).toMatch(/^-----BEGIN CERTIFICATE-----\nMII[\s\S]*-----END CERTIFICATE-----$/);
  });

  test("are read through prefixes, blank lines and dashes", async () => {
    const plain = (await certificatesIn(text)).map(({ sha1Thumbprint }) => sha1Thumbprint?.value);
    for (const changed of [
      text.replace(/^/gm, "> "), text.replace(/^/gm, "    "), text.replaceAll("\n", "\n\n"), text.replaceAll("\n", "\r\n"), text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "\u2014\u2013$1 CERTIFICATE\u2014\u2013"),
    ]) expect((await certificatesIn(changed)).map(({ sha1Thumbprint }) => sha1Thumbprint?.value)).toEqual(plain);
  });

  test("are left out when lines are missing or replaced", async () => {
    const lines = pem.split("\n");
    const without = text.replaceAll(pem, [...lines.slice(0, 4), ...lines.slice(5)].join("\n"));
    expect((await certificatesIn(without)).map(({ subject }) => subject?.value.rfc4514)).toEqual(["CN=Nordwind Client Root 1,O=Nordwind Kraft AB,C=SE"]);
    expect(await certificatesIn(text.replace(/-----BEGIN CERTIFICATE-----\n[\s\S]*?-----END/g, "-----BEGIN CERTIFICATE-----\n[...]\n-----END"))).toEqual([]);
  });

  test("printed twice make one fact", async () => {
    const facts = await readCertificates([{ base64: pem, span }, { base64: pem.replaceAll("\n", "\r\n"), span }], "s_client");
    expect(facts.length).toBe(1);
  });

  test("an EC key has the size of its curve", async () => {
    // openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=a
    const ec = readFileSync("samples/forms/s-client/ec-certificate.pem", "utf8").replace(/-----[A-Z ]+-----/g, "");
    const fact = await certificateFromDer(bytesOfBase64(ec) as Uint8Array, span, "s_client", null);
    expect(fact).toMatchObject({ publicKey: { value: { algorithm: "EC", bits: 256 } }, signatureAlgorithm: { value: "sha256ECDSA" }, role: null });
  });
});

describe("malformed encodings", () => {
  test("cut at every octet: no certificate, nothing thrown", async () => {
    for (let length = 0; length < der.length; length += 7) expect(await certificateFromDer(der.subarray(0, length), span, "s_client", null)).toBeNull();
    expect(await certificateFromDer(Uint8Array.from([...der, 0]), span, "s_client", null)).toBeNull();
  });

  test("an octet changed never throws", async () => {
    await fc.assert(fc.asyncProperty(fc.nat(der.length - 1), fc.nat(255), async (at, octet) => {
      const changed = Uint8Array.from(der);
      changed[at] = octet;
      const fact = await certificateFromDer(changed, span, "s_client", null);
      expect(fact === null || fact.kind === "certificate").toBe(true);
    }), { numRuns: 300 });
  });

  test("any octets never throw", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (octets) => {
      const node = await readDer(octets);
      expect(node === null || node.content.length <= octets.length).toBe(true);
    }), { numRuns: 300 });
  });

  test("base64 with other characters, of a wrong length or none is refused", () => {
    expect([bytesOfBase64("QUI"), bytesOfBase64("QU*="), bytesOfBase64(""), bytesOfBase64("QUJD\n RA==")?.length]).toEqual([null, null, null, 4]);
  });
});

describe("key usage and OIDs", () => {
  test.each([
    ["a0", "a0", ["digitalSignature", "keyEncipherment"]], ["80 80", "8080", ["digitalSignature", "decipherOnly"]], ["0x06", "06", ["keyCertSign", "cRLSign"]],
    ["08", "08", ["keyAgreement"]], ["C0", "c0", ["digitalSignature", "nonRepudiation"]], ["8", "08", ["keyAgreement"]], ["", "", []], ["zz", "", []], ["00", "00", []],
  ])("%p", (printed, hex, names) => expect(keyUsageFromHex(printed)).toEqual({ hex, names }));

  test("names of OIDs", () => expect(["1.3.6.1.5.5.7.3.2", "2.5.29.15", "1.2.840.113549.1.1.11", "1.2.3"].map(oidName)).toEqual(["clientAuth", "keyUsage", "sha256RSA", null]));
});
