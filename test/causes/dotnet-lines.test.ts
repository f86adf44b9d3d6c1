import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, findingOf, quotesOf } from "../support/analyze-texts.ts";

const PREFIX = "System.Net Information: 0 : [17444] SecureChannel#54444047 - ";
const ASKED = "System.Net Information: 0 : [17444] InitializeSecurityContext(In-Buffers count=2, Out-Buffer length=0, returned code=CredentialsNeeded).";
const LISTED = `${PREFIX}We have user-provided certificates. The server has specified 34 issuer(s). Looking for certificates that match any of the issuers.`;
const LEFT_NONE = `${PREFIX}Left with 0 client certificates to choose from.`;

describe("the trace of .NET Framework", () => {
  test("issuers were listed and nothing was kept: likely the list", async () => {
    const finding = findingOf(await analyzeTexts({ "network.log": `${ASKED}\n${LISTED}\n${LEFT_NONE}\n` }), "issuer-not-in-server-list");
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual([LISTED, LEFT_NONE]);
  });

  test("a certificate without its key in the stores is dropped as well: no more than possible", async () => {
    const notInStore = `${PREFIX}Cannot find the certificate in either the LocalMachine store or the CurrentUser store.`;
    expect(findingOf(await analyzeTexts({ "network.log": `${LISTED}\n${notInStore}\n${LEFT_NONE}\n` }), "issuer-not-in-server-list").weight).toBe("possible");
  });

  test.each([
    ["without a list", `${PREFIX}We have user-provided certificates. The server has not specified any issuers, so try all the certificates.\n${LEFT_NONE}\n`],
    ["one certificate was kept", `${LISTED}\n${PREFIX}Left with 1 client certificates to choose from.\n`],
  ])("no finding about the list: %s", async (_, text) => {
    expect((await analyzeTexts({ "network.log": text })).findings.map((finding) => finding.cause)).not.toContain("issuer-not-in-server-list");
  });
});

describe("the event source of .NET names the check", () => {
  const KEY = "Skipping current X509Certificate2 53036123 since it doesn't have private key. Certificate Subject: CN=robot, Thumbprint: 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B.";
  const PURPOSE = "For Certificate 53036123 - current X509EnhancedKeyUsageExtension 1121 is not valid for Client Authentication.";
  const USAGE = "For Certificate 53036123 - current X509KeyUsageExtension 1122 is not valid for Digital Signature.";
  const NONE = "No eligible client certificate found.";

  test.each([["no-private-key", KEY], ["eku-missing-clientauth", PURPOSE], ["ku-missing-digitalsignature", USAGE]])("%s", async (cause, line) => {
    const finding = findingOf(await analyzeTexts({ "events.txt": `${line}\n${NONE}\n` }), cause);
    expect(finding.weight).toBe("likely");
    expect(quotesOf(finding)).toEqual([line, NONE]);
    expect(findingOf(await analyzeTexts({ "events.txt": `${line}\n` }), cause).weight).toBe("possible");
  });
});
