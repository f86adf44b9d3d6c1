import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { javaDebug } from "../../grammars/java-debug/index.ts";
import type { CertificateFact, CertificateRequestFact, Fact, FactKind } from "../../src/model/fact.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { placeOf, textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, answerOf, findingOf } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/java-debug/${name}`, "utf8");

async function factsOf<K extends FactKind>(text: string, kind: K): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  const { facts } = await readWith(javaDebug, text);
  return facts.filter((fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind);
}

async function request(text: string): Promise<CertificateRequestFact> {
  const [fact, second] = await factsOf(text, "certificate-request");
  if (fact === undefined || second !== undefined) throw new Error("not exactly one request");
  return fact;
}

const names = (fact: CertificateRequestFact): readonly string[] | undefined => fact.authorities?.map((name) => name.value.rfc4514);
const LAB = ["CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=US", "CN=Lab Issuing CA 2,DC=lab,DC=example"];

followsTheRules(javaDebug, "java-debug");

describe("the request", () => {
  test("of TLS 1.3 has a name on each line", async () => {
    const fact = await request(form("java17-tls13-sent.txt"));
    expect(fact).toMatchObject({ run: 1, requested: true, when: "first-handshake", whole: true, certificateTypes: null });
    expect(names(fact)).toEqual(LAB);
    expect(fact.authorities?.map((name) => textOf(name.span))).toEqual(["CN=Lab Root CA, OU=PKI, O=\"Lab, Inc.\", C=US", "CN=Lab Issuing CA 2, DC=lab, DC=example"]);
    expect(fact.signatureAlgorithms?.value).toContain("rsa_pss_rsae_sha256");
  });

  test("of TLS 1.2 has them on one line, and a comma may stand inside a name", async () => {
    const fact = await request(form("java17-tls12-none-fits.txt"));
    expect(fact).toMatchObject({ whole: true, certificateTypes: { value: ["RSA sign", "DSA sign", "ECDSA sign"] } });
    expect(names(fact)).toEqual(LAB);
  });

  test("of the old form has a name in angle brackets on each line", async () => {
    const fact = await request(form("java8.txt"));
    expect(fact).toMatchObject({ whole: true, certificateTypes: { value: ["RSA sign", "DSA sign", "ECDSA sign"] }, signatureAlgorithms: { value: ["SHA256withRSA", "SHA256withECDSA", "SHA1withRSA"] } });
    expect(names(fact)).toEqual(LAB);
  });

  test.each([
    ["\"certificate authorities\": []", []],
    ["\"certificate authorities\": [OU=Class 3 CA, O=Acme, C=US]", ["OU=Class 3 CA,O=Acme,C=US"]],
    ["\"certificate authorities\": [EMAILADDRESS=ca@lab.example, CN=A, C=US, EMAILADDRESS=x@lab.example, CN=B, C=US]", ["E=ca@lab.example,CN=A,C=US", "E=x@lab.example,CN=B,C=US"]],
    ["\"certificate authorities\": [CN=A, CN=AIA, DC=lab, DC=example]", ["CN=A,CN=AIA,DC=lab,DC=example"]],
  ])("whole lists: %s", async (line, expected) => {
    const fact = await request(`"CertificateRequest": {\n  "certificate types": [rsa_sign]\n  ${line}\n}\n)\n`);
    expect([names(fact), fact.whole]).toEqual([expected, true]);
  });

  test.each([
    ["where a name has neither country nor domain", "\"certificate authorities\": [CN=A, O=Acme, CN=B, O=Other]", ["CN=A,O=Acme", "CN=B,O=Other"]],
    ["where a name begins without a common name", "\"certificate authorities\": [CN=A, C=US, OU=Class 3, O=Acme, C=US]", ["CN=A,C=US", "OU=Class 3,O=Acme,C=US"]],
  ])("%s the list leaves a doubt", async (_, line, expected) => {
    const fact = await request(`"CertificateRequest": {\n  "certificate types": [rsa_sign]\n  ${line}\n}\n)\n`);
    expect([names(fact), fact.whole]).toEqual([expected, false]);
  });

  test("without the extension for it names nobody, once the whole message is there", async () => {
    const whole = "\"CertificateRequest\": {\n  \"extensions\": [\n    \"signature_algorithms (13)\": {\n      \"signature schemes\": [ed25519]\n    }\n  ]\n}\n)\n";
    expect(await request(whole)).toMatchObject({ authorities: [], whole: true });
    expect(await request(whole.slice(0, whole.indexOf("  ]")))).toMatchObject({ authorities: null, whole: false });
  });

  test("cut inside its list is no whole list", async () => {
    const text = form("quoted-in-a-mail.txt");
    expect((await request(text)).whole).toBe(true);
    const cut = text.slice(0, text.indexOf(", C=US]"));
    expect(await request(cut)).toMatchObject({ whole: false });
  });

  test("the schemes for certificates are not those for the handshake", async () => {
    const fact = await request("\"CertificateRequest\": {\n\"signature_algorithms (13)\": {\n\"signature schemes\": [ed25519]\n},\n\"signature_algorithms_cert (50)\": {\n\"signature schemes\": [rsa_pkcs1_sha1]\n}\n}\n)\n");
    expect(fact.signatureAlgorithms?.value).toEqual(["ed25519"]);
  });
});

describe("the answer", () => {
  test.each([
    ["java17-tls13-sent.txt", true, 1, "Produced client Certificate message ("],
    ["java17-tls12-none-fits.txt", false, 0, "\"Certificates\": <empty list>"],
    ["java17-tls13-refused.txt", false, 0, "\"certificate_list\": ["],
    ["java8.txt", false, 0, "<Empty>"],
  ])("%s", async (file, sent, count, shown) => {
    const [fact, more] = await factsOf(form(file), "client-certificate-sent");
    expect(more).toBeUndefined();
    expect(fact).toMatchObject({ run: 1, sent, count });
    expect(textOf(fact?.span as never)).toContain(shown);
  });

  test("a certificate quoted without saying whose is nobody's answer", async () => {
    const text = form("java17-tls13-sent.txt");
    const from = text.indexOf("\"Certificate\": {", text.indexOf("Produced client Certificate"));
    expect((await readWith(javaDebug, text.slice(from, text.indexOf("\n)", from) + 2))).facts).toEqual([]);
  });
});

describe("certificates", () => {
  const keyEntry = async (file: string): Promise<CertificateFact | undefined> => (await factsOf(form(file), "certificate")).find((fact) => fact.key.linked?.value === true);

  test("of the key store", async () => {
    expect(await keyEntry("java17-key-entry.txt")).toMatchObject({
      serialNumber: { value: "236534cc70876e752635b66bc10d3e063eae2d70" }, issuer: { value: { rfc4514: "CN=Nordwind Issuing CA,O=Nordwind AB,C=SE" } },
      subject: { value: { rfc4514: "CN=feeder-2,O=Nordwind AB,C=SE" } }, notAfter: { value: { earliest: "2029-01-30T16:50:15.000Z", latest: "2029-01-30T16:50:15.000Z" } },
      keyUsage: { value: { hex: "80", names: ["digitalSignature"] } }, extendedKeyUsage: { value: [EKU_OIDS.clientAuth] }, publicKey: { value: { algorithm: "RSA", bits: null } },
      extensionsPrinted: true, announcedExtensions: { value: 4 }, role: null,
    });
  });

  test("of the key store, in the old form: a zone by its name is in doubt", async () => {
    const fact = await keyEntry("java8.txt");
    expect(fact).toMatchObject({
      serialNumber: { value: "5f3c0a11" }, keyUsage: { value: { hex: "a0" } }, extendedKeyUsage: { value: [EKU_OIDS.clientAuth] }, publicKey: { value: { algorithm: "RSA", bits: 2048 } },
      notBefore: { value: { earliest: "2020-05-11T20:00:00.000Z", latest: "2020-05-13T00:00:00.000Z" } }, announcedExtensions: { value: 2 },
    });
    expect(fact?.extensionOids.map((oid) => oid.value)).toEqual(["2.5.29.37", "2.5.29.15"]);
  });

  test("of the server are the server's", async () => {
    const roles = (await factsOf(form("java17-tls13-sent.txt"), "certificate")).map((fact) => [fact.role, fact.subject?.value.rfc4514]);
    expect(roles).toEqual([["server", "CN=localhost,O=Lab\\, Inc."], [null, "CN=robot-7,O=Lab\\, Inc.,C=US"]]);
    expect(await factsOf(form("java8.txt"), "tls-session")).toMatchObject([{ protocol: { value: "TLSv1.2" }, serverSubject: { value: { rfc4514: "CN=gateway.lab.example,O=Lab\\, Inc.,C=US" } } }]);
  });
});

describe("connections", () => {
  test("a second ClientHello begins a new one", async () => {
    const text = form("java17-tls12-none-fits.txt");
    expect((await factsOf(text + text, "certificate-request")).map((fact) => fact.run)).toEqual([1, 2]);
  });

  test("threads have connections of their own, and a thread's name may hold a bar", async () => {
    const line = (thread: string, text: string): string => `javax.net.ssl|DEBUG|${thread}|worker | ${thread}|2026-03-04 11:02:10.471 CET|X.java:9|${text}\n`;
    const request2 = "\"CertificateRequest\": {\n  \"certificate types\": [rsa_sign]\n  \"certificate authorities\": [CN=A, C=US]\n}\n)\n";
    const text = line("1A", "Produced ClientHello handshake message (") + ")\n" + line("1B", "Produced ClientHello handshake message (") + ")\n"
      + line("1A", "Consuming CertificateRequest handshake message (") + request2 + line("1B", "Produced client Certificate handshake message (") + "\"Certificates\": <empty list>\n)\n";
    const { facts } = await readWith(javaDebug, text);
    expect(facts.map((fact) => [fact.kind, "run" in fact ? fact.run : null])).toEqual([["certificate-request", 1], ["client-certificate-sent", 2]]);
  });

  test("a fatal alert is told once", async () => {
    const alerts = await factsOf(form("java17-tls13-refused.txt"), "alert");
    expect(alerts.map((fact) => [fact.number, fact.direction, fact.reportedBy, placeOf(fact.span).line])).toEqual([[116, "received", "client", 341]]);
  });
});

describe("what follows", () => {
  test("a key whose issuer is not in the list", async () => {
    const report = await analyzeTexts({ "client.log": form("java17-key-entry.txt") }, { at: "2027-01-01T00:00:00Z" });
    expect(report.findings.map((finding) => [finding.cause, finding.weight])).toEqual([["issuer-not-in-server-list", "likely"]]);
    expect(findingOf(report, "issuer-not-in-server-list").about).not.toBeNull();
  });

  test("an empty answer to a list, and no certificate printed: likely the list, possibly no key store", async () => {
    const report = await analyzeTexts({ "client.log": form("java17-tls12-none-fits.txt") }, { at: "2027-01-01T00:00:00Z" });
    expect(report.findings.map((finding) => [finding.cause, finding.weight])).toEqual([["issuer-not-in-server-list", "likely"], ["client-not-configured", "possible"]]);
  });

  test("only keys of one type are accepted: the list is no more than possible", async () => {
    const report = await analyzeTexts({ "mail.txt": form("quoted-in-a-mail.txt") }, { at: "2027-01-01T00:00:00Z" });
    expect(findingOf(report, "issuer-not-in-server-list").weight).toBe("possible");
  });

  test("what was sent arrived", async () => {
    const report = await analyzeTexts({ "client.log": form("java17-tls13-sent.txt") }, { at: "2027-01-01T00:00:00Z" });
    expect(report.findings).toEqual([]);
    expect(answerOf(report, "issuer-not-in-server-list")).toBe("ruled-out");
    expect(report.path.find((station) => station.station === "sent")?.state).toBe("ok");
  });
});

describe("runs against one server with and without a certificate that it lists", () => {
  test.each([
    ["java17-tls12-issuer-not-listed.txt", [[false, 0]], [40]], ["java17-tls12-sent.txt", [[true, 2]], []], ["java17-tls13-none-fits.txt", [[false, 0]], [116]],
  ])("%s", async (file, answers, alerts) => {
    const { facts } = await readWith(javaDebug, form(file));
    expect(facts.flatMap((fact) => (fact.kind === "client-certificate-sent" ? [[fact.sent, fact.count]] : []))).toEqual(answers);
    expect(facts.flatMap((fact) => (fact.kind === "alert" ? [fact.number] : []))).toEqual(alerts);
    expect(names(await request(form(file)))).toEqual(["CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=DE", "CN=Nordwind Issuing CA 2,O=Nordwind AG,C=AT"]);
  });

  test("the certificate that was sent, with its chain", async () => {
    const { facts } = await readWith(javaDebug, form("java17-tls12-sent.txt"));
    const own = facts.flatMap((fact) => (fact.kind === "certificate" && fact.role === null ? [fact.subject?.value.rfc4514] : []));
    expect(own).toEqual(["CN=Robot 7,O=Lab\\, Inc.,C=DE", "CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=DE"]);
  });
});
