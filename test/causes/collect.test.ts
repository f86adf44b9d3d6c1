import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Report } from "../../src/report/report.ts";
import { analyzeTexts, answerOf } from "../support/analyze-texts.ts";
import { clientCertificate } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";

const form = (name: string): string => readFileSync(`samples/forms/${name}`, "utf8");

function commands(report: Report): ReadonlySet<string> {
  return new Set(report.cannotTell.flatMap(({ missing }) => missing.map(({ command }) => command ?? "")));
}

describe("a client with its certificate in a file", () => {
  test.each([["curl/openssl-tls13-none-sent.txt", "openssl x509 "], ["gnutls-cli/debug-names.txt", "openssl x509 "], ["java-debug/java17-tls12-none-fits.txt", "keytool -list "]])("%s: is asked by %s, never for a Windows store", async (name, asked) => {
    const report = await analyzeTexts({ "run.txt": form(name) });
    const all = [...commands(report)];
    expect(all.some((command) => command.startsWith(asked))).toBe(true);
    expect(all.filter((command) => command.startsWith("certutil") || command.startsWith("whoami"))).toEqual([]);
    // What only a store can have is none of its faults.
    expect(["keyspec-mismatch", "wrong-store-machine-vs-user", "duplicate-suppressed"].map((id) => answerOf(report, id))).toEqual(["none", "none", "none"]);
  });

  test.each(["curl/schannel.txt", "curl/schannel-pem-file.txt"])("%s: Schannel searches a store", async (name) => {
    expect([...commands(await analyzeTexts({ "run.txt": form(name) }))]).toContain("certutil -v -user -store my");
  });

  test("is not known where a listing of a store is at hand as well", async () => {
    const report = await analyzeTexts({ "run.txt": form("curl/openssl-tls13-none-sent.txt"), "my.txt": renderStore([clientCertificate()], { verbose: false }) });
    expect([...commands(report)]).toContain("certutil -v -user -store my");
  });
});

describe("the kind of server", () => {
  const silent = (server: string): string => [
    "$ openssl s_client -connect lager.example:443 -servername lager.example -tls1_2 -ign_eof", "CONNECTED(00000003)", "---", "No client certificate CA names sent", "---",
    "SSL handshake has read 3100 bytes and written 300 bytes", "---", "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384", "SSL-Session:", "    Protocol  : TLSv1.2", "    Cipher    : ECDHE-RSA-AES256-GCM-SHA384",
    "---", "HTTP/1.1 403 Forbidden", ...(server === "" ? [] : [`Server: ${server}`]), "", "closed", "",
  ].join("\n");
  const ofServer = (report: Report): readonly string[] => report.cannotTell.flatMap(({ missing }) => missing.flatMap(({ command, on }) => (on === "server" && command !== null ? [command] : [])));

  test.each([
    ["nginx/1.22.1", ["nginx -T"]],
    ["Apache/2.4.57 (Debian)", ["apachectl -t -D DUMP_VHOSTS"]],
    ["Microsoft-IIS/10.0", ["netsh http show sslcert"]],
    ["Microsoft-HTTPAPI/2.0", ["netsh http show sslcert"]],
  ])("%s is asked in its own words", async (server, expected) => {
    expect([...new Set(ofServer(await analyzeTexts({ "run.txt": silent(server) })))]).toEqual(expected);
  });

  test.each(["", "Kestrel", "cloudflare"])("not known by %j: the kinds are told, and by what they are known", async (server) => {
    const report = await analyzeTexts({ "run.txt": silent(server) });
    const asked = report.cannotTell.flatMap(({ missing }) => missing).find(({ command }) => command === "netsh http show sslcert");
    expect(asked?.what).toMatch(/Server line .*IIS.*nginx -T.*apachectl.*haproxy/);
  });

  test("of a server that is no IIS nothing of IIS is asked", async () => {
    const report = await analyzeTexts({ "error.log": "2026/11/22 18:37:16 [info] 3435#3435: *1 client sent no required SSL certificate while reading client request headers, client: 192.0.2.9, server: , request: \"GET / HTTP/1.1\"\n" });
    expect(ofServer(report).filter((command) => command.includes("netsh") || command.includes("appcmd") || command.includes("wevtutil"))).toEqual([]);
    expect(["sslflags-web-config", "sslcert-binding-settings-lost"].map((id) => answerOf(report, id))).toEqual(["none", "none"]);
  });

  test("a log of nginx before one of IIS: not known", async () => {
    const report = await analyzeTexts({ "nginx.log": "nginx: client sent no required SSL certificate\n", "iis.txt": "HTTP Error 403.7 - Forbidden\n" });
    expect(ofServer(report).some((command) => command.includes("nginx -T"))).toBe(false);
  });
});

describe("the account", () => {
  const asked = async (more: string): Promise<readonly string[]> => [...commands(await analyzeTexts({ "my.txt": `${more}C:\\>certutil -store my\nmy "Personal"\nCertUtil: -store command completed successfully.\n`, "note.txt": "HTTP Error 403.7 - Forbidden\n" }))];

  test("is asked for where nothing prints it", async () => {
    expect(await asked("")).toContain("whoami & certutil -user -store my & certutil -store my");
  });

  test("is not asked for where whoami printed it", async () => {
    const all = await asked("C:\\>whoami /all\n\nUSER INFORMATION\n----------------\n\nUser Name  SID\n========== ==============================================\ncorp\\anna  S-1-5-21-1004336348-1177238915-682003330-1104\n\n");
    expect(all).toContain("certutil -user -store my & certutil -store my");
    expect(all.filter((command) => command.includes("whoami"))).toEqual([]);
  });
});
