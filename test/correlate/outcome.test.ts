import { describe, expect, test } from "@jest/globals";
import { askedBy } from "../../src/correlate/asked-by.ts";
import { analyzeTexts } from "../support/analyze-texts.ts";
import { ROOT_NAME, clientCertificate } from "../support/certificate-spec.ts";
import { alertFact, byIssuerName, codeFact, place, printed, runFact, selectionCall, situationOf, statusFact, userStore } from "../support/make-facts.ts";

describe("did a certificate arrive?", () => {
  test.each([[7, false], [12, true], [13, true], [16, true], [17, true]])("403.%i: %s", (substatus, arrived) => {
    expect(situationOf([statusFact(403, substatus)]).outcome.arrived).toBe(arrived);
  });

  test.each([[41, false], [116, false], [43, true], [45, true], [48, true], [51, true]])("alert %i printed by a client: %s", (number, arrived) => {
    expect(situationOf([alertFact(number, { reportedBy: "client" })]).outcome.arrived).toBe(arrived);
  });

  test("alert 42 says that the server asked, and not whether anything came", () => {
    const situation = situationOf([alertFact(42, { reportedBy: "client" })]);
    expect(situation.outcome.arrived).toBeNull();
    expect(situation.outcome.refused).toEqual([]);
    expect(situation.outcome.refusedOrNone.map(({ shows }) => shows)).toEqual(["alert 42: the server refused a certificate, or got none"]);
    expect(askedBy(situation)).toEqual(situation.outcome.refusedOrNone);
  });

  test("alert 42 in a run that was given a certificate says that it was refused; in a probe without one, that one is demanded", async () => {
    const run = (words: string): string => [
      `$ openssl s_client -connect h.example:443${words} -tls1_2`, "CONNECTED(00000003)",
      "40270000:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:../ssl/record/rec_layer_s3.c:1600:SSL alert number 42", "---",
      "Acceptable client certificate CA names", "C = DE, O = Talgrund Logistik, CN = Talgrund Root CA", "---", "",
    ].join("\n");
    const path = async (words: string): Promise<readonly string[]> => (await analyzeTexts({ "run.txt": run(words) })).path.map(({ station, state }) => `${station} ${state}`);
    expect(await path(" -cert c.pem -key c.key")).toEqual(expect.arrayContaining(["sent ok", "accepted broken"]));
    expect(await path("")).toEqual(expect.arrayContaining(["asked ok", "sent unknown", "accepted unknown"]));
  });

  test("alert 42 of an unknown printer, or in a server's log, says nothing", () => {
    for (const reportedBy of [null, "server"] as const) {
      const { outcome } = situationOf([alertFact(42, { reportedBy })]);
      expect([outcome.arrived, outcome.refusedOrNone]).toEqual([null, []]);
    }
  });

  test.each([[42, null], [48, null], [116, false]])("alert %i of an unknown printer: %s", (number, arrived) => {
    expect(situationOf([alertFact(number)]).outcome.arrived).toBe(arrived);
  });

  test("alert 40 alone says neither: too much ends so", () => {
    expect(situationOf([alertFact(40)]).outcome.arrived).toBeNull();
  });

  test.each([
    ["curl: (35) error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure", 40],
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", 40],
    ["* TLSv1.2 (IN), TLS alert, internal error (592):", 80],
    ["remote error: tls: access denied", 49],
  ])("an alert that gives no reason ends the way all the same: %s", async (line, number) => {
    const { path, findings, verdict } = await analyzeTexts({ "note.txt": `${line}\n` });
    expect(path.filter(({ state }) => state !== "unknown").map(({ station, state, evidence }) => [station, state, evidence[0]?.shows])).toEqual([
      ["accepted", "broken", expect.stringMatching(new RegExp(`^alert ${number} \\(\\w+\\): the handshake was ended, and the reason is not given$`))],
    ]);
    expect([findings, verdict]).toEqual([[], "This input does not decide the cause; what to collect next is listed below."]);
  });

  test("of a probe without a certificate it is shown, and decides nothing", async () => {
    const run = ["$ openssl s_client -connect h.example:443 -tls1_2", "CONNECTED(00000003)", "40270000:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl/record/rec_layer_s3.c:1600:SSL alert number 40", "---", ""].join("\n");
    const { path } = await analyzeTexts({ "run.txt": run });
    expect(path.at(-1)).toMatchObject({ station: "accepted", state: "unknown", evidence: [{ line: 3, shows: expect.stringContaining("a client without a certificate") }] });
  });

  test("one that a server received is about its own certificate", async () => {
    const { path } = await analyzeTexts({ "error.log": "2026/11/22 18:37:16 [info] 3435#3435: *1 SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking, client: 192.0.2.9, server: 0.0.0.0:443\n" });
    expect(path.at(-1)?.state).toBe("unknown");
  });

  test("an alert that this side sent says nothing", () => {
    expect(situationOf([alertFact(48, { direction: "sent" })]).outcome.arrived).toBeNull();
  });

  test("an alert in the server's log came from the client", () => {
    expect(situationOf([alertFact(48, { reportedBy: "server" })]).outcome.arrived).toBeNull();
  });

  test.each([["NGINX_NO_CLIENT_CERTIFICATE", false], ["SCHANNEL_EVENT_36875", false], ["NGINX_CLIENT_CERTIFICATE_REFUSED", true], ["SCHANNEL_EVENT_36877", true], ["AH02039", true]])("%s: %s", (name, arrived) => {
    expect(situationOf([codeFact(name)]).outcome.arrived).toBe(arrived);
  });

  test.each(["X509_V_ERR_CERT_HAS_EXPIRED", "SSL_R_CERTIFICATE_VERIFY_FAILED", "GO_UNKNOWN_AUTHORITY"])("%s of a server is about the certificate that arrived; of anybody else it says nothing", (name) => {
    expect(situationOf([codeFact(name, { reportedBy: "server" })]).outcome.arrived).toBe(true);
    expect(situationOf([codeFact(name, { reportedBy: "client" })]).outcome.arrived).toBeNull();
    expect(situationOf([codeFact(name)]).outcome.arrived).toBeNull();
  });

  test("one client of many that sent none says nothing where others were taken", () => {
    expect(situationOf([codeFact("CLIENT_VERIFY_NONE", { reportedBy: "server" })]).outcome.arrived).toBe(false);
    expect(situationOf([codeFact("CLIENT_VERIFY_NONE", { reportedBy: "server" }), codeFact("CLIENT_VERIFY_SUCCESS", { reportedBy: "server" })]).outcome.arrived).toBeNull();
  });

  test("the key of a server's own credential is no failure of the client", () => {
    expect(situationOf([codeFact("SEC_E_UNKNOWN_CREDENTIALS", { reportedBy: "server" })]).outcome.clientError).toEqual([]);
  });

  test("a plain 403 says nothing", () => {
    expect(situationOf([statusFact(403, null)]).outcome.arrived).toBeNull();
  });

  test("lines that disagree leave it open, and all are kept", () => {
    const { outcome } = situationOf([statusFact(403, 7), statusFact(403, 16)]);
    expect(outcome.arrived).toBeNull();
    expect(outcome.evidence).toHaveLength(2);
  });

  test("the answer cites its lines", () => {
    const status = statusFact(403, 16);
    expect(situationOf([status]).outcome.evidence).toEqual([{ span: status.span, shows: "403.16: a certificate arrived and was refused" }]);
  });
});

describe("a probe", () => {
  const refused = statusFact(403, 7, { format: "s_client", run: 1 });

  test("without a certificate is no evidence about the failing client; it shows what the server demands", () => {
    const { outcome } = situationOf([runFact(1), refused]);
    expect(outcome.arrived).toBeNull();
    expect(outcome.demands.map((one) => one.span)).toEqual([refused.span]);
  });

  test("with one says what became of it", () => {
    const { outcome } = situationOf([runFact(1, { clientCertificate: printed("client.pem") }), alertFact(48, { format: "s_client", run: 1 })]);
    expect(outcome.arrived).toBe(true);
    expect(outcome.refused).toHaveLength(1);
  });
});

describe("acceptance", () => {
  const call = selectionCall([byIssuerName([ROOT_NAME])], { matches: 1 });
  const answer = (status: number) => ({ ...statusFact(status, null, { format: "strace" }), span: { ...place(`HTTP/1.1 ${status}`) } });

  test("is a page served after the selection, in the same trace", () => {
    expect(situationOf([...userStore(clientCertificate()), call, answer(200)]).outcome.accepted?.shows).toContain("200 after the selection");
  });

  test("is not a page served before it, nor a refusal, nor an answer without a match", () => {
    const early = answer(200);
    const later = selectionCall([byIssuerName([ROOT_NAME])], { matches: 1 });
    expect(situationOf([early, later]).outcome.accepted).toBeNull();
    expect(situationOf([call, answer(403)]).outcome.accepted).toBeNull();
    const nothing = selectionCall([byIssuerName([ROOT_NAME])], { matches: 0 });
    expect(situationOf([nothing, answer(200)]).outcome.accepted).toBeNull();
  });
});

test("an error of the client's security layer is kept apart from the server's answer", () => {
  const { outcome } = situationOf([codeFact("SEC_E_ALGORITHM_MISMATCH"), { kind: "api-result", format: "strace", span: place("InitializeSecurityContextW"), api: "InitializeSecurityContextW", code: printed("0x8009030d") }]);
  expect(outcome.clientError).toHaveLength(2);
  expect(outcome.arrived).toBeNull();
});
