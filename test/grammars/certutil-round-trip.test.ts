import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { certutil } from "../../grammars/certutil/index.ts";
import { labelTables } from "../../grammars/certutil/labels/index.ts";
import type { CertificateFact } from "../../src/model/fact.ts";
import { canonicalType, type Name } from "../../src/model/name.ts";
import { sourceText } from "../../src/text/source-text.ts";
import { damages, inventedWords, printStore, wordsOf, type PrintedCertificate, type PrintedKey, type PrintedStyle } from "../support/print-certutil.ts";

const read = await certutil.reader();

async function certificatesOf(text: string): Promise<readonly CertificateFact[]> {
  const { facts } = await read(certutil.claim(sourceText("listing.txt", text)));
  return facts.filter((fact) => fact.kind === "certificate");
}

/** Attributes of a name without their order, as `TYPE=value`. */
function attributes(name: Name | undefined): readonly string[] | null {
  return name === undefined ? null : name.rdns.flat().map((attribute) => `${attribute.type}=${attribute.value}`).sort();
}

function canonical(parts: readonly string[]): readonly string[] {
  return parts.map((part) => `${canonicalType(part.slice(0, part.indexOf("=")))}=${part.slice(part.indexOf("=") + 1)}`).sort();
}

/** The fields of a fact that a listing in this style prints. */
function shown(fact: CertificateFact | undefined): unknown {
  if (fact === undefined) return "not read";
  const { key } = fact;
  return {
    serial: fact.serialNumber?.value ?? null, issuer: attributes(fact.issuer?.value), subject: attributes(fact.subject?.value),
    notBefore: fact.notBefore?.value.printed ?? null, notAfter: fact.notAfter?.value.printed ?? null, sha1: fact.sha1Thumbprint?.value ?? null,
    keyUsage: fact.keyUsage?.value.hex ?? null, extendedKeyUsage: fact.extendedKeyUsage?.value ?? null, extensionsPrinted: fact.extensionsPrinted,
    announced: fact.announcedExtensions?.value ?? null, found: fact.extensionOids.length, subjectKeyIdentifier: fact.subjectKeyIdentifier?.value ?? null,
    publicKey: fact.publicKey?.value ?? null, linked: key.linked?.value ?? null, container: key.container?.value ?? null,
    uniqueContainer: key.uniqueContainer?.value ?? null, provider: key.provider?.value ?? null, providerType: key.providerType?.value ?? null,
    flags: key.flags?.value ?? null, machineKeyset: key.machineKeyset?.value ?? null, keySpec: key.keySpec?.value ?? null,
  };
}

function expected(certificate: PrintedCertificate, style: PrintedStyle, knowsStatus: boolean): unknown {
  const { key } = certificate;
  const { long } = style;
  const extensions = [certificate.keyUsage, certificate.extendedKeyUsage, certificate.subjectKeyIdentifier].filter((part) => part !== null).length;
  return {
    serial: certificate.serial, issuer: canonical(certificate.issuer), subject: canonical(certificate.subject),
    notBefore: certificate.notBefore, notAfter: certificate.notAfter, sha1: certificate.sha1,
    keyUsage: long ? certificate.keyUsage : null, extendedKeyUsage: long ? certificate.extendedKeyUsage : null,
    extensionsPrinted: long && (knowsStatus || extensions > 0), announced: long && (knowsStatus || extensions > 0) ? extensions : null, found: long ? extensions : 0,
    subjectKeyIdentifier: long ? certificate.subjectKeyIdentifier : null,
    publicKey: long ? { algorithm: "RSA", bits: certificate.bits } : null,
    linked: key === null ? (knowsStatus ? false : null) : true, container: key?.container ?? null, uniqueContainer: key?.uniqueContainer ?? null,
    provider: key?.provider ?? null, providerType: long ? (key?.providerType ?? null) : null, flags: long ? (key?.flags ?? null) : null,
    machineKeyset: long && key !== null ? (key.flags & 0x20) !== 0 : null, keySpec: long ? (key?.keySpec ?? null) : null,
  };
}

const hexDigits = (length: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length }).map((digits) => digits.join(""));
const word = fc.constantFrom("Contoso", "Fabrikam, Inc.", "Müller & Söhne GmbH", "Litware Österreich AG", "IT-Sicherheit", "Terms of use at https://www.example.com/rpa (c)10",
  "(c) 2006 VeriSign, Inc. - For authorized use only", "株式会社", "O'Neill", "Gerda Weiß", "client.example.com", "*.example.com", "Issuing CA 01", "x");
const part = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom("CN", "OU", "O", "L", "S", "DC", "E", "C"), word).map(([type, value]) => (type === "C" ? "C=DE" : `${type}=${value}`)) },
  fc.tuple(fc.constantFrom("SERIALNUMBER", "T", "G", "SN", "OID.2.5.4.97"), word).map(([type, value]) => `${type}=${value}`),
);
const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => [`CN=${parts.length}`, ...parts]);
const two = (value: number): string => String(value).padStart(2, "0");
const dateStyles: readonly ((year: number, month: number, day: number, hour: number, minute: number) => string)[] = [
  (y, m, d, h, n) => `${m}/${d}/${y} ${((h + 11) % 12) + 1}:${two(n)} ${h < 12 ? "AM" : "PM"}`,
  (y, m, d, h, n) => `${two(d)}/${two(m)}/${y} ${two(h)}:${two(n)}`,
  (y, m, d, h, n) => `${two(d)}.${two(m)}.${y} ${two(h)}:${two(n)}`,
  (y, m, d, h, n) => `${two(d)}.${two(m)}.${y}. ${two(h)}:${two(n)}`,
  (y, m, d, h, n) => `${y}-${two(m)}-${two(d)} ${two(h)}:${two(n)}`,
  (y, m, d, h, n) => `${y}/${m}/${d} ${h}:${two(n)}`,
];
const dates = fc.tuple(fc.constantFrom(...dateStyles), fc.integer({ min: 1998, max: 2040 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([style, year, month, day, hour, minute]) => [style(year, month, day, hour, minute), style(year + 2, month, day, hour, minute)] as const);
const provider = fc.constantFrom(
  { provider: "Microsoft Software Key Storage Provider", providerType: 0 }, { provider: "Microsoft Platform Crypto Provider", providerType: 0 },
  { provider: "Microsoft Enhanced Cryptographic Provider v1.0", providerType: 1 }, { provider: "Microsoft Strong Cryptographic Provider", providerType: 1 },
  { provider: "Microsoft RSA SChannel Cryptographic Provider", providerType: 12 }, { provider: "Microsoft Enhanced RSA and AES Cryptographic Provider", providerType: 24 },
  { provider: "nCipher Security World Key Storage Provider", providerType: 0 }, { provider: "eToken Base Cryptographic Provider", providerType: 1 },
);
const key: fc.Arbitrary<PrintedKey> = fc.record({
  container: fc.constantFrom("te-User-c7bcc4bd-0498-4411-af44-da2257f54387", "{51B4C789-2185-2CE9-A255-27E97232B5A7}", "CVI Issuing CA 1", "NAME:058 2022-11-11 18:00:19",
    "S-1-12-1-4/login.windows.net/5/user@example.com", "a890fd7fbbfc072f8fe045e680c501cf_5834bfa9-1c4a-44a8-a128-c2267f712336"),
  uniqueContainer: fc.constantFrom(null, "89a3fdb59f7870ac900a6c61cfdea3a0_74659c6a-d4ff-4c5d-acde-0ce27b655f0a", "C:\\ProgramData\\Microsoft\\Crypto\\PCPKSP\\76\\80.PCPKEY"),
  of: provider, flags: fc.constantFrom(0, 0x20, 0x40, 0x60), keySpec: fc.constantFrom(0, 1, 2),
  outcome: fc.constantFrom("encryption", "signature", "missing", "mismatch", "none"),
}).map(({ of, ...rest }) => ({ ...rest, ...of }));
const certificate: fc.Arbitrary<PrintedCertificate> = fc.record({
  serial: fc.constantFrom(1, 4, 10, 19).chain((octets) => hexDigits(octets * 2)), issuer: name, subject: name, dates, sha1: hexDigits(40),
  template: fc.constantFrom(null, "User", "SubCA, Subordinate Certification Authority"), keyUsage: fc.option(hexDigits(2)),
  extendedKeyUsage: fc.option(fc.subarray(["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4", "1.3.6.1.4.1.311.20.2.2", "2.5.29.37.0"], { minLength: 1 })),
  subjectKeyIdentifier: fc.option(hexDigits(40)), bits: fc.constantFrom(1024, 2048, 4096), key: fc.option(key, { freq: 4 }),
}).map(({ dates: [notBefore, notAfter], ...rest }) => ({ ...rest, notBefore, notAfter }));

const allWords = labelTables.map((table) => ({ locale: table.locale, words: wordsOf(table) }));
const ends = fc.constantFrom("\r\n", "\n", "\r");

describe("what certutil printed is read back", () => {
  test.each(Object.keys(damages))("in every language and version, after: %s", async (damage) => {
    await fc.assert(fc.asyncProperty(
      fc.array(certificate, { minLength: 1, maxLength: 3 }), fc.constantFrom(...allWords), fc.boolean(), fc.boolean(), ends,
      async (certificates, { words }, long, old, end) => {
        const style = { words, long, old };
        const text = (damages[damage] as (lines: readonly string[]) => readonly string[])(printStore(certificates, style)).join(end);
        const found = await certificatesOf(text);
        expect(found.map(shown)).toEqual(certificates.map((each) => expected(each, style, true)));
        expect(found.map((fact) => fact.key.status?.value ?? null)).toEqual(certificates.map((each) => each.key && STATUS[each.key.outcome]));
      }), { numRuns: 60 });
  }, 60_000);

  test("in a language nobody has a table for, by the order of the lines", async () => {
    await fc.assert(fc.asyncProperty(fc.array(certificate, { minLength: 1, maxLength: 2 }), fc.boolean(), fc.boolean(), async (certificates, long, old) => {
      const style = { words: inventedWords, long, old };
      const found = await certificatesOf(printStore(certificates, style).join("\r\n"));
      expect(found.map(shown)).toEqual(certificates.map((each) => expected(each, style, false)));
    }), { numRuns: 150 });
  }, 60_000);

  test("when all lines were joined into one", async () => {
    await fc.assert(fc.asyncProperty(certificate, fc.boolean(), async (each, old) => {
      const style = { words: wordsOf(labelTables[0] as (typeof labelTables)[number]), long: false, old };
      const found = await certificatesOf(`Here it is:\n${printStore([each], style).map((line) => line.trim()).filter((line) => line !== "").join(" ")}\nRegards`);
      expect(found.map(shown)).toEqual([expected(each, style, true)]);
    }), { numRuns: 150 });
  }, 60_000);
});

const STATUS = { encryption: "usable", signature: "usable", missing: "missing", mismatch: "unusable", none: "untested" } as const;
