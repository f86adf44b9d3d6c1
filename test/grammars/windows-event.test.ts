import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { windowsEvent } from "../../grammars/windows-event/index.ts";
import { trustErrorNames } from "../../src/model/chain-trust.ts";
import type { Fact } from "../../src/model/fact.ts";
import { textOf } from "../../src/text/source-text.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/windows-event/${name}`, "utf8");

followsTheRules(windowsEvent, "windows-event", { alsoIn: ["traces/"] });

async function factsOf(text: string): Promise<readonly Fact[]> {
  return (await readWith(windowsEvent, text)).facts;
}

describe("CAPI2", () => {
  test("a chain is read with its errors and elements", async () => {
    const [chain, code, policy, none] = await factsOf(form("capi2-untrusted-root.xml"));
    expect(chain).toMatchObject({
      kind: "chain-verification", leaf: { value: "3fa9c1d2e47b60518a9c0d3e2f14b5a697c8d0e1" }, scope: "machine", errors: { value: ["CERT_TRUST_IS_UNTRUSTED_ROOT"] }, result: { value: "0x800b0109" },
      elements: [{ sha1Thumbprint: { value: "3fa9c1d2e47b60518a9c0d3e2f14b5a697c8d0e1" }, errors: { value: [] } }, { sha1Thumbprint: { value: "90ad1e5c7b2f6a31d84c09e5f7a2b6c8d3e41f05" }, errors: { value: ["CERT_TRUST_IS_UNTRUSTED_ROOT"] } }],
    });
    expect(chain?.kind === "chain-verification" && chain.errors !== null && textOf(chain.errors.span)).toBe("20");
    expect(code).toMatchObject({ kind: "error-code", name: "CERT_E_UNTRUSTEDROOT", code: "0x800b0109", reportedBy: null });
    expect(policy).toMatchObject({ kind: "error-code", name: "CERT_E_UNTRUSTEDROOT", reportedBy: "server" });
    expect(none).toBeUndefined();
  });

  test("an excerpt that was cut is read as far as it goes", async () => {
    const facts = await factsOf(form("capi2-excerpt.txt"));
    expect(facts).toMatchObject([{ kind: "chain-verification", scope: "user", errors: { value: ["CERT_TRUST_IS_PARTIAL_CHAIN", "CERT_TRUST_IS_OFFLINE_REVOCATION"] }, result: null, elements: [] }]);
  });

  test("a chain without errors says so", async () => {
    const facts = await factsOf("<CertGetCertificateChain><Certificate fileRef=\"3FA9C1D2E47B60518A9C0D3E2F14B5A697C8D0E1.cer\"/><CertificateChain><TrustStatus><ErrorStatus value=\"0\"/></TrustStatus></CertificateChain><Result value=\"0\"/></CertGetCertificateChain>");
    expect(facts).toMatchObject([{ kind: "chain-verification", errors: { value: [] }, result: { value: "0x00000000" } }]);
  });

  test("error bits have names", () => {
    expect(trustErrorNames(0)).toEqual([]);
    expect(trustErrorNames(0x80000000 | 0x5)).toEqual(["CERT_TRUST_IS_NOT_TIME_VALID", "CERT_TRUST_IS_REVOKED"]);
  });
});

describe("Schannel", () => {
  test("an alert that was received", async () => {
    expect(await factsOf(form("schannel-viewer.txt"))).toMatchObject([
      { kind: "error-code", name: "SCHANNEL_EVENT_36887" }, { kind: "alert", number: 46, direction: "received", run: null },
    ]);
  });

  test("a key that could not be opened", async () => {
    expect(await factsOf(form("schannel-key.xml"))).toMatchObject([{ kind: "error-code", name: "SCHANNEL_EVENT_36870" }, { kind: "error-code", name: "SEC_E_UNKNOWN_CREDENTIALS", code: "0x8009030d" }]);
  });
});

describe("IIS", () => {
  test("the trace of a failed request: status, and each code once", async () => {
    const facts = await factsOf(form("failed-request.xml"));
    expect(facts).toMatchObject([
      { kind: "http-status", status: 403, substatus: 16, win32Status: null }, { kind: "error-code", name: "CERT_E_UNTRUSTEDROOT", code: "0x800b0109", reportedBy: "server" },
    ]);
    expect(facts.map((fact) => textOf(fact.span))).toEqual(["403.16", "2148204809"]);
  });

  test("its first lines alone are enough", async () => {
    expect(await factsOf(form("failed-request.xml").split("\n").slice(0, 14).join("\n"))).toMatchObject([{ kind: "http-status", status: 403, substatus: 16 }]);
  });
});

test.each([
  ["an event of another provider", "<Event xmlns=\"x\"><System><Provider Name=\"Disk\"/><EventID>36887</EventID></System></Event>"],
  ["XML of other things", "<Events><EventLog Name=\"Schannel\"/></Events>"],
  ["prose", "Look for <Event> with Name=\"Schannel\" in it."],
])("%s gives no fact", async (_, text) => {
  expect(await factsOf(text)).toEqual([]);
});
