import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { opensslConfig } from "../../grammars/openssl-config/index.ts";
import { textOf } from "../../src/text/source-text.ts";
import { analyzeTexts } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/openssl-config/${name}`, "utf8");

async function settings(text: string): Promise<readonly (readonly [string, string])[]> {
  const { facts } = await readWith(opensslConfig, text);
  return facts.map((fact) => {
    if (fact.kind !== "setting") throw new Error(fact.kind);
    return [fact.setting, fact.value.value] as const;
  });
}

followsTheRules(opensslConfig, "openssl-config");

describe("settings", () => {
  test("of a configuration file; a comment sets nothing", async () => {
    expect(await settings(form("openssl.cnf.txt"))).toEqual([
      ["MinProtocol", "TLSv1.2"], ["MaxProtocol", "TLSv1.3"],
      ["SignatureAlgorithms", "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256"], ["ClientSignatureAlgorithms", "ECDSA+SHA256:RSA+SHA256:RSA+SHA384"],
    ]);
  });

  test("handed over by servers", async () => {
    expect(await settings(form("servers.txt"))).toEqual([
      ["ClientSignatureAlgorithms", "RSA+SHA256:?ed25519"], ["MinProtocol", "TLSv1.3"], ["ClientSignatureAlgorithms", "PSS+SHA256:ECDSA+SHA256"],
    ]);
  });

  test.each([
    ["client_sigalgs = ed25519", [["ClientSignatureAlgorithms", "ed25519"]]],
    ["  minprotocol=TLSv1.3", [["MinProtocol", "TLSv1.3"]]],
    ["ClientSignatureAlgorithms = …", [["ClientSignatureAlgorithms", ""]]],
    ["ClientSignatureAlgorithms [snip]", [["ClientSignatureAlgorithms", ""]]],
    ["ClientSignatureAlgo [rest cut off]", [["ClientSignatureAlgorithms", ""]]],
  ])("%s", async (line, expected) => {
    expect(await settings(line)).toEqual(expected);
  });

  test.each(["# SignatureAlgorithms = RSA+SHA256", "SignatureAlgorithms of the server were changed", "see SignatureAlgorithms = in the manual", "Requested Signature Algorithms: RSA+SHA256", "ClientSignatureAlgorithms", "MinProtocol"])(
    "nothing is set by: %s", async (line) => expect(await settings(line)).toEqual([]),
  );

  test("the span of a value is the value", async () => {
    const { facts } = await readWith(opensslConfig, "  SSLOpenSSLConfCmd ClientSignatureAlgorithms \"RSA+SHA256\"\n");
    expect(facts.map((fact) => (fact.kind === "setting" ? [textOf(fact.value.span), textOf(fact.span)] : []))).toEqual([["RSA+SHA256", "ClientSignatureAlgorithms \"RSA+SHA256"]]);
  });
});

describe("what follows", () => {
  const ALERT = "curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n";
  const judged = async (text: string): Promise<readonly (readonly string[])[]> => (await analyzeTexts({ "mail.txt": text })).findings
    .filter((finding) => finding.cause === "signature-algorithm-mismatch").map((finding) => [finding.weight, finding.headline]);

  test("RSA without PSS, and TLS 1.3: likely", async () => {
    expect(await judged(`ClientSignatureAlgorithms = ECDSA+SHA256:RSA+SHA256\n\n${ALERT}`)).toEqual([["likely", "OpenSSL's setting allows RSA signatures without RSA-PSS, and in TLS 1.3 an RSA key can sign in no other way."]]);
  });

  test("a value that was cut off: possible", async () => {
    expect((await judged(`ClientSignatureAlgorithms = ...\n\n${ALERT}`)).map(([weight]) => weight)).toEqual(["possible"]);
  });

  test.each([
    ["PSS is allowed", `ClientSignatureAlgorithms = RSA+SHA256:PSS+SHA256\n\n${ALERT}`],
    ["no RSA is allowed, and the key is not known", `ClientSignatureAlgorithms = ECDSA+SHA256\n\n${ALERT}`],
    ["the more specific setting decides", `SignatureAlgorithms = RSA+SHA256\nClientSignatureAlgorithms = rsa_pss_rsae_sha256\n\n${ALERT}`],
    ["TLS 1.3 is not shown", "ClientSignatureAlgorithms = RSA+SHA256\n\nReceived fatal alert: handshake_failure\n"],
    ["an unknown name may be anything", `ClientSignatureAlgorithms = RSA+SHA256:mldsa65\n\n${ALERT}`],
  ])("no finding: %s", async (_, text) => {
    expect(await judged(text)).toEqual([]);
  });
});
