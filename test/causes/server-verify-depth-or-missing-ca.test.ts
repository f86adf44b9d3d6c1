import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";

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
