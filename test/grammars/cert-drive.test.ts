import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { certDrive } from "../../grammars/cert-drive/index.ts";
import type { Fact } from "../../src/model/fact.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/cert-drive/${name}`, "utf8");
const factsOf = async (text: string): Promise<readonly Fact[]> => (await readWith(certDrive, text)).facts;

followsTheRules(certDrive, "cert-drive");

describe("a table", () => {
  test("is a listing of the store that its heading names", async () => {
    const facts = await factsOf(form("table.txt"));
    expect(facts).toMatchObject([
      { kind: "store-listing", store: { value: { name: "My", scope: "user" } }, certificates: [{}, {}], completed: null, verbose: false },
      { kind: "certificate", section: "store", sha1Thumbprint: { value: "c3862d1322ef6215ff71be9f63ac8c874e1ed4d7" }, subject: { value: { rfc4514: "CN=anna.weber,OU=Fertigung,O=Weidner Werke\\, GmbH,C=DE", doubt: null } }, key: { linked: null } },
      { kind: "certificate", sha1Thumbprint: { value: "90ad1e5c7b2f6a31d84c09e5f7a2b6c8d3e41f05" }, subject: { value: { doubt: "its end was cut off" } } },
      { kind: "store-listing", store: { value: { name: "Root", scope: "machine" } }, certificates: [{}] },
      { kind: "certificate", subject: { value: { rfc4514: "CN=Weidner Root CA" } }, extendedKeyUsage: null, extensionsPrinted: false },
    ]);
    const last = facts.at(-1);
    expect(last?.kind === "certificate" && last.subject !== null && textOf(last.subject.span)).toBe("CN=Weidner Root CA");
  });
});

describe("a list", () => {
  test("has the store of the command, names over several lines, and the link to the key", async () => {
    const [listing, own, web, none] = await factsOf(form("list.txt"));
    expect(listing).toMatchObject({ kind: "store-listing", store: { value: { name: "My", scope: "machine" } }, verbose: true });
    expect(own).toMatchObject({
      subject: { value: { rfc4514: "CN=anna.weber,OU=Fertigung,O=Weidner Werke\\, GmbH,C=DE" } }, issuer: { value: { rfc4514: "CN=Weidner Root CA,O=Weidner Werke,C=DE" } },
      key: { linked: { value: false } }, extendedKeyUsage: { value: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection] },
      notAfter: { value: { earliest: "2027-12-27T03:49:43.000Z", latest: "2027-12-28T07:49:43.000Z" } },
    });
    expect(web).toMatchObject({ subject: { value: { rfc4514: "CN=web07" } }, key: { linked: { value: true } } });
    expect(none).toBeUndefined();
  });

  test("a list of purposes without Client Authentication may be the doing of a store property, so it is no extension", async () => {
    expect((await factsOf(form("list.txt")))[2]).toMatchObject({ extendedKeyUsage: null });
    expect((await factsOf(form("quoted-object.txt")))[0]).toMatchObject({ extendedKeyUsage: null });
  });

  test("may be quoted, in another order of properties", async () => {
    expect(await factsOf(form("quoted-object.txt"))).toMatchObject([{
      kind: "certificate", store: { value: { name: "My", scope: "user" } }, serialNumber: { value: "70f815ad6f71913f9cf2a249bc0bf6abf34861a9" }, key: { linked: { value: true } },
      notAfter: { value: { earliest: "2027-12-27T03:49:43.000Z" } }, subject: { value: { rfc4514: "CN=anna.weber" } },
    }]);
  });
});

test.each([
  ["a table of other things", "Thumbprint  Subject\nnone        none\n"],
  ["a single property in prose", "Thumbprint : C3862D1322EF6215FF71BE9F63AC8C874E1ED4D7\n\nIt is the one from May.\n"],
  ["certutil", "Cert Hash(sha1): c3862d1322ef6215ff71be9f63ac8c874e1ed4d7\nSubject: CN=x\nNotAfter: 1/1/2030\n"],
])("%s: not claimed", async (_, text) => {
  expect(await factsOf(text)).toEqual([]);
});
