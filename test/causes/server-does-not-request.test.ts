import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "server-does-not-request";

describe("found", () => {
  test("proved: request sent, refused with 403.7, and no summary shows a CertificateRequest", async () => {
    const report = await analyzeTexts(caseOf({ probe: { iisPage: "403.7" } }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(expect.arrayContaining(["No client certificate CA names sent", "GET /secure/ HTTP/1.1"]));
    expect(finding.evidence.filter((one) => one.quote === "No client certificate CA names sent")).toHaveLength(2);
    expect(finding.about).toBeNull();
    expect(finding.fix.map((step) => step.on)).toEqual(["server", "server", "server"]);
    expect(report.path[0]).toMatchObject({ station: "asked", state: "broken" });
  });

  test("likely when the page was served: the path may be the wrong one", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ probe: { request: "GET /", status: "200 OK" } })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("path");
  });
});

describe("ruled out", () => {
  test("by a request in the second summary only", async () => {
    const report = await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME), iisPage: "403.7" } }));
    expect(ruledOutOf(report, id).evidence).toMatchObject([{ quote: "Acceptable client certificate CA names", shows: expect.stringContaining("after the request") }]);
  });

  test("by a request with an empty list: the same sentence, beside certificate types", async () => {
    const report = await analyzeTexts(caseOf({ probe: { first: requestFor(), iisPage: "403.7" } }));
    expect(ruledOutOf(report, id).evidence[0]?.quote).toMatch(/^(Client Certificate Types|Requested Signature Algorithms): /);
  });

  test("by the client's own trace of the list", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(quotesOf(ruledOutOf(report, id))).toEqual(["Number of issuer(s) : 1"]);
  });

  test("by a certificate that arrived", async () => {
    const report = await analyzeTexts({ "iis.txt": "HTTP Error 403.13 - Forbidden\n" });
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

describe("cannot tell", () => {
  test("when nothing was typed: per-path requests come only after the request", async () => {
    const report = await analyzeTexts(caseOf({ probe: { request: null, status: null } }));
    const commands = commandsOf(cannotTellOf(report, id));
    expect(commands[0]).toContain("openssl s_client -connect intranet.fabrik.example:443 -servername intranet.fabrik.example -tls1_2 -prexit");
    expect(commands[1]).toBe("server: netsh http show sslcert");
  });

  test("a path is asked for without its query, and its escapes are none of printf", async () => {
    const report = await analyzeTexts(caseOf({ probe: { request: "GET /a%20b/%USERNAME%/c?token=1&x=`id`", status: null, protocol: "TLSv1.3" } }));
    const command = commandsOf(cannotTellOf(report, id)).find((one) => one.includes("openssl")) ?? "";
    expect(command).toMatch(/^client: printf 'GET \/a%%20b\/USERNAME\/c HTTP\/1\.1\\r/);
  });

  test("in cmd.exe, when the client is seen to be Windows", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], probe: { request: "GET /a%20b/%USERNAME%/c?token=1&x=2", status: null, protocol: "TLSv1.3" } }));
    expect(commandsOf(cannotTellOf(report, id)).find((one) => one.includes("openssl")))
      .toMatch(/^client: \(echo GET \/a%20b\/USERNAME\/c HTTP\/1\.1& echo Host: intranet\.fabrik\.example& echo Connection: close& echo\.\) \| openssl /);
  });

  test("over TLS 1.3, where a path may ask only of clients that offer it", async () => {
    const report = await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" } }));
    expect(answerOf(report, id)).toBe("cannot-tell");
  });

  test("from the certificates alone", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()] }));
    expect(commandsOf(cannotTellOf(report, id))[0]).toContain("-prexit");
  });
});

describe("look-alikes that prove nothing", () => {
  test("an old openssl that never prints types or algorithms", async () => {
    const text = [
      "CONNECTED(00000003)", "---", "Certificate chain", " 0 s:/CN=intranet.fabrik.example", "   i:/C=DE/O=Fabrik, Inc./CN=Fabrik Server CA", "---", "Server certificate",
      "subject=/CN=intranet.fabrik.example", "issuer=/C=DE/O=Fabrik, Inc./CN=Fabrik Server CA", "---", "No client certificate CA names sent", "---", "SSL handshake has read 2315 bytes and written 419 bytes", "---",
      "New, TLSv1/SSLv3, Cipher is DHE-RSA-AES256-SHA", "Server public key is 2048 bit", "Secure Renegotiation IS supported", "Compression: NONE", "Expansion: NONE", "SSL-Session:", "    Protocol  : TLSv1",
      "    Cipher    : DHE-RSA-AES256-SHA", "    Session-ID: 4F0C", "    Session-ID-ctx: ", "    Key-Arg   : None", "    Start Time: 1300000000", "    Timeout   : 300 (sec)", "    Verify return code: 0 (ok)", "---", "",
    ].join("\n");
    const report = await analyzeTexts({ "old.txt": text });
    expect(answerOf(report, id)).toBe("cannot-tell");
  });

  test("the bare sentence in a mail", async () => {
    const report = await analyzeTexts({ "mail.txt": "It prints\nNo client certificate CA names sent\nand nothing else.\n" });
    expect(answerOf(report, id)).not.toBe("found");
  });
});

describe("a server that asked and got nothing", () => {
  test.each([
    "fd[0xe] OpenSSL error[0xa0000c7] tls_process_client_certificate: peer did not return a certificate",
    "[ssl:error] [pid 3514] [client 192.0.2.9:57830] AH02263: Re-negotiation handshake failed: Client certificate missing",
    "http: TLS handshake error from 192.0.2.9:52882: tls: client didn't provide a certificate",
    "javax.net.ssl.SSLHandshakeException: Empty client certificate chain",
  ])("rules it out: %s", async (line) => {
    const report = await analyzeTexts({ "server.log": `${line}\n` });
    expect(quotesOf(ruledOutOf(report, id))).toEqual([line]);
    expect(report.path.find(({ station }) => station === "asked")?.state).toBe("ok");
    expect(report.path.find(({ station }) => station === "sent")?.state).toBe("broken");
  });

  test("a status of a page can come from a server that never asked", async () => {
    expect((await analyzeTexts({ "log.txt": "HTTP Error 403.7 - Forbidden\n" })).path.find(({ station }) => station === "asked")?.state).toBe("unknown");
  });
});

describe("another server that asks", () => {
  const other = { host: "test.lab.example", first: requestFor(ROOT_NAME) };

  test("does not speak for one that never asks: likely", async () => {
    const report = await analyzeTexts(caseOf({ probe: { iisPage: "403.7" }, otherProbe: other }));
    const finding = findingOf(report, id);
    expect([finding.weight, finding.overturnedBy]).toEqual(["likely", expect.stringContaining("Another server")]);
    expect(finding.evidence.every(({ file }) => file === "probe.txt")).toBe(true);
    for (const cause of ["sslflags-web-config", "tls-terminating-intermediary", "sslcert-binding-settings-lost"]) expect(answerOf(report, cause)).not.toBe("ruled-out");
  });

  test("speaks for it where it is the same one", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: { iisPage: "403.7" }, otherProbe: { first: requestFor(ROOT_NAME) } })), id)).not.toBe("found");
  });

  test("says nothing of a page that was served without a certificate", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: { status: "200 OK" }, otherProbe: other })), id)).toBe("ruled-out");
  });
});
