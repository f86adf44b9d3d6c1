import { describe, expect, test } from "@jest/globals";
import { causes } from "../../src/causes/index.ts";
import { explainTopic } from "../../src/cli/explain-topics.ts";
import { printedFields } from "../../src/cli/printed-fields.ts";
import { run } from "../../src/cli/run.ts";
import { alerts } from "../../src/model/alerts.ts";
import { errorCodes, signedDecimal } from "../../src/model/error-codes.ts";
import { httpStatuses } from "../../src/model/http-status.ts";
import { KEY_USAGE_NAMES } from "../../src/model/key-usage.ts";
import { EKU_OIDS } from "../../src/model/oids.ts";
import { selectionCriteria, selectionFlags } from "../../src/model/selection.ts";
import { memoryIo } from "../support/memory-io.ts";

async function explain(...what: string[]) {
  const io = memoryIo({ pages: { "keyspec-mismatch": "# A title\n\nSome `code` here.\n" } });
  const code = await run(["explain", ...what, "--width", "200"], io);
  return { code, out: io.printed(), err: io.complained() };
}

describe("explain", () => {
  test("without argument lists every cause with its title", async () => {
    const { code, out } = await explain();
    expect(code).toBe(0);
    const flat = out.replace(/\s+/g, " ");
    for (const { id, title } of causes) expect(flat).toContain(`- ${id} ${title}`);
  });

  test.each(errorCodes.map((code) => [code.name, code] as const))("%s: on which side it is seen, and whether a certificate arrived", (name, code) => {
    const text = JSON.stringify(explainTopic(name));
    expect(text).toContain(code.side === "either" ? "seen on the client or the server" : `seen on the ${code.side}`);
    expect(text).toContain(code.arrived === null ? "does not say whether a client certificate reached" : code.arrived ? "did reach the server" : "No client certificate reached");
  });

  test("prints the page of a cause, whatever the case of the id", async () => {
    expect((await explain("KeySpec-Mismatch")).out).toMatch(/A title\n=+\n\nSome code here\.\n/);
  });

  test.each([
    ["0x88", ["CERT_SELECT_HAS_PRIVATE_KEY", "CERT_SELECT_ALLOW_DUPLICATES", "expired certificates are rejected"]],
    ["00000088", ["0x88 as flags"]],
    ["0x200", []],
    ["CERT_SELECT_HAS_PRIVATE_KEY", ["0x8", "CERT_KEY_PROV_INFO_PROP_ID"]],
    ["has_private_key", ["CERT_SELECT_HAS_PRIVATE_KEY (0x8)"]],
    ["ISSUER_NAME", ["CERT_SELECT_BY_ISSUER_NAME (9)"]],
    ["cert_select_by_key_usage", ["CERT_SELECT_BY_KEY_USAGE (2)"]],
    ["403.7", ["HTTP status 403.7", "none arrived"]],
    ["403", ["HTTP status 403", "403.16"]],
    ["403.99", ["HTTP status 403", "sub-status 99 says nothing"]],
    ["0x80090016", ["NTE_BAD_KEYSET"]],
    ["-2146893802", ["NTE_BAD_KEYSET"]],
    ["nte_bad_keyset", ["0x80090016"]],
    ["SEC_E_ALGORITHM_MISMATCH", ["no common"]],
    ["bad_certificate", ["TLS alert 42 bad_certificate"]],
    ["alert 42", ["bad_certificate", "mostly, but not always"]],
    ["SSLV3_ALERT_CERTIFICATE_EXPIRED", ["TLS alert 45 certificate_expired"]],
    ["tlsv1 alert unknown ca", ["TLS alert 48 unknown_ca"]],
    ["SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED", ["TLS alert 116 certificate_required"]],
    ["curl: (58)", ["CLIENT_CERTIFICATE_NOT_LOADED"]],
    ["curl 58", ["CLIENT_CERTIFICATE_NOT_LOADED"]],
    ["CURLE_SSL_CERTPROBLEM", ["CLIENT_CERTIFICATE_NOT_LOADED"]],
    ["36885", ["Schannel"]],
    ["1.3.6.1.5.5.7.3.2", ["clientAuth", "extended key usage"]],
    ["clientAuth", ["1.3.6.1.5.5.7.3.2"]],
    ["2.5.29.15", ["keyUsage"]],
    ["digitalSignature", ["Key Usage 80", "needs this bit"]],
    ["keyEncipherment", ["Key Usage 20"]],
    ["decipherOnly", ["00 80"]],
    ["a0", ["Key Usage (a0)", "digitalSignature", "keyEncipherment", "does not keep the certificate"]],
    ["(30)", ["Key Usage (30)", "lacks digitalSignature", "ku-missing-digitalsignature"]],
    ["06, 80", ["Key Usage (06, 80)", "keyCertSign", "decipherOnly"]],
    ["80", ["TLS alert 80 internal_error", "Key Usage (80)"]],
    ["0xa0", ["CERT_SELECT_HAS_KEY_FOR_KEY_EXCHANGE", "As Key Usage"]],
    ["dwFlags : 00000088", ["0x88 as flags"]],
    ["dwFlags 88", ["0x88 as flags"]],
    ["1", ["KeySpec 1 (AT_KEYEXCHANGE)", "ProviderType 1 (PROV_RSA_FULL)"]],
    ["12", ["ProviderType 12 (PROV_RSA_SCHANNEL)"]],
    ["24", ["ProviderType 24 (PROV_RSA_AES)", "SHA-256"]],
    ["ProviderType = 24", ["PROV_RSA_AES"]],
    ["ProviderType 0", ["CNG"]],
    ["prov_rsa_aes", ["ProviderType 24"]],
    ["AT_SIGNATURE", ["KeySpec 2", "0x10"]],
    ["KeySpec = 1 -- AT_KEYEXCHANGE", ["KeySpec 1 (AT_KEYEXCHANGE)"]],
    ["KeySpec 0", ["XCN_AT_NONE"]],
    ["40", ["TLS alert 40 handshake_failure", "Key Usage (40)", "nonRepudiation"]],
    ["116", ["certificate_required", "No client certificate reached the server"]],
    ["handshake failure", ["TLS alert 40"]],
    ["Verify return code: 20 (unable to get local issuer certificate)", ["X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]],
    ["0x800B0109", ["CERT_E_UNTRUSTEDROOT", "-2146762487"]],
    ["-2146893042", ["SEC_E_NO_CREDENTIALS", "0x8009030e"]],
    ["403.16", ["HTTP status 403.16"]],
    ["1.3.6.1.5.5.7.3.1", ["serverAuth"]],
    ["KeySpec", ["AT_KEYEXCHANGE", "AT_SIGNATURE"]],
    ["key container", ["private key"]],
    ["Cert Hash(sha1):", ["thumbprint"]],
  ])("%s", async (what, expected) => {
    const { code, out } = await explain(...what.split(" "));
    if (expected.length === 0) {
      expect(code).toBe(2);
      return;
    }
    expect(code).toBe(0);
    for (const part of expected) expect(out).toContain(part);
  });

  test("every code of the catalogue is found by its name, its hexadecimal number and its signed decimal", () => {
    for (const code of errorCodes) {
      const titles = (typed: string): string => (explainTopic(typed) ?? []).map((block) => (block.kind === "heading" ? block.text.map(({ text }) => text).join("") : "")).join("\n");
      expect(titles(code.name)).toContain(code.name);
      const signed = signedDecimal(code);
      if (code.family === "hresult") expect([titles(code.hex ?? ""), titles(`${signed}`)]).toEqual([expect.stringContaining(code.name), expect.stringContaining(code.name)]);
    }
  });

  test("every alert, status, flag, criterion, key usage and purpose is found", () => {
    const typed = [
      ...alerts.flatMap(({ name, number }) => [name, `alert ${number}`]), ...httpStatuses.map(({ status, substatus }) => (substatus === null ? `${status}` : `${status}.${substatus}`)),
      ...selectionFlags.flatMap(({ name, bit }) => [name, `0x${bit.toString(16)}`]), ...selectionCriteria.map(({ name }) => name), ...KEY_USAGE_NAMES,
      ...Object.entries(EKU_OIDS).flat(), "a0", "30",
    ];
    expect(typed.filter((what) => explainTopic(what) === null)).toEqual([]);
  });

  test("every field has an explanation", async () => {
    for (const { name, says } of printedFields) expect((await explain(name)).out).toContain((says[0] as string).slice(0, 40));
  });

  test("what is not known gives 2 and the nearest word", async () => {
    expect(await explain("keyspec-mismach")).toEqual({
      code: 2, out: "", err: "certwhy: nothing is known about \"keyspec-mismach\". Did you mean keyspec-mismatch? `certwhy explain` lists the causes.\n",
    });
    for (const [typed, meant] of [["AT_SIGNTURE", "AT_SIGNATURE"], ["PROV_RSA_AEX", "PROV_RSA_AES"], ["CERT_SELECT_BY_ISSUR_NAME", "CERT_SELECT_BY_ISSUER_NAME"], ["digitalSignatur", "digitalSignature"],
      ["NTE_BAD_KEYSTE", "NTE_BAD_KEYSET"], ["bad_certifcate", "bad_certificate"]] as const) {
      expect(await explain(typed)).toMatchObject({ code: 2, err: expect.stringContaining(`Did you mean ${meant}?`) });
    }
    expect((await explain("xyzzy-plugh-nothing")).err).not.toContain("Did you mean");
  });
});
