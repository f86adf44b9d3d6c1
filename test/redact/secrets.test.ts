import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { analyze, readFacts } from "../../src/analyze.ts";
import { findSecrets, hideSecrets, lineWithoutSecrets } from "../../src/redact/secrets.ts";
import { redactInputs } from "../../src/redact-inputs.ts";
import { renderHtml } from "../../src/render/html.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { renderTerminal } from "../../src/render/terminal.ts";
import { compose } from "../../src/report/compose.ts";
import { sourceText } from "../../src/text/source-text.ts";
import { inputOf } from "../support/input-of.ts";

const reading = { encoding: null, newDigest: null };

describe("a secret in a line is hidden, the line keeps its length", () => {
  test.each([
    ["    Master-Key: 4AF0C0FFEE4AF0C0FFEE", "4AF0C0FFEE4AF0C0FFEE"],
    ["    Session-ID: 1F2E3D4C5B6A7988", "1F2E3D4C5B6A7988"],
    ["> Resumption PSK: 00112233AABBCCDD", "00112233AABBCCDD"],
    ["    Keying material: 9A8B7C6D5E4F3021", "9A8B7C6D5E4F3021"],
    ["    PSK identity: kiosk-17", "kiosk-17"],
    ["    SRP username: alma", "alma"],
    ["CLIENT_RANDOM 52ce3f0000aa 9f8e7d6c5b4a", "52ce3f0000aa 9f8e7d6c5b4a"],
    ["SERVER_HANDSHAKE_TRAFFIC_SECRET 52ce3f0000aa 9f8e7d6c5b4a", "52ce3f0000aa 9f8e7d6c5b4a"],
    ["11:02:44:432 [1A4C] Cookie: sid=amber-owl; lang=de", "sid=amber-owl; lang=de"],
    ["Set-Cookie: .AUTH=amber-owl; path=/", ".AUTH=amber-owl; path=/"],
    ["Authorization: Bearer amber.owl", "Bearer amber.owl"],
    ["password=amber-owl&user=kim", "amber-owl"],
    ["GET /start?access_token=amber-owl HTTP/1.1", "amber-owl"],
    ['{"client_secret": "amber owl"}', '"amber owl"'],
    ["openssl s_client -cert a.pem -pass pass:amber-owl -tls1_2", "pass:amber-owl"],
    ["openssl s_client -proxy kim:amber-owl@cache:3128", "kim:amber-owl"],
    ["certutil -f -p amber-owl -importpfx a.pfx", "amber-owl"],
    ['certutil -exportPFX -p "amber owl" my 0 a.pfx', '"amber owl"'],
    ["curl -u kim:amber-owl https://host.example/", "kim:amber-owl"],
    ["https://kim:amber-owl@host.example/", "kim:amber-owl"],
    ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
    ["    0010 - 5a 5b 5c 5d 5e 5f 60 61-62 63 64 65 66 67 68 69   Z[\\]^_`abcdefghi", "5a 5b 5c 5d"],
  ])("%s", (line, secret) => {
    const shown = hideSecrets(line);
    expect(shown).not.toContain(secret);
    expect(shown).toHaveLength(line.length);
    expect(shown.startsWith(line.slice(0, line.indexOf(secret)))).toBe(true);
  });

  test.each([
    "    PSK identity: None", "    Session-ID: ", "certutil -v -user -store my", "    Negotiate Client Certificate    : Enabled", "Subject: CN=Token Service, O=Pass Ltd",
    "Basic Constraints", "  Signature matches Public Key", "Secure Renegotiation IS supported", "    Key Container = {51B4C789-2185-2CE9-A255-27E97232B5A7}", "Enter PFX password:",
    "    0000  30 14 06 08 2b 06 01 05  05 07 03 02 06 08 2b 06   0...+.........+.", "Encryption test passed", "CERT_SELECT_HAS_PRIVATE_KEY", "openssl s_client -connect a.example:443 -prexit",
  ])("%s holds none", (line) => expect(hideSecrets(line)).toBe(line));

  test("secrets of several lines are hidden line by line", () => {
    const text = "before\n-----BEGIN PRIVATE KEY-----\nTHVja3lTZWNyZXQ\nQUJD\n-----END PRIVATE KEY-----\n    Master-Key: 0011223344556677889900112233445566778899\n8899AABBCCDDEEFF\nafter";
    const lines = hideSecrets(text).split("\n");
    expect(lines.map((line) => /[\u2039*]/.test(line))).toEqual([false, false, true, true, false, true, true, false]);
    const source = sourceText("a", text);
    expect(lineWithoutSecrets(source, 6)).toBe("\u2039hidden\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u203A");
    expect(lineWithoutSecrets(source, 7)).toBe("after");
  });

  test("hiding twice changes nothing more", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const once = hideSecrets(text);
      expect(once).toHaveLength(text.length);
      expect(findSecrets(text).every(({ start, end }, index, all) => start < end && start >= (all[index - 1]?.end ?? 0))).toBe(true);
      expect(hideSecrets(once)).toBe(once);
    }));
  });

  test("takes time in proportion to the length", () => {
    for (const part of ["password=", "a=b&", "0010 - 5a ", "-----BEGIN PRIVATE KEY-----", "Cookie: ", "MIIEIBA", "::", "-p "]) {
      const text = part.repeat(40_000);
      const start = performance.now();
      hideSecrets(text);
      hideSecrets(`${part}\n`.repeat(20_000));
      expect(performance.now() - start).toBeLessThan(4000);
    }
  });
});

/** A hundred different secrets of each kind, each in a place where a report could quote it. */
const planted: Readonly<Record<string, (word: string, hex: string) => string>> = {
  "master key": (_, hex) => `    Master-Key: ${hex}`,
  "session": (_, hex) => `    Session-ID: ${hex}`,
  "resumption": (_, hex) => `    Resumption PSK: ${hex}`,
  "key log": (_, hex) => `CLIENT_TRAFFIC_SECRET_0 ${hex} ${hex}`,
  "cookie": (word) => `Cookie: sid=${word}`,
  "set-cookie": (word) => `Set-Cookie: sid=${word}; path=/`,
  "authorization": (word) => `Authorization: Negotiate ${word}`,
  "form": (word) => `user=kim&password=${word}`,
  "query": (word) => `GET /members?access_token=${word} HTTP/1.1`,
  "openssl password": (word) => `$ openssl s_client -connect www.contoso.example:443 -cert a.pem -pass pass:${word} -prexit`,
  "certutil password": (word) => `C:\\>certutil -f -p ${word} -importpfx a.pfx`,
  "proxy": (word) => `$ openssl s_client -proxy kim:${word}@cache:3128 -connect www.contoso.example:443`,
  "private key": (word) => `-----BEGIN PRIVATE KEY-----\n${word}\n-----END PRIVATE KEY-----`,
  "pfx": (word) => `MIIJqQIBAzCCCW8GCSqGSIb3DQEH${word}`,
};

const listing = (inside: string): string => [
  "my \"Personal\"", "================ Certificate 0 ================", "Serial Number: 1a2b3c4d5e6f", "Issuer: CN=Contoso CA", inside,
  " NotBefore: 1/13/2014 9:00 AM", " NotAfter: 1/12/2016 9:00 AM", "Subject: CN=Kim", inside, "Cert Hash(sha1): aabbccddeeff00112233445566778899aabbccdd",
  "  Key Container = abc", inside, "  Provider = Microsoft Software Key Storage Provider", "Encryption test passed", "CertUtil: -store command completed successfully.", "",
].join("\n");
const transcript = (inside: string): string => [
  "CONNECTED(00000003)", "---", inside, "No client certificate CA names sent", "---", "SSL handshake has read 2000 bytes and written 400 bytes", "---",
  "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384", "SSL-Session:", "    Protocol  : TLSv1.2", inside, "    Verify return code: 0 (ok)", "---", inside, "HTTP/1.1 403 Forbidden", inside, "closed", "",
].join("\n");

describe("no output repeats a secret", () => {
  test.each(Object.keys(planted))("%s", async (kind) => {
    const plant = planted[kind] as (word: string, hex: string) => string;
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const wordOf = (index: number): string => `Zq${index}xKvWpT${index * 7919}uNaGhJ`;
    const hexOf = (index: number): string => (index * 7919 + 104729).toString(16).padStart(8, "7").repeat(6).toUpperCase();
    const parts = numbers.map((index) => plant(wordOf(index), hexOf(index)));
    const text = parts.map((part, index) => (index % 2 === 0 ? listing(part) : transcript(part))).join("\n");
    const report = await analyze([inputOf(text)], { ...reading, at: null, clock: "2020-01-01T00:00:00Z" });
    const facts = await readFacts([inputOf(text)], reading);
    const blocks = compose(report);
    const copies = await redactInputs([inputOf(text)], reading);
    const outputs = [
      renderJson(report), renderJson(facts), renderMarkdown(blocks), renderHtml(blocks, { title: "t" }), renderTerminal(blocks, { width: 300, color: false }),
      new TextDecoder().decode(copies.copies[0]?.bytes), JSON.stringify(copies.reversals),
    ];
    expect(report.inputs[0]?.formats).toEqual(expect.arrayContaining(["certutil", "s_client"]));
    for (const [which, output] of outputs.entries()) {
      const leaked = numbers.filter((index) => output.includes(wordOf(index)) || output.toUpperCase().includes(hexOf(index)));
      expect({ which, leaked }).toEqual({ which, leaked: [] });
    }
  });
});
