import { describe, expect, test } from "@jest/globals";
import { causes } from "../../src/causes/index.ts";
import { printedFields } from "../../src/cli/printed-fields.ts";
import { run } from "../../src/cli/run.ts";
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
    ["alert 42", ["bad_certificate"]],
    ["36885", ["Schannel"]],
    ["1.3.6.1.5.5.7.3.2", ["clientAuth", "extended key usage"]],
    ["clientAuth", ["1.3.6.1.5.5.7.3.2"]],
    ["2.5.29.15", ["keyUsage"]],
    ["digitalSignature", ["Key Usage 80", "needs this bit"]],
    ["keyEncipherment", ["Key Usage 20"]],
    ["decipherOnly", ["00 80"]],
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

  test("every field has an explanation", async () => {
    for (const { name, says } of printedFields) expect((await explain(name)).out).toContain((says[0] as string).slice(0, 40));
  });

  test("what is not known gives 2 and the nearest word", async () => {
    expect(await explain("keyspec-mismach")).toEqual({
      code: 2, out: "", err: "certwhy: nothing is known about \"keyspec-mismach\". Did you mean keyspec-mismatch? `certwhy explain` lists the causes.\n",
    });
    expect((await explain("xyzzy-plugh-nothing")).err).not.toContain("Did you mean");
  });
});
