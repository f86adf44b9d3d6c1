import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "sslcert-binding-settings-lost";

test("ruled out by a server that asks", async () => {
  expect(ruledOutOf(await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) } })), id).evidence[0]?.file).toBe("probe.txt");
});

describe("cannot tell: only the binding of before and after would show it", () => {
  test("when the server does not ask", async () => {
    const report = await analyzeTexts(caseOf({ probe: { iisPage: "403.7" } }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["server: netsh http show sslcert"]);
    expect(cannotTellOf(report, id).missing[0]?.what).toContain("before the server certificate was renewed");
  });

  test("when nothing arrived", async () => {
    expect(answerOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id)).toBe("cannot-tell");
  });
});

describe("says nothing", () => {
  test("when a certificate arrived", async () => {
    expect(answerOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id)).toBe("none");
  });

  test("of certificates alone", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });
});

describe("servers without bindings of http.sys", () => {
  test.each([
    "2026/06/15 11:58:02 [info] 812#812: *41 client sent no required SSL certificate while reading client request headers, client: 192.0.2.7",
    "<center>400 No required SSL certificate was sent</center>",
    "[ssl:error] [pid 2417] AH10158: cannot perform post-handshake authentication",
  ])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "error.log": `${line}\n` }), id)).toBe("none");
  });
});

test("ruled out by a client that selected by the server's list", async () => {
  const report = await analyzeTexts(caseOf({ call: browserCall([ROOT_NAME]), note: "HTTP Error 403.7 - Forbidden\n" }));
  expect(ruledOutOf(report, id).evidence[0]?.file).toBe("strace.log");
});
