import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { gnutlsCli } from "../../grammars/gnutls-cli/index.ts";
import type { CertificateRequestFact, Fact, FactKind } from "../../src/model/fact.ts";
import { textOf } from "../../src/text/source-text.ts";
import { analyzeTexts, factsOfTexts, situationOfTexts } from "../support/analyze-texts.ts";
import { followsTheRules, readWith } from "../support/format-rules.ts";

const form = (name: string): string => readFileSync(`samples/forms/gnutls-cli/${name}`, "utf8");

async function factsOf<K extends FactKind>(text: string, kind: K): Promise<readonly Extract<Fact, { readonly kind: K }>[]> {
  const { facts } = await readWith(gnutlsCli, text);
  return facts.filter((fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind);
}

async function request(text: string): Promise<CertificateRequestFact> {
  const [fact, second] = await factsOf(text, "certificate-request");
  if (fact === undefined || second !== undefined) throw new Error("not exactly one request");
  return fact;
}

const LAB = ["CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=US", "CN=Lab Issuing CA 2,DC=lab,DC=example"];
const names = (fact: CertificateRequestFact): readonly string[] | undefined => fact.authorities?.map((name) => name.value.rfc4514);

followsTheRules(gnutlsCli, "gnutls-cli");

describe("the request", () => {
  test.each(["tls13-none-sent.txt", "tls12-refused-spliced.txt", "quoted-in-a-mail.txt", "debug-names.txt"])("names authorities: %s", async (file) => {
    const fact = await request(form(file));
    expect(names(fact)).toEqual(LAB);
    expect(fact).toMatchObject({ requested: true, whole: true, when: "first-handshake" });
  });

  test("the characters of a name are its own", async () => {
    const fact = await request(form("quoted-in-a-mail.txt"));
    expect(fact.authorities?.map((name) => textOf(name.span))).toEqual(["C=US,O=Lab\\, Inc.,OU=PKI,CN=Lab Root CA", "DC=example,DC=lab,CN=Lab Issuing CA 2"]);
  });

  test("may name none", async () => {
    expect(await request(form("tls12-empty-list.txt"))).toMatchObject({ requested: true, authorities: [], whole: true });
  });

  test("with another line cut into a name is no whole list", async () => {
    const fact = await request(form("spliced-name.txt"));
    expect(fact.whole).toBe(false);
    expect(names(fact)?.[0]).toBe(LAB[0]);
  });

  test("cut off inside the list is no whole list, nor is one with a number left out", async () => {
    const text = form("quoted-in-a-mail.txt");
    expect((await request(text.slice(0, text.indexOf("> - Successfully")))).whole).toBe(false);
    expect((await request(text.replace("[1]:", "[2]:"))).whole).toBe(false);
  });

  test("a handshake that was completed without a word of it proves that there was none", async () => {
    const fact = await request(form("tls12-not-asked.txt"));
    expect(fact).toMatchObject({ requested: false, whole: true });
    expect(textOf(fact.span)).toBe("- Handshake was completed");
  });

  test("after the request: a rehandshake", async () => {
    const text = "- Handshake was completed\n\n*** Received rehandshake request\n- Server did not send us any trusted authorities names.\n- Successfully sent 0 certificate(s) to server.\n*** Rehandshake was performed.\n";
    expect(await request(text)).toMatchObject({ requested: true, when: "after-request", authorities: [] });
  });
});

describe("the run", () => {
  test.each([["tls13-none-sent.txt", false, 0], ["tls12-empty-list.txt", true, 1], ["tls12-refused-spliced.txt", true, 1]])("what was sent: %s", async (file, sent, count) => {
    expect(await factsOf(form(file), "client-certificate-sent")).toMatchObject([{ run: 1, sent, count }]);
  });

  test("host, certificate, protocol, server", async () => {
    expect(await factsOf(form("tls12-empty-list.txt"), "tls-run")).toMatchObject([{ connect: { value: "localhost:44312" }, clientCertificate: { value: "good.pem" } }]);
    expect(await factsOf(form("tls12-not-asked.txt"), "tls-run")).toMatchObject([{ httpRequest: { value: "GET /x" }, clientCertificate: null }]);
    for (const file of ["tls13-none-sent.txt", "tls12-not-asked.txt"]) {
      expect(await factsOf(form(file), "tls-session")).toMatchObject([{
        protocol: { value: file.startsWith("tls13") ? "TLSv1.3" : "TLSv1.2" }, serverSubject: { value: { rfc4514: "CN=localhost,O=Lab\\, Inc." } }, serverIssuer: { value: { rfc4514: LAB[0] } },
      }]);
    }
  });

  test("how it ended", async () => {
    expect(await factsOf(form("tls12-refused-spliced.txt"), "alert")).toMatchObject([{ run: 1, number: 48, direction: "received" }]);
    expect(await factsOf(form("tls13-none-sent.txt"), "http-status")).toMatchObject([{ run: 1, status: 400 }]);
  });

  test("the server's certificate printed inside it is nobody else's", async () => {
    const { facts } = await factsOfTexts({ "probe.txt": form("tls13-none-sent.txt") });
    expect(facts.filter((fact) => fact.kind === "certificate")).toEqual([]);
  });
});

describe("what follows", () => {
  test("a probe without a certificate tells nothing of the failing client", async () => {
    const { outcome, serverList } = await situationOfTexts({ "probe.txt": form("quoted-in-a-mail.txt") });
    expect(outcome.arrived).toBeNull();
    expect(serverList?.names).toHaveLength(2);
  });

  test("the server does not ask", async () => {
    expect((await analyzeTexts({ "probe.txt": form("tls12-not-asked.txt") })).findings.map((finding) => [finding.cause, finding.weight])).toEqual([["server-does-not-request", "likely"]]);
  });
});

describe("runs against a server that refuses", () => {
  test.each([
    ["tls12-sent-unknown-ca.txt", { sent: true, count: 1 }, 48], ["tls13-sent-unknown-ca.txt", { sent: true, count: 1 }, 48], ["debug-refused.txt", { sent: true, count: 1 }, 48],
  ])("%s: what was sent, and the alert", async (file, answer, number) => {
    expect(await factsOf(form(file), "client-certificate-sent")).toMatchObject([answer]);
    expect(await factsOf(form(file), "alert")).toMatchObject([{ number, direction: "received" }]);
    expect(names(await request(form(file)))).toEqual(["CN=Lab Root CA,OU=PKI,O=Lab\\, Inc.,C=DE", "CN=Nordwind Issuing CA 2,O=Nordwind AG,C=AT"]);
    expect((await factsOf(form(file), "tls-run"))[0]?.clientCertificate?.value).toBe("stray.pem");
  });

  test("a page instead of an alert", async () => {
    expect(await factsOf(form("nginx-400-none-sent.txt"), "client-certificate-sent")).toMatchObject([{ sent: false, count: 0 }]);
    expect(await factsOf(form("nginx-400-none-sent.txt"), "http-status")).toMatchObject([{ status: 400 }]);
  });
});
