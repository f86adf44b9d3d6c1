import { describe, expect, test } from "@jest/globals";
import type { CertificateRequestFact, ClientCertificateSentFact, Fact, FormatId } from "../../src/model/fact.ts";
import { ISSUING_NAME, ROOT_NAME } from "../support/certificate-spec.ts";
import { place, printed, requestFact, runFact, selectionCall, sessionFact, situationOf, statusFact } from "../support/make-facts.ts";

/** A whole exchange without a request: sent, answered, and silent in the summaries before and after it. */
function silentRun(run = 1): readonly Fact[] {
  return [
    runFact(run, { httpRequest: printed("GET /secure/ HTTP/1.1") }), sessionFact(run), requestFact(false, null, { run }), requestFact(false, null, { run, summary: 2 }),
    statusFact(403, null, { format: "s_client", run }),
  ];
}

describe("\"No client certificate CA names sent\"", () => {
  test("with a proof that nothing was asked for: not asked", () => {
    const { request } = situationOf(silentRun());
    expect(request).toMatchObject({ requested: false, emptyList: null, deciding: null });
    expect(request.evidence).toHaveLength(2);
  });

  test.each<[string, (facts: readonly Fact[]) => readonly Fact[]]>([
    ["a summary after the request", (facts) => facts.filter((fact) => fact.kind !== "certificate-request" || fact.summary !== 2)],
    ["an answer", (facts) => facts.filter((fact) => fact.kind !== "http-status")],
    ["a request that was sent", (facts) => facts.map((fact) => (fact.kind === "tls-run" ? { ...fact, httpRequest: null } : fact))],
    ["a version that renegotiates", (facts) => facts.map((fact) => (fact.kind === "tls-session" ? { ...fact, protocol: printed("TLSv1.3") } : fact))],
  ])("without %s: no proof", (_what, without) => {
    expect(situationOf(without(silentRun())).request.requested).toBeNull();
  });

  test("beside signature algorithms: asked, with an empty list", () => {
    const { request, serverList } = situationOf([runFact(), requestFact(true, [], { algorithms: ["RSA+SHA256"] })]);
    expect(request.requested).toBe(true);
    expect(request.emptyList?.shows).toContain("any issuer is acceptable");
    expect(request.signatureAlgorithms?.value).toEqual(["RSA+SHA256"]);
    expect(serverList).toBeNull();
  });

  test("without either: nobody can tell", () => {
    const { request } = situationOf([runFact(), requestFact(null, null)]);
    expect(request).toMatchObject({ requested: null, emptyList: null, evidence: [] });
  });
});

describe("several summaries", () => {
  test("asked in one of them is asked, and the first silence does not count", () => {
    const { request } = situationOf([requestFact(false, null), requestFact(true, [ROOT_NAME], { summary: 2, when: "after-request" })]);
    expect(request).toMatchObject({ requested: true, when: "after-request" });
    expect(request.evidence[0]?.shows).toContain("after the request");
  });

  test("the one that names authorities decides, even before an empty one", () => {
    const named = requestFact(true, [ROOT_NAME, ISSUING_NAME]);
    const { request, serverList } = situationOf([named, requestFact(true, [], { summary: 2 })]);
    expect(request.deciding).toBe(named);
    expect(request.emptyList).toBeNull();
    expect(serverList?.names).toHaveLength(2);
  });

  test("one silent and one unknown prove nothing", () => {
    expect(situationOf([requestFact(false, null), requestFact(null, null, { summary: 2 })]).request.requested).toBeNull();
  });
});

describe("several runs", () => {
  test("are kept apart by number", () => {
    const { runs } = situationOf([...silentRun(1), runFact(2), requestFact(true, [ROOT_NAME], { run: 2 })]);
    expect(runs.map((run) => run.requested)).toEqual([false, true]);
  });

  test("one that asks is enough; the protocol is that of its own run", () => {
    const { request } = situationOf([
      runFact(1), sessionFact(1, { protocol: printed("TLSv1.3") }), requestFact(false, null),
      runFact(2), sessionFact(2), requestFact(true, [ROOT_NAME], { run: 2 }),
    ]);
    expect(request.requested).toBe(true);
    expect(request.run?.protocol?.value).toBe("TLSv1.2");
  });

  test("without any there is no answer", () => {
    expect(situationOf([]).request.requested).toBeNull();
  });
});

describe("runs of several programs", () => {
  const ALL_KEYS = ["RSA-PSS+SHA256", "ECDSA+SHA256"];
  const answer = (format: FormatId, sent: boolean, run = 1): ClientCertificateSentFact => ({
    kind: "client-certificate-sent", format, span: place(`${format} answers`), run, sent, count: sent ? 1 : 0,
  });
  const ofJava = (authorities: Parameters<typeof requestFact>[1]): CertificateRequestFact => ({ ...requestFact(true, authorities, { summary: null, algorithms: ALL_KEYS }), format: "java-debug", whole: true });

  test("with one number are two runs", () => {
    const { runs } = situationOf([runFact(1), { ...runFact(1), format: "curl" }]);
    expect(runs.map((run) => run.fact?.format)).toEqual(["s_client", "curl"]);
  });

  test("a request without a known list gives way to one that has it, even an empty one", () => {
    const curl: CertificateRequestFact = { ...requestFact(true, null, { summary: null }), format: "curl", authoritiesLine: null };
    expect(situationOf([requestFact(true, [], { algorithms: ALL_KEYS }), curl]).request.emptyList).not.toBeNull();
  });

  test("a probe's empty answer says nothing of the failing client, that of a program does", () => {
    const probe = situationOf([runFact(1), requestFact(true, [ROOT_NAME]), answer("s_client", false)]);
    expect([probe.request.emptyAnswer, probe.outcome.arrived]).toEqual([null, null]);
    const program = situationOf([ofJava([ROOT_NAME]), answer("java-debug", false)]);
    expect([program.request.emptyAnswer?.shows, program.outcome.arrived]).toEqual(["the client answered with an empty list of certificates", false]);
  });

  test("the last answer of a run counts", () => {
    expect(situationOf([ofJava([ROOT_NAME]), answer("java-debug", false), answer("java-debug", true)]).request.emptyAnswer).toBeNull();
  });

  test("a certificate that was sent arrived, and was not refused by that", () => {
    const { outcome } = situationOf([ofJava([ROOT_NAME]), answer("java-debug", true)]);
    expect([outcome.arrived, outcome.refused]).toEqual([true, []]);
  });

  test("beside a trace of the client that fails, what another program sent says nothing", () => {
    expect(situationOf([selectionCall([]), ofJava([ROOT_NAME]), answer("java-debug", true)]).outcome.arrived).toBeNull();
  });

  test("a whole message of a program has a whole list; one in doubt has not", () => {
    expect(situationOf([ofJava([ROOT_NAME])]).serverList?.incomplete).toBeNull();
    expect(situationOf([{ ...ofJava([ROOT_NAME]), whole: false }]).serverList?.incomplete).not.toBeNull();
  });
});
