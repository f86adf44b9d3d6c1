import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { CstNode } from "chevrotain";
import { strace } from "../../grammars/strace/index.ts";
import { straceParser } from "../../grammars/strace/parser.ts";
import { prefixShape, readPrefix, idNumber, timeOfPrefix } from "../../grammars/strace/prefix.ts";
import { straceLexer } from "../../grammars/strace/tokens.ts";
import type { DamageFact, Fact, SelectionCallFact } from "../../src/model/fact.ts";
import { keyUsageOfValue, keyUsageOfWindowsName, selectionCriteria, selectionFlagBit, selectionFlagNames, unknownSelectionFlags } from "../../src/model/selection.ts";
import { placeOf, sourceText, textOf, type Span } from "../../src/text/source-text.ts";

const read = await strace.reader();

async function factsOf(text: string): Promise<readonly Fact[]> {
  return (await read(strace.claim(sourceText("sample.log", text)))).facts;
}

function calls(facts: readonly Fact[]): readonly SelectionCallFact[] {
  return facts.filter((fact) => fact.kind === "selection-call");
}

function damages(facts: readonly Fact[]): readonly DamageFact[] {
  return facts.filter((fact) => fact.kind === "damage");
}

/** A call in a few words: `KEY_USAGE* 80 digitalSignature` for a criterion that was inferred. */
function shown(call: SelectionCallFact): string {
  const criteria = call.criteria.map((criterion) => [
    criterion.type.replace("CERT_SELECT_BY_", "") + (criterion.inferred ? "*" : ""),
    criterion.declared === null ? "" : `${criterion.issuers?.length} of ${criterion.declared.value}`,
    criterion.unreadable.length === 0 ? "" : `${criterion.unreadable.length} unreadable`,
    criterion.value?.value ?? "",
    criterion.keyUsage?.join("+") ?? "",
    criterion.oids?.map((oid) => oid.value).join("+") ?? "",
  ].filter((part) => part !== "").join(" "));
  return [
    `flags ${call.flags?.value.toString(16) ?? "-"}`,
    call.declaredCriteria === null ? "- criteria" : `${call.declaredCriteria.value} criteria`,
    ...criteria,
    `matches ${call.matches?.value ?? "-"}`,
    `result ${call.result?.value ?? "-"}`,
    ...(call.complete ? [] : ["cut"]),
  ].join(" | ");
}

const usual = "flags 88 | 3 criteria | ENHKEY_USAGE 1.3.6.1.5.5.7.3.2 | ISSUER_NAME 4 of 4 | KEY_USAGE 00000080 digitalSignature | matches 1 | result true";

/** What each file of samples/forms/strace says: its calls, its damage, its other facts. */
const forms: Readonly<Record<string, { readonly calls: readonly string[]; readonly damage?: readonly string[]; readonly others?: readonly string[]; readonly ids?: string }>> = {
  "plain.log": { calls: [usual], ids: "-/- -" },
  "indented.log": { calls: [usual] },
  "blank-lines.log": { calls: [usual] },
  "time.log": { calls: [usual], ids: "-/- 10:50:12:490" },
  "time-and-thread.log": { calls: [usual], ids: "-/6732 10:00:33:675" },
  "time-process-thread.log": { calls: [usual], ids: "4312/6732 10:15:00:428" },
  "thread.log": { calls: [usual], ids: "-/6732 -" },
  "date-and-words.log": { calls: [usual], ids: "2960/2844 13:30:44.120" },
  "quoted-in-a-mail.txt": { calls: [usual], ids: "-/- -" },
  "grep-with-line-numbers.txt": { calls: [usual], ids: "-/6732 10:15:00:428" },
  "web-page.txt": { calls: [usual] },
  "no-headings.txt": {
    calls: ["flags 88 | 3 criteria | ISSUER_NAME* 2 of 5 1 unreadable | KEY_USAGE* 00000080 digitalSignature | matches 2 | result true"],
    damage: ["count-mismatch 6", "count-mismatch 10", "unreadable-name 13"],
  },
  "shortened-list.txt": {
    calls: ["flags 88 | 3 criteria | ENHKEY_USAGE 1.3.6.1.5.5.7.3.2 | ISSUER_NAME 3 of 17 1 unreadable | KEY_USAGE 00000080 digitalSignature | matches 1 | result true"],
    damage: ["count-mismatch 9"],
  },
  "wrapped-names.txt": { calls: [usual] },
  "cut-off.log": {
    calls: ["flags 88 | 3 criteria | ENHKEY_USAGE 1.3.6.1.5.5.7.3.2 | ISSUER_NAME 2 of 4 | matches - | result - | cut"],
    damage: ["truncated 1", "count-mismatch 5", "count-mismatch 9"],
  },
  "empty-list.log": { calls: [usual.replace("4 of 4", "0 of 0").replace("matches 1", "matches 3")] },
  "no-issuer-criterion.log": { calls: ["flags 8 | 2 criteria | ENHKEY_USAGE 1.3.6.1.5.5.7.3.2 | KEY_USAGE 00000080 digitalSignature | matches 0 | result true"] },
  "failed.log": { calls: [usual.replace("matches 1 | result true", "matches 0 | result false")] },
  "flags-on-one-line.log": { calls: [usual.replace("flags 88", "flags 188")] },
  "contradicting-flags.log": { calls: [usual.replace("flags 88", "flags 8")], damage: ["contradiction 2"] },
  "other-criteria.log": {
    calls: [
      "flags 0 | 6 criteria | EXTENSION 1e 0a 00 55 00 73 1.3.6.1.4.1.311.20.2 | SUBJECT_ATTR | POLICY_OID 1.3.6.1.4.1.99999.1 | PROV_NAME | TLS_SIGNATURES | ISSUER_DISPLAYNAME | matches 1 | result true",
    ],
  },
  "two-calls.log": { calls: [usual.replace("matches 1", "matches 0"), usual.replace("4 of 4", "1 of 1")] },
  "two-threads.log": {
    calls: [usual.replace("4 of 4", "2 of 2"), usual.replace("4 of 4", "2 of 2").replace("matches 1", "matches 0")],
    others: ["12 InitializeSecurityContextA 0x80090331"],
    ids: "-/2736 09:00:00:001",
  },
  "foreign-calls.log": { calls: [usual] },
  "whole-log.log": {
    calls: [usual],
    others: [
      "14 200 2016-12-07T10:02:44.000Z Microsoft-IIS/8.5",
      "43 InitializeSecurityContextA 0x8009030d",
      "46 403 2016-12-07T10:02:46.000Z Microsoft-IIS/8.5",
    ],
    ids: "-/6732 11:02:44:432",
  },
};

describe("samples/forms/strace", () => {
  const folder = "samples/forms/strace";

  test("every file is described here", () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(forms).sort());
  });

  test.each(Object.entries(forms))("%s", async (file, expected) => {
    const source = sourceText(file, readFileSync(`${folder}/${file}`, "utf8"));
    const reading = await read(strace.claim(source));
    expect(calls(reading.facts).map(shown)).toEqual(expected.calls);
    expect(damages(reading.facts).map((fact) => `${fact.what} ${placeOf(fact.span).line}`)).toEqual(expected.damage ?? []);
    expect(reading.facts.flatMap((fact) => {
      const { line } = placeOf(fact.span);
      if (fact.kind === "http-status") return [`${line} ${fact.status} ${fact.date?.value} ${fact.server?.value}`];
      return fact.kind === "api-result" ? [`${line} ${fact.api} ${fact.code.value}`] : [];
    })).toEqual(expected.others ?? []);
    expect(reading.notUnderstood.map(textOf)).toEqual([]);
    const first = calls(reading.facts)[0];
    if (expected.ids !== undefined) expect(`${first?.process ?? "-"}/${first?.thread ?? "-"} ${first?.time ?? "-"}`).toBe(expected.ids);
    // Nothing of the decrypted traffic is repeated.
    expect(JSON.stringify(reading.facts.map(({ span: _, ...fact }) => fact), (key, value: unknown) => (key === "source" ? undefined : value))).not.toMatch(/session|token|Cookie|Negotiate/);
  });

  test("names are those of the list", async () => {
    const [call] = calls(await factsOf(readFileSync(`${folder}/two-threads.log`, "utf8")));
    expect(call?.criteria[1]?.issuers?.map((issuer) => issuer.value.rfc4514)).toEqual([
      "CN=Lab Root CA G2,OU=PKI,O=Lab\\, Inc.,C=US", "CN=Contoso Root CA,DC=contoso,DC=com",
    ]);
  });

  test("a name that was wrapped is joined, and says so", async () => {
    const [call] = calls(await factsOf(readFileSync(`${folder}/wrapped-names.txt`, "utf8")));
    const issuers = call?.criteria[1]?.issuers ?? [];
    expect(issuers[1]?.value.rfc4514).toBe("CN=Example.net CA,OU=\\(c) 1999 Example.net Limited,OU=www.example.net/CPS incorp. by ref. (limits liab.),O=Example.net".replace("\\(", "("));
    expect(issuers.map((issuer) => issuer.value.doubt !== null)).toEqual([false, true, true, false]);
  });
});

describe("names behind a number", () => {
  test("of flags and of key usage are names of the tool", async () => {
    const [call] = calls(await factsOf([
      "CertSelectCertificateChains called", "dwFlags : 0x00000088 (CERT_SELECT_HAS_PRIVATE_KEY | CERT_SELECT_ALLOW_DUPLICATES)", "cCriteria : 1",
      "pszObjId : (null)", "Value : 0x00000080 (CERT_DIGITAL_SIGNATURE_KEY_USAGE)", "CertSelectCertificateChains exited with value : TRUE", "",
    ].join("\n")));
    expect(call && shown(call)).toBe("flags 88 | 1 criteria | KEY_USAGE* 00000080 digitalSignature | matches - | result true");
    expect(call?.printedFlagNames.map((name) => textOf(name.span))).toEqual(["CERT_SELECT_HAS_PRIVATE_KEY", "CERT_SELECT_ALLOW_DUPLICATES"]);
    expect(call?.criteria[0]?.value && textOf(call.criteria[0].value.span)).toBe("00000080");
  });

  test("a number that contradicts the name counts, and is reported", async () => {
    const facts = await factsOf([
      "CertSelectCertificateChains called", "dwFlags : 00000088", "cCriteria : 1", "===== CERT_SELECT_BY_KEY_USAGE", "Value : 00000020", "CERT_DIGITAL_SIGNATURE_KEY_USAGE",
      "CertSelectCertificateChains exited with value : TRUE", "",
    ].join("\n"));
    expect(calls(facts)[0]?.criteria[0]?.keyUsage).toEqual(["keyEncipherment"]);
    expect(damages(facts).map((fact) => fact.says)).toEqual(["Value 00000020 does not contain digitalSignature, which the log names; the number counts"]);
  });
});

describe("lines that nothing understands", () => {
  test("are named, and are no facts", async () => {
    const text = [
      "CertSelectCertificateChains called", "dwFlags : 00000088", "pSelectionContext 0x1", "cCriteria : 1", "===== CERT_SELECT_BY_ISSUER_NAME", "Number of issuer(s) : 1", "C=US, CN=x", "and more",
      "Number of certificates matching criteria(s) : 1", "CN=after the count", "CertSelectCertificateChains exited with value : TRUE", "",
    ].join("\n");
    const reading = await read(strace.claim(sourceText("x", text)));
    expect(reading.notUnderstood.map(textOf)).toEqual(["pSelectionContext 0x1", "and more", "CN=after the count"]);
    expect(calls(reading.facts)[0]?.criteria[0]?.issuers).toHaveLength(1);
  });

  test("a triple with an object identifier and no heading is an extension, an object identifier of a purpose is not part of it", async () => {
    const [call] = calls(await factsOf("CertSelectCertificateChains called\ndwFlags : 00000000\nfCritical : FALSE\npszObjId : 1.2.3.4\nValue : 05 00\n1.3.6.1.5.5.7.3.4\nCertSelectCertificateChains exited with value : FALSE\n"));
    expect(call && shown(call)).toBe("flags 0 | - criteria | EXTENSION* 05 00 1.2.3.4 | ENHKEY_USAGE* 1.3.6.1.5.5.7.3.4 | matches - | result false");
  });
});

describe("what is not claimed", () => {
  test.each([
    ["a sentence about the call", 'search for "CertSelectCertificateChains" and see CertSelectCertificateChains called\ndwFlags : 00000088\n'],
    ["a page about the call", "<p>CertSelectCertificateChains called</p>\n<p>dwFlags : 00000088</p>\n"],
    ["a call without parameters", "CertSelectCertificateChains called\n\nsome text\n"],
    ["parameters too far below", `CertSelectCertificateChains called\n${"text\n".repeat(90)}dwFlags : 00000088\n`],
    ["a report that refers to a log", "14:08:22:790 - recv() failed / socket = 0x00000058 / WSAGetLastError = 0x00002746 (An existing connection was forcibly closed by the remote host. ) strace.log (line 25111)\n"],
    ["a transcript's status line", "openssl s_client -connect host:443\nGET / HTTP/1.1\n\nHTTP/1.1 403 Forbidden\nDate: Wed, 07 Dec 2016 10:02:46 GMT\n"],
    ["a status line beside a log", "select called\nselect exited with value : 0\nHTTP/1.1 403 Forbidden\n"],
    ["a status line that was sent", "EncryptMessage called\nHTTP/1.1 403 Forbidden\nEncryptMessage exited with value : 0x00000000\n"],
    ["results that are no errors", "InitializeSecurityContextA exited with value : 0x00090312\nrecv() exited with value : -1 / WSAGetLastError = 0x00002733\nselect exited with value : 0\n"],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(strace.claim(sourceText("x", text))).toEqual([]);
  });
});

describe("errors of calls", () => {
  test.each([
    ["InitializeSecurityContextW exited with value : 0x80090326", "InitializeSecurityContextW 0x80090326"],
    ["10:00:00:001 [1A4C] AcquireCredentialsHandleA() exited with value = 0x8009030E", "AcquireCredentialsHandleA 0x8009030e"],
    ["InitializeSecurityContextA exited with value : -2146893043", "InitializeSecurityContextA 0x8009030d"],
  ])("%s", async (line, expected) => {
    const facts = await factsOf(`${line}\r\n`);
    expect(facts.map((fact) => (fact.kind === "api-result" ? `${fact.api} ${fact.code.value}` : fact.kind))).toEqual([expected]);
  });
});

/** Text between guillemets, and the text without them. */
function marked(text: string): { readonly text: string; readonly from: number; readonly to: number } {
  const from = text.indexOf("\u00AB");
  const to = text.indexOf("\u00BB") - 1;
  return { text: text.replace("\u00AB", "").replace("\u00BB", ""), from, to };
}

describe("places", () => {
  const callWith = (line: string): string =>
    `\r\n10:00:00:001 [1A4C] CertSelectCertificateChains called\r\n10:00:00:001 [1A4C] dwFlags : 00000088\r\n10:00:00:001 [1A4C] cCriteria : 1\r\n${line}\r\n10:00:00:001 [1A4C] CertSelectCertificateChains exited with value : TRUE\r\n`;

  test.each<readonly [string, (call: SelectionCallFact) => Span | undefined]>([
    ["10:00:00:001 [1A4C] Number of certificates matching criteria(s) : \u00AB12\u00BB", (call) => call.matches?.span],
    ["10:00:00:001 [1A4C] \u00AB===== CERT_SELECT_BY_ENHKEY_USAGE\u00BB <- a remark", (call) => call.criteria[0]?.span],
    ["10:00:00:001 [1A4C] ===== CERT_SELECT_BY_ENHKEY_USAGE\r\n10:00:00:001 [1A4C] \u00AB1.3.6.1.5.5.7.3.2\u00BB ", (call) => call.criteria[0]?.oids?.[0]?.span],
    ["10:00:00:001 [1A4C] ===== CERT_SELECT_BY_ISSUER_NAME\r\n10:00:00:001 [1A4C] \u00ABC=US, CN=x\u00BB  <- ours", (call) => call.criteria[0]?.issuers?.[0]?.span],
    ["10:00:00:001 [1A4C] ===== CERT_SELECT_BY_ISSUER_NAME\r\n10:00:00:001 [1A4C] Number of issuer(s) : \u00AB0\u00BB", (call) => call.criteria[0]?.declared?.span],
    ["10:00:00:001 [1A4C] pszObjId : (null)\r\n10:00:00:001 [1A4C] Value : \u00AB00000080\u00BB", (call) => call.criteria[0]?.value?.span],
  ])("%s", async (line, place) => {
    const { text, from, to } = marked(callWith(line));
    const [call] = calls(await factsOf(text));
    const span = call === undefined ? undefined : place(call);
    expect([span?.start, span?.end]).toEqual([from, to]);
  });

  test("the call begins at its announcement, after the prefix", async () => {
    const [call] = calls(await factsOf(callWith("")));
    expect(call && placeOf(call.span)).toEqual({ file: "sample.log", line: 2, column: 21 });
  });

  test("the result stands behind its colon", async () => {
    const [call] = calls(await factsOf(callWith("")));
    expect(call?.result && textOf(call.result.span)).toBe("TRUE");
  });
});

describe("grammar", () => {
  /** Rule names and token images of a tree, without places. */
  function project(node: CstNode): unknown {
    return Object.fromEntries(Object.entries(node.children).map(([name, children]) => [name, (children ?? []).map((child) => ("image" in child ? child.image : project(child)))]));
  }

  function parse(rule: "line" | "section" | "statusLine" | "resultLine", text: string, mode: string): unknown {
    const parser = straceParser();
    const lexed = straceLexer().tokenize(text, mode);
    parser.input = lexed.tokens;
    const tree = parser[rule]();
    return { tree: project(tree), errors: [...lexed.errors, ...parser.errors].map((error) => error.message) };
  }

  test.each<readonly ["line" | "section" | "statusLine" | "resultLine", string, string, unknown]>([
    ["line", "dwFlags : 00000088\n", "call", { labelledLine: [{ FlagsLabel: ["dwFlags"], value: [{ Separator: [" : "], ValueText: ["00000088"], KnownEnd: ["\n"] }] }] }],
    ["line", "Number of issuer(s)\u00A0: 22 <- all of them\n", "call", { labelledLine: [{ IssuersLabel: ["Number of issuer(s)"], value: [{ Separator: ["\u00A0: "], ValueText: ["22 "], Remark: ["<- all of them"], KnownEnd: ["\n"] }] }] }],
    ["line", "CERT_SELECT_HAS_PRIVATE_KEY|CERT_SELECT_ALLOW_DUPLICATES\n", "call", { namesLine: [{ FlagName: ["CERT_SELECT_HAS_PRIVATE_KEY"], Or: ["|"], FlagNameAgain: ["CERT_SELECT_ALLOW_DUPLICATES"], KnownEnd: ["\n"] }] }],
    ["line", "CERT_DIGITAL_SIGNATURE_KEY_USAGE\n", "call", { namesLine: [{ UsageName: ["CERT_DIGITAL_SIGNATURE_KEY_USAGE"], KnownEnd: ["\n"] }] }],
    ["line", "C=US, CN=x\n", "call", { nameLine: [{ NameText: ["C=US, CN=x"], rest: [{ KnownEnd: ["\n"] }] }] }],
    ["line", "1.3.6.1.5.5.7.3.2 (clientAuth)\n", "call", { objectIdLine: [{ ObjectId: ["1.3.6.1.5.5.7.3.2"], rest: [{ Blank: [" "], Other: ["(clientAuth)"], KnownEnd: ["\n"] }] }] }],
    ["line", "[snip]\n", "call", { elisionLine: [{ Elision: ["[snip]"], rest: [{ KnownEnd: ["\n"] }] }] }],
    ["line", "CertSelectCertificateChains exited with value : TRUE\n", "call", { exitedLine: [{ Exited: ["CertSelectCertificateChains exited with value"], value: [{ Separator: [" : "], ValueText: ["TRUE"], KnownEnd: ["\n"] }] }] }],
    ["line", "CertSelectCertificateChains called\n", "call", { calledLine: [{ Called: ["CertSelectCertificateChains called"], rest: [{ KnownEnd: ["\n"] }] }] }],
    ["line", "anything else\n", "call", { otherLine: [{ Other: ["anything else"], LineEnd: ["\n"] }] }],
    ["section", "===== CERT_SELECT_BY_ISSUER_NAME <- the list\n\n", "call", { Heading: ["===== CERT_SELECT_BY_ISSUER_NAME"], rest: [{ Blank: [" "], Remark: ["<- the list"], KnownEnd: ["\n"] }], line: [{ LineEnd: ["\n"] }] }],
    ["section", "===== dwType : 12\n", "call", { UnknownHeading: ["===== dwType : 12"], rest: [{ KnownEnd: ["\n"] }] }],
    ["statusLine", "HTTP/1.1 403 Forbidden\n", "status", { HttpVersion: ["HTTP/1.1"], Blank: [" ", " "], StatusCode: ["403"], Other: ["Forbidden"], LineEnd: ["\n"] }],
    ["resultLine", "connect() exited with value : 0x8009030d\n", "result", { ApiName: ["connect()"], Blank: [" "], ExitedWith: ["exited with value : "], ErrorValue: ["0x8009030d"], LineEnd: ["\n"] }],
  ])("%s: %s", (rule, text, mode, expected) => {
    expect(parse(rule, text, mode)).toEqual({ tree: expected, errors: [] });
  });

  test.each(["\u2026", "...", "[...]", "[\u2026]", "[snip]", "<snip>", "--snip--", "(...)", "[12 more lines omitted]", ". . ."])("%s stands for lines that were cut out", (mark) => {
    expect(parse("line", `${mark}\n`, "call")).toMatchObject({ tree: { elisionLine: [{ Elision: [mark] }] } });
  });
});

describe("prefixes", () => {
  test.each<readonly [string, string | null, string | null, string | null]>([
    ["", null, null, null],
    ["10:50:12:490 - ", null, null, "10:50:12:490"],
    ["10:00:33:675 [1A4C] ", null, "1A4C", "10:00:33:675"],
    ["10:15:00:428 4312.1a4c ", "4312", "1A4C", "10:15:00:428"],
    ["[00001A4C] ", null, "00001A4C", null],
    ["[1234:0abc] 10:15:00.428 ", "1234", "0ABC", "10:15:00.428"],
    ["71:10:15:00:428 [1A4C] ", null, "1A4C", "10:15:00:428"],
    ["27.02.2014 10:00:33 ", null, null, "10:00:33"],
    ["> > ", null, null, null],
    ["pid 4312 ", "4312", null, null],
    ["0x1a4c: ", null, "0X1A4C", null],
  ])("%j", (prefix, process, thread, time) => {
    const shape = prefixShape(prefix, []);
    expect(shape).not.toBeNull();
    if (shape === null) return;
    expect(readPrefix(`${prefix}dwFlags`, shape)).toEqual({ length: prefix.length, process, thread, present: true });
    expect(timeOfPrefix(prefix)).toBe(time);
  });

  test.each(["I see that ", "<p>", 'look for "', "x".repeat(101)])("%j is none", (prefix) => {
    expect(prefixShape(prefix, [])).toBeNull();
  });

  test("unknown words are one when the lines below have them too", () => {
    const lines = ["iexplore.exe(1A4C) dwFlags : 0", "iexplore.exe(1A4C) cCriteria : 1", "iexplore.exe(1B00) recv() called"];
    expect(prefixShape("iexplore.exe(1A4C) ", lines)).not.toBeNull();
    expect(prefixShape("iexplore.exe(1A4C) ", ["dwFlags : 0", "cCriteria : 1"])).toBeNull();
  });

  test.each<readonly [string | null, number | null]>([["1A4C", 6732], ["00001000", 4096], ["4312", 4312], ["0X10", 16], [null, null]])("the number of %j is %j", (printed, number) => {
    expect(idNumber(printed)).toBe(number);
  });
});

describe("values of the model", () => {
  test.each<readonly [string, readonly string[] | null]>([
    ["00000080", ["digitalSignature"]], ["000000a0", ["digitalSignature", "keyEncipherment"]], ["80", ["digitalSignature"]], ["0x80", ["digitalSignature"]],
    ["80 00", ["digitalSignature"]], ["00008000", ["decipherOnly"]], ["00 80", ["decipherOnly"]], ["03 02 07 80", ["digitalSignature"]], ["03020780", ["digitalSignature"]],
    ["00000000", []], ["1e 0a 00 55 00", null], ["0102030405", null], ["", null], ["(null)", null],
  ])("key usage of %j", (printed, names) => {
    expect(keyUsageOfValue(printed)).toEqual(names);
  });

  test("flags have names and bits", () => {
    expect(selectionFlagNames(0x18a)).toEqual(["CERT_SELECT_TRUSTED_ROOT", "CERT_SELECT_HAS_PRIVATE_KEY", "CERT_SELECT_ALLOW_DUPLICATES", "CERT_SELECT_IGNORE_AUTOSELECT"]);
    expect(selectionFlagBit("CERT_SELECT_ALLOW_DUPLICATES")).toBe(0x80);
    expect(unknownSelectionFlags(0x80000288)).toBe(0x80000200);
    expect(selectionCriteria.map((criterion) => criterion.number)).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(keyUsageOfWindowsName("CERT_OFFLINE_CRL_SIGN_KEY_USAGE")).toBe("cRLSign");
    expect(keyUsageOfWindowsName("CERT_SELECT_HAS_PRIVATE_KEY")).toBeNull();
  });
});
