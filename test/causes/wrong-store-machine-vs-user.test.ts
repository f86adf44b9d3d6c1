import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, commandsOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate, softwareKey } from "../support/certificate-spec.ts";
import { renderStore } from "../support/render-certutil.ts";
import { requestFor } from "../support/render-s-client.ts";
import { browserCall } from "../support/render-strace.ts";

const id = "wrong-store-machine-vs-user";
const good = clientCertificate({ key: { ...softwareKey, machineKeyset: true } });

describe("found", () => {
  test("proved: in the computer's store, not in the user's, and nothing matched", async () => {
    const report = await analyzeTexts(caseOf({ my: [], machine: [good], call: browserCall([ROOT_NAME]) }));
    const finding = findingOf(report, id);
    expect(finding.weight).toBe("proved");
    expect(finding.about?.certificate).toBe(good.thumbprint);
    expect(finding.evidence.map((one) => `${one.file}: ${one.shows}`)).toEqual([
      "machine.txt: the store that holds it", "my.txt: the user's store, listed completely, without it", "strace.log: 0 certificates matched",
    ]);
    expect(finding.fix[0]?.command).toBe("certutil -user -importpfx client.pfx");
    expect(report.findings).toHaveLength(1);
  });

  test("the same when the user's store holds other certificates that fail", async () => {
    const other = clientCertificate({ subject: ["CN=alice mail", "O=Fabrik, Inc."], extendedKeyUsage: ["1.3.6.1.5.5.7.3.4"] });
    const report = await analyzeTexts(caseOf({ my: [other], machine: [good], call: browserCall([ROOT_NAME]) }));
    expect(findingOf(report, id).about?.certificate).toBe(good.thumbprint);
  });

  test("likely when the user's store is not listed", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ machine: [good], call: browserCall([ROOT_NAME]) })), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("certutil -user -store my");
  });
});

test("ruled out by the user's own store, with a key of the machine: Flags = 20 is no proof", async () => {
  const report = await analyzeTexts(caseOf({ my: [good], call: browserCall([ROOT_NAME], { matches: 1 }) }));
  expect(ruledOutOf(report, id).evidence).toMatchObject([{ file: "my.txt", shows: "the certificate is in the user's own store" }]);
  expect(quotesOf(ruledOutOf(report, id))[0]).toContain("my");
});

test("ruled out by a certificate that arrived at the server", async () => {
  const report = await analyzeTexts(caseOf({ machine: [good], note: "HTTP Error 403.16 - Forbidden" }));
  expect(ruledOutOf(report, id).evidence[0]?.quote).toContain("403.16");
});

test("cannot tell from the dump of a file; both stores are asked for", async () => {
  const report = await analyzeTexts(caseOf({ call: browserCall([ROOT_NAME]) }));
  expect(commandsOf(cannotTellOf(report, id))).toEqual(["client: whoami & certutil -user -store my & certutil -store my"]);
});

describe("look-alikes that are no fault", () => {
  test("a certificate of the computer's store that fails a criterion anyway", async () => {
    const report = await analyzeTexts(caseOf({ my: [], machine: [clientCertificate({ keyUsage: "30" })], call: browserCall([ROOT_NAME]) }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("the server's certificates of the computer beside the user's good one", async () => {
    const server = clientCertificate({ subject: ["CN=pc17.fabrik.example"], extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] });
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], machine: [server], call: browserCall([ROOT_NAME], { matches: 1 }) }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("a listing of the user's store that was cut proves no absence", async () => {
    const report = await analyzeTexts(caseOf({ my: renderStore([], { ending: "lost" }), machine: [good], probe: { last: requestFor(ROOT_NAME) } }));
    expect(report.findings.filter((finding) => finding.cause === id && finding.weight === "proved")).toEqual([]);
  });
});

describe("a good certificate of the computer beside one of the user", () => {
  const ofComputer = clientCertificate({ subject: ["CN=pc17.fabrik.example", "O=Fabrik, Inc."], key: { ...softwareKey, machineKeyset: true } });

  test("only possible while the user's own is selected", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ my: [clientCertificate()], machine: [ofComputer], call: browserCall([ROOT_NAME], { matches: 1 }) })), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("the certificate you mean");
  });

  test("no fault when the page was served", async () => {
    const report = await analyzeTexts(caseOf({ my: [clientCertificate()], machine: [ofComputer], call: browserCall([ROOT_NAME], { matches: 1 }), after: { status: "200 OK" } }));
    expect(answerOf(report, id)).toBe("ruled-out");
  });
});
