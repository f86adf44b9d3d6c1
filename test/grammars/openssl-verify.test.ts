import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { opensslVerify } from "../../grammars/openssl-verify/index.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/openssl-verify/${name}`, "utf8");

followsTheRules(opensslVerify, "openssl-verify");

async function facts(text: string): Promise<readonly string[]> {
  return (await readWith(opensslVerify, text)).facts.map((fact) => {
    if (fact.kind === "error-code") return `${fact.name} <${textOf(fact.span)}>`;
    if (fact.kind !== "chain-verification") throw new Error(fact.kind);
    const elements = fact.elements.map(({ subject, errors }) => `${subject?.value.rdns.flat().at(-1)?.value ?? "?"}${errors === null ? "" : ` ${errors.value.join()}`}`);
    return `${fact.errors === null ? "unknown" : fact.errors.value.join() || "good"}: ${elements.join(" | ")}`;
  });
}

describe("results", () => {
  test("of OpenSSL 3.0", async () => {
    expect(await facts(form("results-3.0.txt"))).toEqual([
      "good: ?",
      "CERT_TRUST_IS_NOT_TIME_VALID: till-08 CERT_TRUST_IS_NOT_TIME_VALID", "X509_V_ERR_CERT_HAS_EXPIRED <10>",
      "CERT_TRUST_IS_PARTIAL_CHAIN: till-12 CERT_TRUST_IS_PARTIAL_CHAIN", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20>",
      "CERT_TRUST_IS_PARTIAL_CHAIN: till-10 CERT_TRUST_IS_PARTIAL_CHAIN", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20>",
      // The error is about a CA: whose certificate was verified is not printed.
      "CERT_TRUST_IS_PARTIAL_CHAIN: ? | Talgrund Issuing CA 2 CERT_TRUST_IS_PARTIAL_CHAIN", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20>",
      "good: ?",
      "unknown: ? | ? | Talgrund Issuing CA 1", "X509_V_ERR_CERT_CHAIN_TOO_LONG <22>",
      "CERT_TRUST_IS_NOT_VALID_FOR_USAGE: till-11 CERT_TRUST_IS_NOT_VALID_FOR_USAGE", "X509_V_ERR_INVALID_PURPOSE <26>",
      "CERT_TRUST_IS_REVOKED: till-09 CERT_TRUST_IS_REVOKED", "X509_V_ERR_CERT_REVOKED <23>",
    ]);
  });

  test("with the chain", async () => {
    expect((await facts(form("chain-3.0.txt"))).at(-1)).toBe("good: till-10 | Talgrund Issuing CA 2 | Talgrund Issuing CA 1 | Talgrund Root CA");
  });

  test("of version 1.0, quoted in a mail", async () => {
    expect(await facts(form("old-in-a-mail.txt"))).toEqual([
      "CERT_TRUST_IS_PARTIAL_CHAIN: till-07 CERT_TRUST_IS_PARTIAL_CHAIN", "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY <20>", "good: ?",
    ]);
    expect(await facts("till.crt: /C=DE/CN=till-07\nerror 10 at 0 depth lookup:certificate has expired\nOK\n")).toEqual(["CERT_TRUST_IS_NOT_TIME_VALID: till-07 CERT_TRUST_IS_NOT_TIME_VALID", "X509_V_ERR_CERT_HAS_EXPIRED <10>"]);
  });

  test("an OK of another program is none", async () => {
    for (const text of ["config.json: OK", "./a.sh: OK\n./b.sh: OK", "tests: OK", "x.pem is OK", "backup.iso: verification failed"]) expect(await facts(text)).toEqual([]);
    expect(await facts("openssl verify -CAfile ca mine\nmine: OK")).toEqual(["good: ?"]);
  });
});
