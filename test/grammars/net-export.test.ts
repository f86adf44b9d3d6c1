import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { decodeCertificateRequest } from "../../grammars/net-export/certificate-request.ts";
import { netExport } from "../../grammars/net-export/index.ts";
import { bytesOfBase64 } from "../../grammars/shared/x509.ts";
import type { Fact } from "../../src/model/fact.ts";
import { schemeName } from "../../src/model/signature-schemes.ts";
import { textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, findingOf } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/net-export/${name}`, "utf8");
const LAB = ["CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=US", "CN=Lab Issuing CA 2,DC=lab,DC=example"];

async function facts(text: string): Promise<readonly Fact[]> {
  return (await readWith(netExport, text)).facts;
}

/** The base64 of the request in a sample. */
function octetsOf(name: string): Uint8Array {
  return bytesOfBase64(/"bytes":"(DQ[^"]{8,})"/.exec(form(name))?.[1] ?? "") ?? new Uint8Array();
}

followsTheRules(netExport, "net-export");

describe("events", () => {
  test("of TLS 1.2: the request with types, algorithms and names, and the empty answer", async () => {
    const [request, answer, more] = await facts(form("none-sent.json.txt"));
    expect(more).toBeUndefined();
    expect(request).toMatchObject({ kind: "certificate-request", run: 1, requested: true, whole: true, certificateTypes: { value: ["RSA sign", "DSA sign", "ECDSA sign"] } });
    if (request?.kind !== "certificate-request") throw new Error("no request");
    expect(request.authorities?.map((name) => name.value.rfc4514)).toEqual(LAB);
    expect(request.signatureAlgorithms?.value).toEqual(expect.arrayContaining(["rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256", "rsa_pkcs1_sha256"]));
    expect(textOf(request.span)).toMatch(/^DQ[A-Za-z0-9+/]+=*$/);
    expect(answer).toMatchObject({ kind: "client-certificate-sent", run: 1, sent: false, count: 0 });
  });

  test("of TLS 1.3", async () => {
    const [request, answer] = await facts(form("tls13-sent.json.txt"));
    expect(request).toMatchObject({ kind: "certificate-request", certificateTypes: null, authorities: [{ value: { rfc4514: LAB[0] } }, { value: { rfc4514: LAB[1] } }] });
    expect(answer).toMatchObject({ kind: "client-certificate-sent", sent: true, count: 2 });
  });

  test("in the form of the viewer", async () => {
    expect(await facts(form("viewer.txt"))).toMatchObject([{ kind: "certificate-request", run: 1, requested: true, authorities: null }, { kind: "client-certificate-sent", run: 1, sent: true, count: 2 }]);
  });

  test("an error that is about the certificate is told once", async () => {
    expect((await facts(form("key-denied.json.txt"))).filter((fact) => fact.kind === "error-code")).toMatchObject([{ name: "ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED", reportedBy: "client" }]);
  });

  test("connections are kept apart", async () => {
    const event = (id: number, count: number): string => `{"params":{"cert_count":${count}},"phase":0,"source":{"id":${id},"type":8},"time":"1","type":73},\n`;
    expect((await facts(event(7, 0) + event(9, 1) + event(7, 1))).map((fact) => (fact.kind === "client-certificate-sent" ? [fact.run, fact.count] : []))).toEqual([[1, 0], [2, 1], [1, 1]]);
  });

  test.each([
    "{\"params\":{\"cert_count\":-1},\"phase\":0,\"source\":{\"id\":7,\"type\":8},\"time\":\"1\",\"type\":73}",
    "{\"params\":{\"bytes\":\"DgAAAA==\",\"type\":14},\"phase\":0,\"source\":{\"id\":7,\"type\":8},\"time\":\"1\",\"type\":60}",
    "{\"params\":{\"bytes\":\"DQAAAQA=\",\"type\":13},\"phase\":0,\"source\":{\"id\":7,\"type\":8},\"time\":\"1\",\"type\":60}",
    "{\"params\":{\"net_error\":-1105},\"phase\":2,\"source\":{\"id\":7,\"type\":8},\"time\":\"1\",\"type\":55}",
    "we looked for SSL_CLIENT_CERT_REQUESTED in the log",
    "our \"cert_count\": 5 certificates are in the drawer",
    "--> cert_count = 2",
  ])("nothing is read from: %s", async (line) => expect(await facts(line)).toEqual([]));
});

describe("the message", () => {
  test("cut anywhere, or longer than it says, is none", async () => {
    const octets = octetsOf("tls13-sent.json.txt");
    for (let end = 0; end < octets.length; end += 7) expect(await decodeCertificateRequest(octets.subarray(0, end))).toBeNull();
    expect(await decodeCertificateRequest(Uint8Array.from([...octets, 0]))).toBeNull();
  });

  test("with any octet changed never throws", async () => {
    for (const name of ["none-sent.json.txt", "tls13-sent.json.txt"]) {
      const octets = octetsOf(name);
      for (let at = 0; at < octets.length; at++) {
        const changed = Uint8Array.from(octets);
        changed[at] = (octets[at] as number) ^ 0x5a;
        const contents = await decodeCertificateRequest(changed);
        expect(contents === null || contents.authorities.length <= 2).toBe(true);
      }
    }
  });

  test("without names: the server named nobody", async () => {
    expect(await decodeCertificateRequest(Uint8Array.from([13, 0, 0, 8, 1, 1, 0, 2, 8, 4, 0, 0]))).toEqual({ authorities: [], certificateTypes: ["RSA sign"], signatureAlgorithms: ["rsa_pss_rsae_sha256"] });
    expect(await decodeCertificateRequest(Uint8Array.from([13, 0, 0, 3, 0, 0, 0]))).toEqual({ authorities: [], certificateTypes: null, signatureAlgorithms: null });
  });

  test("schemes without a name keep their number", () => {
    expect([schemeName(0x0804), schemeName(0x081a)]).toEqual(["rsa_pss_rsae_sha256", "0x081a"]);
  });
});

test("an empty answer to a list: likely the list", async () => {
  const finding = findingOf(await analyzeTexts({ "net-export.json": form("none-sent.json.txt") }), "issuer-not-in-server-list");
  expect(finding.weight).toBe("likely");
});
