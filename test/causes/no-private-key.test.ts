import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, softwareKey } from "../support/certificate-spec.ts";
import { renderDump, renderStore } from "../support/render-certutil.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "no-private-key";
const keyless = clientCertificate({ key: null });

describe("found", () => {
  test.each([true, false])("proved by the listing, verbose: %s", async (verbose) => {
    const report = await analyzeTexts(caseOf({ my: renderStore([keyless], { verbose }), call: browserCall([ROOT_NAME]) }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(quotesOf(finding)).toEqual(["No key provider information", "dwFlags : 00000088", "Number of certificates matching criteria(s) : 0"]);
    expect(finding.about?.certificate).toBe(keyless.thumbprint);
    expect(finding.fix.map((step) => step.command)).toEqual(["certutil -user -importpfx client.pfx", `certutil -user -repairstore my ${keyless.serial}`]);
  });
});

describe("told by the client itself", () => {
  test.each(["WinHttpSendRequest failed: WinHTTP error 12185", "net::ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY"])("likely: %s", async (line) => {
    const finding = findingOf(await analyzeTexts({ "app.log": `${line}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.evidence[0]?.line).toBe(1);
  });

  test("not against a listing that prints the key", async () => {
    const report = await analyzeTexts({ ...caseOf({ my: [clientCertificate({ keyUsage: "20" })], call: browserCall([ROOT_NAME]) }), "app.log": "WinHTTP error 12185\n" });
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});

test("ruled out by a linked key", async () => {
  const report = await analyzeTexts(caseOf({ my: [clientCertificate({ keyUsage: "20" })], call: browserCall([ROOT_NAME]) }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual([`Key Container = ${softwareKey.container}`]);
});

test("cannot tell from the dump of a file, which never prints a key", async () => {
  const report = await analyzeTexts({ "client.txt": renderDump(keyless) });
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: certutil -v -user -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("a missing key set is a link without a key, and counts as linked", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate({ key: { ...softwareKey, outcome: "missing", uniqueContainer: null } })], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("CA certificates have no key here and need none", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(report.findings).toEqual([]);
    expect(answerOf(report, id)).toBe("ruled-out");
  });

  test("a call without the flag takes certificates without a key", async () => {
    const report = await analyzeTexts(caseOf({ my: [keyless], call: browserCall([ROOT_NAME], { flags: 0x80, matches: 1 }) }));
    expect(answerOf(report, id)).not.toBe("found");
  });
});
