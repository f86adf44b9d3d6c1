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
