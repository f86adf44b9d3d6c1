import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, cannotTellOf, findingOf, quotesOf, ruledOutOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "wrong-binding-or-sni";
const connect = "203.0.113.10:443";

test("found: one address, two certificates depending on the name, and only one of them asks", async () => {
  const finding = findingOf(await analyzeTexts(caseOf({
    probe: { connect, serverName: null, host: "default.fabrik.example" }, otherProbe: { connect, host: "intranet.fabrik.example", first: requestFor(ROOT_NAME) },
  })), id);
  expect(finding.weight).toBe("likely");
  expect(quotesOf(finding)).toEqual(["subject=CN=default.fabrik.example", "subject=CN=intranet.fabrik.example"]);
  expect(finding.overturnedBy).toContain("names");
  expect(finding.fix[0]?.on).toBe("server");
});

test("cannot tell when no name was sent and nothing was asked for: the same with the name is asked for", async () => {
  const report = await analyzeTexts(caseOf({ probe: { serverName: null } }));
  expect(cannotTellOf(report, id).missing[0]).toMatchObject({ command: expect.stringContaining("-servername"), on: "client" });
});

describe("says nothing", () => {
  test("when the same certificate answers with and without the name", async () => {
    const report = await analyzeTexts(caseOf({ probe: { connect, serverName: null }, otherProbe: { connect, first: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("of two addresses", async () => {
    const report = await analyzeTexts(caseOf({ probe: { connect: "203.0.113.11:443", host: "other.fabrik.example" }, otherProbe: { connect, first: requestFor(ROOT_NAME) } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("without a connection", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ my: [clientCertificate()] })), id)).toBe("none");
  });
});

test("ruled out: the same certificate answers with and without the name, and neither asks", async () => {
  const report = await analyzeTexts(caseOf({ probe: { connect, serverName: null }, otherProbe: { connect } }));
  expect(quotesOf(ruledOutOf(report, id))).toEqual(["subject=CN=intranet.fabrik.example", "subject=CN=intranet.fabrik.example"]);
});

describe("two certificates at one address that are no fault", () => {
  test("both names are asked", async () => {
    const asked = requestFor(ROOT_NAME);
    const report = await analyzeTexts(caseOf({ probe: { connect, serverName: null, host: "default.fabrik.example", first: asked }, otherProbe: { connect, host: "intranet.fabrik.example", first: asked } }));
    expect(answerOf(report, id)).not.toBe("found");
  });

  test("only one of them was probed with a request, and asks after it", async () => {
    const report = await analyzeTexts(caseOf({
      probe: { connect, serverName: null, host: "default.fabrik.example", request: null, status: null }, otherProbe: { connect, host: "intranet.fabrik.example", last: requestFor(ROOT_NAME) },
    }));
    expect(answerOf(report, id)).not.toBe("found");
  });
});
