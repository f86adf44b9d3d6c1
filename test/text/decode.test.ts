import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decode } from "../../src/text/decode.ts";
import { decodeBytes, encodeSingleByte } from "../../src/text/code-pages.ts";
import { encodingNames, type EncodingName } from "../../src/text/encoding-name.ts";
import { concatenate, encodeText } from "../support/encode-text.ts";

const free = { encoding: null, landmarks: [] } as const;

/** What consoles print, by the code pages of the machines that print it; several are as short as one name. */
const samples: readonly (readonly [text: string, pages: readonly EncodingName[]])[] = [
  ["Schlüsselcontainer = 9b1f\r\n", ["cp850", "windows-1252"]],
  ["Aussteller: CN=Müller CA, O=Müller & Söhne\r\n", ["cp850", "windows-1252"]],
  ["  L=München", ["cp850", "windows-1252"]],
  ["CN=Jürgen Groß, O=Österreichische Behörde", ["cp850", "windows-1252"]],
  ["Öffentlicher Schlüssel: Länge 2048", ["cp850", "windows-1252"]],
  ["Numéro de série : 61\r\nÉmetteur: CN=Société Générale", ["cp850", "windows-1252"]],
  ["Modèle: poste client, Conteneur de clé = x", ["cp850", "windows-1252"]],
  ["Especificación de clave = 1", ["cp850", "windows-1252"]],
  ["A chave privada NÃO é exportável", ["cp850", "windows-1252"]],
  ["Autorità emittente: CN=Radice", ["cp850", "windows-1252"]],
  ["O=Göteborgs Sjukvård", ["cp850", "windows-1252"]],
  ["don’t use “quotes” — ok… © 2015", ["windows-1252"]],
  ["O=VeriSign, Inc., OU=© 2006", ["windows-1252"]],
  ["  • A user of the portal\n  • Another one", ["windows-1252"]],
  ["it fails — always", ["windows-1252"]],
  ["openssl s_client -connect host:443 –prexit", ["windows-1252"]],
  ["…/DC=com/DC=example", ["windows-1252"]],
  ["work:\n\u00A0\u00A0Key Container = x\n\u00A0\u00A0Provider = y", ["windows-1252"]],
  ["O=Česká pošta, CN=První certifikační autorita", ["cp852", "windows-1250"]],
  ["CN=Főtanúsítvány, OU=Tanúsítványkiadók", ["cp852", "windows-1250"]],
  ["L=Łódź, CN=Użytkownik główny", ["cp852", "windows-1250"]],
  ["CN=Elektronik Sertifika Hizmet Sağlayıcısı", ["windows-1254"]],
  ["Серийный номер: 61\r\nкоманда успешно выполнена.", ["cp866", "windows-1251"]],
  ["CN=Иванов Пётр, O=Ромашка", ["cp866", "windows-1251"]],
  ["CN=Ελληνικό Πιστοποιητικό", ["windows-1253"]],
  ["序列号: 61\r\n颁发者: CN=x\r\nCertUtil: -store 命令成功完成。", ["cp936"]],
  ["CN=王小明, O=深圳市有限公司", ["cp936"]],
  ["序號: 61\r\n簽發者: CN=x\r\nCertUtil: -store 命令成功完成。", ["cp950"]],
  ["O=中華電信股份有限公司", ["cp950"]],
  ["シリアル番号: 61\r\n発行者: CN=x\r\nコマンドは正常に完了しました。", ["cp932"]],
  ["O=日本認証サービス株式会社", ["cp932"]],
  ["일련 번호: 61\r\n발급자: CN=x\r\n키 컨테이너 = a", ["cp949"]],
  ["CN=홍길동, O=한국전자인증", ["cp949"]],
];

describe("an encoding nobody named", () => {
  const cases = samples.flatMap(([text, pages]) => [...pages, "utf-8" as const, "utf-16le" as const, "utf-16be" as const].map((page) => [page, text] as const));
  test.each(cases)("%s: %j", (page, text) => {
    const decoded = decode(encodeText(text, page), free);
    expect(decoded.text).toBe(text);
    expect(decoded.damage).toEqual([]);
    expect(decoded.encoding).toBe(page);
    expect(decoded.because).not.toBe("");
  });

  test("where two code pages read the same, the likelier one is named", () => {
    expect(decode(encodeText("CN=Müller", "cp437"), free)).toMatchObject({ encoding: "cp850", text: "CN=Müller" });
  });

  test("the reason shows the word and how another code page would read it", () => {
    expect(decode(encodeText("Schlüsselcontainer", "cp850"), free).because).toContain('reads "Schlüsselcontainer"');
    expect(decode(encodeText("Schlüsselcontainer", "cp850"), free).because).toContain("would read");
  });

  test("ASCII is called UTF-8", () => {
    expect(decode(encodeText("Issuer: CN=x\n", "utf-8"), free)).toEqual({ text: "Issuer: CN=x\n", encoding: "utf-8", because: "nothing but ASCII", damage: [] });
  });

  test.each(["utf-8", "utf-16le", "utf-16be"] as const)("a byte-order mark of %s is no part of the text", (page) => {
    const decoded = decode(encodeText("\uFEFFSeriennummer: 61\r\nSchlüssel", page), free);
    expect(decoded).toEqual({ text: "Seriennummer: 61\r\nSchlüssel", encoding: page, because: "byte-order mark", damage: [] });
  });
});

describe("odd ends and mixtures", () => {
  test("NULs and Ctrl-Z at the end are left out", () => {
    expect(decode(concatenate(encodeText("Issuer: a\r\n", "utf-8"), new Uint8Array(5000)), free).text).toBe("Issuer: a\r\n");
    expect(decode(encodeText("Issuer: Müller\r\n\u001a", "cp850"), free).text).toBe("Issuer: Müller\r\n");
    expect(decode(encodeText("Issuer: a\r\n\u0000\u0000\u001a", "utf-16le"), free).text).toBe("Issuer: a\r\n");
  });

  test("UTF-16 that ends within a character is read to there and marked", () => {
    const decoded = decode(encodeText("Issuer: CN=a\r\nSubject", "utf-16le").subarray(0, -1), free);
    expect(decoded.text).toBe("Issuer: CN=a\r\nSubjec");
    expect(decoded.damage).toEqual([{ says: expect.stringContaining("middle of a character"), offset: 20 }]);
  });

  test("a line of another code page in UTF-8 is read as such, and marked with its place", () => {
    const bytes = concatenate(encodeText("Société – ok\nCN=Générale\n", "utf-8"), encodeText("O=Müller & Söhne\n", "windows-1252"), encodeText("Länge\n", "utf-8"));
    const decoded = decode(bytes, free);
    expect(decoded.text).toBe("Société – ok\nCN=Générale\nO=Müller & Söhne\nLänge\n");
    expect(decoded.encoding).toBe("utf-8");
    expect(decoded.damage).toEqual([{ says: expect.stringContaining("2 bytes in 1 line are no UTF-8; these lines were read as windows-1252"), offset: 25 }]);
  });

  test("UTF-16 appended to a console file is read, the place of the change is told", () => {
    const first = "Aussteller: CN=Müller\r\n";
    const second = "Antragsteller: CN=Söhne GmbH\r\n";
    const decoded = decode(concatenate(encodeText(first, "cp850"), encodeText(second, "utf-16le")), free);
    expect(decoded.text).toBe(first + second);
    expect(decoded.damage).toEqual([{ says: expect.stringContaining("mixes UTF-16 with cp850"), offset: first.length }]);
  });

  test("console text appended to UTF-16 is read", () => {
    const first = "Issuer: CN=a\r\n";
    const second = "Subject: CN=someone else altogether\r\nSerial Number: 61\r\n";
    const decoded = decode(concatenate(encodeText(`\uFEFF${first}`, "utf-16le"), encodeText(second, "utf-8")), free);
    expect(decoded.text).toBe(first + second);
    expect(decoded.damage[0]?.offset).toBe(first.length);
  });

  test("NULs inside a log do not make it UTF-16", () => {
    const text = "CertSelectCertificateChains\n0000 \u0000\u0000\u0001 payload\nIssuer: CN=a, O=b, OU=c, C=US\n".repeat(5);
    expect(decode(encodeText(text, "utf-8"), free)).toMatchObject({ text, encoding: "utf-8" });
  });
});

describe("what is no text", () => {
  test.each([
    ["rar archive", [0x52, 0x61, 0x72, 0x21, 0x1a, 7, 0]], ["event log", [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0, 0, 0]], ["gzip", [0x1f, 0x8b, 8, 0]],
    ["PDF", [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
  ])("%s is named", (what, start) => {
    const decoded = decode(concatenate(Uint8Array.from(start), encodeText("some more text", "utf-8")), free);
    expect(decoded.encoding).toBe("binary");
    expect(decoded.text).toBe("");
    expect(decoded.because).toContain(what);
  });

  const noise = Uint8Array.from({ length: 4000 }, (_, index) => (index * index * 31 + index * 7) % 251);
  test("bytes without order are binary", () => expect(decode(noise, free).encoding).toBe("binary"));
  test("but not when a landmark stands among them", () => {
    const decoded = decode(concatenate(noise, encodeText("\nKeySpec = 1\n", "utf-8")), { encoding: null, landmarks: ["KeySpec"] });
    expect(decoded.encoding).not.toBe("binary");
    expect(decoded.text.endsWith("\nKeySpec = 1\n")).toBe(true);
  });
});

describe("text that was damaged before it was saved", () => {
  test.each([
    ["CN=MÃ¼ller", "CN=Müller", "utf-8", "windows-1252"], ["CN=M├╝ller", "CN=Müller", "utf-8", "cp850"],
    ["Schl³sselcontainer", "Schlüsselcontainer", "windows-1252", "cp850"], ["Schl\u0081sselcontainer", "Schlüsselcontainer", "cp850", "windows-1252"],
    ["donâ€™t", "don’t", "utf-8", "windows-1252"], ["O=SociÃ©tÃ©", "O=Société", "utf-8", "windows-1252"],
  ])("%j was %j", (printed, meant, written, read) => {
    const text = `Issuer: ${printed}\n`;
    const decoded = decode(encodeText(text, "utf-8"), free);
    expect(decoded.text).toBe(text);
    expect(decoded.damage).toHaveLength(1);
    expect(decoded.damage[0]?.offset).toBe(8);
    expect(decoded.damage[0]?.says).toContain(`"${meant}" written in ${written} and read as ${read}`);
  });

  test("U+FFFD tells that characters were lost", () => {
    expect(decode(encodeText("a\nSchl\uFFFDssel", "utf-8"), free).damage).toEqual([{ says: expect.stringContaining("U+FFFD"), offset: 6 }]);
  });

  test.each(["Café… “x” – 5 m³, 10 µs → ok", "ÉTAT™, naïve Ärger über Öl", "Œuvre à l’été", "日本語テキスト", "Ünal Şahin", "½ Tasse, 20 °C"])("%j is left in peace", (text) => {
    expect(decode(encodeText(text, "utf-8"), free).damage).toEqual([]);
  });
});

describe("an encoding the user named", () => {
  test("is used whatever the bytes say", () => {
    expect(decode(encodeText("Müller", "utf-8"), { encoding: "cp850", landmarks: [] })).toMatchObject({ text: "M├╝ller", encoding: "cp850", because: "named on the command line" });
  });
  test("bytes that it lacks are marked", () => {
    const decoded = decode(encodeText("ab Müller", "windows-1252"), { encoding: "utf-8", landmarks: [] });
    expect(decoded.text).toBe("ab M\uFFFDller");
    expect(decoded.damage).toEqual([{ says: expect.stringContaining("no utf-8"), offset: 4 }]);
  });
});

describe("hostile input takes no longer than other input", () => {
  const size = 1 << 21;
  const repeat = (unit: Uint8Array): Uint8Array => Uint8Array.from({ length: size }, (_, at) => unit[at % unit.length] as number);
  test.each<[string, Uint8Array]>([
    ["one word of letters beyond ASCII", repeat(Uint8Array.of(0xfc))],
    ["one word with few of them", repeat(encodeText(`${"x".repeat(300)}ü`, "windows-1252"))],
    ["short words", repeat(encodeText("é ", "windows-1252"))],
    ["lines in turn UTF-8 and not", repeat(concatenate(encodeText("é\né\n", "utf-8"), encodeText("ü\n", "cp850")))],
    ["words that look damaged", repeat(encodeText("MÃ¼ller ", "utf-8"))],
    ["NULs here and there", repeat(encodeText("abc\u0000d\u0000\u0000efghi jklmnop qrstuvw\n", "utf-8"))],
    ["UTF-16 and 8-bit text by turns", repeat(concatenate(encodeText("Issuer: CN=a\r\n", "utf-8"), encodeText("Subject: CN=abc\r\n", "utf-16le")))],
  ])("%s", (_, bytes) => {
    const start = performance.now();
    expect(decode(bytes, free).because).not.toBe("");
    // Measured: below 0.5 s; quadratic behaviour would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe("properties", () => {
  test("UTF-8 and UTF-16 with a byte-order mark come back as they were", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.constantFrom("utf-8", "utf-16le", "utf-16be"), (raw, page) => {
      const text = `a${raw}z`;
      const bytes = encodeText(`\uFEFF${text}`, page as EncodingName);
      expect(decode(bytes, free).text).toBe(text);
    }));
  });

  test("any bytes give a result, with damage inside the text", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.constantFrom(...encodingNames), { nil: null }), (bytes, encoding) => {
      const decoded = decode(bytes, { encoding, landmarks: [] });
      expect(decoded.because).not.toBe("");
      for (const { offset, says } of decoded.damage) {
        expect(says).not.toBe("");
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(decoded.text.length);
      }
    }), { numRuns: 300 });
  });

  test("the tables of the code pages are one to one", () => {
    for (const page of ["cp437", "cp850", "cp852", "windows-1252"] as const) {
      const all = Uint8Array.from({ length: 256 }, (_, index) => index);
      const text = decodeBytes(all, page);
      expect(text).toHaveLength(256);
      expect(encodeSingleByte(text, page)).toEqual(all);
    }
  });
});
