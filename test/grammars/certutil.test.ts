import { describe, expect, test } from "@jest/globals";
import type { CstNode, IToken } from "chevrotain";
import { readCommand } from "../../grammars/certutil/command.ts";
import { certutil } from "../../grammars/certutil/index.ts";
import { foldLabel, labelOf, labelTables } from "../../grammars/certutil/labels/index.ts";
import { layOut } from "../../grammars/certutil/layout.ts";
import { parseOutput } from "../../grammars/certutil/parser.ts";
import type { CertificateFact, Fact, KeyBlockFact } from "../../src/model/fact.ts";
import { sourceText, textOf, type Located, type Span } from "../../src/text/source-text.ts";

const read = await certutil.reader();
const factsOf = async (text: string): Promise<readonly Fact[]> => (await read(certutil.claim(sourceText("sample.txt", text)))).facts;
const claimed = (text: string): readonly string[] => certutil.claim(sourceText("sample.txt", text)).map(({ span }) => textOf(span));

async function certificateOf(text: string): Promise<CertificateFact> {
  const fact = (await factsOf(text)).find((each) => each.kind === "certificate");
  if (fact === undefined) throw new Error("no certificate was read");
  return fact;
}

/** `{ rule: { Token: [image] } }` of the lines of a text. */
function shape(text: string): unknown {
  const node = (each: CstNode): unknown => Object.fromEntries(Object.entries(each.children).map(([name, children]) =>
    [name, children.map((child) => ("image" in child ? (child as IToken).image : node(child)))]));
  return (parseOutput(text).children["entry"] ?? []).map((entry) => ("children" in entry ? node(entry) : entry));
}

describe("labels", () => {
  test("no printed label means two things", () => {
    const meaning = new Map<string, string>();
    for (const table of labelTables) {
      for (const [id, words] of Object.entries(table.labels)) {
        for (const word of words) {
          const key = foldLabel(word);
          expect(`${word}: ${meaning.get(key) ?? id}`).toBe(`${word}: ${id}`);
          meaning.set(key, id);
          expect(labelOf(word)).toBe(id);
        }
      }
    }
    expect(meaning.size).toBeGreaterThan(200);
  });

  test.each([
    ["Numéro de série :", "serial-number"], ["Numéro de série\u00A0:", "serial-number"], ["Nume\u0301ro de se\u0301rie :", "serial-number"],
    ["Num\uFFFDro de s\uFFFDrie :", "serial-number"], ["NumÃ©ro de sÃ©rie :", "serial-number"], ["La signature correspond \u00E0 la cl\u00E9 publique", "signature-matches"],
    ["Il ne s'agit pas d'un certificat racine", "non-root"], ["Il ne s\\u2019agit pas d\\u2019un certificat racine", "non-root"], ["Provider=", "provider"], ["Key  Container =", "key-container"],
    ["Element 12:", "element"], ["Key Usage", "key-usage"], ["Key Usage =", "cng-key-usage"], ["Cannot open the  key for reader:", "cannot-open"],
  ])("%s", (printed, id) => expect(labelOf(printed)).toBe(id));

  test("a label nobody has seen is none", () => {
    expect(labelOf("Sarjanumero:")).toBeNull();
    expect(labelOf("x".repeat(10_000))).toBeNull();
  });
});

describe("the grammar, line by line", () => {
  test.each<[string, unknown]>([
    ["C:\\>certutil -store my", { command: [{ Command: ["C:\\>certutil -store my"] }] }],
    ['my "Personal"', { storeHeading: [{ StoreHeading: ['my "Personal"'] }] }],
    ["my", { storeHeading: [{ BareStore: ["my"] }] }],
    ["================ Certificate 0 ================", { banner: [{ Banner: ["================ Certificate 0 ================"] }] }],
    ["----------------  End Nesting Level 1  ----------------", { banner: [{ NestingEnd: ["----------------  End Nesting Level 1  ----------------"] }] }],
    ["Serial Number: 1a2b", { field: [{ CertificateLabel: ["Serial Number"], labelled: [{ Separator: [":"], Value: ["1a2b"] }] }] }],
    ["Issuer:\r\n    CN=a\r\n    O=b, c", { field: [{ CertificateLabel: ["Issuer"], labelled: [{ Separator: [":"], RelativeName: ["CN=a", "O=b, c"] }] }] }],
    ["  Key Container = a: b = c", { keyField: [{ KeyLabel: ["Key Container "], labelled: [{ Separator: ["="], Value: ["a: b = c"] }] }] }],
    ["  Palvelu = Microsoft Software Key Storage Provider", { keyField: [{ KeyLabel: ["Palvelu "], labelled: [{ Separator: ["="], Value: ["Microsoft Software Key Storage Provider"] }] }] }],
    ["Cert Hash(sha1): aa bb", { hashField: [{ HashLabel: ["Cert Hash(sha1)"], labelled: [{ Separator: [":"], Value: ["aa bb"] }] }] }],
    ["Sarjanumero: 12", { otherField: [{ Label: ["Sarjanumero"], labelled: [{ Separator: [":"], Value: ["12"] }] }] }],
    ["Missing stored keyset", { status: [{ Phrase: ["Missing stored keyset"] }] }],
    ["AES256+RSAES_OAEP(RSA:AT_KEYEXCHANGE) test passed", { status: [{ TestLine: ["AES256+RSAES_OAEP(RSA:AT_KEYEXCHANGE) test passed"] }] }],
    ["    CRYPT_MACHINE_KEYSET — 20 (32)", { detail: [{ Constant: ["CRYPT_MACHINE_KEYSET — 20 (32)"] }] }],
    ["    0000  30 82 01 0a", { detail: [{ HexDump: ["0000  30 82 01 0a"] }] }],
    ["0002:    |  06 0a    ; OBJECT_ID", { detail: [{ Asn1Line: ["0002:    |  06 0a    ; OBJECT_ID"] }] }],
    ["D:PAI(A;;GAGR;;;BA)", { detail: [{ Permission: ["D:PAI(A;;GAGR;;;BA)"] }] }],
    ["--snip--", { detail: [{ Elision: ["--snip--"] }] }],
    ["Nobody knows this", { otherLine: [{ Text: ["Nobody knows this"] }] }],
    ["CertUtil: -store command completed successfully.", { ending: [{ FinalLine: ["CertUtil: -store command completed successfully."] }] }],
    ["    2.5.29.15: Flags = 0(), Length = 4\n    Key Usage\n        Digital Signature (80)", {
      extension: [{ ExtensionHeading: ["2.5.29.15: Flags = 0(), Length = 4"], content: [{ Text: ["Key Usage"] }, { Text: ["Digital Signature (80)"] }] }],
    }],
    ["2.5.29.37 : indicateurs = 1(Critique), longueur = c", { extension: [{ ExtensionHeading: ["2.5.29.37 : indicateurs = 1(Critique), longueur = c"] }] }],
    ["  CERT_SHA1_HASH_PROP_ID(3):\n    ff27", { property: [{ PropertyHeading: ["CERT_SHA1_HASH_PROP_ID(3):"], propertyLine: [{ Text: ["ff27"] }] }] }],
    ["CertContext[0][1]: dwInfoStatus=10c dwErrorStatus=0\n  Serial: 01", {
      element: [{ ElementHeading: ["CertContext[0][1]: dwInfoStatus=10c dwErrorStatus=0"], elementLine: [{ otherField: [{ Label: ["Serial"], labelled: [{ Separator: [":"], Value: ["01"] }] }] }] }],
    }],
  ])("%s", (text, expected) => expect(shape(text)).toEqual([expected]));

  test("a label of the certificate ends an extension", () => {
    const entries = shape("2.5.29.14: Flags = 0, Length = 16\n  aabb\nSignature Algorithm:\n  Algorithm ObjectId: 1.2.840.113549.1.1.11 sha256RSA") as Record<string, unknown>[];
    expect(entries.map((entry) => Object.keys(entry)[0])).toEqual(["extension", "field", "field"]);
  });
});

describe("layout", () => {
  test("a text is as long laid out as before", () => {
    for (const text of ["> a\r\n> Serial Number: 1", "a<br/>b<BR>c", `x ${"Serial Number: 12 Issuer: CN=a NotBefore: 1/2/2024 ".repeat(3)}`, `Subject: CN=${"a".repeat(71)}\r\nbc, O=d`]) {
      expect(layOut(text).length).toBe(text.length);
    }
  });
});

describe("places", () => {
  const marked = (text: string): { readonly text: string; readonly start: number; readonly end: number } => {
    const start = text.indexOf("«");
    const end = text.indexOf("»") - 1;
    return { text: text.replace(/[«»]/g, ""), start, end };
  };
  const listing = (line: string): string => [
    "before\r\nmy \"Personal\"", "================ Certificate 0 ================", "X509 Certificate:", "Serial Number: 61d4", "Issuer:", "    CN=Fabrik CA", "    O=Fabrik, Inc.", line, "",
  ].join("\r\n");
  const pick: Readonly<Record<string, readonly [string, (fact: CertificateFact) => Located<unknown> | null]>> = {
    "not after": [" NotAfter: «1/13/2026 9:00 AM»   ", (fact) => fact.notAfter],
    "subject on one line": ["Subject: «CN=Eva, O=Fabrik, Inc.»", (fact) => fact.subject],
    "subject over lines": ["Subject:\r\n    «CN=Eva\r\n    O=Fabrik, Inc.»", (fact) => fact.subject],
    thumbprint: ["Cert Hash(sha1): «db 31 4d a0 d0 ef 87 d4 2b 42 f7 4b 9c 38 a1 f9 17 3e f7 a2»", (fact) => fact.sha1Thumbprint],
    "key usage": ["    2.5.29.15: Flags = 1(Critical), Length = 4\r\n    Key Usage\r\n        «Digital Signature (80)»", (fact) => fact.keyUsage],
    "extended key usage": ["    2.5.29.37: Flags = 0, Length = c\r\n    EKU\r\n\t«Client Authentication (1.3.6.1.5.5.7.3.2)\r\n\tX (1.3.6.1.5.5.7.3.4)»", (fact) => fact.extendedKeyUsage],
    container: ["  Key Container = «te-1 with = and: signs»   <--- this one", (fact) => fact.key.container],
    flags: ["  Key Container = te-1\r\n  Flags = «20» (32)", (fact) => fact.key.flags],
    "key specification": ["  Key Container = te-1\r\n  KeySpec = «1 — AT_KEYEXCHANGE»", (fact) => fact.key.keySpec],
    status: ["  Key Container = te-1\r\n«Missing stored keyset»", (fact) => fact.key.status],
    store: ["x", (fact) => fact.store],
  };

  test.each(Object.keys(pick))("of %s", async (what) => {
    const [line, of] = pick[what] as (typeof pick)[string];
    const { text, start, end } = marked(listing(line));
    const span = (of(await certificateOf(text)) as Located<unknown>).span;
    if (what === "store") expect(textOf(span)).toBe("my");
    else expect([span.start, span.end]).toEqual([start, end]);
  });

  test("of a certificate: from its banner to its last line", async () => {
    const fact = await certificateOf(listing("Missing stored keyset"));
    expect(textOf(fact.span).split("\r\n")[0]).toBe("================ Certificate 0 ================");
    expect(textOf(fact.span).endsWith("Missing stored keyset")).toBe(true);
  });
});

describe("what is claimed", () => {
  const listing = "my \"Personal\"\n================ Certificate 0 ================\nSerial Number: 61d4\nIssuer: CN=a\n NotBefore: 1/13/2026 9:00 AM\nEncryption test passed\nCertUtil: -store command completed successfully.";

  test("an output inside a mail, and not the mail", () => {
    expect(claimed(`From: a@example.com\nSubject: my certificate\n\nHello,\nthis is what I see:\n\n${listing}\nThe server says 403.7.\nRegards`)).toEqual([listing]);
  });

  test("each command by itself", () => {
    expect(claimed(`C:\\>certutil -store my\n${listing}\n\nC:\\>whoami\nfabrik\\eva\n\nC:\\>certutil -user -store my\n${listing}`).map((text) => text.split("\n")[0]))
      .toEqual(["C:\\>certutil -store my", "C:\\>certutil -user -store my"]);
  });

  test("without its final line it ends where another tool begins", () => {
    const cut = listing.replace(/\nCertUtil.*/, "");
    expect(claimed(`${cut}\n\nopenssl s_client -connect a:443\nCONNECTED(00000003)\n---`)).toEqual([cut]);
    expect(claimed(`${cut}\nCertSelectCertificateChains called\ndwFlags : 00000088`)).toEqual([cut]);
  });

  test.each([
    ["openssl x509 -text", "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 4096 (0x1000)\n        Issuer: C = US, O = Contoso\n        Validity\n            Not Before: Jan  1 00:00:00 2024 GMT\n        Subject: CN = client\n            X509v3 Key Usage: critical\n                Digital Signature\n"],
    ["openssl s_client", "CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n   i:CN = b\n---\nServer certificate\nsubject=CN = a\n\nissuer=CN = b\n---\nSSL-Session:\n    Protocol  : TLSv1.2\n"],
    ["STRACE", "CertSelectCertificateChains called\n\ndwFlags : 00000088\n\nCERT_SELECT_HAS_PRIVATE_KEY\n\n===== CERT_SELECT_BY_ENHKEY_USAGE\n\n1.3.6.1.5.5.7.3.2\n"],
    ["keytool", "Alias name: a\nOwner: CN=a\nIssuer: CN=b\nSerial number: 1a2b\nValid from: Mon Jan 01 2024 until: Wed Jan 01 2025\n"],
    ["PowerShell", "Subject      : CN=a\nIssuer       : CN=b\nThumbprint   : AABB\nSerialNumber : 01\n"],
    ["a request file", "[NewRequest]\nSubject = \"CN=a\"\nKeySpec = 1\nProviderName = \"Microsoft RSA SChannel Cryptographic Provider\"\nProviderType = 12\n"],
    ["a connection string", "Provider = SQLOLEDB;Data Source=a\nFlags = 20\n"],
    ["prose", "We tried certutil, AT_KEYEXCHANGE and KeySpec, and the Microsoft Strong Cryptographic Provider.\nSubject: nothing worked\n"],
  ])("not %s", (_, text) => expect(claimed(text)).toEqual([]));

  test("landmarks stand in every claim", () => {
    for (const line of ["Sarjanumero", "x"]) expect(certutil.landmarks.some((landmark) => line.includes(landmark))).toBe(false);
    expect(certutil.landmarks.some((landmark) => listing.includes(landmark))).toBe(true);
  });
});

describe("commands", () => {
  const command = (text: string): unknown => {
    const { verb, verbose, scope, store, filter } = readCommand(text, { source: sourceText("c", text), start: 0, end: text.length } as Span);
    return [verb, verbose, scope, store?.value ?? null, filter?.value ?? null];
  };
  test.each<[string, unknown]>([
    ["C:\\>certutil -store my", ["store", false, "machine", "my", null]],
    ["PS C:\\> certutil.exe -v -user -store My \"61 d4\"", ["store", true, "user", "My", "61 d4"]],
    ["certutil -store -user my", ["store", false, "user", "my", null]],
    ["certutil -store my -user", ["store", false, null, "my", null]],
    ["certutil -enterprise -store NTAuth", ["store", false, null, "NTAuth", null]],
    ["certutil -store -enterprise <YOUR CERTIFICATE STORE NAME>", ["store", false, null, null, null]],
    ["> certutil.exe -csp TPM -importPFX a.pfx NoExport", ["importpfx", false, null, null, null]],
    ["certutil /v /verifystore Root", ["verifystore", true, "machine", "Root", null]],
    ["certutil -user -store my | findstr Serial", ["store", false, "user", "my", null]],
    ["Output of `certutil -user -store my`:", ["store", false, "user", "my", null]],
    ["certutil a.cer", ["dump", false, null, null, null]],
  ])("%s", (text, expected) => expect(command(text)).toEqual(expected));
});

describe("keys", () => {
  const key = async (lines: string): Promise<KeyBlockFact["key"]> => {
    const fact = (await factsOf(lines)).find((each) => each.kind === "key-block" || each.kind === "certificate");
    return (fact as KeyBlockFact).key;
  };

  test.each<[string, number]>([
    ["ProviderType = c (12)", 12], ["ProviderType = 18 (24)", 24], ["ProviderType = 18", 24], ["ProviderType = 1", 1], ["ProviderType = 24", 24],
  ])("%s is type %i", async (line, type) => {
    expect((await key(`  Key Container = a\n  Provider = Microsoft Enhanced RSA and AES Cryptographic Provider\n  ${line}`)).providerType?.value).toBe(type);
  });

  test("the key specification of a test line counts for the provider of the association only", async () => {
    const lines = (provider: string): string => `  Key Container = a\n  Provider = Microsoft Strong Cryptographic Provider\n${provider}: KeySpec=1\nAES256+RSAES_OAEP(RSA:AT_KEYEXCHANGE) test passed`;
    expect((await key(lines("Microsoft Strong Cryptographic Provider"))).keySpec?.value).toBe(1);
    expect((await key(lines("Microsoft Software Key Storage Provider"))).keySpec).toBeNull();
  });

  test.each<[string, string, string | null]>([
    ["Signature test passed", "usable", null], ["Missing stored keyset", "missing", null],
    ["ERROR: Could not verify certificate public key against private key", "unusable", null],
    ["Encryption test FAILED: msg 0x80100001 (-2146435071 SCARD_F_INTERNAL_ERROR)", "unusable", "0x80100001"],
    ["CertUtil: -store command FAILED: 0x80090016 (-2146893802 NTE_BAD_KEYSET)", "unusable", "0x80090016"],
    ["Private key is NOT exportable", "untested", null],
  ])("%s", async (line, status, error) => {
    const found = await key(`  Key Container = a\n  Provider = Contoso Key Storage Provider\n${line}`);
    expect([found.linked?.value, found.provider?.value, found.status?.value, found.error?.value ?? null]).toEqual([true, "Contoso Key Storage Provider", status, error]);
  });

  test("a key usage below the export policy is the key's, not the certificate's", async () => {
    const fact = await certificateOf("Serial Number: 61d4\n  Key Container = a\n  Provider = Microsoft Software Key Storage Provider\n  Export Policy = 0\n  Key Usage = 3\n    NCRYPT_ALLOW_DECRYPT_FLAG -- 1\n    NCRYPT_ALLOW_SIGNING_FLAG -- 2");
    expect(fact.keyUsage).toBeNull();
    expect(fact.key.cngKeyUsage?.value).toEqual(["NCRYPT_ALLOW_DECRYPT_FLAG", "NCRYPT_ALLOW_SIGNING_FLAG"]);
    expect(fact.key.exportable?.value).toBe(false);
  });

  test("key permissions with CRYPT_EXPORT make it exportable; CRYPT_MAC is no machine key", async () => {
    const found = await key("  Key Container = a\n  Provider = Microsoft Strong Cryptographic Provider\n  KP_PERMISSIONS = 3f (63)\n    CRYPT_MAC -- 20 (32)");
    expect([found.exportable?.value, found.machineKeyset]).toEqual([true, null]);
  });
});

describe("a source's dates settle each other", () => {
  test("also from one command to the next", async () => {
    const store = (date: string): string => `my "Personal"\n================ Certificate 0 ================\nSerial Number: 61\n NotAfter: ${date}\nCertUtil: -store command completed successfully.\n`;
    const facts = await factsOf(`${store("01/02/2026 10:00")}\n${store("13/02/2026 10:00")}`);
    expect(facts.filter((fact) => fact.kind === "certificate").map((fact) => fact.notAfter?.value.earliest)).toEqual(["2026-01-31T20:00:00.000Z", "2026-02-12T20:00:00.000Z"]);
  });
});

describe("a listing in a language whose words for a missing key no table has", () => {
  const finnish = (rest: string): string => `C:\\>certutil -user -store my\nmy "Oma"\n================ Varmenne 0 ================\nSarjanumero: 61a2b3c4d5\nMyöntäjä: CN=Sali CA, O=Sali Oy\n Voimassa: 10.1.2024 09:00\n`
    + ` Päättyy: 10.1.2030 09:00\nKohde: CN=Aino, O=Sali Oy\nEi päävarmenne\nVarmenteen hajautus(sha1): 1fc3a992b7050af76e49c7e29e09e3853fe9a434\n${rest}`;
  const words = "Ei avaimen tarjoajan tietoja\nVarmennetta ja yksityistä avainta salauksen purkua varten ei löydy.\n";
  const end = "CertUtil: -store komento suoritettiin onnistuneesti.\n";
  const properties = "\n  CERT_SHA1_HASH_PROP_ID(3):\n    1fc3a992b7050af76e49c7e29e09e3853fe9a434\n";

  test.each([["short", finnish(words + end)], ["verbose", finnish(`${properties}\n${words}${end}`)], ["without indentation", finnish(`${properties}\n${words}${end}`).replace(/^ +/gm, "")], ["quoted", finnish(words + end).replace(/^/gm, "> ")]])("no key is linked: %s", async (_, text) => {
    const { linked } = (await certificateOf(text)).key;
    expect(linked?.value).toBe(false);
    expect(linked === null ? null : textOf(linked.span)).toBe("Ei avaimen tarjoajan tietoja");
    expect((await read(certutil.claim(sourceText("sample.txt", text)))).notUnderstood.map(textOf)).not.toContain("Ei avaimen tarjoajan tietoja");
  });

  test.each([
    ["a listing that was cut", finnish(words)], ["one line", finnish(`Ei avaimen tarjoajan tietoja\n${end}`)], ["three lines", finnish(`Jotain muuta\n${words}${end}`)],
    ["two sentences of somebody", finnish(`Tämä on se.\n${words.split("\n")[1]}\n${end}`)], ["a key", finnish(`  Avainsäilö = te-1\n  Palvelu = Microsoft Software Key Storage Provider\n${words}${end}`)],
    ["English, whose words are known", finnish(words + end).replace("Sarjanumero", "Serial Number")], ["a property of two lines", finnish(`\n  CERT_DESCRIPTION_PROP_ID(13):\n    Kassat ja\n    varasto ja myynti.\n${end}`)],
  ])("says nothing of %s", async (_, text) => {
    expect((await certificateOf(text)).key.linked?.value).not.toBe(false);
  });
});

test("what a verbose listing prints a second time is understood the second time, too", async () => {
  const text = "================ Varmenne 0 ================\nX509 Certificate:\nSarjanumero: 61a2b3c4d5\nAllekirjoitusalgoritmi:\n    Algoritmin tunnus: 1.2.840.113549.1.1.11 sha256RSA\nMyöntäjä:\n    CN=Sali CA\n\nKohde:\n    CN=Aino\n\n"
    + "Varmenteen laajennukset: 1\n    2.5.29.15: Liput = 1(Kriittinen), Pituus = 4\n    Avaimen käyttö\n        Digitaalinen allekirjoitus (80)\n\nAllekirjoitusalgoritmi:\n    Algoritmin tunnus: 1.2.840.113549.1.1.11 sha256RSA\n"
    + "Varmenteen hajautus(sha1): 1fc3a992b7050af76e49c7e29e09e3853fe9a434\n\n  CERT_KEY_PROV_INFO_PROP_ID(2):\n    Avainsäilö = te-1\n    Palvelu = Microsoft Strong Cryptographic Provider\n    Palvelutyyppi = 1\n  Liput = 0\n    Avainmääritys = 1 -- AT_KEYEXCHANGE\n\n"
    + "  CERT_SHA1_HASH_PROP_ID(3):\n    1fc3a992b7050af76e49c7e29e09e3853fe9a434\n  Palvelu = Microsoft Strong Cryptographic Provider\nCertUtil: -store komento suoritettiin onnistuneesti.\n";
  expect((await read(certutil.claim(sourceText("sample.txt", text)))).notUnderstood.map(textOf)).toEqual([]);
});
