import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { wireshark } from "../../grammars/wireshark/index.ts";
import type { Fact, FactKind } from "../../src/model/fact.ts";
import { placeOf, textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, answerOf, situationOfTexts } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/wireshark/${name}`, "utf8");

async function factsOf<K extends FactKind>(text: string, kind: K): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  const { facts } = await readWith(wireshark, text);
  return facts.filter((fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind);
}

const ROOT = "CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=DE";
const NORDWIND = "CN=Nordwind Issuing CA 2,O=Nordwind AG,C=AT";

followsTheRules(wireshark, "wireshark");

test("more packets without an empty line between them than a call takes arguments", async () => {
  const text = `${"Frame 1: 171 bytes on wire\n".repeat(130_000)}${form("tls12-none-sent.txt")}`;
  expect((await factsOf(text, "certificate-request"))[0]?.authorities).toHaveLength(2);
}, 20_000);

describe("the request", () => {
  test.each(["tls12-none-sent.txt", "tls12-refused.txt", "tls13-decrypted.txt"])("%s is decoded to its last name", async (file) => {
    const [request, more] = await factsOf(form(file), "certificate-request");
    expect(more).toBeUndefined();
    expect(request?.authorities?.map((name) => name.value.rfc4514)).toEqual([ROOT, NORDWIND]);
    expect(request).toMatchObject({ requested: true, when: "first-handshake", whole: true });
    expect(request?.signatureAlgorithms?.value.slice(0, 2)).toEqual(["ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384"]);
  });

  test("only TLS 1.2 has types", async () => {
    expect((await factsOf(form("tls12-none-sent.txt"), "certificate-request"))[0]?.certificateTypes?.value).toEqual(["RSA sign", "DSA sign", "ECDSA sign"]);
    expect((await factsOf(form("tls13-decrypted.txt"), "certificate-request"))[0]?.certificateTypes).toBeNull();
  });

  test("a list without names is empty, a folded one unknown", async () => {
    const [listed, unfolded] = await factsOf(form("exported-in-a-mail.txt"), "certificate-request");
    expect([listed?.authorities, unfolded?.authorities]).toEqual([null, []]);
    expect(unfolded?.signatureAlgorithms?.value).toEqual(["rsa_pkcs1_sha256", "ecdsa_secp256r1_sha256"]);
    expect((await factsOf("    Handshake Protocol: Certificate Request\n", "certificate-request"))[0]?.authorities).toBeNull();
  });

  test("a list that the paste cuts off is not whole", async () => {
    const text = form("tls12-none-sent.txt");
    const cut = text.slice(0, text.indexOf("Distinguished Name Length: 69"));
    expect((await factsOf(cut, "certificate-request"))[0]).toMatchObject({ whole: false });
  });

  test("folded names are read from their line, and a name that was cut is not guessed", async () => {
    const folded = (await factsOf(form("tls12-none-sent.txt").split("\n").filter((line) => !/RDNSequence item|RelativeDistinguishedName/.test(line)).join("\n"), "certificate-request"))[0];
    expect(folded?.authorities?.map((name) => name.value.rfc4514)).toEqual([ROOT, NORDWIND]);
    const [cut] = await factsOf("    Handshake Protocol: Certificate Request\n        Distinguished Name: (id-at-commonName=Lab Root CA,id-at-organizationName=Lab\u2026\n", "certificate-request");
    expect(cut?.authorities?.[0]?.value).toMatchObject({ rdns: [], doubt: "the line is cut" });
  });
});

describe("the answer", () => {
  test.each([
    ["tls12-none-sent.txt", { sent: false, count: 0 }],
    ["tls12-refused.txt", { sent: true, count: 1 }],
    ["tls13-decrypted.txt", { sent: false, count: 0 }],
    ["exported-in-a-mail.txt", { sent: false, count: 0 }],
    ["packet-list.csv.txt", { sent: true, count: null }],
  ])("%s", async (file, expected) => {
    expect(await factsOf(form(file), "client-certificate-sent")).toMatchObject([expected]);
  });

  test("of two connections between the same machines", async () => {
    expect((await factsOf(form("packet-list.txt"), "client-certificate-sent")).map((fact) => [fact.run, fact.sent])).toEqual([[1, false], [2, true]]);
  });

  test("the server's certificate is no answer, and the list without its end tells nothing", async () => {
    const rows = form("packet-list.txt").split("\n").filter((line) => !/Client Key Exchange/.test(line)).join("\n");
    expect(await factsOf(rows, "client-certificate-sent")).toEqual([]);
  });

  test("holds the certificate with its names and dates", async () => {
    const sent = (await factsOf(form("tls12-refused.txt"), "certificate")).filter((fact) => fact.role === null);
    expect(sent.map((fact) => [fact.subject?.value.rfc4514, fact.issuer?.value.rfc4514])).toEqual([["CN=Stray client,DC=elsewhere,DC=example", "CN=Elsewhere CA,DC=elsewhere,DC=example"]]);
    expect(sent[0]?.notAfter?.value.earliest).toMatch(/^2030-/);
    expect(sent[0]?.serialNumber?.value).toMatch(/^[0-9a-f]{30,40}$/);
  });
});

describe("alerts", () => {
  test.each([
    ["tls12-none-sent.txt", 40], ["tls12-refused.txt", 48], ["tls13-decrypted.txt", 116], ["exported-in-a-mail.txt", 42], ["packet-list.csv.txt", 46],
  ])("%s", async (file, number) => {
    expect(await factsOf(form(file), "alert")).toMatchObject([{ number, direction: "received" }]);
  });

  test("one that the client sends is about the server's certificate", async () => {
    const text = form("packet-list.csv.txt").replace("\"192.0.2.14\",\"192.0.2.40\",\"TLSv1.2\",\"73\"", "\"192.0.2.40\",\"192.0.2.14\",\"TLSv1.2\",\"73\"");
    expect(await factsOf(text, "alert")).toMatchObject([{ number: 46, direction: "sent" }]);
  });

  test("between equal addresses nobody can tell who sent it", async () => {
    expect(await factsOf(form("packet-list.txt").replaceAll("127.0.0.2", "127.0.0.1"), "alert")).toEqual([]);
  });
});

test("the packet that was called, and where it is printed", async () => {
  const [run] = await factsOf(form("exported-in-a-mail.txt"), "tls-run");
  expect(run?.connect?.value).toBe("192.0.2.14");
  expect(textOf(run?.connect?.span as never)).toBe("192.0.2.14");
  expect(placeOf(run?.span as never).line).toBe(6);
});

test("a packet of the list with its fields below it is read once", async () => {
  const text = form("tls12-refused.txt");
  expect(text).toMatch(/^ {1,6}18 0\.0/);
  expect(await factsOf(text, "certificate-request")).toHaveLength(1);
});

describe("what follows", () => {
  test("nothing arrived, and what was asked for is known", async () => {
    const { outcome, request } = await situationOfTexts({ "capture.txt": form("tls12-none-sent.txt") });
    expect([outcome.arrived, request.requested, request.deciding?.authorities?.length]).toEqual([false, true, 2]);
  });

  test("a certificate that was sent and refused for its issuer", async () => {
    const report = await analyzeTexts({ "capture.txt": form("tls12-refused.txt") }, { at: "2027-01-01T00:00:00Z" });
    expect(report.findings.map((finding) => finding.cause)).toEqual(["issuer-not-trusted-by-server"]);
    expect(answerOf(report, "server-does-not-request")).toBe("ruled-out");
  });
});
