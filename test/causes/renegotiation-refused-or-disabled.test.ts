import { describe, expect, test } from "@jest/globals";
import { analyzeTexts, answerOf, findingOf, quotesOf } from "../support/analyze-texts.ts";
import { caseOf } from "../support/case.ts";
import { ROOT_NAME } from "../support/certificate-spec.ts";
import { requestFor } from "../support/render-s-client.ts";

const id = "renegotiation-refused-or-disabled";
const GO = "Get \"https://intranet.fabrik.example/secure/\": remote error: local error: tls: no renegotiation";

describe("found", () => {
  test("proved: the server asks only after the request, and the client refuses", async () => {
    const finding = findingOf(await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) }, note: `${GO}\n` })), id);
    expect(finding.weight).toBe("proved");
    expect(finding.evidence.map((one) => one.file)).toEqual(["note.txt", "probe.txt"]);
    expect(finding.evidence[1]?.shows).toContain("after the request");
  });

  test.each([GO, "TLS error: 268435638:SSL routines:OPENSSL_internal:NO_RENEGOTIATION"])("likely by the refusal alone: %s", async (line) => {
    const finding = findingOf(await analyzeTexts({ "client.log": `${line}\n` }), id);
    expect(finding.weight).toBe("likely");
    expect(finding.overturnedBy).toContain("transcript");
    expect(quotesOf(finding)[0]).toBe(line);
  });
});

test("ruled out by a request in the first handshake", async () => {
  expect(answerOf(await analyzeTexts(caseOf({ probe: { first: requestFor(ROOT_NAME) }, note: `${GO}\n` })), id)).toBe("ruled-out");
});

describe("look-alikes that are no fault", () => {
  test("a request after the request line that nobody refused", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) } })), id)).not.toBe("found");
  });

  test("\"This TLS version forbids renegotiation\" of every TLS 1.3 transcript", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: { protocol: "TLSv1.3" } })), id)).toBe("none");
  });

  test("\"Secure Renegotiation IS supported\"", async () => {
    expect(answerOf(await analyzeTexts(caseOf({ probe: {} })), id)).toBe("none");
  });
});

describe("a server without secure renegotiation", () => {
  const LEGACY = "error:0A000152:SSL routines:final_renegotiate:unsafe legacy renegotiation disabled";

  test("is refused in the first handshake already: no more than possible", async () => {
    const finding = findingOf(await analyzeTexts({ "client.log": `${LEGACY}\n` }), id);
    expect(finding.weight).toBe("possible");
    expect(finding.overturnedBy).toContain("first handshake");
  });

  test("likely when it asks only after the request", async () => {
    expect(findingOf(await analyzeTexts(caseOf({ probe: { last: requestFor(ROOT_NAME) }, note: `${LEGACY}\n` })), id).weight).toBe("likely");
  });
});

describe("alert 100 tells by who sent it", () => {
  test("likely when the client sends it", async () => {
    const line = "* TLSv1.2 (OUT), TLS alert, no renegotiation (356):";
    expect(quotesOf(findingOf(await analyzeTexts({ "curl.txt": `${line}\n` }), id))).toEqual([line]);
  });

  test("nothing when the client receives it: it had asked for the renegotiation itself", async () => {
    expect(answerOf(await analyzeTexts({ "curl.txt": "* TLSv1.2 (IN), TLS alert, no renegotiation (356):\n" }), id)).toBe("none");
  });
});
