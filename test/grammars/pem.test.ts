import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { pem } from "../../grammars/pem/index.ts";
import { readInputs } from "../../src/read-inputs.ts";
import { formats } from "../../grammars/index.ts";
import { armorDer, armorPfx, kindOfDer } from "../../src/text/armor.ts";
import { joinCertificates } from "../../src/correlate/certificates.ts";
import { textOf } from "../../src/text/source-text.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";
import { inputOf } from "../support/input-of.ts";

const path = (name: string): string => `samples/forms/pem/${name}`;
const form = (name: string): string => readFileSync(path(name), "utf8");

followsTheRules(pem, "pem", { alsoIn: ["with-pem"] });

const CLIENT = "c3862d1322ef6215ff71be9f63ac8c874e1ed4d7";

async function thumbprints(text: string): Promise<readonly (string | undefined)[]> {
  return (await readWith(pem, text)).facts.map((fact) => (fact.kind === "certificate" ? fact.sha1Thumbprint?.value : `${fact.kind} ${"what" in fact ? fact.what : ""}`));
}

async function readFile(name: string): Promise<Awaited<ReturnType<typeof readInputs>>> {
  return readInputs([inputOf(new Uint8Array(readFileSync(path(name))), [], name)], formats, { encoding: null, newDigest: null });
}

describe("a block", () => {
  test("is decoded to the last extension", async () => {
    const [fact] = (await readWith(pem, form("trusted.pem"))).facts;
    expect(fact).toMatchObject({
      kind: "certificate", format: "pem", section: "pem", role: null, sha1Thumbprint: { value: CLIENT }, extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection, EKU_OIDS.smartcardLogon] },
      applicationPolicies: { value: [EKU_OIDS.clientAuth] }, announcedExtensions: { value: 9 },
    });
    expect(fact?.kind === "certificate" && fact.extensionOids.length).toBe(9);
    expect(textOf(fact?.span as never)).toMatch(/^-----BEGIN TRUSTED CERTIFICATE-----\n[\s\S]*-----END TRUSTED CERTIFICATE-----$/);
  });

  test.each([["quoted-pair.txt", 2], ["bundle-pkcs7.pem", 2], ["in-json.json", 2]] as const)("%s holds %d certificates", async (name, count) => {
    const found = await thumbprints(form(name));
    expect(found).toHaveLength(count);
    expect(found).toContain(CLIENT);
  });

  test("twice the same is one fact", async () => {
    expect(await thumbprints(form("trusted.pem") + form("trusted.pem"))).toEqual([CLIENT]);
  });

  test("of a key gives no content", async () => {
    const { facts } = await readWith(pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nTm90IGEga2V5Lg==\n-----END ENCRYPTED PRIVATE KEY-----\n");
    expect(facts).toMatchObject([{ kind: "key-block", key: { linked: null, status: null } }]);
    expect(facts.map((fact) => textOf(fact.span))).toEqual(["-----BEGIN ENCRYPTED PRIVATE KEY-----"]);
  });

  test("that is not whole is damage", async () => {
    const lines = form("trusted.pem").split("\n");
    expect(await thumbprints(lines.slice(0, 12).join("\n"))).toEqual(["damage truncated"]);
    expect(await thumbprints([...lines.slice(0, 5), ...lines.slice(8)].join("\n"))).toEqual(["damage truncated"]);
    expect(await thumbprints("-----BEGIN PKCS12-----\nMIIE\n-----END PKCS12-----\n")).toEqual(["damage encoding"]);
  });

  test("that is something else gives nothing", async () => {
    for (const label of ["CERTIFICATE REQUEST", "PUBLIC KEY", "X509 CRL"]) expect(await thumbprints(`-----BEGIN ${label}-----\nMIIE\n-----END ${label}-----\n`)).toEqual([]);
    expect(await thumbprints("Begin with -----BEGIN CERTIFICATE----- and end with -----END CERTIFICATE-----, please.\n")).toEqual([]);
  });
});

describe("files in DER", () => {
  test.each([["client.der", 1], ["bundle.p7b", 2]] as const)("%s is read and quoted as PEM", async (name, count) => {
    const { inputs, facts } = await readFile(name);
    expect(inputs).toMatchObject([{ file: name, encoding: "binary", formats: ["pem"] }]);
    expect(facts.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => "certificate"));
    expect(facts[0]).toMatchObject({ sha1Thumbprint: { value: CLIENT } });
    expect(textOf(facts[0]?.span as never)).toMatch(/^-----BEGIN (?:CERTIFICATE|PKCS7)-----\nMII/);
  });

  test("their kind is told by their first element", () => {
    const sequence = (...content: readonly number[]): Uint8Array => Uint8Array.from([0x30, 0x81, 0x80, ...content, ...Array.from({ length: 0x80 - content.length }, () => 5)]);
    expect(kindOfDer(sequence(0x30, 0x03))).toBe("certificate");
    expect(kindOfDer(sequence(0x02, 0x01, 0x03))).toBe("pkcs12");
    expect(kindOfDer(sequence(0x02, 0x01, 0x00))).toBe("key");
    expect(kindOfDer(sequence(0x04, 0x01))).toBeNull();
    expect(kindOfDer(sequence(0x30, 0x03).subarray(0, 100))).toBeNull();
    expect(kindOfDer(new TextEncoder().encode("0".repeat(130)))).toBeNull();
  });

  test("a PFX with certificates in the clear gives them, and nothing of its key", async () => {
    const { inputs: [input], facts } = await readFile("plain.p12");
    expect(facts.map((fact) => (fact.kind === "certificate" ? fact.subject?.value.rfc4514 : fact.kind))).toEqual(["CN=till-07,O=Talgrund Logistik", "CN=Talgrund Root CA,O=Talgrund Logistik"]);
    expect(facts.every((fact) => /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----$/.test(textOf(fact.span)))).toBe(true);
    expect(input?.encodingBecause).toContain("not encrypted");
    expect(armorDer(new Uint8Array(readFileSync(path("plain.p12"))))?.text.match(/-----BEGIN [^-]+/g)).toEqual(["-----BEGIN CERTIFICATE", "-----BEGIN CERTIFICATE"]);
  });

  test("an encrypted PFX is damage that names the commands, though its names look like UTF-16", async () => {
    // Without the type of its bags no certificate is to be seen, as in an encrypted one.
    const octets = new Uint8Array(readFileSync(path("plain.p12")));
    const bag = [0x0c, 0x0a, 0x01, 0x03];
    for (let at = 0; at < octets.length; at++) if (bag.every((byte, index) => octets[at + index] === byte)) octets[at + 3] = 0x7f;
    const { inputs: [input], facts } = await readInputs([inputOf(octets, [], "encrypted.p12")], formats, { encoding: null, newDigest: null });
    expect(facts).toMatchObject([{ kind: "damage", says: expect.stringMatching(/encrypted.*certutil -dump FILE.*openssl pkcs12 -in FILE -info -nokeys/) }]);
    expect(input?.encoding).toBe("binary");
  });

  test("a PFX cut or changed anywhere is read without an error, and never gives more than its certificates", () => {
    const whole = new Uint8Array(readFileSync(path("plain.p12")));
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, cut) => {
      const changed = Uint8Array.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) changed[at] = byte;
      const labels = armorDer(changed)?.text.match(/-----BEGIN [^-]+/g) ?? [];
      return labels.length <= 2 && labels.every((label) => label === "-----BEGIN CERTIFICATE" || label === "-----BEGIN PKCS7");
    }));
  });

  test("a PFX with an empty password gives its certificates, and nothing of its key", async () => {
    const { inputs: [input], facts } = await readFile("empty-password.p12");
    expect(facts.map((fact) => (fact.kind === "certificate" ? fact.subject?.value.rfc4514 : fact.kind))).toEqual(["CN=till-08,O=Talgrund Logistik", "CN=Talgrund Root CA,O=Talgrund Logistik"]);
    expect(input?.encodingBecause).toContain("password is empty");
    const armored = await armorPfx(new Uint8Array(readFileSync(path("empty-password.p12"))));
    expect(armored?.text.match(/-----BEGIN [^-]+/g)).toEqual(["-----BEGIN CERTIFICATE", "-----BEGIN CERTIFICATE"]);
  });

  test.each(["encrypted.p12", "many-rounds.p12"])("%s, with another password or more rounds than any tool takes, is damage that names the commands", async (name) => {
    const octets = new Uint8Array(readFileSync(`test/grammars/unread/${name}`));
    const { inputs: [input], facts } = await readInputs([inputOf(octets, [], name)], formats, { encoding: null, newDigest: null });
    expect(facts).toMatchObject([{ kind: "damage", says: expect.stringMatching(/encrypted with a password.*certutil -dump FILE.*openssl pkcs12 -in FILE -info -nokeys/) as unknown }]);
    expect(input?.encoding).toBe("binary");
    expect(await armorPfx(octets)).toBeNull();
  });

  test("an encrypted PFX cut or changed anywhere gives its certificates or nothing", async () => {
    const whole = new Uint8Array(readFileSync(path("empty-password.p12")));
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (at, byte, cut) => {
      const changed = Uint8Array.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) changed[at] = byte;
      const labels = (await armorPfx(changed))?.text.match(/-----BEGIN [^-]+/g) ?? [];
      return labels.length <= 2 && labels.every((label) => label === "-----BEGIN CERTIFICATE");
    }));
  });

  test("a key and a PFX stay unread, and the report says what they are", async () => {
    for (const [third, says] of [[0x03, "PFX"], [0x00, "private key"]] as const) {
      const bytes = Uint8Array.from([0x30, 0x81, 0x80, 0x02, 0x01, third, ...Array.from({ length: 0x7d }, () => 7)]);
      const { facts } = await readInputs([inputOf(bytes, [], "file")], formats, { encoding: null, newDigest: null });
      expect(facts).toMatchObject([{ kind: "damage", what: "encoding", says: expect.stringContaining(says) as unknown }]);
    }
  });
});

test("subject and issuer above a block are of the same certificate", async () => {
  const text = `subject=C = DE, O = "Weidner Werke, GmbH", OU = Fertigung, CN = anna.weber\n\nissuer=C = DE, O = Weidner Werke, CN = Weidner Root CA\n\n${form("trusted.pem")}`.replace("\n\nissuer", "\nissuer");
  const { facts } = await readInputs([inputOf(text)], formats, { encoding: null, newDigest: null });
  expect(facts.map(({ format }) => format)).toEqual(["x509-text", "pem"]);
  expect(joinCertificates(facts)).toHaveLength(1);
});
