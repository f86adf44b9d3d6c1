import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";

const id = "client-cert-reference-format";

test.each([
  "curl: (58) schannel: Failed to get certificate location for C:\\keys\\client.pem",
  "curl: (58) schannel: certificate format compatibility error for client.pem",
])("found, proved by curl's own words: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id);
  expect(finding.weight).toBe("proved");
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix.map((step) => step.command)).toEqual(["curl -V", expect.stringContaining("--cert-type P12")]);
});

describe("look-alikes that are no fault of the form", () => {
  test.each([
    "* schannel: disabled automatic use of client certificate", "curl: (58) could not load PEM client certificate, OpenSSL error error:0909006C:PEM routines:get_name:no start line", "curl: (56) OpenSSL SSL_read: tlsv13 alert certificate required, errno 0",
  ])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id)).toBe("none");
  });
});
