import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "issuer-not-trusted-by-server";

test.each([
  "HTTP Error 403.16 - Forbidden",
  "client SSL certificate verify error: (20:unable to get local issuer certificate) while reading client request headers",
  "client SSL certificate verify error: (18:self signed certificate) while reading client request headers",
  "http: TLS handshake error from 192.0.2.7:50412: tls: failed to verify certificate: x509: certificate signed by unknown authority",
  "SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48",
])("found, likely: %s", async (line) => {
  const finding = findingOf(await analyzeTexts({ "log.txt": `${line}\n` }), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)[0]).toBe(line);
  expect(finding.fix.map((step) => step.on)).toEqual(["server", "server", "server"]);
  expect(finding.overturnedBy).toContain("does not tell a missing root");
});

test("ruled out when nothing arrived", async () => {
  expect(quotesOf(ruledOutOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.7 - Forbidden\n" }), id))).toEqual(["HTTP Error 403.7 - Forbidden"]);
});

test("ruled out by a page that was served", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["HTTP/1.1 200 OK"]);
});

describe("look-alikes that are about the server's certificate", () => {
  test("s_client's complaint about the server's chain", async () => {
    expect(answerOf(await analyzeTexts({ "probe.txt": "CONNECTED(00000003)\nverify error:num=20:unable to get local issuer certificate\nverify return:1\n---\nNo client certificate CA names sent\n---\nVerify return code: 20 (unable to get local issuer certificate)\n" }), id)).not.toBe("found");
  });

  test("a Go client that does not trust the server", async () => {
    expect(answerOf(await analyzeTexts({ "app.log": "Get \"https://intranet.fabrik.example/\": tls: failed to verify certificate: x509: certificate signed by unknown authority\n" }), id)).toBe("none");
  });

  test("a dates refusal", async () => {
    expect(answerOf(await analyzeTexts({ "iis.txt": "HTTP Error 403.17 - Forbidden\n" }), id)).toBe("none");
  });
});
