import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
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

describe("two listings of one binding", () => {
  const listing = (hash: string, negotiate: string, { address = "0.0.0.0:443", store = "(null)", revocation = "Enabled" } = {}): string =>
    `    IP:port                      : ${address}\n    Certificate Hash             : ${hash.repeat(40)}\n    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n`
    + `    Certificate Store Name       : My\n    Verify Client Certificate Revocation : ${revocation}\n    Ctl Identifier               : (null)\n    Ctl Store Name               : ${store}\n`
    + `    DS Mapper Usage              : Disabled\n    Negotiate Client Certificate : ${negotiate}\n`;
  const symptom = { "iis.txt": "HTTP Error 403.7 - Forbidden\n" };

  test("likely: the server certificate was replaced, and the negotiation is gone", async () => {
    const finding = findingOf(await analyzeTexts({ "before.txt": listing("a", "Enabled"), "after.txt": listing("b", "Disabled"), ...symptom }), id);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual(["Negotiate Client Certificate : Enabled", "Negotiate Client Certificate : Disabled"]);
  });

  test("both listings in one text, and the CTL store", async () => {
    const text = `before\n\n${listing("a", "Disabled", { store: "ClientAuthIssuer" })}\nafter\n\n${listing("b", "Disabled")}`;
    expect(quotesOf(findingOf(await analyzeTexts({ "netsh.txt": text, ...symptom }), id))[0]).toContain("ClientAuthIssuer");
  });

  test("only possible without a failure", async () => {
    expect(findingOf(await analyzeTexts({ "a.txt": listing("a", "Enabled"), "b.txt": listing("b", "Disabled") }), id).weight).toBe("possible");
  });

  test.each([
    ["the same certificate", listing("a", "Enabled"), listing("a", "Disabled")],
    ["another binding", listing("a", "Enabled"), listing("b", "Disabled", { address: "0.0.0.0:8443" })],
    ["no difference", listing("a", "Disabled"), listing("b", "Disabled")],
  ])("says nothing of %s", async (_, one, other) => {
    expect(answerOf(await analyzeTexts({ "a.txt": one, "b.txt": other, ...symptom }), id)).toBe("cannot-tell");
  });
});
