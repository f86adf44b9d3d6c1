import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, noteOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "netsh-negotiate-disabled";
const binding = (value: string): string => [
  "SSL Certificate bindings:", "-------------------------", "", "    IP:port                      : 0.0.0.0:443", "    Certificate Hash             : 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
  "    Certificate Store Name       : MY", "    Verify Client Certificate Revocation : Enabled", "    Ctl Identifier               : (null)", "    Ctl Store Name               : (null)",
  "    DS Mapper Usage              : Disabled", `    Negotiate Client Certificate : ${value}`, "",
].join("\n");

test("found, likely: a binding that asks only afterwards, and a connection with TLS 1.3", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" }, note: binding("Disabled") })), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)[0]).toBe("Negotiate Client Certificate : Disabled");
  expect(finding.evidence[1]).toMatchObject({ file: "probe.txt" });
  expect(finding.fix[0]?.command).toContain("clientcertnegotiation=enable");
});

test("ruled out by a binding that asks at once", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "netsh.txt": binding("Enabled") }), id))).toEqual(["Negotiate Client Certificate : Enabled"]);
});

test("ruled out by a request in the first handshake", async () => {
  const report = await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: binding("Disabled") }));
  expect(answerOf(report, id)).toBe("ruled-out");
});

describe("look-alikes that are no fault", () => {
  test("Disabled alone is the normal default: a note", async () => {
    const report = await analyzeTexts({ "netsh.txt": binding("Disabled") });
    expect(noteOf(report, id).says).toContain("normal default");
    expect(report.findings).toEqual([]);
  });

  test("a TLS 1.2 connection that asks after the request", async () => {
    const report = await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) }, note: binding("Disabled") }));
    expect(answerOf(report, id)).toBe("explains");
  });

  test("DS Mapper Usage : Disabled is another line", async () => {
    const report = await analyzeTexts({ "netsh.txt": binding("Enabled") });
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

describe("Disabled and TLS 1.3 that go together", () => {
  test("the page was served without a certificate: a note", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", status: "200 OK" }, note: binding("Disabled") }));
    expect(answerOf(report, id)).toBe("explains");
  });

  test("nothing was requested: a note", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", request: null, status: null }, note: binding("Disabled") }));
    expect(answerOf(report, id)).toBe("explains");
  });

  test("cannot tell when another binding asks at once: which of them answers is asked for", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" }, note: `${binding("Disabled")}${binding("Enabled")}` }));
    expect(commandsOf(cannotTellOf(report, id))).toEqual(["server: netsh http show sslcert"]);
  });
});

describe("several bindings", () => {
  const whole = (address: string, value: string): string => binding(value).replace("0.0.0.0:443", address)
    .replace("    Certificate Store Name", "    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}\n    Certificate Store Name");

  test("the one of the port that was connected to is judged", async () => {
    const note = `${whole("0.0.0.0:443", "Disabled")}\n${whole("0.0.0.0:8443", "Enabled")}`;
    const finding = findingOf(await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3", connect: "web.example:443" }, note })), id);
    expect(quotesOf(finding)[0]).toBe("Negotiate Client Certificate : Disabled");
    expect(finding.evidence[0]).toMatchObject({ line: 12 });
  });

  test("without a connection it stays open which one answers", async () => {
    expect(answerOf(await analyzeTexts({ "netsh.txt": `${whole("0.0.0.0:443", "Disabled")}\n${whole("0.0.0.0:8443", "Enabled")}` }), id)).toBe("cannot-tell");
  });
});
