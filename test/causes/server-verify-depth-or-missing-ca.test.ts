import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { clientCertificate } from "../support/certificate-spec.ts";

const id = "server-verify-depth-or-missing-ca";
const line = "client SSL certificate verify error: (22:certificate chain too long) while reading client request headers";

test("found, proved by error 22", async () => {
  const finding = findingOf(await analyzeTexts({ "error.log": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(new Set(quotesOf(finding))).toEqual(new Set([line]));
});

test("found, with the configured depth where it is at hand", async () => {
  const finding = findingOf(await analyzeTexts({ "error.log": `${line}\n`, "nginx.conf": "server {\n    ssl_verify_client on;\n    ssl_verify_depth 1;\n}\n" }), id);
  expect(finding.evidence.at(-1)).toMatchObject({ file: "nginx.conf", shows: "the configured depth" });
});

describe("look-alikes", () => {
  test.each(["    ssl_verify_depth 1;", "client SSL certificate verify error: (20:unable to get local issuer certificate)", "verify error:num=22:certificate chain too long"])("%s", async (text) => {
    expect(answerOf(await analyzeTexts({ "a.txt": `${text}\n` }), id)).toBe("none");
  });
});

describe("OpenSSL 3 reports a missing issuer where it ends its search at the depth", () => {
  const refusal = "client SSL certificate verify error: (20:unable to get local issuer certificate) while reading client request headers\n";
  const conf = (depth: number): string => `server {\n    ssl_verify_client on;\n    ssl_verify_depth ${depth};\n}\n`;

  test("likely where the chain has more intermediates than are followed", async () => {
    const finding = findingOf(await analyzeTexts({ ...caseOf({ my: [clientCertificate()], note: refusal }), "nginx.conf": conf(0) }), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("greater depth")]);
    expect(finding.evidence[0]?.file).toBe("nginx.conf");
    expect(finding.evidence.at(-1)?.file).toBe("note.txt");
  });

  test.each([2, 20, 21])("cannot tell without the chain: error %i", async (error) => {
    const report = await analyzeTexts({ "error.log": refusal.replace(/20:[a-z ]+/, `${error}:…`), "nginx.conf": conf(1) });
    expect(commandsOf(cannotTellOf(report, id))[0]).toContain("print_certs");
  });

  test("says nothing where the whole chain is short enough, nor of other errors, nor without the setting", async () => {
    expect(answerOf(await analyzeTexts({ ...caseOf({ my: [clientCertificate()], note: refusal }), "nginx.conf": conf(1) }), id)).toBe("none");
    expect(answerOf(await analyzeTexts({ "error.log": refusal.replace(/20:[a-z ]+/, "10:certificate has expired"), "nginx.conf": conf(1) }), id)).toBe("none");
    expect(answerOf(await analyzeTexts({ "error.log": refusal }), id)).toBe("none");
  });
});
