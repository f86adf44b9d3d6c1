import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "sslflags-web-config";
const config = (flags: string): string => `<location path="secure">\n  <system.webServer><security>\n    <access sslFlags="${flags}" />\n  </security></system.webServer>\n</location>\n`;

test("found, likely: a certificate is required and nothing asks for one", async () => {
  const finding = findingOf(await analyzeTexts({ "web.config": config("Ssl, SslRequireCert") }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(["<access sslFlags=\"Ssl, SslRequireCert\" />"]);
  expect(finding.overturnedBy).toContain("transcript");
  expect(finding.fix[0]).toMatchObject({ on: "server", command: expect.stringContaining("SslNegotiateCert") });
});

test("found, proved: a transcript shows that the server does not ask", async () => {
  const finding = findingOf(await analyzeTexts({ ...caseOf({ probe: { iisPage: "403.7" } }), "web.config": config("Ssl,SslRequireCert") }), id);
  expect(finding.weight).toBe("proved");
  expect(finding.evidence.map((one) => one.file)).toEqual(expect.arrayContaining(["web.config", "probe.txt"]));
});

test("ruled out by consistent flags", async () => {
  const report = await analyzeTexts({ "web.config": config("Ssl, SslNegotiateCert, SslRequireCert") });
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["<access sslFlags=\"Ssl, SslNegotiateCert, SslRequireCert\" />"]);
});

test("ruled out by a request that was seen", async () => {
  const report = await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) } }));
  expect(answerOf(report, id)).toBe("ruled-out");
});

test("cannot tell when the server does not ask and its configuration is not at hand", async () => {
  const report = await analyzeTexts(caseOf({ probe: { iisPage: "403.7" } }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual([expect.stringMatching(/^server: .*appcmd list config/)]);
});

describe("look-alikes that are no fault", () => {
  test("flags that only accept a certificate", async () => {
    expect(answerOf(await analyzeTexts({ "web.config": config("Ssl, SslNegotiateCert") }), id)).toBe("ruled-out");
  });

  test("a path without client certificates", async () => {
    expect(answerOf(await analyzeTexts({ "web.config": config("Ssl, Ssl128") }), id)).toBe("ruled-out");
  });

  test("other spelling and order", async () => {
    expect(answerOf(await analyzeTexts({ "web.config": config("SslRequireCert,sslnegotiatecert,SSL") }), id)).toBe("ruled-out");
  });
});

test("flags that ask for nothing are not ruled out as those of another path, where the server demands a certificate", async () => {
  expect(answerOf(await analyzeTexts({ "web.config": "<access sslFlags=\"None\" />\n", "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id)).toBe("cannot-tell");
});
