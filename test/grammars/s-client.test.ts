import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { CstNode } from "chevrotain";
import { sClient } from "../../grammars/s-client/index.ts";
import { grammarDefinition } from "../../grammars/s-client/parser.ts";
import { tokenize } from "../../grammars/s-client/tokens.ts";
import type { CertificateRequestFact, Fact, TlsSessionFact } from "../../src/model/fact.ts";
import { placeOf, sourceText, textOf, type Span } from "../../src/text/source-text.ts";

const read = await sClient.reader();

async function factsOf(text: string): Promise<readonly Fact[]> {
  return (await read(sClient.claim(sourceText("sample.txt", text)))).facts;
}

async function unreadOf(text: string): Promise<readonly string[]> {
  return (await read(sClient.claim(sourceText("sample.txt", text)))).notUnderstood.map(textOf);
}

function requestsIn(facts: readonly Fact[]): readonly CertificateRequestFact[] {
  return facts.filter((fact) => fact.kind === "certificate-request");
}

function sessionsIn(facts: readonly Fact[]): readonly TlsSessionFact[] {
  return facts.filter((fact) => fact.kind === "tls-session");
}

/** A fact in a few words. */
function shown(fact: Fact): string {
  switch (fact.kind) {
    case "certificate-request":
      return [
        `request ${fact.run}/${fact.summary ?? "-"}`, `${fact.requested}`,
        fact.authorities === null ? "no list" : `${fact.authorities.length} names`,
        fact.certificateTypes === null ? "-" : fact.certificateTypes.value.length, fact.signatureAlgorithms === null ? "-" : fact.signatureAlgorithms.value.length, fact.when ?? "-",
      ].join(" | ");
    case "tls-session":
      return [
        `session ${fact.run}/${fact.summary ?? "-"}`, `${fact.tool?.name ?? "-"} ${fact.tool?.version ?? "-"}`, fact.protocol?.value ?? "-", fact.cipher?.value ?? "-",
        fact.verifyReturnCode?.value.code ?? "-", `chain ${fact.serverChain.length}`,
      ].join(" | ");
    case "tls-run":
      return [
        `run ${fact.run}`, fact.command?.value ?? "-", fact.connect?.value ?? "-", fact.connected?.value ?? "-", fact.httpRequest?.value ?? "-",
        ...(fact.clientCertificate === null ? [] : [`cert ${fact.clientCertificate.value}`]), ...(fact.inputEnded === null ? [] : ["input ended"]),
      ].join(" | ");
    case "alert": return `alert ${fact.number} ${fact.name} ${fact.direction}`;
    case "http-status": return `http ${fact.status}.${fact.substatus ?? "-"} ${fact.date?.value ?? "-"} ${fact.server?.value ?? "-"}`;
    case "verify-error": return `verify error ${fact.code} at ${fact.depth ?? "-"}: ${fact.text}`;
    case "certificate": return `certificate ${fact.subject?.value.rfc4514} ${fact.sha1Thumbprint?.value.slice(0, 8)}`;
    case "error-code": return `error ${fact.name}`;
    case "damage": return `damage ${fact.what}`;
    default: return fact.kind;
  }
}

// The same summary, as different hands left it.
const summary = [
  "run 1 | - | - | - | -",
  "session 1/1 | openssl 1.1.1-3.1 | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | 20 | chain 0",
  "request 1/1 | true | 3 names | 2 | 3 | -",
];
const names = [
  "CN=Nordwind Client Root 1,O=Nordwind Kraft AB,C=SE",
  "CN=Lighthouse\\, Keepers,DC=lighthouse,DC=example",
  "CN=Fyr Class 2 Members CA,OU=(c) 2011 Fyr & Sons - For members of the northern coastal association only,O=Fyr & Sons\\, Ltd.,C=SE",
];
const variations = [
  "plain.txt", "quoted-in-a-mail.txt", "quoted-twice.txt", "indented.txt", "starred.txt", "blank-lines.txt", "html-source.txt", "curly-quotes.txt", "separators-lost.txt",
  "dashes.txt", "terminal-80-columns.txt", "mail-72-columns.txt", "padded.txt", "crlf.txt", "cr.txt", "time-stamps.txt", "no-break-spaces.txt", "fenced.txt",
];

const nordwind = "certificate CN=login.nordwind.example,O=Nordwind Kraft AB,L=MalmC3B6,C=SE bc73fb53";
const piped = "run 1 | - | - | true | -";
const chainError = "verify error 19 at 1: self-signed certificate in certificate chain";

function tls12(requests: readonly string[], version = "3.0-3.1"): string[] {
  return requests.flatMap((request, index) => [
    `session 1/${index + 1} | openssl ${version} | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | 19 | chain 2`, ...(index === 0 ? [nordwind] : []), `request 1/${index + 1} | ${request}`,
  ]);
}

function tls13(requests: readonly string[]): string[] {
  return tls12(requests).map((line) => line.replace("TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.3 | TLS_AES_256_GCM_SHA384"));
}

/** What each other file of samples/forms/s-client says, in order of place. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "piped-3.0.txt": [
    chainError, piped, ...tls12(["true | 2 names | 3 | 20 | first-handshake"]), "http 200.- - -", ...tls12(["", "true | 2 names | 3 | 20 | first-handshake"]).slice(3),
  ],
  "empty-list-3.0.txt": [chainError, piped, ...tls12(["true | 0 names | 3 | 20 | first-handshake"]).filter((line) => line !== nordwind)],
  "tls12-required-3.0.txt": [chainError, "alert 40 handshake_failure received", piped, ...tls12(["true | 2 names | 3 | 20 | first-handshake", "true | 2 names | 3 | 20 | first-handshake"])],
  "tls13-required-3.0.txt": [
    chainError, piped, ...tls13(["true | 2 names | - | 16 | first-handshake"]), "alert 116 certificate_required received", ...tls13(["", "true | 2 names | - | 16 | first-handshake"]).slice(3),
  ],
  "not-requested-tls13-3.0.txt": [chainError, `${piped} | input ended`, ...tls13(["false | no list | - | - | -", "false | no list | - | - | -"])],
  "refused-3.0.txt": ["run 1 | - | - | false | -", "session 1/1 | openssl 1.1.0+ | - | - | 0 | chain 0", "request 1/1 | null | no list | - | - | -"],
  "brief-3.0.txt": [
    chainError, "run 1 | - | - | - | - | input ended", "session 1/- | openssl 1.1.1-3.1 | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | - | chain 0",
    "request 1/- | true | no list | - | 20 | first-handshake",
  ],
  "brief-not-requested-3.0.txt": [
    chainError, "run 1 | - | - | - | - | input ended", "session 1/- | openssl 1.1.1-3.1 | TLSv1.3 | TLS_AES_256_GCM_SHA384 | - | chain 0", "request 1/- | false | no list | - | - | -",
  ],
  "state-3.0.txt": [chainError, "request 1/- | true | no list | - | - | first-handshake", `${piped} | input ended`, ...tls12(["true | 2 names | 3 | 20 | first-handshake"])],
  "messages-3.0.txt": [`${piped} | input ended`, chainError, "request 1/- | true | no list | - | - | first-handshake", ...tls12(["true | 2 names | 3 | 20 | first-handshake"])],
  "trace-tls13-3.0.txt": [
    piped, "request 1/- | true | no list | - | - | first-handshake", chainError.replace("at 1", "at -"), ...tls13(["true | 2 names | - | 16 | first-handshake"]),
  ],
  "key-log-3.0.txt": [chainError, `${piped} | input ended`, ...tls13(["true | 2 names | - | 16 | first-handshake"])],
  "rfc2253-names.txt": [chainError, `${piped} | input ended`, ...tls12(["true | 2 names | 3 | 20 | first-handshake"], "3.0-3.4")],
  "multiline-names.txt": [chainError, `${piped} | input ended`, ...tls12(["true | 2 names | 3 | 20 | first-handshake"], "3.0-3.4")],
  "showcerts-3.0.txt": [
    chainError, `${piped} | input ended`, "session 1/1 | openssl 3.0-3.1 | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | 19 | chain 2", nordwind,
    "certificate CN=Nordwind Client Root 1,O=Nordwind Kraft AB,C=SE 008e5948", "request 1/1 | true | 2 names | 3 | 20 | first-handshake",
  ],
  "names-only.txt": ["damage truncated", "run 1 | - | - | - | -", "request 1/- | true | 2 names | - | - | -"],
  "blog.txt": [
    "run 1 | openssl s_client -connect www.nordwind.example:443 \u2013prexit | www.nordwind.example:443 | - | GET /members/area", "damage truncated",
    "request 1/- | true | 2 names | - | - | -", "damage truncated",
  ],
  "shortened-list.txt": ["run 1 | - | - | - | -", "session 1/1 | - - | - | - | - | chain 0", "request 1/1 | true | 2 names | - | - | -", "damage truncated"],
  "cut-label.txt": ["run 1 | - | - | - | -", "request 1/- | true | 0 names | - | - | -"],
  "line-feed-in-a-name.txt": [
    "run 1 | - | - | - | -", "session 1/1 | openssl 3.5+ | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | - | chain 0", "request 1/1 | true | 3 names | 2 | 2 | -", "damage forged-lines",
  ],
  "escape-in-a-name.txt": [
    "run 1 | - | - | - | -", "session 1/1 | openssl 1.0.2+ | - | - | - | chain 0", "request 1/1 | true | 1 names | 1 | - | -", "damage forged-lines",
  ],
  "old-names-ambiguous.txt": ["run 1 | - | - | - | -", "session 1/1 | - - | TLSv1 | AES256-SHA | 0 | chain 0", "request 1/1 | null | no list | - | - | -"],
  "libressl-tls13.txt": [
    "run 1 | - | - | true | -", "session 1/1 | libressl - | TLSv1.3 | TLS_AES_256_GCM_SHA384 | 0 | chain 1", "request 1/1 | null | no list | - | - | -",
  ],
  "renegotiation-iis.txt": [
    "run 1 | openssl s_client -connect www.nordwind.example:443 -tls1_2 -crlf -prexit | www.nordwind.example:443 | true | GET /members/area",
    "session 1/1 | openssl 1.1.1-3.4 | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | 0 | chain 0", "request 1/1 | false | no list | - | - | -",
    "http 403.7 2024-05-07T09:12:44.000Z Microsoft-IIS/10.0",
    "session 1/2 | openssl 1.1.1-3.4 | TLSv1.2 | ECDHE-RSA-AES256-GCM-SHA384 | 0 | chain 0", "request 1/2 | true | 1 names | 3 | 4 | after-request",
  ],
  "body-inside-a-ticket.txt": ["http 200.- 2024-05-07T09:12:44.000Z -", "run 1 | - | - | - | -"],
  "two-commands.txt": [
    "run 1 | openssl s_client -connect a.nordwind.example:443 </dev/null | a.nordwind.example:443 | true | - | input ended",
    "session 1/1 | openssl 1.1.0+ | TLSv1.3 | TLS_AES_256_GCM_SHA384 | - | chain 0", "request 1/1 | false | no list | - | - | -",
    "run 2 | openssl s_client -connect b.nordwind.example:8443 -servername b -cert keeper.pem -pass \u2026 -enable_pha | b.nordwind.example:8443 | true | - | cert keeper.pem",
    "session 2/2 | openssl 1.1.0+ | TLSv1.3 | TLS_AES_256_GCM_SHA384 | - | chain 0", "request 2/2 | true | 1 names | - | 1 | first-handshake",
  ],
  "key-too-small.txt": ["run 1 | openssl s_client -connect www.nordwind.example:443 -cert old.pem | www.nordwind.example:443 | - | - | cert old.pem", "error SSL_R_EE_KEY_TOO_SMALL"],
  "between-certutil.txt": [
    "run 1 | openssl s_client -connect www.nordwind.example:443 | www.nordwind.example:443 | true | -", "session 1/1 | openssl 1.0.2+ | - | - | - | chain 0",
    "request 1/1 | true | 0 names | 1 | - | first-handshake",
  ],
};

const folder = "samples/forms/s-client";
const textFiles = readdirSync(folder).filter((name) => name.endsWith(".txt"));
const form = (name: string): string => readFileSync(`${folder}/${name}`, "utf8");
const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();

describe("printed variations", () => {
  test("every file of the folder is read by a test", () => {
    expect([...textFiles].sort()).toEqual([...variations, ...Object.keys(forms)].sort());
  });

  test.each(variations)("%s says the same as the plain text", async (name) => {
    const facts = await factsOf(form(name));
    const commandLine = name === "fenced.txt";
    const own = facts.map(shown).filter((line) => !line.startsWith("run"));
    expect(sorted(own)).toEqual(sorted(summary.slice(1).map((line) => {
      // Blanks of another kind leave no sign of how the names are spaced; a typed command shows that nothing came before.
      if (name === "no-break-spaces.txt") return line.replace("1.1.1-3.1", "1.1.0-3.4");
      return commandLine ? line.replace("| 3 | -", "| 3 | first-handshake") : line;
    })));
    const authorities = requestsIn(facts)[0]?.authorities ?? [];
    expect(authorities.map(({ value }) => value.rfc4514)).toEqual(names);
    // What is cited stands in the text: each name begins and ends where its span says.
    for (const { span } of authorities) expect(textOf(span)).toMatch(/^(?:C|DC)[ \u00A0]=[\s\S]*(?:Root[ \u00A0]1|Keepers(?:"|\u201D|&quot;)|Members[ \u00A0]CA)$/);
  });

  test.each(Object.keys(forms))("%s", async (name) => {
    expect(sorted((await factsOf(form(name))).map(shown))).toEqual(sorted(forms[name] ?? []));
  });

  test.each(textFiles.filter((name) => name !== "fenced.txt"))("every claimed line of %s is understood", async (name) => {
    expect(await unreadOf(form(name))).toEqual([]);
  });
});

describe("grammar", () => {
  const { parser } = grammarDefinition();

  /** Rule names and token images of a text, without the chain of `block`s. */
  function tree(text: string): readonly string[] {
    parser.input = tokenize(text);
    const root = (parser as unknown as { transcript(): CstNode }).transcript();
    expect(parser.errors).toEqual([]);
    return (root.children["block"] ?? []).flatMap((block) => Object.keys((block as CstNode).children));
  }

  test.each([
    ["run", "$ openssl s_client -connect a:443"], ["run", "CONNECTED(00000003)"], ["run", "CONNECTED(000001A4)"], ["run", "Connecting to 10.0.0.1"], ["run", "read:errno=0"],
    ["run", "4067EBF7977F0000:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:x.c:1:SSL alert number 40"], ["run", "DONE"], ["run", "closed"],
    ["verification", "depth=1 C = SE, CN = A"], ["verification", "verify error:num=20:unable"], ["verification", "verify return:1"], ["verification", "Can\u2019t use SSL_get_servername"],
    ["progress", "SSL_connect:SSLv3/TLS read server certificate request"], ["progress", "SSL3 alert read:fatal:handshake failure"],
    ["chain", " 0 s:CN = a"], ["chain", "   i:/CN=b"], ["chain", "   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256"], ["chain", "Certificate chain"],
    ["pem", "-----BEGIN CERTIFICATE-----"], ["pem", "\u2014\u2013BEGIN CERTIFICATE\u2014\u2013"], ["pem", "MIID4jCCAsqgAwIBAgIEA263HzANBgkqhkiG9w0BAQsFADBTMQswCQYDVQQGEwJV"],
    ["certificate", "subject=CN = a"], ["certificate", "issuer=/CN=b"], ["certificate", "no peer certificate available"],
    ["request", "Acceptable client certificate CA names"], ["request", "No client certificate CA names sent"], ["request", "Client Certificate Types: RSA sign"],
    ["request", "Requested Signature Algorithms: RSA+SHA256"], ["request", "Shared Requested Signature Algorithms: RSA+SHA256"], ["request", "Peer Temp Key: X25519, 253 bits"],
    ["extra", "SCTs present (2)"], ["extra", "OCSP response: no response sent"],
    ["handshake", "SSL handshake has read 1 bytes and written 2 bytes"], ["handshake", "---"], ["handshake", "\u2014"], ["handshake", "New, TLSv1.2, Cipher is X"],
    ["handshake", "Secure Renegotiation IS NOT supported"], ["session", "SSL-Session:"], ["session", "    Protocol  : TLSv1.2"], ["session", "    Master-Key: 00"],
    ["session", "    Verify return code: 0 (ok)"], ["brief", "CONNECTION ESTABLISHED"], ["brief", "Protocol version: TLSv1.3"], ["brief", "Ciphersuite: X"],
    ["dump", "<<< TLS 1.2, Handshake [length 030d], CertificateRequest"], ["dump", "&lt;&lt;&lt; TLS 1.2, Handshake [length 030d], CertificateRequest"],
    ["dump", "    0d 00 03 09"], ["dump", "0000 - 16 03 03 00 5d   ....]"], ["dump", "Received Record"],
    ["http", "GET /a HTTP/1.1"], ["http", "HTTP/1.1 403 Forbidden"], ["http", "Content-Type: text/html"], ["http", "<html>\n<p>a</p>\n</html>"], ["unread", "C = SE, CN = A"], ["unread", "Good morning"],
  ])("rule %s reads %p", (rule, line) => {
    expect(tree(line)).toEqual([rule]);
    expect(tree(`> ${line.replaceAll("\n", "\n> ")}\n`)).toEqual([rule]);
  });

  test("an answer may begin in the middle of any line", () => {
    const tokens = tokenize("    0460 - a7 07 9HTTP/1.1 200 OK\n").map((token) => [token.tokenType.name, token.image]);
    expect(tokens).toEqual([["HexDump", "0460 - "], ["Value", "a7 07 9"], ["HttpStatusInLine", "HTTP/1.1 200"], ["Value", " OK"], ["LineEnd", "\n"]]);
  });

  test("every character belongs to a token or to the prefix of its line", () => {
    const text = form("piped-3.0.txt");
    const covered = new Set<number>();
    for (const token of tokenize(text)) for (let at = 0; at < token.image.length; at++) covered.add(token.startOffset + at);
    const left = [...text].filter((_, at) => !covered.has(at)).join("");
    expect(left.replace(/[ \t>|*]/g, "")).toBe("");
  });
});

/** A text with marks, and the span between them. */
function marked(text: string): { readonly text: string; readonly start: number; readonly end: number } {
  const start = text.indexOf("\u00AB");
  return { text: text.replace(/[\u00AB\u00BB]/g, ""), start, end: text.indexOf("\u00BB") - 1 };
}

async function expectSpan(text: string, pick: (facts: readonly Fact[]) => Span | undefined): Promise<void> {
  const want = marked(text);
  const span = pick(await factsOf(want.text));
  expect([span?.start, span?.end]).toEqual([want.start, want.end]);
}

describe("places", () => {
  const end = "---\nSSL handshake has read 1 bytes and written 2 bytes\n---\nNew, TLSv1.2, Cipher is AES256-SHA\n";

  test("a name of the list", () => expectSpan(
    `CONNECTED(00000003)\nAcceptable client certificate CA names\nCN = a\n\u00ABC = SE, O = "Fyr, Ltd."\u00BB\n${end}`, (facts) => requestsIn(facts)[0]?.authorities?.[1]?.span));
  test("a name that a mail broke", () => expectSpan(
    `> Acceptable client certificate CA names\n> \u00ABC = SE, O = Nordwind Kraft AB, OU = Members of the northern coastal\n> association, CN = Fyr\u00BB\n> ${end.replaceAll("\n", "\n> ")}`,
    (facts) => requestsIn(facts)[0]?.authorities?.[0]?.span));
  test("the line that proves the request", () => expectSpan(
    `No client certificate CA names sent\n\u00ABClient Certificate Types: RSA sign\u00BB\n${end}`, (facts) => requestsIn(facts)[0]?.because?.span));
  test("the types", () => expectSpan(
    `No client certificate CA names sent\nClient Certificate Types: \u00ABRSA sign, ECDSA sign\u00BB\n${end}`, (facts) => requestsIn(facts)[0]?.certificateTypes?.span));
  test("the protocol", () => expectSpan(
    `${end}SSL-Session:\n    Protocol  : \u00ABTLSv1.2\u00BB\n    Cipher    : AES256-SHA\n`, (facts) => sessionsIn(facts)[0]?.protocol?.span));
  test("the cipher of the line New", () => expectSpan(
    "SSL handshake has read 1 bytes\n---\nNew, TLSv1.2, Cipher is \u00ABAES256-SHA\u00BB\n", (facts) => sessionsIn(facts)[0]?.cipher?.span));
  test("the status in the middle of a line", () => expectSpan(
    "CONNECTED(00000003)\n    0460 - a7 07 9\u00ABHTTP/1.1 403 Forbidden\u00BB\n", (facts) => facts.find((fact) => fact.kind === "http-status")?.span));
  test("the path that was asked for, without its query", () => expectSpan(
    "CONNECTED(00000003)\n\u00ABGET /members\u00BB?token=x HTTP/1.1\n", (facts) => facts.flatMap((fact) => (fact.kind === "tls-run" ? [fact.httpRequest] : []))[0]?.span));

  test("a passage that is not at the start of its input", async () => {
    const source = sourceText("log.txt", "noise\nnoise\n\nNo client certificate CA names sent\nClient Certificate Types: RSA sign\n---\n", 100);
    const facts = (await read(sClient.claim(source))).facts;
    const because = requestsIn(facts)[0]?.because;
    expect(because && placeOf(because.span)).toEqual({ file: "log.txt", line: 104, column: 1 });
  });
});

describe("was a certificate asked for?", () => {
  const finish = "---\nSSL handshake has read 1 bytes and written 2 bytes\n---\nNew, TLSv1.2, Cipher is AES256-SHA\n";
  const asked = async (text: string): Promise<readonly (boolean | null)[]> => requestsIn(await factsOf(text)).map(({ requested }) => requested);

  test("names prove it", async () => expect(await asked(`Acceptable client certificate CA names\n/CN=a\n${finish}`)).toEqual([true]));
  test("types prove it, with an empty list", async () => {
    const [request] = requestsIn(await factsOf(`No client certificate CA names sent\nClient Certificate Types: RSA sign\n${finish}`));
    expect([request?.requested, request?.authorities]).toEqual([true, []]);
  });
  test("algorithms prove it", async () => expect(await asked(`No client certificate CA names sent\nRequested Signature Algorithms: RSA+SHA256\n${finish}`)).toEqual([true]));
  test("neither, from a program that prints them: not asked in that handshake", async () =>
    expect(await asked(`No client certificate CA names sent\nPeer signing digest: SHA256\n${finish}`)).toEqual([false]));
  test("neither, from a program that may not print them: cannot be told", async () => expect(await asked(`No client certificate CA names sent\n${finish}`)).toEqual([null]));
  test("no handshake: cannot be told", async () =>
    expect(await asked(`No client certificate CA names sent\nNegotiated TLS1.3 group: <NULL>\n${finish.replace("TLSv1.2, Cipher is AES256-SHA", "(NONE), Cipher is (NONE)")}`)).toEqual([null]));
  test("cut before the cipher: cannot be told", async () => expect(await asked("No client certificate CA names sent\nPeer signing digest: SHA256\n")).toEqual([null]));
  test("printed messages without a request settle what the summary cannot", async () => {
    const messages = "SSL_connect:SSLv3 read server certificate A\nSSL_connect:SSLv3 read server done A\n";
    expect(await asked(`CONNECTED(00000003)\n${messages}---\nNo client certificate CA names sent\n${finish}`)).toEqual([false]);
    expect(await asked(`CONNECTED(00000003)\n${messages.replace("done", "certificate request")}---\nNo client certificate CA names sent\n${finish}`)).toEqual([true, null]);
  });
  test("a request among the messages of a renegotiation came after the request", async () => {
    const facts = await factsOf("CONNECTED(00000003)\n<<< TLS 1.2, Handshake [length 0004], HelloRequest\n    00 00 00 00\n<<< TLS 1.2, Handshake [length 030d], CertificateRequest\n    0d 00\n");
    expect(requestsIn(facts).map(({ requested, when, summary: number }) => [requested, when, number])).toEqual([[true, "after-request", null]]);
  });
  test("an old program that shows names only in its second summary asked after the request", async () => {
    const facts = await factsOf(`CONNECTED(00000003)\n---\nNo client certificate CA names sent\n${finish}---\nAcceptable client certificate CA names\n/CN=a\n${finish}`);
    expect(requestsIn(facts).map(({ requested, when }) => [requested, when])).toEqual([[null, null], [true, "after-request"]]);
  });
});

describe("what is claimed", () => {
  const claimed = (text: string): readonly string[] => sClient.claim(sourceText("a", text)).map(({ span }) => textOf(span));

  test.each([
    ["a certutil listing", 'my "Personal"\n================ Certificate 0 ================\nSerial Number: 0a\nIssuer: CN=Fyr CA\nNotBefore: 01.02.2020 10:00\nCertUtil: -store command completed successfully.\n'],
    ["a trace", "CertSelectCertificateChains called\ndwFlags : 00000088\ncCriteria : 3\nCERT_SELECT_BY_ISSUER_NAME\nC=SE, O=Nordwind Kraft AB, CN=Nordwind Client Root 1\n"],
    ["gnutls-cli", "Processed 0 CA certificate(s).\nConnecting to '127.0.0.1:443'...\n- Certificate type: X.509\n- Got a certificate list of 1 certificates.\n- Certificate[0] info:\n - subject `CN=a', issuer `CN=b'\n- Status: The certificate is trusted.\n- Description: (TLS1.2-X.509)\n- Handshake was completed\n"],
    ["curl", "*   Trying 127.0.0.1:443...\n* Connected to a (127.0.0.1) port 443 (#0)\n* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n* Server certificate:\n*  subject: C=SE; CN=a\n> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 403 Forbidden\n< Server: x\n"],
    ["prose about it", "The output says: No client certificate CA names sent.\nNo client certificate CA names sent means nothing by itself, as every summary prints it.\nPlease run openssl s_client -connect a:443 -prexit and send me what it prints.\n"],
    ["a private key and a certificate", `-----BEGIN CERTIFICATE-----\n${"QUFB".repeat(16)}\n-----END CERTIFICATE-----\n`],
  ])("not %s", (_, text) => expect(claimed(text)).toEqual([]));

  test("prose, a second tool and a greeting end a passage", () => {
    const transcript = "$ openssl s_client -connect a:443\nCONNECTED(00000003)\n---\nNo client certificate CA names sent\n---\nSSL handshake has read 1 bytes and written 2 bytes\n---\nclosed";
    expect(claimed(`Hello,\nthis is what I get when I run it here.\n\n${transcript}\n\nKind regards,\nInes\n`)).toEqual([transcript]);
    expect(claimed(`${transcript}\nC:\\>certutil -store my\nmy "Personal"\n`)).toEqual([transcript]);
    expect(claimed(`${transcript}\n\nAnd now with the other option, which makes no difference at all as you see:\n\n${transcript}\n`)).toEqual([transcript, transcript]);
  });

  test("a landmark stands in every passage", () => {
    for (const name of textFiles) {
      for (const text of claimed(form(name))) expect(sClient.landmarks.some((landmark) => text.includes(landmark))).toBe(true);
    }
  });
});

describe("runs", () => {
  const connectedRun = "CONNECTED(00000003)\n---\nNo client certificate CA names sent\nPeer signing digest: SHA256\n---\nSSL handshake has read 1 bytes\n---\nNew, TLSv1.2, Cipher is AES256-SHA\n---\n";
  const failedRun = "connect: Connection refused\nconnect:errno=22\n---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nSSL handshake has read 0 bytes\n---\nNew, (NONE), Cipher is (NONE)\n---\n";
  const earlyErrors = "depth=0 CN = a\nverify return:1\n";
  const runsOf = async (text: string): Promise<readonly string[]> => requestsIn(await factsOf(text)).map(({ run, summary: number, requested }) => `${run}/${number} ${requested}`);

  test.each([
    ["two connections", connectedRun + connectedRun, ["1/1 false", "2/2 false"]],
    ["a failure after a connection", connectedRun + failedRun, ["1/1 false", "2/2 null"]],
    ["a connection after a failure", failedRun + connectedRun, ["1/1 null", "2/2 false"]],
    ["two failures", failedRun + failedRun, ["1/1 null", "2/2 null"]],
    ["errors that stand first belong to the connection below", `${connectedRun}${earlyErrors}${connectedRun}`, ["1/1 false", "2/2 false"]],
    ["-reconnect stays in its run", `${connectedRun}drop connection and then reconnect\nCONNECTED(00000003)\n---\nReused, TLSv1.2, Cipher is AES256-SHA\n---\n`, ["1/1 false"]],
  ])("%s", async (_, text, runs) => expect(await runsOf(text)).toEqual(runs));

  test("what one program proves says nothing about the run of another", async () => {
    const old = connectedRun.replace("Peer signing digest: SHA256\n", "");
    expect(await runsOf(connectedRun + old)).toEqual(["1/1 false", "2/2 null"]);
  });

  test("a verification error is that of the depth above it, in its run", async () => {
    const facts = await factsOf(`${connectedRun}depth=1 CN = b\nverify error:num=20:unable to get local issuer certificate\n${connectedRun}`);
    expect(facts.flatMap((fact) => (fact.kind === "verify-error" ? [[fact.run, fact.depth, fact.code]] : []))).toEqual([[2, 1, 20]]);
  });
});

describe("secrets", () => {
  test("never become facts", async () => {
    const everything = JSON.stringify(await factsOf([
      "$ printf 'GET / HTTP/1.1\\r\\nCookie: hidden-1\\r\\n' | openssl s_client -connect a:443 -pass pass:hidden-2 -psk hidden3",
      "CLIENT_RANDOM 00112233445566778899aabbccddeeff 8d9e8d9e8d9e8d9e8d9e8d9e8d9e8d9e", "CONNECTED(00000003)", "---", "No client certificate CA names sent", "---",
      "SSL handshake has read 1 bytes and written 2 bytes", "---", "New, TLSv1.2, Cipher is AES256-SHA", "SSL-Session:", "    Session-ID: 8D9E8D9E8D9E8D9E", "    Master-Key: 8D9E8D9E8D9E8D9E",
      "8D9E8D9E", "    Verify return code: 0 (ok)", "---", "GET /a?key=hidden-4 HTTP/1.1", "Authorization: Basic hidden-5", "", "HTTP/1.1 200 OK", "Set-Cookie: hidden-6", "", "hidden-7", "closed", "",
    ].join("\n")), (key, value: unknown) => (key === "source" ? undefined : value));
    expect(everything).not.toMatch(/hidden|8[dD]9[eE]/);
    expect(everything).toContain("openssl s_client -connect a:443 -pass \u2026 -psk \u2026");
  });
});
