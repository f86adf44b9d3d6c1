import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "client-not-configured";

test.each([["likely", "WinHTTP error 12044"], ["possible", "SEC_I_INCOMPLETE_CREDENTIALS"]])("found, %s: the server asked, the program had nothing: %s", async (weight, line) => {
  const finding = findingOf(await analyzeTexts({ "app.log": `${line}\n` }), id);
  expect(finding.weight).toBe(weight);
  expect(quotesOf(finding)).toEqual([line]);
  expect(finding.fix[0]?.on).toBe("client");
});

test("ruled out by a client that searched its store", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), note: "WinHTTP error 12044\n" }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["CertSelectCertificateChains called"]);
});

describe("look-alikes that are no fault of the configuration", () => {
  test.each(["HTTP Error 403.7 - Forbidden", "WinHTTP error 12185", "error 12044 bytes were read"])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "app.log": `${line}\n` }), id)).toBe("none");
  });
});

describe("a status that every client gets before it chooses", () => {
  test("in a trace whose selection was cut off it says nothing", async () => {
    const report = await analyzeTexts(caseOf({ after: { apiError: { api: "InitializeSecurityContextW", code: "0x00090320" } } }));
    expect(answerOf(report, id)).toBe("none");
  });

  test("ruled out when a certificate arrived after all", async () => {
    const report = await analyzeTexts({ "app.log": "SEC_I_INCOMPLETE_CREDENTIALS\n", "iis.txt": "HTTP Error 403.16 - Forbidden\n" });
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP Error 403.16 - Forbidden"]);
  });

  test("no more than possible when one attempt had none and another one arrived", async () => {
    const report = await analyzeTexts({ "app.log": "WinHTTP error 12044\n", "iis.txt": "HTTP Error 403.16 - Forbidden\n" });
    expect(findingOf(report, id).weight).toBe("possible");
  });
});

describe("nothing but a curl whose command names no certificate", () => {
  const curl = (command: string): string => `${command}\n* Connected to gate.lab.example (192.0.2.4) port 443\n* TLSv1.3 (IN), TLS handshake, Request CERT (13):\n{ [124 bytes data]\n* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n} [8 bytes data]\n`
    + "* TLSv1.3 (OUT), TLS handshake, Finished (20):\n} [52 bytes data]\n> GET /till HTTP/1.1\n* TLSv1.3 (IN), TLS alert, unknown (628):\n";
  const bare = curl("$ curl -v https://gate.lab.example/till");

  test("likely: the server asked, and ended the connection", async () => {
    const finding = findingOf(await analyzeTexts({ "curl.txt": bare }), id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("only run to see")]);
    expect(quotesOf(finding)[0]).toContain("curl -v https://gate.lab.example/till");
  });

  test("only possible for a command with a certificate, nothing beside the certificates of another client", async () => {
    expect(findingOf(await analyzeTexts({ "curl.txt": curl("$ curl -v --cert till.pem https://gate.lab.example/till") }), id).weight).toBe("possible");
    expect(answerOf(await analyzeTexts({ ...caseOf({ my: [clientCertificate()] }), "curl.txt": bare }), id)).not.toBe("found");
  });
});
