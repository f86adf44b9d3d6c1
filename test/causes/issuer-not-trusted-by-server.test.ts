import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
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

describe("alert 48 in Schannel's event 36887", () => {
  test("possible also when the id of the event stands on a line of its own", async () => {
    const event = "Log Name: System\nSource: Schannel\nEvent ID: 36887\nDescription: A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 48.\n";
    expect(findingOf(await analyzeTexts({ "event.txt": event }), id).weight).toBe("possible");
  });

  const EVENT = "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 48.";

  test("only possible: written on the server, it is about the server's own certificate", async () => {
    const finding = findingOf(await analyzeTexts({ "system.txt": `${EVENT}\n` }), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("Which machine");
    expect(quotesOf(finding)).toEqual([EVENT]);
  });

  test("likely where the server refuses in its own words", async () => {
    const finding = findingOf(await analyzeTexts({ "system.txt": `${EVENT}\n`, "iis.txt": "HTTP Error 403.16 - Forbidden\n" }), id);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual(["HTTP Error 403.16 - Forbidden"]);
  });
});

describe("a client's or a probe's words about the server's certificate", () => {
  test.each([
    "Get \"https://intranet.fabrik.example/\": tls: failed to verify certificate: x509: certificate signed by unknown authority",
    "http: TLS handshake error from 192.0.2.7:51234: remote error: tls: unknown certificate authority",
    "[crit] 812#812: *41 SSL_do_handshake() failed (SSL: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking",
    "* TLSv1.2 (OUT), TLS alert, unknown CA (560):",
    "error 20 at 0 depth lookup: unable to get local issuer certificate",
  ])("%s", async (line) => {
    expect(answerOf(await analyzeTexts({ "log.txt": `${line}\n` }), id)).not.toBe("found");
  });
});

test("an alert whose printer is not shown says what a server would mean by it", async () => {
  const java = findingOf(await analyzeTexts({ "app.log": "ERROR broker: Received fatal alert: unknown_ca\n" }), id);
  expect(java.overturnedBy).toContain("If a server printed the alert");
  const curl = findingOf(await analyzeTexts({ "curl.txt": "* TLSv1.2 (IN), TLS alert, unknown CA (560):\n" }), id);
  expect(curl.overturnedBy).not.toContain("If a server printed the alert");
});

test("cannot tell by an alert that gives no reason: the server's own verification is asked for", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { first: requestFor(ROOT_NAME), clientCertificate: "till.pem", alert: 42 } }));
  expect(commandsOf(cannotTellOf(report, id))[0]).toContain("openssl verify -purpose sslclient");
  expect(report.verdict).toContain("the server refused it");
});
